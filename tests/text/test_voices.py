"""Readers' words at the foot of a page that no heading announces, and speakers who belong to the article."""

from __future__ import annotations

import pytest

from geo.text.sections import blocks

ARTICLE = [
    "Dockers stay out in Mombasa",
    "Several hundred dockers stayed away from the port of Mombasa on Monday in a quarrel over night shifts.",
    "The port authority said that nine ships were waiting in the roads, and that talks would begin on Wednesday.",
    "Sailors played cards on deck while the price of rice went up in the markets of the coast towns.",
]


def sections(*below: str) -> list[str]:
    page = "\n\n".join([*ARTICLE, *below])
    return [block.section for block in blocks(page)][len(ARTICLE) :]


@pytest.mark.parametrize(
    "below",
    [
        ["pwani_boy: The dockers of Lamu should join them tomorrow."],
        ["Rider88: They ought to march on the governor's house.", "Report abuse"],
        ["READ ALSO: Ferry fares go up in Likoni", "Uncle Tom says: We must all strike.", "Asha B. says: About time."],
        ["Gallery 2/5: Ships wait off Kilindini.", "Juma (Dubai): The owners give guns to the guards."],
        ["@kilindini: The guards were armed from Tanga.", "Next story: Teachers march in Voi over late pay"],
        ["saltyDog7: Strike in Tanga as well, all of you.", "More stories", "Teachers march in Voi over late pay"],
        ["Asha: Let them march to the town hall again.", "Okello_2: No, to the harbour."],
    ],
)  # fmt: skip
def test_readers_without_a_heading_are_shut_out(below: list[str]) -> None:
    assert not {"body", "subhead", "caption"} & set(sections(*below))


@pytest.mark.parametrize(
    "below",
    [
        # an interview
        [
            "Coast Review: Did you expect so many people in the streets?",
            "Baraka: I did not. I think the whole quarter came.",
            "Coast Review: Will you march again next week?",
            "Baraka: Yes, on Friday, and I hope with the nurses.",
        ],
        # the words of those of whom the article tells
        ["The minister: we shall not talk to people who block a harbour.", "The dockers: we shall not move."],
        ["Mombasa: The dockers want to march to the town hall on Friday."],
        ["M23: The rebels held a rally in Goma on the same day."],
        ['Ann Weru, a crane driver: "We shall march every day until the night shift ends."'],
        # lists
        ["Nairobi: Nurses marched to parliament.", "Kisumu: Teachers blocked the bridge for an hour."],
        ["Result: The dockers of Lamu voted to stay away from the harbour."],
        ["Jane Auma (Kisumu): 4,312 votes.", "Peter Kamau (Voi): 3,102 votes."],
    ],
)  # fmt: skip
def test_speakers_and_lists_of_the_article_stay(below: list[str]) -> None:
    assert set(sections(*below)) == {"body"}


def test_very_many_names_take_bounded_time() -> None:
    page = "\n\n".join(
        [*ARTICLE, *(f"reader_{i}: Strike in Tanga as well, all of you." for i in range(4_000)), "a1" * 50_000]
    )
    assert blocks(page)
