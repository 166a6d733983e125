"""A name that the gazetteer lacks is put around the place about which the text turns, when it is asked for."""

from __future__ import annotations

from geo.places.place import Location, Toponym
from geo.places.resolve import resolve
from tests.places.marked import unmarked

TEXT = (
    "The council of [Norfolk], [Nebraska], met on Monday. A lorry had overturned on [Grubblewick Street], north of "
    "[Norfolk], and in [Madison] and [Pierce] in the same county the sirens were tested. [Nebraska] paid for it."
)


def placed(marked: str, *, approximate: bool) -> list[Location]:
    text, spans = unmarked(marked)
    return list(resolve(text, [Toponym(span, 1.0) for span in spans], approximate=approximate))


def test_an_unknown_street_lies_around_the_town_of_the_report() -> None:
    street = placed(TEXT, approximate=True)[2]
    assert street.place is not None
    assert street.place.name == "Grubblewick Street"
    assert street.place.geonameid is None
    assert abs(street.place.lat - 42.0) < 0.6
    assert abs(street.place.lon + 97.4) < 0.6
    assert street.place.radius_km >= 40
    assert 0.15 <= street.score < 1
    assert "somewhere around" in street.because


def test_unasked_it_stays_without_a_place() -> None:
    street = placed(TEXT, approximate=False)[2]
    assert street.place is None
    assert street.score < 0.15


def test_known_names_are_the_same_either_way() -> None:
    exact, about = placed(TEXT, approximate=False), placed(TEXT, approximate=True)
    for i in (0, 1, 3, 6):
        assert exact[i].place == about[i].place


def test_a_text_of_countries_has_no_middle_to_put_a_name() -> None:
    found = placed("[France] and [Grubblewick] spoke with [Japan].", approximate=True)
    assert found[1].place is None


def test_a_name_alone_is_not_put_anywhere() -> None:
    (found,) = placed("They met at [Grubblewick].", approximate=True)
    assert found.place is None
    assert "no place named" in found.because


def test_a_lake_is_not_the_province_it_is_named_after() -> None:
    (found,) = placed("Ice broke up on [Lake Ontario].", approximate=False)
    assert found.place is not None
    assert found.place.kind == "water"


def test_a_region_known_far_and_wide_goes_before_a_small_town_of_its_name() -> None:
    (found,) = placed("Oil from the [Middle East] got dearer.", approximate=False)
    assert found.place is not None
    assert found.place.kind == "region"


def test_a_place_of_no_country_has_no_country_code() -> None:
    (found,) = placed("Ships crossed the [Pacific].", approximate=False)
    assert found.place is not None
    assert found.place.country == ""


def test_a_name_that_says_where_it_lies_is_that_place() -> None:
    (found,) = placed("Sirens were tested in [Norfolk, Nebraska] again.", approximate=False)
    assert found.place is not None
    assert (found.place.name, found.place.admin1) == ("Norfolk", "Nebraska")
