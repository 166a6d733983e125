"""Articles that a reader gives: what is taken, and what is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from geo.view.adding import MOST_BYTES, MOST_FILES, MOST_LETTERS, from_files, from_text


def archive(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return packed.getvalue()


def test_a_pasted_text_becomes_an_article() -> None:
    given = from_text("Talks by the sea\n\nEnvoys met in Doha.", "Morning Ledger", date(2018, 5, 3))
    (article,) = given.articles
    assert article.title == "Talks by the sea"
    assert article.publisher == "Morning Ledger"
    assert article.published.first == date(2018, 5, 3)


def test_an_archive_is_opened_and_no_name_in_it_is_a_path() -> None:
    content = archive({"../../etc/a.txt": b"Crowds marched in Herat on Monday.", "notes.exe": b"x"})
    given = from_files([("some.zip", content)])
    (article,) = given.articles
    assert article.source in (None, "a.txt")
    assert not given.refused


def test_an_archive_that_swells_is_refused() -> None:
    given = from_files([("bomb.zip", archive({"a.txt": b"a" * (MOST_BYTES + 10)}))])
    assert not given.articles
    assert "too large when unpacked" in given.refused[0].reason


def test_what_is_no_archive_no_text_or_too_large_is_refused_each_with_its_reason() -> None:
    given = from_files(
        [("a.zip", b"PK no"), ("b.pdf", b"%PDF"), ("c.txt", b"x" * (MOST_BYTES + 1)), ("d.txt", b"\x00\x01\x02" * 99)]
    )
    assert not given.articles
    assert len(given.refused) == 4


def test_more_files_than_allowed_are_left_out_and_named() -> None:
    given = from_files([(f"{n}.txt", b"They met in Doha on Monday.") for n in range(MOST_FILES + 3)])
    assert len(given.articles) == MOST_FILES
    assert "at most" in given.refused[-1].reason


def test_more_letters_than_a_small_host_reads_in_a_minute_are_left_out_and_named() -> None:
    text = "They met in Doha on Monday.\n" * 1000
    given = from_files([(f"{n}.txt", text.encode()) for n in range(10)])
    assert sum(len(article.text) for article in given.articles) <= MOST_LETTERS
    assert len(given.articles) + len(given.refused) == 10
    assert "characters at most" in given.refused[0].reason
    assert from_text("x" * (MOST_LETTERS + 1), None, None).refused
