"""What people put right: an append-only file of JSON lines, replayed over every build.

    {"action": "reject", "article": "valley-post-1", "sentence": "9f2c…", "kind": "protest",
     "name": "A. Reader", "reason": "A strike, not a protest.", "time": "2026-11-21T12:00:00+00:00"}

``sentence`` is ``sentence_hash`` of its words: it survives a rebuild, and no publisher's sentence gets into the file.
The actions and what they need besides:

    accept   nothing: the claim stays, and it is known who looked at it; takes back an earlier reject
    reject   nothing: the claim leaves the ledger
    move     "to": a gazetteer id, or null for "not a place here"; "from": the id it had, null where it had none;
             "role" (optional): the part that the place plays
    redate   "to": "2017", "2017-06", "2017-06-12", two of them joined by "/", or null for "not known"
    rekind   "to": another kind

"claim" (optional) tells apart several claims of one kind in one sentence. Later lines see what earlier ones did.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from geo.claims.claim import Claim, Reading
from geo.faults import BadInput, Fault
from geo.places.place import Location, Place, Role, Toponym
from geo.text.period import Period
from geo.text.span import Span

Action = Literal["accept", "reject", "move", "redate", "rekind"]
PlaceOf = Callable[[int], Place | None]
"""The gazetteer's entry of an id."""

_NEEDED = ("action", "article", "sentence", "kind", "name", "reason", "time")
_LONGEST = {"name": 200, "reason": 2000, "article": 300, "claim": 300}
_KIND = re.compile(r"[a-z][a-z0-9_]{0,60}")
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file. Raises ValueError, naming what is wrong, when made of values that make no sense."""

    action: Action
    article: str
    sentence: str
    kind: str
    name: str
    reason: str
    time: str
    to: int | str | None = None
    moved_from: int | None = None
    role: Role | None = None
    claim: str | None = None

    def __post_init__(self) -> None:
        if self.action not in get_args(Action):
            raise ValueError(f"no such action: {self.action!r}")
        for name in ("article", "name", "reason"):
            _check_words(name, getattr(self, name))
        if self.claim is not None:
            _check_words("claim", self.claim)
        if not isinstance(self.sentence, str) or not _HASH.fullmatch(self.sentence):
            raise ValueError(f"“sentence” is not 16 hexadecimal digits: {self.sentence!r}")
        _check_kind("kind", self.kind)
        _check_time(self.time)
        self._check_to()

    def _check_to(self) -> None:
        if self.action == "move":
            for name, value in (("to", self.to), ("from", self.moved_from)):
                if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
                    raise ValueError(f"“{name}” of a move is a gazetteer id or null, not {value!r}")
            if self.to is None and self.moved_from is None:
                raise ValueError("a move needs “from” or “to”")
        elif self.action == "redate" and self.to is not None:
            if not isinstance(self.to, str):
                raise ValueError(f"“to” of a redate is a date or null, not {self.to!r}")
            Period.iso(self.to, "")
        elif self.action == "rekind":
            _check_kind("to", self.to)
        elif self.action in ("accept", "reject") and self.to is not None:
            raise ValueError(f"“to” means nothing in {self.action!r}")
        if self.action != "move" and (self.moved_from is not None or self.role is not None):
            raise ValueError(f"“from” and “role” mean nothing in {self.action!r}")
        if self.role is not None and self.role not in get_args(Role):
            raise ValueError(f"no such role: {self.role!r}")

    @property
    def record(self) -> dict[str, Any]:
        """The correction as it stands in the file."""
        line: dict[str, Any] = {name: getattr(self, name) for name in _NEEDED}
        if self.action == "move":
            line["from"] = self.moved_from
        if self.action in ("move", "redate", "rekind"):
            line["to"] = self.to
        return line | {name: value for name in ("role", "claim") if (value := getattr(self, name)) is not None}

    @property
    def mark(self) -> dict[str, Any]:
        """What the ledger tells of it beside the claim."""
        return {"action": self.action, "to": self.to, "name": self.name, "reason": self.reason, "time": self.time}


@dataclass(frozen=True, slots=True)
class Replayed:
    """Readings put right; by claim id, what was done; and the corrections that met no claim any more."""

    readings: list[Reading]
    marks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unmatched: tuple[Correction, ...] = ()


def sentence_hash(words: str) -> str:
    """Sixteen hexadecimal digits that name a sentence, whatever its blanks and line ends."""
    plain = " ".join(unicodedata.normalize("NFC", words).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def now() -> str:
    """The time of a correction made now."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def load(file: Path) -> tuple[Correction, ...]:
    """Every correction of the file, oldest first; none when there is no file.

    Raises BadInput naming the line when one of them makes no sense: what a person decided is never left out silently.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise BadInput(file, "not UTF-8 text") from error
    except OSError as error:
        raise BadInput(file, f"cannot be read: {error.strerror}") from error
    return tuple(_corrections(file, text))


def append(file: Path, correction: Correction) -> None:
    """Add one line to the file; raises Fault when it cannot be written."""
    line = json.dumps(correction.record, ensure_ascii=False) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+b") as lines:
            fcntl.flock(lines, fcntl.LOCK_EX)
            # A hand-edited file may lack its last line end.
            if lines.tell() and os.pread(lines.fileno(), 1, lines.tell() - 1) != b"\n":
                line = "\n" + line
            lines.write(line.encode())
            lines.flush()
            os.fsync(lines.fileno())
    except OSError as error:
        raise Fault(file, f"the correction cannot be written: {error.strerror}") from error


def replay(readings: Iterable[Reading], corrections: Sequence[Correction], place_of: PlaceOf) -> Replayed:
    """The readings with every correction made, in the order of the file.

    Raises ValueError when a place is moved to an id that the gazetteer lacks.
    """
    made = list(readings)
    if not corrections:
        return Replayed(made)
    number = {reading.article.id: n for n, reading in enumerate(made)}
    rejected: set[str] = set()
    marks: dict[str, list[dict[str, Any]]] = {}
    unmatched = []
    for correction in corrections:
        n = number.get(correction.article)
        chosen = [] if n is None else _meant(made[n].claims, correction)
        if n is None or not chosen:
            unmatched.append(correction)
            continue
        for claim in chosen:
            marks.setdefault(claim.id, []).append(correction.mark)
            (rejected.add if correction.action == "reject" else rejected.discard)(claim.id)
            made[n] = _with(made[n], claim, _corrected(claim, correction, place_of))
    return Replayed([_without(reading, rejected) for reading in made], marks, tuple(unmatched))


def _corrections(file: Path, text: str) -> Iterator[Correction]:
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _correction(json.loads(line))
            except RecursionError as error:
                raise BadInput(f"{file}:{n}", "nested too deeply") from error
            except json.JSONDecodeError as error:
                raise BadInput(f"{file}:{n}", f"not JSON: {error.msg}") from error
            except ValueError as error:
                raise BadInput(f"{file}:{n}", str(error)) from error


def _correction(line: object) -> Correction:
    if not isinstance(line, dict):
        raise ValueError("not a JSON object")
    missing = [name for name in _NEEDED if name not in line]
    if line.get("action") in ("move", "redate", "rekind") and "to" not in line:
        missing.append("to")
    if missing:
        raise ValueError(f"“{missing[0]}” is missing")
    unknown = set(line) - {*_NEEDED, "to", "from", "role", "claim"}
    if unknown:
        raise ValueError(f"what is {min(unknown)!r}? There is no such field")
    return Correction(**{"moved_from" if name == "from" else name: value for name, value in line.items()})


def _check_words(name: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"“{name}” is not a text, or an empty one: {value!r}")
    if len(value) > _LONGEST[name]:
        raise ValueError(f"“{name}” is longer than {_LONGEST[name]} characters")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
        raise ValueError(f"“{name}” has a control character in it")


def _check_kind(name: str, value: object) -> None:
    if not isinstance(value, str) or not _KIND.fullmatch(value):
        raise ValueError(f"“{name}” is not the name of a kind: {value!r}")


def _check_time(value: object) -> None:
    try:
        known = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        known = False
    if not known:
        raise ValueError(f"“time” is not an ISO time with its zone: {value!r}")


def _meant(claims: Iterable[Claim], correction: Correction) -> list[Claim]:
    """The claims of the sentence and kind; the one that the correction names, when it is still among them."""
    found = [
        claim
        for claim in claims
        if claim.kind == correction.kind and sentence_hash(claim.sentence.text) == correction.sentence
    ]
    return [claim for claim in found if claim.id == correction.claim] or found


def _corrected(claim: Claim, correction: Correction, place_of: PlaceOf) -> Claim:
    by = f"by {correction.name}: {correction.reason}"
    match correction.action:
        case "move":
            return replace(claim, locations=tuple(_moved(claim, correction, place_of, by)))
        case "redate":
            told = f"Set {by}"
            date = Period.unknown(told) if correction.to is None else Period.iso(str(correction.to), told)
            return replace(claim, event_date=date)
        case "rekind":
            return replace(claim, kind=str(correction.to), because=f"Set {by}")
    return claim


def _moved(claim: Claim, correction: Correction, place_of: PlaceOf, by: str) -> Iterator[Location]:
    """The claim's locations with the one that is meant in its new place, or left out when it is no place."""
    place = None if correction.to is None else place_of(int(correction.to))
    if correction.to is not None and place is None:
        raise ValueError(f"the gazetteer has no place {correction.to}")
    found = False
    for location in claim.locations:
        if (location.place.id if location.place else None) != correction.moved_from or location.role == "mention":
            yield location
            continue
        found = True
        if place is not None:
            role = correction.role or location.role
            yield replace(location, place=place, role=role, score=1.0, because=f"Moved {by}")
    if not found and place is not None:
        start = claim.sentence.span.start
        yield Location(
            Toponym(Span(start, start), 1.0),
            place,
            correction.role or "happened_at",
            1.0,
            (),
            f"Placed {by}",
            f"Said {by}",
        )


def _with(reading: Reading, old: Claim, new: Claim) -> Reading:
    """The reading with one claim in place of another."""
    if new is old:
        return reading
    claims = tuple(new if claim is old else claim for claim in reading.claims)
    return replace(reading, claims=claims, kinds=_kinds(reading, old.kind, claims))


def _without(reading: Reading, rejected: set[str]) -> Reading:
    claims = tuple(claim for claim in reading.claims if claim.id not in rejected)
    if len(claims) == len(reading.claims):
        return reading
    for claim in reading.claims:
        if claim.id in rejected:
            reading = replace(reading, kinds=_kinds(reading, claim.kind, claims))
    return replace(reading, claims=claims)


def _kinds(reading: Reading, gone: str, claims: Sequence[Claim]) -> tuple[tuple[str, ...], ...]:
    """The kinds of each sentence after one kind of claim changed: those judged, but for claims that are no more."""
    of: dict[Span, set[str]] = {}
    had = {claim.sentence.span for claim in reading.claims if claim.kind == gone}
    for claim in claims:
        of.setdefault(claim.sentence.span, set()).add(claim.kind)
    return tuple(
        tuple(sorted(({*kinds} - ({gone} if s.span in had else set())) | of.get(s.span, set())))
        for s, kinds in zip(reading.sentences, reading.kinds, strict=True)
    )
