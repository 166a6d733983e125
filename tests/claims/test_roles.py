"""The part that each place plays; the sentences are our own, the places real."""

from __future__ import annotations

import pytest

from geo.claims.readings import name_at, use
from geo.claims.roles import roles
from geo.claims.speakers import listen
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.text.span import Span
from tests.claims.said import article, sentences

# ruff: noqa: E501
PARTS = [
    ("protest", "marched", "Hundreds marched in Nairobi on Monday against the price of bread.", {"Nairobi": "happened_at"}),
    ("protest", "gathered", "About 50 residents of Mombasa gathered in Nairobi on Monday.", {"Mombasa": "speaker_home", "Nairobi": "happened_at"}),
    ("meeting", "met", "The ministers of three states met in Geneva on Tuesday.", {"Geneva": "happened_at"}),
    ("meeting", "talks", "The Geneva talks ended without a result.", {"Geneva": "happened_at"}),
    ("meeting", "meet", "Ottawa has agreed to meet the miners.", {"Ottawa": "actor"}),
    ("meeting", "talks", "Miners held talks with Ottawa about wages.", {"Ottawa": "actor"}),
    ("arms_flow", "supplies", "Chile supplies weapons to the rebels via Bolivia, said Ana Diaz, a teacher in Lima.",
     {"Chile": "supplier", "Bolivia": "route", "Lima": "speaker_home"}),
    ("arms_flow", "Weapons", "Weapons from Chile went to fighters in Arequipa through Bolivia.", {"Chile": "supplier", "Bolivia": "route"}),
    ("arms_flow", "arming", "Speaking in Lima on Friday, the mayor accused Chile of arming the rebels.", {"Lima": "voiced_at"}),
    ("arms_flow", "received", "Raiders near Mombasa had received rifles from friends in Kampala, the army said.", {"Mombasa": "recipient", "Kampala": "supplier"}),
    ("arms_flow", "grenades", "Boxes of grenades had been carried out of Bolivia to young fighters in Arequipa.", {"Arequipa": "recipient"}),
    ("arms_flow", "Rifles", "Rifles came by way of Peru and Chile to the hills of Bolivia.", {"Peru": "route", "Chile": "route"}),
    ("meeting", "talks", "The bishops flew to Nairobi on Sunday for talks with the teachers.", {"Nairobi": "happened_at"}),
    ("meeting", "talks", "Four mayors travelled to Lima on Friday and held long talks with the miners.", {"Lima": "happened_at"}),
    ("meeting", "talks", "The mayor flew home to Lima and held talks in Geneva a week later.", {"Lima": "mention", "Geneva": "happened_at"}),
    ("meeting", "delegation", "A church delegation is to see the mayor in Mombasa on Friday.", {"Mombasa": "happened_at"}),
    ("meeting", "delegation", "A delegation of bishops is expected for Nairobi next week.", {"Nairobi": "happened_at"}),
    ("protest", "gathered", "In Nairobi, two hundred teachers gathered on Friday to ask for the return of the pupils kidnapped in Mombasa.", {"Nairobi": "happened_at", "Mombasa": "mention"}),
    ("protest", "protest", "Mombasa and Nairobi join teachers' protest", {"Mombasa": "happened_at", "Nairobi": "happened_at"}),
    ("protest", "marched", "NAIROBI, 3 May (Example Agency) - Thousands of nurses marched on Monday for better pay.", {"NAIROBI": "happened_at"}),
    ("protest", "marched", "NAIROBI (Example Agency) - Thousands of nurses marched in Mombasa on Monday.", {"NAIROBI": "mention", "Mombasa": "happened_at"}),
    ("arms_flow", "Rifles", "NAIROBI - Rifles for the rebels were found on a lorry, the police said.", {"NAIROBI": "mention"}),
    ("protest", "marched", "She was speaking in Mombasa, where two thousand nurses had marched to the harbour.", {"Mombasa": "happened_at"}),
    ("arms_flow", "trading", "A radio station in Lima reported that fishermen were trading rifles for goats with a band near Arequipa.", {"Lima": "speaker_home"}),
    ("arms_flow", "bringing", "The High Court in Nairobi set a day for the trial of two men accused of bringing pistols to a gang in Mombasa.", {"Nairobi": "speaker_home", "Mombasa": "recipient"}),
    ("arms_flow", "sending", "In Lima, the mayor showed the envoys rifles which, he alleged, Chile had been sending to raiders around Arequipa.", {"Lima": "mention", "Arequipa": "recipient"}),
    ("arms_flow", "rifles", "A baker in Mombasa said riders had handed out rifles from a lorry behind the mill there on Sunday.", {"Mombasa": "happened_at"}),
    ("protest", "marched", "Nairobi nurses marched on Monday for better pay.", {"Nairobi": "happened_at"}),
    ("protest", "marched", "Nairobi nurses marched in Mombasa on Monday for better pay.", {"Nairobi": "speaker_home", "Mombasa": "happened_at"}),
    ("meeting", "gathering", "The bishop made the remarks in Nairobi to a gathering of farmers and millers.", {"Nairobi": "happened_at"}),
    ("meeting", "observe", "A clerk from the embassy in Lima is there to observe.", {"Lima": "mention"}),
    ("arms_flow", "trading", "Fishermen were trading rifles for goats with a band based at Arequipa.", {"Arequipa": "recipient"}),
    ("protest", "rally", "The rally that the women of Mombasa had announced was called off.", {"Mombasa": "happened_at"}),
    ("meeting", "met", "The miners met at Quuxhampton in Nairobi for a day.", {"Quuxhampton": "happened_at", "Nairobi": "happened_at"}),
    ("protest", "shut", "On Monday in Nairobi traders shut their shops in protest at the levy.", {"Nairobi": "happened_at"}),
    ("protest", "sit-in", "In Kandy monks staged a sit-in.", {"Kandy": "happened_at"}),
    ("protest", "marched", "Lima students marched in Arequipa.", {"Lima": "speaker_home", "Arequipa": "happened_at"}),
    ("arms_flow", "rifles", "Lorries with rifles were on their way to Arequipa and its districts of Caylloma and Camana.",
     {"Arequipa": "mention", "Caylloma": "recipient", "Camana": "recipient"}),
    ("protest", "marched", "Thousands of nurses marched through Nairobi and the lakeside city of Kisumu on Friday.", {"Nairobi": "happened_at"}),
    ("protest", "marched", "Nurses marched in Kenya, notably the towns of Nairobi and Mombasa.", {"Kenya": "mention", "Nairobi": "happened_at", "Mombasa": "happened_at"}),
    ("meeting", "conference", "The conference at the old mill in Nairobi, which opened in May, lasted two weeks.", {"Nairobi": "happened_at"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "word", "text", "wanted"), PARTS, ids=[row[2][:60] for row in PARTS])
def test_the_part_of_a_place(kind: str, word: str, text: str, wanted: dict[str, str]) -> None:
    doc = Grammar.shared().parse([text])[0]
    heard = listen(sentences(article(text)), [doc])[0]
    names = []
    for words in wanted:
        at = Span(text.index(words), text.index(words) + len(words))
        name = name_at(doc, at, next(iter(Gazetteer.shared().named(words)), None))
        assert name is not None
        names.append(name)
    at = text.index(word)
    parts = roles(doc, kind, [Span(at, at + len(word))], names, [use(n) for n in names], heard)
    assert {n.text: p.role for n, p in zip(names, parts, strict=True)} == wanted
    assert all(p.because.endswith(".") for p in parts)


READINGS = [
    ("Nairobi", "Farmers accused Nairobi of breaking its word.", "actor"),
    ("Nairobi", "Nairobi's support for the farmers came late.", "actor"),
    ("Nairobi", "The Nairobi government refused.", "actor"),
    ("Nairobi", "Relations between Nairobi and the farmers are cold.", "actor"),
    ("Nairobi", "The streets were empty in Nairobi.", "mention"),
    ("Mombasa", "They met in the cities of Nairobi and Mombasa.", "mention"),
    ("Nairobi", "They travelled from Nairobi to the coast.", "mention"),
    ("Nairobi", "NAIROBI -- Farmers are angry.".replace("NAIROBI", "Nairobi"), "mention"),
]


@pytest.mark.parametrize(("name", "text", "role"), READINGS, ids=[row[1][:60] for row in READINGS])
def test_a_name_is_a_government_or_a_place(name: str, text: str, role: str) -> None:
    doc = Grammar.shared().parse([text])[0]
    found = name_at(doc, Span(text.index(name), text.index(name) + len(name)), Gazetteer.shared().named(name)[0])
    assert found is not None
    assert use(found).role == role


def test_the_reading_head_settles_what_the_rules_leave_open() -> None:
    text = "The plans of Nairobi are unknown."
    doc = Grammar.shared().parse([text])[0]
    span = Span(text.index("Nairobi"), text.index("Nairobi") + 7)
    place = Gazetteer.shared().named("Nairobi")[0]
    sure, unsure = name_at(doc, span, place, 0.95), name_at(doc, span, place, 0.05)
    assert sure is not None
    assert unsure is not None
    assert (use(sure).role, use(unsure).role) == ("actor", "mention")
    assert "reading head" in use(sure).because


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The famine was ruinous to both the coast and Nairobi.", "actor"),
        ("Such a levy would be harmful to Mombasa and Nairobi.", "actor"),
        ("The offer is acceptable to Nairobi.", "actor"),
        ("The fever is endemic to Nairobi.", "mention"),
        ("The mill lies close to Nairobi.", "mention"),
        ("The bird is common to Mombasa and Nairobi.", "mention"),
    ],
)
def test_to_whom_something_is_welcome_or_ruinous_acts_whatever_the_reading_head_doubts(text: str, role: str) -> None:
    doc = Grammar.shared().parse([text])[0]
    span = Span(text.index("Nairobi"), text.index("Nairobi") + 7)
    name = name_at(doc, span, Gazetteer.shared().named("Nairobi")[0], 0.3)
    assert name is not None
    assert use(name).role == role
