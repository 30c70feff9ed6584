"""Files in, what came of each out: every form is read in a process of its own, with limits on time and memory.

A form that crashes its process, eats memory or never ends costs itself only; it is stopped and told.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

from generator.load.files import Found, read_bytes
from generator.load.forms.archive import MOST_BYTES
from generator.load.forms.outcome import FormRead
from generator.load.forms.reading import FormReader, refused
from generator.model.problem import Problem

MOST_SECONDS = 1.6  # of processor time; a form of our own takes 0.03
MOST_WAIT = 8.0  # of clock time, on a machine with much else to do
MOST_MEMORY = 288 * 1024 * 1024  # more than the process begins with


@dataclass(slots=True)
class _Child:
    number: int
    process: ForkProcess
    pipe: Connection
    until: float


def read_forms(files: Sequence[Found], reader: FormReader) -> Iterator[tuple[int, FormRead]]:
    """(number, outcome) of each file as it is done, on all processors."""
    context = multiprocessing.get_context("fork")
    waiting = list(enumerate(files))[::-1]
    running: list[_Child] = []
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            number, file = waiting.pop()
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_child, args=(theirs, file, reader), daemon=True)
            process.start()
            theirs.close()
            running.append(_Child(number, process, ours, time.monotonic() + MOST_WAIT))
        ready = wait([child.pipe for child in running], timeout=0.2)
        for child in list(running):
            late = time.monotonic() > child.until
            if child.pipe in ready or late:
                running.remove(child)
                yield child.number, _outcome(child, files[child.number].path, late and child.pipe not in ready)


def _outcome(child: _Child, file: str, is_late: bool) -> FormRead:
    if is_late:
        child.process.kill()
    outcome = refused(file, "too-long")
    with suppress(EOFError, OSError):
        if not is_late:
            outcome = child.pipe.recv()
    child.pipe.close()
    child.process.join()
    return outcome


def _child(pipe: Connection, file: Found, reader: FormReader) -> None:
    """In the child: limits first, then the file."""
    _limit()
    data = read_bytes(file, MOST_BYTES)
    if isinstance(data, Problem):
        pipe.send(
            refused(file.path, "too-large")
            if data.code == "too-large"
            else FormRead(file.path, data.message, data.cure, data.code)
        )
        return
    pipe.send(reader.read(data, file.path))


def _limit() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open("/proc/self/statm", encoding="ascii") as stream:
        pages = int(stream.read().split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (2, 3))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
