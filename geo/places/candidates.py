"""The names of a document gathered into groups, each with the places it could mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from geo.places.context import Hint
from geo.places.gazetteer import Match
from geo.places.place import Place
from geo.places.vocabulary import Vocabulary

MOST = 40  # candidates kept of one name, best prior first; more help nobody and cost time
TOGETHER = 1200  # candidates of one document that are compared each with each; nearly every article has fewer
NATURE = ("water", "land", "site", "region")
KIND_WORDS = {"district": ("County", "District"), "province": ("Province", "State")}


class Names(Protocol):
    """What the resolver asks of a gazetteer; `geo.places.gazetteer.Gazetteer` is one."""

    def matches(self, name: str) -> tuple[Match, ...]: ...

    def suggested(self, name: str) -> tuple[Match, ...]: ...

    def parents(self, place: Place) -> tuple[Place, ...]: ...

    def feature(self, place: Place) -> str: ...

    def country(self, code: str) -> Place | None: ...

    def demonym(self, word: str) -> Place | None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name could mean.

    ``rank`` counts from 0 in the gazetteer's own order; ``whole`` says whether the whole surface named it and not only
    its core ("Herat city" names Herat by its core); ``how`` is how the name fits ("name", "alternate", "bare", "loose",
    "demonym" for "Afghan", or "part" for the Manila of "Manila Cathedral"), ``feature`` GeoNames' code of its kind.
    """

    place: Place
    rank: int
    whole: bool
    how: str
    feature: str


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of one name that the text treats alike: same words, same told kind, same told parent.

    ``members`` are the numbers of the mentions, ``hints`` what the text says of each.
    """

    members: tuple[int, ...]
    hints: tuple[Hint, ...]
    candidates: tuple[Candidate, ...]

    @property
    def hint(self) -> Hint:
        """What the text says of the first of them."""
        return self.hints[0]

    @property
    def core(self) -> str:
        return self.hint.core.casefold()


def grouped(hints: Sequence[Hint], names: Names) -> list[Group]:
    """The groups in the order of their first mention. A group without candidates stays, empty."""
    members: dict[tuple[str, str | None, str], list[int]] = {}
    for i, hint in enumerate(hints):
        parent = (
            hints[hint.parent].core.casefold() if hint.parent is not None and hint.link in ("comma", "brackets") else ""
        )
        members.setdefault((hint.name.casefold(), hint.kind, parent), []).append(i)
    found: dict[tuple[str, str, str | None], tuple[Candidate, ...]] = {}
    groups: list[Group] = []
    for numbers in members.values():
        hint = hints[numbers[0]]
        key = (hint.name, hint.core, hint.kind)
        if key not in found:
            found[key] = candidates(hint, names)
        groups.append(Group(tuple(numbers), tuple(hints[i] for i in numbers), found[key]))
    return groups


def blocks(groups: Sequence[Group]) -> Iterator[list[Group]]:
    """The groups cut into stretches whose candidates can be compared each with each in bounded memory."""
    block: list[Group] = []
    size = 0
    for group in groups:
        if block and size + len(group.candidates) > TOGETHER:
            yield block
            block, size = [], 0
        block.append(group)
        size += len(group.candidates)
    if block:
        yield block


def candidates(hint: Hint, names: Names) -> tuple[Candidate, ...]:
    """Every place the name could mean: the whole surface's first, then its core's, then those of core and kind word.

    A name that nothing bears stands for the places inside it ("Manila Cathedral"). One that a river, a mountain or a site
    bears as a whole is not also looked for by its core: "Lake Ontario" is no Ontario.
    """
    out: dict[int, Candidate] = {}
    folk = names.demonym(hint.name)
    if folk is not None:
        out[folk.id] = Candidate(folk, 0, True, "demonym", names.feature(folk))
    _add(out, names.matches(hint.name), True, names)
    if not _borne(hint, out.values()):
        if hint.core != hint.name:
            _add(out, names.matches(hint.core), False, names)
        for word in KIND_WORDS.get(hint.kind or "", ()):
            _add(out, names.matches(f"{hint.core} {word}"), True, names)
    if not out:
        first, _, rest = hint.name.partition(" ")  # "Al Hudaydah" when the gazetteer has no article before it
        _add(out, names.matches(rest) if first.lower() in Vocabulary.shared().articles else (), True, names)
    if not out:
        _add(out, _within(hint.name, names) or names.suggested(hint.name), True, names)
    return tuple(out.values())[: MOST + 10]


def _add(out: dict[int, Candidate], matches: Sequence[Match], whole: bool, names: Names) -> None:
    for match in matches[:MOST]:
        if match.place.id not in out:
            out[match.place.id] = Candidate(match.place, len(out), whole, match.how, names.feature(match.place))


def _within(name: str, names: Names) -> tuple[Match, ...]:
    """For a name that says where it lies ("Norfolk, Nebraska"), the places of that name that do."""
    head, comma, tail = name.partition(", ")
    holders = {match.place.id for match in names.matches(tail)} if comma else set()
    if not holders:
        return ()
    return tuple(m for m in names.matches(head) if holders & {above.id for above in names.parents(m.place)})


def _borne(hint: Hint, found: Iterable[Candidate]) -> bool:
    """Whether a part of nature or a site bears the whole name, kind word included."""
    if hint.kind not in NATURE or hint.core == hint.name:
        return False
    return any(c.how in ("name", "alternate") and c.place.kind in NATURE for c in found)
