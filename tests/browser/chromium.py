"""The browser that the tests drive: one that is here, else Playwright's, else Debian's package when root.

python -m tests.browser.chromium     finds or installs one and prints its path; else one line that says what to do
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ADVICE = "no Chromium: install the package chromium or Google Chrome, or run `playwright install chromium`, then again"


def installed() -> str | None:
    """The path of a Chromium or Chrome that this machine has, Playwright's own included; None when there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for path in APPLICATIONS:
        if Path(path).exists():
            return path
    return _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _runs(*command: str) -> bool:
    """Whether a command is here and succeeds; what it prints is of no use to the reader of a test run."""
    try:
        return subprocess.run(command, capture_output=True, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    """Fetch a browser by the ways this machine allows; the path, or None."""
    if _runs(sys.executable, "-m", "playwright", "install", "chromium") and (path := installed()):
        return path
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _runs("apt-get", "update", "-qq")
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _runs("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core")
    return installed()


def main() -> int:
    path = installed() or install()
    print(path or ADVICE, file=sys.stdout if path else sys.stderr)
    return 0 if path else 2


if __name__ == "__main__":
    sys.exit(main())
