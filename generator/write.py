"""Output files in, a whole site on the disk out: the one place that touches it.

The new site is put together in a sibling folder, unchanged files as hard links to the old ones, and takes the old one's place
in one atomic exchange: whoever looks, or kills the build, finds the old site or the new one, whole.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from generator.render.output import OutputFile

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext

MARKER = ".catalog-site"
_MARKER_TEXT = b"made by `catalog build`; the next build replaces this folder\n"
_FEW = 200  # below this, starting writers costs more than it saves
_CHUNK = 250
_SHORTEST = 5  # chunks that a writer makes
_ROOM = 5_000_000  # square megabytes times chunks: the more there is to copy, the sooner a writer ends
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


Finish = Callable[[Path], list[str]]


class Refused(Exception):
    """The site cannot be written; the message is Chinese and tells why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were new or changed, stayed as they were, or went."""

    changed: int
    kept: int
    removed: int


def write_site(files: Iterable[OutputFile], site: Path, finish: Finish | None = None) -> Written:
    """Write a whole site to ``site``. Raises Refused: two files at one address, a foreign folder, another build at work, no room.

    ``finish``: what can only be made of the whole new site, before it takes the old one's place; gives the paths it added.
    """
    listed = [*files, OutputFile.of(MARKER, _MARKER_TEXT)]
    check_addresses(file.path for file in listed)
    site = Path(os.path.abspath(site))
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise Refused(f"{site.name} 不是普通文件夹，请换一个地方")
    if site.is_dir() and not (site / MARKER).exists() and any(site.iterdir()):
        raise Refused(f"文件夹 {site.name} 里有别的东西，不敢覆盖；请换一个空文件夹，或先把它移走")
    site.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(site.parent / f".{site.name}.lock", timeout=0):
            return _write(listed, site, finish)
    except Timeout:
        raise Refused("另一个构建正在进行，请等它结束") from None
    except OSError as error:
        raise Refused(f"写不进去：{error.strerror or error}；原来的网站没有动") from error


def check_addresses(paths: Iterable[str]) -> None:
    """Refuse two files at one address (also where letters differ only in case) and a file where a folder is needed."""
    seen: dict[str, str] = {}
    for path in paths:
        if (
            path.startswith("/")
            or "\\" in path
            or "\0" in path
            or any(part in ("", ".", "..") for part in path.split("/"))
        ):
            raise Refused(f"网页地址不对：{path!r}")
        if path.casefold() in seen:
            raise Refused(f"两个网页用了同一个地址：{path}")
        seen[path.casefold()] = path
    if both := folders_of(seen) & seen.keys():
        raise Refused(f"{seen[min(both)]} 既是文件又是文件夹")


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder that some paths need, parents included."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _write(files: list[OutputFile], site: Path, finish: Finish | None) -> Written:
    fresh = site.parent / f".{site.name}.new"
    shutil.rmtree(fresh, ignore_errors=True)  # what a killed build left behind
    old = site if site.is_dir() else None
    before = _paths(site) if old else set()
    try:
        for folder in ["", *sorted(folders_of(file.path for file in files))]:
            os.mkdir(f"{fresh}/{folder}")
        kept = _write_all(files, str(fresh), str(old) if old else None)
        added = finish(fresh) if finish else []
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _exchange(fresh, site)
    shutil.rmtree(fresh, ignore_errors=True)
    return Written(len(files) + len(added) - kept, kept, len(before - {file.path for file in files} - {*added}))


def _paths(site: Path) -> set[str]:
    top = len(str(site)) + 1
    return {f"{folder}/{name}"[top:] for folder, _, names in os.walk(site) for name in names}


def _write_all(files: list[OutputFile], fresh: str, old: str | None) -> int:
    """Make and write the files, on all processors; how many were kept. The makers are inherited by forking, not sent.

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


def _exchange(fresh: Path, site: Path) -> None:
    """Put ``fresh`` where ``site`` is. Linux exchanges two folders in one step; elsewhere two renames follow each other at once."""
    if not site.exists():
        fresh.rename(site)
        return
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if (
        rename is not None
        and rename(_AT_FDCWD, os.fsencode(fresh), _AT_FDCWD, os.fsencode(site), _RENAME_EXCHANGE) == 0
    ):
        return
    aside = site.parent / f".{site.name}.old"
    shutil.rmtree(aside, ignore_errors=True)
    site.rename(aside)
    fresh.rename(site)
    shutil.rmtree(aside, ignore_errors=True)
