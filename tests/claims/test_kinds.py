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
    ("The foreign ministers met in Oslo on Friday.", "meeting"),
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
]


@pytest.mark.parametrize(("text", "kind"), CLAIMS)
def test_a_sentence_claims_its_kind_and_no_other(text: str, kind: str) -> None:
    assert [one.kind for one in judge(text)] == [kind]


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
    texts = [text for text, _ in CLAIMS] + NO_CLAIMS
    together = kinds.judge_all(Grammar.shared().parse(texts))
    assert [[one.kind for one in found] for found in together] == [[one.kind for one in judge(text)] for text in texts]


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
