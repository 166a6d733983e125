"""What ``geo parse`` does: documents in, place names and the places they mean out.

    in   {"id", "text"[, "publisher", "url", "date", "toponyms": [{"start", "end"}]]}
    out  {"id", "toponyms": [{"start", "end", "phrase", "geonameid", "name", "kind", "country", "lat", "lon", "score"}]}

With ``gold_spans`` the given toponyms are resolved and none are looked for; a document that gives none gets none. Without
it they are not looked at, so that a labelled corpus can be parsed as if it had no labels. A name without a place
has ``null`` for it. Places of our own table that GeoNames lacks have ``"geonameid": null``, and so have names that the
gazetteer lacks and that are put around the place about which the text turns (see around.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

from geo.faults import BadInput
from geo.model.encoder import Tagging
from geo.places.homes import publisher_of
from geo.places.place import Location, Toponym
from geo.places.resolve import resolve
from geo.places.toponyms import tagged_by_encoder, toponyms_of
from geo.text.span import Span

AT_ONCE = 96  # documents whose names are found together: the encoder batches them by length


@dataclass(frozen=True, slots=True)
class Document:
    """One line of input. ``given`` are the spans to resolve, ``None`` when they are to be found."""

    id: Any
    text: str
    publisher: str | None
    given: tuple[tuple[int, int], ...] | None


def parse(records: Iterable[tuple[str, dict[str, Any]]], *, gold_spans: bool = False) -> Iterator[dict[str, Any]]:
    """One output record for each input record, in order.

    ``records`` come with where each stands ("in.jsonl, line 3"); a record that cannot be used raises `BadInput` with it.
    """
    waiting = (document(where, record, gold_spans=gold_spans) for where, record in records)
    with ThreadPoolExecutor(1) as ahead:  # the encoder reads on while the names of the documents before are weighed
        chunk = list(islice(waiting, AT_ONCE))
        read = ahead.submit(_read, chunk)
        while chunk:
            following, fault = [], None
            try:
                following = list(islice(waiting, AT_ONCE))
            except BadInput as told:
                fault = told
            taggings = read.result()
            read = ahead.submit(_read, following)
            yield from _parsed(chunk, taggings)
            if fault is not None:
                raise fault
            chunk = following


def document(where: str, record: dict[str, Any], *, gold_spans: bool = False) -> Document:
    """A line of input, checked. The publisher may also be told as "outlet" or by the page's "url", as in some corpora."""
    if not isinstance(record, dict) or "id" not in record:
        raise BadInput(where, 'a document needs an "id"')
    text = record.get("text")
    if not isinstance(text, str):
        raise BadInput(where, 'a document needs a "text"')
    publisher = publisher_of(record)
    if publisher is not None and not isinstance(publisher, str):
        raise BadInput(where, '"publisher" is not a name')
    given = _spans(where, record.get("toponyms") or []) if gold_spans else None
    return Document(record["id"], text, publisher, given)


def _spans(where: str, marks: Any) -> tuple[tuple[int, int], ...]:
    """The given spans, each once, in the order given."""
    if not isinstance(marks, list):
        raise BadInput(where, '"toponyms" is not a list')
    spans: dict[tuple[int, int], None] = {}
    for mark in marks:
        start, end = (mark.get("start"), mark.get("end")) if isinstance(mark, dict) else (None, None)
        if type(start) is not int or type(end) is not int:
            raise BadInput(where, 'a toponym needs "start" and "end", both whole numbers')
        spans[start, end] = None
    return tuple(spans)


def _sought(chunk: Sequence[Document]) -> list[str]:
    """The texts whose names are to be found."""
    return [document.text for document in chunk if document.given is None]


def _read(chunk: Sequence[Document]) -> list[Tagging] | None:
    return tagged_by_encoder(texts) if (texts := _sought(chunk)) else None


def _parsed(chunk: Sequence[Document], taggings: Sequence[Tagging] | None) -> Iterator[dict[str, Any]]:
    texts = _sought(chunk)
    found = iter(toponyms_of(texts, taggings=taggings) if texts else [])
    for document in chunk:
        if document.given is None:
            places = resolve(document.text, next(found), publisher=document.publisher, approximate=True)
            yield {"id": document.id, "toponyms": [record(document.text, place) for place in places]}
        else:
            yield {"id": document.id, "toponyms": list(_given(document, document.given))}


def _given(document: Document, given: Sequence[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """The given spans resolved. One outside the text, as some corpora have, is given back without a place."""
    inside = [at for at in given if 0 <= at[0] < at[1] <= len(document.text)]
    names = [Toponym(Span(*at), 1.0, "given") for at in inside]
    places = resolve(document.text, names, publisher=document.publisher, approximate=True)
    by_span = dict(zip(inside, places, strict=True))
    for start, end in given:
        if (start, end) in by_span:
            yield record(document.text, by_span[start, end])
        else:
            yield {"start": start, "end": end, "phrase": "", **dict.fromkeys(FIELDS), "score": 0.0}


FIELDS = ("geonameid", "name", "kind", "country", "lat", "lon")


def record(text: str, location: Location) -> dict[str, Any]:
    """One place name as ``geo parse`` writes it."""
    span, place = location.toponym.span, location.place
    where = (place.geonameid, place.name, place.kind, place.country, place.lat, place.lon) if place else (None,) * 6
    return {
        "start": span.start,
        "end": span.end,
        "phrase": span.of(text),
        **dict(zip(FIELDS, where, strict=True)),
        "score": round(location.score * location.toponym.score, 4),
    }
