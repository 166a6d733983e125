"""A claim as tasks hand it to each other: what events look at, and of its article no more than that takes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from geo.build.copies import NUMBER
from geo.claims import happening
from geo.claims.chains import Numbers
from geo.claims.claim import Claim, Voice
from geo.claims.happening import Item
from geo.claims.likeness import Rarity, Words
from geo.places.place import Place
from geo.text.article import Article, Sentence
from geo.text.period import Period
from geo.text.span import Span

TEXT, DAY, WHOLE = pa.string(), pa.date32(), pa.int64()
ITEM = [
    ("at", NUMBER),
    ("claim", TEXT),
    ("kind", TEXT),
    ("article", TEXT),
    ("start", WHOLE),
    ("published", DAY),
    ("first", DAY),
    ("last", DAY),
    ("planned", pa.bool_()),
    ("place", WHOLE),
    ("place_name", TEXT),
    ("place_kind", TEXT),
    ("country", TEXT),
    ("admin1", TEXT),
]
ITEMS = pa.schema(
    [*ITEM, ("stance", TEXT), ("speaker", TEXT), ("origin", TEXT), ("sentence", TEXT), ("words", pa.list_(TEXT))]
)
WEIGHED = pa.schema([*ITEMS, ("weights", pa.list_(pa.float64()))])


def item_row(number: int, claim: Claim, words: Iterable[str]) -> dict[str, Any]:
    place, article = happening.scene(claim), claim.sentence.article
    return {
        "at": number,
        "claim": claim.id,
        "kind": claim.kind,
        "article": article.id,
        "start": claim.sentence.span.start,
        "published": article.published.first,
        "first": claim.event_date.first,
        "last": claim.event_date.last,
        "planned": claim.planned,
        **place_row(place),
        "stance": claim.voice.stance,
        "speaker": claim.voice.speaker,
        "origin": claim.origin,
        "sentence": claim.sentence.text,
        "words": sorted(words),
    }


def place_row(place: Place | None) -> dict[str, Any]:
    if place is None:
        return dict.fromkeys(("place", "place_name", "place_kind", "country", "admin1"))
    return {
        "place": place.id,
        "place_name": place.name,
        "place_kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
    }


def item(row: dict[str, Any]) -> Item:
    """A claim as ``geo.claims.events`` looks at it; of its article there is no more than that takes."""
    published: date | None = row["published"]
    text = row.get("sentence", "")
    article = Article(row["article"], "", text, Period(published, published, ""))
    when = Period(row["first"], row["last"], "")
    voice = Voice(row.get("speaker"), "", row.get("stance", "asserted"), "")
    sentence = Sentence(article, Span(0, len(text)), "body")
    claim = Claim(
        row["claim"], row["kind"], sentence, (), when, voice, row["planned"], 0.0, "", (), row.get("origin", "")
    )
    weights = dict(zip(row.get("words", ()), row.get("weights", ()), strict=False))
    words = Words.weighed(frozenset(row.get("words", ())), Rarity(weights))
    rank = (published or date.max, row["article"], row["start"], row["claim"])
    return Item(claim, place_of(row), words, rank[0], when.first, when.last, happening.narrow(when), rank)


def place_of(row: dict[str, Any]) -> Place | None:
    if row["place"] is None:
        return None
    return Place(row["place"], row["place_name"], row["place_kind"], row["country"], row["admin1"], "", 0.0, 0.0, 0)


def hashes(names: Sequence[str]) -> Numbers:
    """Numbers of 64 bits that are the same everywhere."""
    plain = [name.encode("utf-8", "surrogatepass") for name in names]
    return np.fromiter((zlib.crc32(name) << 32 | zlib.adler32(name[::-1]) for name in plain), np.uint64, len(plain))
