"""What people put right: strictly read, never lost, replayed over every build."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geo.claims.claim import Claim, Reading
from geo.faults import BadInput, Fault
from geo.ledger.corrections import Correction, Replayed, append, load, now, replay, sentence_hash
from geo.ledger.query import Ledger
from geo.places.place import Place
from tests import made

MARCH = "Some 300 shopkeepers marched through Herat on Monday against a new tax, the police said."
BASE = {
    "action": "accept",
    "article": "valley-post-1",
    "sentence": sentence_hash(MARCH),
    "kind": "protest",
    "name": "A. Reader",
    "reason": "I was there.",
    "time": "2026-11-21T12:00:00+00:00",
}


def correction(**more: Any) -> Correction:
    return Correction(**(BASE | more))


def place_of(id: int) -> Place | None:
    return next((place for place in made.PLACES if place.id == id), None)


def done(*corrections: Correction) -> Replayed:
    return replay(made.few(), corrections, place_of)


def first(replayed: Replayed) -> Claim:
    return replayed.readings[0].claims[0]


def lines(tmp_path: Path, *records: object) -> Path:
    file = tmp_path / "corrections.jsonl"
    file.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    return file


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert load(tmp_path / "corrections.jsonl") == ()


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / "corrections.jsonl"
    said = [
        correction(),
        correction(action="reject", reason="A “quoted”, reason – دری"),
        correction(action="move", moved_from=made.HERAT.id, to=made.KABUL.id, role="happened_at"),
        correction(action="move", moved_from=made.HERAT.id, to=None),
        correction(action="redate", to="2017-06/2017-07", claim="valley-post-1-19-protest"),
        correction(action="redate", to=None),
        correction(action="rekind", to="meeting", time=now()),
    ]
    for one in said:
        append(file, one)
    assert load(file) == tuple(said)
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(said)


def test_a_file_without_its_last_line_end_is_continued_on_a_new_line(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    file.write_text(json.dumps(BASE))
    append(file, correction(action="reject"))
    assert [one.action for one in load(file)] == ["accept", "reject"]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="the correction cannot be written"):
        append(tmp_path / "file" / "corrections.jsonl", correction())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply|not JSON"),
        ("[]", "not a JSON object"),
        ({}, "“action” is missing"),
        (BASE | {"action": "erase"}, "no such action: 'erase'"),
        (BASE | {"colour": "red"}, "what is 'colour'"),
        (BASE | {"name": ""}, "“name” is not a text, or an empty one"),
        (BASE | {"name": 7}, "“name” is not a text"),
        (BASE | {"name": "x" * 201}, "longer than 200"),
        (BASE | {"reason": "bell \x07"}, "control character"),
        (BASE | {"reason": "two\nlines"}, "control character"),
        (BASE | {"sentence": "Some 300 shopkeepers"}, "not 16 hexadecimal digits"),
        (BASE | {"kind": "Protest!"}, "not the name of a kind"),
        (BASE | {"time": "yesterday"}, "not an ISO time"),
        (BASE | {"time": "2026-11-21T12:00:00"}, "not an ISO time with its zone"),
        (BASE | {"to": 3}, "means nothing in 'accept'"),
        (BASE | {"action": "move"}, "“to” is missing"),
        (BASE | {"action": "move", "to": "Herat", "from": 1}, "gazetteer id or null"),
        (BASE | {"action": "move", "to": True}, "gazetteer id or null"),
        (BASE | {"action": "move", "to": None}, "needs “from” or “to”"),
        (BASE | {"action": "move", "to": 1, "role": "seen_at"}, "no such role"),
        (BASE | {"action": "redate", "to": "June"}, "not a date"),
        (BASE | {"action": "redate", "to": "2017-02-30"}, "not a date"),
        (BASE | {"action": "redate", "to": "2018/2017"}, "ends before it begins"),
        (BASE | {"action": "redate", "to": 2017}, "a date or null"),
        (BASE | {"action": "rekind", "to": None}, "not the name of a kind"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(tmp_path: Path, line: object, reason: str) -> None:
    file = lines(tmp_path, BASE, "", line)
    with pytest.raises(BadInput, match=reason) as caught:
        load(file)
    assert str(caught.value.where) == f"{file}:3"
    assert "\n" not in str(caught.value)


def test_a_file_of_other_bytes_is_told(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not UTF-8"):
        load(file)


def test_the_hash_minds_words_and_not_line_ends() -> None:
    assert sentence_hash("They  marched\nin Herat. ") == sentence_hash("They marched in Herat.")
    assert sentence_hash("They marched in Herat!") != sentence_hash("They marched in Herat.")


def test_an_accepted_claim_stays_and_tells_who_looked() -> None:
    replayed = done(correction())
    assert replayed.readings == made.few()
    assert replayed.marks == {first(replayed).id: [correction().mark]}


def test_a_rejected_claim_leaves_with_its_kind() -> None:
    reading = done(correction(action="reject")).readings[0]
    assert len(reading.claims) == 1
    assert reading.kinds[1] == ()
    assert reading.kinds[2] == ("protest",)


def test_the_last_word_counts() -> None:
    replayed = done(correction(action="reject"), correction(action="accept"))
    assert replayed.readings == made.few()
    assert [mark["action"] for mark in replayed.marks[first(replayed).id]] == ["reject", "accept"]


def test_a_moved_claim_has_a_new_place_and_says_by_whom() -> None:
    moved = first(done(correction(action="move", moved_from=made.HERAT.id, to=made.KABUL.id)))
    (location,) = moved.locations
    assert location.place == made.KABUL
    assert location.role == "happened_at"
    assert location.because == "Moved by A. Reader: I was there."
    assert location.toponym.span.of(moved.sentence.article.text) == "Herat"


def test_a_place_that_is_none_is_taken_away() -> None:
    assert first(done(correction(action="move", moved_from=made.HERAT.id, to=None))).locations == ()


def test_a_claim_without_a_place_can_be_given_one() -> None:
    hills = "They also gathered somewhere in the hills."
    said = correction(
        action="move", to=made.KALBAT.id, article="morning-ledger-3", sentence=sentence_hash(hills), role="recipient"
    )
    (claim,) = (c for c in done(said).readings[2].claims if c.sentence.text == hills)
    (location,) = claim.locations
    assert (location.place, location.role, location.pin) == (made.KALBAT, "recipient", True)


def test_a_place_that_the_gazetteer_lacks_is_told() -> None:
    with pytest.raises(ValueError, match="the gazetteer has no place 42"):
        done(correction(action="move", moved_from=made.HERAT.id, to=42))


def test_a_redated_claim_has_the_days_given() -> None:
    period = first(done(correction(action="redate", to="2017-06"))).event_date
    assert (str(period.first), str(period.last)) == ("2017-06-01", "2017-06-30")
    assert "A. Reader" in period.because
    assert not first(done(correction(action="redate", to=None))).event_date.known


def test_a_later_line_sees_what_an_earlier_one_did() -> None:
    replayed = done(
        correction(action="rekind", to="meeting"),
        correction(action="redate", to="2018", kind="meeting"),
        correction(action="redate", to="2019", kind="protest"),
    )
    assert first(replayed).kind == "meeting"
    assert str(first(replayed).event_date.first) == "2018-01-01"
    assert replayed.readings[0].kinds[1] == ("meeting",)
    assert [one.to for one in replayed.unmatched] == ["2019"]


def test_corrections_survive_a_text_that_grew_around_the_sentence() -> None:
    source = made.article("valley-post-1", "A new first line.\n\nSome 300 shopkeepers marched through Herat on Monday\n")
    grown = made.article("valley-post-1", f"A new first line.\n\n{MARCH}\n")
    again = made.reading(grown, [{"line": 1}])
    assert replay([again], [correction(action="reject")], place_of).readings[0].claims == ()
    other = made.reading(source, [{"line": 1, "speaker": None}])
    assert replay([other], [correction(action="reject")], place_of).unmatched


def test_one_of_two_claims_of_a_sentence_can_be_meant() -> None:
    reading = made.few()[0]
    one = reading.claims[0]
    two = Reading(reading.article, reading.sentences, reading.kinds, reading.mentions, (one, replace(one, id="other")))
    assert replay([two], [correction(action="reject", claim="other")], place_of).readings[0].claims == (one,)
    # An id that is no more: the sentence and the kind say enough.
    assert replay([two], [correction(action="reject", claim="gone")], place_of).readings[0].claims == ()


def test_the_ledger_tells_what_was_corrected(tmp_path: Path) -> None:
    replayed = done(correction(action="redate", to="2016-01-02"))
    made.ledger(tmp_path, replayed.readings)
    assert set(Ledger.open(tmp_path).claims()["corrected"]) == {"[]"}
    from geo.ledger.write import write

    write(replayed.readings, tmp_path, corrected=replayed.marks)
    frame = Ledger.open(tmp_path).claims().set_index("claim_id")
    marks = json.loads(frame.loc[first(replayed).id, "corrected"])
    assert marks == [
        {"action": "redate", "to": "2016-01-02", "name": "A. Reader", "reason": "I was there.", "time": BASE["time"]}
    ]
