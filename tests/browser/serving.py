"""A real ``streamlit run app.py`` on a free port, and a real Chromium that may speak to it and to nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page, Route, sync_playwright

from tests.browser.chromium import installed

ROOT = Path(__file__).resolve().parents[2]
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(ledger: Path, **settings: str) -> Iterator[str]:
    """The address of an app that shows this ledger."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"ATLAS_LEDGER": str(ledger)} | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    """Wait until the server says that it is well."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, "streamlit ended"
        try:
            with urllib.request.urlopen(address + "/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within {seconds} s")


@dataclass
class Visit:
    """A window of the browser on the app, and everything that went wrong in it."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Visit:
        self.page.goto(self.address + path)
        return self

    @property
    def map(self) -> FrameLocator:
        return self.page.frame_locator('iframe[title="streamlit_folium.st_folium"]')

    def drawn(self, seconds: float = 90) -> Visit:
        """Wait until the base map and what belongs on it are drawn, in the size that its style sheet gives it."""
        self.map.locator(":root[data-base=drawn][data-dressed]").wait_for(timeout=seconds * 1000)
        self.settled()
        return self

    def settled(self) -> Visit:
        """Wait until the server has no more to say."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=90_000)
        return self

    def pin(self, name: str) -> Any:
        """The marker of a place."""
        return self.map.locator(f'.pin[aria-label^="{name}:"]')

    def clean(self) -> None:
        """Nothing was asked of another host, and nothing went wrong in the browser."""
        assert not self.outside, f"requests to other hosts: {self.outside}"
        assert not self.errors, f"errors in the browser: {self.errors}"


@contextmanager
def browsing() -> Iterator[Browser]:
    path = installed()
    assert path, "no Chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def wrong(message: ConsoleMessage) -> bool:
    """Whether the console tells of an error. At the address of a page, /claims say, Streamlit's own script first asks
    whether the server lives at /claims/_stcore and is told 404; that is how it finds its root, and no error of ours."""
    if message.type != "error":
        return False
    return not message.location.get("url", "").endswith(("/_stcore/host-config", "/_stcore/health"))


@contextmanager
def visiting(
    browser: Browser, address: str, *, width: int = 1400, height: int = 900, scheme: Any = "light"
) -> Iterator[Visit]:
    """A fresh window; it refuses every request to another host and notes every error."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    context.set_default_timeout(90_000)
    page = context.new_page()
    visit = Visit(page, address)

    def guard(route: Route) -> None:
        url = route.request.url
        if url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:")):
            route.continue_()
        else:
            visit.outside.append(url)
            route.abort()

    context.route("**/*", guard)
    page.on("console", lambda message: visit.errors.append(message.text) if wrong(message) else None)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    try:
        yield visit
    finally:
        context.close()
