"""One run of training: batches of windows and of sentences in turn, all that a stage reads at once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel

from geo.model import pieces
from geo.model.encoder import padded
from geo.model.train.data import UNLABELLED, Example
from geo.model.train.network import Network, base, pretrained
from geo.model.train.swap import Names, names, swapped, towns_of_the_world

Piece = tuple[Example, int, int]  # an example and the word pieces of it that are read


def fit(
    sets: Mapping[str, Sequence[Example]],
    recipe: Mapping[str, Any],
    log: Callable[[str], None],
    after_epoch: Callable[[Network], None] = lambda network: None,
    begun: tuple[Mapping[str, Tensor], int] | None = None,
) -> Network:
    """A network trained stage by stage, each on those of the ``sets`` that it names.

    ``documents`` teach the tags, ``readings`` and ``kinds`` the heads of these names, ``entities`` the body alone.
    ``begun``: weights kept by an earlier run, and how many stages they have behind them, to go on from.
    """
    torch.manual_seed(recipe["seed"])
    torch.set_num_threads(recipe["threads"])
    torch.backends.mkldnn.set_flags(_enabled=False)  # the plain product of matrices is the faster one in these shapes
    chance = random.Random(recipe["seed"])
    network = pretrained(**recipe["network"])
    if begun is not None:
        network.load_state_dict(dict(begun[0]))
    tokenizer = pieces.load(str(base() / "tokenizer.json"))
    for stage in recipe["stages"][begun[1] if begun else 0 :]:
        network.freeze(stage["frozen"], words=stage["words"])
        now = {**recipe, "stage": stage}
        documents = sets["documents"] if "documents" in stage["reads"] else []
        sentences = [example for name in stage["reads"] if name != "documents" for example in sets[name]]
        pool = names(documents, towns_of_the_world() if documents else {})
        epochs = (_varied(documents, pool, tokenizer, now, chance) for _ in range(stage["epochs"]))
        plan = [_epoch(read, sentences, now, chance) for read in epochs]
        _run(network, plan, now, chance, log, after_epoch)
    return network.eval()


def _run(
    network: Network,
    plan: Sequence[Sequence[Sequence[Piece]]],
    recipe: Mapping[str, Any],
    chance: random.Random,
    log: Callable[[str], None],
    after_epoch: Callable[[Network], None],
) -> None:
    """One stage: its epochs of batches, with an optimiser of its own; it ends on the mean of its last steps' weights."""
    steps = sum(map(len, plan))
    mean, averaged_from = AveragedModel(network), steps * (1 - recipe["stage"]["averaged"])
    optimizer, schedule = _optimizer(network, recipe, steps)
    network.train()
    began, done = time.monotonic(), 0
    for number, batches in enumerate(plan):
        seen: list[float] = []
        for batch in batches:
            loss = _loss(network, batch, recipe, chance)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            seen.append(loss.item())
            done += 1
            if done > averaged_from:
                mean.update_parameters(network)
            if done % 20 == 0:
                took = time.monotonic() - began
                log(f"epoch {number + 1} step {done}/{steps} loss {np.mean(seen[-40:]):.4f} {took:.0f} s")
        after_epoch(network)
    if mean.n_averaged > 0:
        network.load_state_dict(mean.module.state_dict())


def _optimizer(network: Network, recipe: Mapping[str, Any], steps: int) -> tuple[AdamW, LambdaLR]:
    """AdamW with a higher rate for the fresh parts; the rate rises over a tenth of the steps and falls in a line."""
    plan = recipe["stage"]
    fresh = (network.tags, network.reading, network.kinds, network.shapes, network.entities)
    heads = [p for part in fresh for p in part.parameters()]
    known = {id(p) for p in heads}
    body = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": body, "lr": plan["rate"]}, {"params": heads, "lr": plan["head_rate"]}]
    optimizer = AdamW(groups, weight_decay=plan["weight_decay"], fused=True)
    rise = max(1, steps // 10)

    def factor(step: int) -> float:
        return (step + 1) / rise if step < rise else max(0.0, (steps - step) / (steps - rise))

    return optimizer, LambdaLR(optimizer, factor)


def _varied(
    documents: Sequence[Example], pool: Names, tokenizer: Tokenizer, recipe: Mapping[str, Any], chance: random.Random
) -> list[Example]:
    """The documents of one epoch, some of them with other place names."""
    share, of_names = recipe["stage"]["swapped"], recipe["augment"]["swapped_names"]
    return [swapped(d, pool, tokenizer, of_names, chance) if chance.random() < share else d for d in documents]


def _epoch(
    documents: Sequence[Example], sentences: Sequence[Example], recipe: Mapping[str, Any], chance: random.Random
) -> list[list[Piece]]:
    """The batches of one epoch, shuffled; documents are cut at a new place each time."""
    size = recipe["windows"]["size"]
    windows: list[Piece] = []
    for example in documents:
        begin = -chance.randrange(size) if len(example.pieces) > size else 0
        while begin < len(example.pieces):
            windows.append((example, max(0, begin), min(begin + size, len(example.pieces))))
            begin += size
    short = [(e, 0, min(size, len(e.pieces))) for e in sentences if len(e.pieces) and _wanted(e, recipe, chance)]
    batches = [b for group in (windows, short) for b in _batched(group, recipe["stage"]["pieces"], chance)]
    chance.shuffle(batches)
    return batches


def _wanted(example: Example, recipe: Mapping[str, Any], chance: random.Random) -> bool:
    """Whether a sentence is read in this epoch: of the easy ones, which hold no kind, only some; so of the readings."""
    if example.reading_weight.any():
        return chance.random() < recipe["stage"]["readings_read"]
    if (example.entities != UNLABELLED).any():
        return True
    easy = not example.kinds.any() and example.source not in recipe["kinds"]["hard"]
    return not easy or chance.random() < recipe["stage"]["easy"]


def _batched(group: Sequence[Piece], budget: int, chance: random.Random) -> Iterator[list[Piece]]:
    """Stretches of like length together, but never in the same company twice."""
    order = sorted(group, key=lambda p: (p[2] - p[1]) * chance.uniform(0.85, 1.15))
    batch: list[Piece] = []
    longest = 0
    for piece in order:
        longest = max(longest, piece[2] - piece[1] + 2)
        if batch and (len(batch) + 1) * longest > budget:
            yield batch
            batch, longest = [], piece[2] - piece[1] + 2
        batch.append(piece)
    if batch:
        yield batch


def _loss(network: Network, batch: Sequence[Piece], recipe: Mapping[str, Any], chance: random.Random) -> Tensor:
    ids, shapes, mask = (torch.from_numpy(x) for x in padded([(e.pieces, a, b) for e, a, b in batch]))
    _hide_capitals(shapes, recipe, chance)
    seen = network.hidden(ids, shapes, mask)
    tags, reading, kinds = network.heads(seen, mask)
    stage, wide = recipe["stage"], ids.shape[1]
    loss = stage["tags"] * _of_labels(tags, [e.tags[a:b] for e, a, b in batch])
    if "entities" in stage["reads"]:
        loss = loss + _of_labels(network.entities(network.dropout(seen)), [e.entities[a:b] for e, a, b in batch])
    meant = torch.from_numpy(np.stack([_row(e.reading[a:b], wide, 0) for e, a, b in batch]))
    meant_weight = torch.from_numpy(np.stack([_row(e.reading_weight[a:b], wide, 0) for e, a, b in batch]))
    kind = torch.from_numpy(np.stack([e.kinds for e, _, _ in batch]))
    kind_weight = torch.from_numpy(np.stack([e.kinds_weight for e, _, _ in batch]))
    kind_weight = kind_weight * (1 + (recipe["kinds"]["positive_weight"] - 1) * kind)
    shares = stage["readings"], recipe["loss"]["kinds"]
    rows = (reading, meant, meant_weight), (kinds, kind, kind_weight)
    for share, (logits, want, weight) in zip(shares, rows, strict=True):
        if float(weight.sum()) > 0:
            each = functional.binary_cross_entropy_with_logits(logits, want, reduction="none")
            loss = loss + share * (each * weight).sum() / weight.sum().clamp(min=4.0)
    return loss


def _of_labels(scores: Tensor, labels: Sequence[npt.NDArray[np.int64]]) -> Tensor:
    """The mean loss of the pieces that have a label; nothing where none has."""
    gold = torch.from_numpy(np.stack([_row(row, scores.shape[1], UNLABELLED) for row in labels]))
    if not bool((gold != UNLABELLED).any()):
        return scores.new_zeros(())
    return functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=UNLABELLED)


def _row(values: npt.NDArray[Any], wide: int, fill: float) -> npt.NDArray[Any]:
    row = np.full(wide, fill, values.dtype)
    row[1 : 1 + len(values)] = values
    return row


def _hide_capitals(shapes: Tensor, recipe: Mapping[str, Any], chance: random.Random) -> None:
    """Now and then a text all in capitals or all in small letters."""
    for row in shapes:
        drawn = chance.random()
        if drawn < recipe["augment"]["capitals"]:
            row[row > 0] = 2
        elif drawn < recipe["augment"]["capitals"] + recipe["augment"]["small"]:
            row[row > 0] = 1
