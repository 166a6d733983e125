"""Windows cover every piece once; a piece's shape tells how it is written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.pieces import CHUNK, chunks, cut, load, shape, windows
from geo.model.weights import WEIGHTS


@given(st.integers(0, 3_000), st.integers(20, 200), st.integers(0, 15), st.sets(st.integers(0, 3_000)))
def test_windows_keep_every_piece_once(length: int, size: int, overlap: int, opens: set[int]) -> None:
    found = windows(length, size, overlap, sorted(opens))
    kept = [i for _, _, first, last in found for i in range(first, last)]
    assert kept == list(range(length))
    for begin, end, first, last in found:
        assert 0 <= begin <= first <= last <= end <= length
        assert end - begin <= size
    assert sum(end - begin for begin, end, _, _ in found) <= length + len(found) * (overlap + 1)


@given(st.integers(191, 3_000), st.integers(0, 48))
def test_neighbours_share_what_they_should(length: int, overlap: int) -> None:
    found = windows(length, 190, overlap)
    assert all(one[1] - other[0] >= overlap - 1 for one, other in pairwise(found))


def test_windows_meet_where_a_sentence_begins() -> None:
    assert [first for _, _, first, _ in windows(300, 190, 32, [100, 140, 148, 170])] == [0, 148]
    assert [first for _, _, first, _ in windows(300, 190, 32, [100, 170])] == [0, 150]


def test_a_piece_opens_a_sentence_or_a_line() -> None:
    text = "Rain fell. “It rose,” he said. 5 towns\nflooded, e.g. two in U.S. states.\n\nNobody left."
    read = cut(load(str(WEIGHTS / "places" / "tokenizer.json")), text)
    assert [text[read.starts[i] :].split()[0] for i in read.opens] == ["“It", "5", "flooded,", "Nobody"]


SHAPES = [("paris", 1), ("Paris", 3), ("UN", 2), ("A", 3), ("iPad", 4), ("7.", 0), ("", 0)]


@pytest.mark.parametrize(("piece", "expected"), SHAPES)
def test_shapes(piece: str, expected: int) -> None:
    assert shape(piece) == expected


@given(st.text(alphabet="ab \n.", max_size=300), st.integers(1, 400))
def test_chunks_join_to_the_text(text: str, times: int) -> None:
    long = text * times
    assert "".join(chunk for _, chunk in chunks(long)) == long
    for offset, chunk in chunks(long):
        assert long[offset : offset + len(chunk)] == chunk
        assert len(chunk) <= CHUNK
