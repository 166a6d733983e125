"""The ledger on disk: whole or not at all, checked when opened, readable while it is replaced."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from geo.faults import DamagedLedger, Fault
from geo.ledger import files, lock
from geo.ledger.meta import FORMAT
from geo.ledger.query import Ledger
from geo.ledger.rows import rows
from geo.ledger.schema import TABLES
from geo.ledger.write import write
from geo.text.span import Span
from tests import made

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def tables(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in contents(folder).items() if name.endswith(".parquet")}


def test_the_files_have_exactly_the_columns_written_down(tmp_path: Path) -> None:
    meta = write(made.few(), tmp_path)
    for name in meta["files"]:
        assert pq.read_schema(tmp_path / name).remove_metadata().equals(TABLES[Path(name).stem])


def test_a_ledger_without_claims_keeps_the_types_of_its_columns(tmp_path: Path) -> None:
    meta = write([made.reading(made.article(text="Rain fell.\n"))], tmp_path)
    for name in meta["files"]:
        assert pq.read_schema(tmp_path / name).remove_metadata().equals(TABLES[Path(name).stem])
    assert Ledger.open(tmp_path).claims().empty


def test_a_claim_has_a_row_for_each_place_that_plays_a_part(tmp_path: Path) -> None:
    found = rows(made.few())
    flow = [row for row in found.claims if "crates of rifles" in row["sentence"]]
    assert [(row["place_name"], row["role"], row["pin"]) for row in flow] == [
        ("Russia", "supplier", False),
        ("Termez", "route", False),
        ("Imam Sahib", "recipient", True),
    ]
    assert [row["row_id"] for row in flow] == [f"{flow[0]['claim_id']}-{n}" for n in range(3)]


def test_a_place_named_twice_in_one_part_has_one_row() -> None:
    source = made.article(text="In Herat, the city of Herat, they marched.\n")
    one = made.reading(source, [{"line": 0, "places": [(made.HERAT, "happened_at"), (made.HERAT, "happened_at")]}])
    assert len(rows([one]).claims) == 1


def test_a_place_that_is_only_mentioned_has_no_row() -> None:
    source = made.article(text="They marched, far from Moscow.\n")
    (row,) = rows([made.reading(source, [{"line": 0, "places": [(made.MOSCOW, "mention")]}])]).claims
    assert row["place_id"] is None
    assert row["role"] is None
    assert row["pin"] is False


def test_every_span_is_the_exact_words() -> None:
    for reading in made.few():
        text = reading.article.text
        for row in rows([reading]).claims:
            assert text[row["start"] : row["end"]] == row["sentence"]
            if row["place_start"] is not None:
                assert text[row["place_start"] : row["place_end"]] == row["phrase"]
            for start, end in json.loads(row["words"]):
                assert row["start"] <= start < end <= row["end"]


def test_copies_count_as_one_origin_of_their_event() -> None:
    march = [row for row in rows(made.few()).claims if row["event"] == "e-march"]
    assert len(march) == 2
    assert {row["n_origins"] for row in march} == {1}
    crates = [row for row in rows(made.few()).claims if row["event"] == "e-3"]
    assert {row["n_origins"] for row in crates} == {2}


def test_text_that_no_file_takes_is_kept_at_the_same_length(tmp_path: Path) -> None:
    source = made.article(text="They marched \ud800 in Herat \x00.\n", title="\udfff")
    write([made.reading(source, [{"line": 0, "speaker": None}])], tmp_path)
    (claim,) = Ledger.open(tmp_path).claims().to_dict("records")
    assert claim["sentence"] == "They marched � in Herat \x00."
    assert claim["title"] == "�"


def test_the_same_readings_make_the_same_files(tmp_path: Path) -> None:
    write(made.few(), tmp_path / "one")
    write(made.few(), tmp_path / "two")
    assert tables(tmp_path / "one") == tables(tmp_path / "two")
    assert Ledger.open(tmp_path / "one").version == Ledger.open(tmp_path / "two").version


def test_other_readings_make_another_version(tmp_path: Path) -> None:
    write(made.few(), tmp_path)
    before = Ledger.open(tmp_path).version
    write(made.few()[1:], tmp_path)
    assert Ledger.open(tmp_path).version != before


def test_a_reader_goes_on_with_the_generation_it_opened(tmp_path: Path) -> None:
    write(made.few(), tmp_path)
    open_before = Ledger.open(tmp_path)
    claims = open_before.count()
    write(made.few()[:1], tmp_path)
    assert open_before.count() == claims
    assert Ledger.open(tmp_path).count() == 2


def test_generations_do_not_pile_up(tmp_path: Path) -> None:
    for n in range(1, 5):
        write(made.few()[:n], tmp_path)
    (tmp_path / ".new-killed").mkdir()
    write(made.few(), tmp_path)
    assert len(list(tmp_path.glob("g-*"))) == 2
    assert not list(tmp_path.glob(".new-*"))


@pytest.mark.parametrize("fatal", ["mkdtemp", "write_table", "_settle", "replace"])
def test_whatever_breaks_off_a_write_leaves_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fatal: str
) -> None:
    made.ledger(tmp_path)
    before = tables(tmp_path), (tmp_path / "meta.json").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "x"))

    owner = {"mkdtemp": "tempfile.", "write_table": "pq."}.get(fatal, "")
    monkeypatch.setattr(f"geo.ledger.write.{owner}{fatal}", full)
    with pytest.raises(Fault, match="the ledger cannot be written: No space left on device"):
        write(made.few()[:1], tmp_path)
    assert (tmp_path / "meta.json").read_bytes() == before[1]
    assert before[0].items() <= tables(tmp_path).items()
    assert Ledger.open(tmp_path).count() == 10


def test_a_disk_that_is_really_full_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    made.ledger(tmp_path)
    before = contents(tmp_path)
    code = "import sys; from pathlib import Path; from tests import made; made.ledger(Path(sys.argv[1]), made.many(400))"

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    ran = subprocess.run(
        [sys.executable, "-B", "-c", code, str(tmp_path)],
        cwd=ROOT,
        preexec_fn=small_files,
        capture_output=True,
        text=True,
    )
    assert "the ledger cannot be written: " in ran.stderr.splitlines()[-1]
    assert contents(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="the ledger cannot be written: Not a directory"):
        write(made.few(), tmp_path / "file" / "ledger")


def test_readers_see_one_complete_generation_while_it_is_replaced(tmp_path: Path) -> None:
    sizes = {10, 2}
    write(made.few(), tmp_path)
    done = threading.Event()

    def rewrite() -> None:
        for n in range(12):
            write(made.few()[: 1 if n % 2 == 0 else 5], tmp_path)
        done.set()

    thread = threading.Thread(target=rewrite)
    thread.start()
    seen = set()
    while not done.is_set():
        ledger = Ledger.open(tmp_path)
        seen.add(ledger.meta["claims"])
        ledger.close()
    thread.join()
    assert seen <= sizes


# ---- damage -----------------------------------------------------------------------------------------------------


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def one_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [Path.unlink, cut, one_bit])
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_file_is_named(tmp_path: Path, harm: object, table: str) -> None:
    made.ledger(tmp_path)
    (file,) = tmp_path.glob(f"g-*/{table}.parquet")
    harm(file)  # type: ignore[operator]
    with pytest.raises(DamagedLedger, match=rf"{table}\.parquet: (damaged|cannot be read)") as caught:
        Ledger.open(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "names no files"),
        ("{}", "names no files"),
        ('{"format": 99, "files": {}}', "another form"),
        ('{"format": 1, "files": {}}', "does not name the tables"),
        (
            '{"format": 1, "files": {"/etc/claims.parquet": "", "articles.parquet": "", "mentions.parquet": ""}}',
            "elsewhere",
        ),
        (
            '{"format": 1, "files": {"../claims.parquet": "", "articles.parquet": "", "mentions.parquet": ""}}',
            "elsewhere",
        ),
    ],
)
def test_a_damaged_meta_is_told(tmp_path: Path, meta: str, reason: str) -> None:
    made.ledger(tmp_path)
    (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(DamagedLedger, match=reason):
        Ledger.open(tmp_path)


def test_no_ledger_at_all_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DamagedLedger, match=r"no ledger here .*make one with “python -m geo build”"):
        Ledger.open(tmp_path / "nowhere")


def test_a_damaged_generation_is_written_anew(tmp_path: Path) -> None:
    made.ledger(tmp_path)
    (file,) = tmp_path.glob("g-*/claims.parquet")
    one_bit(file)
    made.ledger(tmp_path)
    assert Ledger.open(tmp_path).count() == 10


@pytest.mark.parametrize("name", ["it's", "a*b", "what?", "[a]", "{b}", "space here", "öde"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    made.ledger(tmp_path / name)
    assert Ledger.open(tmp_path / name).count() == 10


# ---- the lock and single files ----------------------------------------------------------------------------------


def test_a_second_build_is_told_of_the_first(tmp_path: Path) -> None:
    told = f"another build is at work here .process {os.getpid()}"
    with lock.held(tmp_path), pytest.raises(Fault, match=told), lock.held(tmp_path):
        pass
    with lock.held(tmp_path):
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = "import sys, os, signal; from pathlib import Path; from geo.ledger.lock import held\n"
    code += "with held(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT).returncode == -9
    with lock.held(tmp_path):
        pass


def test_lines_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before\n")

    def lines() -> object:
        yield "one"
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        files.write_lines(out, lines())  # type: ignore[arg-type]
    assert out.read_text() == "before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    files.write_lines(out, ["one", "two"])
    assert out.read_text() == "one\ntwo\n"


def test_made_up_worlds_are_the_same_every_time() -> None:
    assert list(made.many(60, 50)) == list(made.many(60, 50))
    assert rows(made.many(60, 50)).claims[0]["event_first"] is None or isinstance(
        rows(made.many(60, 50)).claims[0]["event_first"], date
    )


def test_a_place_that_no_word_names_is_written_like_any_other(tmp_path: Path) -> None:
    """A person may place a claim whose sentence names no place: the span of such a name is empty, and still a span."""
    source = made.article("a", "They gathered in the hills.\n")
    read = made.reading(source, [{"line": 0, "places": [(made.HERAT, "happened_at")]}])
    (claim,) = read.claims
    placed = replace(claim.locations[0], toponym=replace(claim.locations[0].toponym, span=Span(0, 0)))
    moved = replace(read, claims=(replace(claim, locations=(placed,)),))
    (row,) = Ledger.open(made.ledger(tmp_path, [moved])).claims().to_dict("records")
    assert (row["place_start"], row["place_end"], row["place_name"]) == (0, 0, "Herat")


@pytest.mark.parametrize("name", ["", "part-0.parquet", "/", "."])
def test_a_manifest_that_names_no_table_is_refused_in_a_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"format": FORMAT, "files": {name: "0" * 64}}), encoding="utf-8")
    with pytest.raises(Fault, match="does not name the tables"):
        Ledger.open(tmp_path)


def test_half_characters_in_any_field_are_written_as_unknown_ones(tmp_path: Path) -> None:
    from geo.ledger.write import arrow_table

    source = made.article("x", "They met.\n", None, title="\udc00", publisher="\ud800", authors=("a \ud800",))
    write([made.reading(source, [{"line": 0, "speaker": "\ud800"}])], tmp_path)
    ledger = Ledger.open(tmp_path)
    article = ledger.article("x")
    ledger.close()
    assert article is not None
    assert "\ufffd" in str(article)
    assert arrow_table([], TABLES["claims"]).num_rows == 0
