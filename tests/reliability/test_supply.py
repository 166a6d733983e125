"""What ships is known, pinned and checked before it is opened, and no file of data can run as a program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from geo.faults import DamagedGazetteer, DamagedModel
from geo.model.weights import verify
from geo.places.storage import FILES, FORMAT, KINDS, read_manifest
from tests.reliability import audit, shipped
from tests.reliability.report import ROOT


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes_and_from_no_named_index(name: str) -> None:
    assert list(audit.unpinned(ROOT / name)) == []
    assert len(shipped.pins(ROOT / name)) > 50


@pytest.mark.parametrize(
    "line",
    [
        "streamlit>=1.60",
        "streamlit==1.67.0",
        "--index-url https://index.example/simple",
        "-e .",
        "passim==1 \\\n    --hash=sha256:0",
    ],
)
def test_what_is_not_pinned_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "requirements.txt"
    file.write_text(f"{line}\n")
    assert list(audit.unpinned(file))


def test_the_list_of_what_ships_is_current() -> None:
    assert shipped.LIST.read_text(encoding="utf-8") == shipped.listed(), "run python -m tests.reliability.shipped"


def test_every_package_has_a_licence_and_a_source() -> None:
    for pin in shipped.pins():
        assert shipped.licence(pin.name) != "unknown", pin.name
        assert shipped.source(pin.name).startswith("http"), pin.name


def test_every_file_of_data_has_a_licence_and_a_source() -> None:
    files = shipped.data_files()
    assert "geo/model/weights/places/encoder.onnx" in files
    assert [name for name in files if shipped.kind_of(name) is None] == []


def test_no_program_text_lets_data_run() -> None:
    assert list(audit.running_data()) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from joblib import load",
        "eval(x)",
        "np.load(f)",
        "np.load(f, allow_pickle=True)",
        "torch.load(f)",
        "yaml.load(x, Loader=yaml.Loader)",
        "pd.read_pickle(f)",
        "os.system(x)",
    ],
)
def test_program_text_that_lets_data_run_is_found(line: str) -> None:
    assert list(audit._dangers(ast.parse(line)))


def test_no_file_of_data_is_a_pickle() -> None:
    assert list(audit.pickles()) == []


def test_what_was_shipped_is_whole() -> None:
    assert list(audit.models()) == []


def test_a_changed_model_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"x")
    (tmp_path / "manifest.json").write_text('{"files": {"encoder.onnx": "0"}}')
    with pytest.raises(DamagedModel, match="is not the file that was shipped"):
        verify(tmp_path)


def test_a_changed_gazetteer_is_not_opened(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"x")
    told = ", ".join(f'"{name}": {{"bytes": 1, "sha256": "{"0" * 64}"}}' for name in FILES)
    kinds = str(list(KINDS)).replace("'", '"')
    (tmp_path / "manifest.json").write_text(f'{{"format": {FORMAT}, "kinds": {kinds}, "files": {{{told}}}}}')
    with pytest.raises(DamagedGazetteer, match="contents are not those that were built"):
        read_manifest(tmp_path)
