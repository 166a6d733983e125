"""Train the encoder and write its weights and figures.

python -m geo.model.train --data ../shared --out geo/model/weights            held-back fifth for the figures
python -m geo.model.train --data ../shared --out geo/model/weights --all      nothing held back: what may ship last
python -m geo.model.train --data ../shared --out /tmp/x --folds 5             cross-validation by document
python -m geo.model.train --data ../shared --out /tmp/x --leave-one-out       train on two corpora, test on the third
python -m geo.model.train --data ../shared --out /tmp/x --mean a.pt b.pt      the mean of what several runs have kept
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from geo.faults import BadInput, Fault
from geo.model import pieces
from geo.model.encoder import Encoder
from geo.model.train import data, measure
from geo.model.train.data import Example
from geo.model.train.export import amend, export
from geo.model.train.fit import fit
from geo.model.train.network import Network, base, mean_of

Split = tuple[str, list[Example], list[Example], list[Example], list[Example]]  # name; documents, sentences; those kept


def main() -> int:
    arguments = _arguments()
    try:
        if not (arguments.data / "geoparsing").is_dir():
            raise BadInput(arguments.data, "has no folder geoparsing; give the folder of the training sets")
        recipe = tomllib.loads(arguments.recipe.read_text(encoding="utf-8"))
        splits = _splits(recipe, arguments)
        several = len(splits) > 1  # each part's weights in a folder of its own, as `python -m tests.crossed` reads them
        figures = [
            run(s, recipe, arguments, arguments.out / s[0].split()[-1] if several else arguments.out) for s in splits
        ]
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 2
    text = json.dumps(figures[0] if len(figures) == 1 else figures, indent=1)
    (arguments.out / "figures.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m geo.model.train", description="Train the encoder.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the training sets")
    parser.add_argument("--out", type=Path, required=True, help="where the model's folder is written")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--all", action="store_true", help="hold nothing back")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate by document in so many folds")
    parser.add_argument("--leave-one-out", action="store_true", help="train on two corpora, test on the third")
    parser.add_argument("--keep", type=Path, help="keep torch's own weights in this file after each epoch")
    parser.add_argument("--begun", type=Path, help="go on from weights that --keep has kept")
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
    sentences = [*data.readings(arguments.data, tokenizer), *data.sentences(arguments.data, tokenizer, recipe)]
    share, seed = (0.0 if arguments.all else recipe["held_back"]["share"]), recipe["seed"]
    kept = [e for e in sentences if data.held_back(e.text, share, seed)]
    rest = [e for e in sentences if not data.held_back(e.text, share, seed)] + data.own_sentences(tokenizer, recipe)

    def split(name: str, out: list[Example]) -> Split:
        ids = {e.name for e in out}
        return name, [e for e in documents if e.name not in ids], rest, out, kept

    if arguments.folds:
        n = arguments.folds
        return [split(f"fold {i}", [e for e in documents if data.fold(e.text, n, seed) == i]) for i in range(n)]
    if arguments.leave_one_out:
        return [split(f"without {source}", [e for e in documents if e.source == source]) for source in data.GEOPARSING]
    return [split("all" if arguments.all else "held back", [e for e in documents if data.held_back(e.text, share, seed)])]


def run(split: Split, recipe: dict[str, Any], arguments: argparse.Namespace, out: Path) -> dict[str, Any]:
    """Train on one split, write the model to ``out``, and return its figures on what was kept, as int8 and as fp32."""
    name, documents, sentences, kept_documents, kept_sentences = split
    print(f"{name}: {len(documents)} documents, {len(sentences)} sentences", file=sys.stderr)

    def keep(network: Network) -> None:
        if arguments.keep:
            torch.save(network.state_dict(), arguments.keep)

    begun = (torch.load(arguments.begun, weights_only=True), arguments.stages_done) if arguments.begun else None
    if arguments.mean:
        network = mean_of(arguments.mean, recipe)
    else:
        network = fit(documents, sentences, recipe, lambda line: print(line, file=sys.stderr, flush=True), keep, begun)
    export(network, out, recipe)
    figures: dict[str, Any] = {"split": name, "stages": recipe["stages"], "seed": recipe["seed"]}
    if kept_documents:
        encoder = Encoder.open(out)
        amend(out, **measure.calibration(encoder, kept_documents, kept_sentences))
        figures["int8"] = _figures(out, kept_documents, kept_sentences)
        with tempfile.TemporaryDirectory() as folder:
            export(network, Path(folder), recipe, int8=False)
            amend(Path(folder), **measure.calibration(Encoder.open(Path(folder)), kept_documents, kept_sentences))
            figures["fp32"] = _figures(Path(folder), kept_documents, kept_sentences)
    return figures


def _figures(folder: Path, documents: Sequence[Example], sentences: Sequence[Example]) -> dict[str, Any]:
    encoder = Encoder.open(folder)
    return {
        "spans": measure.spans(encoder, documents),
        "reading": measure.reading(encoder, [*sentences, *documents]),
        "kinds": measure.kinds(encoder, sentences),
    }


if __name__ == "__main__":
    sys.exit(main())
