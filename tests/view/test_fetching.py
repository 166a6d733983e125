"""A page of the open web is fetched; nothing of this machine or network is, however its address is written."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.faults import BadInput
from geo.view import fetching
from geo.view.fetching import addresses, fetch, public

OUTSIDE = "93.184.216.34"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1",
        "2002:7f00:1::", "2002:c0a8:101::1", "::127.0.0.1", "localhost", "", "no number",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", [OUTSIDE, "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"])
def test_an_address_of_the_open_internet_is(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "0", "[::1]",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"],
)  # fmt: skip
def test_this_machine_is_not_asked_however_it_is_written(host: str) -> None:
    with pytest.raises(BadInput, match=r"not on the open internet|no such host"):
        fetch(f"http://{host}/secret")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "has to begin with"),
        ("ftp://example.org/a", "has to begin with"),
        ("gopher://example.org/", "has to begin with"),
        ("data:text/html,hello", "has to begin with"),
        ("javascript:alert(1)", "has to begin with"),
        ("//example.org/a", "has to begin with"),
        ("https:///nowhere", "has to begin with"),
        ("example.org", "has to begin with"),
        ("", "has to begin with"),
        ("https://me:secret@example.org/", "name or password"),
        ("https://127.0.0.1@example.org/", "name or password"),
        ("http://example.org:22/", "usual ports"),
        ("http://example.org:6379/", "usual ports"),
        ("https://example.org:99999/", "not a web address"),
        ("http://[broken", "not a web address"),
        ("http://example.org/a\r\nHost: inside", "control characters"),
        ("http://example.org/a b", "control characters"),
        ("http://example.org\\@127.0.0.1/", "control characters"),
        ("http://" + "a" * 3000, "too long"),
    ],
)
def test_what_is_no_web_address_is_refused_before_anything_is_asked(url: str, reason: str) -> None:
    def look_up(host: str, port: int) -> list[str]:
        raise AssertionError("looked up")

    with pytest.raises(BadInput, match=reason):
        fetch(url, look_up)


def test_a_name_with_one_address_inside_is_refused() -> None:
    with pytest.raises(BadInput, match="not on the open internet"):
        fetch("http://mixed.example/", lambda host, port: [OUTSIDE, "10.0.0.1"])


def test_a_name_is_looked_up_once_and_the_connection_goes_to_that_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name whose second answer is another one (rebinding) gains nothing."""
    asked: list[str] = []
    reached: list[object] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return [OUTSIDE] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address: object, timeout: object = None) -> object:
        reached.append(address)
        raise OSError("far away")

    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(BadInput, match="far away"):
        fetch("http://changing.example/", look_up)
    assert (asked, reached) == (["changing.example"], [(OUTSIDE, 80)])


# ---- against a real server ---------------------------------------------------------------------------


class Answers(BaseHTTPRequestHandler):
    """A small web: what each path answers."""

    def do_GET(self) -> None:
        path = self.path
        if path.startswith("/to-"):
            self.send_response(302)
            self.send_header("Location", {
                "/to-page": "/page", "/to-inside": "http://169.254.169.254/latest/meta-data/", "/to-file": "file:///etc/passwd",
                "/to-self": "/to-self", "/to-port": "http://web.example:22/",
            }[path])  # fmt: skip
            self.end_headers()
            return
        status, kind, body = {
            "/page": (200, "text/html; charset=utf-8", b"<title>Talks</title><p>Envoys met in Doha on Monday.</p>"),
            "/words": (200, "text/plain", b"Envoys met in Doha."),
            "/picture": (200, "image/png", b"PNG"),
            "/gone": (404, "text/html", b"no"),
            "/large": (200, "text/html", b"a" * (fetching.MOST_BYTES + 10)),
            "/packed": (200, "text/html", gzip.compress(b"<p>Envoys met.</p>")),
            "/bomb": (200, "text/html", gzip.compress(b"a" * (fetching.MOST_BYTES + 10))),
            "/slow": (200, "text/html", b""),
        }[path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if path in ("/packed", "/bomb"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            self.wfile.write(body)
            if path == "/slow":
                for _ in range(100):
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    threading.Event().wait(0.1)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on this machine that counts as the open internet, and nothing else does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(fetching.PORTS, "http", server.server_port)
    really = fetching.public
    monkeypatch.setattr(fetching, "public", lambda address: address == "127.0.0.1" or really(address))
    yield f"http://web.example:{server.server_port}"
    server.shutdown()
    server.server_close()


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"] if host == "web.example" else addresses(host, port)


def test_a_page_comes_with_its_address_and_a_name_for_it(web: str) -> None:
    found = fetch(f"{web}/to-page", here)
    assert b"Envoys met" in found.content
    assert found.url == f"{web}/page"
    assert found.name == "web-example-page.html"
    assert fetch(f"{web}/words", here).name == "web-example-words.txt"


def test_what_is_packed_is_unpacked(web: str) -> None:
    assert fetch(f"{web}/packed", here).content == b"<p>Envoys met.</p>"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/picture", "not a page of text: image/png"),
        ("/gone", "answers 404"),
        ("/large", "too large"),
        ("/bomb", "too large"),
        ("/to-self", "redirects"),
        ("/to-file", "has to begin with"),
        ("/to-port", "usual ports"),
        ("/to-inside", "not on the open internet|usual ports"),
    ],
)
def test_what_may_not_be_fetched_is_refused_with_its_reason(web: str, path: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        fetch(web + path, here)


def test_a_redirect_inside_is_refused(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the address it leads to has the usual port."""
    monkeypatch.setattr(Answers, "do_GET", _leads_inside)
    with pytest.raises(BadInput, match="not on the open internet"):
        fetch(f"{web}/any", here)


def _leads_inside(self: Answers) -> None:
    self.send_response(307)
    self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
    self.end_headers()


def test_a_server_that_drips_is_left(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_SECONDS", 1.0)
    with pytest.raises(BadInput, match="takes longer"):
        fetch(f"{web}/slow", here)
