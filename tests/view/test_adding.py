"""Articles that a reader gives: what is taken, and what is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.faults import Fault
from geo.ledger.query import Filters, Ledger
from geo.text.reader import parse
from geo.view import adding, cards
from geo.view.adding import MOST_BYTES, MOST_FILES, MOST_LETTERS, Own, from_address, from_files, from_text, keep, read
from geo.view.fetching import Fetched
from tests import made


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


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_damaged_inside_is_refused_in_a_line(method: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as out:
        out.writestr("a.txt", b"Crowds marched in Herat on Monday. " * 40)
    content = bytearray(packed.getvalue())
    begin = content.index(b"a.txt") + 5
    content[begin : begin + 40] = b"\xff" * 40
    given = from_files([("some.zip", bytes(content))])
    assert not given.articles
    assert "not an archive that can be read" in given.refused[0].reason


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


def test_an_article_kept_in_a_corpus_reads_as_the_same_article(tmp_path: Path) -> None:
    text = 'Talks by the sea\n\nEnvoys met in Doha: "a start", one said.\n\n--- \n\nThey parted on Monday.\n'
    (article,) = from_text(text, "Morning: 'Ledger' #1", date(2018, 5, 3)).articles
    corpus = tmp_path / "corpus" / "articles"
    file = keep(article, corpus)
    assert file.parent == tmp_path / "corpus" / "originals"
    again = parse(file.read_bytes(), file)
    assert again.text.strip() == article.text.strip()
    assert (again.title, again.publisher) == (article.title, article.publisher)
    assert (again.published.first, again.published.last) == (date(2018, 5, 3), date(2018, 5, 3))
    assert again.kind == "original"


def test_nothing_in_a_corpus_is_written_over(tmp_path: Path) -> None:
    (one,) = from_text("Envoys met in Doha.", None, None).articles
    other = replace(one, text="Crowds marched in Herat.")
    assert keep(one, tmp_path) == keep(one, tmp_path)
    assert keep(other, tmp_path) != keep(one, tmp_path)
    assert "Doha" in keep(one, tmp_path).read_text(encoding="utf-8")


def test_no_title_or_id_leads_out_of_the_corpus(tmp_path: Path) -> None:
    (one,) = from_text("Envoys met in Doha.", None, None).articles
    hostile = replace(one, id="../../etc/passwd\x00", title="a\n---\nid: b", publisher="{{7*7}}: [", url="javascript:x")
    file = keep(hostile, tmp_path / "corpus")
    assert file.parent == tmp_path / "corpus"
    again = parse(file.read_bytes(), file)
    assert again.title == "a --- id: b"
    assert again.publisher == "{{7*7}}: ["


def test_a_folder_that_takes_no_file_is_a_fault(tmp_path: Path) -> None:
    (one,) = from_text("Envoys met in Doha.", None, None).articles
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Fault, match="cannot be kept"):
        keep(one, tmp_path / "file")


def test_a_page_of_the_web_keeps_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><head><title>Talks by the sea</title></head><body><article>"
    page += b"<p>Envoys met in Doha on Monday, and the host said that they would meet again.</p>" * 8
    monkeypatch.setattr(
        "geo.view.adding.fetch", lambda url, look_up: Fetched("a.html", page + b"</article></body></html>", url)
    )
    (article,) = from_address("https://example.org/talks").articles
    assert article.url == "https://example.org/talks"
    assert "Envoys met in Doha" in article.text


def test_an_address_inside_is_refused_with_its_reason() -> None:
    given = from_address("http://127.0.0.1/secret")
    assert not given.articles
    assert "not on the open internet" in given.refused[0].reason


def test_what_is_given_again_takes_the_place_of_what_was_read_before() -> None:
    first, second = made.few()[:2]
    assert (Own((first, second), ()) + Own((first,), ())).readings == (second, first)


def test_reading_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.view.adding.read_all", lambda articles, workers: ([made.few()[0]], []))
    told: list[tuple[int, int]] = []
    (one,) = from_text("Envoys met in Doha.", None, None).articles
    read([one, one], lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_articles_of_a_session_stand_beside_the_ledger_and_are_marked(tmp_path: Path) -> None:
    folder = made.ledger(tmp_path / "ledger")
    source = made.article("own-1", "Teachers marched in Herat again.\n", title="Of one's own", publisher=None)
    own = made.reading(source, [{"line": 0, "date": "2019-01-02", "event": "e-own", "origin": "o-own"}])
    whole = Ledger.open(folder)
    beside = adding.beside(folder, [own])
    assert beside.count() == whole.count() + 1
    assert beside.own_articles == 1
    assert beside.version != whole.version
    assert [row["article_id"] for row in beside.rows.claims() if row["session"]] == ["own-1"]
    herat = {row["place_id"]: row for row in beside.rows.places()}[made.HERAT.id]
    assert herat["n_session"] == 1
    assert herat["n"] > 1, "its marker counts both"
    (card,) = [cards.card(one) for one in cards.grouped(beside.rows.claims(Filters(article="own-1")))]
    assert ">of this session</span>" in card
    assert not any("of this session" in cards.card(one) for one in cards.grouped(whole.rows.claims()))


def test_an_article_that_the_ledger_has_too_is_not_counted_twice(tmp_path: Path) -> None:
    folder = made.ledger(tmp_path / "ledger")
    beside = adding.beside(folder, made.few()[:1])
    whole = Ledger.open(folder)
    assert beside.count() == whole.count()
    assert len(beside.rows.articles()) == len(whole.rows.articles())
