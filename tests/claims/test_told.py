"""A reading as a person reads it in a terminal."""

from __future__ import annotations

from geo.claims.told import WIDTH, told
from tests import made


def test_every_judgement_is_told_with_its_reason() -> None:
    reading = made.few()[1]
    text = " ".join(told(reading).split())
    for claim in reading.claims:
        assert f"“{' '.join(claim.sentence.text.split())}”" in text
        assert claim.because in text
        assert claim.voice.because in text
        for location in claim.locations:
            assert location.because in text
    assert "“Imam Sahib”: Imam Sahib (district), Kunduz, AF; recipient, marker." in text
    assert "not known. No date stands near the sentence." in text


def test_what_was_left_out_is_counted() -> None:
    assert "3 read; left out: 1 navigation" in told(made.few()[0])


def test_an_article_without_claims_says_so() -> None:
    assert any(line.split() == ["claims", "none"] for line in told(made.few()[4]).splitlines())


def test_no_line_is_longer_than_a_terminal() -> None:
    for reading in made.few():
        assert all(len(line) <= WIDTH for line in told(reading).splitlines())
