"""Dates that a claim does not give itself and takes from its neighbours or the time of writing, always with the reason.

A rule is a function that reads one claim among the article's claims and gives a period or None; the first of RULES that
gives one wins. Charges of arms do not share a day as the sentences about one meeting do: accusations of different
deliveries stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from geo.claims.claim import Claim
from geo.claims.framing import framed
from geo.claims.shared_days import gathered, headed, narrowed, only_one, sole, the_event, told_before, told_beside
from geo.claims.timeline import Scene, by_an_event
from geo.claims.told_now import by_the_clock, going_on, handed_over, in_a_row, under_way
from geo.text.article import Sentence
from geo.text.period import Period

Rule = Callable[[Scene, int, Claim], Period | None]
RULES: tuple[tuple[Rule, ...], ...] = (
    (framed, narrowed, gathered, only_one),
    (headed, told_before, the_event, told_beside, handed_over, going_on, in_a_row),
    (by_the_clock, sole, under_way),
)
"""Each group is applied to the whole article before the next, so that what is found early can be handed on."""


def redated(claims: Sequence[Claim], published: Period, docs: Mapping[Sentence, Doc] | None = None) -> list[Claim]:
    """The claims of one article, in text order, each with the best date that it or its neighbours give.

    ``docs`` are the parses of their sentences; with them a claim told in the present gets the time of publication.
    """
    own = tuple(claim.event_date.known for claim in claims)
    done = list(claims)
    for rules in RULES:
        for at, claim in enumerate(tuple(done)):
            if by_an_event(claim):
                continue
            scene = Scene(tuple(done), own, published, docs or {})
            found = next((period for rule in rules if (period := rule(scene, at, claim)) is not None), None)
            if found is not None:
                done[at] = replace(claim, event_date=found)
    return done
