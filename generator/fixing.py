"""Files of records in, the same files mended or formatted on the disk: whole, one after the other, nothing else touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from generator.build import CHECKOUT, within
from generator.load.files import MOST_LIST_BYTES, Found, read_bytes, walk
from generator.load.fix import KINDS, hints_in, laid_out, mended
from generator.load.known import read_content
from generator.model.problem import Problem
from generator.model.reader import Known


@dataclass(slots=True)
class Outcome:
    """``changed``: paths of files that were, or would be, written; ``made``: the faults mended; ``left``: why files were left as they are."""

    changed: list[str] = field(default_factory=list)
    made: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)


def record_files(root: Path, paths: Sequence[Path] = ()) -> Iterator[Found]:
    """The record files below ``root``, or those of some files and folders; never through a link."""
    chosen = [within(root, path) for path in paths]
    for folder in KINDS:
        for found in walk(root, folder):
            if isinstance(found, Found) and found.path.endswith((".yml", ".yaml")) and _is_chosen(found.path, chosen):
                yield found
    for path, at in zip(paths, chosen, strict=True):
        if at is None:
            yield from _drafts(path)


def _is_chosen(path: str, chosen: list[str | None]) -> bool:
    return not chosen or any(at is not None and (at in (path, ".") or path.startswith(f"{at}/")) for at in chosen)


def _drafts(path: Path) -> Iterator[Found]:
    if path.is_dir() and not path.is_symlink():
        drafts = (found for found in walk(path.parent, path.name) if isinstance(found, Found))
        yield from (found for found in drafts if found.path.endswith((".yml", ".yaml")))
    else:
        yield Found(path.as_posix(), str(path))


def hints(root: Path, paths: Sequence[Path] = ()) -> list[Problem]:
    """All that is right but not in the canonical spelling."""
    known = read_content(root, CHECKOUT).known
    read = ((file, read_bytes(file)) for file in record_files(root, paths))
    return [hint for file, data in read if isinstance(data, bytes) for hint in hints_in(data, file.path, known)]


def lines_of(root: Path) -> Callable[[str], list[str]]:
    """Gives the lines of a reported path, none where it cannot be read; reads each file once."""

    @cache
    def lines(path: str) -> list[str]:
        data = read_bytes(Found(path, str(root / path)), MOST_LIST_BYTES)
        text = data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else ""
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    return lines


def fix(root: Path, paths: Sequence[Path] = ()) -> Outcome:
    """Make every edit that a fault or hint carries, and no other. Raises OSError when a file cannot be written."""

    def change(file: Found, data: bytes, known: Known, outcome: Outcome) -> bytes:
        new, made = mended(data, file.path, known)
        outcome.made += made
        return new

    return _changed(root, paths, change, write=True)


def lay_out(root: Path, paths: Sequence[Path] = (), *, write: bool) -> Outcome:
    """Bring the files into canonical form; without ``write`` only say which are not. Raises OSError when a file cannot be written."""

    def change(file: Found, data: bytes, known: Known, outcome: Outcome) -> bytes:
        result = laid_out(data, file.path, known)
        if isinstance(result, bytes):
            return result
        outcome.left += result
        return data

    return _changed(root, paths, change, write)


def _changed(
    root: Path, paths: Sequence[Path], change: Callable[[Found, bytes, Known, Outcome], bytes], write: bool
) -> Outcome:
    outcome = Outcome()
    known = read_content(root, CHECKOUT).known
    for file in record_files(root, paths):
        data = read_bytes(file)
        if isinstance(data, Problem):
            outcome.left.append(data)
            continue
        new = change(file, data, known, outcome)
        if new != data:
            outcome.changed.append(file.path)
            if write:
                replace_file(file.full, new)
    return outcome


def replace_file(path: str, data: bytes) -> None:
    """Put new bytes in a file's place in one step, its rights kept; whoever reads meanwhile gets the old or the new, whole."""
    descriptor, fresh = tempfile.mkstemp(prefix=".", suffix=".new", dir=os.path.dirname(path) or ".")
    try:
        with open(descriptor, "wb") as stream:
            os.fchmod(stream.fileno(), os.lstat(path).st_mode & 0o777)
            stream.write(data)
        os.replace(fresh, path)
    except BaseException:
        os.unlink(fresh)
        raise
