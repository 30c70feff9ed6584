"""The faults of a file's values in, the same with edits where the mend is mechanical out; and edits made in a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from generator.load.canonical import scalar
from generator.load.yaml_text import Mark, marks_of
from generator.model.problem import Edit, Problem
from generator.model.source import Source

_QUOTES = "“”‘’「」\"'"
_DASH = re.compile(r"(?m)^([ \t]*)[－—–−•·*][ \u3000]*")
_COLON = re.compile(r"(?m)^([ \t]*)([^\s：:]{1,20})[ \t]*：[ \t]*")
_WRITING = {
    "fullwidth-colon", "no-space-after-colon", "quote-mark", "open-bracket", "backslash", "needs-quotes", "tab-indent",
    "wide-space", "syntax", "directive", "forbidden-character",
}  # fmt: skip
_LAST = {"key-order"}  # made when nothing else is left to mend: it moves every line
_SEVERAL = re.compile(r"[，、；;,]")


class Spot(NamedTuple):
    """A scalar where it stands: its own text (quotes and all), what is before it on its line, and its mark."""

    raw: str
    before: str
    mark: Mark


def with_edits(problems: Iterable[Problem], source: Source) -> list[Problem]:
    """The faults of one file's values, with edits. Lines that had to be mended to be read get theirs once that is done."""
    listed = list(problems)
    if all(problem.code not in _MENDS for problem in listed):
        return listed
    mended = {problem.line for problem in listed if problem.edit is not None or problem.code in _WRITING}
    text, starts = source.text, line_starts(source.text)
    marks = {mark.start: mark for mark in marks_of(text) if mark.scalar}
    return [
        problem if problem.code not in _MENDS or problem.line in mended else _edited(problem, text, starts, marks)
        for problem in listed
    ]


def _edited(problem: Problem, text: str, starts: list[int], marks: dict[int, Mark]) -> Problem:
    start = starts[problem.line - 1] + problem.column - 1
    mark = marks.get(start)
    if mark is None:
        return problem
    raw = text[start : mark.end].rstrip()
    mended = _MENDS[problem.code](Spot(raw, text[starts[problem.line - 1] : start], mark))
    if mended is None or mended == raw:
        return problem
    return replace(problem, edit=edit_at(text, start, start + len(raw), mended))


def _bare(spot: Spot) -> str | None:
    bare = spot.raw.strip(_QUOTES).strip()
    return scalar(bare) if bare and "\\" not in bare and "\n" not in bare else None


def _apart(spot: Spot) -> str | None:
    """Words kept together by Chinese commas: in brackets, or as items of the list they stand in."""
    if "\n" in spot.raw or _DASH.match(spot.raw):
        return None
    words = [scalar(word.strip()) for word in _SEVERAL.split(spot.raw.strip("\"'")) if word.strip()]
    if spot.mark.kind == "item":
        return (f"\n{' ' * spot.before.index('-')}- " if spot.mark.dash else ", ").join(words)
    return f"[{', '.join(words)}]"


def _dashes(spot: Spot) -> str | None:
    return _DASH.sub(r"\1- ", spot.raw) if not spot.before.strip() else None


def _colons(spot: Spot) -> str | None:
    return _COLON.sub(r"\1\2: ", spot.raw) if not spot.before.strip(" -") else None


_MENDS: dict[str, Callable[[Spot], str | None]] = {
    "chinese-quotes": _bare,
    "list-comma": _apart,
    "list-dash": _dashes,
    "colon-inside": _colons,
}


# -- places and edits --------------------------------------------------------------------------------------------------


def line_starts(text: str) -> list[int]:
    """The index at which each line begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def edit_at(text: str, start: int, end: int, new: str) -> Edit:
    """The edit that puts ``new`` in place of a range of a text."""

    def place(index: int) -> tuple[int, int]:
        return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1

    return Edit(*place(start), *place(end), new)


def applied(text: str, problems: Iterable[Problem]) -> tuple[str, list[Problem]]:
    """The text with the edits of these problems made, and those whose edits were; of two that meet, the first only."""
    starts = line_starts(text)
    last = 0
    pieces: list[str] = []
    made: list[Problem] = []
    ranged = [(problem.edit, problem) for problem in problems if problem.edit is not None]
    ranged = [pair for pair in ranged if pair[1].code not in _LAST] or ranged
    for edit, problem in sorted(ranged, key=lambda pair: (pair[0][:2], pair[0][2:])):
        start, end = starts[edit.line - 1] + edit.column - 1, starts[edit.end_line - 1] + edit.end_column - 1
        if start < last or (made and start == last and made[-1].edit == edit):
            continue
        pieces += [text[last:start], edit.text]
        last = end
        made.append(problem)
    return "".join([*pieces, text[last:]]), made
