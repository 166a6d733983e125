"""The ledger's columns, written down: pyarrow would give a column without a value the type "null".

Every offset counts characters of the article's text. Columns named ``..._because`` are sentences for the reader.
"""

from __future__ import annotations

import pyarrow as pa


def _column(name: str, kind: pa.DataType, *, null: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=null)


_TEXT, _INT, _ID, _FLOAT, _DAY, _YES = pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()

CLAIMS = pa.schema(
    [
        # One row for each place of a claim that plays a part in it; one row without a place when there is none.
        _column("row_id", _TEXT),
        _column("claim_id", _TEXT),
        _column("article_id", _TEXT),
        _column("kind", _TEXT),
        _column("sentence", _TEXT),
        _column("start", _INT),
        _column("end", _INT),
        _column("section", _TEXT),
        _column("paragraph", _INT),
        _column("place_id", _ID, null=True),
        _column("place_name", _TEXT, null=True),
        _column("place_kind", _TEXT, null=True),
        _column("country", _TEXT, null=True),
        _column("country_name", _TEXT, null=True),
        _column("admin1", _TEXT, null=True),
        _column("admin2", _TEXT, null=True),
        _column("lat", _FLOAT, null=True),
        _column("lon", _FLOAT, null=True),
        _column("radius_km", pa.float32(), null=True),
        _column("place_note", _TEXT, null=True),
        _column("role", _TEXT, null=True),
        _column("pin", _YES),
        _column("phrase", _TEXT, null=True),
        _column("place_start", _INT, null=True),
        _column("place_end", _INT, null=True),
        _column("place_score", _FLOAT, null=True),
        _column("place_because", _TEXT, null=True),
        _column("role_because", _TEXT, null=True),
        _column("rivals", _TEXT),  # JSON: [{"name", "kind", "country", "admin1", "score"}]
        _column("event_first", _DAY, null=True),
        _column("event_last", _DAY, null=True),
        _column("date_because", _TEXT),
        _column("date_start", _INT, null=True),
        _column("date_end", _INT, null=True),
        _column("stance", _TEXT),
        _column("speaker", _TEXT, null=True),
        _column("cue", _TEXT),
        _column("voice_because", _TEXT),
        _column("via", _TEXT, null=True),
        _column("speaker_start", _INT, null=True),
        _column("speaker_end", _INT, null=True),
        _column("cue_start", _INT, null=True),
        _column("cue_end", _INT, null=True),
        _column("planned", _YES),
        _column("score", _FLOAT),
        _column("because", _TEXT),
        _column("words", _TEXT),  # JSON: [[start, end], ...]
        _column("origin", _TEXT),
        _column("origin_because", _TEXT),
        _column("event", _TEXT),
        _column("event_because", _TEXT),
        _column("n_origins", _INT),  # independent origins among all claims of the same event
        _column("corrected", _TEXT),  # JSON: [{"action", "name", "reason", "time"}], oldest first
        # JSON: {"supplier": [...], "route": [...], "recipient": [...]}, see geo/claims/flow.py; null where nothing passes
        _column("flow", _TEXT, null=True),
        _column(
            "disagreements", _TEXT
        ),  # JSON: [{"about", "what", "sides": [{"value", "claims", "origins"}], "because"}]
    ]
)

ARTICLES = pa.schema(
    [
        _column("article_id", _TEXT),
        _column("title", _TEXT),
        _column("publisher", _TEXT, null=True),
        _column("publisher_type", _TEXT, null=True),
        _column("authors", pa.list_(pa.field("element", _TEXT, nullable=False))),
        _column("url", _TEXT, null=True),
        _column("wording", _TEXT),  # "brief" or "original"
        _column("republishes", _TEXT, null=True),
        _column("published_first", _DAY, null=True),
        _column("published_last", _DAY, null=True),
        _column("published_because", _TEXT),
        _column("published_start", _INT, null=True),
        _column("published_end", _INT, null=True),
        _column("crawl_dates", _TEXT),  # JSON: [[start, end], ...]
        _column("text", _TEXT),
        _column("sentences", _TEXT),  # JSON: [[start, end, section, paragraph, because, [kinds]], ...]
        _column("n_open", _INT),  # sentences that may yield claims
        _column("n_shut", _INT),  # sentences left out: navigation, comments, ...
        _column("source", _TEXT, null=True),
    ]
)

MENTIONS = pa.schema(
    [
        # Every place name of every article, whether or not a claim uses it.
        _column("article_id", _TEXT),
        _column("start", _INT),
        _column("end", _INT),
        _column("phrase", _TEXT),
        _column("place_id", _ID, null=True),
        _column("place_name", _TEXT, null=True),
        _column("place_kind", _TEXT, null=True),
        _column("country", _TEXT, null=True),
        _column("admin1", _TEXT, null=True),
        _column("lat", _FLOAT, null=True),
        _column("lon", _FLOAT, null=True),
        _column("role", _TEXT),
        _column("score", _FLOAT),
        _column("because", _TEXT),
        _column("role_because", _TEXT),
    ]
)

TABLES: dict[str, pa.Schema] = {"claims": CLAIMS, "articles": ARTICLES, "mentions": MENTIONS}
WHOLE_NUMBERS = {field.name for schema in TABLES.values() for field in schema if str(field.type).startswith("int")}
