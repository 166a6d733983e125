"""Charge or news: whether a speaker's word about what is contested is a party's charge against others.

Each rule gives the reason why a word is no charge ("" when it does not hold); the first that holds decides. A party's
word about what others do is a charge; what an owner, an insider, a bystander or a paper tells is passed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from geo.claims.attribution import listed, outlet, pattern, verbs
from geo.claims.clauses import VERBAL, child
from geo.claims.speakers import Heard
from geo.claims.words import table
from geo.places.gazetteer import Gazetteer
from geo.text.span import Span

Rule = Callable[[Doc, Heard, Sequence[Heard]], str]


def no_charge(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """Why a neutral word of ``heard``'s speaker is passed on as news; "" when it counts as a charge."""
    if pattern("bystanders", "prosecution").search(_name(heard)):
        return vouched(doc, heard, chain)  # to charge is their trade
    return next((why for rule in RULES if (why := rule(doc, heard, chain))), "")


def printed(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """A news outlet, or a report or paper that is no banner: "according to a report that monitors published"."""
    if outlet(_name(heard)):
        return "is a news outlet's or document's report"
    head = heard.attribution.head
    if head is None or heard.attribution.force != "neutral":
        return ""
    papers = frozenset(listed("bearers")) - frozenset(listed("carried"))
    return "is a news outlet's or document's report" if doc[head].lemma_.lower() in papers else ""


def handed_over(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """ "Was donated", "handed to its army": what both sides avow."""
    return "tells of a hand-over made in the open" if pattern("open_deliveries", "phrase").search(doc.text) else ""


def answered(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """What somebody says who is interviewed at length."""
    own = heard.answer or any(h.answer and h.speaker == heard.speaker for h in chain)
    return "is an answer in an interview" if own else ""


def vouched(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """ "Confirmed", "testified", "informed parliament": the writer's verb says that the speaker knows."""
    cue = _token(doc, heard.attribution.cue)
    lemma = cue.lemma_.lower() if cue is not None else ""
    if lemma in table("voices")["first_hand"]["owning"]:
        return "owns up to it"
    if verbs().get(lemma) == "deny":
        return "does not deny it"
    return "is confirmed or sworn to by who knows" if lemma in table("voices")["first_hand"]["vouching"] else ""


def first_hand(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """What the speaker saw, found or did: "said they had seen lorries", "told me that his men sold them"."""
    inside = list(_said(doc, heard))
    lists = table("voices")["first_hand"]
    cue = _token(doc, heard.attribution.cue)
    for token in inside:
        doer = child(token, "nsubj")
        if token.pos_ not in VERBAL or doer is None or doer not in inside:
            continue
        own = doer.lower_ in lists["selves"]
        if own and token.lemma_.lower() in lists["seeing"]:
            return "tells of what the speaker saw"
        whose = any(c.dep_ == "poss" and c.lower_ in lists["possessives"] for c in doer.children)
        if whose and token.lemma_.lower() in lists["seeing"] and doer.lemma_.lower() in lists["own_side"]:
            return "tells of what the speaker's own side found"
        if token.lemma_.lower() not in lists["passing"]:
            continue
        if cue is not None and token.head == cue and token.dep_ == "ccomp" and doer.lower_ in lists["itself"]:
            return "tells of the speaker's own side"
        if doer.lower_ in lists["first"] or (whose and doer.lemma_.lower() in lists["own_side"]):
            return "tells of the speaker's own side"
    return ""


def own_country(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """A country's official about what that country gives: "Hungary sold shells, a Hungarian colonel wrote"."""
    span = heard.attribution.speaker
    mine = {code for t in doc if span is not None and span.contains(_at(t)) for code in [country(t)] if code}
    givers = [country(t) for t in _said(doc, heard) if t.dep_ in {"nsubj", "poss", "pobj"} and _gives(t)]
    given = [code for code in givers if code]
    return "tells of what the speaker's own country did" if given and set(given) <= mine else ""


def insider(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """ "Two officials with knowledge of the matter": they tell what they know, and charge nobody."""
    span = heard.attribution.speaker
    named = f"{_name(heard)} {doc.text[span.start : span.end + 80] if span is not None else ''}"
    return "comes from somebody who knows of it from inside" if pattern("insiders", "phrase").search(named) else ""


def nobody_charged(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """No party, people or person is named beside the speaker."""
    return "" if _charges_somebody(doc, heard) else "charges nobody who is named"


def no_party(doc: Doc, heard: Heard, chain: Sequence[Heard]) -> str:
    """Who looks into it, passes by or only lives there, unless they charge a state; and police news of gangs."""
    name = _name(heard)
    armed = pattern("bystanders", "armed").search(doc.text)
    if pattern("bystanders", "name").search(name) or (pattern("bystanders", "crime").search(doc.text) and not armed):
        return "passes it on and is no party to it"
    if not _is_private(doc, heard) or any(_state_acts(t) for t in _said(doc, heard)):
        return ""
    return "is the word of somebody who has no side in it"


RULES: tuple[Rule, ...] = (
    printed,
    handed_over,
    answered,
    vouched,
    first_hand,
    own_country,
    insider,
    nobody_charged,
    no_party,
)


def _name(heard: Heard) -> str:
    return f"{heard.speaker.name} {heard.speaker.role or ''}".strip() if heard.speaker is not None else ""


def _at(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def _said(doc: Doc, heard: Heard) -> Iterator[Token]:
    return (t for t in doc if heard.attribution.covers(_at(t)))


def _token(doc: Doc, words: Span) -> Token | None:
    return next((t for t in doc if words.start <= t.idx < words.end), None)


def _is_private(doc: Doc, heard: Heard) -> bool:
    """Whether a speaker is told by a common noun, or by a role, that is nobody's side: "a midwife", "residents"."""
    assert heard.speaker is not None
    head = doc[heard.attribution.head] if heard.attribution.head is not None else None
    plain = head is not None and head.pos_ in {"NOUN", "NUM"} and head.ent_type_ not in {"ORG", "GPE", "NORP"}
    if not plain and not heard.speaker.role:
        return False
    span = heard.attribution.speaker
    called = f"{_name(heard)} {head.text if head is not None else ''} {span.of(doc.text) if span is not None else ''}"
    return pattern("sides", "name").search(called) is None


def country(token: Token) -> str | None:
    """The country's code that a name stands for: a country, its people, its capital; None for other words."""
    if not token.text[:1].isupper():
        return None
    gazetteer = Gazetteer.shared()
    people = gazetteer.demonym(token.text)
    if people is not None:
        return people.country
    name = " ".join(t.text for t in token.doc[token.left_edge.i : token.i + 1] if t.dep_ == "compound" or t == token)
    for place in gazetteer.named(name)[:2]:
        capital = gazetteer.capital(place.country)
        if place.kind == "country" or (capital is not None and capital.id == place.id):
            return place.country
    return None


def _gives(token: Token) -> bool:
    """Whether a word stands where a giver does: subject, "by", "from"."""
    return token.dep_ in {"nsubj", "poss"} or token.head.lower_ in {"by", "from"}


def _state_acts(token: Token) -> bool:
    """Whether a state, its organ or its people do something, or are where it comes from."""
    after = token.doc[token.i + 1 : token.i + 2]
    taken = bool(len(after)) and after[0].tag_ == "NNS" and after[0].lemma_.lower() in _passing()  # "Chad ships rifles"
    acting = token.dep_ in {"nsubj", "attr", "conj"} or token.head.lower_ in {"by", "from"} or taken
    if not acting:
        return False
    if token.pos_ == "PROPN" and country(token) is not None:
        return True
    one_of_many = any(c.lower_ in {"a", "an"} for c in token.children)  # "a Kalashnikov"
    if (
        token.pos_ == "PROPN"
        and token.ent_type_ in {"GPE", "NORP"}
        and not one_of_many
        and not Gazetteer.shared().named(token.text)
    ):
        return True
    if token.lemma_.lower() in {"regime", "government"}:
        return True
    organ = token.lemma_.lower() in table("voices")["first_hand"]["own_side"] or token.lemma_.lower() in listed("agents")
    return organ and any(country(c) is not None for c in token.children if c.dep_ in {"amod", "compound", "poss", "nmod"})


def _passing() -> list[str]:
    return list(table("voices")["first_hand"]["passing"])


def _charges_somebody(doc: Doc, heard: Heard) -> bool:
    """Whether a sentence names a party, a people or a person beside the speaker, other than as the place of it."""
    own = heard.attribution.speaker
    for token in doc:
        if own is not None and own.contains(_at(token)):
            continue
        named = token.ent_type_ in {"GPE", "NORP", "ORG", "PERSON"} or token.pos_ == "PROPN"
        at_a_place = token.dep_ == "pobj" and token.head.lower_ in {"in", "at", "near", "outside", "around", "inside"}
        dated = token.ent_type_ in {"DATE", "TIME"}
        part = token.dep_ == "compound" and token.head.pos_ == "PROPN"
        if named and not (at_a_place or dated or part):
            return True
        doer = token.dep_ in {"nsubj", "nsubjpass", "poss"} or token.head.lower_ in {"from", "by", "except"}
        if doer and token.lemma_.lower() in table("voices")["parties"]["nouns"]:
            return True
        if token.lemma_.lower() in table("voices")["parties"]["enemies"]:
            return True
    return False
