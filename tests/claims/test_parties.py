"""Who gives and who gets where no place says it; the sentences are our own."""

from __future__ import annotations

import pytest

from geo.claims.parties import parties
from geo.model.grammar import Grammar
from geo.text.span import Span

# ruff: noqa: E501
GIVEN = [
    ("supplied", "The Taliban were supplied with rifles by the Quds Force.", {("supplier", "the Quds Force"), ("recipient", "The Taliban")}),
    ("arming", "The envoy accused Wagner of arming the rebels.", {("supplier", "Wagner"), ("recipient", "the rebels")}),
    ("sent", "Hezbollah sent rockets to the militia last year.", {("supplier", "Hezbollah"), ("recipient", "the militia")}),
    ("rifles", "Russian rifles reached the Taliban, he said.", {("supplier", "Russian"), ("recipient", "the Taliban")}),
    ("bounties", "Iranian officers paid bounties to Taliban fighters.", {("supplier", "Iranian officers"), ("recipient", "Taliban fighters")}),
    ("received", "The Shabab received mortars from Eritrean officers.", {("recipient", "The Shabab"), ("supplier", "Eritrean officers")}),
    ("financed", "The guerrillas were financed by the Cali Cartel.", {("recipient", "The guerrillas"), ("supplier", "the Cali Cartel")}),
    ("giving", "The generals had been giving the Taliban weapons.", {("supplier", "The generals"), ("recipient", "Taliban")}),
    ("repaired", "No Taliban tanks were repaired by the smiths.", set()),
]  # fmt: skip


def found(kind: str, word: str, text: str) -> set[tuple[str, str]]:
    doc = Grammar.shared().parse([text])[0]
    at = text.index(word)
    return {(p.role, p.name) for p in parties(doc, kind, [Span(at, at + len(word))], ())}


@pytest.mark.parametrize(("word", "text", "wanted"), GIVEN, ids=[row[1] for row in GIVEN])
def test_who_gives_and_who_gets(word: str, text: str, wanted: set[tuple[str, str]]) -> None:
    assert found("arms_flow", word, text) == wanted


def test_a_speaker_neither_gives_nor_gets() -> None:
    names = {name for _, name in found("arms_flow", "sold", "General Ruiz said the dealers sold pistols to the gang.")}
    assert not any("Ruiz" in name for name in names)


def test_a_people_stands_for_its_country() -> None:
    text = "Russian rifles were sent to the Taliban."
    doc = Grammar.shared().parse([text])[0]
    given = [p for p in parties(doc, "arms_flow", [Span(8, 14), Span(20, 24)], ()) if p.role == "supplier"]
    assert [p.place.country for p in given if p.place] == ["RU"]


def test_nobody_gives_in_a_meeting() -> None:
    assert found("meeting", "met", "The Taliban met the generals.") == set()
