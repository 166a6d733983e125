"""The encoders' files, checked before any of them is opened. Light to import: no runtime, no tokenizer."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from geo.faults import DamagedModel

WEIGHTS = Path(__file__).resolve().parent / "weights"
SUBJECTS = ("places", "kinds")  # each a folder of WEIGHTS
MANIFEST = "manifest.json"


def verify(folder: Path) -> None:
    """Raise DamagedModel unless every file of the manifest is there with its SHA-256."""
    try:
        expected = dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as cause:
        raise DamagedModel(folder / MANIFEST, "cannot be read, so the model beside it cannot be trusted") from cause
    for name, digest in expected.items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError) as cause:
            raise DamagedModel(folder / name, "named in the manifest but cannot be read") from cause
        if found != digest:
            raise DamagedModel(folder / name, f"is not the file that was shipped (SHA-256 {found[:12]}…)")
