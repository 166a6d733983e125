"""Answers of a ledger, each found once and kept for all readers: the places in the news are the same for everyone.

What is kept is never changed by who gets it. Two readers who ask the same at once wait for one answer.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from geo.ledger.query import Filters, Hidden, Ledger, Row, Told

P = ParamSpec("P")
T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[Concatenate[Ledger, P], T]], Callable[Concatenate[Ledger, P], T]]:
    """Keep the latest ``most`` answers of a function, by the ledger's content and the other arguments, in this order.

    ``st.cache_resource`` does the same, but takes longer to look at the arguments than most answers take to be found.
    """

    def keeping(ask: Callable[Concatenate[Ledger, P], T]) -> Callable[Concatenate[Ledger, P], T]:
        answers: OrderedDict[tuple[Any, ...], Future[T]] = OrderedDict()
        lock = threading.Lock()

        def asked(ledger: Ledger, /, *args: P.args, **named: P.kwargs) -> T:
            key = (ledger.version, *args, *sorted(named.items()))
            with lock:
                mine = key not in answers
                answer = answers.setdefault(key, Future())
                answers.move_to_end(key)
                while len(answers) > most:
                    answers.popitem(last=False)
            if mine:
                try:
                    answer.set_result(ask(ledger, *args, **named))
                except BaseException as error:  # also when the reader has gone on, which ends the script
                    with lock:
                        answers.pop(key, None)
                    answer.set_exception(error)
                    raise
            return answer.result()

        return asked if TYPE_CHECKING else wraps(ask)(asked)

    return keeping


@kept(400)
def facets(ledger: Ledger, filters: Filters) -> dict[str, dict[str, int]]:
    """The counts beside the choices."""
    return ledger.facets(filters)


@kept(400)
def hidden(ledger: Ledger, filters: Filters) -> Hidden:
    """What the map does not show."""
    return ledger.hidden(filters)


@kept(30)
def places(ledger: Ledger, filters: Filters) -> list[Row]:
    """The places with a marker, most claims first."""
    return ledger.rows.places(filters)


@kept(60)
def ways(ledger: Ledger, filters: Filters) -> list[Told]:
    """The ways between places, most claims first."""
    return ledger.ways(filters)


@kept(60)
def wholes(ledger: Ledger, filters: Filters) -> list[Row]:
    """The countries and continents that claims name as a whole, with how many claims each: they have no marker."""
    return ledger.rows.wholes(filters)


@kept(60)
def areas(ledger: Ledger, filters: Filters) -> list[Row]:
    """Countries and their divisions with how many claims each."""
    return ledger.rows.areas(filters)


@kept(400)
def name(ledger: Ledger, id: int) -> str | None:
    """What a place is called."""
    return ledger.name(id)


@kept(3)
def days(ledger: Ledger) -> tuple[date, date] | None:
    """The first and the last day of any event; None when nothing has a date."""
    years = [row["bucket"].year for row in ledger.rows.timeline(by="year") if row["bucket"]]
    return (date(min(years), 1, 1), date(max(years), 12, 31)) if years else None


@kept(200)
def article(ledger: Ledger, id: str) -> Row | None:
    """One article with its text."""
    return ledger.article(id)
