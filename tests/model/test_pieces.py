"""Windows cover every piece once; a piece's shape tells how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.pieces import CHUNK, chunks, shape, windows


@given(st.integers(0, 3_000), st.integers(20, 200), st.integers(0, 15))
def test_windows_keep_every_piece_once(length: int, size: int, overlap: int) -> None:
    found = windows(length, size, overlap)
    kept = [i for _, _, first, last in found for i in range(first, last)]
    assert kept == list(range(length))
    for begin, end, first, last in found:
        assert 0 <= begin <= first <= last <= end <= length
        assert end - begin <= size


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
