"""The house: data flows one way, and each outside library is let in by one room only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["faults", "text", "model", "places", "claims", "ledger", "build", "view", "__main__"]
GUESTS = {
    "streamlit": ("app.py", "pages/", "geo/view/"),
    "streamlit_folium": ("geo/view/map.py",),
    "folium": ("geo/view/map.py",),
    "branca": ("geo/view/map.py",),
    "duckdb": ("geo/ledger/",),
    "pyarrow": ("geo/ledger/", "geo/build/"),
    "dask": ("geo/build/crew.py",),
    "distributed": ("geo/build/crew.py",),
    "fsspec": ("geo/build/inputs.py",),
    "torch": ("geo/model/train/",),
}
FILES = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "geo").rglob("*.py")])


def imports(path: Path) -> list[str]:
    """Every module that a file imports, at its top or inside a function."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.append(node.module or "")
            if node.module == "geo":
                names += [f"geo.{alias.name}" for alias in node.names]
    return names


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "geo" and len(parts) > 1 else None


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_rooms_above_its_own(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != "geo" or parts == ("geo", "__init__"):
        return
    own = ROOMS.index(parts[1])
    for name in imports(path):
        other = room(name)
        if other in ROOMS:
            assert ROOMS.index(other) <= own, f"{path.name} of {parts[1]} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_outside_libraries_stay_in_their_rooms(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        hosts = GUESTS.get(name.split(".")[0])
        if hosts is not None:
            assert here.startswith(hosts), f"{here} imports {name}"


def test_every_room_is_known() -> None:
    found = {p.stem for p in (ROOT / "geo").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert found - {"__init__"} <= set(ROOMS)
