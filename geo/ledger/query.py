"""Questions to the ledger, answered by DuckDB over its Parquet files.

Nothing is downloaded or written, every value goes in as a parameter, and each call has a cursor of its own, so that one
open ledger serves many threads. What answers with a table is in ``questions``: ``ledger.places(...)`` is a pandas frame,
``ledger.rows.places(...)`` a list of rows.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.faults import DamagedLedger
from geo.ledger.areas import known
from geo.ledger.connection import Connection, Row
from geo.ledger.filters import Area, Filters, where
from geo.ledger.meta import check_files, content_version, read_meta
from geo.ledger.questions import ORDER, PINNED, STANCES, WHOLE, Questions
from geo.ledger.ways import Stop, called, ways

if TYPE_CHECKING:
    import pandas as pd  # noqa: F401 (named by a string below)

__all__ = ["Area", "Filters", "Hidden", "Ledger", "Row", "Stop", "Told"]

_FLOWS = """
    SELECT DISTINCT number, flow FROM claims JOIN (SELECT DISTINCT claim_id, number FROM narrow) USING (claim_id)
    WHERE flow IS NOT NULL"""
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


class Ledger(Questions["pd.DataFrame"]):
    """One complete generation of a ledger, read-only. Made by ``Ledger.open``.

    ``rows`` asks the same questions and has their answers as lists of rows by column, None for what is missing.
    """

    def __init__(self, folder: Path, meta: dict[str, Any], connection: Connection) -> None:
        super().__init__(connection, connection.frame)
        self.rows: Questions[list[Row]] = Questions(connection, connection.records)
        self.folder = folder
        self.meta = meta
        self._lock = threading.Lock()
        self._stops: dict[str, tuple[Stop, ...]] | None = None

    @classmethod
    def open(cls, folder: Path | str, own: Path | str | None = None) -> Ledger:
        """The ledger in a folder; every file is checked against its hash. With ``own``, the folder of another ledger,
        both are asked together, and the column ``session`` says which rows are of the other.

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
        if own is None:
            return cls(folder, meta, Connection.open(folder, meta))
        beside = read_meta(Path(own))
        check_files(Path(own), beside)
        both = {name: meta.get(name, 0) + beside.get(name, 0) for name in ("articles", "claims")}
        files = meta["files"] | {f"own/{name}": digest for name, digest in beside["files"].items()}
        return cls(folder, meta | both | {"files": files}, Connection.open(folder, meta | both, (Path(own), beside)))

    @cached_property
    def version(self) -> str:
        """Changes when, and only when, the content does: a key for caches."""
        return content_version(self.meta)

    @cached_property
    def own_articles(self) -> int:
        """How many articles are of the reader's own ledger, where one stands beside this."""
        counted = "SELECT count(*) FROM articles WHERE session" if "session" in self.columns else "SELECT 0"
        return int(self._connection.rows(counted)[0][0])

    def count(self, filters: Filters | None = None) -> int:
        """How many claims match."""
        sql, values = where(self.clauses(filters))
        return int(self._connection.rows(f"SELECT count(DISTINCT number) FROM narrow WHERE {sql}", values)[0][0])

    def ways(self, filters: Filters | None = None, *, limit: int = 200) -> list[Told]:
        """Where the matching claims say that something passes from and to, most claims first, ``limit`` at most."""
        stops = self._ways()
        sql, values = where(self.clauses(filters))
        stances = ", ".join(f"count(DISTINCT number) FILTER (stance = '{stance}')" for stance in STANCES)
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
        sql, values = where(self.clauses(filters))
        return self._connection.records(
            f"""SELECT * FROM facts WHERE claim_id IN (
                SELECT claim_id FROM ways JOIN narrow USING (number) WHERE way = ? AND ({sql}))
            ORDER BY {ORDER} LIMIT {int(limit)}""",
            (way, *values),
        )

    def at(self, place: int, filters: Filters | None = None, *, limit: int = 300) -> list[Row]:
        """The matching claims that happened or arrived at a place, or in it as a whole: rows like those of ``along``."""
        sql, values = where(self.clauses(filters))
        return self._connection.records(
            f"""SELECT * FROM facts WHERE place_id = ? AND (pin OR place_kind IN {WHOLE}) AND ({sql})
            ORDER BY {ORDER} LIMIT {int(limit)}""",
            (place, *values),
        )

    def whole(self, claims: Sequence[str]) -> list[Row]:
        """Every row of some claims: rows like those of ``along``."""
        return self._connection.records(
            f"SELECT * FROM facts WHERE list_contains(?::VARCHAR[], claim_id) ORDER BY {ORDER}", (list(claims),)
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
                self._connection.rows(
                    "CREATE TABLE ways AS SELECT unnest(?::INTEGER[]) AS number, unnest(?::VARCHAR[]) AS way",
                    ([number for number, _ in listed], [way for _, way in listed]),
                )
                self._stops = told
            return self._stops

    def facets(self, filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """How many claims each choice would show, the other conditions kept; most first.

        Facets: kind, stance, publisher, publisher_type, speaker, planned ("planned" or "held"), wording, country, origins
        (number of independent origins, as a string). The empty string is "not known".
        """
        conditions = self.clauses(filters)
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
        conditions = self.clauses(filters)
        sql, values = where(conditions)
        free, free_values = where(conditions, "first", "last", "undated")
        dated, dated_values = where(
            {k: conditions[k] for k in ("first", "last", "undated") if k in conditions},
        )
        matching, shown, country_level = self._connection.rows(
            f"""SELECT count(*), count(*) FILTER (pinned), count(*) FILTER (NOT pinned AND whole)
            FROM (SELECT bool_or(pin) AS pinned,
                         bool_or(place_kind IN {WHOLE} AND NOT pin AND list_contains(?, role)) IS TRUE AS whole
                  FROM narrow WHERE {sql} GROUP BY number)""",
            (PINNED, *values),
        )[0]
        undated = self._connection.rows(
            f"SELECT count(DISTINCT number) FROM narrow WHERE event_first IS NULL AND ({free}) AND NOT ({dated})",
            (*free_values, *dated_values),
        )[0][0]
        total = self._connection.rows("SELECT coalesce(max(number), 0) FROM narrow")[0][0]
        return Hidden(total, matching, shown, country_level, matching - shown - country_level, undated)

    def article(self, id: str) -> dict[str, Any] | None:
        """One article whole, as in ``schema.ARTICLES`` ``sentences`` and ``crawl_dates`` as lists; None if unknown."""
        found = self._connection.records("SELECT * FROM articles WHERE article_id = ?", (id,))
        if not found:
            return None
        article = found[0]
        return article | {name: json.loads(article[name]) for name in ("sentences", "crawl_dates")}

    def name(self, id: int) -> str | None:
        """The name of a place of the ledger or the gazetteer; None when neither knows it."""
        found = self._connection.rows("SELECT any_value(place_name) FROM narrow WHERE place_id = ?", (id,))[0][0]
        if found:
            return str(found)
        place = known(id)
        return None if place is None else place.name

    def close(self) -> None:
        self._connection.close()
