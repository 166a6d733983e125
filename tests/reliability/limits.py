"""A process with little memory and folders that it cannot write, by the strongest means that this machine has.

Memory: a control group of its own (version 1 or 2), where this process may make one; else a watch that adds up what the
process and its children hold and ends them above the limit. Folders: mounted read-only for it alone, where this process
is root; else their permissions are taken away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")
MEGABYTE = 1_000_000


@dataclass
class Group:
    """A control group for memory: its folder, and the names of its files."""

    folder: Path
    limit: str
    peak: str

    def most(self) -> float:
        return int((self.folder / self.peak).read_text()) / MEGABYTE


@dataclass
class Limited:
    """A running process under a limit. ``how`` says in words by which means."""

    popen: subprocess.Popen[bytes]
    how: str
    group: Group | None = None
    watched_most: float = 0.0

    def megabytes(self) -> float:
        """What the process and its children hold in memory now, shared pages counted once for each."""
        return sum(_resident(pid) for pid in family(self.popen.pid))

    def most(self) -> float:
        """The most it ever held, as watched and as its control group tells: a group leaves out pages of files that others
        read before, a watch looks only now and then."""
        return max(self.watched_most, self.group.most() if self.group else 0.0)


@contextmanager
def limited(
    command: Sequence[str], folder: Path, settings: dict[str, str], read_only: Sequence[Path], megabytes: int
) -> Iterator[Limited]:
    """Run a command in a folder under the limits, and end it in the end."""
    group = _group(megabytes)
    mounted = _can_mount()
    if not mounted:
        for path in read_only:
            locked(path)

    def join() -> None:
        if group:
            (group.folder / "cgroup.procs").write_text(str(os.getpid()))

    popen = subprocess.Popen(
        _behind_mounts(command, read_only) if mounted else list(command),
        cwd=folder,
        env=settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=join,
    )
    memory = f"{f'a control group of {megabytes} MB and ' if group else ''}a watch that ends it above {megabytes} MB"
    folders = "folders mounted read-only" if mounted else "folders without write permission"
    process = Limited(popen, f"{memory}; {folders}", group)
    watch = threading.Thread(target=_watch, args=(process, megabytes), daemon=True)
    watch.start()
    try:
        yield process
    finally:
        for pid in reversed(family(popen.pid)):
            _end(pid)
        popen.wait(timeout=20)
        if group:
            _gone(group.folder)
        for path in [] if mounted else read_only:
            unlocked(path)


def _group(megabytes: int) -> Group | None:
    """A new memory group below the one of this process; None where it may make none."""
    for line in Path("/proc/self/cgroup").read_text().splitlines() if Path("/proc/self/cgroup").exists() else ():
        _, kind, path = line.split(":", 2)
        if kind == "memory":
            group = Group(
                Path("/sys/fs/cgroup/memory") / path.lstrip("/"), "memory.limit_in_bytes", "memory.max_usage_in_bytes"
            )
        elif kind == "":
            group = Group(Path("/sys/fs/cgroup") / path.lstrip("/"), "memory.max", "memory.peak")
        else:
            continue
        group.folder /= f"atlas-{os.getpid()}"
        try:
            group.folder.mkdir()
            (group.folder / group.limit).write_text(str(megabytes * MEGABYTE))
            group.most()
        except OSError:
            _gone(group.folder)
            continue
        return group
    return None


def _gone(folder: Path) -> None:
    for _ in range(50):
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.1)  # its processes are still ending
        else:
            return


def _can_mount() -> bool:
    """Whether this process may give a child its own view of the folders."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    try:
        return subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0
    except OSError:
        return False


def _behind_mounts(command: Sequence[str], read_only: Sequence[Path]) -> list[str]:
    steps = "".join('mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && ' for _ in read_only)
    script = f'{steps}cd "$PWD" && exec "$@"'  # into the folder anew: what was open before is the writable one
    return ["unshare", "--mount", "sh", "-c", script, "sh", *map(str, read_only), *command]


def locked(folder: Path) -> None:
    """Take away every permission to write in a folder."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)


def unlocked(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)


def family(pid: int) -> list[int]:
    """A process and everything that it started, as Linux tells it."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MEGABYTE
    except (OSError, IndexError):
        return 0.0


def _watch(process: Limited, most: int) -> None:
    while process.popen.poll() is None:
        held = process.megabytes()
        process.watched_most = max(process.watched_most, held)
        if held > most:
            process.popen.kill()
            return
        time.sleep(0.2)


def _end(pid: int) -> None:
    try:
        os.kill(pid, 15)
    except ProcessLookupError:
        return


def names_and_sums(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
