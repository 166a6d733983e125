"""A trained network as the files that ship: encoder.onnx (int8), tokenizer.json, labels.json, manifest.json."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from geo.model.encoder import HEADS, KINDS, MANIFEST, TAGS
from geo.model.train.network import Network, base

UNCALIBRATED = {kind: {"scale": 1.0, "shift": 0.0} for kind in KINDS}


def export(network: Network, out: Path, recipe: Mapping[str, Any], *, int8: bool = True) -> None:
    """Write the model's folder with the recipe's heads, uncalibrated; what stood there is replaced file by file."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "fp32.onnx"
        _onnx(network.eval(), full, recipe["heads"])
        unpadded(full)
        if int8:
            quantize_dynamic(full, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
        else:
            shutil.copy(full, out / "encoder.onnx")
    shutil.copy(base() / "tokenizer.json", out / "tokenizer.json")
    labels = {
        "format": 1, "base": "all-MiniLM-L6-v2", "seed": recipe["seed"],
        "heads": recipe["heads"], "tags": TAGS, "kinds": KINDS,
        "window": recipe["windows"],
        "temperature": {"tags": 1.0, "reading": 1.0}, "calibration": UNCALIBRATED,
        "version": _digest(out / "encoder.onnx")[:12],
    }  # fmt: skip
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    seal(out)


def amend(out: Path, **changes: Any) -> None:
    """Change entries of labels.json and seal the folder again."""
    path = out / "labels.json"
    labels = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    seal(out)


def unpadded(path: Path) -> None:
    """Take out of a graph what keeps words from looking at padding, one addition in each layer's attention.

    The encoder reads one window at a time, so there is none: the same numbers in a twentieth less time.
    """
    model = onnx.load(str(path))
    sums = [node for node in model.graph.node if node.op_type == "Add"]
    (barred, _), *_ = Counter(name for node in sums for name in node.input).most_common(1)
    bare = {n.output[0]: next(name for name in n.input if name != barred) for n in sums if barred in n.input}
    kept = [node for node in model.graph.node if node.output[0] not in bare]
    for node in kept:
        node.input[:] = [bare.get(name, name) for name in node.input]
    del model.graph.node[:]
    model.graph.node.extend(kept)
    onnx.save(model, str(path))


def seal(out: Path) -> None:
    """Write the manifest: the SHA-256 of every file."""
    files = {name: _digest(out / name) for name in ("encoder.onnx", "labels.json", "tokenizer.json")}
    (out / MANIFEST).write_text(json.dumps({"files": files}, indent=1) + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class _Shipped(nn.Module):
    """A network that answers with some of its heads only."""

    def __init__(self, network: Network, heads: Sequence[str]) -> None:
        super().__init__()
        self.network, self.wanted = network, [HEADS.index(head) for head in heads]

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        answers = self.network(ids, shapes, mask)
        return tuple(answers[i] for i in self.wanted)


def _onnx(network: Network, path: Path, heads: Sequence[str]) -> None:
    ids = torch.ones((2, 12), dtype=torch.int64)
    names = ("ids", "shapes", "mask")
    axes = {name: {0: "batch", 1: "length"} for name in (*names, "tags", "reading")} | {"kinds": {0: "batch"}}
    axes = {name: axes[name] for name in (*names, *heads)}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Shipped(network, heads).eval(), (ids, ids, ids), str(path), input_names=list(names),
            output_names=list(heads), dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
