"""What the words around a place name say of it: its kind, and the place it lies in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geo.places.vocabulary import Vocabulary, trimmed
from geo.text.span import Span

Link = Literal["comma", "brackets", "of", "in"]
LONGEST_LIST = 30  # names in one list; what follows counts as another
REACH = 60  # characters looked at before and after a name: enough for "in the northern province of "

SIBLINGS = re.compile(r"\s*(?:,|;|/|&|(?:,\s*)?(?:and|or|as well as|along with)(?:\s+the)?|,\s*the)\s*", re.IGNORECASE)
COMMA = re.compile(r"\s*,\s*")
BRACKET = re.compile(r"\s*[(\[]\s*")
PARENT = re.compile(
    r"\s*,?((?:\s+[\w-]+){0,4}?)\s*,?\s+(of|in)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:of\s+)?(?:the\s+)?", re.IGNORECASE
)
OWNER = re.compile(r"['’]s?(?:\s+[\w-]+){0,3}?\s*,?\s+", re.IGNORECASE)
DATELINE = re.compile(r"[^\n.]{0,30}?\.?[^\n.]{0,20}?\s(?:--?|—|–)\s")
NEXT_WORD = re.compile(r"\s+([^\W\d_]+)\b(?!\s+[A-Z])|\s+([a-z]+)\b")
LAST_WORD = re.compile(r"\b([^\W\d_]+)\s*(,?)\s+$")
OF_WORD = re.compile(r"(?:\b([\w-]+)\s+)?(?:\b([\w-]+)\s+)?\b([^\W\d_]+)\s+of\s+(?:the\s+)?$")
INDEFINITE = frozenset({"a", "an", "one", "another", "each", "every", "two", "three", "four", "five", "several", "some"})
NOT_APPOSED = frozenset({"capital", "suburb", "neighborhood", "neighbourhood", "coast", "department", "division", "port"})
NOT_AFTER = frozenset({"department", "division", "capital", "nation", "base", "settlement"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What the text says of one name.

    ``name`` is the surface as it is looked up, ``core`` the same without a kind word at its edge ("Herat city" gives
    "Herat"). ``kind`` is the kind told by ``word``, ``None`` when no word tells. ``parent`` is the number of the name
    that the text says holds this one ("Paris, Texas"), told by ``link``. ``siblings`` are the names listed beside it.
    ``dateline`` says that a report is dated from there ("HERAT -- ").
    """

    name: str
    core: str
    kind: str | None = None
    word: str = ""
    parent: int | None = None
    link: Link | None = None
    siblings: tuple[int, ...] = ()
    dateline: bool = False


def hints(text: str, spans: Sequence[Span], words: Vocabulary | None = None) -> list[Hint]:
    """One hint for each span; the spans in text order, not overlapping."""
    words = words or Vocabulary.shared()
    names = [trimmed(span.of(text), words) for span in spans]
    runs = _runs(text, spans)
    inside = [_inside(name, words) for name in names]
    told = [_told(text, spans, i, run, words) for run in runs for i in run]  # runs keep the order of the text
    word_of = [own or outer for (_, own), outer in zip(inside, told, strict=True)]
    kinds = [words.kinds.get(word) for word in word_of]
    out: list[Hint] = []
    for run in runs:
        last = _parent(text, spans, run[-1])
        for i in run:
            holder = _parent(text, spans, i) if i != run[-1] else last
            if kinds[i] and kinds[i] == kinds[run[-1]] and (holder is None or holder[0] in run):
                holder = last  # "A, B and C districts of D": the commas only count them up
            name, core = names[i], inside[i][0]
            beside = tuple(j for j in run if j != i)
            out.append(
                Hint(
                    name,
                    core,
                    kinds[i],
                    word_of[i],
                    holder and holder[0],
                    holder and holder[1],
                    beside,
                    _dateline(text, spans[i]),
                )
            )
    return out


def _dateline(text: str, span: Span) -> bool:
    """Whether the name opens a line in capitals and a dash follows soon, or "(Reuters) -"."""
    opens = text[max(0, span.start - 4) : span.start].rstrip(' \t\u00a0"“')[-1:] in ("", "\n")
    return span.of(text).isupper() and opens and bool(DATELINE.match(text, span.end, span.end + REACH))


def _runs(text: str, spans: Sequence[Span]) -> list[list[int]]:
    """The names in lists: "Herat, Baghlan and Badakhshan" is one run."""
    runs: list[list[int]] = []
    for i, span in enumerate(spans):
        gap = text[spans[i - 1].end : span.start] if i and span.start - spans[i - 1].end <= 20 else "\n"
        if runs and len(runs[-1]) < LONGEST_LIST and SIBLINGS.fullmatch(gap) and "\n" not in gap:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _inside(name: str, words: Vocabulary) -> tuple[str, str]:
    """The name without its own kind word, and that word: ("Laurel", "county"), ("Mary", "lake"), ("Kabul", "")."""
    parts = name.split(" ")
    if len(parts) > 1 and words.kinds.get(parts[-1].lower()):
        return " ".join(parts[:-1]), parts[-1].lower()
    if len(parts) > 2 and parts[1].lower() == "of" and words.kinds.get(parts[0].lower()):
        return " ".join(parts[2:]), parts[0].lower()
    if len(parts) > 1 and words.kinds.get(parts[0].lower()) in ("water", "land"):
        return " ".join(parts[1:]), parts[0].lower()
    return name, ""


def _told(text: str, spans: Sequence[Span], i: int, run: list[int], words: Vocabulary) -> str:
    """The kind word that stands outside the name and tells its kind, "" for none."""
    span = spans[i]
    word = _next_kind(text, span.end, words)
    if word and (word not in words.plurals or len(run) > 1):
        return word
    if len(run) > 1 and (word := _next_kind(text, spans[run[-1]].end, words)) in words.plurals:
        return word
    if i + 1 < len(spans) and (found := PARENT.fullmatch(text[span.end : spans[i + 1].start][:REACH])):
        for word in reversed(found.group(1).lower().split()):
            if words.kinds.get(word) in ("city", "district", "province") and word not in words.plurals:
                return word  # "Faizabad, the capital of Badakhshan"
    first = spans[run[0]]
    before = text[max(0, first.start - REACH) : first.start]
    if _of_ends(before) and (of := OF_WORD.search(before)):
        word = of.group(3).lower()
        owned = spans[run[0] - 1].end > first.start - len(of.group(3)) - 9 if run[0] else False
        free = not {(of.group(1) or "").lower(), (of.group(2) or "").lower()} & INDEFINITE
        if word in words.kinds and word not in NOT_APPOSED and not owned and free:
            if word in words.plurals and len(run) > 1:
                return word
            if word not in words.plurals and i == run[0]:
                return word
    near = LAST_WORD.search(text[max(0, span.start - REACH) : span.start])
    if not near or (near.group(2) and near.group(1).lower() != "capital"):
        return ""  # "the capital, Kabul", but "In Helmand, another province, Moscow ..."
    word = near.group(1).lower()
    kind = words.kinds.get(word) if word not in words.plurals else None
    named_before = i > 0 and spans[i - 1].end + len(word) + 4 > span.start
    fits = kind in ("city", "district", "province") or (kind in ("water", "land") and near.group(1).istitle())
    return word if fits and not named_before else ""


def _of_ends(before: str) -> bool:
    """Whether the text before a name ends with "of" or "of the": most does not, and `OF_WORD` takes long to see it."""
    last = before.rsplit(None, 2)[-2:]
    return last[-1:] == ["of"] or last == ["of", "the"]


def _next_kind(text: str, at: int, words: Vocabulary) -> str:
    """The kind word that follows, "" for none: not the City of "Athens City Council"."""
    found = NEXT_WORD.match(text, at, at + REACH)
    word = (found.group(1) or found.group(2)).lower() if found else ""
    return word if word in words.kinds and word not in NOT_AFTER and words.kinds[word] != "site" else ""


def _parent(text: str, spans: Sequence[Span], i: int) -> tuple[int, Link] | None:
    """Which other name the text says holds name ``i``, and how it says so."""
    span = spans[i]
    if i + 1 < len(spans) and spans[i + 1].start - span.end <= REACH:
        gap = text[span.end : spans[i + 1].start]
        if COMMA.fullmatch(gap):
            return i + 1, "comma"
        if BRACKET.fullmatch(gap):
            return i + 1, "brackets"
        if found := PARENT.fullmatch(gap):
            return i + 1, "of" if found.group(2).lower() == "of" else "in"
    if i and span.start - spans[i - 1].end <= REACH and OWNER.fullmatch(text[spans[i - 1].end : span.start]):
        return i - 1, "of"
    return None
