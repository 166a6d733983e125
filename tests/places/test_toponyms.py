"""Which words of a text are place names, with the encoder and without it."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from geo.model.encoder import Encoder
from geo.places.gazetteer import Gazetteer
from geo.places.spots import spots
from geo.places.spotting import FEATURES, findings, spotted, weighed
from geo.places.stretches import Stretches, apart
from geo.places.toponyms import LEAST, toponyms, toponyms_of
from geo.text.span import Span


def found(text: str) -> list[str]:
    return [toponym.span.of(text) for toponym in toponyms(text)]


@pytest.fixture(params=["encoder", "gazetteer and grammar"])
def finder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Once with the encoder, where its weights are, and once as if there were none."""
    if request.param == "encoder" and Encoder.shared("places") is None:
        pytest.skip("the encoder's weights are not here")
    if request.param != "encoder":
        monkeypatch.setattr(Encoder, "shared", staticmethod(lambda *_: None))
    return str(request.param)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Talks were held in Doha and Tashkent.", ["Doha", "Tashkent"]),
        ("Hundreds walked through Kunduz province towards Tajikistan.", ["Kunduz", "Tajikistan"]),
        ("They drove from Nairobi to Mombasa in Kenya.", ["Nairobi", "Mombasa", "Kenya"]),
        ("Nobody was hurt in Paris, Texas, the sheriff said.", ["Paris", "Texas"]),
    ],
)
def test_place_names_are_found_with_their_exact_spans(finder: str, text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("text", ["The Afghan and French teams met.", "It was a long day and nobody spoke.", "", " \n "])
def test_what_is_no_place_name_is_not_found(finder: str, text: str) -> None:
    assert found(text) == []


def test_a_romanised_name_is_found_without_any_help(finder: str) -> None:
    names = found("Shops in Pul-i-Khumri stayed shut, a trader from Herat said.")
    assert "Herat" in names
    if finder == "encoder":  # grammar alone is not sure enough of what nothing else explains
        assert names == ["Pul-i-Khumri", "Herat"]


FRAMES = (
    "Shops in {} stayed shut on Friday.",
    "A trader from {} said the road was closed.",
    "Fighters near {} were given rifles, an official said.",
    "The minister flew to {} for talks with his counterpart.",
)


def test_towns_of_the_whole_world_are_found_in_a_single_sentence() -> None:
    """The corpora that the encoder learned from are mostly American; the world is not."""
    if Encoder.shared("places") is None:
        pytest.skip("the encoder's weights are not here")
    towns = sorted((p for p in Gazetteer.shared() if p.kind == "city" and p.population > 150_000), key=lambda p: p.id)
    names = [town.name for town in towns[:: len(towns) // 150]]
    for frame in FRAMES:
        texts = [frame.format(name) for name in names]
        seen = zip(texts, toponyms_of(texts), strict=True)
        whole = [any(t.span.of(text) == name for t in got) for name, (text, got) in zip(names, seen, strict=True)]
        assert sum(whole) >= 0.95 * len(names), (frame, [n for n, hit in zip(names, whole, strict=True) if not hit])


def test_persons_who_bear_a_place_s_name_are_no_places(finder: str) -> None:
    assert "Paris" not in found("The singer Paris Hilton smiled at her fans on the stage.")


def test_a_dateline_in_capitals_is_found(finder: str) -> None:
    assert found("KHARTOUM -- Thousands of people gathered on Monday.")[:1] == ["KHARTOUM"]


def test_names_come_in_order_and_never_overlap(finder: str) -> None:
    text = "From New York City to New Jersey, from Greater London to Northern Ireland and York, Pennsylvania. " * 5
    spans = [toponym.span for toponym in toponyms(text)]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 < toponym.score <= 1 and toponym.because for toponym in toponyms(text))


def test_many_texts_at_once_give_what_each_gives_alone(finder: str) -> None:
    texts = ["Rain fell in Lisbon.", "", "Snow fell in Oslo and Bergen."]
    assert [[t.span for t in names] for names in toponyms_of(texts)] == [[t.span for t in toponyms(x)] for x in texts]


def test_hostile_text_does_no_harm(finder: str) -> None:
    text = (
        "{{7*7}} {% raw %} \u202e Oslo \x00 \ud800 ${1} `x` </script> In Oslo, \u2028 Bergen. "
        + "A" * 50_000
        + " (" * 2000
    )
    assert "Oslo" in found(text)


def test_a_megabyte_is_read_in_time_that_grows_with_its_length() -> None:
    text = "Rain fell in Lisbon, Porto and Faro. " * 300
    begun = time.process_time()
    spotted(text, None, Gazetteer.shared())
    short = time.process_time() - begun
    begun = time.process_time()
    spotted(text * 4, None, Gazetteer.shared())
    assert time.process_time() - begun < 12 * short + 2


def test_without_the_encoder_hyphened_words_fall_apart_unless_they_are_names() -> None:
    text = "The Kabul-based agency saw a Moscow-backed plan in Dasht-e-Archi."
    assert [text[s.span.start : s.span.end] for s in spots(text, Gazetteer.shared())] == [
        "Kabul",
        "Moscow",
        "Dasht-e-Archi",
    ]


def test_a_final_dot_belongs_to_an_abbreviation_and_not_to_a_sentence() -> None:
    text = "He moved from London, Ky., to Lebanon."
    names = [spot.span.of(text) for spot in spots(text, Gazetteer.shared())]
    assert names == ["London", "Ky.", "Lebanon"]


def test_every_spot_has_every_feature() -> None:
    text = "In Oslo it rained."
    gazetteer = Gazetteer.shared()
    table = weighed(text, spots(text, gazetteer), findings(text, None, None, gazetteer))
    assert table.shape == (1, len(FEATURES))


def test_of_overlapping_stretches_the_best_is_kept() -> None:
    assert apart([(Span(0, 8), 0.5), (Span(4, 8), 0.9), (Span(9, 12), 0.1)]) == [(Span(4, 8), 0.9), (Span(9, 12), 0.1)]


def test_stretches_are_found_by_position() -> None:
    stretches = Stretches([Span(0, 4), Span(6, 9), Span(9, 12)])
    assert list(stretches.touching(Span(3, 7))) == [Span(0, 4), Span(6, 9)]
    assert list(stretches.touching(Span(4, 6))) == []
    assert 0 < LEAST < 1
