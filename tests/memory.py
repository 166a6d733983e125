"""The most memory a process has held."""

from __future__ import annotations

import re
import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")


def most_mb() -> float:
    """The most megabytes this process has held since its program began.

    Linux tells a child's ``ru_maxrss`` with what its parent held when it was started; the status file does not.
    """
    told = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text()) if _STATUS.exists() else None
    return int(told[1]) / 1024 if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
