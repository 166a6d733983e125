"""A corpus built in parts: the ledger that memory would have made, whoever does the tasks and wherever the input lies."""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo import __main__ as commands
from geo.build import BuildReport, build, large, packs
from geo.build.contents import article, raws
from geo.build.crew import crew
from geo.build.exchange import Exchange
from geo.build.inputs import blocks
from geo.claims import chains
from geo.claims.claim import Reading
from geo.faults import BadInput, Fault
from geo.ledger.corrections import sentence_hash
from geo.ledger.meta import read_meta
from geo.ledger.meta import tables as files_of
from geo.ledger.query import Ledger
from geo.text.article import Article
from tests import generated
from tests.ledger.test_ledger_write import tables

NUMBER = 160


def read(article: Article) -> Reading:
    """As ``generated.read``; articles of some papers republish an outlet, so that copies have an elder that says so."""
    return generated.read(replace(article, republishes="The Daily Example" if hash_of(article.id) % 9 == 0 else None))


def hash_of(id: str) -> int:
    return sum(map(ord, id))


def make(source: Path | str, out: Path, **more: Any) -> BuildReport:
    return build([source], out, **({"workers": 1, "progress": False, "reader": read, "block": 30} | more))


def rows(out: Path, *without: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in order."""
    found = {}
    for table, files in files_of(read_meta(out)).items():
        every = [row for file in files for row in pq.read_table(out / file).to_pylist()]
        found[table] = [{name: value for name, value in row.items() if name not in without} for row in every]
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated.write(tmp_path_factory.mktemp("input") / "articles.jsonl", NUMBER)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    """The ledger that is put together in memory."""
    out = tmp_path_factory.mktemp("whole")
    make(source, out, block=None)
    return out


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory, source: Path) -> Path:
    out = tmp_path_factory.mktemp("parts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "A_BUCKET", 40)
        patch.setattr("geo.build.parts.PART", 60)
        make(source, out)
    return out


def test_the_made_up_corpus_has_copies_and_events_to_find(whole: Path) -> None:
    claims = rows(whole)["claims"]
    assert sum("copied from" in row["origin_because"] for row in claims) > 10
    assert sum(row["n_origins"] > 1 for row in claims) > 20
    assert sum("words few others have" in row["event_because"] for row in claims) > 3
    assert any(row["disagreements"] != "[]" for row in claims)


def test_parts_hold_row_for_row_what_memory_makes(whole: Path, in_parts: Path) -> None:
    assert rows(in_parts) == rows(whole)
    assert len(read_meta(in_parts)["files"]) == 6


@pytest.mark.parametrize(("block", "bucket"), [(7, 20), (500, 10**9)])
def test_it_makes_no_difference_how_the_work_is_cut(
    tmp_path: Path, source: Path, whole: Path, block: int, bucket: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "A_BUCKET", bucket)
    make(source, tmp_path, block=block)
    assert rows(tmp_path) == rows(whole)


@pytest.mark.parametrize("longest", [2, 3, 5])
def test_chains_break_in_parts_where_they_break_in_memory(
    tmp_path: Path, source: Path, whole: Path, longest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "A_BUCKET", 40)
    monkeypatch.setattr(chains, "LONGEST", longest)
    make(source, tmp_path / "parts")
    make(source, tmp_path / "whole", block=None)
    assert rows(tmp_path / "parts") == rows(tmp_path / "whole")
    assert read_meta(tmp_path / "parts")["made"]["longest"] <= longest
    assert rows(tmp_path / "whole") != rows(whole)


def test_duckdb_and_the_app_read_the_parts_as_one_table(in_parts: Path) -> None:
    (generation,) = in_parts.glob("g-*")
    counted = duckdb.sql(f"SELECT count(*) FROM read_parquet('{generation}/claims/*.parquet')").fetchall()
    assert counted == [(len(rows(in_parts)["claims"]),)]
    ledger = Ledger.open(in_parts)
    assert ledger.count() == read_meta(in_parts)["claims"] == NUMBER
    assert ledger.article("generated-7") is not None


def test_two_processes_make_the_same_files_to_the_byte(
    tmp_path: Path, source: Path, in_parts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "A_BUCKET", 40)
    monkeypatch.setattr("geo.build.parts.PART", 60)
    make(source, tmp_path, workers=2)
    assert tables(tmp_path) == tables(in_parts)


def test_a_cluster_of_two_worker_processes_makes_the_same_files_to_the_byte(
    tmp_path: Path, source: Path, in_parts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(large, "A_BUCKET", 40)
    monkeypatch.setattr("geo.build.parts.PART", 60)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        report = make(source, tmp_path, scheduler=cluster.scheduler_address)
    assert report.fresh == NUMBER
    assert tables(tmp_path) == tables(in_parts)


# ---- inputs ------------------------------------------------------------------------------------------------------------


def as_parquet(folder: Path) -> str:
    table = pa.Table.from_pylist(list(generated.records(NUMBER)))
    pq.write_table(table, folder / "articles.parquet", row_group_size=50)
    return str(folder / "articles.parquet")


def as_local_address(folder: Path) -> str:
    generated.write(folder / "articles.jsonl", NUMBER)
    return f"file://{folder}"


def as_memory(folder: Path) -> str:
    fsspec = pytest.importorskip("fsspec")
    generated.write(folder / "articles.jsonl", NUMBER)
    fsspec.filesystem("memory").pipe(f"/{folder.name}/articles.jsonl", (folder / "articles.jsonl").read_bytes())
    return f"memory://{folder.name}"


@pytest.mark.parametrize("given", [as_parquet, as_local_address, as_memory])
def test_wherever_the_input_lies_the_claims_are_the_same(tmp_path: Path, whole: Path, given: Any) -> None:
    (tmp_path / "in").mkdir()
    make(given(tmp_path / "in"), tmp_path / "out", block=None if given is not as_parquet else 30)
    assert rows(tmp_path / "out", "source", "published_because") == rows(whole, "source", "published_because")


def test_a_folder_of_files_is_read_block_by_block(tmp_path: Path) -> None:
    for n, record in enumerate(generated.records(12)):
        (tmp_path / f"a{n:02}.txt").write_text(record["text"])
    (tmp_path / "b.txt").write_bytes(bytes(range(256)))
    report = make(tmp_path, tmp_path / "out", block=5)
    assert [len(block.pieces) for block in blocks([tmp_path], most=5)] == [5, 5, 3]  # a ledger within is no input
    assert (report.articles, [Path(fault.where).name for fault in report.refused]) == (12, ["b.txt"])


@pytest.mark.parametrize("address", ["memory://nothing-there", "nosuchscheme://x"])
def test_an_address_with_nothing_at_it_is_one_line(tmp_path: Path, address: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(Fault, match=r"no articles there|nothing here can open it"):
        make(address, tmp_path)


def test_what_cannot_be_used_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    lines = [json.dumps(record) for record in generated.records(20)]
    lines[3:3] = ["{", '{"id": "x"}', lines[0], "", "[1]"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.parquet").write_text("no table")
    report = make(tmp_path, tmp_path / "out", block=5)
    assert report.articles == 20
    reasons = sorted(fault.reason for fault in report.refused)
    assert reasons[:3] == [
        "a second article with the id 'generated-0'",
        'no "text"',
        'not a JSON object with "id" and "text"',
    ]
    assert reasons[3].startswith("not a Parquet file: ")
    assert reasons[4:] == ["not a line of JSON"]


def test_nothing_usable_is_one_line_and_leaves_the_ledger(tmp_path: Path, source: Path) -> None:
    make(source, tmp_path / "out")
    before = (tmp_path / "out" / "meta.json").read_bytes()
    (tmp_path / "bad.jsonl").write_text("{\n" * 3)
    with pytest.raises(BadInput, match=r"no article can be used; the first: .*not a line of JSON"):
        make(tmp_path / "bad.jsonl", tmp_path / "out")
    assert (tmp_path / "out" / "meta.json").read_bytes() == before


def test_what_people_decided_is_replayed_in_parts_too(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    generated.write(folder / "a.jsonl", 20)
    first = generated.read(next(iter_articles(folder / "a.jsonl"))).claims[0]
    line = {
        "action": "reject", "article": "generated-0", "sentence": sentence_hash(first.sentence.text), "kind": first.kind,
        "name": "A. Reader", "reason": "It was not so.", "time": "2026-11-21T12:00:00+00:00",
    }  # fmt: skip
    said = [line, line | {"article": "nobody's"}]
    (folder / "corrections.jsonl").write_text("".join(json.dumps(one) + "\n" for one in said))
    os.rename(folder / "corrections.jsonl", tmp_path / "corrections.jsonl")
    report = make(folder, tmp_path / "out", block=5)
    assert (report.articles, report.claims, report.unmatched) == (20, 19, 1)
    make(folder, tmp_path / "memory", block=None)
    assert rows(tmp_path / "out") == rows(tmp_path / "memory")


def iter_articles(file: Path) -> Iterator[Article]:
    return (article(raw) for block in blocks([file]) for raw in raws(block) if not isinstance(raw, BadInput))


# ---- what is done already ----------------------------------------------------------------------------------------------


def test_only_what_is_new_is_read_again(tmp_path: Path) -> None:
    source = generated.write(tmp_path / "a.jsonl", 60)
    assert make(source, tmp_path / "out").fresh == 60
    generated.write(source, 64)
    assert make(source, tmp_path / "out").fresh == 4


def test_a_pack_that_is_damaged_is_read_again(tmp_path: Path, source: Path) -> None:
    make(source, tmp_path / "out")
    (some, *_) = sorted((tmp_path / "out" / ".cache" / "blocks").iterdir())
    some.write_bytes(some.read_bytes()[:-30])
    (block, *_) = (
        b for b in blocks([source], most=30) if packs.pack_file((tmp_path / "out" / ".cache"), b).name == some.name
    )
    assert 0 < make(source, tmp_path / "out").fresh < NUMBER
    assert packs.packed(some, block.number) is not None


def test_a_build_that_stops_between_any_two_tasks_goes_on_from_there(
    tmp_path: Path, source: Path, in_parts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped after ever more results: in the end the ledger is that of a build that nothing disturbed, to the byte."""
    monkeypatch.setattr(large, "A_BUCKET", 40)
    monkeypatch.setattr("geo.build.parts.PART", 60)
    put, left = Exchange.put, [0]

    def counted(self: Exchange, *given: Any, **more: Any) -> Any:
        if left[0] == 0:
            raise Fault("test", "stopped")
        left[0] -= 1
        return put(self, *given, **more)

    monkeypatch.setattr(Exchange, "put", counted)
    chance, stops = random.Random(3), 0
    while True:
        left[0] = chance.randrange(3, 25)
        try:
            make(source, tmp_path)
            break
        except Fault:
            stops += 1
            assert not (tmp_path / "meta.json").exists()
    assert stops > 4
    assert tables(tmp_path) == tables(in_parts)
    assert not (tmp_path / ".work").exists()


def test_a_worker_that_sees_neither_ledger_nor_input_says_so(tmp_path: Path, source: Path) -> None:
    (block, *_) = blocks([source])
    with pytest.raises(Fault, match="does not see this folder; a cluster needs one that all share"):
        packs.read_block(block, tmp_path / "nowhere" / ".cache", "", read, elsewhere=True)
    (tmp_path / ".lock").touch()
    lost = replace(block, pieces=(replace(block.pieces[0], address="/no/such/file.jsonl"),))
    with pytest.raises(Fault, match=r"/no/such/file\.jsonl: the worker .* does not see this file"):
        packs.read_block(lost, tmp_path / ".cache", "", read, elsewhere=True)


def test_the_command_takes_addresses_and_paths() -> None:
    assert commands._source("memory://x/y") == "memory://x/y"
    assert commands._source("x/y") == Path("x/y")


# ---- who does it -------------------------------------------------------------------------------------------------------


def deadly(flag: str, n: int) -> int:
    """A task whose worker is killed the first time."""
    if n == 3 and not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def always_deadly(n: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_replaced_and_its_tasks_are_done(tmp_path: Path) -> None:
    with crew(2) as run:
        found = dict(run(deadly, ((str(tmp_path / "flag"), n) for n in range(8))))
    assert found == {n: n * n for n in range(8)}


def test_processes_that_are_killed_again_and_again_are_one_line() -> None:
    with crew(2) as run, pytest.raises(Fault, match="a worker process was killed"):
        list(run(always_deadly, ((n,) for n in range(4))))
