"""One command measured: processor seconds of it and all its children, wall time, memory; and what stands in a folder."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


class FailedError(Exception):
    """A measured command ended badly; its last words."""


@dataclass(frozen=True)
class Figures:
    """What one run took. ``system``: the part of ``cpu`` spent in the kernel, where a busy disk shows; ``largest``: peak resident MB of the largest process; ``tree``: peak PSS MB of all together."""

    cpu: float
    system: float
    wall: float
    largest: float
    tree: float


def run(command: list[str], folder: Path, log: Path) -> Figures:
    """Run ``command`` in ``folder`` to its end. Dirty pages are flushed first, so that no run pays for the one before.

    Python keeps its bytecode, as it does wherever the package is installed: compiling our own source is not what is measured.
    """
    os.sync()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        sampler = Sampler(process.pid)
        sampler.start()
        _, status, usage = os.wait4(process.pid, 0)  # counts children that were waited for, and theirs
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.done.set()
        sampler.join()
    if process.returncode:
        last = log.read_text("utf-8", "replace")[-2000:]
        raise FailedError(f"{' '.join(command)} ended with {process.returncode}\n{last}")
    cpu = usage.ru_utime + usage.ru_stime
    return Figures(cpu, usage.ru_stime, wall, usage.ru_maxrss / 1024, sampler.peak / 1024)


class Sampler(threading.Thread):
    """Looks at a process and its descendants ten times a second and keeps the largest sum of their PSS, in KB."""

    def __init__(self, pid: int) -> None:
        """Watch ``pid``."""
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        """Sample until ``done``."""
        while not self.done.wait(0.1):
            self.peak = max(self.peak, sum(pss(pid) for pid in [self.pid, *descendants(self.pid)]))


def descendants(root: int) -> list[int]:
    """All living descendants of a process, from the parents /proc tells."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            try:
                parent = int(Path("/proc", entry, "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry))
    found, open_ = [], [root]
    while open_:
        below = children.get(open_.pop(), [])
        found += below
        open_ += below
    return found


def pss(pid: int) -> int:
    """Resident KB of a process, shared pages divided by those who share them; 0 when it is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


Listing = dict[str, tuple[int, int, int]]


def listing(folder: Path) -> Listing:
    """Every file below ``folder``: size, inode, time of change of its content."""
    found: Listing = {}
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            stat = os.stat(full)
            found[os.path.relpath(full, folder)] = (stat.st_size, stat.st_ino, stat.st_mtime_ns)
    return found


def total(files: Listing) -> int:
    """Bytes in all."""
    return sum(size for size, _, _ in files.values())
