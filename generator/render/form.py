"""The table of fields and perhaps a record in, the rows of 附件1 or 附件2 out: what the Word form and its PDF print alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.activity import Activity
from generator.model.field import Field, fields_of
from generator.model.form import BLANK_ROWS, ONLY_FILLED, SOCIETY, SOCIETY_HELP, help_of, inner, label_of, part_label
from generator.model.reader import Known
from generator.model.values import Choice, Group, Many, Paragraph, Value

EMPTY = "□"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes. ``tag``: its key, ``options``: (name, ticked) where there is something to tick, ``lines``: least height."""

    tag: str
    text: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a label with its help, then one answer, or several parts, each under a label of its own."""

    label: str
    help: str = ""
    answer: Place | None = None
    parts: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form of one activity. ``marker``: kind, society, call, as the importer reads it."""

    marker: str
    rows: list[Row] = field(default_factory=list)


def form_page(known: Known, kind: str, society: str, call: str, values: Mapping[str, Any]) -> FormPage:
    """``values``: what ``stated(record, known, names=True)`` gives; empty for a blank form. ``society``: an id, or nothing."""
    name = known.society_names.get(society, "")
    rows = [Row("＊" + SOCIETY, SOCIETY_HELP, Place("society", name))]
    for line in fields_of(Activity):
        if line.key == "call" or (line.key in ONLY_FILLED and line.key not in values):
            continue
        rows += _rows(line, known, values.get(line.key))
    return FormPage("｜".join((kind, society, str(values.get("call", call)))), rows)


def _rows(line: Field, known: Known, value: Any) -> Iterator[Row]:
    one = inner(line.value)
    if not isinstance(one, Group):
        yield Row(label_of(line), help_of(line), _place(line.key, line.value, known, value))
    elif not isinstance(line.value, Many):
        value = value or {}
        parts = [
            (part_label(line, part), _place(f"{line.key}.{part.key}", part.value, known, value.get(part.key)))
            for part in fields_of(one.cls)
        ]
        yield Row(label_of(line), help_of(line), parts=tuple(parts))
    else:
        values = list(value or [])
        for number in range(max(len(values), BLANK_ROWS.get(line.key, 1))):
            each = values[number] if number < len(values) else {}
            parts = [
                (
                    part_label(line, part),
                    _place(f"{line.key}.{number}.{part.key}", part.value, known, each.get(part.key)),
                )
                for part in fields_of(one.cls)
            ]
            yield Row(label_of(line), help_of(line) if number == 0 else "", parts=tuple(parts))


def _place(tag: str, value: Value, known: Known, said: Any) -> Place:
    one = inner(value)
    if isinstance(one, Choice):
        chosen = [said] if isinstance(said, str) else list(said or [])
        names = known.vocabularies[one.vocabulary].names
        return Place(
            tag,
            options=tuple([(name, True) for name in chosen] + [(name, False) for name in names if name not in chosen]),
        )
    if isinstance(said, list):
        return Place(tag, _joined([str(word) for word in said]))
    return Place(
        tag, "" if said is None else str(said), lines=3 if isinstance(one, Paragraph) and one.most > 200 else 1
    )


def _joined(words: list[str]) -> str:
    """A list in one cell: the weakest separator that stands in none of the words."""
    for sign in ("、", "；", "\n"):
        if not any(sign in word for word in words):
            return sign.join(words) + (sign if len(words) == 1 and sign == "；" else "")
    return "\n".join(words)
