"""Train one of the two encoders and write its weights and figures: "places" or "kinds", each with its recipe.

python -m geo.model.train places --data ../shared --out DIR                 held-back fifth for the figures
python -m geo.model.train places --data ../shared --out DIR --all           nothing held back
python -m geo.model.train places --data ../shared --out DIR --folds 5       cross-validation by document
python -m geo.model.train places --data ../shared --out DIR --leave-one-out train on two corpora, test on the third
python -m geo.model.train places --data ../shared --out DIR --mean A.pt ... the mean of what several runs have kept

Stages that read no document are run once and shared by all parts of a cross-validation. With ``--folds`` and
``--leave-one-out`` each part's weights are kept as net.pt in a folder of its own, and a part that is there is not
trained again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from geo.faults import BadInput, Fault
from geo.model import pieces
from geo.model.encoder import Encoder
from geo.model.train import data, measure
from geo.model.train.data import Example
from geo.model.train.entities import entities
from geo.model.train.export import amend, export
from geo.model.train.fit import fit
from geo.model.train.network import Network, base, mean_of

Weights = tuple[Mapping[str, Tensor], int]  # what a network holds, and how many stages it has behind it


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a cross-validation: the sets that are read, and the documents and sentences that are kept for figures."""

    name: str
    sets: Mapping[str, Sequence[Example]]
    documents: Sequence[Example]
    sentences: Sequence[Example]


def main() -> int:
    arguments = _arguments()
    try:
        if not (arguments.data / "geoparsing").is_dir():
            raise BadInput(arguments.data, "has no folder geoparsing; give the folder of the training sets")
        recipe = tomllib.loads(Path(__file__).with_name(f"{arguments.encoder}.toml").read_text(encoding="utf-8"))
        figures = _trained(_splits(recipe, arguments), recipe, arguments)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 2
    text = json.dumps(figures[0] if len(figures) == 1 else figures, indent=1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "figures.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def _trained(splits: Sequence[Split], recipe: dict[str, Any], arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """The figures of each part; what its weights are written to lies in a folder of its own where there are several."""
    begun = _begun(splits[0], recipe, arguments)
    if len(splits) == 1:
        return [_run(splits[0], recipe, arguments.out, arguments.keep, begun, arguments.mean)]
    out = []
    for split in splits:
        folder = arguments.out / split.name.split()[-1]
        if not (folder / "figures.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            figures = _run(split, recipe, folder, folder / "net.pt", begun or _kept(folder.name, arguments), None)
            (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        out.append(json.loads((folder / "figures.json").read_text(encoding="utf-8")))
    if arguments.folds:
        _together(splits, out, recipe, arguments.out)
    return out


def _together(splits: Sequence[Split], parts: Sequence[dict[str, Any]], recipe: dict[str, Any], out: Path) -> None:
    """The mean of all folds' weights, as ``out``/whole: every document is in it, and what is left out of a fold tells how
    such weights do on documents that they have not seen."""
    folders = [out / split.name.split()[-1] for split in splits]
    whole = out / "whole"
    export(mean_of([folder / "net.pt" for folder in folders], recipe), whole, recipe)
    cards = [Encoder.open(folder).card["temperature"] for folder in folders]
    amend(whole, temperature={name: round(sum(card[name] for card in cards) / len(cards), 2) for name in cards[0]})
    figures = {
        "reading": measure.reading(Encoder.open(whole), splits[0].sentences),
        "folds": [{name: part[name] for name in ("split", "int8", "fp32")} for part in parts],
    }
    (whole / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _begun(split: Split, recipe: dict[str, Any], arguments: argparse.Namespace) -> Weights | None:
    """The weights to go on from: those of a file, or those after the first stages where these read no document."""
    if arguments.mean or (arguments.begun and arguments.begun.is_dir()):
        return None
    if arguments.begun:
        return torch.load(arguments.begun, weights_only=True), arguments.stages_done
    first = list(takewhile(lambda stage: "documents" not in stage["reads"], recipe["stages"]))
    if not first:
        return None
    network = fit(split.sets, recipe | {"stages": first}, _log)
    if arguments.keep:
        torch.save(network.state_dict(), arguments.keep)
    return network.state_dict(), len(first)


def _kept(part: str, arguments: argparse.Namespace) -> Weights | None:
    """What an earlier run kept of this part of a cross-validation, where its folder is given to go on from."""
    file = arguments.begun / part / "net.pt" if arguments.begun else None
    return (torch.load(file, weights_only=True), arguments.stages_done) if file else None


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m geo.model.train", description="Train the encoder.")
    parser.add_argument("encoder", choices=("places", "kinds"))
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, help="where the model's folder is written")
    parser.add_argument("--all", action="store_true", help="hold nothing back")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate by document in so many folds")
    parser.add_argument("--leave-one-out", action="store_true", help="train on two corpora, test on the third")
    parser.add_argument("--keep", type=Path, help="keep torch's own weights in this file after each epoch")
    parser.add_argument("--begun", type=Path, help="go on from weights that --keep has kept, or from a folder of parts")
    parser.add_argument("--stages-done", type=int, default=1, help="how many stages those weights have behind them")
    parser.add_argument(
        "--mean",
        type=Path,
        nargs="+",
        help="train nothing: the mean of weights that --keep kept (one may come twice)",
    )
    return parser.parse_args()


def _splits(recipe: dict[str, Any], arguments: argparse.Namespace) -> list[Split]:
    tokenizer = pieces.load(str(base() / "tokenizer.json"))
    documents = data.documents(arguments.data, tokenizer)
    share, seed = (0.0 if arguments.all else recipe["held_back"]["share"]), recipe["seed"]
    sentences = {"readings": data.readings(arguments.data, tokenizer)}
    wanted = {name for stage in recipe["stages"] for name in stage["reads"]}
    if "kinds" in wanted:
        sentences["kinds"] = data.sentences(arguments.data, tokenizer, recipe)
    kept = [e for examples in sentences.values() for e in examples if data.held_back(e.text, share, seed)]
    rest = {name: [e for e in found if not data.held_back(e.text, share, seed)] for name, found in sentences.items()}
    if "kinds" in wanted:
        rest["kinds"] += data.own_sentences(tokenizer, recipe)
    if "entities" in wanted and not (arguments.begun or arguments.mean):
        rest["entities"] = entities(arguments.data, tokenizer)

    def split(name: str, out: list[Example]) -> Split:
        ids = {e.name for e in out}
        return Split(name, {**rest, "documents": [e for e in documents if e.name not in ids]}, out, kept)

    if arguments.folds:
        n = arguments.folds
        return [split(f"fold {i}", [e for e in documents if data.fold(e.text, n, seed) == i]) for i in range(n)]
    if arguments.leave_one_out:
        return [split(f"without {source}", [e for e in documents if e.source == source]) for source in data.GEOPARSING]
    return [split("all" if arguments.all else "held back", [e for e in documents if data.held_back(e.text, share, seed)])]


def _run(
    split: Split, recipe: dict[str, Any], out: Path, keep: Path | None, begun: Weights | None, mean: Sequence[Path] | None
) -> dict[str, Any]:
    """Train on one part, write the model to ``out``, and return its figures on what was kept, as int8 and as fp32."""
    _log(f"{split.name}: {len(split.sets['documents'])} documents")

    def keeping(network: Network) -> None:
        if keep:
            torch.save(network.state_dict(), keep)

    network = mean_of(mean, recipe) if mean else fit(split.sets, recipe, _log, keeping, begun)
    export(network, out, recipe)
    figures: dict[str, Any] = {"split": split.name, "stages": recipe["stages"], "seed": recipe["seed"]}
    if split.documents:
        amend(out, **measure.calibration(Encoder.open(out), split.documents, split.sentences))
        figures["int8"] = _figures(out, split)
        with tempfile.TemporaryDirectory() as folder:
            export(network, Path(folder), recipe, int8=False)
            amend(Path(folder), **measure.calibration(Encoder.open(Path(folder)), split.documents, split.sentences))
            figures["fp32"] = _figures(Path(folder), split)
    return figures


def _figures(folder: Path, split: Split) -> dict[str, Any]:
    """Of each head that these weights have."""
    encoder = Encoder.open(folder)
    figures: dict[str, Any] = {}
    if "tags" in encoder.card["heads"]:
        figures["spans"] = measure.spans(encoder, split.documents)
        figures["reading"] = measure.reading(encoder, [*split.sentences, *split.documents])
    if "kinds" in encoder.card["heads"]:
        figures["kinds"] = measure.kinds(encoder, split.sentences)
    return figures


if __name__ == "__main__":
    sys.exit(main())
