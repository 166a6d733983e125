"""What a reader may do here. Who runs the atlas on a machine of their own may do everything; where it is hosted for
others, readers read, and whoever hosts it switches on what else they may.

    ATLAS_REVIEW=on|off   correct claims, under the name that one gives
    ATLAS_KEEP=on|off     put articles into the corpus
    ATLAS_FETCH=on|off    have the server fetch an article from an address
    ATLAS_HOSTED=on       whoever comes, treat them as from elsewhere
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

Power = Literal["review", "keep", "fetch"]
_SETTINGS: dict[Power, str] = {"review": "ATLAS_REVIEW", "keep": "ATLAS_KEEP", "fetch": "ATLAS_FETCH"}
_PASSED_ON = ("forwarded", "via", "x-real-ip", "true-client-ip", "cf-connecting-ip", "fly-client-ip")
"""Headers that a server in between adds; so does every header that begins with "x-forwarded-"."""


def allowed(power: Power) -> bool:
    """Whether the reader of this session may do something; what cannot be known counts as no."""
    return may(power, os.environ, st.context.headers.to_dict(), st.context.ip_address)


def may(power: Power, settings: Mapping[str, str], headers: Mapping[str, str], address: str | None) -> bool:
    """Likewise for given settings, headers of the browser's connection, and the address that it comes from."""
    said = settings.get(_SETTINGS[power], "").strip().lower()
    if said:
        return said in ("on", "yes", "true", "1")
    hosted = settings.get("ATLAS_HOSTED", "").strip().lower() not in ("", "off", "no", "false", "0")
    return not hosted and at_home(headers, address)


def at_home(headers: Mapping[str, str], address: str | None) -> bool:
    """Whether the browser runs on this machine: it says so itself, the connection does, and no server is in between.

    ``address`` is None for this machine, as Streamlit has it. A proxy on this machine looks like a browser here, so the
    address that stands in the browser must be this machine's too.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if any(name in _PASSED_ON or name.startswith("x-forwarded-") for name in given):
        return False
    here = address is None or _loopback(address)
    return here and _loopback(urlsplit(given.get("origin", "")).hostname) and _loopback(_host(given.get("host", "")))


def _host(value: str) -> str | None:
    try:
        return urlsplit(f"//{value}").hostname
    except ValueError:
        return None


def _loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
