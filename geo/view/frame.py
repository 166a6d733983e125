"""What every page has: its head, the way to the others, the ledger, and a notice instead of a crash."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.faults import DamagedLedger, Fault
from geo.ledger.query import Filters, Ledger
from geo.view import answers, hosting, lacking, standing
from geo.view import filters as widgets
from geo.view.assets import STATIC
from geo.view.words import plain

if TYPE_CHECKING:
    from geo.claims.claim import Reading

ROOT = Path(__file__).resolve().parents[2]
LEDGER = ROOT / "ledger"
SHIPPED = ROOT / "corpus" / "ledger"
"""The ledger of the shipped corpus, for a host on which nobody runs a command: ``make shipped`` writes it."""
PAGES = {
    "Map": "app.py",
    "Claims": "pages/claims.py",
    "Timeline": "pages/timeline.py",
    "Events": "pages/events.py",
    "Articles": "pages/article.py",
    "Add": "pages/add.py",
    "Review": "pages/review.py",
    "Method": "pages/method.py",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's ledger and the filters of its address."""

    ledger: Ledger
    filters: Filters


def page(name: str) -> None:
    """The head of a page: its title in the browser, the style, the links to the other pages."""
    st.set_page_config(page_title=f"{name} · Claim Atlas", page_icon="🗺️", layout="wide")
    st.html(STATIC / "page.css")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="nav"):
        st.html('<span class="wordmark">Claim&thinsp;Atlas</span>', width="content")
        for label, file in PAGES.items():
            if (ROOT / file).exists() and (label != "Review" or hosting.allowed("review")):
                st.page_link(file, label=label, query_params=widgets.carried())
    for lack in lacking.lacks():
        notice(lack.what, lack.because, lack.works)


def opened(name: str, *, own: bool = True) -> Ledger:
    """The ledger that the pages show: the one that ``ATLAS_LEDGER`` names, the one built here, the one that came with the
    program; where there is none, it is built first. A fault becomes a notice and ends the page.

    With ``own``, what the reader added in this session stands beside it.
    """
    try:
        folder = _folder()
        ledger = _open(str(folder), _stamp(folder))
    except Fault as fault:
        notice(
            "The ledger cannot be read",
            str(fault),
            "Without it there are no claims to show. Reading a text of your own (Add) still works.",
        )
        st.stop()
    if said := lacking.without_encoder(ledger.meta.get("models")):
        notice("Read without the encoder", said)
    return _with_own(ledger) if own else ledger


def _with_own(ledger: Ledger) -> Ledger:
    """The ledger with the articles of this session, where there are any."""
    readings = getattr(st.session_state.get("own"), "readings", ())
    if not readings:
        return ledger
    from geo.view import adding  # loads what reads, which is loaded already by whoever has read something

    if ledger.meta.get("claims", 0) > adding.MOST_BESIDE:
        notice("Your own articles are on the page Add", "This ledger is too large to show them among the others.")
        return ledger
    try:
        given = tuple((reading.article.id, reading.article.text) for reading in readings)
        return _beside(str(ledger.folder), ledger.version, given, readings)
    except Fault as fault:
        notice("Your own articles cannot be shown here", str(fault))
        return ledger


@st.cache_resource(max_entries=8, show_spinner=False)
def _beside(folder: str, version: str, given: tuple[tuple[str, str], ...], _readings: Sequence[Reading]) -> Ledger:
    from geo.view import adding

    return adding.beside(Path(folder), _readings)


def with_filters(name: str, chips: DeltaGenerator | None = None, *, own: bool = True) -> Frame:
    """The ledger and, drawn on the page, the filters; the active ones go into ``chips``, else under the others."""
    ledger, now = opened(name, own=own), widgets.current()
    return Frame(
        ledger, widgets.bar(ledger, answers.facets(ledger, now), answers.days(ledger), answers.areas(ledger, now), chips)
    )


def notice(title: str, *lines: str) -> None:
    """Something the reader should know, in the page's own look."""
    text = "".join(f"<p>{plain(line)}</p>" for line in lines)
    st.html(f'<section class="notice" role="status"><h2>{plain(title)}</h2>{text}</section>')


def heading(title: str, lead: str = "") -> None:
    """The page's title; ``lead`` is HTML that is already safe."""
    st.html(f'<h1 class="title">{plain(title)}</h1>' + (f'<p class="lead">{lead}</p>' if lead else ""))


# ---- the ledger ----------------------------------------------------------------------------------


def _folder() -> Path:
    if told := os.environ.get("ATLAS_LEDGER"):
        return Path(told)
    for folder in (LEDGER, SHIPPED):
        if (folder / "meta.json").exists():
            return folder
    folder = LEDGER if _takes_files(LEDGER) else _aside()
    if not (folder / "meta.json").exists():
        _build(folder)
    return folder


def _takes_files(folder: Path) -> bool:
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)


@st.cache_resource(show_spinner=False)
def _aside() -> Path:
    """Where a ledger is built when the program's own folder takes no files: it lasts as long as the server."""
    try:
        return Path(tempfile.mkdtemp(prefix="atlas-"))
    except OSError as error:
        raise DamagedLedger(LEDGER, f"there is none, and nothing can be written here to build it: {error}") from error


def _stamp(folder: Path) -> str:
    """Changes when the ledger is built anew."""
    try:
        found = (folder / "meta.json").stat()
    except OSError:
        return "none"
    return f"{found.st_mtime_ns}-{found.st_size}"


@st.cache_resource(max_entries=3, show_spinner=False)
def _open(folder: str, stamp: str) -> Ledger:
    return Ledger.open(folder)


def _build(folder: Path) -> None:
    """Make the ledger of the corpus, telling how far it is: where the app is hosted, nobody can run a command."""
    from geo.build import build  # the models it loads are not needed to look at a ledger that is there

    with st.spinner("Reading the articles for the first time. This takes a minute or two."):
        bar = st.progress(0.0, "Reading the articles")
        try:
            build([], folder, workers=1, progress=_teller(bar.progress))  # one process: a small host has little memory
        except Fault:
            raise
        except Exception as error:  # a first build that fails must be told on the page, not end in a traceback
            raise DamagedLedger(folder, f"the articles could not be read: {error}") from error
        bar.empty()


def _teller(show: Callable[..., object]) -> Callable[..., None]:
    def tell(done: int, total: int, *_: object) -> None:
        show(min(1.0, done / max(1, total)), f"Read {done} of {total} articles")

    return tell


# ---- the foot of a page ---------------------------------------------------------------------------


def foot(ledger: Ledger) -> None:
    """Where the data comes from, and which state of it this is. The page is whole then."""
    standing.apart(ledger.version)
    st.html(
        '<p class="foot">Places: <a href="https://www.geonames.org/" rel="noopener">GeoNames</a>, '
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener">CC BY 4.0</a>. '
        'Base map: <a href="https://www.naturalearthdata.com/" rel="noopener">Natural Earth</a>, public domain. '
        f"Ledger {plain(ledger.version)}, built {plain(str(ledger.meta.get('built', ''))[:10])}. "
        "A claim is what somebody published, not what is known to have happened.</p>"
    )


def provenance(ledger: Ledger) -> str:
    """Which data and which models this ledger was made with, as HTML."""
    meta = ledger.meta
    facts = [("Articles", meta.get("articles")), ("Claims", meta.get("claims")), ("Built", meta.get("built"))]
    facts += [("Program", meta.get("atlas")), ("Gazetteer", meta.get("gazetteer")), ("Ledger", ledger.version)]
    models = meta.get("models")
    facts += list(models.items()) if isinstance(models, dict) else []
    rows_ = "".join(f"<tr><td>{plain(name)}</td><td>{plain(value)}</td></tr>" for name, value in facts if value)
    refused = "".join(f"<li>{plain(r.get('where'))}: {plain(r.get('reason'))}</li>" for r in meta.get("refused") or [])
    left = f"<h2>Could not be read</h2><ul>{refused}</ul>" if refused else ""
    return f'<div class="prose"><h2>This ledger</h2><table><tbody>{rows_}</tbody></table>{left}</div>'
