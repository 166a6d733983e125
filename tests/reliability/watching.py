"""Watches what a call does besides answering: commands, connections, files outside the temporary folder, code run.

Python tells an audit hook of each such thing before it is done. The hook cannot be taken away, so it looks at a switch.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NEVER = (
    "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "subprocess.Popen",
    "pty.spawn", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "urllib.Request",
    "ftplib.connect", "smtplib.connect", "webbrowser.open", "pickle.find_class",
    "os.symlink", "os.link", "os.chown", "sqlite3.connect",
)  # fmt: skip
"""Audit events that no reader of input has a reason for."""

WRITES = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "shutil.rmtree",
    "shutil.copyfile",
    "shutil.move",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass
class Watch:
    """What was done while it was on; ``free`` is where files may be written, ``but`` the events let pass."""

    free: Path
    but: tuple[str, ...] = ()
    done: list[str] = field(default_factory=list)
    seconds: float = 0.0


_on: Watch | None = None
_hooked = False


@contextmanager
def watched(*but: str) -> Iterator[Watch]:
    """Note what is done inside but for these events, and how much processor time it takes."""
    global _on, _hooked
    if not _hooked:
        sys.addaudithook(_note)
        _hooked = True
    watch = Watch(Path(tempfile.gettempdir()).resolve(), but)
    _on = watch
    begun = time.thread_time()
    try:
        yield watch
    finally:
        watch.seconds = time.thread_time() - begun
        _on = None


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    watch = _on
    if watch is None or event in watch.but:
        return
    if event in NEVER or (event == "exec" and _made_of_text(arguments[0])):
        watch.done.append(f"{event} {arguments!r}"[:300])
    elif event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and isinstance(path, str | bytes):
            _outside(watch, event, path)
    elif event in WRITES and arguments and isinstance(arguments[0], str | bytes):
        beside_a_folder = isinstance(arguments[-1], int) and arguments[-1] >= 0  # by its number: a folder being cleared
        if not beside_a_folder:
            _outside(watch, event, arguments[0])


def _made_of_text(code: Any) -> bool:
    """Whether code comes from a template or from text, and not from a file that is being imported. Frozen dataclasses
    and named tuples are made of text by the standard library, which calls it "<string>"."""
    name = str(getattr(code, "co_filename", ""))
    return name.startswith("<") and not name.startswith(("<frozen", "<string>"))


def _outside(watch: Watch, event: str, path: str | bytes) -> None:
    where = os.path.abspath(os.fsdecode(path))  # resolving would itself touch the file
    if not where.startswith((str(watch.free), os.devnull, "/dev/", "/proc/self/")):
        watch.done.append(f"{event} {where}"[:300])
