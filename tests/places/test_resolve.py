"""Which place a name means, told by the words around it and by the other names of its text."""

from __future__ import annotations

import json

import pytest

from geo.places.context import hints
from geo.places.gazetteer import Gazetteer
from geo.places.homes import home_of
from geo.places.place import Toponym
from geo.places.resolve import resolve
from geo.text.span import Span
from tests.places.marked import resolved, unmarked

AFGHANISTAN = (
    "People marched in the provinces of [Herat], [Baghlan] and [Badakhshan] of [Afghanistan] this week. "
    "In [Herat city] they carried flags; in [Pul-i-Khumri] and [Faizabad] they sang, "
    "a farmer from [Guzara District] said. "
    "The governor of [Balkh] flew from [Kabul] to [Doha]. Trucks from [Tajikistan] reached the [Kalbat], "
    "[Qalai Zal], [Dasht-e-Archi] and [Imam Sahib] districts of [Kunduz]; others went to [Uruzgan province], "
    "[Helmand] and [Farah province]. [Moscow], [Islamabad] and [Karachi] were quiet."
)
WANTED = [
    ("Herat", 1140025),
    ("Baghlan", 1147537),
    ("Badakhshan", 1147745),
    ("Afghanistan", 1149361),
    ("Herat city", 1140026),
    ("Pul-i-Khumri", 1130490),
    ("Faizabad", 1142170),
    ("Guzara District", 7053046),
    ("Balkh", 1147288),
    ("Kabul", 1138958),
    ("Doha", 290030),
    ("Tajikistan", 1220409),
    ("Kalbat", None),
    ("Qalai Zal", 7053317),
    ("Dasht-e-Archi", 7053313),
    ("Imam Sahib", 7053315),
    ("Kunduz", 1135690),
    ("Uruzgan province", 1131461),
    ("Helmand", 1140043),
    ("Farah province", 1142263),
    ("Moscow", 524901),
    ("Islamabad", 1176615),
    ("Karachi", 1174872),
]


def test_every_place_of_the_first_subject_is_the_right_one() -> None:
    found = [
        (name, place.place.geonameid if place.place else 0)
        for (name, _), place in zip(WANTED, resolved(AFGHANISTAN), strict=True)
    ]
    assert found == WANTED


def test_a_district_that_lasted_briefly_is_found_with_a_district_s_uncertainty_and_says_so() -> None:
    (kalbat,) = [location for location in resolved(AFGHANISTAN) if location.place and location.place.name == "Kalbat"]
    assert kalbat.place is not None
    assert (kalbat.place.kind, kalbat.place.country, kalbat.place.geonameid) == ("district", "AF", None)
    assert kalbat.place.radius_km >= 10
    assert "Imam Sahib" in kalbat.because


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("The mayor of [Paris], [Texas], met his guests.", [4717560, 4736286]),
        ("The mayor of [Paris] met the president of [France].", [2988507, 3017382]),
        ("A fire in [London], [Ontario], was put out; nobody in [Toronto] saw it.", [6058560, 6093943, 6167865]),
        ("A fire in [London] was put out, and [England] slept.", [2643743, None]),
        ("The road from [Gainesville] to [Ocala] is closed in [Florida].", [4156404, 4166673, 4155751]),
        ("The road from [Gainesville] to [Atlanta] is closed in [Georgia].", [4196586, 4180439, 4197000]),
        ("[Tbilisi] is the capital of [Georgia].", [611717, 614540]),
        ("[Birmingham] ([Alabama]) has a new bridge.", [4049979, 4829764]),
        ("Farmers of [Laurel County] in [Kentucky] met.", [4297480, None]),
        ("HALT -- [Lagos], the largest city of [Nigeria], flooded.", [2332459, 2328926]),
        ("Storms hit [Cartagena], [Murcia] and [Madrid].", [2520058, None, 3117735]),
    ],
)
def test_the_other_names_of_a_text_decide(marked: str, wanted: list[int | None]) -> None:
    found = [location.place.id if location.place else 0 for location in resolved(marked)]
    assert [got for got, want in zip(found, wanted, strict=True) if want] == [want for want in wanted if want]


@pytest.mark.parametrize(
    ("publisher", "country", "province"),
    [
        ("gainesvilletimes.com", "US", "Georgia"),
        ("The Gainesville Sun", "US", "Florida"),
        ("https://www.gainesvilleregister.com/news/1.html", "US", "Texas"),
    ],
)
def test_the_publisher_s_home_decides_when_nothing_else_does(publisher: str, country: str, province: str) -> None:
    (location,) = resolved("Police in [Gainesville] closed a road.", publisher)
    assert location.place is not None
    assert (location.place.country, location.place.admin1) == (country, province)


@pytest.mark.parametrize(
    ("publisher", "country"),
    [
        ("The Kabul Times", "AF"),
        ("dailystar.com.lb", "LB"),
        ("www.example.co.uk", "GB"),
        ("Some Blog", None),
        (None, None),
    ],
)
def test_the_home_of_a_publisher(publisher: str | None, country: str | None) -> None:
    assert home_of(publisher, Gazetteer.shared()).country == country


def test_the_words_for_a_people_mean_their_country() -> None:
    (location,) = resolved("An [Afghan] family arrived.")
    assert location.place is not None
    assert location.place.country == "AF"


def test_nothing_is_made_up_for_a_name_that_nobody_knows() -> None:
    (location,) = resolved("They came from [Qwxzlbrg].")
    assert location.place is None
    assert location.score == 0
    assert "Qwxzlbrg" in location.because


def test_rivals_are_kept_and_named() -> None:
    location = resolved("The mayor of [Paris], [Texas], met his guests.")[0]
    assert 1 <= len(location.rivals) <= 3
    assert location.score >= location.rivals[0].score
    assert "Texas" in location.because
    assert "rival" in location.because


def test_locations_come_in_the_order_of_the_toponyms() -> None:
    text, spans = unmarked("From [Oslo] to [Bergen].")
    out = resolve(text, [Toponym(span, 1.0) for span in reversed(spans)])
    assert [location.toponym.span.of(text) for location in out] == ["Bergen", "Oslo"]


def test_no_names_no_locations() -> None:
    assert resolve("Nothing here.", []) == ()


def test_spans_that_overlap_or_hold_no_letters_do_no_harm() -> None:
    text = "New York, {{7*7}} \u202e\x00 \ud800"
    spans = [Span(0, 8), Span(4, 8), Span(8, 9), Span(10, 17), Span(0, len(text))]
    assert len(resolve(text, [Toponym(span, 1.0) for span in spans])) == 5


def test_a_thousand_names_are_resolved_in_bounded_time() -> None:
    text, spans = unmarked(" and ".join(f"[San {name}]" for name in ("Jose", "Juan", "Pedro", "Luis") * 250))
    assert len(resolve(text, [Toponym(span, 1.0) for span in spans])) == 1000


HINTS = [
    ("in the provinces of [A], [B] and [C] yesterday", ["province", "province", "province"]),
    ("the [A], [B] and [C] districts of [D]", ["district", "district", "district", None]),
    ("[A] city and [B] District", ["city", "district"]),
    ("[A City] and [B Province]", ["city", "province"]),
    ("the capital, [A], and the capital of [B]", ["city", None]),
    ("In [A], another restless province, [B] sent help", [None, None]),
    ("[A] City Council and [B] State Department", [None, None]),
    ("two districts of [A]", [None]),
    ("[A], the capital of [B] province", ["city", "province"]),
    ("Lake [A] and [Mount B]", ["water", "land"]),
]


@pytest.mark.parametrize(("marked", "kinds"), HINTS)
def test_kind_words_tell_the_kind(marked: str, kinds: list[str | None]) -> None:
    text, spans = unmarked(marked)
    assert [hint.kind for hint in hints(text, spans)] == kinds


PARENTS = [
    ("[A], [B]", [1, None]),
    ("[A] ([B])", [1, None]),
    ("[A] district of [B]", [1, None]),
    ("the [A] and [B] districts of [C]", [2, 2, None]),
    ("[A]'s capital, [B]", [None, 0]),
    ("[A], [B] and [C] provinces", [None, None, None]),
    ("[A]. [B]", [None, None]),
]


@pytest.mark.parametrize(("marked", "parents"), PARENTS)
def test_the_text_says_which_place_holds_which(marked: str, parents: list[int | None]) -> None:
    text, spans = unmarked(marked)
    assert [hint.parent for hint in hints(text, spans)] == parents


def test_every_reason_can_be_said_and_every_weight_has_a_feature() -> None:
    import tomllib

    from geo.places import ranker, resolve
    from geo.places.features import OWN, SHARED

    weights = tomllib.loads(ranker.FILE.read_text(encoding="utf-8"))
    phrases = tomllib.loads(resolve.REASONS.read_text(encoding="utf-8"))
    assert set(weights["alone"]) == set(OWN)
    assert set(weights["whole"]) == set(phrases) == {*OWN, *SHARED}
    assert json.dumps(phrases)
