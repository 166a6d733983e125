"""The command line: what it writes, and one clear line for whatever a person can put right."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from geo import __main__ as commands
from geo import __version__
from geo.build import reading
from geo.faults import DamagedGazetteer
from geo.ledger.query import Ledger
from geo.places.gazetteer import SHIPPED, Gazetteer
from tests import made
from tests.ledger.test_ledger_write import tables

ROOT = Path(__file__).resolve().parent.parent
RAN = {
    "build": ["build", "{articles}", "--out", "{out}"],
    "claims": ["claims", "{articles}", "{out}.jsonl"],
}


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up reader in the place of the project's own, for tests of what is around it."""
    monkeypatch.setattr(reading, "own_reader", lambda: made.read)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, list[str]]]:
    def one(*arguments: object) -> tuple[int, str, list[str]]:
        try:
            status = commands.main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err.splitlines()

    return one


def shell(*arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **more)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


# ---- help ------------------------------------------------------------------------------------------------------------


def test_the_version_is_the_package_s(run: Any) -> None:
    assert run("--version") == (0, f"geo {__version__}\n", [])


@pytest.mark.parametrize(
    "command", [[], ["build"], ["parse"], ["kinds"], ["claims"], ["explain"], ["gazetteer"], ["gazetteer", "lookup"]]
)
def test_every_command_explains_itself(run: Any, command: list[str]) -> None:
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, [])
    assert out.startswith("usage: geo ")


def test_help_comes_at_once_for_nothing_heavy_is_imported() -> None:
    heavy = "spacy numpy pandas pyarrow duckdb onnxruntime streamlit trafilatura"
    code = f"import sys, geo.__main__ as m; m._parser(); print([n for n in '{heavy}'.split() if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["bulid"], ["build", "--workers", "0"], ["build", "--workers", "many"], ["parse", "one"], ["gazetteer"]],
)
def test_a_wrong_command_line_is_one_line(run: Any, arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith("geo")


# ---- build -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("plain")
def test_build_makes_a_ledger_and_skips_the_unchanged(run: Any, tmp_path: Path) -> None:
    articles, out = made.folder(tmp_path), tmp_path / "ledger"
    assert run("build", articles, "--out", out)[0] == 0
    status, said, err = run("build", articles, "--out", out)
    assert (status, err) == (0, [])
    assert "3 articles (0 read now, 3 unchanged), 3 claims" in said
    assert Ledger.open(out).count() == 3


@pytest.mark.usefixtures("plain")
def test_build_says_what_was_refused_every_time_and_still_builds_the_others(run: Any, tmp_path: Path) -> None:
    articles, out = made.folder(tmp_path), tmp_path / "ledger"
    (articles / "x.txt").write_bytes(b"\x00\xff\xfe" * 1000)
    for _ in range(2):
        status, _, err = run("build", articles, "--out", out)
        assert status == 2
        (line,) = err
        assert line.startswith(f"geo: {articles / 'x.txt'}: ")
        assert Ledger.open(out).count() == 3


# ---- bad input -------------------------------------------------------------------------------------------------------


def missing(folder: Path) -> Path:
    return folder / "nowhere"


def empty(folder: Path) -> Path:
    return folder


def spoilt(name: str, content: bytes) -> Callable[[Path], Path]:
    def put(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder

    put.__name__ = name
    return put


def huge(folder: Path) -> Path:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    return folder


BAD = [
    missing,
    empty,
    spoilt("binary.txt", bytes(range(256)) * 50),
    spoilt("head.md", b"---\ntitle: [never closed\n---\nThey marched in Herat.\n"),
    spoilt("wordless.txt", " … \n\n".encode()),
    spoilt("page.html", b"<html><body></body></html>"),
    spoilt("lines.jsonl", b'{"id": 1}\n'),
    spoilt("lines2.jsonl", b"{\n"),
    huge,
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.__name__)
@pytest.mark.parametrize("command", RAN)
def test_bad_input_is_one_line_and_leaves_what_was_there(run: Any, tmp_path: Path, command: str, bad: Any) -> None:
    (tmp_path / "articles").mkdir()
    out = made.ledger(tmp_path / "out")
    (tmp_path / "out.jsonl").write_text("before\n")
    before = tables(out), (out / "meta.json").read_bytes()
    arguments = [part.format(articles=bad(tmp_path / "articles"), out=out) for part in RAN[command]]
    status, said, err = run(*arguments)
    assert status == 2
    assert said == ""
    assert all(line.startswith(f"geo: {tmp_path}") for line in err)
    assert len(err) == 1
    assert (tables(out), (out / "meta.json").read_bytes()) == before
    assert (tmp_path / "out.jsonl").read_text() == "before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "out", "out.jsonl"]


@pytest.mark.usefixtures("plain")
def test_articles_without_claims_make_no_ledger(run: Any, tmp_path: Path) -> None:
    articles = made.folder(tmp_path, {"a.txt": "Rain fell on the hills.\n"})
    status, _, err = run("build", articles, "--out", tmp_path / "ledger")
    assert status == 2
    assert err == [f"geo: {articles}: no claims in 1 articles, so there is nothing to map"]
    assert not (tmp_path / "ledger" / "meta.json").exists()


@pytest.mark.parametrize("command", ["parse", "kinds"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"id": 1, "text": "a"}\n{', "line 2: not a line of JSON"),
        (b"[]\n", "line 1: "),
        (b'{"id": 1}\n', 'line 1: .*"text"'),
        (b'{"text": "a"}\n', 'line 1: .*"id"'),
        (b'{"id": 1, "text": 3}\n', 'line 1: .*"text"'),
    ],
)
def test_a_line_that_is_wrong_is_named(
    run: Any, tmp_path: Path, command: str, content: bytes | None, reason: str
) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    if content is not None:
        source.write_bytes(content)
    out.write_text("before\n")
    status, _, err = run(command, source, out)
    assert status == 2
    assert len(err) == 1
    import re

    assert re.match(rf"geo: {re.escape(str(source))}.*{reason}", err[0])
    assert out.read_text() == "before\n"


@pytest.mark.parametrize("command", ["parse", "kinds", "claims"])
def test_an_output_that_cannot_be_is_told_before_the_work(run: Any, tmp_path: Path, command: str) -> None:
    source = write(tmp_path / "in.jsonl", {"id": 1, "text": "They marched in Herat."})
    for out, reason in (
        (source, "is to be read and to be written"),
        (tmp_path / "no" / "out.jsonl", "there is no folder"),
        (tmp_path / "folder.jsonl", "a folder; a file is to be written here"),
    ):
        (tmp_path / "folder.jsonl").mkdir(exist_ok=True)
        status, _, err = run(command, source, out)
        assert (status, len(err)) == (2, 1)
        assert reason in err[0]
    assert len(lines(source)) == 1


def test_claims_never_writes_over_an_article(run: Any, tmp_path: Path) -> None:
    articles = made.folder(tmp_path)
    status, _, err = run("claims", articles / "a.txt", articles / "b.txt")
    assert status == 2
    assert "the last argument is the file to be written" in err[0]
    assert (articles / "b.txt").read_text() == made.TEXTS["b.txt"]


def test_a_damaged_gazetteer_is_one_line(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged() -> Gazetteer:
        raise DamagedGazetteer(SHIPPED, "the gazetteer's manifest cannot be read")

    monkeypatch.setattr(Gazetteer, "shared", staticmethod(damaged))
    for arguments in (["build", made.folder(tmp_path), "--out", tmp_path / "out"], ["gazetteer", "lookup", "Herat"]):
        status, _, err = run(*arguments)
        assert (status, err) == (2, [f"geo: {SHIPPED}: the gazetteer's manifest cannot be read"])
    status, _, err = run("gazetteer", "lookup", "Herat", "--gazetteer", tmp_path / "nowhere")
    assert (status, len(err)) == (2, 1)


# ---- what they write -------------------------------------------------------------------------------------------------


def test_parse_finds_places_and_resolves_given_spans(run: Any, tmp_path: Path) -> None:
    text = "Shopkeepers of Herat city went to Kabul."
    spans = [{"start": text.index("Kabul"), "end": text.index("Kabul") + 5}]
    source = write(tmp_path / "in.jsonl", {"id": "x", "text": text, "toponyms": spans}, {"id": 2, "text": ""})
    assert run("parse", source, tmp_path / "out.jsonl") == (0, "", [])
    found = lines(tmp_path / "out.jsonl")
    assert [record["id"] for record in found] == ["x", 2]
    assert {name["geonameid"] for name in found[0]["toponyms"]} >= {made.HERAT.id, made.KABUL.id}
    assert run("parse", source, tmp_path / "out.jsonl", "--gold-spans") == (0, "", [])
    (name,) = lines(tmp_path / "out.jsonl")[0]["toponyms"]
    assert name.keys() == {"start", "end", "phrase", "geonameid", "name", "kind", "country", "lat", "lon", "score"}
    assert (name["phrase"], name["geonameid"]) == ("Kabul", made.KABUL.id)


def test_kinds_gives_every_kind_a_score(run: Any, tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        {"id": "p", "text": "Thousands of bakers marched through the capital to protest against the tax."},
        {"id": "n", "text": "Apricots are cheap this year."},
        {"id": "e", "text": ""},
    )
    assert run("kinds", source, tmp_path / "out.jsonl") == (0, "", [])
    protest, nothing, empty_one = lines(tmp_path / "out.jsonl")
    assert protest.keys() == {"id", "scores", "kinds"}
    assert set(protest["scores"]) == {"protest", "arms_flow", "meeting"}
    assert all(0 <= score <= 1 for record in (protest, nothing, empty_one) for score in record["scores"].values())
    assert protest["kinds"] == ["protest"]
    assert nothing["kinds"] == empty_one["kinds"] == []


def test_claims_writes_one_article_a_line_in_the_order_of_the_input(run: Any, tmp_path: Path) -> None:
    texts = {
        "b.txt": "Bakers marched through Herat on 12 June 2017 to protest against the price of flour.\n",
        "a.txt": "Ministers met in Doha on 4 May 2018 for talks with the Taliban.\n",
    }
    articles = made.folder(tmp_path, texts)
    source = write(tmp_path / "in.jsonl", *({"id": name, "text": text} for name, text in texts.items()))
    assert run("claims", source, articles, tmp_path / "out.jsonl") == (0, "", [])
    found = lines(tmp_path / "out.jsonl")
    assert [record["id"] for record in found] == ["b.txt", "a.txt", "a", "b"]
    assert found[0].keys() == {"id", "published", "sentences", "mentions", "claims"}
    (march, *_) = found[0]["claims"]
    assert march.keys() == {
        "start", "end", "kind", "stance", "speaker", "cue", "planned", "score", "because", "origin", "event", "place",
        "event_date",
    }  # fmt: skip
    assert march["kind"] == "protest"
    assert march["place"].keys() == {"geonameid", "name", "kind", "lat", "lon", "role", "pin"}
    assert march["event_date"] is None or march["event_date"].keys() == {"first", "last", "because"}
    # The same text twice is one origin, whatever the file.
    assert march["origin"] == found[3]["claims"][0]["origin"]


def test_explain_tells_a_person(run: Any, tmp_path: Path) -> None:
    articles = made.folder(tmp_path, {"a.txt": "Bakers marched through Herat to protest \x1b[31m against flour.\n"})
    status, out, err = run("explain", articles / "a.txt")
    assert (status, err) == (0, [])
    assert "protest" in out
    assert "Herat" in out
    assert "\x1b" not in out


def test_lookup_names_every_place_that_can_be_meant(run: Any) -> None:
    status, out, _ = run("gazetteer", "lookup", "Herat", "--most", "3")
    assert status == 0
    assert str(made.HERAT.id) in out
    status, _, err = run("gazetteer", "lookup", "Nosuchplacex")
    assert (status, err) == (2, ["geo: Nosuchplacex: the gazetteer has no place of this name"])


# ---- how they end ----------------------------------------------------------------------------------------------------


def test_a_reader_that_has_enough_is_no_crash(tmp_path: Path) -> None:
    articles = made.folder(tmp_path, {f"{n}.txt": "Bakers marched through Herat to protest.\n" * 50 for n in range(4)})
    command = f"{sys.executable} -m geo explain {articles} | head -1"
    ran = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) == 1


def test_control_c_is_one_line(tmp_path: Path) -> None:
    articles, out = made.folder(tmp_path, {"a.txt": "slow: they marched.\n" * 3}), tmp_path / "ledger"
    script = tmp_path / "run.py"
    script.write_text(
        "import signal, sys, time; from geo import __main__; from geo.build import reading\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests begun in a shell's background ignore it
        "def forever(article): print('reading', flush=True); time.sleep(60)\n"
        "reading.own_reader = lambda: forever\n"
        "sys.exit(__main__.main(sys.argv[1:]))\n"
    )
    command: Sequence[str] = [sys.executable, str(script), "build", str(articles), "--out", str(out), "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (130, "geo: stopped\n")


def test_the_module_runs_as_a_command(tmp_path: Path) -> None:
    ran = shell("build", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"geo: {tmp_path / 'nowhere'}: no such file or folder\n"
    assert list(tmp_path.iterdir()) == []
