"""A line libyaml cannot read in, the line as it was meant out, with the fault told. Line numbers never change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from generator.load import yaml_faults as faults
from generator.model import faults as value_faults
from generator.model.problem import Edit, Place, Problem

_INDENT = r"(?P<indent>[ ]*(?:- +)?)"
_KEY = r"(?P<key>[A-Za-z_][A-Za-z_ ]{0,30}|[\u4e00-\u9fff/、]{1,14})"
_FULLWIDTH_COLON = re.compile(rf"{_INDENT}{_KEY}\s*：\s*(?P<rest>.*)")
_TIGHT_COLON = re.compile(rf"{_INDENT}{_KEY}:(?:[\u3000\u00a0]\s*|(?![\s:/]))(?P<rest>\S.*)")
_PAIR = re.compile(rf"{_INDENT}(?P<key>[^\s:\"'#][^:\"']*?): +(?P<rest>\S.*)")
_ITEM = re.compile(r"(?P<indent>[ ]*-)(?P<key>) +(?P<rest>\S.*)")
_DASH = re.compile(r"(?P<indent> *)(?P<dash>[－—–−·•*])[ \u3000]*(?P<rest>\S.*)")
_LEADING = re.compile(r"[ \t\u3000\u00a0]+")
_SPECIAL = tuple("[]{}*&!@%`>|\"',?")
_QUOTES = "“”‘’\"'"
_CLOSING = {"[": "]", "{": "}"}
_WORD = re.compile(
    r"[a-z_]+|(?:开始|结束|部门|联系部门|办公电话|电话|单位邮箱|邮箱|标题|网址|日期)"
)  # the key of a part, it seems
_MOST_ABOVE = 30  # lines above the one where reading stopped that are looked at

Mend = tuple[str, Problem]


class Stopped(NamedTuple):
    """Where libyaml gave up, from 0: the line it stopped on, and the first line of what it was reading."""

    line: int
    column: int
    first: int


def mend(text: str, path: str, stopped: Stopped, stops: Callable[[str], Stopped | None]) -> tuple[str, Problem]:
    """Mend one line, or blank the one where reading stopped. ``stops`` says where a text can no longer be read.

    A mend counts only if more can be read with it: a good line near a bad one is never accused.
    """
    lines = text.split("\n")
    line = min(stopped.line, len(lines) - 1)
    for number in dict.fromkeys([min(stopped.first, line), *range(line, max(line - _MOST_ABOVE, -1), -1)]):
        for attempt in _MENDS:
            found = attempt(lines[number], Place(path, number + 1))
            if found is None:
                continue
            mended = "\n".join([*lines[:number], found[0], *lines[number + 1 :]])
            after = stops(mended)
            swallowed = attempt in (_quotes, _bracket) and after is not None and after.line > number
            if after is None or (after != stopped and (after.line >= stopped.line or swallowed)):
                return mended, _edited(attempt, lines[number], found)
    return _without(lines, path, stopped, stops)


def mend_lines(text: str, path: str, numbers: Iterable[int]) -> tuple[str, list[Problem]]:
    """Mend the lines that can be read, but not as they were meant: the colons and the spaces in front."""
    lines = text.split("\n")
    problems = []
    for number in numbers:
        for attempt in (_leading_space, _fullwidth_colon, _tight_colon):
            found = attempt(lines[number], Place(path, number + 1))
            if found is not None:
                problems.append(_edited(attempt, lines[number], found))
                lines[number] = found[0]
    return "\n".join(lines), problems


def _edited(attempt: Callable[[str, Place], Mend | None], line: str, found: Mend) -> Problem:
    """The fault with its mend as an edit, where only one can be meant: a bracket may be missing, or not be meant as one."""
    mended, problem = found
    return (
        problem
        if attempt in (_directive, _bracket) or not _is_sure(line, problem)
        else replace(problem, edit=edit_between(line, mended, problem.line))
    )


def _is_sure(line: str, problem: Problem) -> bool:
    """Whether quotes round the rest of a line are what was meant: they could swallow a comment, a list, a part of a group."""
    rest = line[problem.column - 1 :].rstrip()
    if problem.code == "quote-mark":
        return len(rest) > 1 and rest[-1] in _QUOTES and not any(mark in rest[1:-1] for mark in _QUOTES)
    if problem.code == "needs-quotes":
        front = rest.partition(": ")[0]
        return " #" not in rest and not rest.startswith(("[", "{", "- ", '"', "'")) and not _WORD.fullmatch(front)
    return problem.code != "backslash"


def one_edit_a_line(problems: Iterable[Problem], touched: Iterable[int] = ()) -> list[Problem]:
    """The problems with the edits that hold for the file as it stands: the first of each line, none where it was touched before."""
    lines = set(touched)
    kept: list[Problem] = []
    for problem in problems:
        kept.append(replace(problem, edit=None) if problem.line in lines else problem)
        lines.add(problem.line)
    return kept


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def edit_between(before: str, after: str, line: int) -> Edit:
    """The edit that makes one line another: from where they begin to differ to where they end to."""
    front = _alike(before, after)
    back = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - front)
    return Edit(line, front + 1, line, len(before) - back + 1, after[front : len(after) - back])


def _without(
    lines: list[str], path: str, stopped: Stopped, stops: Callable[[str], Stopped | None]
) -> tuple[str, Problem]:
    """The text without the line that cannot be read, nor mended: the one without which most can be read."""
    line = min(stopped.line, len(lines) - 1)
    if any(before.rstrip() == "..." for before in lines[:line]):
        return "\n".join(lines[:line]), faults.many_documents(Place(path, line + 1))
    above = max((number for number in range(line) if lines[number].strip()), default=line)
    read: dict[int, int] = {}
    for number in dict.fromkeys((line, min(stopped.first, line), above)):
        if lines[number].strip():
            after = stops("\n".join([*lines[:number], "", *lines[number + 1 :]]))
            read[number] = len(lines) if after is None else after.line
    if not read:
        return "", faults.syntax(Place(path, line + 1, stopped.column + 1), "（空行）")
    worst = max(read, key=lambda number: read[number])
    bare = lines[worst].strip()
    column = stopped.column if worst == line else lines[worst].index(bare)
    lines[worst] = ""
    return "\n".join(lines), faults.syntax(Place(path, worst + 1, column + 1), bare)


def _leading_space(line: str, place: Place) -> Mend | None:
    match = _LEADING.match(line)
    if not match or match.group().strip(" ") == "":
        return None
    lead = match.group()
    mended = lead.replace("\t", "  ").replace("\u3000", "  ").replace("\u00a0", " ") + line[len(lead) :]
    return mended, faults.tab_indent(place) if "\t" in lead else faults.wide_space(place)


def _directive(line: str, place: Place) -> Mend | None:
    return ("", faults.directive(place)) if line.startswith("%") else None


def _fullwidth_colon(line: str, place: Place) -> Mend | None:
    match = _FULLWIDTH_COLON.fullmatch(line)
    if not match:
        return None
    column = match.end("key") + 1
    mended = f"{match['indent']}{match['key']}: {match['rest']}"
    return mended.rstrip(), faults.fullwidth_colon(place._replace(column=column), match["key"])


def _tight_colon(line: str, place: Place) -> Mend | None:
    match = _TIGHT_COLON.fullmatch(line)
    if not match:
        return None
    column = match.end("key") + 1
    return f"{match['indent']}{match['key']}: {match['rest']}", faults.no_space_after_colon(
        place._replace(column=column), match["key"]
    )


def _dash(line: str, place: Place) -> Mend | None:
    match = _DASH.fullmatch(line)
    if not match:
        return None
    return f"{match['indent']}- {match['rest']}", value_faults.list_dash(
        place._replace(column=match.start("dash") + 1), match["dash"]
    )


def _bracket(line: str, place: Place) -> Mend | None:
    match = _PAIR.fullmatch(line)
    if not match:
        return None
    rest: str = match["rest"].rstrip()
    opening, closing = rest[0], _CLOSING.get(rest[0], "")
    if not closing or closing in rest:
        return None
    fault = faults.open_bracket(place._replace(column=match.start("rest") + 1), match["key"], opening, closing)
    return line.rstrip() + closing, fault


def _quotes(line: str, place: Place) -> Mend | None:
    match = _PAIR.fullmatch(line) or _ITEM.fullmatch(line)
    if not match:
        return None
    rest: str = match["rest"].rstrip()
    place = place._replace(column=match.start("rest") + 1)
    key = match["key"] or rest[:10]
    front = line[: match.start("rest")]
    if rest[0] == rest[-1] == '"' and "\\" in rest and '"' not in rest[1:-1]:
        return front + _quoted(rest[1:-1]), faults.backslash(place, key)
    if rest[0] in _QUOTES:
        return front + _quoted(rest.strip(_QUOTES)), faults.quote_mark(place, key)
    if rest.startswith((*_SPECIAL, "- ")):
        return front + _quoted(rest), faults.needs_quotes(place, key, f"以“{rest[0]}”开头")
    if ": " in rest or rest.endswith(":"):
        return front + _quoted(rest), faults.needs_quotes(place, key, "中间有“冒号加空格”")
    return None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_MENDS: tuple[Callable[[str, Place], Mend | None], ...] = (
    _leading_space,
    _directive,
    _fullwidth_colon,
    _dash,
    _bracket,
    _quotes,
    _tight_colon,
)
