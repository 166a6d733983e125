"""Whether the words around a date look ahead, where no parse of the sentence tells the tense of its verb."""

from __future__ import annotations

import re
from functools import cache

from geo.claims.timex_frame import WORDS, Tense

BEFORE, AFTER = 160, 100
"""Characters of the same sentence in which a verb is looked for, before a date and after it."""
_END = re.compile(r"[.!?]['’”\")]*\s|\n\s*\n|[;:]\s")
_NO_END = re.compile(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})\.\s")  # "Gen. ", "J. ", "Jan. "


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
