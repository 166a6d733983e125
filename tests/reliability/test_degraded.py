"""What is missing is said on the page, with what works all the same; and that does work."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.model import encoder
from geo.model.weights import SUBJECTS
from geo.places.gazetteer import SHIPPED, Gazetteer
from geo.view import lacking
from tests import made

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Hundreds of teachers marched in Herat on Monday to demand their wages, the police said."
ON_THE_MAP = "<b>8</b> of 10 matching claims have a marker"
AS_BEFORE = "Everything that was read before"


def shown(app: AppTest) -> str:
    assert not app.exception, [e.value for e in app.exception]
    return "\n".join(element.proto.body for element in app.get("html"))


def read_own(app: AppTest) -> str:
    """The Add page after a text was given."""
    app.run().switch_page("pages/add.py").run()
    app.text_area[0].input(TEXT)
    next(button for button in app.button if button.label == "Read").click()
    return shown(app.run())


@pytest.fixture
def opened_anew() -> Iterator[None]:
    """The encoder and the gazetteer are opened once a process: here, once a test."""
    kept = (encoder._shared, Gazetteer.shared)
    for one in kept:
        one.cache_clear()
    yield
    for one in kept:
        one.cache_clear()


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened_anew: None) -> Path:
    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setattr(lacking, "WEIGHTS", folder)
    monkeypatch.setattr(encoder, "WEIGHTS", folder)
    return folder


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened_anew: None) -> Path:
    folder = tmp_path / "places"
    monkeypatch.setattr(lacking, "SHIPPED", folder)
    monkeypatch.setattr("geo.places.gazetteer.SHIPPED", folder)
    return folder


def test_nothing_lacks_in_what_is_shipped() -> None:
    assert lacking.lacks() == ()


def test_without_the_encoder_the_map_is_there_and_a_text_is_read_by_words(app: AppTest, weights: Path) -> None:
    page = shown(app.run())
    assert "The encoder is missing" in page
    assert AS_BEFORE in page
    assert ON_THE_MAP in page
    own = read_own(app)
    assert "The encoder is missing" in own
    assert "1 claim in 1 article" in own


@pytest.mark.parametrize("subject", SUBJECTS)
def test_one_encoder_that_is_missing_is_named(subject: str, tmp_path: Path) -> None:
    shutil.copytree(encoder.WEIGHTS, tmp_path / "weights")
    shutil.rmtree(tmp_path / "weights" / subject)
    (lack,) = lacking.lacks(weights=tmp_path / "weights")
    assert lack.what == "The encoder is missing"
    assert f"{subject}: no weights are there" in lack.because


def test_with_a_damaged_encoder_the_map_is_there_and_a_text_is_refused(app: AppTest, weights: Path) -> None:
    for subject in SUBJECTS:
        (weights / subject).mkdir()
        (weights / subject / "encoder.onnx").write_bytes(b"not what was shipped")
        manifest = weights / subject / encoder.MANIFEST
        manifest.write_text(json.dumps({"files": {"encoder.onnx": "0" * 64}}))
    page = shown(app.run())
    assert "The encoder is damaged" in page
    assert "is not the file that was shipped" in page
    assert ON_THE_MAP in page
    own = read_own(app)
    assert "This could not be read" in own
    assert "mistake of ours" not in own


def test_a_ledger_read_without_the_encoder_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_LEDGER", str(made.ledger(tmp_path, models={"grammar": "some 3.8.0"})))
    page = shown(AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run())
    assert "read without the encoder" in page
    assert ON_THE_MAP in page


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_without_the_gazetteer_the_map_is_there_and_a_text_is_refused(app: AppTest, places: Path, damage: str) -> None:
    if damage == "cut":
        shutil.copytree(SHIPPED, places)
        with (places / "strings.bin").open("r+b") as file:
            file.truncate(1000)
    page = shown(app.run())
    assert "The gazetteer is missing or damaged" in page
    assert ON_THE_MAP in page
    own = read_own(app)
    assert "This could not be read" in own
    assert str(places) in own


@pytest.mark.parametrize("damage", ["missing", "claims.parquet", "meta.json"])
def test_without_a_ledger_the_page_says_what_works_and_it_does(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ledger"
    if damage != "missing":
        made.ledger(folder)
        file = next(folder.rglob(damage))
        file.write_bytes(file.read_bytes()[:50])
    monkeypatch.setenv("ATLAS_LEDGER", str(folder))
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    page = shown(app.run())
    assert "The ledger cannot be read" in page
    assert "Reading a text of your own (Add)" in page
    assert "Paste a text, upload files" in shown(app.switch_page("pages/add.py").run())


def test_where_the_checkout_takes_no_files_the_ledger_is_built_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []

    def build(paths: object, out: Path, *, workers: int, progress: Callable[[int, int], None]) -> None:
        built.append(out)
        made.ledger(out)

    st.cache_resource.clear()
    monkeypatch.delenv("ATLAS_LEDGER", raising=False)
    monkeypatch.setattr("geo.view.frame.LEDGER", tmp_path / "ledger")
    monkeypatch.setattr("geo.view.frame.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("geo.view.frame._takes_files", lambda folder: False)
    monkeypatch.setattr("geo.build.build", build)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    assert ON_THE_MAP in shown(app.run())
    assert ON_THE_MAP in shown(app.run())
    assert len(built) == 1
    assert built[0] != tmp_path / "ledger"


def test_where_nothing_can_be_written_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    st.cache_resource.clear()
    monkeypatch.delenv("ATLAS_LEDGER", raising=False)
    monkeypatch.setattr("geo.view.frame.LEDGER", tmp_path / "ledger")
    monkeypatch.setattr("geo.view.frame.SHIPPED", tmp_path / "none")
    monkeypatch.setattr("geo.view.frame._takes_files", lambda folder: False)
    monkeypatch.setattr("geo.view.frame.tempfile.mkdtemp", full)
    page = shown(AppTest.from_file(str(ROOT / "app.py"), default_timeout=300).run())
    assert "nothing can be written here to build it" in page
    assert "No space left" in page


def test_on_a_full_disk_the_map_is_there_and_a_text_of_ones_own_is_not(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(lacking.shutil, "disk_usage", lambda folder: usage(10**9, 10**9, 0))
    page = shown(app.run())
    assert "The disk is full" in page
    assert ON_THE_MAP in page

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.view.adding.tempfile.TemporaryDirectory", full)
    assert "What was read cannot be shown" in read_own(app)
