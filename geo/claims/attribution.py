"""Attributions inside one sentence: which words name a speaker, which tell the force, and which stretch is what is said.

All spans count in the sentence. A rule is a function from a parsed sentence to the attributions it
sees; RULES lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from spacy.tokens import Doc, Token

from geo.claims.clauses import (
    QUOTES,
    SUBJECTS,
    VERBAL,
    agent,
    child,
    negated,
    phrase,
    said_after,
    said_before,
    segment,
    span_of,
    subject,
)
from geo.claims.words import table
from geo.text.span import Span

Force = Literal["neutral", "claim", "accuse", "deny", "alleged", "reported"]
"""The first four come from a speaker's verb or noun; the last two are hedges that name nobody."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """``cue`` gives ``scope`` to ``speaker`` (``None``: nobody is named) with a ``force``; ``via`` is the outlet told.

    ``head`` is the index of the token that names the speaker, ``None`` with ``speaker``.
    """

    force: Force
    cue: Span
    speaker: Span | None
    scope: tuple[Span, ...]
    via: Span | None = None
    head: int | None = None

    def covers(self, words: Span) -> bool:
        return any(stretch.contains(words) for stretch in self.scope)

    @property
    def width(self) -> int:
        return sum(len(stretch) for stretch in self.scope)


@cache
def verbs() -> dict[str, Force]:
    """Lemma of a verb of speaking -> its force."""
    return _by_force("verbs")


@cache
def nouns() -> dict[str, Force]:
    """Lemma of a noun for something said -> its force."""
    return _by_force("nouns")


def _by_force(name: str) -> dict[str, Force]:
    lists = table("voices")[name]
    forces: tuple[Force, ...] = ("neutral", "claim", "accuse", "deny")
    return {lemma: force for force in forces for lemma in lists[force]}


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """The regular expression (or the alternatives) at this place of voices.toml, any case."""
    value = table("voices")
    for key in path:
        value = value[key]
    return re.compile("|".join(value) if isinstance(value, list) else str(value), re.IGNORECASE)


def listed(key: str) -> frozenset[str]:
    """One of the word lists about objects of verbs."""
    return frozenset(table("voices")["objects"][key])


def outlet(words: str) -> bool:
    """Whether a phrase names a news outlet (and not just "reporters")."""
    last = words.split()[-1].lower().rstrip("s") if words.split() else ""
    return last not in table("voices")["outlets"]["nobody"] and pattern("outlets", "name").search(words) is not None


def by_verb(doc: Doc) -> Iterator[Attribution]:
    """ "X said that ...", "..., said X", "X accused Y of ...", "AFP was told by X", "X made clear that ..."."""
    for verb in doc:
        force = verbs().get(verb.lemma_.lower())
        if verb.lemma_ == "show" and (bearer := speaker_of(verb)) and bearer.lemma_.lower() in listed("bearers"):
            force = "neutral"  # "an affidavit shows", "…, records show"
        if (
            verb.lemma_ == "make"
            and (clear := child(verb, "ccomp", "acomp", "oprd")) is not None
            and clear.lower_ in {"clear", "known"}
        ):
            force = "neutral"
        if force is None or verb.pos_ not in VERBAL or verb.dep_ in {"amod", "compound"} or hearsay(verb):
            continue
        if verb.lemma_ in {"speak", "refer"} and not any(c.lower_ in {"of", "to"} for c in verb.children):
            continue
        who = speaker_of(verb)
        if who is None or not speaks(who) or (force == "accuse" and who.i > verb.i and agent(verb) is None):
            continue
        if force == "deny" and not denies(verb):
            continue
        via, hearers = told(verb)
        scope = said(verb, who, hearers, force)
        if not scope:
            continue
        if force == "deny" and negated(verb):
            force = "neutral"  # who does not deny it concedes it
        yield Attribution(force, span_of([verb]), phrase(who), scope, phrase(via) if via else None, who.i)


def hearsay(verb: Token) -> bool:
    """A passive without an agent ("is said to": see by_hedge), a bare participle, or "citing X"."""
    if agent(verb) is not None:
        return False
    if verb.lemma_ in {"quote", "cite"}:
        return verb.tag_ == "VBG"
    if any(c.dep_ == "auxpass" for c in verb.children):
        return True
    return verb.tag_ == "VBN" and not any(c.dep_ in {"aux", *SUBJECTS} for c in verb.children)


def speaker_of(verb: Token) -> Token | None:
    """Who speaks: the object of "quote", the noun set after or before the verb at the end, else the subject."""
    if verb.lemma_ in {"quote", "cite"}:
        return child(verb, "nsubjpass") if any(c.dep_ == "auxpass" for c in verb.children) else child(verb, "dobj")
    own = child(verb, *SUBJECTS)
    doc, beside = verb.doc, verb.doc[verb.i - 1] if verb.i else verb
    that = verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ == "that"
    astray = own is None or (own.i < beside.i and beside not in list(own.subtree))
    if that and astray and beside.pos_ in {"NOUN", "PROPN"}:
        return beside  # "media reports claim that ...", whatever the parser made of it
    if own is not None and own.i < verb.i and verb.lemma_.lower() in listed("hearer"):
        return said_before(verb) or subject(verb)  # what follows "told" is the hearer
    return said_after(verb) or said_before(verb) or subject(verb)


def speaks(who: Token) -> bool:
    """Whether a thing can speak: people, groups, organisations, and things that speak for them; not "the charge"."""
    if who.tag_ in {"WDT", "WP", "EX"} or who.lower_ in {"this", "that", "which"} or who.ent_type_ in {"DATE", "TIME"}:
        return False
    if who.pos_ == "NOUN" and nouns().get(who.lemma_.lower(), "neutral") != "neutral":
        return False
    return who.pos_ in {"PROPN", "PRON", "NOUN", "ADJ", "NUM", "DET", "X"}


def denies(verb: Token) -> bool:
    """Whether a verb of turning down is about something said ("rejected the charge") and not about an offer."""
    if verb.lemma_ not in table("voices")["verbs"]["refusing"]:
        return True
    if any(c.dep_ in {"ccomp", "oprd"} for c in verb.children):
        return True
    objects = [t for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "prep"} for t in (c, *c.children)]
    return any(t.lemma_.lower() in nouns() or t.lower_ in listed("said") for t in objects)


def told(verb: Token) -> tuple[Token | None, list[Token]]:
    """The outlet that was told, and all tokens of the hearers."""
    passive = agent(verb) is not None
    if verb.lemma_.lower() in {"speak", "talk"}:
        to = next((c for c in verb.children if c.lower_ in {"to", "with"}), None)
        hearers = [c for c in to.children if c.dep_ == "pobj"] if to is not None else []
    elif verb.lemma_.lower() in listed("hearer"):
        hearers = [c for c in verb.children if c.dep_ == ("nsubjpass" if passive else "dobj") or c.dep_ == "dative"]
        hearers = [c for c in hearers if c.i > verb.i or passive]
    elif verb.lemma_ in {"quote", "cite"}:
        hearers = [c for c in verb.children if c.dep_ == "nsubj"]
    else:
        hearers = []
    via = next((h for h in hearers if outlet(phrase(h).of(verb.doc.text))), None)
    return via, [t for h in hearers for t in h.subtree if t.dep_ not in {"ccomp", "relcl"}]


def said(verb: Token, who: Token, hearers: list[Token], force: Force) -> tuple[Span, ...]:
    """The stretches that are what is said: right of the cue, left of it, or both when it stands between commas."""
    doc, part = verb.doc, segment(verb.doc, verb.idx)
    end = verb.idx + len(verb)
    near = [t for t in who.subtree if verb.i < t.i or who.i < verb.i]
    frame = span_of(
        [
            verb,
            *([] if verb.dep_ in {"relcl", "acl"} and who.head != verb else near),
            *(t for t in hearers if t.i > verb.i),
        ]
    )
    frame = Span(lead(doc, frame.start), frame.end)
    frame = Span(max(frame.start, part.start), min(frame.end, part.end)) if frame.start < part.end else frame
    colon = next((t.idx + 1 for t in doc[verb.i + 1 :] if t.text == ":" and t.idx < part.end), None)
    if colon is not None:
        return clean(doc, [Span(colon, part.end)], part, trailing=False)
    if agent(verb) is not None and (object_ := child(verb, "nsubjpass")) is not None and object_ not in hearers:
        return clean(doc, [span_of(object_.subtree)], part, trailing=False)
    if who.i > verb.i and agent(verb) is None and verb.lemma_ not in {"quote", "cite"}:
        return clean(doc, [Span(part.start, verb.idx), *quoted_after(doc, frame.end)], part, trailing=True)
    right = [c for c in content(verb, who, hearers) if c.idx < part.end]
    clause = any(c.dep_ in {"ccomp", "xcomp"} or (c.dep_ in {"acl", "advcl"} and marked(c)) for c in right)
    if (
        commas(doc, Span(frame.start, past_date(doc, frame.end)))
        and not clause
        and (verb.dep_ != "relcl" or who.head == verb)
    ):
        return clean(doc, [Span(part.start, frame.start), Span(frame.end, part.end)], part, trailing=True)
    if right and (clause or force != "neutral" or not left_content(verb, frame, part)):
        start = max(min(c.left_edge.idx for c in right), end)
        return clean(doc, [Span(start, max(start, reach(verb, right, part)))], part, trailing=False)
    if left_content(verb, frame, part):
        return clean(doc, [Span(part.start, frame.start), *quoted_after(doc, end)], part, trailing=True)
    if (that := next((t for t in doc[verb.i + 1 :] if t.lower_ == "that" and t.dep_ == "mark"), None)) is not None:
        return clean(doc, [Span(that.idx, max(that.idx, part.end))], part, trailing=False)
    return clean(doc, quoted_after(doc, end), part, trailing=False)


def past_date(doc: Doc, end: int) -> int:
    """The end of a date that follows character ``end``: "X said on Monday, one week after …"."""
    for token in doc:
        if token.idx < end:
            continue
        if token.lower_ in {"on", "late", "early", "in"} or token.ent_type_ in {"DATE", "TIME"}:
            continue
        before = doc[token.i - 1] if token.i else token
        return max(end, before.idx + len(before))
    return end


def lead(doc: Doc, at: int) -> int:
    """Where the noun phrase before character ``at`` begins, back to its comma: ", the agency" before "Example said"."""
    start = at
    for token in reversed([t for t in doc if t.idx < at]):
        if token.text == ",":
            return start
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "DET"}:
            return at
        start = token.idx
    return at


def content(verb: Token, who: Token, hearers: list[Token]) -> list[Token]:
    """The children to the right of the verb that are what is said."""
    objects = listed("verbs")
    kept = []
    for c in verb.children:
        if c.i < verb.i or c in hearers or c == who or who in c.subtree:
            continue
        whole = c.dep_ in {"ccomp", "xcomp", "pcomp"} or (c.dep_ in {"advcl", "dep", "acl", "conj"} and marked(c))
        thing = (
            c.dep_ in {"dobj", "prep", "oprd"} and verb.lemma_.lower() in objects and c.ent_type_ not in {"DATE", "TIME"}
        )
        about = (c.dep_ == "prep" and c.lower_ in {"of", "about", "as"}) or (verb.lemma_ == "refer" and c.lower_ == "to")
        effect = verb.lemma_ in {"quote", "cite"} and c.dep_ == "prep"
        if (
            whole
            or (thing and not (c.dep_ == "prep" and c.lower_ in {"in", "at", "on", "by", "during"}))
            or about
            or effect
        ):
            kept.append(c)
    for hearer in hearers:  # "told the BBC that ...": the clause is sometimes hung on the hearer
        kept.extend(c for c in hearer.children if c.dep_ in {"ccomp", "acl", "relcl"} and marked(c))
    return kept


def marked(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def left_content(verb: Token, frame: Span, part: Span) -> bool:
    """Whether a clause stands before the attribution and can be what is said."""
    left = [t for t in verb.doc if part.start <= t.idx < frame.start]
    if any(c.dep_ == "ccomp" and c.i < verb.i and c.idx >= part.start for c in verb.children):
        return True
    closed = bool(left) and (left[-1].text == "," or left[-1].text[-1] in QUOTES)
    if closed and len(left) > 3 and not any(t.pos_ in VERBAL and t.idx < part.end for t in verb.doc[verb.i + 1 :]):
        return True  # "..., X told the gathering.": nothing comes after that could be what is said
    return closed and any(t.pos_ in VERBAL and t.dep_ not in {"advcl", "acl", "amod", "relcl"} for t in left)


def reach(verb: Token, right: list[Token], part: Span) -> int:
    """Where what is said ends: the part's end, unless the writer goes on with a subject of his own."""
    doc, last = verb.doc, max(c.right_edge.i for c in right)
    later = [t for t in doc[last + 1 :] if t.idx < part.end]
    for token in later:
        if token.dep_ in {"conj", "advcl"} and token.head == verb and any(c.dep_ in SUBJECTS for c in token.children):
            return token.left_edge.idx
    if any(t.pos_ in VERBAL and t.dep_ not in {"conj", "acl", "relcl"} for t in later):
        return doc[last].idx + len(doc[last])
    return part.end


def commas(doc: Doc, frame: Span) -> bool:
    """Whether the attribution stands between commas, in the middle of what is said."""
    before, after = doc.text[: frame.start].rstrip(), doc.text[frame.end :].lstrip()
    return before.endswith((",", *QUOTES)) and after.startswith((",", *QUOTES))


def quoted_after(doc: Doc, at: int) -> list[Span]:
    """From the quotation that opens after character ``at`` to the sentence's end."""
    opened = next(
        (t.idx for t in doc if t.idx >= at and t.text[0] in QUOTES and doc.text[t.idx + 1 : t.idx + 2].strip()), None
    )
    return [Span(opened, len(doc.text))] if opened is not None else []


def clean(doc: Doc, stretches: list[Span], part: Span, *, trailing: bool) -> tuple[Span, ...]:
    """Stretches that hold words; beyond a semicolon what is said goes on, to the left only of a trailing "he said"."""
    kept = [s for s in stretches if any(t.is_alpha for t in doc if s.start <= t.idx < s.end)]
    if kept and part.end < len(doc.text):
        kept.append(Span(part.end, len(doc.text)))
    if kept and trailing and part.start > 0:
        kept.insert(0, Span(0, part.start))
    return tuple(kept)


def by_according(doc: Doc) -> Iterator[Attribution]:
    """ "According to X, ..." and "..., according to X"."""
    for token in doc:
        if token.lower_ != "according" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
            continue
        noun = child(doc[token.i + 1], "pobj") or next(
            (t for t in doc[token.i + 2 :] if t.pos_ in {"NOUN", "PROPN", "PRON"}), None
        )
        if noun is None:
            continue
        comma = next((t.i for t in doc[noun.i + 1 :] if t.text == ","), len(doc)) if token.i < 2 else len(doc)
        frame = span_of([token, doc[token.i + 1], noun, *(t for t in noun.subtree if token.i < t.i < comma)])
        maker = next((t for t in noun.subtree if t.dep_ == "pobj" and t.head.dep_ == "agent"), None)
        if noun.lemma_.lower() in listed("bearers") | nouns().keys() and maker is not None:
            noun = maker  # "an announcement made by the ministry"
        if noun.tag_ == "WP":
            noun = next((t for t in reversed(doc[: token.i]) if t.pos_ in {"NOUN", "PROPN"}), noun)
        part = segment(doc, token.idx)
        stretches = [Span(part.start, max(part.start, frame.start)), Span(min(frame.end, part.end), part.end)]
        cue = Span(token.idx, doc[token.i + 1].idx + 2)
        yield Attribution(
            "neutral", cue, phrase(noun), clean(doc, stretches, part, trailing=frame.start > part.start + 2), None, noun.i
        )


def by_view(doc: Doc) -> Iterator[Attribution]:
    """ "In X's view, ..." and "in the words of X"."""
    for key in ("possessive", "of", "if_right"):
        for match in pattern("views", key).finditer(doc.text):
            part, who = segment(doc, match.start()), Span(*match.span("who"))
            inside = [t for t in doc if who.start <= t.idx < who.end and t.pos_ in {"NOUN", "PROPN", "PRON"}]
            if not inside:
                continue
            stretches = [Span(part.start, match.start()), Span(match.end(), max(match.end(), part.end))]
            if " words of " in match.group().lower() and match.start() > part.start + 2:
                stretches = quoted_after(doc, match.end()) or stretches  # only the quotation is in these words
            yield Attribution(
                "neutral", Span(*match.span()), who, clean(doc, stretches, part, trailing=False), None, inside[-1].i
            )


def by_noun(doc: Doc) -> Iterator[Attribution]:
    """ "The charge that ...", "media reports that ...", "allegations of ..."."""
    for noun in doc:
        force = nouns().get(noun.lemma_.lower()) or ("claim" if raised(noun) else None)
        if force is None or noun.pos_ != "NOUN":
            continue
        clauses = [
            c
            for c in noun.children
            if c.i > noun.i
            and (
                (c.dep_ in {"acl", "ccomp", "relcl"} and marked(c))
                or (c.dep_ == "prep" and c.lower_ == "of" and force != "neutral")
            )
        ]
        if not clauses:
            continue
        owner = next((c for c in noun.children if c.dep_ in {"poss", "nmod", "compound"} and c.i < noun.i), None)
        if owner is not None and owner.dep_ == "compound":
            owner = noun
        elif owner is None and noun.head.pos_ in VERBAL and noun.dep_ == "dobj" and (force == "neutral" or raised(noun)):
            owner = subject(noun.head)
        speaker = phrase(owner) if owner is not None else None
        if owner == noun and speaker is not None:
            speaker = Span(speaker.start, noun.idx + len(noun))
        scope = span_of([t for c in clauses for t in c.subtree])
        yield Attribution(force, span_of([noun]), speaker, (scope,), None, owner.i if owner is not None else None)


def raised(noun: Token) -> bool:
    """Whether a verb brings the noun up as something that may be so: "raised the possibility that"."""
    lists = table("voices")["nouns"]
    return noun.lemma_.lower() in lists["raised"] and noun.dep_ == "dobj" and noun.head.lemma_.lower() in lists["raising"]


def by_proof(doc: Doc) -> Iterator[Attribution]:
    """ "X has no proof that ...", "there is no evidence that ...": the clause is denied."""
    for noun in doc:
        if noun.lemma_.lower() not in table("voices")["nouns"]["proof"] or not any(
            c.lower_ == "no" for c in noun.children
        ):
            continue
        clauses = [c for c in noun.children if c.i > noun.i and c.dep_ in {"acl", "ccomp", "relcl", "prep"}]
        holder = subject(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ in VERBAL else None
        if clauses:
            scope = span_of([t for c in clauses for t in c.subtree])
            who = holder if holder is not None and speaks(holder) else None
            yield Attribution(
                "deny", span_of([noun]), phrase(who) if who else None, (scope,), None, who.i if who else None
            )


def by_bearer(doc: Doc) -> Iterator[Attribution]:
    """ "Marchers held a sign that reads ...": things that speak for those who hold them."""
    for noun in doc:
        if noun.lemma_.lower() not in listed("bearers") or noun.pos_ != "NOUN":
            continue
        verb = next((t for t in doc[noun.i + 1 :] if t.lemma_ in {"read", "say", "proclaim"} and t.pos_ == "VERB"), None)
        opened = quoted_after(doc, verb.idx) if verb is not None else []
        if verb is None or not opened:
            continue
        holder = subject(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ in VERBAL else None
        who = holder if holder is not None else noun
        yield Attribution("claim", span_of([verb]), phrase(who), tuple(opened), None, who.i)


def by_hedge(doc: Doc) -> Iterator[Attribution]:
    """ "Allegedly", "reportedly", "is said to", "the alleged payments": said, but by nobody in particular."""
    lists = table("voices")["hedges"]
    forces: tuple[Force, ...] = ("alleged", "reported")
    for token in doc:
        for force in forces:
            if token.lower_ in lists[f"{force}_adverbs"]:
                yield Attribution(force, span_of([token]), None, (span_of(clause_of(token.head)),))
            elif token.lower_ in lists[f"{force}_adjectives"] and token.dep_ == "amod":
                yield Attribution(force, span_of([token]), None, (span_of([token.head, *token.head.subtree]),))
            elif charged(token) and force == "alleged":
                yield Attribution(force, span_of([token]), None, (span_of([token.head, *token.subtree]),))
            elif token.lemma_.lower() in lists[f"{force}_passives"] and passive_hearsay(token):
                whole = [token.head] if token.dep_ == "acl" else []
                yield Attribution(force, span_of([token]), None, (span_of([*whole, *clause_of(token)]),))


def clause_of(verb: Token) -> list[Token]:
    """The verb with its own complements, without clauses coordinated to it that have a subject of their own."""
    dropped: set[int] = set()
    for c in verb.children:
        if c.dep_ == "conj" and any(g.dep_ in SUBJECTS or g.dep_ == "expl" for g in c.children):
            dropped.update(t.i for t in c.subtree)
    return [t for t in verb.subtree if t.i not in dropped] or [verb]


def charged(verb: Token) -> bool:
    """ "Four men accused of bringing rifles", "suspected of selling": charged by nobody named."""
    if verb.tag_ != "VBN" or (verbs().get(verb.lemma_.lower()) != "accuse" and verb.lemma_.lower() != "suspect"):
        return False
    doc, after = verb.doc, verb.i + 1
    return agent(verb) is None and after < len(doc) and doc[after].lower_ in ("of", "with")


def passive_hearsay(verb: Token) -> bool:
    """ "Is said to have ...", "said to have been taken", with nobody who says it."""
    passive = any(c.dep_ == "auxpass" for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"})
    return passive and verb.pos_ == "VERB" and agent(verb) is None and child(verb, "xcomp") is not None


RULES: tuple[Callable[[Doc], Iterator[Attribution]], ...] = (
    by_verb,
    by_according,
    by_view,
    by_noun,
    by_proof,
    by_bearer,
    by_hedge,
)


def attributions(doc: Doc) -> tuple[Attribution, ...]:
    """Every attribution of a parsed sentence, widest scope first; an outlet told anywhere is the speaker's ``via``."""
    found = [a for rule in RULES for a in rule(doc) if a.scope]
    spoke_to = next((via for t in doc if t.lemma_.lower() in {"speak", "talk"} and (via := told(t)[0]) is not None), None)
    if spoke_to is not None:
        found = [replace(a, via=phrase(spoke_to)) if a.via is None and a.speaker is not None else a for a in found]
    return tuple(sorted(found, key=lambda a: -a.width))
