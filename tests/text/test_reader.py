"""Files and records become articles, or are refused in one clear line."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.faults import BadInput
from geo.text.decoding import MOST_BYTES, decode
from geo.text.reader import from_record, read
from geo.text.sentences import sentences

BRIEF = """---
id: river-post-2019-05-03-march
title: "March in Lokoja"
publisher: River Post
publisher_type: independent
authors: ["Ann Weru", "Moses Kato"]
published: 2019-05
published_basis: "date line"
url: "https://example.org/march"
republishes: Reuters
text: brief
---
Hundreds of people marched in Lokoja on Friday. The police said nothing.

A second march is planned.
"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_a_brief_has_its_front_matter_and_the_text_below_it(tmp_path: Path) -> None:
    article = read(put(tmp_path, "river-post-2019-05-03-march.md", BRIEF))
    assert article.id == "river-post-2019-05-03-march"
    assert (article.title, article.publisher, article.publisher_type) == ("March in Lokoja", "River Post", "independent")
    assert article.authors == ("Ann Weru", "Moses Kato")
    assert (article.published.first, article.published.last) == (date(2019, 5, 1), date(2019, 5, 31))
    assert "date line" in article.published.because
    assert (article.url, article.republishes, article.kind) == ("https://example.org/march", "Reuters", "brief")
    assert article.source == "river-post-2019-05-03-march.md"
    assert article.text.startswith("Hundreds of people")
    assert article.text.endswith("planned.")


def test_markdown_without_front_matter_is_an_original(tmp_path: Path) -> None:
    article = read(
        put(tmp_path, "note.md", "March in Lokoja\n\nHundreds of people marched in Lokoja on Friday, witnesses said.")
    )
    assert (article.id, article.title, article.kind) == ("note", "March in Lokoja", "original")


def test_plain_text_is_taken_exactly_as_it_stands(tmp_path: Path) -> None:
    text = "\n\n  March in Lokoja\r\n\r\nHundreds of\u00a0people marched on Friday.  \n\n"
    assert read(put(tmp_path, "a.txt", text)).text == text


@pytest.mark.parametrize(
    "raw",
    [
        "\ufeffCafé owners march.".encode(),
        "Café owners march.".encode("utf-16"),
        "\ufeffCafé owners march.".encode("utf-16-be"),
        "\ufeffCafé owners march.".encode("utf-32-le"),
        "Café owners march.".encode("cp1252"),
        "Café owners march.".encode("latin-1"),
    ],
)
def test_common_encodings_are_read_and_the_byte_order_mark_is_dropped(tmp_path: Path, raw: bytes) -> None:
    assert read(put(tmp_path, "a.txt", raw)).text == "Café owners march."


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.txt", b"", "no words"),
        ("a.txt", b" \n\t \n", "no words"),
        ("a.txt", b"-- ... !!", "no words"),
        ("a.txt", b"PK\x03\x04\x00\x00zip", "not text"),
        ("a.txt", bytes(range(256)) * 20, "not text"),
        ("a.txt", b"\xff\xfeA\x00\x00\xd8", "not text"),
        ("a.txt", b"\x81\x8d\x8f\x90\x9d", "not text"),
        ("a.pdf", b"%PDF-1.7", "not an article"),
        ("a.md", b"---\ntitle: x\nno end", "no closing line"),
        ("a.md", b"---\ntitle: [x\n---\nText here.", "broken front matter"),
        ("a.md", b"---\n- a\n- b\n---\nText here.", "not a list of"),
        ("a.md", b"---\ntitel: x\n---\nText here.", "unknown field 'titel'"),
        ("a.md", b"---\ntitle: ''\n---\nText here.", "title is empty"),
        ("a.md", b"---\ntitle: {a: b}\n---\nText here.", "title must be one line"),
        ("a.md", b"---\nauthors: {a: b}\n---\nText here.", "authors must be a list"),
        ("a.md", b"---\npublished: yesterday\n---\nText here.", "not a date: 'yesterday'"),
        ("a.md", b"---\npublished: 2019-02-30\n---\nText here.", "not a date: '2019-02-30'"),
        ("a.md", b"---\npublished: 2019-05/2019-01\n---\nText here.", "ends before it begins"),
        ("a.md", b"---\ntext: poem\n---\nText here.", "'brief' or 'original'"),
        ("a.md", b"---\npublisher_type: nice\n---\nText here.", "publisher_type 'nice'"),
        ("a.md", b"---\nurl: example.org\n---\nText here.", "not a web address"),
        ("a.md", b"---\noriginal_sha256: abc\n---\nText here.", "64 hexadecimal digits"),
        ("a.md", b"---\ntitle: !!python/object:os.system x\n---\n", "no words"),
        ("a.md", b"---\na: &a [x]\nb: [*a, *a]\n---\nText here.", "unknown field 'a'"),
        ("a.md", b"---\n" + b"[" * 15_000 + b"\n---\nText here.", "broken front matter"),
        ("a.html", b"", "web page"),
        ("a.html", b"<html><body></body></html>", "web page"),
        ("a.html", b"\x00\x01\x02", "web page"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    path = put(tmp_path, name, raw)
    with pytest.raises(BadInput) as refused:
        read(path)
    assert reason in refused.value.reason
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_a_large_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(BadInput, match=r"too large for an article: 50\.0 MB"):
        read(path)
    assert MOST_BYTES < 50_000_000


def test_a_missing_file_a_folder_and_an_unreadable_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(BadInput, match="not a file"):
        read(tmp_path / "folder.txt")
    locked = put(tmp_path, "locked.txt", "People marched.")
    locked.chmod(0)
    if not os.access(locked, os.R_OK):  # the superuser may read everything
        with pytest.raises(BadInput, match="cannot be read"):
            read(locked)


def test_a_record_is_taken_exactly_and_its_facts_are_kept() -> None:
    record = {
        "id": "r1",
        "text": "  People marched.\n",
        "publisher": "River Post",
        "date": "2019-05-03T10:00:00Z",
        "title": "March",
    }
    article = from_record(record)
    assert (article.id, article.text, article.publisher, article.title) == (
        "r1",
        "  People marched.\n",
        "River Post",
        "March",
    )
    assert article.published.first == article.published.last == date(2019, 5, 3)


def test_a_record_without_date_is_dated_by_its_address() -> None:
    article = from_record({"id": 7, "text": "People marched.", "url": "https://example.org/2019/05/03/march"})
    assert article.id == "7"
    assert article.published.first == date(2019, 5, 3)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, 'no "id"'),
        ({"id": "a"}, 'no "text"'),
        ({"id": "a", "text": 5}, '"text" is not a text'),
        ({"id": "", "text": "x"}, '"id" is not a text'),
        ({"id": None, "text": "x"}, '"id" is not a text'),
        ({"id": "a", "text": ""}, "no words"),
        ({"id": "a", "text": "x", "date": "soon"}, "not a date"),
        ({"id": "a", "text": "x" * (MOST_BYTES + 1)}, "too large"),
    ],
)
def test_a_bad_record_is_refused(record: dict[str, object], reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        from_record(record)


def test_half_characters_become_replacement_signs_one_for_one() -> None:
    article = from_record(json.loads('{"id": "a", "text": "Ma\\ud800rch in Lokoja."}'))
    assert article.text == "Ma\ufffdrch in Lokoja."


def test_half_characters_written_as_escapes_in_a_head_or_a_page_are_replaced_too(tmp_path: Path) -> None:
    brief = put(tmp_path, "a.md", '---\ntitle: "Ma\\ud800rch"\nauthors: ["A\\udfff"]\n---\nPeople marched in Lokoja.')
    article = read(brief)
    assert (article.title, article.authors) == ("Ma\ufffdrch", ("A\ufffd",))
    record = {
        "id": "a\ud800",
        "text": "People marched.",
        "title": "\udfff",
        "publisher": "\ud800",
        "url": "https://a.b/\ud800",
    }
    article = from_record(record)
    for said in (article.id, article.title, article.publisher, article.url):
        assert said
        said.encode("utf-8")


HOSTILE = "{{7*7}} {% raw %} {# ${1} ` \\x3c <img src=x onerror=alert(1)> </script> \u202e\u0000\u200b"


def test_hostile_text_is_kept_as_it_is() -> None:
    article = from_record({"id": HOSTILE, "text": HOSTILE + " People marched.", "title": HOSTILE, "publisher": HOSTILE})
    assert article.text == HOSTILE + " People marched."
    assert "".join(sentence.text for sentence in sentences(article)).endswith("People marched.")


@given(st.text(min_size=1, max_size=300), st.one_of(st.none(), st.text(max_size=60)))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text: str, title: str | None) -> None:
    try:
        article = from_record({"id": "a", "text": text, "title": title})
    except BadInput:
        assert not any(sign.isalnum() for sign in text)
        return
    assert len(article.text) == len(text)
    assert sentences(article)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(decode(raw, "made up"), str)


@given(st.text(alphabet=st.sampled_from(list("---\n:[]{}&*!|>'\"#% abtid,éà\t")), max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_front_matter_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, head: str) -> None:
    path = tmp_path_factory.mktemp("heads") / "a.md"
    path.write_text(f"---\n{head}\n---\nPeople marched.", encoding="utf-8")
    with contextlib.suppress(BadInput):
        assert read(path).text


def test_a_line_that_nobody_sees_stops_no_reading(tmp_path: Path) -> None:
    file = tmp_path / "unseen.md"
    file.write_bytes("---\n---\n0 0 0 : 0 0 0 0 ?\n{{7*7}}\n\u200b".encode())
    assert read(file).text.endswith("{{7*7}}\n\u200b")
