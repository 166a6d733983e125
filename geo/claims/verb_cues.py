"""Attributions by a verb: "X said that ...", "..., said X", "X accused Y of ...", "X denied ...", "X called it ..."."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from geo.claims.attribution import Attribution, Force, listed, nouns, outlet, pattern, verbs
from geo.claims.clauses import SUBJECTS, VERBAL, agent, child, negated, phrase, segment, span_of, subject
from geo.claims.naming import is_somebody
from geo.claims.reach import clean, marked, said
from geo.claims.sayers import speaker_of, speaks, told
from geo.claims.words import table
from geo.text.span import Span


def by_verb(doc: Doc) -> Iterator[Attribution]:
    """ "X said that ...", "..., said X", "X accused Y of ...", "AFP was told by X", "X made clear that ..."."""
    for verb in doc:
        if verb.pos_ not in VERBAL or verb.dep_ in {"amod", "compound"}:
            continue
        force = force_of(verb)
        if force is None or hearsay(verb):
            continue
        if verb.lemma_ in {"speak", "refer"} and not any(c.lower_ in {"of", "to"} for c in verb.children):
            continue
        if is_purpose(verb):
            continue
        who = speaker_of(verb)
        if who is not None and disagrees(who, verb):
            continue
        if who is None or not speaks(who) or (force == "accuse" and who.i > verb.i and agent(verb) is None):
            continue
        if force == "deny" and not denies(verb):
            continue
        via, hearers = told(verb)
        scope = denied_charge(verb) or said(verb, who, hearers, force)
        if not scope:
            continue
        if noncommittal(verb, force):
            if verb.lemma_ in listed("vouching"):
                yield Attribution("alleged", span_of([verb]), None, scope)
            continue
        if force == "deny" and negated(verb):
            force = "neutral"  # who does not deny it concedes it
        yield Attribution(
            force, span_of([verb]), phrase(who), (*asked(verb), *scope), phrase(via) if via else None, who.i
        )


def force_of(verb: Token) -> Force | None:
    """The force of a verb of speaking; of finding and showing only with a clause, and of a thing that can show."""
    lemma = full(verb)
    if lemma == "make" and (clear := child(verb, "ccomp", "acomp", "oprd")) is not None:
        return "neutral" if clear.lower_ in {"clear", "known", "plain", "public"} else None
    if lemma == "show":
        bearer = speaker_of(verb)
        return "neutral" if bearer is not None and bearer.lemma_.lower() in listed("bearers") else None
    if lemma in table("voices")["verbs"]["finding"]:
        thing = child(verb, "dobj")
        if thing is not None and any(c.lower_ in {"no", "little"} for c in (thing, *thing.children)):
            return None  # "found no support for ...": see noun_cues
        return "neutral" if child(verb, "ccomp") is not None or any(marked(c) for c in verb.children) else None
    if lemma in table("voices")["verbs"]["hearing"]:
        bench = speaker_of(verb)
        before = bench is not None and bench.lemma_.lower() in listed("courts")
        return "neutral" if before and (embeds(verb) or not any(c.i > verb.i for c in verb.children)) else None
    if lemma == "understand":  # "the Herald understands that": what it has been told
        paper = speaker_of(verb)
        told_so = paper is not None and outlet(phrase(paper).of(verb.doc.text)) and embeds(verb)
        return "neutral" if told_so else None
    if lemma == "agree" and child(verb, "xcomp") is not None:
        return None  # "agreed to meet": done, not said
    if lemma == "explain" and any(c.dep_ == "ccomp" and any(g.tag_ == "WRB" for g in c.children) for c in verb.children):
        return None  # "the rifles explain why": not a thing said
    known = verbs().get(lemma) or verbs().get(verb.lower_.removesuffix("s"))  # lemmas go astray: "hopes", "hop"
    return known or ("neutral" if tells(verb, lemma) else None)


def tells(verb: Token, lemma: str) -> bool:
    """Whether a verb of no list tells something by its clause: "affirmed that", "related how"; not "knew that"."""
    lists = table("voices")["verbs"]
    if lemma in lists["silent"] or verb.tag_ in {"VB", "VBG"} or not embeds(verb):
        return False
    clause = child(verb, "ccomp", "acl")
    how = clause is not None and any(c.lower_ == "how" for c in clause.children)
    if lemma in lists["embedding"]:
        return True
    who = child(verb, "nsubj")
    return not how and who is not None and is_somebody(who) and marked_clause(verb)


def embeds(verb: Token) -> bool:
    """Whether a verb takes a clause of its own with a finite verb: "that they met", "they met", "how they met"."""
    for clause in verb.children:
        if clause.i > verb.i and clause.dep_ == "ccomp" and child(clause, *SUBJECTS) is not None and finite(clause):
            return True
    return marked_clause(verb)


def marked_clause(verb: Token) -> bool:
    """Whether a "that" clause hangs on the verb or, as a parser may have it, on the hearer right behind it."""
    hearers = (c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i)
    near = (verb, *(c for c in hearers if c.lemma_.lower() not in nouns()))
    return any(marked(c) and c.i > verb.i and c.dep_ in {"ccomp", "acl", "advcl"} for one in near for c in one.children)


def finite(verb: Token) -> bool:
    """Whether a clause stands in a tense: "they met", "they had met"; not "them meet", "to meet"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return True
    return any(c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children)


def full(verb: Token) -> str:
    """The lemma of a verb, with its particle when the two are a verb of their own: "rule out"."""
    particle = next((c for c in verb.children if c.dep_ in {"prt", "advmod"} and 0 < c.i - verb.i < 3), None)
    both = f"{verb.lemma_.lower()} {particle.lower_}" if particle is not None else ""
    return both if both in verbs() else verb.lemma_.lower()


def disagrees(who: Token, verb: Token) -> bool:
    """ "The governors of Edo and Ekiti states": several do not "states", so it is no verb."""
    several = who.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in who.children) or who.dep_ == "conj"
    return verb.tag_ == "VBZ" and several and who.i < verb.i and who.ent_type_ not in {"ORG", "PERSON"}


def is_purpose(verb: Token) -> bool:
    """ "Marched to say no", "a thing to say", "so that I can tell it": nothing is said yet."""
    if verb.tag_ != "VB":
        return False
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if to and verb.dep_ in {"advcl", "relcl", "acl"}:
        return True
    can = any(c.lower_ in {"can", "could"} for c in verb.children)
    thing = child(verb, "dobj")
    told_already = thing is not None and thing.lower_ in {"it", "this", "that"}
    return can and (told_already or not any(c.dep_ in {"ccomp", "neg"} for c in verb.children))


def asked(verb: Token) -> tuple[Span, ...]:
    """ "Asked where the rifles came from, X said ...": what is asked belongs to the answer."""
    fronted = (c for c in verb.children if c.dep_ in {"advcl", "ccomp"} and c.i < verb.i)
    return tuple(span_of(c.subtree) for c in fronted if c.lower_ in listed("asking"))


def hearsay(verb: Token) -> bool:
    """A passive without an agent ("is said to": see by_hedge), a bare participle, or "citing X"."""
    if agent(verb) is not None:
        return False
    if verb.lemma_ in {"quote", "cite"}:
        return verb.tag_ == "VBG"
    if any(c.dep_ == "auxpass" for c in verb.children):
        return verb.lemma_.lower() not in table("voices")["verbs"]["hearing"]
    past = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ == "acl" and verb.doc[verb.i - 1].text == ",")
    return past and not any(c.dep_ in {"aux", *SUBJECTS} for c in verb.children)


def denies(verb: Token) -> bool:
    """Whether a verb of turning down is about something said ("rejected the charge") and not about an offer."""
    if full(verb) not in table("voices")["verbs"]["refusing"]:
        return True
    if any(c.dep_ in {"ccomp", "oprd"} for c in verb.children):
        return True
    objects = [t for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "prep"} for t in (c, *c.children)]
    return any(t.lemma_.lower() in nouns() or t.lower_ in listed("said") for t in objects)


def noncommittal(verb: Token, force: Force) -> bool:
    """ "Would neither confirm nor deny", "declined to say", "could not confirm that": says nothing either way."""
    before = {t.lower_ for t in verb.doc[max(0, verb.i - 3) : verb.i]}
    if "nor" in before or "neither" in before:
        return True
    heads = (verb.head, verb.head.head) if verb.dep_ == "conj" else (verb.head,)
    if verb.dep_ in {"xcomp", "conj"} and any(head.lemma_ in listed("declining") for head in heads):
        return True
    return force == "neutral" and negated(verb) and verb.lemma_ in listed("open")


def denied_charge(verb: Token) -> tuple[Span, ...]:
    """The noun that a relative clause denies: "a charge that X denies", "which X rejected"."""
    if verbs().get(verb.lemma_.lower()) != "deny" or verb.dep_ != "relcl":
        return ()
    if verb.head.lemma_.lower() not in nouns() or any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children):
        return ()
    if any(c.dep_ == "dobj" and c.tag_ not in {"WDT", "WP", "IN"} and c.i > verb.i for c in verb.children):
        return ()
    return (span_of([verb.head]),)


def by_agent(doc: Doc) -> Iterator[Attribution]:
    """ "Is accused by X of ...", "blamed by X for ...": X charges what follows."""
    for verb in doc:
        who = agent(verb)
        if who is None or verbs().get(verb.lemma_.lower()) != "accuse" or not speaks(who):
            continue
        charge = [c for c in (*verb.children, *who.children) if c.dep_ == "prep" and c.i > who.i]
        charge = [c for c in charge if c.lower_ in {"of", "for", "with", "over"}]
        if charge:
            end = max(c.right_edge.i for c in charge)
            scope = Span(charge[0].idx, doc[end].idx + len(doc[end]))
            yield Attribution("accuse", span_of([verb]), phrase_before(who, charge[0]), (scope,), None, who.i)


def phrase_before(who: Token, end: Token) -> Span:
    """The noun phrase of ``who`` up to a later token."""
    whole = phrase(who)
    return Span(whole.start, min(whole.end, max(who.idx + len(who), end.idx - 1)))


def by_calling(doc: Doc) -> Iterator[Attribution]:
    """ "X called the rally a success", "X called it a fairy tale": a name given to a thing, which may call it untrue."""
    for verb in doc:
        if verb.lemma_.lower() not in listed("calling") or verb.pos_ != "VERB":
            continue
        if any(c.lower_ == "what" for c in verb.children):
            continue  # "in what they call a vigil": only the name is theirs
        who = subject(verb)
        name = called(verb)
        thing = child(verb, "dobj", "oprd", "ccomp")
        if name is None and thing is not None and any(t.lemma_.lower() in nouns() for t in thing.subtree):
            name = thing  # "called the report that ... a fabrication", whatever the parser made of it
        if who is None or name is None or not speaks(who) or is_purpose(verb) or hearsay(verb):
            continue
        part = segment(doc, verb.idx)
        rest = doc[verb.i + 1 : verb.i + 2]
        untrue = pattern("rebuttals", "names").search(Span(verb.idx, part.end).of(doc.text)) is not None
        reach_ = Span(verb.idx + len(verb), part.end)
        if len(rest) and rest[0].lower_ in {"it", "this", "that", "them"}:
            reach_ = span_of([rest[0]])
        scope = clean(doc, [reach_], part, trailing=False)
        if scope:
            yield Attribution("deny" if untrue else "neutral", span_of([verb]), phrase(who), scope[:1], None, who.i)


def called(verb: Token) -> Token | None:
    """The name that is given: "called it *a success*", "described as *peaceful*", "dismissed as *lies*"."""
    own = [c for c in verb.children if c.dep_ in {"oprd", "ccomp", "xcomp", "acomp"} and c.i > verb.i]
    if own and own[-1].pos_ in {"NOUN", "PROPN", "ADJ", "VERB"} and not marked(own[-1]):
        return own[-1]
    by_as = (t for t in verb.subtree if t.lower_ == "as" and t.i > verb.i and t.head in (verb, *verb.children))
    return next((child(t, "pobj", "amod", "pcomp", "acomp") or t for t in by_as), None)


def by_putting(doc: Doc) -> Iterator[Attribution]:
    """ "Police put the number at 300": a figure given by somebody."""
    for verb in doc:
        if verb.lemma_ not in {"put", "place"} or (number := child(verb, "dobj")) is None:
            continue
        who = subject(verb)
        at = any(c.lower_ == "at" for c in (*verb.children, *number.subtree) if c.i > number.i)
        if who is not None and speaks(who) and at and number.lemma_.lower() in listed("figures"):
            part = segment(doc, verb.idx)
            if part.start == 0:
                scope = (Span(verb.idx + len(verb), part.end),)
                yield Attribution("neutral", span_of([verb]), phrase(who), scope, None, who.i)


def by_quotation(doc: Doc) -> Iterator[Attribution]:
    """ "“...,” she smiled": whatever verb stands beside a quotation that ends in a comma or mark, its subject speaks."""
    for token in doc[2:]:
        if token.text not in {"”", '"', "»", "’’"} or doc[token.i - 1].text not in {",", "?", "!", "…", "."}:
            continue
        opened = next((t.idx for t in reversed(doc[: token.i]) if t.text in {"“", '"', "«"}), None)
        after = doc[token.i + 1 : token.i + 14]
        verb = next((t for t in after if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}), None)
        if opened is None or verb is None or verb.lemma_.lower() in verbs():
            continue
        if any(t.text in {",", ";", ":"} for t in doc[token.i + 1 : verb.i]):
            continue
        who = child(verb, *SUBJECTS)
        if who is not None and speaks(who) and who.i > token.i and not outlet(who.text):
            scope = Span(opened, token.idx + len(token))
            yield Attribution("neutral", span_of([verb]), phrase(who), (scope,), None, who.i)
