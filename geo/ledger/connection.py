"""The tables of one generation of a ledger in DuckDB, opened over its Parquet files and asked in SQL.

``facts`` has every column of a claim's places and of their article; ``narrow`` lies in memory, with what is counted and
filtered by. Every value goes in as a parameter, and each call has a cursor of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from geo.faults import DamagedLedger
from geo.ledger.meta import tables

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
"""A row by its columns, None for what is missing."""

_FACTS = """
    CREATE {form} facts AS SELECT c.*, a.title, a.publisher, a.publisher_type, a.authors, a.url, a.wording, a.republishes,
           a.published_first, a.published_last, a.published_because, a.source
    FROM claims c JOIN articles a USING (article_id)"""
# What is counted and filtered by lies in memory, with a number for each claim: several times quicker than from the files.
_NARROW = """
    CREATE TABLE narrow AS SELECT dense_rank() OVER (ORDER BY claim_id)::INTEGER AS number, claim_id, article_id, kind,
           sentence, place_id, place_name, place_kind, country, country_name, admin1, admin2, lat, lon, radius_km,
           place_note, role, pin, event_first, event_last, stance, speaker, planned, origin, event, n_origins, publisher,
           publisher_type, wording, published_first, published_last{more}
    FROM facts"""
_READY = 5_000
"""Claims up to which everything lies in memory; more are read from the files when they are shown."""


class Connection:
    """An open generation. Made by ``Connection.open``."""

    def __init__(self, folder: Path, duck: duckdb.DuckDBPyConnection) -> None:
        self._folder = folder
        self._duck = duck

    @classmethod
    def open(cls, folder: Path, meta: dict[str, Any], own: tuple[Path, dict[str, Any]] | None = None) -> Connection:
        """The tables that the ``meta.json`` of a folder names; raises DamagedLedger when DuckDB cannot read them.

        With those of a reader's ``own`` folder beside them, the column ``session`` says which rows are that reader's; an
        article that both have is the reader's.
        """
        duck = duckdb.connect(
            ":memory:",
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "2"},
        )
        try:
            for table in tables(meta):
                duck.execute(
                    f"CREATE VIEW {table} AS {_both(table, (folder, meta), own) if own else _all(table, folder, meta)}"
                )
            duck.execute(_FACTS.format(form="TABLE" if meta.get("claims", 0) <= _READY else "VIEW"))
            duck.execute(_NARROW.format(more=", session" if own else ""))
            duck.execute("SET lock_configuration = true")
        except duckdb.Error as error:
            duck.close()
            raise DamagedLedger(folder, f"cannot be read: {_line(error)}; build it again") from error
        return cls(folder, duck)

    @cached_property
    def columns(self) -> list[str]:
        """The columns of ``facts``."""
        return [name for (name, *_) in self.rows("DESCRIBE facts")]

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one call, so that many threads may ask."""
        return self._duck.cursor()

    def _execute(
        self, cursor: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()
    ) -> duckdb.DuckDBPyConnection:
        try:
            return cursor.execute(sql, list(values))
        except duckdb.IOException as error:
            raise DamagedLedger(self._folder, f"a file of it cannot be read any more: {_line(error)}") from error

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows as tuples."""
        with self.cursor() as cursor:
            return self._execute(cursor, sql, values).fetchall()

    def records(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows by their columns: for a few of them, several times quicker than a frame."""
        with self.cursor() as cursor:
            found = self._execute(cursor, sql, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def frame(self, sql: str, values: Sequence[Any] = ()) -> pd.DataFrame:
        """The rows as a frame; whole numbers stay whole beside those that are missing."""
        from geo.ledger.schema import WHOLE_NUMBERS  # with pandas, which takes a second to load: no page asks for it

        with self.cursor() as cursor:
            frame = self._execute(cursor, sql, values).df()
        # A column of whole numbers with gaps comes back as floats.
        whole = {name: "Int64" for name in frame.columns if name in WHOLE_NUMBERS and frame[name].dtype.kind == "f"}
        return frame.astype(whole) if whole else frame

    def close(self) -> None:
        self._duck.close()


def _all(table: str, folder: Path, meta: dict[str, Any]) -> str:
    """The rows of a table, from all its files."""
    files = ", ".join(_quoted(str((folder / name).resolve())) for name in tables(meta)[table])
    return f"SELECT * FROM read_parquet([{files}])"


def _both(table: str, ledger: tuple[Path, dict[str, Any]], own: tuple[Path, dict[str, Any]]) -> str:
    """The rows of a table in two ledgers."""
    others = f"article_id NOT IN (SELECT article_id FROM ({_all('articles', *own)}))"
    return (
        f"SELECT *, true AS session FROM ({_all(table, *own)}) UNION ALL BY NAME "
        f"SELECT *, false AS session FROM ({_all(table, *ledger)}) WHERE {others}"
    )


def _quoted(path: str) -> str:
    """A file's path as SQL text in which no character is a wildcard."""
    literal = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)
    return "'" + literal.replace("'", "''") + "'"


def _line(error: Exception) -> str:
    return str(error).splitlines()[0]
