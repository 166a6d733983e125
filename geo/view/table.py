"""Claims as a table: the same selection as the map for those who do not use one. Pure: rows to HTML."""

from __future__ import annotations

from collections.abc import Sequence

from geo.view.cards import ROLE_WORDS, Evidence, Row, article_link, chip, event_days, span_of_days
from geo.view.words import plain

COLUMNS = ("When", "Kind", "Sentence", "Where", "How firmly, by whom", "Published")


def table(found: Sequence[Evidence], caption: str, carried: str = "") -> str:
    """A table with a row for each claim. Its caption says what is shown; ``carried`` is the part of the address that goes
    along to the map."""
    head = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    body = "".join(f"<tr>{''.join(_cells(evidence, carried))}</tr>" for evidence in found)
    titled = f"<caption>{plain(caption)}</caption><thead><tr>{head}</tr></thead>"
    return f'<table class="claims">{titled}<tbody>{body}</tbody></table>'


def _cells(evidence: Evidence, carried: str) -> list[str]:
    claim = evidence.claim
    link = plain(article_link(claim["article_id"], claim["claim_id"]))
    where = "<br>".join(_place(row, carried) for row in evidence.places) or "<i>unplaced</i>"
    firmly = plain(claim["stance"]) + (f", <bdi>{plain(claim['speaker'])}</bdi>" if claim["speaker"] else "")
    own = '<br><span class="tag own">of this session</span>' if claim.get("session") else ""
    planned = '<br><span class="tag">planned</span>' if claim["planned"] else ""
    published = span_of_days(claim["published_first"], claim["published_last"]) or "date unknown"
    cells = (
        f"{event_days(claim)}{planned}",
        chip(claim["kind"]),
        f'<a href="{link}" target="_self" dir="auto">{plain(claim["sentence"])}</a>',
        where,
        firmly,
        f"<bdi>{plain(claim['publisher'] or 'unknown')}</bdi><br>{published}{own}",
    )
    return [f'<td data-label="{name}">{cell}</td>' for name, cell in zip(COLUMNS, cells, strict=True)]


def _place(row: Row, carried: str) -> str:
    name, role = plain(row["place_name"]), plain(ROLE_WORDS.get(row["role"] or "", row["role"] or ""))
    shown = (
        f'<a href="./?{plain(carried)}place={int(row["place_id"])}" target="_self"><bdi>{name}</bdi></a>'
        if row["pin"]
        else f"<bdi>{name}</bdi>"
    )
    return f'<span class="role">{role}</span> {shown}'
