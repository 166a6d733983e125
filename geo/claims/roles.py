"""The part each place of a sentence plays in a claim, with the reason.

``roles`` asks the rules of RULES in their order; the first that knows decides. Then those of WHOLE look at the parts of
the sentence together. Only "happened at" and "recipient" make a marker, so a rule that is not sure leaves the place a
mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc

from geo.claims.concord import at_home, beside_roads, filed, gone_to, nearest_known, of_which, settled, there, together
from geo.claims.homes import bystanders, hailing, home, seated, titled
from geo.claims.landmarks import befallen, ceremonial, headed, landmark, namesake, pomp, shown, tried
from geo.claims.parts import Part, Scene, event_tokens
from geo.claims.passing import recipient, route
from geo.claims.readings import Name, Use
from geo.claims.sources import supplier
from geo.claims.speakers import Heard
from geo.claims.topics import topic
from geo.claims.utterances import voiced
from geo.claims.venues import headlined, hosted, journey, named_after, pictured, scene_of, scheduled, whereabouts
from geo.text.span import Span


def roles(
    doc: Doc, kind: str, event_words: Sequence[Span], names: Sequence[Name], uses: Sequence[Use], heard: Sequence[Heard]
) -> list[Part]:
    """One part for each name, in order. ``event_words`` are the claim's deciding words, counted in the sentence."""
    scene = Scene(doc, kind, event_tokens(doc, event_words), tuple(names), tuple(uses), tuple(heard))
    parts = [part(scene, name, use) for name, use in zip(names, uses, strict=True)]
    for i in range(len(parts)):
        parts[i] = settled(i, parts, names)
    for rule in WHOLE if pomp(scene) is None else ():
        parts = rule(scene, parts)
    return parts


def part(scene: Scene, name: Name, use: Use) -> Part:
    """The part of one name: the first rule that knows."""
    for rule in RULES:
        found = rule(scene, name, use)
        if found is not None:
            return found
    return Part(use.role, use.sure, f"{use.because[:1].upper()}{use.because[1:]}.")


RULES: tuple[Callable[[Scene, Name, Use], Part | None], ...] = (
    headed,
    namesake,
    ceremonial,
    headlined,
    whereabouts,
    titled,
    shown,
    tried,
    scheduled,
    pictured,
    route,
    hosted,
    named_after,
    supplier,
    recipient,
    landmark,
    hailing,
    home,
    seated,
    voiced,
    journey,
    befallen,
    bystanders,
    topic,
    scene_of,
)
"""Asked in this order; the first that knows decides."""

WHOLE: tuple[Callable[[Scene, list[Part]], list[Part]], ...] = (
    of_which,
    gone_to,
    beside_roads,
    nearest_known,
    together,
    there,
    at_home,
    filed,
)
"""Asked in this order of a sentence's parts together; each hands on the parts, changed or not."""
