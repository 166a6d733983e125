"""How a date hangs on the words of an event in the grammar of their sentence: on them, on who tells it, on a charge.

Tokens are those of the sentence's parse. What a date's tie makes of it as the event's date is decided in ``dates``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.claims.plans import is_off
from geo.claims.timex_frame import WORDS
from geo.claims.words import table
from geo.text.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FARTHEST = 6
"""Steps through the grammar between the event's words and a date beyond which they have nothing to do with each other."""
NO_WORDS = frozenset({"NUM", "PUNCT", "SYM", "SPACE", "X"})
"""Parts of speech that name no event."""


def tokens(doc: Doc | None, words: Sequence[Span]) -> list[Token]:
    """The tokens that stand for the event: those of its words, else the sentence's main verb."""
    if doc is None:
        return []
    spans = [doc.char_span(span.start, span.end, alignment_mode="expand") for span in words]
    roots = [span.root for span in spans if span is not None]
    if roots and all(root.pos_ in NO_WORDS for root in roots):
        return []  # the number of a paragraph
    aside = {"ADP", "DET", "PRON", *NO_WORDS}
    named = [one for one in roots if one.pos_ not in aside and one.lemma_.lower() not in table("dates")["telling"]]
    return _without_subjects(named or roots) or _main_verb(doc)


def _without_subjects(events: list[Token]) -> list[Token]:
    """The event's words without who does something else, where a verb of the event is among them: "the union said"."""
    if not any(event.pos_ == "VERB" for event in events):
        return events
    own = {event.i for event in events}
    return [one for one in events if one.dep_ not in ("nsubj", "nsubjpass") or one.head.i in own]


def _main_verb(doc: Doc) -> list[Token]:
    """The main verb, or, when it only tells something, the verb of what is told."""
    roots = [token for token in doc if token.dep_ == "ROOT"]
    root = next((token for token in roots if token.pos_ in ("VERB", "AUX")), roots[0] if roots else None)
    if root is not None and root.lemma_.lower() in table("dates")["telling"]:
        root = next((child for child in root.children if child.dep_ == "ccomp"), None)
    return [root, *_subject_of_light(root)] if root is not None else []


def _subject_of_light(verb: Token) -> list[Token]:
    """What a verb says to have been held or called off: the meeting, and the verb of its own clause."""
    if verb.lemma_.lower() not in table("dates")["light"]:
        return []
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return subjects + [one for child in subjects for one in child.children if one.dep_ in ("relcl", "acl")]


def host(token: Any) -> Any:
    """The verb or noun that a date hangs on, through its preposition and a date it explains ("Sunday (July 12)").

    A date right behind a verb of telling or right before a verb hangs on that: "said on Monday the strike would end",
    "farmers from the north on Friday drove to the gates".
    """
    beside = _told_on(token) or _done_on(token)
    if beside is not None:
        return beside
    head = token
    while head.head.i != head.i and (
        head.i == token.i or head.pos_ in ("ADP", "SCONJ", "NUM", "PUNCT", "ADV") or head.ent_type_ in ("DATE", "TIME")
    ):
        head = head.head
    return head


def _told_on(token: Any) -> Any:
    """The verb of telling right before a date: "said on Monday", "announced late Tuesday"."""
    at = token.left_edge.i - 1
    while at >= 0 and token.doc[at].lower_ in ("on", "late", "early", "earlier"):
        at -= 1
    if at < 0:
        return None
    before = token.doc[at]
    told = before.pos_ == "VERB" and before.lemma_.lower() in table("dates")["telling"]
    return before if told and before.tag_ in ("VBD", "VBN", "VBZ") else None


def _done_on(token: Any) -> Any:
    """The verb right behind a date that stands between it and its subject: "farmers on Friday drove"."""
    at = token.right_edge.i + 1
    behind = token.doc[at] if at < len(token.doc) else None
    if behind is None or behind.tag_ not in ("VBD", "VBZ", "VBP", "MD"):
        return None
    verb = behind.head if behind.dep_ in ("aux", "auxpass") else behind
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    between = any(child.i < token.i for child in subjects) and token.left_edge.i > 1
    return verb if between and verb.dep_ != "relcl" else None


def is_telling(host: Any, events: list[Token]) -> bool:
    """Whether the date tells when something was said, while the event stands inside what was said.

    "Said on Friday", "in a statement issued on Friday", "made the remark on Friday".
    """
    if any(event.i == host.i for event in events):
        return False
    if _outside_what_is_told(host, events):
        return True
    beside = [child for child in host.children if child.dep_ in ("dobj", "nsubjpass")]
    beside += [host.head] if host.dep_ in ("acl", "relcl") and host.pos_ == "VERB" else []
    carried = any(one.pos_ == "NOUN" and one.lemma_.lower() in table("dates")["telling"] for one in beside)
    return host.lemma_.lower() in table("dates")["telling"] or (
        carried and all(event.i != one.i for event in events for one in beside)
    )


def _outside_what_is_told(host: Any, events: list[Token]) -> bool:
    """Whether a verb of telling stands between: "At a briefing on Tuesday, she denied arming them"."""
    inside = {one.i for one in host.subtree}
    for _ in range(4):
        if host.head.i == host.i:
            return False
        host = host.head
        if host.pos_ in ("VERB", "AUX"):
            told = [child for child in host.children if child.dep_ in ("ccomp", "xcomp", "pcomp")]
            below = [{one.i for one in child.subtree} for child in told]
            if host.lemma_.lower() not in table("dates")["telling"] or any(words & inside for words in below):
                return False
            return bool(events) and all(any(event.i in words for words in below) for event in events)
    return False


def charge_over(events: list[Token]) -> Token | None:
    """The verb that charges somebody with the event: "jailed for selling", "accused of arming", "held on charges of"."""
    for event in events:
        for one in (event, *event.ancestors):
            above = one.head
            if one.dep_ in ("pcomp", "pobj") and above.lower_ in ("of", "for", "with", "over"):
                verb = above.head.head.head if above.head.lemma_.lower() in table("dates")["charges"] else above.head
                if verb.lemma_.lower() in table("dates")["charging"] and event.i != verb.i:
                    return verb
    return None


def is_calling_off(host: Any, date_token: Any) -> bool:
    """Whether a date says when something was called off: "was cancelled on Wednesday", not "was put off to May"."""
    if host.pos_ != "VERB" or not (host.lemma_.lower() in table("dates")["calling_off"] or is_off(host)):
        return False
    return date_token.head.lower_ in ("on", "in", host.lower_)


def is_new_day(date_token: Any, events: list[Token]) -> bool:
    """Whether the event was put off to a day: "postponed until Sunday"."""
    over = host(date_token)
    moved = over.pos_ == "VERB" and over.lemma_.lower() in WORDS["tense"]["moved"]
    if not moved or date_token.head.lower_ not in ("to", "until", "till", "for") or date_token.head.head.i != over.i:
        return False
    return any(event.i == over.i or (event.head.i == over.i and event.dep_ != "advcl") for event in events)


def is_when(event: Token, date_token: Any) -> bool:
    """Whether an event is told in a clause about the date itself: "goes back to 2003, when troops fired"."""
    for one in (event, *event.ancestors):
        if one.dep_ == "relcl":
            return bool(one.head.i == date_token.i)
    return False


def is_background(host: Any) -> bool:
    """Whether a date says when something that is told of as going on began: "protests that began in January"."""
    return host.dep_ == "relcl" and host.pos_ == "VERB" and host.lemma_.lower() in table("dates")["beginning"]


def goes_on(host: Any, event: Token) -> bool:
    """Whether an event is told in a clause that goes on from a dated main clause: "… last month to men, who were armed".

    The clause is set off by a comma and told in the simple past; a time of its own, or "had", steps back from it.
    """
    if host.tag_ != "VBD" or host.dep_ not in ("ROOT", "conj", "ccomp", "parataxis"):
        return False
    for one in (event, *event.ancestors):
        if one.dep_ == "relcl":
            opens = one.doc[max(0, one.left_edge.i - 1)].lower_ == ","
            helpers = {child.lower_ for child in one.children if child.dep_ in ("aux", "auxpass")}
            past = one.tag_ == "VBD" or (one.tag_ == "VBN" and bool(helpers & {"was", "were"}))
            above = {host.i} <= {other.i for other in one.ancestors}
            return opens and past and above and not helpers & {"had", "has", "have"}
    return False


def is_meant(host: Any, date_token: Any) -> bool:
    """Whether something was announced for a place or time beside the date: not the day of the announcement."""
    return any(child.lower_ == "for" and child.dep_ == "prep" and child.i < date_token.i for child in host.children) and (
        host.lemma_.lower() in table("dates")["announcing"]
    )


def steps(host: Any, event: Any) -> int:
    """Steps through the grammar from ``host`` to ``event``; entering or leaving a clause of its own counts more.

    What a relative clause dates is not what the sentence around it tells ("Oz, whose troops came in 2006, gave …"),
    unless the clause hangs on the event's own word.
    """
    above = {token.i: cost for token, cost in _way_up(host, event)}
    best = 99
    for token, cost in _way_up(event):
        if token.i in above:
            best = min(best, cost + above[token.i])
    return best


def _way_up(token: Any, event: Any = None) -> list[tuple[Any, int]]:
    """``token`` and everything above it, with the cost of the way; out of a relative clause only to the ``event``."""
    way, cost = [(token, 0)], 0
    while token.head.i != token.i and len(way) < 40:
        aside = token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ == "VBN" and token.nbor(-1).lower_ == ",")
        if event is not None and aside and token.head.i != event.i:
            cost += FARTHEST
        cost += 3 if token.dep_ in ("advcl", "relcl", "acl", "ccomp", "csubj", "parataxis") else 1
        token = token.head
        way.append((token, cost))
    return way
