"""Readings become the rows of the ledger's tables."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from geo.claims.claim import Claim, Reading
from geo.claims.flow import flow
from geo.places.place import Location, Place
from geo.text.span import Span

Row = dict[str, Any]
CountryName = Callable[[str], str | None]
"""The English name of a country, by its ISO 3166-1 alpha-2 code."""

# Half of a surrogate pair is no character and fits no file; its stand-in has the same length, so spans still hold.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the three tables, in the order of the articles and of their text."""

    claims: list[Row] = field(default_factory=list)
    articles: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)


def rows(
    readings: Iterable[Reading],
    *,
    country_name: CountryName = lambda code: None,
    corrected: Mapping[str, Sequence[Row]] | None = None,
) -> Rows:
    """The rows of all readings; ``corrected`` has, by claim id, what people changed about a claim."""
    made = Rows()
    readings = list(readings)
    origins = _origins(readings)
    for reading in readings:
        made.articles.append(_clean(_article(reading)))
        made.mentions.extend(_clean(_mention(reading, m)) for m in reading.mentions)
        for claim in reading.claims:
            shared = _claim(claim) | {
                "n_origins": len(origins[claim.event or claim.id]),
                "corrected": as_json((corrected or {}).get(claim.id, ())),
            }
            for n, place in enumerate(_places(claim, country_name)):
                made.claims.append(_clean({"row_id": f"{claim.id}-{n}"} | shared | place))
    return made


def _origins(readings: Sequence[Reading]) -> dict[str, set[str]]:
    """The independent origins of each event; a claim that nobody grouped is an event of its own."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in (claim for reading in readings for claim in reading.claims):
        found[claim.event or claim.id].add(claim.origin or claim.id)
    return found


def _article(reading: Reading) -> Row:
    article = reading.article
    n_open = sum(sentence.open for sentence in reading.sentences)
    return {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "publisher_type": article.publisher_type,
        "authors": list(article.authors),
        "url": article.url,
        "wording": article.kind,
        "republishes": article.republishes,
        "published_first": article.published.first,
        "published_last": article.published.last,
        "published_because": article.published.because,
        **_ends("published", article.published.words),
        "crawl_dates": as_json([[span.start, span.end] for span in article.crawl_dates]),
        "text": article.text,
        "sentences": as_json(
            [
                [s.span.start, s.span.end, s.section, s.paragraph, s.because, list(kinds)]
                for s, kinds in zip(reading.sentences, reading.kinds, strict=True)
            ]
        ),
        "n_open": n_open,
        "n_shut": len(reading.sentences) - n_open,
        "source": article.source,
    }


def _mention(reading: Reading, mention: Location) -> Row:
    place = _place(mention.place)
    return {
        "article_id": reading.article.id,
        "start": mention.toponym.span.start,
        "end": mention.toponym.span.end,
        "phrase": mention.toponym.span.of(reading.article.text),
        **{name: place[name] for name in _MENTIONED},
        "role": mention.role,
        "score": mention.score,
        "because": mention.because,
        "role_because": mention.role_because,
    }


def _claim(claim: Claim) -> Row:
    sentence, voice, date = claim.sentence, claim.voice, claim.event_date
    return {
        "claim_id": claim.id,
        "article_id": sentence.article.id,
        "kind": claim.kind,
        "sentence": sentence.text,
        "start": sentence.span.start,
        "end": sentence.span.end,
        "section": sentence.section,
        "paragraph": sentence.paragraph,
        "event_first": date.first,
        "event_last": date.last,
        "date_because": date.because,
        **_ends("date", date.words),
        "stance": voice.stance,
        "speaker": voice.speaker,
        "cue": voice.cue,
        "voice_because": voice.because,
        "via": voice.via,
        **_ends("speaker", voice.speaker_words),
        **_ends("cue", voice.cue_words),
        "planned": claim.planned,
        "score": claim.score,
        "because": claim.because,
        "words": as_json([[span.start, span.end] for span in claim.words]),
        "origin": claim.origin,
        "origin_because": claim.origin_because,
        "event": claim.event,
        "event_because": claim.event_because,
        "flow": as_json(passing) if (passing := flow(claim)) is not None else None,
        "disagreements": as_json([asdict(one) for one in claim.disagreements]),
    }


def _places(claim: Claim, country_name: CountryName) -> Iterator[Row]:
    """The claim's places that play a part in it, each once a role; one row of nothing when there is none."""
    seen: set[tuple[object, str]] = set()
    text = claim.sentence.article.text
    for location in claim.locations:
        phrase = location.toponym.span.of(text)
        key = (location.place.id if location.place else phrase, location.role)
        if location.role == "mention" or key in seen:
            continue
        seen.add(key)
        yield {
            **_place(location.place, country_name),
            "role": location.role,
            "pin": location.pin,
            "phrase": phrase,
            **_ends("place", location.toponym.span),
            "place_score": location.score,
            "place_because": location.because,
            "role_because": location.role_because,
            "rivals": as_json([_rival(rival.place, rival.score) for rival in location.rivals]),
        }
    if not seen:
        yield dict.fromkeys((*_PLACED, "role", "phrase", "place_start", "place_end", "place_score")) | {
            "pin": False,
            "place_because": None,
            "role_because": None,
            "rivals": "[]",
        }


_PLACED = (
    "place_id", "place_name", "place_kind", "country", "country_name", "admin1", "admin2", "lat", "lon", "radius_km",
    "place_note",
)  # fmt: skip
_MENTIONED = ("place_id", "place_name", "place_kind", "country", "admin1", "lat", "lon")


def _place(place: Place | None, country_name: CountryName = lambda code: None) -> Row:
    if place is None:
        return dict.fromkeys(_PLACED)
    return {
        "place_id": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "country": place.country or None,
        "country_name": country_name(place.country) if place.country else None,
        "admin1": place.admin1 or None,
        "admin2": place.admin2 or None,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
        "place_note": place.note or None,
    }


def _rival(place: Place, score: float) -> Row:
    return {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "score": round(score, 4),
    }


def _ends(name: str, span: Span | None) -> Row:
    # An empty span, where a person placed a claim that names no place, is a span all the same.
    start, end = (None, None) if span is None else (span.start, span.end)
    return {f"{name}_start": start, f"{name}_end": end}


def as_json(value: object) -> str:
    """A value as the columns of JSON have it."""
    return json.dumps(value, ensure_ascii=False)


def _clean(row: Row) -> Row:
    """The row with every string fit for a file."""
    return {name: _LONE_SURROGATE.sub("\ufffd", v) if isinstance(v, str) else v for name, v in row.items()}
