"""A part of the site in, its files out, made at once by this process, their bytes in a temporary file until they are written.

For what looks at every record: each process that is forked would copy them all, for it counts who holds them where they lie.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import tempfile
from collections.abc import Iterable
from functools import partial
from typing import IO

from generator.render.output import OutputFile
from generator.write import Refused


def spooled(files: Iterable[OutputFile]) -> list[OutputFile]:
    """The files, made. Where a file cannot be read by several processes at once they are made when they are asked for.

    Raises Refused where there is no room for the temporary file.
    """
    if not hasattr(os, "pread"):
        return list(files)
    spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the files that are read from it keep it open
    found: list[OutputFile] = []
    start = 0
    try:
        gc.freeze()
        for path, make, heavy in files:
            size = _append(spool, make())
            if heavy:
                gc.collect()  # a workbook is a knot of cycles
            found.append(OutputFile(path, partial(_read, spool, start, size)))
            start += size
    except OSError as error:
        raise Refused(f"临时文件写不进去：{error.strerror or error}；原来的网站没有动") from error
    finally:
        gc.unfreeze()
    _give_back()
    return found


def _give_back() -> None:
    """Let the system have the memory that was needed meanwhile: what is forked from here on would carry it along."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _append(spool: IO[bytes], data: bytes) -> int:
    view = memoryview(data)
    while view:
        view = view[spool.write(view) :]
    return len(data)


def _read(spool: IO[bytes], start: int, size: int) -> bytes:
    return os.pread(spool.fileno(), size, start)
