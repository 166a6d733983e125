"""Who says it and how firmly: the stance of a claim, from the attributions that reach the words that carry it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from geo.claims.attribution import outlet, pattern, verbs
from geo.claims.claim import Stance, Voice
from geo.claims.clauses import VERBAL, child
from geo.claims.speakers import Heard, Speaker
from geo.claims.standing import no_charge
from geo.claims.words import table
from geo.text.article import Sentence
from geo.text.span import Span

NEAR = 60
"""Characters before a word in which its clause may be turned round."""
OWN = "The article says it in its own voice."


def voices(sentence: Sentence, doc: Doc, heard: Sequence[Heard], words: Sequence[Span], kind: str) -> tuple[Voice, ...]:
    """The voices of a claim of ``kind`` carried by ``words`` (spans in the sentence).

    One voice as a rule; two when the sentence both denies and says it ("X denies it, but there is growing evidence").
    """
    spans = carrying(doc, heard, words) or [root_words(doc, heard)]
    each = [one(sentence, doc, heard, word, kind) for word in spans]
    found = list({(v.stance, v.speaker): v for v in reversed(each)}.values())
    kept = [chosen(outvoted(found, each), each, kind)]
    if kept[0].stance != "denied":
        kept += denials(sentence, doc, heard, spans, kept[0])
    if kept[0].stance == "denied":
        kept += [
            v for v in found if v.stance in {"alleged", "asserted"} and v.speaker != kept[0].speaker and contrast(doc)
        ][:1]
        if len(kept) == 1 and (proof := pattern("rebuttals", "contrary").search(doc.text)):
            kept.append(contrary(sentence, doc, heard, Span(*proof.span())))
    return tuple(kept)


def carrying(doc: Doc, heard: Sequence[Heard], words: Sequence[Span]) -> list[Span]:
    """The deciding words without those that only name who speaks ("two people with knowledge of the talks")."""
    names = [name for h in heard if not h.carried for name in named_by(doc, h)]
    told_of = [word for word in words if any(sign.isalpha() for sign in word.of(doc.text))]
    return [word for word in told_of if not any(name.contains(word) for name in names)] or told_of


def named_by(doc: Doc, one: Heard) -> list[Span]:
    """The words that name who speaks: the name, and what hangs on it before the verb ("people close to the talks")."""
    said = one.attribution
    if said.speaker is None:
        return []
    last = doc[said.head].right_edge if said.head is not None else None
    whole = last is not None and said.speaker.end <= last.idx < said.cue.start
    return [Span(said.speaker.start, last.idx + len(last)) if whole and last is not None else said.speaker]


def denials(sentence: Sentence, doc: Doc, heard: Sequence[Heard], words: Sequence[Span], first: Voice) -> list[Voice]:
    """The denial beside a statement: "X says so; Y denies it", "a charge that Y rejects"."""
    for one_of in heard:
        speaker = one_of.speaker
        if one_of.attribution.force != "deny" or speaker is None or speaker.name == first.speaker:
            continue
        if general(doc, one_of) and not any(one_of.attribution.covers(word) for word in words):
            return [told(sentence, doc, one_of, speaker, "denied", (), "calls it untrue")]
    return []


def root_words(doc: Doc, heard: Sequence[Heard]) -> Span:
    """What stands for a claim without deciding words: the start of what is said, else the main verb."""
    said = next((h.attribution.scope[0] for h in heard if h.speaker is not None), None)
    if said is not None:
        inside = [t for t in doc if said.start <= t.idx < said.end and t.is_alpha]
        if inside:
            return Span(inside[-1].idx, inside[-1].idx + len(inside[-1]))
    root = next((t for t in doc if t.head == t), doc[0]) if len(doc) else None
    return Span(root.idx, root.idx + len(root)) if root is not None else Span(0, 0)


def outvoted(found: list[Voice], each: list[Voice]) -> list[Voice]:
    """The voices without a denial of the article's own that holds for less than half of the deciding words."""
    own = [v for v in each if v.stance == "denied" and v.speaker is None]
    if not own or 2 * len(own) >= len(each):
        return found
    return [v for v in found if v.stance != "denied" or v.speaker is not None] or found


def chosen(found: list[Voice], each: list[Voice], kind: str) -> Voice:
    """Among voices of several words: a denial, then what the kind's nature makes likelier, or what most words say."""
    order: list[Stance] = (
        ["denied", "alleged", "reported", "asserted"]
        if contested(kind)
        else ["denied", "asserted", "alleged", "reported"]
    )
    named = {v.stance for v in found if v.speaker is not None}
    blunt = contested(kind) and bool(named)  # a named source before hearsay

    def rank(v: Voice) -> tuple[bool, bool, int, int]:
        words = 0 if contested(kind) else -sum((e.stance, e.speaker) == (v.stance, v.speaker) for e in each)
        return (v.stance != "denied", blunt and v.speaker is None, words, order.index(v.stance))

    return min(found, key=rank)


def contested(kind: str) -> bool:
    return kind in table("voices")["kinds"]["contested"]


def contrast(doc: Doc) -> bool:
    """Whether a sentence sets two statements against each other."""
    return any(t.lower_ in table("voices")["negators"]["contrasts"] for t in doc)


def contrary(sentence: Sentence, doc: Doc, heard: Sequence[Heard], proof: Span) -> Voice:
    """The article's own contrary statement beside a denial."""
    outer = next((h for h in heard if h.speaker and h.attribution.covers(proof) and h.attribution.force != "deny"), None)
    words = proof.of(doc.text)
    because = f'Beside the denial stands the contrary: "{words}".'
    return Voice(
        None, words, "asserted" if outer is None else "reported", because, None, proof.shifted(sentence.span.start)
    )


def one(sentence: Sentence, doc: Doc, heard: Sequence[Heard], word: Span, kind: str) -> Voice:
    """The voice of the claim that one deciding word carries."""
    chain = sorted((h for h in heard if reaches(h, word)), key=lambda h: h.attribution.width)
    rebuttal = pattern("rebuttals", "phrases").search(doc.text) if contested(kind) else None
    who = spokesman(chain, doc)
    denial = next((h for h in chain if h.attribution.force == "deny"), None)
    if denial is not None:
        return told(
            sentence, doc, denial, denial.speaker or (who.speaker if who else None), "denied", chain, "calls it untrue"
        )
    if contested(kind):
        told_by = any(h.speaker for h in chain)
        aside = next(
            (h for h in heard if h.attribution.force == "deny" and not told_by and (len(doc) < 14 or general(doc, h))),
            None,
        )
        if aside is not None and aside.speaker is not None:
            return told(sentence, doc, aside, aside.speaker, "denied", chain, "calls it untrue")
    if rebuttal is not None and (who is not None or any(h.speaker for h in heard)):
        source = who or next(h for h in heard if h.speaker)
        return told(sentence, doc, source, source.speaker, "denied", chain, f'calls it untrue: "{rebuttal.group()}"')
    no = negation(doc, word) if not about_proof(doc, word) else None
    if no is not None and (who is not None or contested(kind)) and (contested(kind) or event_denied(doc, word, no)):
        return told(
            sentence,
            doc,
            who,
            who.speaker if who else None,
            "denied",
            chain,
            f'the clause is turned round by "{no.text}"',
        )
    if not chain:
        return Voice(None, "", "asserted", OWN)
    return weighed(sentence, doc, chain, who, word, kind)


def general(doc: Doc, heard: Heard) -> bool:
    """Whether all that is denied is "involvement", "the charge", "it": what the rest of the sentence tells."""
    inside = [t for t in doc if heard.attribution.covers(Span(t.idx, t.idx + len(t)))]
    top = next((t for t in inside if t.head not in inside), None)
    lists = table("voices")
    nouns = {noun for force in ("neutral", "claim", "accuse") for noun in lists["nouns"][force]} | set(
        lists["objects"]["said"]
    )
    return top is not None and top.lemma_.lower() in nouns and len(inside) < 9


def about_proof(doc: Doc, word: Span) -> bool:
    """Whether a deciding word is "evidence" and the like: "no evidence was shown" turns nothing else round."""
    token = token_at(doc, word)
    return token is not None and token.lemma_.lower() in table("voices")["nouns"]["proof"]


def reaches(heard: Heard, word: Span) -> bool:
    """Whether an attribution gives a deciding word to its speaker, or is that word itself ("alleged")."""
    return heard.attribution.covers(word) or (heard.attribution.cue.contains(word) and len(word) > 0)


def weighed(sentence: Sentence, doc: Doc, chain: list[Heard], who: Heard | None, word: Span, kind: str) -> Voice:
    """Reported or alleged, by the force of the cues and the nature of the claim."""
    strong = next((h for h in chain if h.attribution.force in {"accuse", "claim", "alleged"}), None)
    if strong is not None and (contested(kind) or strong.attribution.force != "accuse" or in_clause(doc, strong, word)):
        speaker = strong.speaker or (who.speaker if who else None)
        return told(sentence, doc, strong, speaker, "alleged", chain, "puts it forward as a charge or a claim of its own")
    soft = who or chain[0]
    if not contested(kind):
        return told(sentence, doc, soft, soft.speaker, "reported", chain, "passes it on")
    if who is None:
        hedged = soft.attribution.force == "reported"
        return told(sentence, doc, soft, None, "alleged" if hedged else "reported", chain, "passes on hearsay")
    why = no_charge(doc, who, chain)
    if why:
        return told(sentence, doc, who, who.speaker, "reported", chain, why)
    return told(
        sentence,
        doc,
        who,
        who.speaker,
        "alleged",
        chain,
        "is a party's word about what others do, which counts as a charge",
    )


def spokesman(chain: list[Heard], doc: Doc) -> Heard | None:
    """Whose word it is: the nearest named speaker, a person or body before the outlet that passed it on."""
    named = [h for h in chain if h.speaker is not None]
    parties = [h for h in named if h.speaker and not outlet(h.speaker.name)]
    return next(iter(parties or named), None)


def in_clause(doc: Doc, heard: Heard, word: Span) -> bool:
    """Whether a charge is that it happened ("accused them of meeting rebels") and not about it ("blamed the talks")."""
    token = token_at(doc, word)
    while token is not None and token.head != token and token.idx > heard.attribution.cue.end:
        if token.dep_ in {"pcomp", "ccomp", "xcomp", "acl"}:
            return True
        token = token.head
    return False


def token_at(doc: Doc, word: Span) -> Token | None:
    """The token of these characters that the others hang on."""
    inside = [t for t in doc if t.idx < word.end and t.idx + len(t) > word.start]
    return next((t for t in inside if t.head not in inside or t.head == t), inside[0] if inside else None)


def negation(doc: Doc, word: Span) -> Token | None:
    """The word that turns the clause of ``word`` into its opposite, if there is one."""
    token = token_at(doc, word)
    negators = frozenset(table("voices")["negators"]["words"])
    steps = 0
    never = _at_no_time(token) if token is not None else None
    if never is not None:
        return never
    while token is not None and steps < 5:
        if verbs().get(token.lemma_.lower()) == "deny":
            return None  # "would not dispute a part in it": two negatives
        if token.pos_ in VERBAL and token.lemma_.lower() in table("voices")["negators"]["idle"]:
            return None
        none_at_all = next((t for t in token.subtree if t.lower_ == "not" and t.i < token.i and _one(t)), None)
        if none_at_all is not None:
            return none_at_all  # "not one cartridge"
        for c in token.children:
            if c.i == 0 and c.lower_ == "not" and len(doc) > 1 and doc[1].lower_ in {"so", "true"}:
                continue  # "Not so, said X": turns the sentence before round
            if (
                c.dep_ in {"neg", "det", "preconj", "cc"}
                and c.lower_ in negators
                and not (c.dep_ == "cc" and c.i > token.i)
            ):
                return c
            if c.dep_ in {"prep", "dative"} and (to := child(c, "pobj")) is not None and c.lower_ in {"to", "for"}:
                c = to  # "supply it to nobody"
            if c.dep_ in {"nsubj", "nsubjpass", "dobj"} or (c.dep_ == "pobj" and c.head.head == token):
                no = (
                    c
                    if c.lower_ in negators
                    else next((g for g in c.children if g.lower_ in negators and g.dep_ == "det"), None)
                )
                if no is not None:
                    return no
        if token.dep_ == "conj" and any(c.lower_ in {"or", "nor"} for c in token.head.children):
            token, steps = token.head, steps + 1
            continue  # "never sold or gave"
        if (
            token.pos_ in VERBAL and token.dep_ in {"ccomp", "ROOT", "relcl", "advcl", "parataxis", "conj"}
        ) or token.head == token:
            return None
        token, steps = token.head, steps + 1
    return None


def _at_no_time(token: Token) -> Token | None:
    """The "no" of "at no time had", "under no circumstances would", in the clause before a word."""
    start = max(0, token.idx - NEAR)
    found = [m for m in pattern("negators", "never").finditer(token.doc.text, start, token.idx) if m is not None]
    if not found or any(sign in token.doc.text[found[-1].end() : token.idx] for sign in ",;:"):
        return None
    return next((t for t in token.doc if t.idx >= found[-1].start() and t.lower_ == "no"), None)


def _one(no: Token) -> bool:
    return no.i + 1 < len(no.doc) and no.doc[no.i + 1].lower_ in {"a", "one", "even"} and no.i <= 1


def event_denied(doc: Doc, word: Span, no: Token) -> bool:
    """For kinds that are no charge: whether the event itself is denied ("will hold no talks"), not a part in it."""
    token = token_at(doc, word)
    if token is None or no.dep_ not in {"neg", "det", "preconj"}:
        return False
    nobody = no.dep_ == "det" and no.head.head == token and no.head.dep_ == "dobj"  # "met no rebel"
    return nobody or no.head == token or (no.head == token.head and token.dep_ in {"dobj", "nsubjpass"})


def told(
    sentence: Sentence,
    doc: Doc,
    deciding: Heard | None,
    speaker: Speaker | None,
    stance: Stance,
    chain: Sequence[Heard],
    why: str,
) -> Voice:
    """A Voice with the words that decided it, counted in the article."""
    at = sentence.span.start
    cue = deciding.attribution.cue if deciding is not None else None
    own = deciding is not None and not deciding.carried
    via = next(
        (
            h.attribution.via
            for h in ([deciding] if deciding else []) + list(chain)
            if h.attribution.via and not h.carried
        ),
        None,
    )
    relay = next(
        (
            h.speaker.name
            for h in chain
            if h.speaker and speaker and h.speaker.name != speaker.name and outlet(h.speaker.name)
        ),
        None,
    )
    cue_text = cue.of(doc.text) if cue is not None and own else ""
    name = speaker.name if speaker else None
    return Voice(
        name,
        cue_text,
        stance,
        reason(deciding, speaker, cue_text, why),
        speaker.words if speaker else None,
        cue.shifted(at) if cue is not None and own else None,
        via.of(doc.text) if via else relay,
        speaker.role if speaker else None,
    )


def reason(deciding: Heard | None, speaker: Speaker | None, cue: str, why: str) -> str:
    """The sentence for the reader."""
    who = (speaker.name + (f" ({speaker.role})" if speaker.role else "")) if speaker else "Nobody named"
    if deciding is not None and deciding.answer:
        lead = f"The page is an interview, and this an answer of {who}"
    elif deciding is not None and deciding.carried:
        lead = f"The quotation goes on from a neighbouring sentence, spoken by {who}"
    elif cue:
        lead = f'"{cue}" gives it to {who}' if speaker else f'"{cue}" marks it as hearsay; no source is named'
    else:
        lead = f"It is the word of {who}" if speaker else "No source is named"
    resolved = f" ({speaker.because})" if speaker and speaker.because else ""
    return f"{lead}{resolved}; it {why}."
