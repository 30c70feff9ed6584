"""Output files in, their bytes in a folder out, made and written on all processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from traceback import format_exc
from typing import TYPE_CHECKING

from generator.render.output import OutputFile

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext

_FEW = 200  # below this, starting writers costs more than it saves
_CHUNK = 250
_SHORTEST = 5  # chunks that a writer makes
_ROOM = 5_000_000  # square megabytes times chunks: the more there is to copy, the sooner a writer ends


def write_all(files: list[OutputFile], fresh: str, old: str | None) -> int:
    """Make and write the files into ``fresh``; how many are as they were in ``old``. The makers are inherited by forking, not sent.

    This process writes, too, but nothing heavy: libraries that make such files start threads, and what is forked from a process
    with threads hangs. The others end after a few chunks, and with them go their copies of the records they have looked at: memory
    stays bounded.
    """
    global _task
    others = (os.cpu_count() or 1) - 1
    heavy = [[file] for file in files if file.heavy]
    if others < 1 or sys.platform == "win32" or (len(files) < _FEW and not heavy):
        return _write_some(files, fresh, old)
    light = [file for file in files if not file.heavy]
    some = [light[at : at + _CHUNK] for at in range(0, len(light), _CHUNK)]
    fork = multiprocessing.get_context("fork")
    _task = dear, cheap, _, _ = _Pile(fork, heavy), _Pile(fork, some), fresh, old
    gc.freeze()  # a writer that collects garbage must not look at, and so copy, what is here already
    writers = [_Writer(fork) for _ in range(others)]
    kept = 0
    try:
        for chunk in cheap.take():
            kept += _write_chunk(chunk, fresh, old)
            for number, writer in enumerate(writers):
                if writer.has_ended():
                    kept += writer.kept()
                    writers[number] = _Writer(fork)
        if dear.is_left():
            writers.append(_Writer(fork))
        while writers:
            wait([writer.answer for writer in writers])
            writer = writers.pop(next(number for number, writer in enumerate(writers) if writer.has_ended()))
            kept += writer.kept()
            if dear.is_left():
                writers.append(_Writer(fork))
        return kept
    finally:
        for writer in writers:
            writer.process.join()
        gc.unfreeze()


class _Pile:
    """Chunks of files. Whichever process is free takes the next."""

    def __init__(self, fork: ForkContext, chunks: list[list[OutputFile]]) -> None:
        self._chunks = chunks
        self._taken = fork.Value("L")

    def take(self) -> Iterator[list[OutputFile]]:
        """One after the other, until none is left."""
        while True:
            with self._taken:
                number = self._taken.value
                self._taken.value += 1
            if number >= len(self._chunks):
                return
            yield self._chunks[number]

    def is_left(self) -> bool:
        """Whether there is something to take."""
        taken: int = self._taken.value
        return taken < len(self._chunks)


_task: tuple[_Pile, _Pile, str, str | None]


class _Writer:
    """A process that writes a few chunks, those that are heavy first, and ends."""

    def __init__(self, fork: ForkContext) -> None:
        self.answer, theirs = fork.Pipe(duplex=False)
        self.process = fork.Process(target=_write_few, args=(theirs, _life()))
        self.process.start()
        theirs.close()

    def has_ended(self) -> bool:
        """Whether it is at its end, well or not."""
        return self.answer.poll()

    def kept(self) -> int:
        """How many files were as they are, once it has ended. Raises what it could not go on for."""
        try:
            answer: int | Exception = self.answer.recv()
        except EOFError:
            answer = ChildProcessError("写网页的进程意外中断")
        self.process.join()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _write_few(answer: Connection, most: int) -> None:
    heavy, light, fresh, old = _task
    try:
        chunks = islice(chain(heavy.take(), light.take()), most)
        answer.send(sum(_write_chunk(chunk, fresh, old) for chunk in chunks))
    except Exception as error:
        error.add_note(format_exc())
        answer.send(error)


def _life() -> int:
    """How many chunks a writer makes: many where this process is small, since forking costs; few where it is large."""
    from resource import RUSAGE_SELF, getrusage  # there is none on Windows, where nobody forks

    megabytes = getrusage(RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    return max(_SHORTEST, int(_ROOM / megabytes**2))


def _write_chunk(chunk: list[OutputFile], fresh: str, old: str | None) -> int:
    kept = _write_some(chunk, fresh, old)
    gc.collect(0)  # what making them left behind; a workbook is a knot of cycles
    return kept


def _write_some(files: list[OutputFile], fresh: str, old: str | None) -> int:
    """Write files; those that are as they were become hard links. How many were kept."""
    kept = 0
    for path, make, _ in files:
        data = make()
        target = f"{fresh}/{path}"
        if old is not None and _same(f"{old}/{path}", data):
            try:
                os.link(f"{old}/{path}", target)
                kept += 1
                continue
            except OSError:
                pass  # a file system without links: write it anew
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
    return kept


def _same(path: str, data: bytes) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.fstat(descriptor).st_size == len(data) and os.read(descriptor, len(data) + 1) == data
    finally:
        os.close(descriptor)
