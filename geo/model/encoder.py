"""The encoders: place names in a text and how each is meant ("places"), the kinds of claim in a sentence ("kinds").

Two small transformers of one make, run by onnxruntime: whole texts are read by the one, sentences by the other, so two
cost no more time than one and each learns its own. ``Encoder.shared(...)`` is None where no weights are shipped. Weights,
training and figures are described in MODEL_CARD.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from geo.model import decode, pieces
from geo.model.pieces import CLS, SEP, Pieces
from geo.model.weights import MANIFEST as MANIFEST
from geo.model.weights import WEIGHTS as WEIGHTS
from geo.model.weights import verify as verify

TAGS = decode.TAGS
KINDS = ("protest", "arms_flow", "meeting")
HEADS = ("tags", "reading", "kinds")
LOWEST = -30.0  # the score of a kind that nothing speaks for
LENIENCE = 3.0  # log odds taken from "no name" when guesses are looked for
OVERLAP = 32  # pieces shared by neighbouring windows, so that most share the beginning of a sentence
GROUP = 64  # chunks of text held as pieces at once
UNFUSED = ["SkipLayerNormFusion"]  # onnxruntime's fused addition and norm takes eight times as long as the two alone

Subject = Literal["places", "kinds"]
Floats = npt.NDArray[np.float32]
Window = tuple[Pieces, int, int]  # of these pieces from the one number to before the other
_LONG_RUN = re.compile(r"\S{201,}")  # no word is that long: a picture in letters, a cut-off address, or an attack


@dataclass(frozen=True, slots=True)
class TaggedName:
    """Characters ``start`` to ``end`` name a place, or with ``demonym`` its people or language ("Afghan").

    ``score``: probability that this is such a name. ``metonymy``: probability that it stands for those who act
    there (a government, a team) and not for the place.
    """

    start: int
    end: int
    score: float
    metonymy: float
    demonym: bool


@dataclass(frozen=True, slots=True, eq=False)
class Tagging:
    """All that the tags say of one text: its names, further ``guesses`` that no tag is sure of, and each word's chances.

    ``starts`` and ``ends`` are the characters of each word, ``chances`` its probabilities in the order of ``TAGS``.
    """

    names: tuple[TaggedName, ...]
    guesses: tuple[TaggedName, ...]
    starts: pieces.Ints
    ends: pieces.Ints
    chances: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Encoder:
    """An open model. Safe to share between threads; text of any length and content is read in bounded memory."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    card: Mapping[str, Any]  # labels.json: window, temperatures, calibration per kind, and which heads are shipped
    threads: int = 1  # windows read at the same time, each by one thread

    @staticmethod
    def shared(subject: Subject, threads: int | None = None) -> Encoder | None:
        """This process's one encoder of a subject, opened at the first call; None when the weights are absent.

        Two threads answer one reader sooner; a worker among others takes one, for there two would wait on each other.
        """
        return _shared(subject, threads or (1 if parent_process() else 2))

    @staticmethod
    def open(folder: Path, *, threads: int = 2) -> Encoder:
        """Open the weights in a folder, each file checked against the manifest first. Raises DamagedModel."""
        verify(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # whole windows side by side share no work and wait for nobody
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # the arena keeps the largest batch of every length seen
        session = onnxruntime.InferenceSession(
            folder / "encoder.onnx", options, providers=["CPUExecutionProvider"], disabled_optimizers=UNFUSED
        )
        card = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        return Encoder(session, pieces.load(str(folder / "tokenizer.json")), card, threads)

    @property
    def version(self) -> str:
        """The beginning of the weights' fingerprint, for records of what was read by which model."""
        return str(self.card["version"])

    def toponyms(self, texts: Sequence[str]) -> list[list[TaggedName]]:
        """The names in each text, in text order, not overlapping; offsets are characters of that text."""
        return [list(tagging.names) for tagging in self.taggings(texts)]

    def taggings(self, texts: Sequence[str]) -> list[Tagging]:
        """The names in each text with all that the tags say of its words."""
        found: list[list[Tagging]] = [[] for _ in texts]
        for group in _groups(texts):
            cuts = [pieces.cut(self.tokenizer, chunk) for _, _, chunk in group]
            for (which, offset, _), cut, (tags, reading, _) in zip(group, cuts, self.read(cuts), strict=True):
                found[which].append(self._tagging(cut, tags, reading, offset))
        return [_joined(parts) for parts in found]

    def kinds(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each sentence the calibrated probability of each kind; {} where this head is not shipped.

        A text longer than the window has the highest probability of its windows.
        """
        if "kinds" not in self.card["heads"]:
            return [{} for _ in texts]
        best = [np.full(len(KINDS), LOWEST, np.float32) for _ in texts]
        for group in _groups(texts):
            cuts = [pieces.cut(self.tokenizer, chunk) for _, _, chunk in group]
            for (which, _, _), (_, _, kinds) in zip(group, self.read(cuts), strict=True):
                best[which] = np.maximum(best[which], kinds)
        return [self._calibrated(logits) for logits in best]

    def _calibrated(self, logits: Floats) -> dict[str, float]:
        fit = self.card["calibration"]
        return {k: _sigmoid(fit[k]["scale"] * x + fit[k]["shift"]) for k, x in zip(KINDS, logits.tolist(), strict=True)}

    def _tagging(self, cut: Pieces, tags: Floats, reading: Floats, offset: int) -> Tagging:
        begins = np.flatnonzero(cut.first)
        logits = tags[begins] / self.card["temperature"]["tags"]
        starts, ends = cut.starts[begins] + offset, cut.ends[np.append(begins[1:], len(cut))[: len(begins)] - 1] + offset
        lenient = logits.copy()
        lenient[:, 0] -= LENIENCE
        names, guesses = (
            tuple(self._named(name, reading[begins], starts, ends) for name in decode.names(rows))
            for rows in (logits, lenient)
        )
        return Tagging(names, guesses, starts, ends, decode.probabilities(logits) if len(logits) else logits)

    def _named(self, name: decode.Name, reading: Floats, starts: pieces.Ints, ends: pieces.Ints) -> TaggedName:
        meant = float(reading[name.first : name.last + 1].mean())
        metonymy = _sigmoid(meant / self.card["temperature"]["reading"])
        start, end = int(starts[name.first]), int(ends[name.last])
        return TaggedName(start, end, round(name.score, 4), round(metonymy, 4), name.demonym)

    def read(self, cuts: Sequence[Pieces]) -> list[tuple[Floats, Floats, Floats]]:
        """Raw scores of each text: tags (pieces x 5), reading (pieces), kinds (the highest of its windows).

        A head that these weights lack answers nothing: zeros, and ``LOWEST`` for the kinds.
        """
        out = [_unread(len(cut)) for cut in cuts]
        todo = [
            (which, w)
            for which, cut in enumerate(cuts)
            for w in pieces.windows(len(cut), self.card["window"]["size"], OVERLAP, cut.opens)
        ]
        todo = [(which, w) for which, w in todo if cuts[which].shapes[w[0] : w[1]].any()]  # without a letter: no names
        inputs = [(cuts[which], w[0], w[1]) for which, w in todo]
        for (which, (begin, _, first, last)), (tags, reading, kinds) in zip(todo, self._runs(inputs), strict=True):
            out[which][0][first:last] = tags[1 + first - begin : 1 + last - begin]
            out[which][1][first:last] = reading[1 + first - begin : 1 + last - begin]
            np.maximum(out[which][2], kinds, out=out[which][2])
        return out

    def _runs(self, windows: Sequence[Window]) -> Iterator[tuple[Floats, Floats, Floats]]:
        if self.threads < 2 or len(windows) < 2:
            yield from map(self._run, windows)
            return
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(self._run, windows)

    def _run(self, window: Window) -> tuple[Floats, Floats, Floats]:
        """One window by itself: batches save no time where padding costs some, and numbers of eight bits are the finer
        the less they have to span."""
        ids, shapes, mask = padded([window])
        answers = self.session.run(None, {"ids": ids, "shapes": shapes, "mask": mask})
        scores = dict(zip(self.card["heads"], (answer[0] for answer in answers), strict=True))
        tags, reading, kinds = _unread(ids.shape[1])
        return scores.get("tags", tags), scores.get("reading", reading), scores.get("kinds", kinds)


def _joined(parts: Sequence[Tagging]) -> Tagging:
    """The taggings of a text's chunks as one."""
    if len(parts) == 1:
        return parts[0]
    nothing = np.zeros(0, np.int64)
    return Tagging(
        tuple(name for part in parts for name in part.names),
        tuple(name for part in parts for name in part.guesses),
        np.concatenate([nothing, *(part.starts for part in parts)]),
        np.concatenate([nothing, *(part.ends for part in parts)]),
        np.concatenate([np.zeros((0, len(TAGS)), np.float32), *(part.chances for part in parts)]),
    )


def _unread(length: int) -> tuple[Floats, Floats, Floats]:
    """The raw scores of a text before any window of it is read."""
    return np.zeros((length, 5), np.float32), np.zeros(length, np.float32), np.full(len(KINDS), LOWEST, np.float32)


def padded(batch: Sequence[Window]) -> tuple[pieces.Ints, pieces.Ints, pieces.Ints]:
    """Stretches of pieces between their two marks as a batch: ids, shapes, mask (1 where something is read)."""
    longest = max(end - begin for _, begin, end in batch) + 2
    ids, shapes, mask = (np.zeros((len(batch), longest), np.int64) for _ in range(3))
    for row, (cut, begin, end) in enumerate(batch):
        n = end - begin
        ids[row, : n + 2] = [CLS, *cut.ids[begin:end], SEP]
        shapes[row, 1 : n + 1] = cut.shapes[begin:end]
        mask[row, : n + 2] = 1
    return ids, shapes, mask


def _groups(texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """(which text, offset, chunk) by the ``GROUP``; stretches without a blank that no word fills are blanked out."""
    group: list[tuple[int, int, str]] = []
    for which, text in enumerate(texts):
        for offset, chunk in pieces.chunks(_LONG_RUN.sub(lambda run: " " * len(run.group()), text)):
            if not chunk.isspace():
                group.append((which, offset, chunk))
            if len(group) == GROUP:
                yield group
                group = []
    if group:
        yield group


def _sigmoid(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.float64(np.clip(x, -30, 30)))))


@cache
def _shared(subject: Subject, threads: int) -> Encoder | None:
    folder = WEIGHTS / subject
    return Encoder.open(folder, threads=threads) if (folder / MANIFEST).exists() else None
