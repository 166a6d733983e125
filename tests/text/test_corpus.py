"""Folders become corpora: originals in their briefs' places, bad files refused, all others read."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from geo.faults import BadInput
from geo.text.corpus import read_corpus
from geo.text.reader import read
from tests.text.originals import ROOT, needs_originals, originals
from tests.text.test_reader import BRIEF, put

ORIGINAL = (
    "March in Lokoja\n\nBy Somebody\n\n"
    "Some four hundred traders and their families walked to the river on Friday, witnesses said."
)


def corpus_folder(tmp_path: Path, **head: str) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    brief = BRIEF
    for name, value in head.items():
        brief = brief.replace("text: brief", f"{name}: {value}\ntext: brief")
    put(folder, "river-post-2019-05-03-march.md", brief)
    put(folder, "plain.txt", "Nurses walked out in Porto on Monday, the union said.")
    return folder


def test_articles_come_in_the_order_of_their_files_and_a_readme_is_none(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    put(folder, "README.md", "About these articles.")
    put(folder, ".hidden.txt", "Not an article.")
    corpus = read_corpus([folder])
    assert [article.id for article in corpus.articles] == ["plain", "river-post-2019-05-03-march"]
    assert corpus.refused == ()


def test_an_original_is_recognised_by_its_hash_and_keeps_the_briefs_front_matter(tmp_path: Path) -> None:
    digest = hashlib.sha256(ORIGINAL.encode()).hexdigest()
    folder = corpus_folder(tmp_path, original_sha256=digest)
    (tmp_path / "originals").mkdir()
    put(tmp_path / "originals", "downloaded page.txt", ORIGINAL)
    found = {article.id: article for article in read_corpus([folder]).articles}["river-post-2019-05-03-march"]
    assert (found.kind, found.text) == ("original", ORIGINAL)
    assert (found.title, found.publisher, found.republishes) == ("March in Lokoja", "River Post", "Reuters")
    assert found.published == read(folder / "river-post-2019-05-03-march.md").published
    assert found.source == "downloaded page.txt"


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_an_original_is_recognised_by_its_name(tmp_path: Path, ending: str) -> None:
    folder = corpus_folder(tmp_path)
    (tmp_path / "originals").mkdir()
    body = "".join(f"<p>{line}</p>" for line in ORIGINAL.split("\n\n"))
    page = f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"
    put(tmp_path / "originals", f"river-post-2019-05-03-march{ending}", page if ending == ".html" else ORIGINAL)
    corpus = read_corpus([folder])
    found = {article.id: article for article in corpus.articles}["river-post-2019-05-03-march"]
    assert not corpus.refused
    assert found.kind == "original"
    assert "four hundred traders" in found.text
    assert len(corpus.articles) == 2


def test_an_original_without_a_brief_is_an_article_of_its_own(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (tmp_path / "originals").mkdir()
    put(tmp_path / "originals", "another.txt", ORIGINAL)
    found = {article.id: article for article in read_corpus([folder]).articles}["another"]
    assert (found.kind, found.title) == ("original", "March in Lokoja")


def test_the_folder_of_originals_can_be_named(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (tmp_path / "mine").mkdir()
    put(tmp_path / "mine", "river-post-2019-05-03-march.txt", ORIGINAL)
    kinds = {article.id: article.kind for article in read_corpus([folder], originals=tmp_path / "mine").articles}
    assert kinds["river-post-2019-05-03-march"] == "original"


def test_bad_files_are_refused_and_the_others_are_read(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    put(folder, "binary.txt", b"\x00\x01\x02")
    put(folder, "broken.md", "---\ntitle: x\n")
    put(folder, "empty.txt", "")
    put(folder, "twin.md", BRIEF)
    with (folder / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    corpus = read_corpus([folder])
    assert len(corpus.articles) == 2
    refused = {Path(str(fault.where)).name: fault.reason for fault in corpus.refused}
    assert set(refused) == {"binary.txt", "broken.md", "empty.txt", "twin.md", "large.txt"}
    assert "a second article with the id" in refused["twin.md"]


def test_records_are_read_line_by_line(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "a", "text": "People marched in Porto."}),
        "not json",
        "[1]",
        "",
        json.dumps({"id": "b"}),
        "[" * 100_000,
    ]
    corpus = read_corpus([put(tmp_path, "in.jsonl", "\n".join(rows))])
    assert [article.id for article in corpus.articles] == ["a"]
    assert [str(fault.where).rsplit(" ", 1)[1] for fault in corpus.refused] == ["2", "3", "5", "6"]


def test_a_missing_path_and_a_folder_without_articles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file or folder"):
        read_corpus([tmp_path / "none"])
    with pytest.raises(BadInput, match="no articles in this folder"):
        read_corpus([tmp_path])
    with pytest.raises(BadInput, match="no such folder"):
        read_corpus([corpus_folder(tmp_path)], originals=tmp_path / "none")


def test_every_brief_of_the_corpus_is_read_under_its_files_name(tmp_path: Path) -> None:
    corpus = read_corpus([ROOT / "corpus" / "articles"], originals=tmp_path)
    assert not corpus.refused
    assert len(corpus.articles) == 60
    for article in corpus.articles:
        assert article.source == f"{article.id}.md"
        assert article.kind == "brief"
        assert article.published.known
        assert article.publisher


@needs_originals
def test_the_five_originals_take_the_places_of_their_briefs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "corpus" / "articles", tmp_path / "articles")
    shutil.copytree(originals()[0].parent, tmp_path / "originals")
    corpus = read_corpus([tmp_path / "articles"])
    replaced = [article for article in corpus.articles if article.kind == "original"]
    assert len(corpus.articles) == 60
    assert len(replaced) == 5
    assert {article.source for article in replaced} == {path.name for path in originals()}
    for article in replaced:
        brief = read(tmp_path / "articles" / f"{article.id}.md")
        assert (article.title, article.publisher, article.published) == (brief.title, brief.publisher, brief.published)
        assert article.text == (tmp_path / "originals" / str(article.source)).read_bytes().decode("utf-8")
