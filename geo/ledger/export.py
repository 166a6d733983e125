"""The filtered view as a file to take away: CSV, GeoJSON or JSON lines, each row with its sentence and its citation."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from geo.ledger.filters import Filters
from geo.ledger.query import Ledger

Form = Literal["csv", "geojson", "jsonl"]
TYPES: dict[Form, str] = {"csv": "text/csv", "geojson": "application/geo+json", "jsonl": "application/x-ndjson"}

_COLUMNS = (
    "claim_id", "kind", "sentence", "stance", "speaker", "cue", "via", "planned", "score", "because", "role", "pin",
    "phrase", "place_name", "place_kind", "country", "admin1", "admin2", "lat", "lon", "radius_km", "place_because",
    "role_because", "event_first", "event_last", "date_because", "voice_because", "event", "n_origins", "origin",
    "origin_because", "title", "publisher", "publisher_type", "wording", "url", "published_first", "published_last",
    "published_because", "republishes", "article_id", "start", "end", "section", "corrected",
)  # fmt: skip
_TOLD = ("flow", "disagreements")
"""Columns that hold JSON; a ledger of before they were thought of lacks them."""
_PASSING = ("supplier", "route", "recipient")
_ADDED = (*_PASSING, *_TOLD, "geonameid", "gazetteer_id", "citation")
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GEODATA = "Places: GeoNames, CC BY 4.0"


def export(ledger: Ledger, filters: Filters | None, form: Form) -> bytes:
    """Exactly the rows of ``ledger.claims(filters)`` as a file's content; one row for each place of a claim.

    Of arms flows each row names ``supplier``, ``route`` and ``recipient``, the whole of it in ``flow`` (places, why); in
    ``disagreements`` stands what the tellers of its event do not agree about; both are JSON, in CSV as text. CSV begins
    with a byte order mark, which spreadsheets need, and has an apostrophe before a cell that would be taken for a
    formula. GeoJSON has a point only where the map has a marker. Raises ValueError for another form.
    """
    write = _WRITERS.get(form)
    if write is None:
        raise ValueError(f"no such form: {form!r}")
    return write(_records(ledger, filters or Filters()), provenance(ledger))


def cite(row: Mapping[str, Any]) -> str:
    """A plain citation of a claim's article: publisher, title, date, link."""
    publisher, title, url = (_known(row.get(name)) for name in ("publisher", "title", "url"))
    wording = "our account of the report" if _known(row.get("wording")) == "brief" else None
    parts = [
        publisher or "Publisher not known",
        f"“{title}”" if title else "no title",
        _day(row.get("published_first"), row.get("published_last")),
        url if isinstance(url, str) and url.startswith(("https://", "http://")) else None,
        wording,
    ]
    return ", ".join(str(part) for part in parts if part)


def _records(ledger: Ledger, filters: Filters) -> Iterator[dict[str, Any]]:
    """One plain record a row, with nothing in it but what JSON knows."""
    versions = {f"version_{name}": value for name, value in provenance(ledger).items()}
    told = tuple(name for name in _TOLD if name in ledger.columns)
    for found in ledger.rows.claims(filters, columns=("place_id", *_COLUMNS, *told)):
        row = {name: _known(value) for name, value in found.items()}
        id = row.pop("place_id")
        row |= {name: json.loads(row.get(name) or "null") for name in _TOLD}
        row |= {part: _names((row["flow"] or {}).get(part, ())) for part in _PASSING}
        # Entries of our own table have ids below zero, which mean nothing to GeoNames.
        ids = {"geonameid": id if id is not None and id > 0 else None, "gazetteer_id": id}
        yield row | ids | {"citation": cite(row)} | versions


def _names(ends: Iterable[Mapping[str, Any]]) -> str | None:
    """The ends of a way by name, the place's own where it is one."""
    return "; ".join(dict.fromkeys(str(end.get("place_name") or end.get("name")) for end in ends)) or None


def provenance(ledger: Ledger) -> dict[str, str]:
    """From what data, program and models the rows come."""
    meta = ledger.meta
    models = meta.get("models") or {}
    return {
        "data": ledger.version,
        "atlas": str(meta.get("atlas", "")),
        "gazetteer": str(meta.get("gazetteer", "")),
        "models": "; ".join(f"{name} {version}" for name, version in sorted(models.items())),
        "built": str(meta.get("built", "")),
    }


def _csv(records: Iterator[dict[str, Any]], versions: dict[str, str]) -> bytes:
    lines = io.StringIO(newline="")
    header = (*_COLUMNS, *_ADDED, *(f"version_{name}" for name in versions))
    writer = csv.DictWriter(lines, header)
    writer.writeheader()
    for record in records:
        writer.writerow({name: _cell(value) for name, value in record.items()})
    return lines.getvalue().encode("utf-8-sig")


def _jsonl(records: Iterator[dict[str, Any]], _: dict[str, str]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _geojson(records: Iterator[dict[str, Any]], versions: dict[str, str]) -> bytes:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if row["pin"] else None,
            "properties": row,
        }
        for row in records
    ]
    whole = {"type": "FeatureCollection", "provenance": versions, "attribution": _GEODATA, "features": features}
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode()


_WRITERS = {"csv": _csv, "geojson": _geojson, "jsonl": _jsonl}


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet runs, and no reader of CSV ends early."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, str):
        value = value.replace("\x00", "\ufffd")
        return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
    return value


def _known(value: Any) -> Any:
    """The value as JSON has it: a day as its ISO date, None for what is missing, be it pandas' NA, NaN or NaT."""
    if value is None or isinstance(value, str | bool | int | list):
        return value
    if isinstance(value, date):  # a time of pandas is one too, and its NaT says so of itself only
        return str(value)[:10] if value == value else None
    return value if type(value) is float and not math.isnan(value) else _single(value)


def _single(value: Any) -> Any:
    """What a frame holds where rows hold plain values."""
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _day(first: Any, last: Any) -> str:
    first, last = _known(first), _known(last)
    if first is None:
        return "date not known"
    return str(first) if first == last else f"between {first} and {last}"
