"""The gazetteer for users of geopy, and Nominatim for those who ask for it.

``GazetteerGeocoder`` answers offline, from the files that ship. ``Nominatim`` is asked only where somebody makes an
``OnlineGeocoder``: with a user agent of their own, at most one request a second for the whole process, and every answer
kept on disk so that no question goes out twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.faults import BadInput
from geo.places.gazetteer import Gazetteer, Match
from geo.places.names import fold
from geo.places.place import Place

OFFLINE_AGENT = "claim-atlas (offline)"
NOMINATIM = "nominatim.openstreetmap.org"
TIMEOUT_S = 10.0
DELAY_S = 1.0
"""What Nominatim's usage policy asks for: one request a second, counted over the whole application."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """A geopy geocoder that needs no network: names to points and points to names from the gazetteer.

    ``raw`` of each location holds every field of the `Place`, its GeoNames id, how the name fitted, and the gazetteer's
    version.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(user_agent=OFFLINE_AGENT, adapter_factory=URLLibAdapter)
        self.gazetteer = gazetteer or Gazetteer.shared()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """The most often meant place of a name, or all of them; ``None`` when there is none.

        After a comma may stand what holds the place: "Faizabad, Badakhshan", "Springfield, Ill., USA". ``timeout`` is
        there for geopy's sake and does nothing.
        """
        name, *holders = [part.strip() for part in query.split(",") if part.strip()] or [""]
        codes = {country_codes} if isinstance(country_codes, str) else set(country_codes or ())
        wanted = {code.upper() for code in codes}
        matches = [
            match
            for match in self.gazetteer.matches(name)
            if (not wanted or match.place.country in wanted)
            and all(self._holds(holder, match.place) for holder in holders)
        ]
        found = [self._location(match) for match in matches[:limit]]
        if exactly_one:
            return found[0] if found else None
        return found or None

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = 5
    ) -> Location | list[Location] | None:
        """The populated places nearest to a point, the nearest first. ``timeout`` does nothing."""
        point = Point(query)
        places = self.gazetteer.nearest(point.latitude, point.longitude, 1 if exactly_one else limit)
        found = [self._location(Match(place, "name")) for place in places]
        if exactly_one:
            return found[0] if found else None
        return found or None

    def _holds(self, holder: str, place: Place) -> bool:
        """Whether a name after the comma names a division or the country of the place."""
        parents = self.gazetteer.parents(place)
        named = {match.place.id for match in self.gazetteer.matches(holder)}
        return any(parent.id in named or fold(parent.name) == fold(holder) for parent in parents)

    def _location(self, match: Match) -> Location:
        place = match.place
        country = self.gazetteer.country(place.country)
        parts = [place.name, place.admin2, place.admin1, country.name if country else place.country]
        address = ", ".join(dict.fromkeys(part for part in parts if part))
        raw = {
            **asdict(place),
            "geonameid": place.geonameid,
            "how": match.how,
            "gazetteer": self.gazetteer.version,
            "licence": "GeoNames, CC BY 4.0",
        }
        return Location(address, (place.lat, place.lon), raw)


class OnlineGeocoder:
    """Nominatim behind a limit of one request a second and a cache on disk. Nothing in the atlas makes one unasked.

    ``user_agent`` must say who is asking, as Nominatim's usage policy demands; ``cache`` is a file, made when missing.
    geopy's exceptions pass through.
    """

    def __init__(
        self,
        user_agent: str,
        cache: Path,
        *,
        domain: str = NOMINATIM,
        scheme: str = "https",
        timeout_s: float = TIMEOUT_S,
        delay_s: float = DELAY_S,
    ) -> None:
        if not user_agent.strip():
            raise BadInput("Nominatim", "a user agent that says who is asking is needed")
        if domain == NOMINATIM and delay_s < DELAY_S:
            raise BadInput(domain, "its usage policy allows one request a second")
        self._nominatim = Nominatim(
            user_agent=user_agent, domain=domain, scheme=scheme, timeout=timeout_s, adapter_factory=URLLibAdapter
        )
        self._domain = domain
        self._limited = _limiter(domain, delay_s)
        self._cache = Path(cache)
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(self._open()) as store, store:
                store.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT NOT NULL)")
        except sqlite3.Error as error:
            raise BadInput(self._cache, "not a cache of answers from Nominatim") from error

    def geocode(self, query: str, *, limit: int = 5) -> list[Location]:
        """What Nominatim knows by a name, best first; from the cache when it was asked before. Empty when nothing."""
        question = json.dumps([self._domain, query, limit])
        known = self._recall(question)
        if known is None:
            found = self._limited(lambda: self._nominatim.geocode(query, exactly_one=False, limit=limit, language="en"))
            known = [location.raw for location in found or []]
            self._keep(question, known)
        return [Location(raw["display_name"], (float(raw["lat"]), float(raw["lon"])), raw) for raw in known]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._cache, timeout=TIMEOUT_S)

    def _recall(self, question: str) -> list[dict[str, Any]] | None:
        with closing(self._open()) as store:
            row = store.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
        return None if row is None else json.loads(row[0])

    def _keep(self, question: str, answer: list[dict[str, Any]]) -> None:
        with closing(self._open()) as store, store:
            store.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (question, json.dumps(answer)))


@cache
def _limiter(domain: str, delay_s: float) -> Callable[[Callable[[], Any]], Any]:
    """One limiter for a domain in the whole process, however many geocoders there are."""
    limited: Callable[[Callable[[], Any]], Any] = RateLimiter(
        lambda ask: ask(), min_delay_seconds=delay_s, max_retries=1, error_wait_seconds=delay_s, swallow_exceptions=False
    )
    return limited
