"""Attributions by a phrase: "according to X", "by X's account", "X let it be known", "Police: ...", "rumour has it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, Force, listed, nouns, pattern, verbs
from geo.claims.clauses import SUBJECTS, VERBAL, child, phrase, segment, span_of
from geo.claims.reach import clean, quoted_after
from geo.claims.sayers import left_of, name_of, speaks
from geo.text.span import Span

_LABEL = re.compile(r"\W{0,3}(?P<who>[^:“”\"«»]{2,60}?) ?: ?(?=(?P<quote>[“\"«‘'])?)\S")
_SIGNED = re.compile(r"(?P<quote>[”\"»’'])?(?P<mark> ?:| [-–—]| ?[—–]) (?P<who>[^:;“”\"«».]{2,60})\.?$")
_PAIRS = (("–", "–"), ("—", "—"), ("(", ")"), ("-", "-"))
ASIDE_SHARE = 0.7
"""Of a sentence: what is longer between two dashes is no aside."""
LONGEST_LABEL = 8
"""Words of a name before a colon or behind a dash."""


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
        part = aside(doc, token.idx) or segment(doc, token.idx)
        stretches = [Span(part.start, max(part.start, frame.start)), Span(min(frame.end, part.end), part.end)]
        cue = Span(token.idx, doc[token.i + 1].idx + 2)
        scope = clean(doc, stretches, part, trailing=False)
        if aside(doc, token.idx) is not None:
            scope = tuple(stretch for stretch in scope if part.contains(stretch))
        yield Attribution("neutral", cue, phrase(noun), scope, None, noun.i)


def aside(doc: Doc, at: int) -> Span | None:
    """The words between dashes or brackets round character ``at``: what is said there reaches no further."""
    text = doc.text
    for opens, closes in _PAIRS:
        left = text.rfind(f" {opens}" if opens != "(" else opens, 0, at)
        right = text.find(f"{closes} " if closes != ")" else closes, at)
        opened = left >= 0 and text.find(closes, left + 2, at) < 0
        apart = opens == "(" or text.count(opens, 0, left) % 2 == 0
        if opened and apart and right > 0 and right - left < ASIDE_SHARE * len(text):
            return Span(left + 1 + (opens != "("), right)
    return None


def by_view(doc: Doc) -> Iterator[Attribution]:
    """ "In X's view, ...", "by X's account", "as X tells it" and "in the words of X"."""
    for key in ("possessive", "of", "if_right", "tells", "believe", "so", "holds", "per"):
        for match in pattern("views", key).finditer(doc.text):
            part = aside(doc, match.start()) or segment(doc, match.start())
            who = Span(match.start("who"), match.start("who") + len(match["who"].rstrip()))
            inside = [t for t in doc if who.start <= t.idx < who.end and t.pos_ in {"NOUN", "PROPN", "PRON"}]
            if not inside:
                continue
            stretches = [Span(part.start, max(part.start, match.start())), Span(match.end(), max(match.end(), part.end))]
            if " words of " in match.group().lower() and match.start() > part.start + 2:
                stretches = quoted_after(doc, match.end()) or stretches  # only the quotation is in these words
            scope = tuple(s for s in clean(doc, stretches, part, trailing=False) if s.end <= part.end or part.start == 0)
            force: Force = "claim" if key in {"so", "holds"} else "neutral"
            yield Attribution(force, Span(*match.span()), who, scope, None, inside[-1].i)


def by_idiom(doc: Doc) -> Iterator[Attribution]:
    """ "X let it be known that ...", "X is adamant that ...", "X points the finger at ..."."""
    forces: tuple[Force, ...] = ("neutral", "claim", "accuse", "deny")
    for force in forces:
        for match in pattern("idioms", force).finditer(doc.text):
            first = next((t for t in doc if t.idx >= match.start()), None)
            who = left_of(first) if first is not None else None
            part = segment(doc, match.start())
            if who is None or match.end() >= part.end:
                continue
            scope = clean(doc, [Span(match.end(), part.end)], part, trailing=False)
            if scope:
                yield Attribution(force, Span(*match.span()), name_of(who), scope, None, who.i)


def by_rumour(doc: Doc) -> Iterator[Attribution]:
    """ "Rumour has it that ...", "it is said that ...", "by most accounts", "there are reports of ...": hearsay."""
    forces: tuple[Force, ...] = ("alleged", "reported")
    for force in forces:
        for match in pattern("rumours", force).finditer(doc.text):
            part = segment(doc, match.start())
            stretches = [Span(match.end(), max(match.end(), part.end))]
            if not doc.text[match.end() : part.end].strip(" .,") or match.group().lower().startswith(("by ", ",")):
                stretches.insert(0, Span(part.start, match.start()))
            scope = clean(doc, stretches, part, trailing=False)
            if scope:
                yield Attribution(force, Span(*match.span()), None, scope)


def by_label(doc: Doc) -> Iterator[Attribution]:
    """ "Mayor: “The rally was a success”", "Police: rally drew hundreds", "X was pleased: “...”"."""
    found = _LABEL.match(doc.text)
    if found is None:
        return
    label = Span(*found.span("who"))
    inside = [t for t in doc if label.contains(Span(t.idx, t.idx + len(t)))]
    who = spoken_by(inside, quoted=found["quote"] is not None)
    if who is not None:
        scope = Span(found.end() - 1, len(doc.text))
        yield Attribution("neutral", Span(label.end, label.end + 1), phrase_within(who, label), (scope,), None, who.i)


def by_signature(doc: Doc) -> Iterator[Attribution]:
    """ "Rally drew hundreds: police", "Rally drew hundreds - mayor", "“...” – Lena Voss, mayor"."""
    found = _SIGNED.search(doc.text)
    if found is None or found.start() < 12:
        return
    name = Span(*found.span("who"))
    inside = [t for t in doc if name.contains(Span(t.idx, t.idx + len(t)))]
    signed = found["quote"] is not None and ":" not in found["mark"] and inside and inside[0].text[0].isupper()
    who = spoken_by(inside, quoted=bool(signed))
    if who is not None and not any(t.pos_ in VERBAL for t in inside):
        scope = Span(0, found.start() + (found["quote"] is not None))
        yield Attribution("neutral", Span(*found.span("mark")), phrase_within(who, name), (scope,), None, who.i)


def spoken_by(tokens: list[Token], *, quoted: bool) -> Token | None:
    """Who speaks by the words before a colon or behind a dash; without a quotation only those whom headlines name so."""
    clauses = [t for t in tokens if t.pos_ in VERBAL and child(t, *SUBJECTS) in tokens and t.dep_ != "relcl"]
    verb = clauses[-1] if clauses else None
    if verb is not None:
        subject = child(verb, *SUBJECTS)
        return subject if quoted and subject is not None and speaks(subject) and verb.lemma_ not in verbs() else None
    names = [t for t in tokens if t.pos_ in {"NOUN", "PROPN"}]
    if not names or len(tokens) > LONGEST_LABEL:
        return None
    if quoted:
        comma = next((t.i for t in tokens if t.text == ","), tokens[-1].i + 1)
        within = next((t.i for t in tokens if t.pos_ == "ADP" and t.i > names[0].i and t.lower_ != "of"), comma)
        first = [t for t in names if t.i < min(comma, within)]
        return first[-1] if first and speaks(first[-1]) and (tokens[0].text[:1].isupper()) else None
    last = next((t for t in names if t.lower_ in listed("headline")), None)
    return last if last is not None and all(t.pos_ not in {"ADV", "SCONJ"} for t in tokens) else None


def phrase_within(who: Token, whole: Span) -> Span:
    """The noun phrase of ``who`` as far as it stands in ``whole``."""
    found = phrase(who)
    return Span(max(found.start, whole.start), min(found.end, whole.end))


def by_last_words(doc: Doc) -> Iterator[Attribution]:
    """ "..., Chad charges.": a name and a verb that the parser may take for a noun, at the sentence's end."""
    found = pattern("views", "last").search(doc.text)
    verb = next((t for t in doc if found is not None and t.idx == found.start("verb")), None)
    force = verbs().get(found["verb"].lower().removesuffix("s")) if found is not None else None
    if found is None or verb is None or force is None or verb.pos_ in VERBAL or force == "deny":
        return
    who = doc[verb.i - 1]
    several = " and " in found["who"] or who.tag_ in {"NNS", "NNPS"}  # "Ekiti and Edo states"
    if who.pos_ in {"PROPN", "NOUN", "PRON"} and speaks(who) and not several:
        part = segment(doc, verb.idx)
        scope = (Span(part.start, found.start()),)
        yield Attribution(force, span_of([verb]), Span(*found.span("who")), scope, None, who.i)
