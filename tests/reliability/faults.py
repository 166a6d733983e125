"""What a build says when its disk is full, its folder takes no files, another build is at work, or a file is damaged.

python -m tests.reliability.faults [--write]

Each case makes a ledger, does the harm, builds another corpus over it, and looks at both: the build must end in one line,
and the ledger of before must open and be the same to the byte, or, where the harm was done to the ledger itself, the next
build must make it whole. A full disk and a read-only folder are real ones where this process may mount (as root, in a
view of the file system of its own); else the case is skipped, and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from geo.build import build, large, parts
from geo.faults import DamagedLedger, Fault
from geo.ledger.lock import held
from geo.ledger.query import Ledger
from tests import generated
from tests.reliability.report import ROOT, table, write

BEFORE, AFTER = 10, 60
SKIPPED = "skipped: this process may not mount"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case said, and whether all was well."""

    case: str
    said: str
    kept: str
    well: bool


def made(home: Path, number: int) -> Path:
    """A ledger of so many generated articles in ``home/ledger``, in parts."""
    large.A_BUCKET, parts.PART = 20, 30
    source = home / f"{number}.jsonl"
    if not source.exists():
        generated.write(source, number)
    build([source], home / "ledger", workers=1, progress=False, reader=generated.read, block=10)
    return home / "ledger"


def content(out: Path) -> dict[str, bytes]:
    """The files of the ledger, which must open."""
    ledger = Ledger.open(out)
    names = ["meta.json", *ledger.meta["files"]]
    ledger.close()
    return {name: (out / name).read_bytes() for name in names}


def refused(case: str, home: Path, harm: Callable[[Path], None]) -> Outcome:
    """A build that must be refused, with the ledger of before kept."""
    out = made(home, BEFORE)
    generated.write(home / f"{AFTER}.jsonl", AFTER)
    before = content(out)
    harm(out)
    return again(case, home, before)


def again(case: str, home: Path, before: dict[str, bytes]) -> Outcome:
    """Build the other corpus, which must be refused."""
    try:
        made(home, AFTER)
        return Outcome(case, "nothing", "", False)
    except Fault as fault:
        line = str(fault).replace(str(home), "").replace(str(os.getpid()), "N")
    same = content(home / "ledger") == before
    return Outcome(case, line, "the ledger of before, to the byte" if same else "another ledger", same)


def mended(case: str, home: Path, harm: Callable[[Path], None], *, told: bool) -> Outcome:
    """Harm to what is there, which opening must tell (``told``), and which the next build must mend."""
    out = made(home, AFTER)
    before = content(out)
    harm(out)
    line = "nothing: it is made anew"
    try:
        Ledger.open(out).close()
    except DamagedLedger as fault:
        line = str(fault).replace(str(home), "")
    made(home, AFTER)
    same = {n: c for n, c in content(out).items() if n != "meta.json"} == {
        n: c for n, c in before.items() if n != "meta.json"
    }
    kept = "whole after the next build, to the byte" if same else "another ledger"
    return Outcome(case, line, kept, same and line.startswith("/") == told)


def full_disk(home: Path, kilobytes: int) -> Outcome:
    """A disk of so many kilobytes, full before the build is done."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(home)], check=True)
    return refused(f"a disk of {kilobytes} kB", home, lambda out: _filled(home))


def _filled(home: Path) -> None:
    """Leave some kilobytes free."""
    left = os.statvfs(home)
    (home / "filler").write_bytes(bytes(max(0, left.f_bavail * left.f_bsize - 60_000)))


def read_only(home: Path) -> Outcome:
    def harm(out: Path) -> None:
        subprocess.run(["mount", "--bind", str(out), str(out)], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", str(out)], check=True)

    return refused("a read-only folder", home, harm)


def long_files(home: Path) -> Outcome:
    """A limit on the size of a file, which stands for a quota."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        most = (6_000, limits[1])
        return refused("no file longer than 6 kB", home, lambda out: resource.setrlimit(resource.RLIMIT_FSIZE, most))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def two_at_once(home: Path) -> Outcome:
    out = made(home, BEFORE)
    with held(out):
        return again("another build at work", home, content(out))


def _some(out: Path, pattern: str) -> Path:
    return sorted(out.glob(pattern))[0]


def cut(pattern: str) -> Callable[[Path], None]:
    def harm(out: Path) -> None:
        file = _some(out, pattern)
        file.write_bytes(file.read_bytes()[:-20])

    return harm


def flipped(pattern: str) -> Callable[[Path], None]:
    def harm(out: Path) -> None:
        file = _some(out, pattern)
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 1
        file.write_bytes(raw)

    return harm


def gone(pattern: str) -> Callable[[Path], None]:
    return lambda out: _some(out, pattern).unlink()


PART = "g-*/claims/part-*.parquet"
CASES: dict[str, Callable[[Path], Outcome]] = {
    "two": two_at_once,
    "long": long_files,
    "cut": lambda home: mended("a part file cut short", home, cut(PART), told=True),
    "bit": lambda home: mended("a part file with one bit changed", home, flipped(PART), told=True),
    "gone": lambda home: mended("a part file gone", home, gone(PART), told=True),
    "pack": lambda home: mended("what was kept of a block cut short", home, cut(".cache/blocks/*"), told=False),
}
MOUNTED: dict[str, Callable[[Path], Outcome]] = {
    "full": lambda home: full_disk(home, 1_500),
    "read-only": read_only,
}


def case(name: str, home: Path) -> Outcome:
    """One case, in a view of the file system of its own where it mounts."""
    if name in CASES:
        return CASES[name](home)
    command = ["unshare", "--mount", sys.executable, "-m", "tests.reliability.faults", "--inside", name, str(home)]
    try:
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
    except OSError:
        return Outcome(name, SKIPPED, "", True)
    if ran.returncode:
        mounting = ("mount" in ran.stderr and "CalledProcessError" in ran.stderr) or "unshare" in ran.stderr
        return Outcome(name, SKIPPED if mounting else ran.stderr.strip().splitlines()[-1], "", mounting)
    return Outcome(**json.loads(ran.stdout.splitlines()[-1]))


def main() -> int:
    asked = argparse.ArgumentParser(description="Builds that cannot be done.")
    asked.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    asked.add_argument("--inside", nargs=2, metavar=("CASE", "HOME"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.inside:
        name, home = given.inside
        print(json.dumps(asdict(MOUNTED[name](Path(home)))))
        return 0
    outcomes = []
    for name in (*MOUNTED, *CASES):
        home = Path(tempfile.mkdtemp(prefix="atlas-faults-"))
        try:
            outcomes.append(case(name, home))
        finally:
            shutil.rmtree(home, ignore_errors=True)
        print(outcomes[-1], flush=True)
    rows = [(one.case, one.said, one.kept) for one in outcomes]
    figures = table(("what is wrong", "what is said, in one line", "the ledger"), rows)
    print(figures)
    if given.write:
        write("faults", figures)
    return 0 if all(one.well for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
