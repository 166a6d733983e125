"""Whether a date lies ahead: by the verb above it in the parse of the sentence, else by the words around it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from geo.claims.timex_frame import WORDS, Tense

BEFORE, AFTER = 160, 100
"""Characters of the same sentence in which a verb is looked for, before a date and after it."""
_END = re.compile(r"[.!?]['’”\")]*\s|\n\s*\n|[;:]\s")
_NO_END = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})\.\s")  # "Gen. ", "J. ", "Jan. "


def verb_tense(verb: Any, way: str = "") -> Tense:
    """Past or future of one verb, seen through its auxiliaries and the plan, schedule or vow it depends on.

    ``way`` is the preposition between the verb and the date: "was called off on Tuesday", "was put off to May".
    """
    words = WORDS["tense"]
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & set(words["future_auxiliaries"]):
        return "future"
    if "to" in helpers:
        return _of_infinitive(verb)
    if any(one.dep_ in ("acomp", "oprd") and one.lower_ in words["adjectives"] for one in verb.children):
        return (
            "past" if "had" in helpers and verb.dep_ != "ccomp" else "future"
        )  # "is due in August", "had been due in May"
    if verb.lemma_ == "be" and any(_to_be(child) for child in verb.children):
        return "future"  # "is to follow"
    particle = any(child.dep_ == "prt" for child in verb.children)
    if verb.lemma_ in words["moved"] and way in ("to", "until", "till", "for"):
        return "future"
    once = "had" in helpers and verb.lemma_ in words["kept"] and verb.dep_ != "ccomp"  # "said it had planned" looks ahead
    if once and _still_open(verb):
        return "future"
    if once or (verb.dep_ == "acl" and any(one.lower_ in words["former"] for one in verb.head.children)):
        return "past"  # "had been planned for May", "the previous summit, planned for May"
    passive = any(child.dep_ == "auxpass" for child in verb.children) and verb.lemma_ not in words["kept"]
    done = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and (particle or (passive and way == "on")))
    if verb.lemma_ in words["plans"] and not done and (verb.lemma_ != "go" or verb.tag_ == "VBG"):
        return "future"
    if verb.tag_ in ("VBZ", "VBP") and not helpers and verb.lemma_ in words["timetable"]:
        return "future"
    return "past" if verb.tag_ in ("VBD", "VBN") else None


def _still_open(verb: Any) -> bool:
    """Whether a plan is of what stands in the present: "have called off the march they had planned for Friday"."""
    over = verb.head.head if verb.dep_ == "relcl" else verb
    return any(one.dep_ == "aux" and one.lower_ in ("has", "have") for one in over.children)


def _of_infinitive(verb: Any) -> Tense:
    """ "Plans to leave", "is to follow", "are likely to meet"; a purpose lies where its verb does."""
    words, head = WORDS["tense"], verb.head
    if head.i == verb.i:
        return None
    over = head.head if head.pos_ == "ADJ" else head
    if over.dep_ != "ccomp" and any(child.lower_ == "had" and child.dep_ == "aux" for child in over.children):
        return "past"  # "had been due to begin on Monday", "had hoped to meet in May"
    if head.lemma_ in (*words["plans"], *words["asking"], "be") or head.lower_ in words["adjectives"]:
        return "future"
    return None


def _to_be(child: Any) -> bool:
    return child.dep_ == "xcomp" and any(one.lower_ == "to" for one in child.children)


def tense_of_words(text: str, start: int, end: int) -> Tense:
    """Future, when the nearest telling word of the same sentence says so ("expected to … in April"), else not known.

    A word before the date decides; one after it only when none stands before. A past verb nearer to the date ("met … on
    Friday") speaks against the future, but is too little to hold a date before publication.
    """
    before = _same_sentence(text[max(0, start - BEFORE) : start])
    found = next(reversed(list(_telling().finditer(before))), None) or _telling().search(
        _up_to_end(text[end : end + AFTER])
    )
    if found is None:
        return None
    return "future" if found["future"] else None


def _same_sentence(before: str) -> str:
    plain = _NO_END.sub(lambda found: "-" * len(found.group()), before)
    ends = [found.end() for found in _END.finditer(plain)]
    return before[ends[-1] :] if ends else before


def _up_to_end(after: str) -> str:
    found = _END.search(_NO_END.sub(lambda one: "-" * len(one.group()), after))
    return after[: found.start()] if found else after


@cache
def _telling() -> re.Pattern[str]:
    words = WORDS["tense"]
    return re.compile(rf"(?P<future>{'|'.join(words['ahead'])})|(?P<past>{'|'.join(words['gone'])})", re.IGNORECASE)
