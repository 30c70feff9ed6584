"""One way to say a fault: where, what was found, how to cure it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Level = Literal[
    "error", "warning", "hint"
]  # a hint: right, but not in the canonical spelling; told only where asked for

LEVEL_WORDS: dict[str, str] = {"error": "错误", "warning": "提醒", "hint": "可整理"}


class Place(NamedTuple):
    """A point in a file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1


class Edit(NamedTuple):
    """The mend of a mechanical fault: ``text`` in place of what stands from line and column to the end, which is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault as a value. Ordered by place, so that a sorted list reads like the files."""

    path: str
    line: int
    column: int
    code: str
    level: str
    message: str
    cure: str
    edit: Edit | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """``path:line:column: message，cure[code]`` on one line, which a forge's log does not take for a command."""
        word = "" if self.level == "error" else f"（{LEVEL_WORDS[self.level]}）"
        here = "./" if self.path.lstrip().startswith("::") else ""
        line = (
            f"{here}{shown_path(self.path)}:{self.line}:{self.column}: {word}{self.message}，{self.cure}[{self.code}]"
        )
        return line.replace("##[", "##［")


_LONG_NUMBER = re.compile(r"\d(?:[ \-]?\d){6,}[\dXx]?")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?")
_MOST_SHOWN = 40


def shown(text: str) -> str:
    """A contributor's text, safe to quote in a message.

    One line, at most 40 characters, control characters by code point, and long digit runs (numbers of persons) masked:
    messages go into public logs.
    """
    folded = unicodedata.normalize("NFKC", text[:400])
    if _LONG_NUMBER.search(folded):
        text = _LONG_NUMBER.sub(_masked, folded)
    text = text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
    return "".join(_visible(text))


def _masked(match: re.Match[str]) -> str:
    number = match.group()
    return number if _DATE.fullmatch(number) else "…" + number[-2:]


def shown_path(path: str) -> str:
    """A path with control characters made visible: a file name must not start a line of its own in a log."""
    return "".join(_visible(path))


def _visible(text: str) -> Iterator[str]:
    for character in text:
        if character == "\n":
            yield "⏎"
        elif character == " " or unicodedata.category(character)[0] not in "CZ":
            yield character
        elif character == "\u3000":
            yield "□"
        else:
            yield f"U+{ord(character):04X}"
