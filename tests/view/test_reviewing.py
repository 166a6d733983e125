"""From what a reader decides to the line that every build obeys, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.ledger.corrections import Correction, append, load
from geo.ledger.query import Filters, Ledger
from geo.places.gazetteer import Gazetteer
from geo.view import reviewing
from geo.view.cards import Row
from tests import made

TIME = "2026-11-22T03:00:00+00:00"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger.open(made.ledger(tmp_path_factory.mktemp("ledger")))


@pytest.fixture
def march(ledger: Ledger) -> Row:
    return ledger.rows.claims(Filters(article="valley-post-1", kinds=("protest",), words="shopkeepers"))[0]


def rejection(march: Row) -> Correction:
    return reviewing.correction(march, "reject", "A. Reader", "A sale, no march.", TIME)


def test_a_decision_names_the_sentence_by_its_hash_and_not_by_its_words(march: Row, tmp_path: Path) -> None:
    append(tmp_path / "c.jsonl", rejection(march))
    written = (tmp_path / "c.jsonl").read_text(encoding="utf-8")
    assert "shopkeepers" not in written
    assert load(tmp_path / "c.jsonl") == (rejection(march),)


@pytest.mark.parametrize(("name", "reason"), [("", "why"), ("  ", "why"), ("A. Reader", " ")])
def test_without_a_name_or_a_reason_there_is_no_decision(march: Row, name: str, reason: str) -> None:
    with pytest.raises(ValueError, match="every correction bears both"):
        reviewing.correction(march, "accept", name, reason, TIME)


def test_a_date_that_is_none_is_refused(march: Row) -> None:
    with pytest.raises(ValueError, match="soon"):
        reviewing.correction(march, "redate", "A. Reader", "why", TIME, to="soon")


def test_a_decision_is_found_again_at_its_claim_and_at_no_other(ledger: Ledger, march: Row) -> None:
    said = (rejection(march),)
    assert reviewing.meant(march, said) == said
    others = ledger.rows.claims(Filters(article="river-wire-7"))
    assert not any(reviewing.meant(row, said) for row in others)


def test_the_sentence_comes_from_the_article(ledger: Ledger, march: Row) -> None:
    article = ledger.article("valley-post-1")
    assert reviewing.sentence_of(article, rejection(march)) == march["sentence"]
    assert reviewing.sentence_of(ledger.article("quiet-1"), rejection(march)) == ""
    assert reviewing.sentence_of(None, rejection(march)) == ""


def test_a_rejection_is_in_force_until_it_is_taken_back(march: Row) -> None:
    no = rejection(march)
    yes = reviewing.taken_back(no, "B. Reader", "Taken back.", TIME)
    assert reviewing.rejected([no]) == [no]
    assert reviewing.rejected([no, yes]) == []
    assert reviewing.rejected([no, yes, no]) == [no]


def test_what_came_after_the_build_waits(ledger: Ledger, march: Row) -> None:
    said = (rejection(march),) * 3
    assert reviewing.waiting(ledger, said) == said
    built = Ledger(ledger.folder, {**ledger.meta, "corrections": {"made": 1, "unmatched": 1}}, ledger._connection)
    assert reviewing.waiting(built, said) == said[2:]


def test_the_queue_begins_with_what_is_most_doubtful(ledger: Ledger) -> None:
    n, found = reviewing.queue(ledger, Filters(), 4)
    assert (n, len(found)) == (ledger.count(), 4)
    assert [row["score"] for row in found] == sorted(row["score"] for row in found)


def test_a_name_or_an_id_leads_to_places() -> None:
    gazetteer = Gazetteer.shared()
    assert reviewing.candidates("Herat", gazetteer)
    (only,) = reviewing.candidates("1138958", gazetteer)
    assert "Kabul" in reviewing.described(only)
    assert reviewing.candidates("", gazetteer) == []
    assert reviewing.candidates("{{7*7}}", gazetteer) == []
    assert len(reviewing.candidates("Kabul", gazetteer)) <= reviewing.MOST_PLACES


def test_corrections_lie_beside_the_corpus_they_are_about(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "articles"
    desk = reviewing.desk(tmp_path / "ledger", {"ATLAS_CORPUS": str(folder), "ATLAS_LEDGER": "x"})
    assert desk is not None
    assert desk.file == tmp_path / "corpus" / "corrections.jsonl"
    assert reviewing.desk(tmp_path / "ledger", {"ATLAS_LEDGER": "x"}) is None
    usual = reviewing.desk(tmp_path / "ledger", {})
    assert usual is not None
    assert usual.file.parts[-2:] == ("corpus", "corrections.jsonl")


def test_the_history_shows_hostile_names_as_letters(march: Row) -> None:
    one = reviewing.correction(march, "accept", "<b onclick=x>", "</td><script>", TIME)
    html = reviewing.history([one], lambda _: made.HOSTILE)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;b onclick=x&gt;" in html
