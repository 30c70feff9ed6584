"""A line libyaml cannot read in, the line as it was meant out, with the fault told. Line numbers never change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.load import faults
from generator.model.problem import Place, Problem

_INDENT = r"(?P<indent>[ ]*(?:- +)?)"
_KEY = r"(?P<key>[A-Za-z_][A-Za-z_ ]{0,30}|[\u4e00-\u9fff/、]{1,14})"
_FULLWIDTH_COLON = re.compile(rf"{_INDENT}{_KEY}\s*：\s*(?P<rest>.*)")
_TIGHT_COLON = re.compile(rf"{_INDENT}{_KEY}:(?P<rest>[^\s:/].*)")
_PAIR = re.compile(rf"{_INDENT}(?P<key>[^\s:\"'#][^:\"']*?): +(?P<rest>\S.*)")
_ITEM = re.compile(r"(?P<indent>[ ]*-)(?P<key>) +(?P<rest>\S.*)")
_DASH = re.compile(r"(?P<indent> *)(?P<dash>[－—–−·•*])[ \u3000]*(?P<rest>\S.*)")
_LEADING = re.compile(r"[ \t\u3000\u00a0]+")
_SPECIAL = tuple("[]{}*&!@%`>|\"',?")

Mend = tuple[str, Problem]


def mend(text: str, path: str, first: int, line: int, column: int) -> tuple[str, Problem]:
    """Mend one of the lines ``first`` to ``line`` (from 0), or blank the one where reading stopped."""
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    before = max((number for number in range(line) if lines[number].strip()), default=line)
    order = dict.fromkeys([min(first, line), line, before, *range(min(first, line), line)])
    for number in order:
        for attempt in _MENDS:
            mended = attempt(lines[number], Place(path, number + 1))
            if mended is not None and mended[0] != lines[number]:
                lines[number], problem = mended
                return "\n".join(lines), problem
    problem = faults.syntax(Place(path, line + 1, column + 1), lines[line].strip() or "（空行）")
    target = line if lines[line].strip() else before
    if not lines[target].strip():
        return "", problem
    lines[target] = ""
    return "\n".join(lines), problem


def _leading_space(line: str, place: Place) -> Mend | None:
    match = _LEADING.match(line)
    if not match or match.group().strip(" ") == "":
        return None
    lead = match.group()
    mended = lead.replace("\t", "  ").replace("\u3000", "  ").replace("\u00a0", " ") + line[len(lead) :]
    return mended, faults.tab_indent(place) if "\t" in lead else faults.wide_space(place)


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
    return f"{match['indent']}- {match['rest']}", faults.list_dash(
        place._replace(column=match.start("dash") + 1), match["dash"]
    )


def _quotes(line: str, place: Place) -> Mend | None:
    match = _PAIR.fullmatch(line) or _ITEM.fullmatch(line)
    if not match:
        return None
    rest: str = match["rest"]
    place = place._replace(column=match.start("rest") + 1)
    key = match["key"] or rest[:10]
    front = line[: match.start("rest")]
    if rest[0] in "“”‘’\"'":
        bare = rest.strip("“”‘’\"'")
        return front + _quoted(bare), faults.quote_mark(place, key)
    if rest.startswith(_SPECIAL):
        return front + _quoted(rest), faults.needs_quotes(place, key, f"以“{rest[0]}”开头")
    if ": " in rest or rest.endswith(":"):
        return front + _quoted(rest), faults.needs_quotes(place, key, "中间有“冒号加空格”")
    return None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _attempts() -> Iterator[Callable[[str, Place], Mend | None]]:
    yield _leading_space
    yield _fullwidth_colon
    yield _dash
    yield _quotes
    yield _tight_colon


_MENDS = tuple(_attempts())
