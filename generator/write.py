"""Output files in, a whole site on the disk out: the one place that touches it.

The new site is put together in a sibling folder, unchanged files as hard links to the old ones, and takes the old one's place
in one atomic exchange: whoever looks, or kills the build, finds the old site or the new one, whole.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from generator.render.output import OutputFile
from generator.writers import write_all

MARKER = ".catalog-site"
_MARKER_TEXT = b"made by `catalog build`; the next build replaces this folder\n"
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
        kept = write_all(files, str(fresh), str(old) if old else None)
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
