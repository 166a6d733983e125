"""The gazetteer as a geopy geocoder, and Nominatim by explicit wish: against a real server on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderServiceError, GeocoderTimedOut
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geo.faults import BadInput
from geo.places import geocoder as module
from geo.places.geocoder import NOMINATIM, GazetteerGeocoder, OnlineGeocoder


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder()


def one(found: Any) -> Location:
    assert isinstance(found, Location)
    return found


def test_it_is_a_geocoder_of_geopy(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    location = one(geocoder.geocode("Kabul"))
    assert location.address == "Kabul, Afghanistan"
    assert (location.latitude, location.longitude) == pytest.approx((34.528, 69.172), abs=0.01)
    assert location.raw["geonameid"] == 1138958
    assert location.raw["gazetteer"] == geocoder.gazetteer.version
    json.dumps(location.raw)


CONTAINED = [
    ("Faizabad, Badakhshan", 1142170),
    ("Faizabad, Badakhshan, Afghanistan", 1142170),
    ("Springfield, Ill., USA", 4250542),
    ("Springfield, Massachusetts", 4951788),
    ("Paris, Texas", 4717560),
    ("Herat Province, Afghanistan", 1140025),
]


@pytest.mark.parametrize(("query", "id"), CONTAINED)
def test_what_stands_after_a_comma_holds_the_place(geocoder: GazetteerGeocoder, query: str, id: int) -> None:
    assert one(geocoder.geocode(query)).raw["id"] == id


def test_all_places_of_a_name_can_be_asked_for(geocoder: GazetteerGeocoder) -> None:
    found = geocoder.geocode("Paris", exactly_one=False, limit=5)
    assert isinstance(found, list)
    assert len(found) == 5
    texan = geocoder.geocode("Paris", exactly_one=False, country_codes="us")
    assert isinstance(texan, list)
    assert {location.raw["country"] for location in texan} == {"US"}


@pytest.mark.parametrize("query", ["", ",", "Blorptown", "Kabul, France", "\0"])
def test_none_when_nothing_fits(geocoder: GazetteerGeocoder, query: str) -> None:
    assert geocoder.geocode(query) is None
    assert geocoder.geocode(query, exactly_one=False) is None


def test_a_point_gives_the_nearest_town(geocoder: GazetteerGeocoder) -> None:
    assert one(geocoder.reverse((34.34, 62.2))).raw["id"] == 1140026
    assert one(geocoder.reverse("34.34, 62.2")).raw["id"] == 1140026
    near = geocoder.reverse((-17.0, 179.99), exactly_one=False, limit=3)
    assert isinstance(near, list)
    assert {location.raw["country"] for location in near} == {"FJ"}  # across the date line


class FakeNominatim(BaseHTTPRequestHandler):
    """Answers /search as Nominatim does, and remembers what it was asked."""

    asked: list[tuple[float, str, str]]
    delay = 0.0
    status = 200

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)["q"][0]
        type(self).asked.append((time.monotonic(), query, self.headers["User-Agent"]))
        time.sleep(type(self).delay)
        answer = [
            {
                "place_id": 1,
                "licence": "Data © OpenStreetMap contributors, ODbL 1.0.",
                "osm_type": "node",
                "osm_id": 2,
                "lat": "37.0200",
                "lon": "68.4600",
                "type": "town",
                "importance": 0.4,
                "display_name": f"{query}, Kunduz, Afghanistan",
            }
        ]
        body = json.dumps([] if "Nowhere" in query else answer).encode()
        self.send_response(type(self).status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[tuple[str, type[FakeNominatim]]]:
    handler = type("Handler", (FakeNominatim,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{http.server_port}", handler
        http.shutdown()
        thread.join()


def online(domain: str, cache: Path, **options: Any) -> OnlineGeocoder:
    return OnlineGeocoder("atlas tests", cache, domain=domain, scheme="http", **options)


def test_nominatim_is_asked_with_a_user_agent_and_its_answer_kept(
    server: tuple[str, type[FakeNominatim]], tmp_path: Path
) -> None:
    domain, handler = server
    cache = tmp_path / "made" / "answers.sqlite"
    [location] = online(domain, cache, delay_s=0.0).geocode("Qalai Zal")
    assert location.address == "Qalai Zal, Kunduz, Afghanistan"
    assert (location.latitude, location.longitude) == (37.02, 68.46)
    assert location.raw["osm_id"] == 2
    again = online(domain, cache, delay_s=0.0).geocode("Qalai Zal")
    assert [kept.raw for kept in again] == [location.raw]
    assert [(query, agent) for _, query, agent in handler.asked] == [("Qalai Zal", "atlas tests")]


def test_that_nothing_was_found_is_kept_too(server: tuple[str, type[FakeNominatim]], tmp_path: Path) -> None:
    domain, handler = server
    geocoder = online(domain, tmp_path / "a", delay_s=0.0)
    assert geocoder.geocode("Nowhere") == []
    assert geocoder.geocode("Nowhere") == []
    assert len(handler.asked) == 1


def test_two_geocoders_together_ask_once_a_second(server: tuple[str, type[FakeNominatim]], tmp_path: Path) -> None:
    domain, handler = server
    one, other = online(domain, tmp_path / "a"), online(domain, tmp_path / "b")
    for geocoder in (one, other, one):
        geocoder.geocode(f"place {len(handler.asked)}")
    times = [when for when, _, _ in handler.asked]
    assert all(after - before >= 0.95 for before, after in pairwise(times))


def test_a_server_that_fails_is_an_error_of_geopy_and_nothing_is_kept(
    server: tuple[str, type[FakeNominatim]], tmp_path: Path
) -> None:
    domain, handler = server
    handler.status = 500
    geocoder = online(domain, tmp_path / "a", delay_s=0.0)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Herat")
    handler.status = 200
    assert len(geocoder.geocode("Herat")) == 1


def test_a_slow_server_is_given_up(server: tuple[str, type[FakeNominatim]], tmp_path: Path) -> None:
    domain, handler = server
    handler.delay = 1.0
    with pytest.raises(GeocoderTimedOut):
        online(domain, tmp_path / "a", delay_s=0.0, timeout_s=0.2).geocode("Herat")


def test_nominatim_itself_is_asked_politely_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="user agent"):
        OnlineGeocoder(" ", tmp_path / "a")
    with pytest.raises(BadInput, match="one request a second"):
        OnlineGeocoder("atlas tests", tmp_path / "a", delay_s=0.1)
    assert module.DELAY_S >= 1
    assert NOMINATIM == "nominatim.openstreetmap.org"


def test_a_file_that_is_no_cache_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("these are not the answers you are looking for " * 20)
    with pytest.raises(BadInput, match="not a cache"):
        OnlineGeocoder("atlas tests", tmp_path / "a")
