"""A corpus becomes a ledger: resumable, in processes, on a cluster, never at the cost of the ledger before."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo import build as room
from geo.build import BuildReport, build, is_current, reading
from geo.faults import BadInput, Fault
from geo.ledger.corrections import sentence_hash
from geo.ledger.lock import held
from geo.ledger.query import Ledger
from geo.places.gazetteer import Gazetteer
from tests import made
from tests.ledger.test_ledger_write import contents, tables

ROOT = Path(__file__).resolve().parent.parent


def make(articles: Path, out: Path, **more: Any) -> BuildReport:
    return build([articles], out, **({"workers": 1, "progress": False, "reader": made.read} | more))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "ledger"


@pytest.fixture
def as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up reader in the place of the project's own."""
    monkeypatch.setattr(reading, "own_reader", lambda: made.read)


def test_every_article_gets_into_the_ledger(tmp_path: Path, out: Path) -> None:
    report = make(made.folder(tmp_path), out)
    assert (report.articles, report.claims, report.fresh, report.kept, report.refused) == (3, 3, 3, 0, ())
    ledger = Ledger.open(out)
    assert ledger.count() == 3
    assert set(ledger.claims()["country_name"].dropna()) >= {"Afghanistan"}
    assert ledger.meta["gazetteer"] == Gazetteer.shared().version
    assert "grammar" in ledger.meta["models"]


def test_what_is_unchanged_is_not_read_again(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    (articles / "b.txt").write_text("Ministers held peace talks in Doha on 5 May 2018.\n")
    (articles / "d.txt").write_text("Drivers gathered in Kabul on 6 May 2018.\n")
    report = make(articles, out)
    assert (report.articles, report.fresh, report.kept) == (4, 2, 2)


@pytest.mark.usefixtures("as_shipped")
def test_another_version_of_the_program_reads_everything_again(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = made.folder(tmp_path)
    make(articles, out, reader=None)
    monkeypatch.setattr("geo.build.whole.program_version", lambda: "another")
    monkeypatch.setattr(room, "ledger_version", lambda: "another")
    assert make(articles, out, reader=None).fresh == 3


def test_an_article_that_is_gone_leaves_the_ledger(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    (articles / "a.txt").unlink()
    assert make(articles, out).articles == 2
    assert set(Ledger.open(out).articles()["article_id"]) == {"b", "c"}


def test_progress_is_told_to_whoever_wants_to_know(tmp_path: Path, out: Path) -> None:
    told: list[tuple[int, int]] = []
    make(made.folder(tmp_path), out, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_two_processes_make_the_ledger_that_one_makes(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    make(articles, tmp_path / "other", workers=2)
    assert tables(tmp_path / "other") == tables(out)


def test_a_cluster_of_two_workers_makes_the_ledger_that_one_process_makes(tmp_path: Path, out: Path) -> None:
    distributed = pytest.importorskip("distributed")
    articles = made.folder(
        tmp_path, made.TEXTS | {f"{n}.txt": f"Day {n}: they marched in Kabul on {n} May 2018.\n" for n in range(1, 30)}
    )
    make(articles, out)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        report = make(articles, tmp_path / "other", scheduler=cluster.scheduler_address)
        again = make(articles, tmp_path / "other", scheduler=cluster.scheduler_address)
    assert (report.fresh, again.fresh) == (32, 0)
    assert tables(tmp_path / "other") == tables(out)
    whole, other = (Ledger.open(folder).claims() for folder in (out, tmp_path / "other"))
    assert whole.to_dict("records").__repr__() == other.to_dict("records").__repr__()


def test_no_scheduler_at_the_address_is_one_line(tmp_path: Path, out: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(Fault, match="no Dask scheduler answers there"):
        make(made.folder(tmp_path), out, scheduler="not an address")


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(Fault, match="another version of the atlas"):
        reading.read_one("{}", "another")


# ---- bad input -------------------------------------------------------------------------------------------------------


def binary(articles: Path) -> None:
    (articles / "x.txt").write_bytes(bytes(range(256)) * 100)


def huge(articles: Path) -> None:
    with (articles / "x.txt").open("wb") as file:
        file.truncate(50_000_000)


def broken_head(articles: Path) -> None:
    (articles / "x.md").write_text("---\ntitle: [never closed\n---\nThey marched in Herat.\n")


def no_words(articles: Path) -> None:
    (articles / "x.txt").write_text(" \n\n … \n")


def empty(articles: Path) -> None:
    (articles / "x.txt").write_text("")


def dangling(articles: Path) -> None:
    (articles / "x.txt").mkdir()
    (articles / "x.txt").rmdir()
    (articles / "x.txt").symlink_to(articles / "nowhere.txt")


def stumbling(articles: Path) -> None:
    (articles / "x.txt").write_text("They stumble and marched in Herat.\n")


def rubbish(articles: Path) -> None:
    (articles / "x.txt").write_text("They marched in rubbish in Herat.\n")


BAD = [binary, huge, broken_head, no_words, empty, stumbling, rubbish]


@pytest.mark.parametrize("spoil", BAD)
def test_a_bad_article_is_refused_in_one_line_and_the_others_are_built(
    tmp_path: Path, out: Path, spoil: Callable[[Path], None]
) -> None:
    articles = made.folder(tmp_path)
    spoil(articles)
    report = make(articles, out)
    assert report.articles == 3
    (fault,) = report.refused
    assert Path(fault.where).name.startswith("x.")
    assert "\n" not in str(fault)
    assert Ledger.open(out).meta["refused"] == [{"where": str(fault.where), "reason": fault.reason}]


@pytest.mark.parametrize("spoil", BAD)
def test_nothing_usable_leaves_the_ledger_as_it_was(tmp_path: Path, out: Path, spoil: Callable[[Path], None]) -> None:
    make(made.folder(tmp_path / "good"), out)
    before = contents(out)
    bad = made.folder(tmp_path / "bad", {"a.txt": "x"})
    (bad / "a.txt").unlink()
    spoil(bad)
    with pytest.raises(BadInput, match="no article can be used") as caught:
        make(bad, out)
    assert "\n" not in str(caught.value)
    assert {k: v for k, v in contents(out).items() if not k.startswith(".cache")} == {
        k: v for k, v in before.items() if not k.startswith(".cache")
    }


def test_no_claims_at_all_leaves_the_ledger_as_it_was(tmp_path: Path, out: Path) -> None:
    make(made.folder(tmp_path / "good"), out)
    before = (out / "meta.json").read_bytes()
    with pytest.raises(BadInput, match="no claims in 1 articles"):
        make(made.folder(tmp_path / "bad", {"a.txt": "Rain fell on the hills.\n"}), out)
    assert (out / "meta.json").read_bytes() == before


@pytest.mark.parametrize("articles", ["nowhere", "empty"])
def test_a_missing_or_empty_folder_is_one_line(tmp_path: Path, out: Path, articles: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=r"no such file or folder|no articles in this folder"):
        make(tmp_path / articles, out)


def test_a_damaged_gazetteer_stops_the_build_in_one_line(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gazetteer, "shared", staticmethod(lambda: Gazetteer.open(tmp_path)))
    with pytest.raises(Fault, match="gazetteer"):
        make(made.folder(tmp_path / "good"), out)
    assert not (out / "meta.json").exists()


def test_an_unreadable_cache_is_read_again(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    for file in (out / ".cache").glob("*/*"):
        file.write_bytes(b"junk")
    assert make(articles, out).fresh == 3


def test_a_damaged_ledger_is_built_again(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    (file,) = out.glob("g-*/claims.parquet")
    file.write_bytes(b"junk")
    (out / "meta.json").write_text("{")
    make(articles, out)
    assert Ledger.open(out).count() == 3


# ---- corrections -----------------------------------------------------------------------------------------------------


def say(articles: Path, **more: Any) -> None:
    line = {
        "action": "reject",
        "article": "b",
        "sentence": sentence_hash(made.TEXTS["b.txt"]),
        "kind": "meeting",
        "name": "A. Reader",
        "reason": "It did not take place.",
        "time": "2026-11-21T12:00:00+00:00",
    }
    with (articles.parent / "corrections.jsonl").open("a") as file:
        file.write(json.dumps(line | more) + "\n")


def test_corrections_beside_the_folder_are_replayed_over_every_build(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    assert make(articles, out).claims == 3
    say(articles)
    report = make(articles, out)
    assert (report.claims, report.fresh, report.unmatched) == (2, 0, 0)
    (articles / "d.txt").write_text("Drivers gathered in Kabul on 6 May 2018.\n")
    assert make(articles, out).claims == 3
    say(articles, article="nobody's")
    report = make(articles, out)
    assert report.unmatched == 1
    assert "1 corrections meet no claim any more" in report.line


def test_a_moved_claim_is_marked_where_it_was_moved_to(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    say(articles, action="move", **{"from": made.DOHA.id, "to": made.KABUL.id})
    make(articles, out)
    assert "Kabul" in Ledger.open(out).places()["place_name"].tolist()


@pytest.mark.parametrize("more", [{"action": "erase"}, {"action": "move", "from": made.DOHA.id, "to": 2**31 - 7}])
def test_a_correction_that_makes_no_sense_stops_the_build(tmp_path: Path, out: Path, more: dict[str, Any]) -> None:
    articles = made.folder(tmp_path)
    make(articles, out)
    before = (out / "meta.json").read_bytes()
    say(articles, **more)
    with pytest.raises(BadInput, match=r"corrections\.jsonl.*(no such action|gazetteer has no place)"):
        make(articles, out)
    assert (out / "meta.json").read_bytes() == before


# ---- current or not --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("as_shipped")
def test_a_ledger_is_current_until_something_it_is_made_of_changes(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)

    def current() -> bool:
        return is_current([articles], out)

    assert not current()
    make(articles, out, reader=None)
    assert current()
    report = make(articles, out, reader=None)
    assert (report.fresh, report.kept, report.claims) == (0, 3, 3)

    (articles / "a.txt").write_text("Bakers marched through Kabul on 12 June 2017.\n")
    assert not current()
    make(articles, out, reader=None)
    say(articles)
    assert not current()
    make(articles, out, reader=None)
    assert current()
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "a.txt").write_text("They marched through Herat.\n")
    assert not current()
    make(articles, out, reader=None)
    (file,) = (out / g for g in json.loads((out / "meta.json").read_text())["files"] if g.endswith("claims.parquet"))
    file.write_bytes(b"junk")
    assert not current()


@pytest.mark.usefixtures("as_shipped")
def test_what_was_refused_is_said_again_when_nothing_else_is_to_do(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    binary(articles)
    first = make(articles, out, reader=None)
    again = make(articles, out, reader=None)
    assert again.fresh == 0
    assert [str(fault) for fault in again.refused] == [str(fault) for fault in first.refused]


# ---- killed, or two at once ------------------------------------------------------------------------------------------

SLOW = {f"{n:02}.txt": f"A slow day {n}: they marched in Kabul on {n} May 2018.\n" for n in range(1, 13)}
RUN = (
    "import sys; from pathlib import Path; from geo.build import build; from tests import made\n"
    "if __name__ == '__main__':\n"
    "    build([Path(sys.argv[1])], Path(sys.argv[2]), workers=int(sys.argv[3]), progress=False, reader=made.read)\n"
)


def start(tmp_path: Path, articles: Path, out: Path, workers: int) -> subprocess.Popen[str]:
    script = tmp_path / "run.py"
    script.write_text(RUN)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(articles), str(out), str(workers)]
    return subprocess.Popen(command, env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def ended(process: subprocess.Popen[str]) -> bool:
    return process.poll() is not None


def children(group: int) -> list[int]:
    """The processes of a session that are still at work."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (entry / "stat").read_text().rpartition(")")
        except OSError:
            continue
        state, _, _, session, *_ = rest.split()
        if int(session) == group and state not in "ZX":
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_build_loses_nothing_that_was_read(tmp_path: Path, out: Path, workers: int) -> None:
    make(made.folder(tmp_path / "before"), out)
    ledger_before = (out / "meta.json").read_bytes()
    articles = made.folder(tmp_path / "slow", SLOW)
    process = start(tmp_path, articles, out, workers)
    cache = out / ".cache"
    wait_for(lambda: ended(process) or sum(1 for _ in cache.glob("*/*.json.gz")) >= 3 + 3)  # three are from before
    assert not ended(process), process.communicate()
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (out / "meta.json").read_bytes() == ledger_before
    assert Ledger.open(out).count() == 3
    wait_for(lambda: not children(process.pid), 20)  # no worker lives on without its parent
    report = make(articles, out)
    assert report.articles == len(SLOW)
    assert report.kept >= 3
    assert Ledger.open(out).count() == len(SLOW)
    make(articles, tmp_path / "fresh")
    assert Ledger.open(out).version == Ledger.open(tmp_path / "fresh").version


def test_two_builds_at_once_in_one_folder_are_told_apart(tmp_path: Path, out: Path) -> None:
    articles = made.folder(tmp_path)
    with held(out), pytest.raises(Fault, match="another build is at work here"):
        make(articles, out)
    make(articles, out)
    assert Ledger.open(out).count() == 3


def test_a_disk_that_takes_nothing_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="the ledger cannot be written"):
        make(made.folder(tmp_path), tmp_path / "file" / "ledger")
