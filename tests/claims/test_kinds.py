"""Kinds of claim: what is one, what only sounds like one, and why."""

from __future__ import annotations

import pytest

from geo.claims import kinds, signs
from geo.claims.kinds import judge, scores
from geo.claims.words import table
from geo.model.grammar import Grammar

CLAIMS = [
    ("Thousands marched through Lima on Monday to demand new elections.", "protest"),
    ("Students staged a sit-in outside the ministry in Nairobi.", "protest"),
    ("Miners took to the streets of Cochabamba, chanting slogans against the government.", "protest"),
    ("Police fired tear gas to disperse protesters in Colombo.", "protest"),
    ("Workers at the port of Durban went on strike on Friday.", "protest"),
    ("Hundreds rally in Tbilisi against the new law", "protest"),
    ("Nurses walk out in Lusaka over unpaid wages", "protest"),
    ("Fishermen sit in at the harbour of Chittagong for a third week", "protest"),
    ("Two left-wing groups picketed the embassy in Lima.", "protest"),
    ("Lorry drivers parked their trucks across the motorway near Lille over fuel prices.", "protest"),
    ("Pensioners banged pots and pans outside the parliament in Buenos Aires.", "protest"),
    ("Some 200 widows sat down in front of the palace in Jos to demand compensation.", "protest"),
    ("Shops stayed shut in Imphal on the second day of the bandh.", "protest"),
    ("The foreign ministers met in Oslo on Friday.", "meeting"),
    ("The prime minister received a delegation of herders in Bamako.", "meeting"),
    ("The second round of talks opened in Muscat on Tuesday.", "meeting"),
    ("Ministers of the six states are due to gather in Port Moresby in June.", "meeting"),
    ("The spokesman denied that a meeting with the rebels had been planned.", "meeting"),
    ("A summit of the two presidents will be held in Hanoi next week.", "meeting"),
    ("Delegations from six countries attended the conference in Astana.", "meeting"),
    ("She held talks with her Kenyan counterpart in Addis Ababa.", "meeting"),
    ("The envoy discussed the ceasefire with officials in Khartoum.", "meeting"),
    ("The smugglers brought rifles to the rebels over the border.", "arms_flow"),
    ("The company sold missiles and launchers to Venezuela.", "arms_flow"),
    ("He accused the neighbouring state of arming and financing the insurgents.", "arms_flow"),
    ("A shipment of ammunition for the militia was delivered by boat.", "arms_flow"),
    ("The officers offered bounties to fighters for attacks on soldiers.", "arms_flow"),
    ("The kingdom denies supplying weapons to the separatists.", "arms_flow"),
    ("Navy says trawler carried rockets for rebels", "arms_flow"),
    ("Crates of ammunition were carried ashore near Sirte before dawn.", "arms_flow"),
    ("The ministry said it had never supplied weapons to the rebels.", "arms_flow"),
    ("Both militias have been equipped with anti-tank missiles.", "arms_flow"),
]


@pytest.mark.parametrize(("text", "kind"), CLAIMS)
def test_a_sentence_claims_its_kind_and_no_other(text: str, kind: str) -> None:
    assert [one.kind for one in judge(text)] == [kind]


IN_OTHER_WORDS = [
    ("Beekeepers lay down on the runway at Agadir until the minister came.", "protest"),
    ("For four days not one lorry has left the depot in Iquitos.", "protest"),
    ("Weavers let nothing through the gates of the mill at Tiruppur.", "protest"),
    ("Cleaners stayed out of the wards in Coimbra over unpaid shifts.", "protest"),
    ("Shepherds surrounded the prefecture in Nuoro.", "protest"),
    ("Villagers closed the road to the quarry with logs and tyres.", "protest"),
    ("Schoolgirls carried cardboard coffins to the town hall in Mbale.", "protest"),
    ("The two chiefs talked for five hours in Kenema.", "meeting"),
    ("The president received the visitors at his residence in Paramaribo.", "meeting"),
    ("The bishop brought the leaders of the clans together in Lodwar.", "meeting"),
    ("Pistols from the depot found their way to gangs in Port-de-Paix.", "arms_flow"),
    ("Traders bartered rifles for salt with raiders near the wells.", "arms_flow"),
    ("Crates of mortars were unloaded for the militia at the old quay.", "arms_flow"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), IN_OTHER_WORDS)
def test_where_the_encoder_is_in_two_minds_signs_tell_what_is_said_in_other_words(text: str, kind: str) -> None:
    doubts = {one.name: 0.5 if one.name == kind else 0.02 for one in kinds.kinds()}
    assert [one.kind for one in judge(text, opinion=doubts)] == [kind]
    assert judge("He counted the days until the rain.", opinion={kind: 0.5}) == ()


FALSE_FRIENDS = [
    "The march of the desert has swallowed two more wells.",
    "Nickel rallied past 20,000 dollars a tonne.",
    "The museum will demonstrate it on Sunday.",
    "The captain struck a deal with his old club.",
    "The forward met his future wife in Turin.",
]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_a_false_friend_is_no_claim_by_its_signs(text: str) -> None:
    assert judge(text, opinion={}) == ()


ONE_MORE = [
    ("Bus drivers marched through Gdansk on Monday.", "Another in Sopot was called off because of the storm.", "protest"),
    ("The ministers met in Doha in May.", "A third is due in June.", "meeting"),
]


@pytest.mark.parametrize(("before", "text", "kind"), ONE_MORE)
def test_one_more_of_what_was_just_told_is_of_its_kind_and_alone_of_none(before: str, text: str, kind: str) -> None:
    docs = Grammar.shared().parse([before, text])
    assert [kind in [one.kind for one in found] for found in kinds.judge_all(docs)] == [True, True]
    assert [one.planned for one in kinds.judge_all(docs)[1]] == [True]
    assert judge(text, opinion={}) == ()


NO_CLAIMS = [
    "The peace process is at a standstill.",
    "The region regards the army as a security provider.",
    "He called the host government weak.",
    "The home side took to the field on Saturday.",
    "The party needs to meet the deadline.",
    "The plant meets the needs of three towns.",
    "Stocks staged a rally in March.",
    "The study demonstrated that the drug works.",
    "An air strike hit the depot.",
    "The ministry supports farmers with better seed.",
    "She held the child in her arms.",
    "The rebels fired rockets at the airport.",
    "The proposal was met with resistance.",
    "Rain is expected in May.",
    "The soldiers laid down their arms.",
    "The company has met none of its targets.",
    "The bride marched down the aisle to a waltz.",
    "Engineers will demonstrate the new howitzer on Saturday.",
    "The navy tightened its blockade of the coast.",
    "The arms embargo stays in force until May.",
    "Every side puts its hope in further peace talks.",
    "",
    "12 34",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_words_that_only_sound_like_it_claim_nothing(text: str) -> None:
    assert judge(text) == ()


AHEAD = [
    ("A summit of the two presidents will be held in Hanoi next week.", True),
    ("The talks in Geneva were postponed.", True),
    ("The union plans a march through Leeds on Friday.", True),
    ("Coup leaders are to meet the mediators in Lomé on Friday.", True),
    ("Ministers to meet in Jakarta over fishing rights", True),
    ("A rally planned in Oruro for Sunday was called off.", True),
    ("The union called a strike for Monday.", True),
    ("The foreign ministers met in Oslo on Friday.", False),
    ("Hundreds rallied in Gdansk to call for a recount.", False),
    ("Thousands marched through Lima on Monday to demand new elections.", False),
]


@pytest.mark.parametrize(("text", "planned"), AHEAD)
def test_what_lies_ahead_or_was_put_off_is_marked_planned(text: str, planned: bool) -> None:
    assert [one.planned for one in judge(text)] == [planned]


@pytest.mark.parametrize(("text", "kind"), CLAIMS)
def test_every_judgement_shows_its_words_and_its_reason(text: str, kind: str) -> None:
    (one,) = judge(text)
    assert one.words
    assert all(word.of(text).strip() for word in one.words)
    assert one.because.endswith(".")
    assert any(f"“{word.of(text)}”" in one.because for word in one.words) or "“" in one.because
    assert kinds.SURE <= one.score <= 1


def test_scores_are_probabilities_of_every_kind() -> None:
    found = scores("The ministers met in Oslo while students marched.")
    assert list(found) == [kind.name for kind in kinds.kinds()]
    assert all(0 <= value <= 1 for value in found.values())


def test_the_kinds_are_data() -> None:
    assert [kind.name for kind in kinds.kinds()] == ["protest", "meeting", "arms_flow"]
    for kind in kinds.kinds():
        assert len(kind.letter) == 1
        assert kind.colour.startswith("#")
        assert set(kind.weights) == {sign.name for sign in kind.signs}, "run python -m geo.claims.weighing"


DOUBTFUL = "A second crowd was at the square by noon."


def test_without_the_encoder_the_signs_decide_and_with_it_both() -> None:
    (kind, *_) = kinds.kinds()
    assert kinds.score(kind, [], None) == pytest.approx(kinds.score(kind, []))
    assert kinds.score(kind, [], kind.encoder_enough) == pytest.approx(kinds.SURE)
    text = "The kingdom denies supplying weapons to the separatists."
    assert judge(text, opinion={}) != ()
    low, high = (scores(DOUBTFUL, opinion={"protest": belief})["protest"] for belief in (0.02, 0.95))
    assert low < kinds.SURE < high


def test_a_firm_belief_of_the_encoder_makes_a_claim_and_says_so() -> None:
    (one,) = judge(DOUBTFUL, opinion={"protest": 0.97})
    assert one.kind == "protest"
    assert one.because.startswith("The trained language model takes the sentence for a claim of this kind (97% sure)")
    assert [word.of(DOUBTFUL) for word in one.words]
    assert judge(DOUBTFUL, opinion={}) == ()


def test_sentences_judged_together_are_judged_as_one_by_one() -> None:
    texts = NO_CLAIMS + [text for text, _ in CLAIMS]  # nothing goes on with a claim here
    together = kinds.judge_all(Grammar.shared().parse(texts))
    assert [[one.kind for one in found] for found in together] == [[one.kind for one in judge(text)] for text in texts]


GOING_ON = [
    (
        "The envoy accused the kingdom of sending rifles to the rebels.",
        "The kingdom called that baseless gossip.",
        "arms_flow",
    ),
    (
        "Rifles for the militia were shipped from the port of Bandar.",
        "Its army dismissed the story as fiction.",
        "arms_flow",
    ),
    (
        "The foreign ministers of the six states met in Oslo.",
        "Chad stayed away, and Niger sent two diplomats.",
        "meeting",
    ),
    ("Thousands marched through Lima against the new law.", "Police fired tear gas and arrested forty.", "protest"),
]


@pytest.mark.parametrize(("before", "after", "kind"), GOING_ON)
def test_a_sentence_goes_on_with_the_claim_just_before_it(before: str, after: str, kind: str) -> None:
    _, (one, *others) = kinds.judge_all(Grammar.shared().parse([before, after]))
    assert (one.kind, others) == (kind, [])
    assert "just before" in one.because or kind == "protest"


@pytest.mark.parametrize(
    "after", ["The kingdom called that baseless gossip.", "Chad stayed away, and Niger sent two diplomats."]
)
def test_by_itself_or_after_something_else_it_claims_nothing(after: str) -> None:
    assert judge(after) == ()
    told = ["Rain fell on the coast.", "The harvest was poor.", "Prices rose in the shops.", "Schools reopened.", after]
    assert not any(kinds.judge_all(Grammar.shared().parse(told)))


def test_a_claim_is_not_carried_over_more_sentences_than_its_sign_reaches() -> None:
    first, *_, last = GOING_ON[0][0], GOING_ON[0][1]
    told = [first, "Rain fell.", "The harvest was poor.", "Prices rose in the shops.", "Schools reopened.", last]
    assert [bool(found) for found in kinds.judge_all(Grammar.shared().parse(told))] == [True, *[False] * 5]


def test_signs_are_found_as_they_are_by_looking_at_every_word() -> None:
    """Looking words up must find what reading every word for every sign would."""
    for doc in Grammar.shared().parse([text for text, _ in CLAIMS]):
        held = signs.Held.of(doc)
        for sign in (sign for kind in kinds.kinds() for sign in kind.signs if sign.head is not None):
            assert [t.i for t in held.all(sign.head)] == [t.i for t in doc if t in sign.head]


@pytest.mark.parametrize(
    "text", ["\x00\u202e met {{7*7}} {% raw %}", "met " * 2000, "(" * 3000, "\ud800 protest", "a" * 20000]
)
def test_hostile_text_is_judged_like_any_other(text: str) -> None:
    assert all(0 <= value <= 1 for value in scores(text).values())


def test_a_sign_that_names_no_relation_or_group_is_refused() -> None:
    known = signs.groups(table("kinds")["words"])
    with pytest.raises(ValueError, match="no such relation: 'beside'"):
        signs.sign({"name": "x", "says": "x", "head": "visit", "where": [["beside", "visit"]]}, known)
    with pytest.raises(ValueError, match="no such group of words: 'vist'"):
        signs.sign({"name": "x", "says": "x", "head": "vist"}, known)
    with pytest.raises(ValueError, match="no such group"):
        signs.groups({"a": {"is": ["+b"]}})
