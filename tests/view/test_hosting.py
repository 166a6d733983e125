"""Who may change things: the one at this machine, and whom the host lets."""

from __future__ import annotations

import pytest

from geo.view.hosting import at_home, may

HOME = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("headers", "address", "home"),
    [
        (HOME, None, True),
        ({"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}, None, True),
        ({"host": "[::1]:8501", "origin": "http://[::1]:8501"}, "::1", True),
        (HOME, "192.168.1.7", False),
        ({}, None, False),
        ({"Host": "localhost:8501"}, None, False),
        ({"Host": "atlas.example", "Origin": "https://atlas.example"}, None, False),
        ({"Host": "127.0.0.1:8501", "Origin": "https://atlas.example"}, None, False),
        ({"Host": "localhost.atlas.example", "Origin": "http://localhost.atlas.example"}, None, False),
        (HOME | {"X-Forwarded-For": "203.0.113.9"}, None, False),
        (HOME | {"x-forwarded-proto": "https"}, None, False),
        (HOME | {"Forwarded": "for=203.0.113.9"}, None, False),
        (HOME | {"Via": "1.1 proxy"}, None, False),
        ({"Host": "[broken", "Origin": "null"}, None, False),
    ],
)
def test_only_a_browser_on_this_machine_is_at_home(headers: dict[str, str], address: str | None, home: bool) -> None:
    assert at_home(headers, address) is home


def test_nothing_is_allowed_from_elsewhere_until_it_is_switched_on() -> None:
    there = {"Host": "atlas.example", "Origin": "https://atlas.example"}
    for power, setting in (("review", "ATLAS_REVIEW"), ("keep", "ATLAS_KEEP"), ("fetch", "ATLAS_FETCH")):
        assert not may(power, {}, there, "203.0.113.9")  # type: ignore[arg-type]
        assert may(power, {setting: "on"}, there, "203.0.113.9")  # type: ignore[arg-type]
        assert may(power, {}, HOME, None)  # type: ignore[arg-type]
        assert not may(power, {setting: "off"}, HOME, None)  # type: ignore[arg-type]
        assert not may(power, {setting: "perhaps"}, HOME, None)  # type: ignore[arg-type]


def test_a_host_can_say_that_it_is_one() -> None:
    assert not may("review", {"ATLAS_HOSTED": "on"}, HOME, None)
    assert may("review", {"ATLAS_HOSTED": "off"}, HOME, None)
    assert may("review", {"ATLAS_HOSTED": "on", "ATLAS_REVIEW": "on"}, HOME, None)
