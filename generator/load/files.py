"""Folders in, safe bytes out: only regular files inside the tree, none too large, none that makes a reader wait."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.load import faults
from generator.model.problem import Place, Problem

MOST_BYTES = 64 * 1024  # a record
MOST_LIST_BYTES = 2 * 1024 * 1024  # a list of terms, societies, counties
MOST_FOLDERS = 8  # one in another

_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # where the system has them
    _FLAGS |= getattr(os, _name, 0)

_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有读取权限",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "是符号链接",
}
_SORTS = (
    (stat.S_ISLNK, "符号链接"),
    (stat.S_ISDIR, "文件夹"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISBLK, "设备"),
    (stat.S_ISCHR, "设备"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the tree: ``path`` as it is reported (relative, with ``/``), ``full`` where it is opened."""

    path: str
    full: str


def walk(root: Path, folder: str) -> Iterator[Found | Problem]:
    """Every file below ``root/folder``, sorted; symbolic links and other non-files are told, never followed."""
    start = root / folder
    if start.is_symlink():
        yield faults.not_a_file(Place(folder), "符号链接")
    elif start.is_dir():
        yield from _walk(str(start), folder)


def _walk(full: str, path: str) -> Iterator[Found | Problem]:
    if path.count("/") > MOST_FOLDERS:
        yield faults.file_name(Place(path), path.rsplit("/", 1)[-1], "少于八层的文件夹")
        return
    try:
        with os.scandir(full) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield faults.unreadable(Place(path), _reason(error))
        return
    for entry in ordered:
        if entry.name.startswith("."):
            continue
        below = f"{path}/{entry.name.encode('utf-8', 'surrogateescape').decode('utf-8', 'replace')}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, below)
        elif entry.is_file(follow_symlinks=False):
            yield Found(below, entry.path)
        else:
            yield faults.not_a_file(Place(below), sort_of(entry.stat(follow_symlinks=False).st_mode))


def sort_of(mode: int) -> str:
    """What a thing in a folder is, in Chinese."""
    return next((word for test, word in _SORTS if test(mode)), "特殊文件")


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def read_bytes(file: Found, most: int = MOST_BYTES) -> bytes | Problem:
    """The bytes of a regular file; opened without following links and without waiting for a pipe."""
    place = Place(file.path)
    try:
        before = os.lstat(file.full)
        if not stat.S_ISREG(before.st_mode):
            return faults.not_a_file(place, sort_of(before.st_mode))
        if before.st_size > most:
            return faults.too_large(place, before.st_size, most)
        descriptor = os.open(file.full, _FLAGS)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return faults.not_a_file(place, "特殊文件")
            data = os.read(descriptor, most + 1)  # of a regular file, all there is up to so much
        finally:
            os.close(descriptor)
    except OSError as error:
        return faults.unreadable(place, _reason(error))
    return data if len(data) <= most else faults.too_large(place, len(data), most)
