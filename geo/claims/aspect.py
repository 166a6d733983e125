"""What the form of a verb tells of time: said as going on, as of now, or as over before something else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from geo.claims.words import table

CLIMB = 6
"""Steps from a word up to a verb that still speaks of it."""


@cache
def _auxiliaries() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("dates")["auxiliaries"].items()}


def is_present(token: Any) -> bool:
    """Whether the first finite verb at or above ``token`` stands in the present or the present perfect.

    A verb of telling above it ("the army says") tells nothing of the event's time.
    """
    for verb, helpers in _verbs_above(token):
        finite = verb.tag_ in ("VBZ", "VBP", "VBD") or helpers
        if finite and verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in table("dates")["telling"]:
            return False
        if verb.tag_ == "VBD" or helpers & _auxiliaries()["then"]:
            return False
        if verb.tag_ in ("VBZ", "VBP") or helpers & _auxiliaries()["now"]:
            return True
    return False


def is_under_way(token: Any) -> bool:
    """Whether ``token``'s own verb says that it goes on: "are meeting", "is hosting a summit"; not "are to meet"."""
    for steps, (verb, helpers) in enumerate(_verbs_above(token)):
        if steps > 1 or (verb.pos_ == "VERB" and verb.lemma_.lower() in table("dates")["not_yet"]):
            return False
        if verb.tag_ == "VBG" and helpers & _auxiliaries()["being"]:
            return verb.lemma_.lower() not in table("dates")["telling"]
        if verb.pos_ in ("VERB", "AUX"):
            return False
    return False


def was_under_way(token: Any) -> bool:
    """Whether ``token``'s own verb tells, inside somebody's past report, what then went on: "said that X was selling"."""
    for steps, (verb, helpers) in enumerate(_verbs_above(token)):
        if steps > 1:
            return False
        told = verb.dep_ == "ccomp" or any(child.lower_ == "that" and child.dep_ == "mark" for child in verb.children)
        if verb.tag_ == "VBG" and helpers & {"was", "were"} and told:
            return verb.lemma_.lower() not in {*table("dates")["telling"], *table("dates")["not_yet"]}
        if verb.pos_ in ("VERB", "AUX"):
            return False
    return False


def is_done(token: Any) -> bool:
    """Whether ``token``'s own verb says that it has been done by now: "have gathered", not "have called for"."""
    helpers = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    perfect = token.tag_ in ("VBN", "VBD") and bool(helpers & {"have", "has", "'ve", "’ve", "'s", "’s"})
    return perfect and token.lemma_.lower() not in {*table("dates")["not_yet"], *table("dates")["telling"]}


def is_pluperfect(token: Any) -> bool:
    """Whether the first verb at or above ``token`` says that it was over before something else: "had met"."""
    for verb, helpers in _verbs_above(token):
        if "had" in helpers and verb.tag_ in ("VBN", "VBD"):
            return True
        if verb.pos_ in ("VERB", "AUX") and verb.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
            return False
    return False


def _verbs_above(token: Any) -> Iterator[tuple[Any, set[str]]]:
    """The token and what it hangs on, each with its auxiliaries, as far as a clause of somebody's speech reaches."""
    for _ in range(CLIMB):
        yield token, {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
        if token.head.i == token.i:
            return
        token = token.head
