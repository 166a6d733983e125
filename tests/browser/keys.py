"""Getting about by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

_NAME = """() => { const e = document.activeElement;
    const one = e && e.matches('a, button, summary, input, textarea, [role=button], [role=radio], [role=combobox]');
    const words = one ? e.innerText || e.value || '' : ''; // a part of the page that scrolls has the focus too
    return e ? [e.tagName, e.getAttribute('aria-label') || '', words, e.title || ''].join(' ') : '' }"""


def focused(page: Page) -> str:
    """What has the focus, by tag and name, also within a frame."""
    frame: Frame = page.main_frame
    while True:
        name = str(frame.evaluate(_NAME))
        inner = frame.evaluate_handle("document.activeElement").as_element()
        child = inner.content_frame() if inner is not None and name.startswith("IFRAME") else None
        if child is None:
            return " ".join(name.split())
        frame = child


def tab_to(page: Page, words: str, most: int = 120) -> str:
    """Press Tab until what has the focus is called so; its whole name."""
    seen: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if words in seen[-1]:
            return seen[-1]
    raise AssertionError(f"no way by keyboard to {words!r}; passed: {[name[:40] for name in dict.fromkeys(seen)]}")
