"""Signs: the constructions in a parsed sentence that speak for or against a kind of claim.

A sign is data (``kinds.toml``): a group of words for its head and conditions on the words around it. This module gives
the conditions their meaning. It knows grammar and no kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Token

from geo.text.span import Span

FAR = 40
"""Words below another that are looked at, so that a runaway parse stays cheap."""
_SAME = str.maketrans("İıſ", "iis")  # what an expression for any case takes for one letter, and `lower` does not
_CAPITALS = re.compile(r"(?<!\\)[A-Z](?!<)")
"""A capital that an expression asks for, not one of its signs: an idiom without any is looked for in the text in small
letters, which takes half the time that any case takes."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words alike for our purpose: lemmas or written forms, entity labels ("@GPE") and tag beginnings ("#NN")."""

    words: frozenset[str]
    entities: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    clause: bool = False

    def __contains__(self, token: Token) -> bool:
        return (
            token.lemma_.lower() in self.words
            or token.lower_ in self.words
            or token.ent_type_ in self.entities
            or bool(self.tags and token.tag_.startswith(self.tags))
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """One construction: its name, what it tells the reader, and how it is found.

    With ``after`` it only counts where one of that many sentences before claims the kind: "Russia denies it too".
    """

    name: str
    says: str
    head: Group | None = None
    pos: frozenset[str] = frozenset()
    where: tuple[tuple[str, Group], ...] = ()
    unless: tuple[tuple[str, Group], ...] = ()
    idiom: re.Pattern[str] | None = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign found in a sentence, at ``words``, the spans that show it."""

    sign: Sign
    words: tuple[Span, ...] = field(default=())


def seen(doc: Doc | Held, signs: Sequence[Sign]) -> list[Seen]:
    """Each sign that a parsed sentence shows, once, at its first place. Whoever asks often gives what it holds."""
    held = doc if isinstance(doc, Held) else Held.of(doc)
    out = []
    for sign in signs:
        words = _idiom(held, sign.idiom) if sign.idiom is not None else _construction(held, sign)
        if words is not None:
            out.append(Seen(sign, words))
    return out


@dataclass(frozen=True, slots=True)
class Held:
    """What a sentence holds: where each lemma or written form, entity label and tag stands. Of the many signs only the
    few whose head is there are looked at. ``small`` is the text in small letters, as long as the text."""

    doc: Doc
    text: str
    small: str
    words: Mapping[str, Sequence[int]]
    entities: Mapping[str, Sequence[int]]
    tags: Mapping[str, Sequence[int]]

    @staticmethod
    def of(doc: Doc) -> Held:
        words: defaultdict[str, list[int]] = defaultdict(list)
        entities: defaultdict[str, list[int]] = defaultdict(list)
        tags: defaultdict[str, list[int]] = defaultdict(list)
        for i, token in enumerate(doc):
            for word in {token.lemma_.lower(), token.lower_}:
                words[word].append(i)
            entities[token.ent_type_].append(i)
            tags[token.tag_].append(i)
        text = doc.text
        return Held(doc, text, text.translate(_SAME).lower(), words, entities, tags)

    def all(self, group: Group) -> list[Token]:
        """Every word of the group, in text order."""
        at: set[int] = set()
        for word in self.words.keys() & group.words:
            at.update(self.words[word])
        for label in self.entities.keys() & group.entities:
            at.update(self.entities[label])
        if group.tags:
            at.update(i for tag, places in self.tags.items() if tag.startswith(group.tags) for i in places)
        return [self.doc[i] for i in sorted(at)]


def _idiom(held: Held, pattern: re.Pattern[str]) -> tuple[Span, ...] | None:
    match = pattern.search(held.text if pattern.flags & re.IGNORECASE else held.small)
    return (Span(*match.span()),) if match else None


def _construction(held: Held, sign: Sign) -> tuple[Span, ...] | None:
    assert sign.head is not None
    for token in held.all(sign.head):
        if sign.pos and token.pos_ not in sign.pos:
            continue
        shown = [token]
        for relation, group in sign.where:
            other = RELATIONS[relation](token, group)
            if other is None:
                break
            shown.append(other)
        else:
            if not any(RELATIONS[relation](token, group) is not None for relation, group in sign.unless):
                return tuple(Span(one.idx, one.idx + len(one)) for one in dict.fromkeys(shown))
    return None


# The relations. Each takes a word and a group and gives the related word of that group, or None.


def _first(tokens: Iterator[Token] | Sequence[Token], group: Group) -> Token | None:
    return next((token for token in tokens if token in group), None)


def _objects(token: Token) -> Iterator[Token]:
    """What is done, given, or (in the passive) undergone, with what is joined to it and its compounds."""
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass", "dative", "attr", "oprd"):
            yield from _with_joined(child)
        elif child.dep_ == "prep" and child.lower_ in ("with", "of", "to", "for"):
            for grandchild in child.children:
                yield from _with_joined(grandchild)
    if token.dep_ == "conj" and not any(child.dep_ == "dobj" for child in token.children):
        return
    if token.dep_ in ("relcl", "acl") and token.tag_ == "VBN":
        yield token.head


def _with_joined(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ in ("conj", "compound", "appos", "nmod", "amod"):
            yield from _with_joined(child)
        elif child.dep_ == "prep" and child.lower_ == "of":  # "crates of rifles": the rifles are sent as well
            for measured in child.children:
                yield from _with_joined(measured)


def _object(token: Token, group: Group) -> Token | None:
    """What the verb acts on. A verb joined to another shares its object ("funding and arming the rebels")."""
    if group.clause:
        return next((child for child in token.children if child.dep_ in ("ccomp", "xcomp")), None)
    found = _first(_objects(token), group)
    if found is None:
        for other in token.conjuncts:
            if other.i > token.i and (found := _first(_objects(other), group)) is not None:
                return found
    return found


def _subject(token: Token, group: Group) -> Token | None:
    """Who does it; a joined or dependent verb takes the subject of the verb above."""
    for _ in range(4):
        for child in token.children:
            if child.dep_ in ("nsubj", "nsubjpass", "agent"):
                return _first(_below_tokens(child), group)
        if token.dep_ == "acl" and token.head.i != token.i:
            return _first(_below_tokens(token.head), group)
        if token.head.i == token.i or token.dep_ not in ("conj", "xcomp", "acomp", "advcl", "ccomp"):
            return None
        token = token.head
    return None


def _below_tokens(token: Token) -> Iterator[Token]:
    for count, below in enumerate(token.subtree):
        if count > FAR:
            return
        yield below


def _below(token: Token, group: Group) -> Token | None:
    return next((below for below in _below_tokens(token) if below.i != token.i and below in group), None)


def _above(token: Token, group: Group) -> Token | None:
    """The verb (or noun) that governs a noun, through prepositions, "series of" and what it is joined to."""
    head = token
    for _ in range(4):
        if head.head.i == head.i:
            return None
        head = head.head
        if head in group:
            return head
        if head.pos_ in ("VERB", "AUX") and not head.dep_.startswith("aux"):
            return next((child for child in head.children if child.dep_ == "prt" and child in group), None)
    return None


def _around(token: Token, group: Group) -> Token | None:
    """Below the word, or its subject."""
    return _below(token, group) or _subject(token, group)


def _sentence(token: Token, group: Group) -> Token | None:
    return next((other for other in token.doc if other.i != token.i and other in group), None)


def _child(token: Token, group: Group) -> Token | None:
    return _first(list(token.children), group)


def _modified(token: Token, group: Group) -> Token | None:
    """An adjective, compound or possessive before the noun, or the noun it is itself a compound of."""
    found = next(
        (below for below in token.subtree if below.i < token.i and below.i >= token.i - 5 and below in group), None
    )
    return found or (token.head if token.dep_ == "compound" and token.head in group else None)


def _around_word(token: Token, group: Group) -> Token | None:
    """A word of the group just before or after."""
    near = (token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc))
    return next((other for other in near if other in group), None)


def _shows(token: Token, group: Group) -> Token | None:
    """A direct object of its own: who "demonstrates a howitzer" shows it, who demonstrates protests."""
    return next((child for child in token.children if child.dep_ == "dobj" and child in group), None)


def _next(token: Token, group: Group) -> Token | None:
    return token.nbor() if token.i + 1 < len(token.doc) and token.nbor() in group else None


def _in(token: Token, group: Group) -> Token | None:
    return token if token in group else None


def _passive(token: Token, group: Group) -> Token | None:
    """The verb in the passive: "was met with anger"."""
    return next((child for child in token.children if child.dep_ in ("auxpass", "nsubjpass")), None)


def _modifier(token: Token, group: Group) -> Token | None:
    """A participle that only describes a noun: "armed men"."""
    return token if token.dep_ in ("amod", "compound") else None


def _month(token: Token, group: Group) -> Token | None:
    """March the month: capitalised, before or after a number, or in a date."""
    return token if token.text == "March" and (token.ent_type_ == "DATE" or token.i == 0) else None


def _body(token: Token, group: Group) -> Token | None:
    """Arms of a body: "his arms"."""
    return next(
        (
            child
            for other in token.children
            if other.lower_ == "arms"
            for child in other.children
            if child.dep_ == "poss" and child.tag_ == "PRP$"
        ),
        None,
    )


RELATIONS: Mapping[str, Callable[[Token, Group], Token | None]] = {
    "object": _object,
    "subject": _subject,
    "below": _below,
    "above": _above,
    "around": _around,
    "sentence": _sentence,
    "child": _child,
    "modified": _modified,
    "around word": _around_word,
    "shows": _shows,
    "next": _next,
    "in": _in,
    "passive": _passive,
    "modifier": _modifier,
    "march the month": _month,
    "object body": _body,
    "object of use": _above,
}


# From the tables of kinds.toml


def groups(table: Mapping[str, Any]) -> dict[str, Group]:
    """The groups of words, those they take in included. Raises ValueError on a group that is not there."""
    return {name: _group(table, name, ()) for name in table}


def _group(table: Mapping[str, Any], name: str, above: tuple[str, ...]) -> Group:
    if name not in table or name in above:
        raise ValueError(f"no such group of words, or one within itself: {name!r}")
    return _of_words(table[name]["is"], lambda other: _group(table, other, (*above, name)))


def _of_words(words: Sequence[str], other: Callable[[str], Group]) -> Group:
    taken = [other(word[1:]) for word in words if word.startswith("+")]
    return Group(
        frozenset(word for word in words if word[0] not in "+@#!").union(*(one.words for one in taken)),
        frozenset(word[1:] for word in words if word.startswith("@")).union(*(one.entities for one in taken)),
        tuple(word[1:] for word in words if word.startswith("#")) + tuple(tag for one in taken for tag in one.tags),
    )


def _filled(entry: Mapping[str, Any], known: Mapping[str, Group]) -> str:
    """The idiom with each "{group}" replaced by the group's words, plural or not."""

    def words(match: re.Match[str]) -> str:
        if match[1] not in known:
            raise ValueError(f"sign {entry['name']!r}: no such group of words: {match[1]!r}")
        return _either({form for word in known[match[1]].words for form in (word, f"{word}s")})

    return re.sub(r"\{([a-z_]+)\}", words, entry["idiom"])


def _either(words: set[str]) -> str:
    """An expression for any of the words, letter by letter: many times quicker than trying one word after another."""
    begun: defaultdict[str, set[str]] = defaultdict(set)
    for word in words - {""}:
        begun[word[0]].add(word[1:])
    parts = [re.escape(letter) + _either(rest) for letter, rest in sorted(begun.items())]
    whole = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
    return f"(?:{whole})?" if "" in words and parts else whole


def sign(entry: Mapping[str, Any], known: Mapping[str, Group]) -> Sign:
    """One entry of a kind's signs. Raises ValueError, naming the sign, on a relation or group that is not there."""
    after = int(entry.get("after", 0))
    if "idiom" in entry:
        idiom = _filled(entry, known)
        case = re.IGNORECASE if _CAPITALS.search(idiom) else re.NOFLAG
        return Sign(entry["name"], entry["says"], idiom=re.compile(idiom, case), after=after)

    def group(name: str) -> Group:
        if name.startswith("!"):
            return Group(frozenset(), clause=True)
        if not name or name.startswith("#"):
            return Group(frozenset(), tags=(name[1:],) if name else ())
        name = name.removeprefix("+")
        if name not in known:
            raise ValueError(f"sign {entry['name']!r}: no such group of words: {name!r}")
        return known[name]

    def conditions(key: str) -> tuple[tuple[str, Group], ...]:
        for relation, _ in entry.get(key, ()):
            if relation not in RELATIONS:
                raise ValueError(f"sign {entry['name']!r}: no such relation: {relation!r}")
        return tuple((relation, group(name)) for relation, name in entry.get(key, ()))

    head = entry["head"]
    heads = group(head) if isinstance(head, str) else Group(frozenset(head))
    return Sign(
        entry["name"],
        entry["says"],
        heads,
        frozenset(entry.get("pos", ())),
        conditions("where"),
        conditions("unless"),
        after=after,
    )
