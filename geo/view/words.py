"""Words of articles as harmless HTML: escaped, in their own direction, with the stretches that matter marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from geo.text.span import Span

_UNSEEN = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000)), "\ufffd")
# Bidirectional controls would let a stretch of text reorder the page around it: shown as nothing.
_UNSEEN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")


def plain(text: object) -> str:
    """Any value as text that HTML shows letter by letter; ``None`` is nothing."""
    return "" if text is None else escape(str(text).translate(_UNSEEN), quote=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the article's text, the class of its mark ("word", "place", "date", "speaker", "cue"), a hint, and the
    address that it leads to."""

    span: Span
    kind: str
    hint: str = ""
    link: str = ""


def marked(text: str, within: Span, marks: Iterable[Mark]) -> str:
    """The stretch ``within`` of ``text`` as HTML with its marks; marks may overlap, and what lies outside is cut off."""
    inside = [m for m in marks if m.span.overlaps(within) and len(m.span)]
    cuts = sorted({within.start, within.end, *(c for m in inside for c in (m.span.start, m.span.end))})
    cuts = [c for c in cuts if within.start <= c <= within.end]
    parts = []
    for start, end in pairwise(cuts):
        words = plain(text[start:end])
        here = [m for m in inside if m.span.start <= start and end <= m.span.end]
        if not here:
            parts.append(words)
            continue
        classes = " ".join(dict.fromkeys(f"m-{plain(m.kind)}" for m in here))
        hint = "; ".join(dict.fromkeys(m.hint for m in here if m.hint))
        shown = f'<mark class="{classes}"' + (f' title="{plain(hint)}"' if hint else "") + f">{words}</mark>"
        link = next((m.link for m in here if m.link), "")
        parts.append(f'<a class="named" href="{plain(link)}" target="_self">{shown}</a>' if link else shown)
    return "".join(parts)
