"""An article to read, with everything that was found in it marked, and what was left out greyed. Pure: data to HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from geo.text.span import Span
from geo.view.cards import OPEN, ROLE_WORDS, Evidence, Row, article_link, claim_marks, span_of_days, web_address
from geo.view.kinds import look
from geo.view.words import Mark, marked, plain

LONGEST = 1500  # sentences shown of one article
SECTION_WORDS = {
    "caption_duplicate": "caption, repeated",
    "headline_duplicate": "headline, repeated",
    "author_bio": "about the author",
    "crawl_header": "the archive’s header",
    "comment": "reader’s comment",
    "subhead": "subheading",
}


def reader(
    article: Mapping[str, Any],
    found: Sequence[Evidence],
    mentions: Iterable[Row],
    picked: str | None,
    on_map: Collection[int] = (),
) -> str:
    """The text, paragraph by paragraph; sentences with claims stand in the colour of their kind, and the names of places
    that the map shows lead there."""
    marks = _marks(article, found, mentions, on_map)
    by_sentence: dict[int, list[Evidence]] = {}
    for one in found:
        by_sentence.setdefault(int(one.claim["start"]), []).append(one)
    sentences = article["sentences"][:LONGEST]
    parts = [
        _paragraph(article["text"], list(group), section, marks, by_sentence, picked)
        for (section, _), group in groupby(sentences, key=lambda s: (s[2], s[3]))
    ]
    cut = len(article["sentences"]) - len(sentences)
    more = f'<p class="hint">and {cut} more sentences, not shown</p>' if cut > 0 else ""
    return f'<div class="reader">{"".join(parts)}{more}</div>'


def _marks(
    article: Mapping[str, Any], found: Sequence[Evidence], mentions: Iterable[Row], on_map: Collection[int]
) -> list[Mark]:
    marks = [mark for one in found for mark in claim_marks(one.claim) if mark.kind != "place"]
    marks += [Mark(Span(a, b), "crawl", "a date of the archive, not used") for a, b in article["crawl_dates"]]
    for row in mentions:
        where = ", ".join(str(part) for part in (row["place_name"], row["admin1"], row["country"]) if part)
        hint = f"{where or 'no place found'} · {ROLE_WORDS.get(row['role'], row['role'])}: {row['because']}"
        id = row["place_id"]
        link = f"./?place={int(id)}" if id in on_map else ""
        marks.append(Mark(Span(int(row["start"]), int(row["end"])), "place" if id is not None else "lost", hint, link))
    return marks


def _paragraph(
    text: str,
    sentences: Sequence[Sequence[Any]],
    section: str,
    marks: Sequence[Mark],
    by_sentence: Mapping[int, list[Evidence]],
    picked: str | None,
) -> str:
    shut = section not in OPEN
    start, end = sentences[0][0], sentences[-1][1]
    near = [mark for mark in marks if mark.span.start < end and mark.span.end > start]
    parts, at = [], start
    for sentence in sentences:
        parts.append(plain(text[at : sentence[0]]))
        parts.append(_sentence(text, sentence, near, by_sentence.get(sentence[0], ()), picked))
        at = sentence[1]
    tag = {"headline": "h3", "subhead": "h4"}.get(section, "p")
    if shut:
        reason = f"left out: {SECTION_WORDS.get(section, section)}. {sentences[0][4]}"
        label = f'<span class="section" dir="ltr">{_section(section)}</span>'
        return f'<p class="shut" dir="auto" title="{plain(reason)}">{label}{"".join(parts)}</p>'
    label = f'<span class="section" dir="ltr">{_section(section)}</span>' if section == "caption" else ""
    return f'<{tag} dir="auto">{label}{"".join(parts)}</{tag}>'


def _section(section: str) -> str:
    return plain(SECTION_WORDS.get(section, section.replace("_", " ")))


def _sentence(
    text: str, sentence: Sequence[Any], marks: Sequence[Mark], found: Sequence[Evidence], picked: str | None
) -> str:
    shown = marked(text, Span(sentence[0], sentence[1]), marks)
    if not found:
        return shown
    claim = found[0].claim
    here = any(one.claim["claim_id"] == picked for one in found)
    letters = "".join(
        f'<b class="dot" dir="ltr" style="--kind:{plain(kind.colour)}" title="{plain(kind.label)}">'
        f"{plain(kind.letter)}</b>"
        for kind in (look(one.claim["kind"]) for one in found)
    )
    anchor = ' id="picked" tabindex="-1"' if here else ""
    return (
        f'<span class="said-here{" picked" if here else ""}"{anchor} style="--kind:{plain(look(claim["kind"]).colour)}">'
        f"{letters}{shown}</span>"
    )


def facts(article: Mapping[str, Any]) -> str:
    """Who published it, when and why we think so, and how much was left out, as HTML."""
    published = span_of_days(article["published_first"], article["published_last"]) or "date unknown"
    url = web_address(article["url"])
    parts = [
        f'<b dir="auto">{plain(article["publisher"] or "Publisher unknown")}</b>',
        plain(article["publisher_type"] or ""),
        f"<bdi>{plain(', '.join(article['authors'] or []))}</bdi>"
        if article["authors"] is not None and len(article["authors"])
        else "",
        f"published {published}",
        "brief: our account of the report" if article["wording"] == "brief" else "the publisher’s words",
        f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer">the report</a>' if url else "",
        f"republished from <bdi>{plain(article['republishes'])}</bdi>" if article["republishes"] else "",
    ]
    left = f"{article['n_open']} sentences read"
    if article["n_shut"]:
        left += f", {article['n_shut']} left out (greyed: navigation, comments, repeated captions and the like)"
    return (
        f'<p class="facts">{" · ".join(part for part in parts if part)}</p>'
        f'<p class="hint">Publication date: {plain(article["published_because"])} · {left}</p>'
    )


def preview(article: Mapping[str, Any], found: Sequence[Evidence], mentions: Sequence[Row]) -> str:
    """What was found in an article and what was shut out, before one decides about it, as HTML."""
    kinds = Counter(look(one.claim["kind"]).label.lower() for one in found)
    claims = ", ".join(f"{n} {plain(kind)}" for kind, n in kinds.most_common()) or "no claim"
    placed = dict.fromkeys(str(row["place_name"]) for row in mentions if row["place_id"] is not None)
    places = f"<p><b>Places:</b> <bdi>{plain(', '.join(list(placed)[:40]))}</bdi></p>" if placed else ""
    lost = not_placed(mentions)
    none = f"<p><b>No place here:</b> <bdi>{plain(', '.join(lost[:40]))}</bdi></p>" if lost else ""
    return (
        f'<section class="preview"><h3 dir="auto">{plain(article["title"] or "Untitled")}</h3>{facts(article)}'
        f"<p><b>Claims:</b> {claims}</p>{places}{none}{_shut_out(article)}</section>"
    )


def _shut_out(article: Mapping[str, Any]) -> str:
    """The sentences that were left out, each with its section and the reason."""
    shut = [s for s in article["sentences"] if s[2] not in OPEN]
    if not shut:
        return "<p>Nothing was left out.</p>"
    items = "".join(
        f'<li><span class="section">{_section(s[2])}</span><bdi>{plain(article["text"][s[0] : s[1]][:160])}</bdi> '
        f"<i>{plain(s[4])}</i></li>"
        for s in shut[:100]
    )
    more = f"<li>and {len(shut) - 100} more</li>" if len(shut) > 100 else ""
    n = f"{len(shut)} {'sentence' if len(shut) == 1 else 'sentences'} left out, and why"
    return f'<details><summary>{n}</summary><ul class="copies">{items}{more}</ul></details>'


def listing(articles: Sequence[Row]) -> str:
    """The articles as a list of links."""
    items = "".join(_item(row) for row in articles)
    return f'<ul class="articles">{items}</ul>'


def _item(row: Row) -> str:
    published = span_of_days(row["published_first"], row["published_last"]) or "date unknown"
    n = int(row["n_claims"])
    link = f"{plain(article_link(row['article_id']))}"
    return (
        f'<li><a href="{link}" target="_self" dir="auto">{plain(row["title"] or "Untitled")}</a>'
        f"<span><bdi>{plain(row['publisher'] or 'unknown publisher')}</bdi> · {published} · "
        f"{n} {'claim' if n == 1 else 'claims'} · {plain(row['wording'])}</span></li>"
    )


def not_placed(mentions: Iterable[Row]) -> list[str]:
    """The names that were read as no place, each once."""
    return list(dict.fromkeys(str(row["phrase"]) for row in mentions if row["place_id"] is None))
