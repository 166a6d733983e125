"""The questions to a ledger whose answer is a table, in SQL: the same whether it comes as a pandas frame or as rows.

In rows, what is missing is None. In frames it is pandas' NA, NaN or NaT: test it with ``pandas.isna``. To import pandas
takes longer than a reader waits for anything else, so what a page shows is asked for as rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

from geo.ledger.areas import known, within
from geo.ledger.connection import Connection
from geo.ledger.filters import Area, Clause, Filters, clauses, where
from geo.places.place import PINNED_ROLES

Answer = TypeVar("Answer")

STANCES = ("asserted", "reported", "alleged", "denied")
PINNED = sorted(PINNED_ROLES)
WHOLE = "('country', 'continent', 'region', 'water', 'land')"
"""Kinds of place that may be too wide for a marker."""
ORDER = "event_last DESC NULLS LAST, article_id, start, row_id"
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


class Questions(Generic[Answer]):
    """Ask an open ledger; ``answer`` is given SQL and its values, and makes of them what the caller gets."""

    def __init__(self, connection: Connection, answer: Callable[[str, Sequence[Any]], Answer]) -> None:
        self._connection = connection
        self._answer = answer

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of claim that the ledger has."""
        return tuple(kind for (kind,) in self._connection.rows("SELECT DISTINCT kind FROM narrow ORDER BY 1"))

    @property
    def columns(self) -> Sequence[str]:
        """The columns that ``claims`` can give."""
        return self._connection.columns

    def claims(
        self, filters: Filters | None = None, *, columns: Sequence[str] = (), limit: int | None = None, offset: int = 0
    ) -> Answer:
        """The matching claims, newest event first: a row for each place of a claim, as in ``schema.CLAIMS``, with what is
        known of the article. ``columns`` chooses among them; raises ValueError for one that is not there."""
        unknown = set(columns) - set(self.columns)
        if unknown:
            raise ValueError(f"the ledger has no column {sorted(unknown)}")
        chosen = ", ".join(f'"{name}"' for name in columns) or "*"
        sql, values = where(self.clauses(filters))
        page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
        return self._answer(f"SELECT {chosen} FROM facts WHERE {sql} ORDER BY {ORDER}{page}", values)

    def places(self, filters: Filters | None = None) -> Answer:
        """The markers: one row for each pinned place of the matching claims, most claims first.

        Columns: place_id, place_name, place_kind, country, country_name, admin1, admin2, lat, lon, radius_km, place_note,
        n (claims), n_origins (independent texts), first and last (days of the earliest and latest event), ``n_<kind>``
        for every kind of the ledger, ``n_asserted``, ``n_reported``, ``n_alleged``, ``n_denied``, main_kind; n_session
        (claims of the reader's own) where there are any.
        """
        sql, values = where(self.clauses(filters))
        counted = [("kind", kind) for kind in self.kinds] + [("stance", stance) for stance in STANCES]
        counts = "".join(f", count(*) FILTER ({column} = ?) AS {_quoted(f'n_{value}')}" for column, value in counted)
        counts += ", count(*) FILTER (session) AS n_session" if "session" in self.columns else ""
        facts = ", ".join(f"any_value({name}) AS {name}" for name in _OF_A_PLACE)
        of_kinds = ", ".join(_quoted(f"n_{kind}") for kind in self.kinds) or "0"
        return self._answer(
            f"""SELECT *, list_extract(?::VARCHAR[], list_position([{of_kinds}], list_max([{of_kinds}]))) AS main_kind
            FROM (SELECT place_id, {facts}, count(*) AS n, count(DISTINCT origin) AS n_origins,
                min(event_first) AS first, max(event_last) AS last{counts}
            FROM (SELECT DISTINCT ON (place_id, number) * FROM narrow WHERE pin AND ({sql})) GROUP BY place_id)
            ORDER BY n DESC, place_id""",
            (list(self.kinds), *(value for _, value in counted), *values),
        )

    def wholes(self, filters: Filters | None = None) -> Answer:
        """Countries, continents and the like that the matching claims name as a whole, so that they have no marker:
        place_id, place_name, n (claims), most first."""
        sql, values = where(self.clauses(filters))
        return self._answer(
            f"""SELECT place_id, any_value(place_name) AS place_name, count(DISTINCT number) AS n FROM narrow
            WHERE place_kind IN {WHOLE} AND NOT pin AND list_contains(?, role) AND ({sql})
            GROUP BY place_id ORDER BY n DESC, place_name, place_id""",
            (PINNED, *values),
        )

    def areas(self, filters: Filters | None = None) -> Answer:
        """Countries, provinces and districts in which the matching claims happened or arrived: country, country_name,
        admin1, admin2 (None above that level), n. A claim counts once in each."""
        sql, values = where(self.clauses(filters), "place", "area")
        return self._answer(
            f"""SELECT country, any_value(country_name) AS country_name, admin1, admin2, count(DISTINCT number) AS n
            FROM narrow WHERE country IS NOT NULL AND list_contains(?, role) AND ({sql})
            GROUP BY GROUPING SETS ((country), (country, admin1), (country, admin1, admin2))
            HAVING (grouping(admin1) = 1 OR admin1 IS NOT NULL) AND (grouping(admin2) = 1 OR admin2 IS NOT NULL)
            ORDER BY country, admin1 NULLS FIRST, admin2 NULLS FIRST""",
            (PINNED, *values),
        )

    def timeline(
        self,
        filters: Filters | None = None,
        *,
        by: Literal["day", "week", "month", "quarter", "year"] = "month",
        axis: Literal["event", "published"] = "event",
    ) -> Answer:
        """Claims by kind and by the first day of the stretch in which their interval begins: bucket, kind, n, n_wide (of
        these, the claims whose interval goes on beyond the stretch). Claims without that date have no bucket."""
        sql, values = where(self.clauses(filters))
        if by not in ("day", "week", "month", "quarter", "year") or axis not in ("event", "published"):
            raise ValueError(f"no such timeline: {by!r}, {axis!r}")
        bucket = f"date_trunc('{by}', {axis}_first)::DATE"
        return self._answer(
            f"""SELECT {bucket} AS bucket, kind, count(DISTINCT number) AS n,
                count(DISTINCT number) FILTER (date_trunc('{by}', {axis}_last)::DATE > {bucket}) AS n_wide
            FROM narrow WHERE {sql} GROUP BY 1, 2 ORDER BY 1 NULLS LAST, 2""",
            values,
        )

    def events(self, filters: Filters | None = None) -> Answer:
        """The happenings behind the matching claims, newest first: event, kind, first, last, n (claims), n_origins,
        n_articles, places (names, comma between), stances (likewise), sentence (the one published first)."""
        sql, values = where(self.clauses(filters))
        return self._answer(
            f"""SELECT event, mode(kind) AS kind, min(event_first) AS first, max(event_last) AS last,
                count(DISTINCT number) AS n, max(n_origins) AS n_origins, count(DISTINCT article_id) AS n_articles,
                coalesce(string_agg(DISTINCT place_name, ', ' ORDER BY place_name) FILTER (pin), '') AS places,
                string_agg(DISTINCT stance, ', ' ORDER BY stance) AS stances,
                first(sentence ORDER BY published_first NULLS LAST, number) AS sentence
            FROM narrow WHERE {sql} GROUP BY event ORDER BY last DESC NULLS LAST, event""",
            values,
        )

    def articles(self) -> Answer:
        """Every article without its text: the other columns of ``schema.ARTICLES`` and n_claims."""
        return self._answer(
            """SELECT a.* EXCLUDE (text, sentences, crawl_dates), count(DISTINCT c.claim_id) AS n_claims
            FROM articles a LEFT JOIN claims c USING (article_id) GROUP BY ALL
            ORDER BY published_first DESC NULLS LAST, article_id""",
            (),
        )

    def mentions(self, article_id: str) -> Answer:
        """The place names of an article, in the order of its text."""
        return self._answer('SELECT * FROM mentions WHERE article_id = ? ORDER BY start, "end"', (article_id,))

    def clauses(self, filters: Filters | None) -> dict[str, Clause]:
        """The conditions of the filters, a place among them with all that lies within it."""
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


def _quoted(name: str) -> str:
    """A column's name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
