"""How far an attribution reaches: the stretches of a sentence that are what is said."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from geo.claims.attribution import Force, listed
from geo.claims.clauses import QUOTES, SUBJECTS, VERBAL, agent, child, segment, span_of
from geo.text.span import Span

LONGEST_PLACE = 10
"""Tokens of where something was said, between the verb and a comma."""


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
    right = [c for c in content(verb, who, hearers, force) if c.idx < part.end]
    clause = any(c.dep_ in {"ccomp", "xcomp"} or (c.dep_ in {"acl", "advcl"} and marked(c)) for c in right)
    if (
        commas(doc, Span(frame.start, past_date(doc, frame.end)))
        and not clause
        and (verb.dep_ != "relcl" or who.head == verb)
    ):
        left = Span(part.start, frame.start)
        rest = quoted_after(doc, frame.end) if quoted(doc, left) else [Span(frame.end, part.end)]
        return clean(doc, [left, *rest], part, trailing=True)
    if right and (clause or force != "neutral" or not left_content(verb, frame, part)):
        start = max(min(c.left_edge.idx for c in right), end)
        return clean(doc, [Span(start, max(start, reach(verb, right, part)))], part, trailing=False)
    if left_content(verb, frame, part):
        return clean(doc, [Span(part.start, frame.start), *quoted_after(doc, end)], part, trailing=True)
    if (that := next((t for t in doc[verb.i + 1 :] if t.lower_ == "that" and t.dep_ == "mark"), None)) is not None:
        return clean(doc, [Span(that.idx, max(that.idx, part.end))], part, trailing=False)
    return clean(doc, quoted_after(doc, end), part, trailing=False)


def quoted(doc: Doc, left: Span) -> bool:
    """Whether a quotation closes right before the attribution: what comes behind it without marks is the writer's."""
    words = left.of(doc.text).rstrip(" ,")
    return words.endswith(("”", '"', "»")) and len(words) > 1


def past_date(doc: Doc, end: int) -> int:
    """The end of a date, or of where it was said, that follows character ``end``: "X wrote in May in a letter"."""
    for token in doc:
        if token.idx < end:
            continue
        if token.pos_ == "ADP" and (closed := where_said(token)) is not None:
            return max(end, closed)
        if token.lower_ in {"on", "late", "early", "in"} or token.ent_type_ in {"DATE", "TIME"}:
            continue
        before = doc[token.i - 1] if token.i else token
        return max(end, before.idx + len(before))
    return end


def where_said(preposition: Token) -> int | None:
    """The end of "in a filing dated 2 May" and the like up to its comma; ``None`` when it runs on or holds a clause."""
    for token in preposition.doc[preposition.i + 1 : preposition.i + 2 + LONGEST_PLACE]:
        if token.text == ",":
            return token.idx
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.text in {";", ":"}:
            return None
    return None


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


def content(verb: Token, who: Token, hearers: list[Token], force: Force) -> list[Token]:
    """The children to the right of the verb that are what is said."""
    takes_objects = verb.lemma_.lower() in listed("verbs") or force == "deny"
    kept = []
    for c in verb.children:
        if c.i < verb.i or c in hearers or c == who or who in c.subtree or meanwhile(c):
            continue
        whole = c.dep_ in {"ccomp", "xcomp", "pcomp"} or (c.dep_ in {"advcl", "dep", "acl", "conj"} and marked(c))
        thing = c.dep_ in {"dobj", "prep", "oprd"} and takes_objects and c.ent_type_ not in {"DATE", "TIME"}
        thing = thing and not (c.lower_ in {"to", "with"} and hears(c))
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


def hears(to: Token) -> bool:
    """Whether "to" names who was told ("confirmed to this paper") and no deed ("confessed to the sale")."""
    whom = child(to, "pobj")
    return whom is not None and to.head.lemma_ in listed("telling_to")


def meanwhile(clause: Token) -> bool:
    """Whether a clause tells when something was said, and not what: "said, hours after he met them"."""
    return any(c.dep_ == "mark" and c.lower_ in listed("when") for c in clause.children)


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
