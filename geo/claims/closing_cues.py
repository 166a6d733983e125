"""Attributions that stand between commas or close a sentence: "..., a driver who saw it pass told the paper on Sunday."

The words are plain where the parse goes astray: a comma, somebody, a verb of speaking, and hardly anything behind it. Who
speaks may have a clause of his own ("who asked not to be named") or a title set behind the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, Force, listed, verbs
from geo.claims.clauses import VERBAL, phrase, segment, span_of
from geo.claims.reach import clean
from geo.claims.sayers import speaks
from geo.claims.words import table
from geo.text.span import Span

LONGEST_TAIL = 26
"""Tokens of a speaker, with a clause or a title behind, between the comma and the verb that close a sentence."""
LONGEST_INSET = 7
"""Tokens of a speaker and a verb between two commas."""
SHORT_TAIL = 9
"""Tokens after such a verb: a day, a place, whom it was told."""
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SPOKEN: tuple[Force, ...] = ("neutral", "claim", "accuse")


def by_tail(doc: Doc) -> Iterator[Attribution]:
    """ "..., the governor of X charged on Tuesday": somebody and a verb of speaking that close what is said."""
    for verb in doc:
        if verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP") or verb.i < 4:
            continue
        part = segment(doc, verb.idx)
        after = [t for t in doc[verb.i + 1 :] if t.idx < part.end and not t.is_punct]
        if len(after) > SHORT_TAIL or any(t.tag_ in FINITE or t.dep_ == "agent" for t in after):
            continue
        force = spoken(verb)
        found = closing(verb, part) if force is not None or verb.lemma_.lower() in listed("showing") else None
        if found is None:
            continue
        comma, name = found
        head = head_of(name)
        if head is None or not speaks(head):
            continue
        if force is None and head.lemma_.lower() not in listed("bearers"):
            continue
        left = [t for t in doc[:comma] if t.idx >= part.start]
        if any(t.pos_ in VERBAL and t.dep_ not in ("acl", "amod", "relcl", "advcl") for t in left):
            scope = (Span(part.start, doc[comma].idx),)
            yield Attribution(force or "neutral", span_of([verb]), named_in(head, name), scope, None, head.i)


def closing(verb: Token, part: Span) -> tuple[int, list[Token]] | None:
    """The comma after what is said, and the tokens of the speaker between it and the verb."""
    doc = verb.doc
    commas = [t.i for t in doc[: verb.i] if t.text == "," and t.idx >= part.start and verb.i - t.i <= LONGEST_TAIL]
    for comma in reversed(commas):
        name = list(doc[comma + 1 : verb.i])
        while name and (
            name[-1].pos_ in ("ADV", "AUX") or name[-1].ent_type_ in ("DATE", "TIME") or name[-1].lower_ == "on"
        ):
            name.pop()
        if (
            not name
            or name[0].pos_ in ("ADP", "SCONJ", "CCONJ", "ADV", "PUNCT")
            or name[0].tag_ in ("VBG", "VBN", "WP", "WDT")
        ):
            continue
        if name[-1].text == ",":  # a title closed by a comma: the name stands before it
            title = next((t.i for t in reversed(name[:-1]) if t.text == ","), None)
            if title is None or not is_name(list(doc[comma + 1 : title])):
                continue
            return comma, list(doc[comma + 1 : title])
        if bare(name) or with_clause(name):
            return comma, name
    return None


def is_name(tokens: list[Token]) -> bool:
    """Whether words between two commas are somebody's name: "Fr. Edwin Lagura"; a place's name is a title's end."""
    letters = [t for t in tokens if any(sign.isalpha() for sign in t.text)]
    proper = [t for t in letters if t.pos_ == "PROPN" or t.is_title or t.lower_ in {"al", "de", "bin", "van", "von"}]
    people = any(t.ent_type_ == "PERSON" for t in tokens)
    return len(proper) == len(letters) > 0 and (people or len(proper) > 1)


def bare(name: list[Token]) -> bool:
    """A noun phrase with no verb and no comma in it."""
    return not any(t.text == "," or t.tag_ in FINITE or t.pos_ == "SCONJ" for t in name)


def with_clause(name: list[Token]) -> bool:
    """A noun phrase with one clause of its own: "a driver who saw it pass", "two former guerrillas I spoke with"."""
    at = next((i for i, t in enumerate(name) if t.tag_ in FINITE), None)
    if at is None:
        return not any(t.pos_ == "SCONJ" for t in name) and name[0].pos_ in ("DET", "NUM", "NOUN", "PROPN", "ADJ", "PRON")
    before = name[:at]
    opened = next((i for i, t in enumerate(before) if t.lower_ in RELATIVE and i > 0), None)
    contact = next((i for i, t in enumerate(before) if t.lower_ in ("i", "we") and i > 0), None)
    start = opened if opened is not None else contact
    return start is not None and all(t.pos_ not in VERBAL for t in name[:start])


def head_of(name: list[Token]) -> Token | None:
    """The noun that the words before a relative clause or a preposition hang on."""
    first: list[Token] = []
    for token in name:
        if first and (
            token.lower_ in RELATIVE or token.text == "," or token.pos_ == "ADP" or token.tag_ in ("VBG", "VBN", "PRP")
        ):
            break
        first.append(token)
    nouns = [t for t in first if t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")]
    return nouns[-1] if nouns and nouns[-1].pos_ != "ADJ" else None


def named_in(head: Token, name: list[Token]) -> Span:
    """The speaker's words: from the first to the head, and what the head's phrase adds behind it."""
    whole = phrase(head)
    start, last = name[0].idx, name[-1].idx + len(name[-1])
    return Span(start, max(head.idx + len(head), min(whole.end, last)))


def by_inset(doc: Doc) -> Iterator[Attribution]:
    """ "The two men, detectives suspect, sold rifles": a noun and a verb between commas, however they are tagged."""
    commas = [t.i for t in doc if t.text == ","]
    for opens, closes in pairwise(commas):
        inset = within(list(doc[opens + 1 : closes]))
        if not 2 <= len(inset) <= LONGEST_INSET:
            continue
        verb, who = inset[-1], inset[-2]
        lemma = next((form for form in forms_of(verb) if form in verbs() or form in beside()), None)
        force = verbs().get(lemma, "neutral") if lemma is not None else None
        if force is None or force == "deny" or who.pos_ not in ("NOUN", "PROPN", "PRON") or not speaks(who):
            continue
        if verb.pos_ in ("VERB", "AUX") or plural_or_name(who):
            if inset[0].pos_ in ("ADP", "SCONJ", "CCONJ", "ADV") or any(t.pos_ in VERBAL for t in inset[:-1]):
                continue
            part = segment(doc, verb.idx)
            stretches = [Span(part.start, doc[opens].idx), Span(doc[closes].idx, part.end)]
            scope = clean(doc, stretches, part, trailing=True)
            yield Attribution(force, span_of([verb]), span_of(inset[:-1]), scope, None, who.i)


def within(inset: list[Token]) -> list[Token]:
    """The words between two commas up to the verb, without where or when it was said: "..., X wrote in May, ..."."""
    for at in range(len(inset) - 1, 0, -1):
        if inset[at].pos_ in VERBAL and spoken(inset[at]) is not None:
            rest = inset[at + 1 :]
            aside = not rest or rest[0].pos_ == "ADP" or rest[0].ent_type_ in ("DATE", "TIME")
            return inset[: at + 1] if aside and not any(t.tag_ in FINITE for t in rest) else inset
    return inset


def spoken(verb: Token) -> Force | None:
    """The force of a verb beside what is said."""
    lemma = verb.lemma_.lower()
    force = verbs().get(lemma) or ("neutral" if lemma in beside() or lemma == "hear" else None)
    return force if force in SPOKEN else None


def forms_of(verb: Token) -> tuple[str, ...]:
    """What the lemma of a word may be, if it is a verb: the tagger's, the word, and the word without its "s"."""
    return (verb.lemma_.lower(), verb.lower_, verb.lower_.removesuffix("s"))


def plural_or_name(who: Token) -> bool:
    return who.tag_ in ("NNS", "NNPS", "NNP", "PRP")


def beside() -> frozenset[str]:
    """Verbs that tell of speaking beside what is said, though not with a thing."""
    lists = table("voices")["verbs"]
    return frozenset(lists["parenthetical"]) | frozenset(lists["embedding"]) | frozenset(lists["finding"])
