"""How a place's name hangs on the word of an event: signs, each a named yes or no about the sentence's grammar.

What they weigh is learned (grounds.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from geo.claims.clauses import VERBAL
from geo.claims.readings import Name, Use, conjunct

FAR = 12
"""Steps through the grammar that count as endless."""
NEAR = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "to",
        "from",
        "of",
        "outside",
        "across",
        "through",
        "between",
        "around",
        "into",
        "for",
        "with",
        "by",
        "inside",
        "along",
        "over",
        "against",
    }
)


def signs(event: Token, name: Name, use: Use, rivals: Sequence[Name]) -> set[str]:
    """The signs that hold between an event's word and a place's name."""
    head = conjunct(name.head)
    found = {"bias", f"label {head.dep_}", f"steps {min(steps(event, head), FAR)}"}
    governor, word = governing(head)
    if word:
        found.add(f"after {word if word in NEAR else 'another preposition'}")
    found |= attachment(event, governor, word)
    found |= order(event, name)
    found |= neighbours(event, name, rivals)
    found.add("free" if use.free else f"not free, {use.role}")
    if name.place is not None:
        found.add(f"a {name.place.kind}")
    else:
        found.add("a place unknown")
    found.add("event is a verb" if event.pos_ in VERBAL else "event is a noun")
    return found


def governing(head: Token) -> tuple[Token, str]:
    """What a name hangs on, through its preposition and through "city of ..."; and that preposition."""
    word = ""
    while head.dep_ in {"pobj", "appos", "compound", "nmod"} and head.head != head:
        if head.dep_ == "pobj":
            word = head.head.lower_ if not word or word == "of" else word
            above = head.head.head
            if head.head.lower_ == "of" and above.dep_ == "pobj":  # "in the town of X", "in parts of X"
                head = above
                continue
            if head.head.head.dep_ == "prep" or head.head.dep_ == "pobj":  # "from near X"
                return above.head, word
            return above, word
        head = head.head
    return head.head, word


def attachment(event: Token, governor: Token, word: str) -> set[str]:
    """How the name's governor stands to the event."""
    found: set[str] = set()
    if governor == event:
        found |= {
            "hangs on the event",
            f"hangs on the event after {word}" if word in NEAR else "hangs on the event otherwise",
        }
    elif governor.head == event and governor.dep_ in {
        "dobj",
        "nsubj",
        "nsubjpass",
        "pobj",
        "prep",
        "conj",
        "attr",
        "agent",
    }:
        found.add(f"hangs on its {governor.dep_}")
    elif event.head == governor:
        found.add(f"event hangs as {event.dep_}")
    mine, its = clause(governor), clause(event)
    if mine == its:
        found.add("same clause")
    elif its is not None and mine is not None and mine in list(its.ancestors):
        found.add(f"clause above, {link(its, mine)}")
    elif its is not None and mine is not None and its in list(mine.ancestors):
        found.add(f"clause below, {link(mine, its)}")
    else:
        found.add("clause aside")
    return found


def clause(token: Token) -> Token | None:
    """The verb of the clause a token stands in."""
    while token.pos_ not in VERBAL or token.dep_ in {"aux", "auxpass", "amod"}:
        if token.head == token:
            return token
        token = token.head
    return token


def link(lower: Token, upper: Token) -> str:
    """The label by which a lower clause first hangs below an upper one."""
    while lower.head != upper and lower.head != lower:
        lower = lower.head
    return (
        lower.dep_ if lower.dep_ in {"ccomp", "conj", "advcl", "relcl", "acl", "xcomp", "pcomp", "prep"} else "otherwise"
    )


def steps(one: Token, other: Token) -> int:
    """Steps through the tree from one token to another."""
    above = {one.i: 0}
    token, n = one, 0
    while token.head != token and n < FAR:
        token, n = token.head, n + 1
        above[token.i] = n
    token, n = other, 0
    while token.i not in above and token.head != token and n < FAR:
        token, n = token.head, n + 1
    return above.get(token.i, FAR) + n


def order(event: Token, name: Name) -> set[str]:
    """Where the name stands in the sentence."""
    distance = name.head.i - event.i
    side = "after" if distance > 0 else "before"
    size = abs(distance)
    near = "next" if size <= 3 else "near" if size <= 7 else "some way" if size <= 14 else "far"
    found = {f"{near} {side}"}
    first = next((t for t in name.head.doc if not t.is_punct), name.head)
    if name.head.i <= first.i + 4 and first.dep_ == "prep" and first.i < name.head.i:
        found.add("opens the sentence")
    return found


def neighbours(event: Token, name: Name, rivals: Sequence[Name]) -> set[str]:
    """Names beside it: inside a larger place, around a smaller one, nearer or farther than others."""
    doc, found = name.head.doc, set[str]()
    text = doc.text  # put together from its tokens at every call
    for other in rivals:
        if other.span == name.span:
            continue
        gap = text[name.span.end : other.span.start] if other.span.start >= name.span.end else ""
        back = text[other.span.end : name.span.start] if name.span.start >= other.span.end else ""
        if gap.strip(" '’s") in {",", "in", ", in"} and gap:
            found.add("inside a larger place named next")
        if back.strip(" '’s") in {",", "in", ", in"} and back:
            found.add("around a smaller place named before")
        if back.strip(" ").startswith(", ") and len(back) > 12 and "," in back[2:]:
            found.add("farther off in the list")
    after = doc[name.head.i + 1].lower_ if name.head.i + 1 < len(doc) else ""
    if after in {"border", "frontier"}:
        found.add("before border")
    ranked = sorted(rivals, key=lambda n: steps(event, conjunct(n.head)))
    if ranked:
        found.add(
            "nearest name"
            if steps(event, conjunct(ranked[0].head)) == steps(event, conjunct(name.head))
            else "a nearer name"
        )
    found.add("the only name" if len(rivals) <= 1 else "one of several names")
    return found
