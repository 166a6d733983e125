"""Pictures of every page, on a phone and a laptop, light and dark.

python -m tests.browser.shots LEDGER OUT_DIR [PAGE ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.serving import ROOT, browsing, serving, visiting

PAGES = {
    "map": "/",
    "claims": "/claims",
    "timeline": "/timeline",
    "events": "/events",
    "articles": "/article",
    "add": "/add",
    "review": "/review",
    "method": "/method",
}
WIDTHS = {"phone": (400, 860), "laptop": (1400, 900), "wall": (2560, 1440)}


def main(ledger: Path, out: Path, chosen: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    # Review is shown as its reader sees it: with a corpus to correct.
    with serving(ledger, ATLAS_CORPUS=str(ROOT / "corpus" / "articles")) as address, browsing() as browser:
        for name, path in PAGES.items():
            if chosen and name not in chosen:
                continue
            for size, (width, height) in WIDTHS.items():
                if size == "wall" and name != "map":  # what hangs on a wall is the map
                    continue
                for scheme in ("light", "dark"):
                    with visiting(browser, address, width=width, height=height, scheme=scheme) as visit:
                        visit.open(path)
                        visit.page.locator("h1").first.wait_for()
                        visit.settled()
                        if name == "map":
                            visit.drawn()
                        expect(visit.page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=60_000)
                        visit.page.wait_for_timeout(700)
                        visit.page.screenshot(path=out / f"{name}-{size}-{scheme}.png")
                        if name == "map":
                            visit.map.locator(".pin svg").first.dispatch_event("click", {"bubbles": True})
                            visit.page.locator(".card").first.wait_for()
                            visit.page.wait_for_timeout(500)
                            visit.page.screenshot(path=out / f"place-{size}-{scheme}.png", full_page=size == "phone")
                        print(out / f"{name}-{size}-{scheme}.png", *visit.errors, *visit.outside)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
