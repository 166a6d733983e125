"""Floors of the section gate and the splitter on labelled pages and on made-up furniture; they only rise."""

from __future__ import annotations

from tests.text import furniture
from tests.text.gate import ELSEWHERE, figures, labelled_originals, labelled_pages
from tests.text.originals import needs_originals


@needs_originals
def test_the_originals_are_told_apart() -> None:
    found, misses = figures(labelled_originals())
    assert (found["article_shut_out"], found["rest_left_open"]) == (0, 0), misses
    assert found["sentence_ends_f1"] >= 0.99


def test_pages_from_elsewhere_are_told_apart() -> None:
    found, misses = figures(labelled_pages(ELSEWHERE))
    assert (found["article_shut_out"], found["rest_left_open"]) == (0, 0), misses
    assert found["sentence_ends_f1"] >= 0.97


def test_further_pages_leave_nothing_of_the_page_open() -> None:
    found, misses = figures(labelled_pages(ELSEWHERE.parent / "further"))
    assert found["rest_left_open"] == 0, misses
    assert found["article_shut_out"] <= 12, misses  # a site's own notes, labelled as article
    assert found["sentence_ends_f1"] >= 0.98


def test_furniture_of_thirty_forms_is_shut_out_and_the_article_around_it_stays() -> None:
    assert furniture.tried() > 4_500
    assert sorted(set(furniture.misses())) == []
