"""Questions to the ledger, answered by DuckDB over its Parquet files.

Nothing is downloaded or written, every value goes in as a parameter, and each call has a cursor of its own, so that one
open ledger serves many threads. In the frames, what is missing is pandas' NA, NaN or NaT: test it with ``pandas.isna``.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from geo.faults import DamagedLedger
from geo.ledger.areas import known, within
from geo.ledger.connection import Connection, Row
from geo.ledger.filters import Area, Clause, Filters, clauses, where
from geo.ledger.meta import check_files, content_version, read_meta
from geo.ledger.ways import Stop, called, ways
from geo.places.place import PINNED_ROLES

__all__ = ["Area", "Filters", "Hidden", "Ledger", "Row", "Stop", "Told"]

_FLOWS = """
    SELECT DISTINCT number, flow FROM claims JOIN (SELECT DISTINCT claim_id, number FROM narrow) USING (claim_id)
    WHERE flow IS NOT NULL"""
_ORDER = "event_last DESC NULLS LAST, article_id, start, row_id"
_FACETS = {
    # what is counted: its column, and the conditions that do not count against it
    "kind": ("kind", ("kinds",)),
    "stance": ("stance", ("stances",)),
    "publisher": ("coalesce(publisher, '')", ("publishers",)),
    "publisher_type": ("coalesce(publisher_type, '')", ("publisher_types",)),
    "speaker": ("coalesce(speaker, '')", ("speakers",)),
    "planned": ("CASE WHEN planned THEN 'planned' ELSE 'held' END", ("planned",)),
    "wording": ("wording", ("wording",)),
    "country": ("coalesce(country, '')", ("place", "area")),
    "origins": ("n_origins::VARCHAR", ("min_origins",)),
    "dated": ("CASE WHEN event_first IS NULL THEN 'undated' ELSE 'dated' END", ("undated",)),
}
_WHOLE = "('country', 'continent', 'region', 'water', 'land')"
"""Kinds that may be too wide for a marker."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a map of these filters does not show. Every figure counts claims.

    ``shown`` have at least one marker; ``country_level`` have none because it happened, or arrived, in a whole country or
    continent; ``unplaced`` have none for another reason; these three add up to ``matching``. ``undated`` would match but
    for the dates asked for, and have no date. ``total`` is the whole ledger.
    """

    total: int
    matching: int
    shown: int
    country_level: int
    unplaced: int
    undated: int


@dataclass(frozen=True, slots=True)
class Told:
    """A way, by its stops, and what the matching claims say of it: their kind, how many they are, how many of each stance
    (asserted, reported, alleged, denied)."""

    stops: tuple[Stop, ...]
    kind: str
    n: int
    stances: tuple[int, ...]


class Ledger:
    """One complete generation of a ledger, read-only. Made by ``Ledger.open``."""

    def __init__(self, folder: Path, meta: dict[str, Any], connection: Connection) -> None:
        self.folder = folder
        self.meta = meta
        self._connection = connection
        self._lock = threading.Lock()
        self._stops: dict[str, tuple[Stop, ...]] | None = None

    @classmethod
    def open(cls, folder: Path | str) -> Ledger:
        """The ledger in a folder; every file is checked against its hash.

        Raises DamagedLedger, with what to do, when there is none or a part of it is missing or changed.
        """
        folder = Path(folder)
        meta = read_meta(folder)
        try:
            check_files(folder, meta)
        except DamagedLedger:
            # A build may have ended just now and taken the older generation away.
            again = read_meta(folder)
            if again == meta:
                raise
            meta = again
            check_files(folder, meta)
        return cls(folder, meta, Connection.open(folder, meta))

    @property
    def version(self) -> str:
        """Changes when, and only when, the content does: a key for caches."""
        return content_version(self.meta)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of claim that the ledger has."""
        return tuple(kind for (kind,) in self._connection.rows("SELECT DISTINCT kind FROM narrow ORDER BY 1"))

    def claims(
        self, filters: Filters | None = None, *, columns: Sequence[str] = (), limit: int | None = None, offset: int = 0
    ) -> pd.DataFrame:
        """The matching claims, newest event first: a row for each place of a claim, as in ``schema.CLAIMS``, with what is
        known of the article. ``columns`` chooses among them; raises ValueError for one that is not there."""
        unknown = set(columns) - set(self._connection.columns)
        if unknown:
            raise ValueError(f"the ledger has no column {sorted(unknown)}")
        chosen = ", ".join(f'"{name}"' for name in columns) or "*"
        sql, values = where(self._clauses(filters))
        page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
        return self._connection.frame(f"SELECT {chosen} FROM facts WHERE {sql} ORDER BY {_ORDER}{page}", values)

    def count(self, filters: Filters | None = None) -> int:
        """How many claims match."""
        sql, values = where(self._clauses(filters))
        return int(self._connection.rows(f"SELECT count(DISTINCT number) FROM narrow WHERE {sql}", values)[0][0])

    def places(self, filters: Filters | None = None) -> pd.DataFrame:
        """The markers: one row for each pinned place of the matching claims, most claims first.

        Columns: place_id, place_name, place_kind, country, country_name, admin1, admin2, lat, lon, radius_km, place_note,
        n (claims), n_origins (independent texts), ``n_<kind>`` for every kind of the ledger, ``n_asserted``,
        ``n_reported``, ``n_alleged``, ``n_denied``, main_kind, first and last (days of the earliest and latest event).
        """
        sql, values = where(self._clauses(filters))
        kinds = self.kinds
        counted = [("kind", kind) for kind in kinds] + [("stance", stance) for stance in _STANCES]
        counts = "".join(f", count(*) FILTER ({column} = ?)" for column, _ in counted)
        names = [f"n_{value}" for _, value in counted]
        facts = ", ".join(f"any_value({name}) AS {name}" for name in _OF_A_PLACE)
        frame = self._connection.frame(
            f"""SELECT place_id, {facts}, count(*) AS n, count(DISTINCT origin) AS n_origins,
                min(event_first) AS first, max(event_last) AS last{counts}
            FROM (SELECT DISTINCT ON (place_id, number) * FROM narrow WHERE pin AND ({sql}))
            GROUP BY place_id ORDER BY n DESC, place_id""",
            (*(value for _, value in counted), *values),
        )
        frame.columns = pd.Index([*frame.columns[: -len(names)], *names])
        by_kind = frame[[f"n_{kind}" for kind in kinds]].set_axis(list(kinds), axis=1)
        frame["main_kind"] = by_kind.idxmax(axis=1) if len(frame) else pd.Series(dtype=str)
        return frame

    def ways(self, filters: Filters | None = None, *, limit: int = 200) -> list[Told]:
        """Where the matching claims say that something passes from and to, most claims first, ``limit`` at most."""
        stops = self._ways()
        sql, values = where(self._clauses(filters))
        stances = ", ".join(f"count(DISTINCT number) FILTER (stance = '{stance}')" for stance in _STANCES)
        found = self._connection.rows(
            f"""SELECT way, mode(kind), count(DISTINCT number) AS n, {stances} FROM ways JOIN narrow USING (number)
            WHERE {sql} GROUP BY way ORDER BY n DESC, way LIMIT {int(limit)}""",
            values,
        )
        return [Told(stops[way], kind, int(n), tuple(map(int, said))) for way, kind, n, *said in found]

    def along(self, way: str, filters: Filters | None = None, *, limit: int = 300) -> list[Row]:
        """The matching claims that tell of a way, named as ``ways.called`` does, newest event first: a row for each place
        of a claim, with the columns of ``claims`` and None for what is missing."""
        self._ways()
        sql, values = where(self._clauses(filters))
        return self._connection.records(
            f"""SELECT * FROM facts WHERE claim_id IN (
                SELECT claim_id FROM ways JOIN narrow USING (number) WHERE way = ? AND ({sql}))
            ORDER BY {_ORDER} LIMIT {int(limit)}""",
            (way, *values),
        )

    def at(self, place: int, filters: Filters | None = None, *, limit: int = 300) -> list[Row]:
        """The matching claims that happened or arrived at a place, or in it as a whole: rows like those of ``along``."""
        sql, values = where(self._clauses(filters))
        return self._connection.records(
            f"""SELECT * FROM facts WHERE place_id = ? AND (pin OR place_kind IN {_WHOLE}) AND ({sql})
            ORDER BY {_ORDER} LIMIT {int(limit)}""",
            (place, *values),
        )

    def whole(self, claims: Sequence[str]) -> list[Row]:
        """Every row of some claims: rows like those of ``along``."""
        return self._connection.records(
            f"SELECT * FROM facts WHERE list_contains(?::VARCHAR[], claim_id) ORDER BY {_ORDER}", (list(claims),)
        )

    def _ways(self) -> dict[str, tuple[Stop, ...]]:
        """The stops of every way; made with its table when first asked for, as few views need it."""
        with self._lock:
            if self._stops is None:
                told: dict[str, tuple[Stop, ...]] = {}
                listed: list[tuple[int, str]] = []
                for number, flow in self._connection.rows(_FLOWS) if "flow" in self._connection.columns else ():
                    for stops in ways(flow):
                        told[called(stops)] = stops
                        listed.append((number, called(stops)))
                table = pd.DataFrame(listed, columns=["number", "way"]).astype({"number": "int32", "way": "object"})
                with self._connection.cursor() as cursor:
                    cursor.register("listed", table)
                    cursor.execute("CREATE TABLE ways AS SELECT number, way::VARCHAR AS way FROM listed")
                    cursor.unregister("listed")
                self._stops = told
            return self._stops

    def wholes(self, filters: Filters | None = None) -> pd.DataFrame:
        """Countries, continents and the like that the matching claims name as a whole, so that they have no marker:
        place_id, place_name, n (claims), most first."""
        sql, values = where(self._clauses(filters))
        return self._connection.frame(
            f"""SELECT place_id, any_value(place_name) AS place_name, count(DISTINCT number) AS n FROM narrow
            WHERE place_kind IN {_WHOLE} AND NOT pin AND list_contains(?, role) AND ({sql})
            GROUP BY place_id ORDER BY n DESC, place_name, place_id""",
            (_PINNED, *values),
        )

    def areas(self, filters: Filters | None = None) -> pd.DataFrame:
        """Countries, provinces and districts in which the matching claims happened or arrived: country, country_name,
        admin1, admin2 (None above that level), n. A claim counts once in each."""
        sql, values = where(self._clauses(filters), "place", "area")
        return self._connection.frame(
            f"""SELECT country, any_value(country_name) AS country_name, admin1, admin2, count(DISTINCT number) AS n
            FROM narrow WHERE country IS NOT NULL AND list_contains(?, role) AND ({sql})
            GROUP BY GROUPING SETS ((country), (country, admin1), (country, admin1, admin2))
            HAVING (grouping(admin1) = 1 OR admin1 IS NOT NULL) AND (grouping(admin2) = 1 OR admin2 IS NOT NULL)
            ORDER BY country, admin1 NULLS FIRST, admin2 NULLS FIRST""",
            (_PINNED, *values),
        )

    def facets(self, filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """How many claims each choice would show, the other conditions kept; most first.

        Facets: kind, stance, publisher, publisher_type, speaker, planned ("planned" or "held"), wording, country, origins
        (number of independent origins, as a string). The empty string is "not known".
        """
        conditions = self._clauses(filters)
        found = {}
        for name, (column, own) in _FACETS.items():
            sql, values = where(conditions, *own)
            counted = self._connection.rows(
                f"SELECT {column} AS choice, count(DISTINCT number) AS n FROM narrow WHERE {sql} "
                "GROUP BY 1 ORDER BY n DESC, choice",
                values,
            )
            found[name] = {str(choice): int(n) for choice, n in counted}
        return found

    def hidden(self, filters: Filters | None = None) -> Hidden:
        """What a map of these filters leaves out, so that no number stands alone."""
        conditions = self._clauses(filters)
        sql, values = where(conditions)
        free, free_values = where(conditions, "first", "last", "undated")
        dated, dated_values = where(
            {k: conditions[k] for k in ("first", "last", "undated") if k in conditions},
        )
        matching, shown, country_level = self._connection.rows(
            f"""SELECT count(*), count(*) FILTER (pinned), count(*) FILTER (NOT pinned AND whole)
            FROM (SELECT bool_or(pin) AS pinned,
                         bool_or(place_kind IN {_WHOLE} AND NOT pin AND list_contains(?, role)) IS TRUE AS whole
                  FROM narrow WHERE {sql} GROUP BY number)""",
            (_PINNED, *values),
        )[0]
        undated = self._connection.rows(
            f"SELECT count(DISTINCT number) FROM narrow WHERE event_first IS NULL AND ({free}) AND NOT ({dated})",
            (*free_values, *dated_values),
        )[0][0]
        total = self._connection.rows("SELECT coalesce(max(number), 0) FROM narrow")[0][0]
        return Hidden(total, matching, shown, country_level, matching - shown - country_level, undated)

    def timeline(
        self,
        filters: Filters | None = None,
        *,
        by: Literal["day", "week", "month", "quarter", "year"] = "month",
        axis: Literal["event", "published"] = "event",
    ) -> pd.DataFrame:
        """Claims by kind and by the first day of the stretch in which their interval begins: bucket, kind, n, n_wide (of
        these, the claims whose interval goes on beyond the stretch). Claims without that date have a bucket of NaT."""
        sql, values = where(self._clauses(filters))
        if by not in ("day", "week", "month", "quarter", "year") or axis not in ("event", "published"):
            raise ValueError(f"no such timeline: {by!r}, {axis!r}")
        bucket = f"date_trunc('{by}', {axis}_first)::DATE"
        return self._connection.frame(
            f"""SELECT {bucket} AS bucket, kind, count(DISTINCT number) AS n,
                count(DISTINCT number) FILTER (date_trunc('{by}', {axis}_last)::DATE > {bucket}) AS n_wide
            FROM narrow WHERE {sql} GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2""",
            values,
        )

    def events(self, filters: Filters | None = None) -> pd.DataFrame:
        """The happenings behind the matching claims, newest first: event, kind, first, last, n (claims), n_origins,
        n_articles, places (names, comma between), stances (likewise), sentence (the one published first)."""
        sql, values = where(self._clauses(filters))
        return self._connection.frame(
            f"""SELECT event, mode(kind) AS kind, min(event_first) AS first, max(event_last) AS last,
                count(DISTINCT number) AS n, max(n_origins) AS n_origins, count(DISTINCT article_id) AS n_articles,
                coalesce(string_agg(DISTINCT place_name, ', ' ORDER BY place_name) FILTER (pin), '') AS places,
                string_agg(DISTINCT stance, ', ' ORDER BY stance) AS stances,
                first(sentence ORDER BY published_first NULLS LAST, number) AS sentence
            FROM narrow WHERE {sql} GROUP BY event ORDER BY last DESC NULLS LAST, event""",
            values,
        )

    def articles(self) -> pd.DataFrame:
        """Every article without its text: the other columns of ``schema.ARTICLES`` and n_claims."""
        return self._connection.frame(
            """SELECT a.* EXCLUDE (text, sentences, crawl_dates), count(DISTINCT c.claim_id) AS n_claims
            FROM articles a LEFT JOIN claims c USING (article_id) GROUP BY ALL
            ORDER BY published_first DESC NULLS LAST, article_id"""
        )

    def article(self, id: str) -> dict[str, Any] | None:
        """One article whole, as in ``schema.ARTICLES`` ``sentences`` and ``crawl_dates`` as lists; None if unknown."""
        found = self._connection.records("SELECT * FROM articles WHERE article_id = ?", (id,))
        if not found:
            return None
        article = found[0]
        return article | {name: json.loads(article[name]) for name in ("sentences", "crawl_dates")}

    def mentions(self, article_id: str) -> pd.DataFrame:
        """The place names of an article, in the order of its text."""
        return self._connection.frame('SELECT * FROM mentions WHERE article_id = ? ORDER BY start, "end"', (article_id,))

    def name(self, id: int) -> str | None:
        """The name of a place of the ledger or the gazetteer; None when neither knows it."""
        found = self._connection.rows("SELECT any_value(place_name) FROM narrow WHERE place_id = ?", (id,))[0][0]
        if found:
            return str(found)
        place = known(id)
        return None if place is None else place.name

    def close(self) -> None:
        self._connection.close()

    def _clauses(self, filters: Filters | None) -> dict[str, Clause]:
        filters = filters or Filters()
        return clauses(filters, None if filters.place is None else self._area(filters.place))

    def _area(self, id: int) -> Area | None:
        """What lies within a place, when it is a country, province or district."""
        found = self._connection.rows(
            "SELECT place_kind, country, admin1, admin2, place_name FROM narrow WHERE place_id = ? LIMIT 1", (id,)
        )
        if found:
            return within(*found[0])
        place = known(id)
        return None if place is None else within(place.kind, place.country, place.admin1, place.admin2, place.name)


_OF_A_PLACE = (
    "place_name",
    "place_kind",
    "country",
    "country_name",
    "admin1",
    "admin2",
    "lat",
    "lon",
    "radius_km",
    "place_note",
)
_PINNED = sorted(PINNED_ROLES)
_STANCES = ("asserted", "reported", "alleged", "denied")
