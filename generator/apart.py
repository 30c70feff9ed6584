"""A part of the site in, its files out, made in a process of its own: the memory it took goes with that process.

The bytes wait in a temporary file until they are written, so that no process holds them all.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import IO

from generator.render.output import OutputFile
from generator.write import Refused

Files = Callable[[], Iterable[OutputFile]]


def made_apart(files: Files) -> list[OutputFile]:
    """The files of a part, made. Where processes cannot be forked they are made here, one by one, when they are asked for.

    Raises Refused where there is no room for the temporary file.
    """
    global _task
    if "fork" not in multiprocessing.get_all_start_methods():
        return list(files())
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the files that are read from it keep it open
    _task = (files, spool)
    try:
        with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            made = pool.submit(_make).result()
    except OSError as error:
        raise Refused(f"临时文件写不进去：{error.strerror or error}；原来的网站没有动") from error
    found, start = [], 0
    for path, size in made:
        found.append(OutputFile(path, partial(_read, spool, start, size)))
        start += size
    return found


_task: tuple[Files, IO[bytes]]


def _make() -> list[tuple[str, int]]:
    """Make all files, one after the other into the temporary file; their paths and sizes."""
    files, spool = _task
    made = [(path, spool.write(make())) for path, make, _ in files()]
    spool.flush()
    return made


def _read(spool: IO[bytes], start: int, size: int) -> bytes:
    return os.pread(spool.fileno(), size, start)
