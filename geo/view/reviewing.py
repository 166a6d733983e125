"""Review: what a person decides about a claim becomes a line of the corrections, and the next build obeys it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.build import build, sources
from geo.ledger.corrections import Action, Correction, sentence_hash
from geo.ledger.query import Filters, Ledger
from geo.places.gazetteer import Gazetteer
from geo.places.place import Place, Role
from geo.view.cards import Row
from geo.view.words import plain

ACTIONS: dict[Action, str] = {
    "accept": "Accept",
    "reject": "Reject",
    "move": "Move",
    "redate": "Re-date",
    "rekind": "Change kind",
}
MEANINGS: dict[Action, str] = {
    "accept": "The claim is read rightly; it stays, and bears your name.",
    "reject": "The sentence makes no such claim; it leaves the map.",
    "move": "It happened elsewhere, or the name is no place here.",
    "redate": "It happened at another time, or the sentence gives none.",
    "rekind": "It is a claim, but of another kind.",
}
MOST_PLACES = 15  # offered for a name


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger, the corpus that it is made of, and the file of what people decided about it."""

    ledger: Path
    corpus: Path
    file: Path

    def rebuild(self, progress: Callable[[int, int], None]) -> None:
        """Make the ledger anew with every correction replayed; what is unchanged is not read again. Raises Fault."""
        build([self.corpus], self.ledger, workers=1, progress=progress)


def desk(ledger: Path, settings: Mapping[str, str] = os.environ) -> Desk | None:
    """Where the corrections of a ledger go. None where its corpus is not known: ATLAS_LEDGER is set, ATLAS_CORPUS not."""
    named = settings.get("ATLAS_CORPUS")
    if not named and "ATLAS_LEDGER" in settings:
        return None
    corpus = Path(named or sources([])[0])
    beside = corpus.resolve().parent if corpus.name == "articles" else corpus
    return Desk(ledger, corpus, beside / "corrections.jsonl")


def waiting(ledger: Ledger, said: Sequence[Correction]) -> tuple[Correction, ...]:
    """The corrections that came after the ledger was built: the file only grows, so they are its end."""
    counted = ledger.meta.get("corrections") or {}
    return tuple(said[int(counted.get("made", 0)) + int(counted.get("unmatched", 0)) :])


def meant(claim: Row, said: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those of some corrections that are about a claim."""
    return tuple(
        one
        for one in said
        if (one.article, one.kind) == (claim["article_id"], claim["kind"])
        and one.claim in (None, claim["claim_id"])
        and one.sentence == sentence_hash(claim["sentence"])
    )


def queue(ledger: Ledger, filters: Filters, most: int) -> tuple[int, Sequence[Row]]:
    """How many claims a view has, and the first of them to look at, each once: those that nobody has looked at before the
    others, the most doubtful foremost."""
    columns = ["claim_id", "kind", "sentence", "score", "corrected"]
    found = {row["claim_id"]: row for row in ledger.rows.claims(filters, columns=columns)}.values()
    doubtful = sorted(found, key=lambda row: (row["corrected"] != "[]", row["score"], row["claim_id"]))
    return len(doubtful), doubtful[:most]


def correction(
    claim: Row,
    action: Action,
    name: str,
    reason: str,
    time: str,
    *,
    to: int | str | None = None,
    moved_from: int | None = None,
    role: Role | None = None,
) -> Correction:
    """What somebody decided about a claim. Raises ValueError, saying what is missing, when it makes no sense."""
    for label, words in (("your name", name), ("a reason", reason)):
        if not words.strip():
            raise ValueError(f"give {label}: every correction bears both")
    return Correction(
        action, claim["article_id"], sentence_hash(claim["sentence"]), claim["kind"], name.strip(),
        " ".join(reason.split()), time, to, moved_from, role, claim["claim_id"],
    )  # fmt: skip


def taken_back(rejected: Correction, name: str, reason: str, time: str) -> Correction:
    """A rejection undone: what was rejected is accepted."""
    if not name.strip():
        raise ValueError("give your name: every correction bears one")
    return Correction(
        "accept", rejected.article, rejected.sentence, rejected.kind, name.strip(), reason, time, claim=rejected.claim
    )


def rejected(said: Sequence[Correction]) -> list[Correction]:
    """The rejections in force: a later accept of the same claim takes one back."""
    last: dict[tuple[str, str, str, str | None], Correction] = {}
    for one in said:
        if one.action in ("accept", "reject"):
            last[one.article, one.sentence, one.kind, one.claim] = one
    return [one for one in last.values() if one.action == "reject"]


def candidates(name: str, gazetteer: Gazetteer) -> list[Place]:
    """The places that a reader may mean by a name or by a gazetteer id, the best known first."""
    words = name.strip()[:200]
    if words.lstrip("-").isdigit() and len(words) < 12:
        found = gazetteer.get(int(words))
        return [found] if found else []
    return gazetteer.named(words)[:MOST_PLACES] if words else []


def described(place: Place) -> str:
    """A place with what tells it from others of its name."""
    within = ", ".join(dict.fromkeys(p for p in (place.admin2, place.admin1, place.country) if p and p != place.name))
    return f"{place.name}, {place.kind}{f' in {within}' if within else ''} (id {place.id})"


def told(one: Correction) -> str:
    """What a correction does, in words: "moved to 1138958", "dated 2017-06"."""
    match one.action:
        case "accept":
            return "accepted"
        case "reject":
            return "rejected"
        case "move":
            return f"moved to {one.to}" if one.to is not None else "not a place here"
        case "redate":
            return f"dated {one.to}" if one.to is not None else "date not known"
        case "rekind":
            return f"made {one.to}"


def history(said: Sequence[Correction], words_of: Callable[[Correction], str]) -> str:
    """Every decision as a table, newest first; ``words_of`` finds the sentence, which the file does not hold."""
    names = "".join(f'<th scope="col">{name}</th>' for name in ("When", "What", "Sentence", "Who, and why"))
    body = "".join(
        f'<tr><td data-label="When">{plain(one.time[:10])}</td><td data-label="What">{plain(told(one))}</td>'
        f'<td data-label="Sentence" dir="auto">{plain(words_of(one))}</td>'
        f'<td data-label="Who, and why"><b dir="auto">{plain(one.name)}</b>: <bdi>{plain(one.reason)}</bdi></td></tr>'
        for one in reversed(said)
    )
    caption = f"{len(said)} {'decision' if len(said) == 1 else 'decisions'}, newest first"
    return (
        f'<table class="claims"><caption>{caption}</caption><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'
    )


def sentence_of(article: Mapping[str, object] | None, one: Correction) -> str:
    """The sentence that a correction is about, found by its hash in the article; empty when it is gone."""
    if article is None:
        return ""
    text, sentences = str(article["text"]), article["sentences"]
    assert isinstance(sentences, list)
    spans = ((s[0], s[1]) for s in sentences)
    return next((text[a:b] for a, b in spans if sentence_hash(text[a:b]) == one.sentence), "")
