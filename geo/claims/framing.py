"""Time that a paragraph sets at the head of a sentence and keeps: "In 2016, a series of talks began. In the first, …"."""

from __future__ import annotations

import re

from geo.claims.aspect import is_pluperfect, is_present
from geo.claims.claim import Claim
from geo.claims.dates import only_date
from geo.claims.days import Days
from geo.claims.timeline import Scene, period, says, silent
from geo.claims.timex import expressions
from geo.claims.told_now import tokens
from geo.text.article import Sentence
from geo.text.period import Period

FARTHEST = 5
"""Sentences over which a time at the head of one is kept."""
LONGEST_HEAD = 60
"""Characters before the comma that closes a time at the head of a sentence."""
_BEFORE = re.compile(
    r"\W*(?:(?:and|but|then|so|by|in|on|at|during|as early as|back|also|again)\s+)*(?:the\s+)?", re.IGNORECASE
)


def framed(scene: Scene, at: int, claim: Claim) -> Period | None:
    """The time at the head of a sentence before it in the paragraph, when nothing between them tells another.

    A sentence in the present, in the pluperfect, or of another occasion steps out of that time.
    """
    if not silent(claim) or claim.planned or says(claim, "elsewhere"):
        return None
    if any(is_present(token) or is_pluperfect(token) for token in tokens(scene, claim)):
        return None
    before = [
        one
        for one in scene.docs
        if one.paragraph == claim.sentence.paragraph and one.span.start < claim.sentence.span.start
    ]
    for sentence in sorted(before, key=lambda one: -one.span.start)[:FARTHEST]:
        days = _at_the_head(scene, sentence)
        if days is not None:
            return period(days, "The sentence gives no date; the paragraph tells of the time named before it")
        if only_date(sentence.text, scene.published, doc=scene.docs[sentence]).known:
            return None
    return None


def _at_the_head(scene: Scene, sentence: Sentence) -> Days | None:
    """The time that opens a sentence and is closed by a comma: "In March 2015, ", "Two years before the war, "."""
    comma = sentence.text.find(",", 0, LONGEST_HEAD)
    found = expressions(sentence.text, scene.published, doc=scene.docs[sentence])[:1]
    if comma < 0 or not found or found[0].type != "DATE" or found[0].span.end > comma:
        return None
    one = found[0]
    if one.period.first is None or one.period.last is None or not _BEFORE.fullmatch(sentence.text[: one.span.start]):
        return None
    return one.period.first, one.period.last
