"""The ground of an event: the exact words of a sentence that name where what a verb says happened.

Candidates are the finder's place names, cut to the name itself ("Sampleton township" is Sampleton), and other
capitalised names, for a crossroads or a school is no toponym and still a ground. Each is weighed by how it hangs on the
verb (scenes.py) and by what stands around it; weights in grounds_weights.toml, learned by ``geo.claims.ground_training``.

This answers for any verb of any sentence. The markers of claims use its belief for the words of a claimed event, with
better odds, for a claim names its place more often than any verb does (venues.py).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from geo.claims.readings import Name, name_at, use
from geo.claims.scenes import signs
from geo.claims.words import table
from geo.places.gazetteer import Gazetteer
from geo.places.place import Place, Toponym
from geo.text.span import Span

Weighed = tuple[float, Name]

IN = re.compile(
    r"[\"'’]?(?:\s[\w-]+)?(?:,|,?\s(?:in|of|on|at|near|outside|inside))\s(?:[\w'’-]+\s){0,4}|['’]s\s(?:[\w-]+\s){0,3}"
)
"""Between a place and the larger one around it."""
LIST = re.compile(
    r"(?:\s(?:city|town|village|district|province|area|region)s?)?(?:,|,? and|,? or|,? as well as)\s"
    r"(?:the |in |to |at |nearby |town of |city of |villages? of ){0,2}"
)
"""Between two places of a list."""
FAR = 40
"""Characters beyond which names no longer stand side by side."""


def grounds(verb: Token, toponyms: Sequence[Toponym]) -> list[Name]:
    """The names of where the verb's event happened, in text order; mostly one, often none."""
    names = candidates(verb.doc, toponyms)
    return chosen([(belief(verb, name, names), name) for name in names])


def belief(verb: Token, name: Name, names: Sequence[Name]) -> float:
    """How probable it is (0..1) that what the verb says happened at this name."""
    weights = learned()
    total = sum(weights.get(sign, 0.0) for sign in all_signs(verb, name, names))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def learned() -> Mapping[str, float]:
    """Sign -> log-odds."""
    return dict(table("grounds_weights")["weights"])


def candidates(doc: Doc, toponyms: Sequence[Toponym]) -> list[Name]:
    """Every name that may be a ground, in text order; they may overlap."""
    told = {trimmed(doc.text, t.span): t.metonymy for t in toponyms}
    found = {span: told.get(span) for span in (*told, *runs(doc)) if len(span) > 0}
    names = (name_at(doc, span, known(span.of(doc.text)), found[span]) for span in sorted(found))
    return [name for name in names if name is not None]


def known(words: str) -> Place | None:
    return next(iter(Gazetteer.shared().named(words)), None)


def trimmed(text: str, span: Span) -> Span:
    """A name without blanks, quotation marks, small words before it and kind words after it."""
    words = [Span(m.start() + span.start, m.end() + span.start) for m in re.finditer(r"[^\s'‘’\"“”`]\S*", span.of(text))]
    small = frozenset(table("grounds")["kinds"])
    while len(words) > 1 and words[-1].of(text) in small:
        words.pop()
    while len(words) > 1 and words[0].of(text)[0].islower() and "-" not in words[0].of(text):
        words.pop(0)
    if not words:
        return Span(span.start, span.start)
    end = words[-1].end - (len(words[-1]) - len(words[-1].of(text).rstrip("'‘’\"“”`.,")))
    return Span(words[0].start, max(end, words[0].start))


def runs(doc: Doc) -> Iterator[Span]:
    """Capitalised words in a row, with the particles between them."""
    i = 0
    while i < len(doc):
        if not capital(doc[i]) or doc[i].pos_ == "PRON" or (i == 0 and doc[i].pos_ != "PROPN"):
            i += 1
            continue
        last = i
        while (step := following(doc, last)) is not None:
            last = step
        first = i
        while first > 0 and doc[first - 1].lower_ in particles() and not doc[first - 1].whitespace_:
            first -= 1
        yield trimmed(doc.text, Span(doc[first].idx, doc[last].idx + len(doc[last])))
        i = last + 1


def following(doc: Doc, last: int) -> int | None:
    """The token up to which a name goes on after its token ``last``; ``None`` where it ends."""
    if last + 1 >= len(doc):
        return None
    after = doc[last + 1]
    if capital(after) and after.pos_ != "PRON":
        return last + 1
    joint = after.text in frozenset(table("grounds")["joints"])
    if (after.lower_ in particles() or (joint and not doc[last].whitespace_)) and last + 2 < len(doc):
        if capital(doc[last + 2]):
            return last + 2
        if doc[last + 2].lower_ in particles() and last + 3 < len(doc) and capital(doc[last + 3]):
            return last + 3
    return last + 1 if after.is_digit and doc[last].pos_ == "PROPN" else None


def capital(token: Token) -> bool:
    return token.text.lstrip("'‘’\"“`")[:1].isupper()


@cache
def particles() -> frozenset[str]:
    return frozenset(table("grounds")["particles"])


def all_signs(verb: Token, name: Name, names: Sequence[Name]) -> set[str]:
    """The signs of scenes.py and what stands around the name and the verb."""
    rivals = [n for n in names if n.place is not None] or names
    return signs(verb, name, use(name), rivals) | set(around(name)) | set(of_verb(verb))


def around(name: Name) -> Iterator[str]:
    """What kind of name it is, and the words beside it."""
    doc = name.head.doc
    inside = [t for t in doc if t.idx < name.span.end and t.idx + len(t) > name.span.start]
    kinds = frozenset(table("grounds")["kinds"])
    yield f"named {name.head.ent_type_ or 'nothing'}"
    yield f"{min(len(inside), 5)} words long"
    if name.metonymy is not None:
        yield f"government {int(name.metonymy * 5)} of 5"
    if inside[-1].lower_ in kinds:
        yield "ends in what it is"
    if any(t.is_digit for t in inside):
        yield "with a number"
    after = doc[inside[-1].i + 1] if inside[-1].i + 1 < len(doc) else None
    if after is not None:
        yield f"before {after.pos_}"
        if after.lower_ in kinds:
            yield "before what it is"
            yield f"before {after.lower_}"
        if after.text in {"'s", "’s", "'"}:
            yield "owner"
    before = doc[inside[0].i - 1] if inside[0].i > 0 else None
    if before is not None:
        yield f"after {before.pos_}"
        if before.lower_ == "of" and before.i > 0 and doc[before.i - 1].lower_ in kinds:
            yield "after what it is"


def of_verb(verb: Token) -> Iterator[str]:
    """How the verb stands in its sentence."""
    yield f"verb as {verb.tag_}"
    yield f"verb is {verb.dep_}"
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "aux", "auxpass", "neg", "agent"}:
            yield f"verb has {child.dep_}"
        if child.dep_ in {"nsubj", "nsubjpass"}:
            yield f"verb of {child.ent_type_ or child.pos_}"
        if child.dep_ == "aux" and child.tag_ in {"MD", "TO"}:
            yield "verb only thought of"
        if child.dep_ == "prep":
            yield f"verb followed by {child.lower_}"
        if child.dep_ == "npadvmod" or child.ent_type_ in {"DATE", "TIME"}:
            yield "verb dated"


def chosen(weighed: Sequence[Weighed], least: float | None = None) -> list[Name]:
    """The best name, or the smaller place right before it; those in a list with it; and others that are sure.

    ``least`` is the belief from which a name counts at all; that of grounds.toml unless given.
    """
    limits = table("grounds")
    kept = apart(weighed)
    if not kept or kept[0][0] < (limits["least"] if least is None else least):
        return []
    best = kept[0][1]
    smaller = [(p, n) for p, n in kept if p >= limits["beside"] and stands(n, best, IN) and not stands(n, best, LIST)]
    found = [max(smaller, key=lambda one: (one[0], -one[1].span.start))[1] if smaller else best]
    for p, name in kept:  # the rest of a list
        listed = any(stands(name, other, LIST) or stands(other, name, LIST) for other in found)
        if name not in found and listed and p >= limits["beside"] / 2:
            found.append(name)
    for p, name in kept:
        if p >= limits["sure"] and name not in found and not any(stands(other, name, IN) for other in found):
            found.append(name)
    return sorted(found, key=lambda name: name.span)


def apart(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The likeliest of names that overlap, the likeliest first."""
    kept: list[Weighed] = []
    for p, name in sorted(weighed, key=lambda one: (-one[0], one[1].span.start, one[1].span.end)):
        if not any(name.span.overlaps(other.span) for _, other in kept):
            kept.append((p, name))
    return kept


def stands(first: Name, second: Name, between: re.Pattern[str]) -> bool:
    """Whether one name stands before another with these words between."""
    gap = first.head.doc.text[first.span.end : second.span.start] if first.span.end <= second.span.start else None
    return gap is not None and len(gap) <= FAR and between.fullmatch(gap) is not None
