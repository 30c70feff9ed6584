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

MOST_SECONDS = 1.5  # of processor time; a form of our own takes 0.03
MOST_WAIT = 20.0  # of clock time, on a machine with much else to do
MOST_MEMORY = 192 * 1024 * 1024  # more than the process begins with


@dataclass(slots=True)
class _Child:
    process: ForkProcess
    pipe: Connection
    number: int = -1  # of the form it reads
    until: float = 0.0


def read_forms(files: Sequence[Found], reader: FormReader) -> Iterator[tuple[int, FormRead]]:
    """(number, outcome) of each file as it is done, on all processors.

    A child reads one form after another, its clock set anew for each; when a form ends it, the next gets a new one.
    """
    waiting = list(enumerate(files))[::-1]
    children = [_start(reader) for _ in range(min(os.cpu_count() or 1, len(files)))]
    try:
        while waiting or any(child.number >= 0 for child in children):
            for child in children:
                if child.number < 0 and waiting:
                    child.number, file = waiting.pop()
                    child.until = time.monotonic() + MOST_WAIT
                    child.pipe.send(file)
            ready = wait([child.pipe for child in children if child.number >= 0], timeout=0.2)
            for at, child in enumerate(children):
                if child.pipe in ready or (child.number >= 0 and time.monotonic() > child.until):
                    outcome = _outcome(child, child.pipe in ready)
                    yield child.number, outcome or refused(files[child.number].path, "too-long")
                    child.number = -1
                    if outcome is None:
                        _end(child)
                        children[at] = _start(reader)
    finally:
        for child in children:
            _end(child)


def _start(reader: FormReader) -> _Child:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, ours, reader), daemon=True)
    process.start()
    theirs.close()
    return _Child(process, ours)


def _outcome(child: _Child, is_ready: bool) -> FormRead | None:
    """What the child says; None where it has died or says nothing for too long."""
    outcome: FormRead | None = None
    with suppress(EOFError, OSError):
        outcome = child.pipe.recv() if is_ready else None
    return outcome


def _end(child: _Child) -> None:
    child.process.kill()
    child.pipe.close()
    child.process.join()


def _work(pipe: Connection, parent: Connection, reader: FormReader) -> None:
    """In the child: limits first, then file after file until the parent goes."""
    parent.close()
    _limit()
    with suppress(EOFError, OSError):
        while True:
            file: Found = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            outcome = _read(file, reader)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send(outcome)


def _read(file: Found, reader: FormReader) -> FormRead:
    data = read_bytes(file, MOST_BYTES)
    if not isinstance(data, Problem):
        return reader.read(data, file.path)
    if data.code == "too-large":
        return refused(file.path, "too-large")
    return FormRead(file.path, data.message, data.cure, data.code)


def _limit() -> None:
    """The processor's clock ends the process in C code as well; more memory than this is not given."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with open("/proc/self/statm", encoding="ascii") as stream:
        pages = int(stream.read().split()[0])
    most = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
