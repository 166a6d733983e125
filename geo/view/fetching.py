"""One page fetched from the web for a reader who names its address; never a file, nor a machine of this network.

What an address leads to is decided once, by the numbers that its host's name stands for: every one of them must be a
public address, and the connection goes to the first of these numbers, not to the name again. So neither a name whose
answer changes nor another way to write a number (0x7f.1, 2130706433, ::ffff:127.0.0.1) leads inside. Each redirect is a
new address and is looked at likewise.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from geo import __version__
from geo.faults import BadInput

MOST_BYTES = 5_000_000
MOST_SECONDS = 20.0
MOST_REDIRECTS = 5
LONGEST = 2_000  # characters of an address
PORTS = {"http": 80, "https": 443}
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
"""The types of content that are read, and what a file of that type is called."""

LookUp = Callable[[str, int], Sequence[str]]
"""The numeric addresses of a host."""

_NAT64 = IPv6Network("64:ff9b::/96")
_INSIDE = (
    IPv4Network("168.63.129.16/32"),  # Azure's own services answer its machines under this public number
    IPv4Network("192.0.0.0/24"),  # kept by IANA for protocols; older Pythons call a part of it global
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: a file's name for it, its content, and the address where it was found in the end."""

    name: str
    content: bytes
    url: str


def fetch(url: str, look_up: LookUp | None = None) -> Fetched:
    """The page at a web address. Raises BadInput, with the reason, for whatever is not a page that may be fetched."""
    end = time.monotonic() + MOST_SECONDS
    at = url.strip()
    for _ in range(MOST_REDIRECTS + 1):
        target, port = _target(at)
        numbers = _looked_up(look_up or addresses, target.hostname or "", port, at, end)
        answer = _asked(target, port, numbers[0], at, end)
        if isinstance(answer, Fetched):
            return answer
        after = urljoin(at, answer)
        if target.scheme == "https" and urlsplit(after).scheme == "http":
            raise BadInput(at, f"leads on to an address that is not encrypted: {after[:200]}")
        at = after
    raise BadInput(url[:200], f"leads on and on: more than {MOST_REDIRECTS} redirects")


def public(address: str) -> bool:
    """Whether a numeric address belongs to the open internet, also when it wraps another one."""
    try:
        number = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped or (IPv4Address(int(number) & 0xFFFFFFFF) if number in _NAT64 else None)
        if inner is not None:
            return public(str(inner))
        if number.is_site_local or number.sixtofour or number.teredo:
            return False
    inside = any(number in network for network in _INSIDE)
    return number.is_global and not number.is_multicast and not number.is_reserved and not inside


def addresses(host: str, port: int) -> list[str]:
    """The numeric addresses that a host's name stands for."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


# ---- what is asked for ---------------------------------------------------------------------------


def _target(url: str) -> tuple[SplitResult, int]:
    """An address in its parts; raises BadInput for one that is not of the web."""
    shown = url[:200]
    if len(url) > LONGEST or any(sign <= " " or sign == "\x7f" for sign in url) or "\\" in url:
        raise BadInput(shown, "not a web address: too long, or with blanks or control characters in it")
    try:
        target = urlsplit(url)
        port = target.port
        host = (target.hostname or "").encode("idna").decode() if not _numeric(target.hostname) else target.hostname or ""
    except (ValueError, UnicodeError) as error:
        raise BadInput(shown, "not a web address") from error
    if target.scheme not in PORTS or not host:
        raise BadInput(shown, "not a web address: it has to begin with https:// or http:// and name a host")
    if target.username is not None or target.password is not None:
        raise BadInput(shown, "an address with a name or password in it is not fetched")
    if port not in (None, PORTS[target.scheme]):
        raise BadInput(shown, f"only the usual ports of the web are asked, not {port}")
    return target._replace(netloc=f"[{host}]" if ":" in host else host), PORTS[target.scheme]


def _numeric(host: str | None) -> bool:
    return ":" in (host or "")


def _looked_up(look_up: LookUp, host: str, port: int, url: str, end: float) -> Sequence[str]:
    """The host's addresses, all of which are public."""
    pool = ThreadPoolExecutor(1)  # looking up has no time limit of its own
    try:
        numbers = pool.submit(look_up, host, port).result(timeout=max(0.1, end - time.monotonic()))
    except Late as error:
        raise BadInput(url[:200], "the name of its host is not answered for") from error
    except (OSError, UnicodeError) as error:
        raise BadInput(url[:200], "there is no such host, or no way to the internet from here") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if not numbers or not all(public(number) for number in numbers):
        raise BadInput(url[:200], "its host is not on the open internet; nothing of this machine or network is fetched")
    return numbers


# ---- asking --------------------------------------------------------------------------------------


class _Plain(http.client.HTTPConnection):
    """A connection to one number, whatever the name stands for by now."""

    number = ""

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), self.timeout)


class _Encrypted(http.client.HTTPSConnection):
    """Likewise, with the certificate checked against the name."""

    number = ""

    def connect(self) -> None:
        plain = socket.create_connection((self.number, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _asked(target: SplitResult, port: int, number: str, url: str, end: float) -> Fetched | str:
    """The page, or the address that the answer leads on to."""
    left = end - time.monotonic()
    if left <= 0:
        raise BadInput(url[:200], f"takes longer than {MOST_SECONDS:.0f} s")
    kind = _Encrypted if target.scheme == "https" else _Plain
    connection = kind((target.hostname or ""), port, timeout=left)
    connection.number = number
    # A server that sends a letter a second would never run into the time limit of a single read.
    alarm = threading.Timer(left, _cut, (connection,))
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("GET", _path(target), headers=_headers(target))
        found = _answer(connection.getresponse(), url)
    except (OSError, http.client.HTTPException) as error:
        late = time.monotonic() >= end - 0.05
        reason = f"takes longer than {MOST_SECONDS:.0f} s" if late else f"cannot be fetched: {_line(error)}"
        raise BadInput(url[:200], reason) from error
    finally:
        alarm.cancel()
        connection.close()
    if time.monotonic() >= end:  # the alarm cut it off: what came is not whole
        raise BadInput(url[:200], f"takes longer than {MOST_SECONDS:.0f} s")
    return found


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _path(target: SplitResult) -> str:
    safe = "/%:@!$&'()*+,;=~-._?"
    return (quote(target.path, safe=safe) or "/") + (f"?{quote(target.query, safe=safe)}" if target.query else "")


def _headers(target: SplitResult) -> dict[str, str]:
    return {
        "Host": target.netloc,
        "User-Agent": f"claim-atlas/{__version__} (one page, because a reader asked for it)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8, text/markdown;q=0.8",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _answer(answer: http.client.HTTPResponse, url: str) -> Fetched | str:
    shown = url[:200]
    if answer.status in (301, 302, 303, 307, 308) and (after := answer.getheader("Location")):
        return after
    if answer.status != 200:
        raise BadInput(shown, f"the server answers {answer.status} {answer.reason[:60]}")
    suffix = SUFFIXES.get(answer.headers.get_content_type())
    if suffix is None or "content-type" not in answer.headers:
        raise BadInput(shown, f"not a page of text: {answer.headers.get_content_type()[:60]}")
    if int(answer.getheader("Content-Length", "0") or 0) > MOST_BYTES:
        raise BadInput(shown, f"too large: {MOST_BYTES:,} bytes at most")
    content = _unpacked(answer.read(MOST_BYTES + 1), answer.getheader("Content-Encoding", "identity").lower(), shown)
    if len(content) > MOST_BYTES:
        raise BadInput(shown, f"too large: {MOST_BYTES:,} bytes at most")
    return Fetched(_name(url, suffix), content, url)


def _unpacked(content: bytes, coding: str, shown: str) -> bytes:
    """Some servers pack what they send though asked not to; never more is unpacked than may be read."""
    if coding in ("identity", ""):
        return content
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise BadInput(shown, f"sent in a form that is not read: {coding[:40]}")
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise BadInput(shown, "what was sent is damaged") from error


def _name(url: str, suffix: str) -> str:
    """A file's name made of letters and digits of the address."""
    target = urlsplit(url)
    words = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in f"{target.hostname}{target.path}")
    return "-".join(part for part in words.removesuffix(suffix.replace(".", "-")).split("-") if part)[:100] + suffix


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:150] or type(error).__name__
