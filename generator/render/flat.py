"""A record class's table in, the columns of a flat table out: what CSV, Excel and SQLite hold, one typed cell a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from generator.model.dates import FullDay, PartialDay
from generator.model.field import Field, fields_of
from generator.model.reader import Known
from generator.model.values import Flag, Group, Many, Paragraph, Value, WholeNumber

Cell = str | int | date | None
Kind = Literal["text", "long", "number", "date", "day", "flag"]
"""``day``: a date as exact as it is known (2026, 2026-05, 2026-05-01); ``flag``: 是 or 否."""


@dataclass(frozen=True, slots=True)
class Flat:
    """One column. ``separator``: what stands between several values, or empty; ``read``: a record's cell."""

    key: str
    label: str
    kind: Kind
    help: str
    separator: str
    read: Callable[[Any, Known], Cell]


@cache
def columns_of(cls: type) -> tuple[Flat, ...]:
    """The columns of a record class, in the order of its table; parts follow their group as ``period_start``."""
    return tuple(_columns(cls, "", "", lambda record: record))


def _columns(cls: type, key: str, label: str, owner: Callable[[Any], Any]) -> Iterator[Flat]:
    for line in fields_of(cls):
        get = _part(owner, line.key)
        if isinstance(line.value, Group):
            yield from _columns(line.value.cls, f"{key}{line.key}_", f"{label}{line.label}：", get)
        else:
            yield _column(line, key, label, get)


def _part(owner: Callable[[Any], Any], key: str) -> Callable[[Any], Any]:
    def get(record: Any) -> Any:
        owned = owner(record)
        return None if owned is None else getattr(owned, key)

    return get


def _column(line: Field, key: str, label: str, get: Callable[[Any], Any]) -> Flat:
    value = line.value
    separator = ""
    if isinstance(value, Many):
        separator = "、" if getattr(value.one, "one_word", False) else "；"

    def read(record: Any, known: Known) -> Cell:
        found = get(record)
        return None if found in (None, "", ()) else _cell(value, found, known, separator)

    return Flat(f"{key}{line.key}", f"{label}{line.label}", _kind(value), line.help, separator, read)


def _kind(value: Value) -> Kind:
    if isinstance(value, WholeNumber):
        return "number"
    if type(value) is FullDay:
        return "date"
    if type(value) is PartialDay:
        return "day"
    if isinstance(value, Flag):
        return "flag"
    return "long" if isinstance(value, (Paragraph, Many)) else "text"


def _cell(value: Value, found: Any, known: Known, separator: str) -> Cell:
    if isinstance(found, (int, date)) and not isinstance(found, bool):
        return found
    written = value.write(found, known, names=True)
    if not isinstance(written, list):
        return str(written)
    return separator.join(_words(one) for one in written)


def _words(one: Any) -> str:
    """One value of a list; the parts of a group with a space between them."""
    if isinstance(one, dict):
        return " ".join(map(_words, one.values()))
    return "、".join(map(_words, one)) if isinstance(one, list) else str(one)


def as_text(cell: Cell) -> str:
    """A cell as CSV holds it."""
    return "" if cell is None else str(cell)
