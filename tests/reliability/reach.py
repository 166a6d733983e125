"""What a stranger's browser can ask of the server: pages, their parts, and nothing else of this machine.

python -m tests.reliability.reach ADDRESS     asks a running app
"""

from __future__ import annotations

import http.client
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

SECRETS = ("root:", "[project]", "[server]", "maxUploadSize", "from __future__", "claim-atlas", "PAR1", "toolbarMode")
"""Words of /etc/passwd, of this project's own files, and of a Parquet file: no answer may hold one of them."""

_UP = ("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "....//", "..;/", "%252e%252e%252f", "..%c0%af")
_TARGETS = ("etc/passwd", "pyproject.toml", "geo/faults.py")
_DOORS = (
    "/",
    "/static/",
    "/app/static/",
    "/media/",
    "/component/",
    "/component/geo.view.assets.leaflet/",
    "/component/geo.view.assets.atlas/",
    "/component/streamlit_folium.st_folium/",
    "/_stcore/upload_file/x/",
)
_MAP = "/component/geo.view.assets.atlas/"
_PLAIN = (
    "/app.py",
    "/pyproject.toml",
    "/.streamlit/config.toml",
    "/.streamlit/secrets.toml",
    "/.git/config",
    "/.git/HEAD",
    "/geo/faults.py",
    "/corpus/corrections.jsonl",
    "/corpus/ledger/meta.json",
    "/ledger/meta.json",
    "/corpus/originals/",
    "/static/",
    "/component/",
    "//etc/passwd",
    "/file:///etc/passwd",
    "/_stcore/metrics",
    "/article?article=../../etc/passwd",
    "/article?article=%2fetc%2fpasswd",
    "/article?article=a%00b",
    "/?place=../../x",
    f"{_MAP}%2fetc%2fpasswd",
    f"{_MAP}/etc/passwd",
    f"{_MAP}%00",
)


def attempts() -> Iterator[str]:
    """Every path that is tried."""
    yield from _PLAIN
    for door in _DOORS:
        for up in _UP:
            for depth in (1, 6):
                for target in _TARGETS:
                    yield f"{door}{up * depth}{target}"


def asked(address: str, path: str, method: str = "GET") -> tuple[int, bytes]:
    """Status and body of an answer, 0 when the server hangs up; the path goes letter by letter, as no browser does."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        connection.putheader("Connection", "close")
        connection.endheaders()
        with connection.getresponse() as answer:
            return answer.status, answer.read()
    except (http.client.HTTPException, ConnectionError, TimeoutError):
        return 0, b""
    finally:
        connection.close()


def seen_outside(address: str) -> list[str]:
    """The paths whose answer holds something of a file that is no part of a page."""
    found = []
    for path in dict.fromkeys(attempts()):
        status, body = asked(address, path)
        told = body.decode("utf-8", "replace")
        if status == 200 and any(secret in told for secret in SECRETS):
            found.append(path)
    for method in ("PUT", "DELETE", "POST", "PATCH"):
        for path in (
            "/",
            "/_stcore/upload_file/x/y",
            "/media/x",
            "/component/geo.view.assets.atlas/atlas.js",
            "/corpus/x",
        ):
            status, _ = asked(address, path, method)
            if 200 <= status < 300:
                found.append(f"{method} {path}: {status}")
    return found


def main() -> int:
    found = seen_outside(sys.argv[1])
    print("\n".join(found) or f"{len(set(attempts()))} paths asked for, nothing shown but pages and their parts")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
