"""Quotations over several sentences: whose they are when no "said" stands in the sentence itself.

Spans count in the article's text. A quotation belongs to whom another part of it is given to; a paragraph that opens with
a quotation mark after one that was not closed goes on with it; and a sentence that is nothing but a quotation is the word
of whoever spoke, or did something, right beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geo.claims.attribution import Attribution, Heard, Speaker
from geo.text.article import Sentence
from geo.text.span import Span

OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
SHORTEST = 12
"""Characters; a shorter stretch is a word in quotation marks."""
NEAR = 6
"""Sentences over which a quotation is followed."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch; ``closed``: it has its closing mark in its paragraph."""

    span: Span
    closed: bool


def quotations(text: str) -> list[Span]:
    """The quoted stretches of a text; a quotation ends with its paragraph at the latest."""
    return [one.span for one in _found(text)]


def _found(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    start: int | None = None
    for match in re.finditer(r'[“„«”»"]|\n', text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if start is not None:
                found.append(Quotation(Span(start, at), closed=False))
            start = None
            continue
        opens = mark in OPENING or (start is None and text[at + 1 : at + 2].strip() != "")
        if start is None and opens:
            start = at
        elif start is not None and (mark in CLOSING or mark == STRAIGHT):
            found.append(Quotation(Span(start, at + 1), closed=True))
            start = None
    if start is not None:
        found.append(Quotation(Span(start, len(text)), closed=False))
    return found


def carried(
    sentences: Sequence[Sentence], heard: Sequence[tuple[Heard, ...]], doers: Sequence[Speaker | None]
) -> tuple[tuple[Heard, ...], ...]:
    """Quoted stretches without an attribution of their own get that of the sentence that has it.

    ``doers`` are the persons whom each sentence's own clause is about.
    """
    if not sentences:
        return ()
    quotes = _found(sentences[0].article.text)
    out = list(heard)
    ends = [quote.span.end for quote in quotes]
    for i, sentence in enumerate(sentences):
        for at in range(bisect_right(ends, sentence.span.start), len(quotes)):
            quote = quotes[at].span
            if quote.start >= sentence.span.end:
                break
            inside = Span(max(quote.start, sentence.span.start), min(quote.end, sentence.span.end))
            part = inside.shifted(-sentence.span.start)
            if len(part) < SHORTEST or any(h.attribution.speaker and overlap(h.attribution, part) for h in heard[i]):
                continue
            if _is_a_phrase(sentence, quote):
                continue
            source = neighbour(i, quote, sentences, heard)
            who = source.speaker if source is not None else _further(i, at, quotes, sentences, out, doers)
            if who is not None:
                via = source.attribution.via if source is not None else None
                attribution = Attribution("neutral", Span(0, 0), part, (part,), via, None)
                out[i] = (Heard(attribution, who, carried=True), *out[i])
    return tuple(out)


def _is_a_phrase(sentence: Sentence, quote: Span) -> bool:
    """Whether a few words of somebody stand in the writer's own sentence: they go on in small letters."""
    if quote.start <= sentence.span.start or quote.end > sentence.span.end:
        return False
    first = next((sign for sign in quote.of(sentence.article.text) if sign.isalpha()), "")
    return first.islower()


def _further(
    i: int,
    at: int,
    quotes: Sequence[Quotation],
    sentences: Sequence[Sentence],
    heard: Sequence[tuple[Heard, ...]],
    doers: Sequence[Speaker | None],
) -> Speaker | None:
    """Whose a quotation is when none beside it is given to anybody: what the paragraph before and the doers tell."""
    quote = quotes[at].span
    same = (found for j in range(i - 1, max(-1, i - NEAR), -1) if quote.overlaps(sentences[j].span) for found in heard[j])
    carried_on = next((found.speaker for found in same if found.speaker is not None), None)
    if carried_on is not None:
        return carried_on
    here = sentences[i].paragraph
    before = next((j for j in range(i, -1, -1) if sentences[j].paragraph != here), None)
    opens = before is not None and 0 <= quote.start - sentences[before + 1].span.start <= 1
    if before is not None and opens:
        last = speaking(heard[before])
        spoke = last.speaker if last is not None else None
        if at > 0 and not quotes[at - 1].closed and quotes[at - 1].span.overlaps(sentences[before].span):
            return spoke
        if sentences[before].text.rstrip().endswith(":"):
            return spoke or doers[before]
        if spoke is not None and all(_quoted(quote, one) for one in sentences[before + 1 : i + 1]):
            return spoke
    if not _quoted(quote, sentences[i]):
        return None
    near = (j for j in (i - 1, i + 1) if 0 <= j < len(sentences) and sentences[j].paragraph == here)
    return next((who for j in near if (who := doers[j]) is not None), None)


def _quoted(quote: Span, sentence: Sentence) -> bool:
    """Whether the quotation is the whole sentence."""
    return min(quote.end, sentence.span.end) - max(quote.start, sentence.span.start) >= len(sentence.span) - 2


def overlap(attribution: Attribution, part: Span) -> bool:
    return any(
        s.overlaps(part) and min(s.end, part.end) - max(s.start, part.start) > len(part) // 2 for s in attribution.scope
    )


def neighbour(i: int, quote: Span, sentences: Sequence[Sentence], heard: Sequence[tuple[Heard, ...]]) -> Heard | None:
    """The attribution of another sentence that also holds for this quotation: of the same quotation, or next to it."""
    here = sentences[i].paragraph
    order = sorted(
        (j for j in range(max(0, i - NEAR), min(len(sentences), i + NEAR + 1)) if j != i), key=lambda j: abs(j - i)
    )
    for j in order:
        if quote.overlaps(sentences[j].span) and (found := speaking(heard[j])) is not None:
            return found
    for j in [*range(i - 1, max(-1, i - 4), -1), i + 1]:
        if 0 <= j < len(sentences) and sentences[j].paragraph == here and (found := speaking(heard[j])) is not None:
            return found
    return None


def speaking(heard: tuple[Heard, ...]) -> Heard | None:
    """The widest attribution with a speaker."""
    return next((h for h in heard if h.speaker is not None and h.attribution.force in {"neutral", "claim"}), None)
