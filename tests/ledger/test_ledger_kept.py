"""Readings kept between builds: the same after as before, whatever lies on the disk."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geo.faults import Fault
from geo.ledger.kept import Kept, article_from, article_json, key, reading_from, reading_json
from tests import made


def test_a_reading_is_the_same_after_as_before() -> None:
    for reading in [*made.few(), *made.many(100, 60)]:
        assert reading_from(reading_json(reading)) == reading
        assert article_from(article_json(reading.article)) == reading.article


def test_claims_share_the_sentences_and_the_article_of_their_reading() -> None:
    reading = reading_from(reading_json(made.few()[1]))
    for claim in reading.claims:
        assert any(claim.sentence is sentence for sentence in reading.sentences)
        assert claim.sentence.article is reading.article


def test_scores_of_numpy_are_numbers_like_others() -> None:
    reading = made.few()[0]
    claim = replace(reading.claims[0], score=np.float32(0.5))
    assert reading_from(reading_json(replace(reading, claims=(claim,)))).claims[0].score == 0.5


def test_half_surrogate_pairs_survive() -> None:
    article = made.article(text="\ud800 \udfff")
    assert article_from(article_json(article)) == article


def test_what_is_kept_is_found_under_its_key_only(tmp_path: Path) -> None:
    kept, reading = Kept(tmp_path), made.few()[0]
    name = key(article_json(reading.article), "version 1")
    kept.put(name, reading_json(reading))
    assert kept.get(name) == reading
    assert kept.get(key(article_json(reading.article), "version 2")) is None
    assert kept.get(key(article_json(made.few()[1].article), "version 1")) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"junk", gzip.compress(b"junk"), gzip.compress(b"[]"), gzip.compress(b"{}"), gzip.compress(b'{"article": 1}')],
    # A packed file holds the second of its packing: names made from it would differ between the workers.
    ids=["empty", "junk", "packed-junk", "packed-list", "packed-nothing", "packed-other"],
)
def test_a_damaged_reading_counts_as_absent(tmp_path: Path, content: bytes) -> None:
    kept = Kept(tmp_path)
    kept.put("ab", reading_json(made.few()[0]))
    (file,) = tmp_path.glob("*/*")
    file.write_bytes(content)
    assert kept.get("ab") is None


def test_a_reading_of_another_form_counts_as_absent(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    older = json.loads(reading_json(made.few()[0]))
    older["article"]["colour"] = "red"
    kept.put("ab", json.dumps(older))
    assert kept.get("ab") is None


def test_what_nobody_needs_any_more_is_swept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for name in ("aa1", "aa2", "bb3"):
        kept.put(name, reading_json(made.few()[0]))
    kept.sweep({"aa2"})
    assert [kept.get(name) is not None for name in ("aa1", "aa2", "bb3")] == [False, True, False]


def test_a_disk_that_takes_nothing_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be kept here"):
        Kept(tmp_path / "file").put("ab", "{}")
