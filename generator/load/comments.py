"""A file's text in, its comments out: each with the entry it speaks of, so that it can move with that entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.load.yaml_text import Mark, marks_of

Path = tuple[str | int, ...]  # keys as written, numbers of list items

_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)


@dataclass(slots=True)
class Notes:
    """The comments of one entry: on lines above it, behind it, on lines below it; each begins with ``#``."""

    above: list[str] = field(default_factory=list)
    beside: str = ""
    below: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comments:
    """All comments of a file: before the first entry, of each entry, after the last."""

    head: list[str] = field(default_factory=list)
    of: dict[Path, Notes] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


class _Entry(NamedTuple):
    """A key or list item: where it begins (index in the text) and stands (column from 0)."""

    path: Path
    start: int
    column: int


def comments_of(text: str) -> Comments:
    """The comments of a text that libyaml can read.

    A comment on a line of its own belongs to the entry below it; indented deeper than that, to the entry above.
    One at the end of a line belongs to what ends there.
    """
    found = Comments()
    if "#" not in text:
        return found
    marks = list(_placed(text))
    entries = [_Entry(path, mark.start, _column(text, mark)) for path, mark in marks if mark.kind in ("key", "item")]
    inside = [(mark.start, mark.end) for _, mark in marks if mark.scalar]
    for start, comment in _outside(text, inside):
        line = text.rfind("\n", 0, start) + 1
        if not entries or start < entries[0].start:
            found.head.append(comment)
        elif text[line:start].strip():
            _beside(found, comment, line, start, marks, entries)
        else:
            _alone(found, comment, start, start - line, entries)
    return found


def _outside(text: str, inside: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Every ``#`` that begins a comment: not in a scalar, save behind the ``|`` of a block."""
    end = 0
    for match in _COMMENT.finditer(text):
        start = match.start()
        span = next(((first, last) for first, last in inside if first < start < last), None)
        if start < end or (span is not None and (text[span[0]] not in "|>" or "\n" in text[span[0] : start])):
            continue
        comment = text[start:].split("\n", 1)[0]
        end = start + len(comment)
        yield start, comment.rstrip()


def _beside(
    found: Comments, comment: str, line: int, start: int, marks: list[tuple[Path, Mark]], entries: list[_Entry]
) -> None:
    path = next((path for path, mark in reversed(marks) if mark.start < start and mark.end > line), None)
    if path is None:
        path = next((entry.path for entry in entries if entry.start > start), ())
    notes = found.of.setdefault(path, Notes()) if path else None
    if notes is None:
        found.tail.append(comment)
    elif notes.beside:
        notes.above.append(comment)
    else:
        notes.beside = comment


def _alone(found: Comments, comment: str, start: int, column: int, entries: list[_Entry]) -> None:
    after = next((entry for entry in entries if entry.start > start), None)
    if after is not None and column <= after.column:
        found.of.setdefault(after.path, Notes()).above.append(comment)
        return
    columns = {entry.path: entry.column for entry in entries}
    # an item and its first key begin at one place: what is innermost is meant
    before = max(
        (entry for entry in entries if entry.start < start), key=lambda entry: (entry.start, len(entry.path))
    ).path
    while len(before) > 1 and columns.get(before, 0) > column:
        before = before[:-1]
    if after is None and len(before) == 1 and column <= columns[before]:
        found.tail.append(comment)
    else:
        found.of.setdefault(before, Notes()).below.append(comment)


def _placed(text: str) -> Iterator[tuple[Path, Mark]]:
    """Every mark with the path of the entry it belongs to."""
    path: list[str | int] = []
    for mark in marks_of(text):
        if mark.kind in ("key", "item"):
            del path[mark.depth :]
            path.append(mark.name)
            yield tuple(path), mark
        else:
            yield tuple(path[: mark.depth]), mark


def _column(text: str, mark: Mark) -> int:
    """Where an entry stands: an item of a block list at its dash."""
    start = mark.start
    if mark.dash:
        start = max(text.rfind("-", 0, start), text.rfind("\n", 0, start) + 1)
    return start - (text.rfind("\n", 0, start) + 1)
