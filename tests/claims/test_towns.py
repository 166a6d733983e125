"""A bare name of a scene is the town and not the province called after it; places are real, happenings made up."""

from __future__ import annotations

import pytest

from geo.claims.readings import name_at, use
from geo.claims.towns import in_town, of_state
from geo.model.grammar import Grammar
from geo.places.gazetteer import Gazetteer
from geo.places.place import Location, Place, PlaceKind, Role, Toponym
from geo.text.span import Span


def area(name: str, kind: PlaceKind, country: str) -> Place:
    return next(p for p in Gazetteer.shared().named(name) if p.kind == kind and p.country == country)


def located(text: str, name: str, kind: PlaceKind, country: str, *, role: Role = "happened_at") -> Location:
    at = Span(text.rindex(name), text.rindex(name) + len(name))
    return Location(Toponym(at, 1.0), area(name, kind, country), role, 1.0, (), "given", "given")


TOWNS = [
    ("Nurses marched in Idlib on Monday.", "Idlib", "province", "SY"),
    ("The envoys will meet again in Washington in May.", "Washington", "province", "US"),
    ("Dockers blocked the harbour of Basra.", "Basra", "province", "IQ"),
    ("They were handed over in Kano on Friday.", "Kano", "province", "NG"),
    ("A delegation visited Puno.", "Puno", "province", "PE"),
    ("Talks were held in Giurgiu.", "Giurgiu", "province", "RO"),
    ("Hundreds rallied in Guayaquil.", "Guayaquil", "district", "EC"),
    ("Thousands marched in Chiang Mai and in Lampang.", "Chiang Mai", "province", "TH"),
]


@pytest.mark.parametrize(("text", "name", "kind", "country"), TOWNS, ids=[row[0] for row in TOWNS])
def test_a_bare_name_is_the_town(text: str, name: str, kind: PlaceKind, country: str) -> None:
    found = in_town(text, located(text, name, kind, country), ())
    assert found.place is not None
    assert found.place.kind == "city"
    assert found.because.endswith(".")


AREAS = [
    ("Villagers all over Idlib province marched. They gathered again in Idlib.", "Idlib", "province", "SY"),
    ("In the state of Kano, herders met. They went on to Kano.", "Kano", "province", "NG"),
    ("Lumberjacks met in Quebec.", "Quebec", "province", "CA"),
    ("Loggers rallied in Washington state.", "Washington", "province", "US"),
    ("Fishermen met in Basra's southern districts.", "Basra", "province", "IQ"),
    ("Growers marched in Puno, a mountainous region.", "Puno", "province", "PE"),
]


@pytest.mark.parametrize(("text", "name", "kind", "country"), AREAS, ids=[row[0] for row in AREAS])
def test_a_name_that_is_called_an_area_stays_one(text: str, name: str, kind: PlaceKind, country: str) -> None:
    given = located(text, name, kind, country)
    assert in_town(text, given, ()) == given


def test_a_name_in_a_list_of_provinces_is_a_province() -> None:
    text = "Farmers marched in Helmand, Kandahar and Nimroz."
    given = [located(text, name, "province", "AF") for name in ("Helmand", "Kandahar")]
    assert in_town(text, given[1], given) == given[1]


def test_a_place_without_a_marker_stays_what_it_is() -> None:
    text = "Rifles came from Idlib."
    given = located(text, "Idlib", "province", "SY", role="supplier")
    assert in_town(text, given, ()) == given


@pytest.mark.parametrize(
    ("text", "name", "gets"),
    [
        ("Kinshasa has bought nine combat drones.", "Kinshasa", "Democratic Republic of the Congo"),
        ("Kabul received two helicopters from New Delhi.", "Kabul", "Afghanistan"),
        ("Fighters in Kabul received rifles on Monday.", "Kabul", "Kabul"),
        ("Gangs in Goma received rifles on Monday.", "Goma", "Goma"),
    ],
)
def test_a_capital_that_is_given_something_as_a_government_is_its_country(text: str, name: str, gets: str) -> None:
    doc = Grammar.shared().parse([text])[0]
    place = max(Gazetteer.shared().named(name), key=lambda one: (one.kind == "city", one.population))
    at = Span(text.index(name), text.index(name) + len(name))
    found = name_at(doc, at, place)
    assert found is not None
    given = Location(Toponym(at, 0.9), place, "recipient", 0.9, (), "Known.", "It gets something.")
    meant = of_state(given, use(found)).place
    assert meant is not None
    assert meant.name == gets
