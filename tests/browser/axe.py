"""axe-core in a page and in its frames: what an accessibility review finds by machine.

python -m tests.browser.axe ADDRESS PATH ...     prints the findings of some pages of a running app
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Frame, Page

GRAVE = ("serious", "critical")


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of axe-core that is broken, how grave that is, and where."""

    rule: str
    impact: str
    help: str
    nodes: tuple[str, ...]
    frame: str


@cache
def _script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[Finding]:
    """Everything that axe-core finds wrong in a page and in each frame of it that is shown."""
    shown = [frame for frame in page.frames if frame is page.main_frame or frame.frame_element().is_visible()]
    return [finding for frame in shown for finding in _in(frame)]


def grave(page: Page) -> list[str]:
    """The serious and critical findings, each as a line."""
    return [
        f"{f.impact}: {f.rule} ({f.help}) in {f.frame}: {'; '.join(f.nodes[:3])}"
        for f in findings(page)
        if f.impact in GRAVE
    ]


def _in(frame: Frame) -> list[Finding]:
    frame.evaluate(_script())
    found = frame.evaluate("axe.run(document, {iframes: false, resultTypes: ['violations']})")
    name = "page" if frame.parent_frame is None else frame.url.split("?")[0].rsplit("/", 2)[-2]
    return [
        Finding(
            one["id"], one["impact"] or "minor", one["help"], tuple(node["html"][:160] for node in one["nodes"]), name
        )
        for one in found["violations"]
    ]


if __name__ == "__main__":
    from tests.browser.serving import browsing, visiting

    with browsing() as browser:
        for path in sys.argv[2:]:
            for scheme in ("light", "dark"):
                with visiting(browser, sys.argv[1], scheme=scheme) as visit:
                    visit.open(path)
                    visit.page.locator("h1").first.wait_for()
                    visit.settled()
                    visit.page.wait_for_timeout(1500)
                    for one in findings(visit.page):
                        print(scheme, path, one.impact, one.rule, one.frame, len(one.nodes), *one.nodes[:3], sep=" | ")
