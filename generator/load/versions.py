"""Steps of records in, the same steps with what changed field by field out: old versions are read by one ``git cat-file``.

An old text may hold what was taken out on purpose. So nothing is quoted that was deleted, no long text, no contact, and
nothing that looks private: of those only that they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.load.exchange import parse_record
from generator.load.files import MOST_BYTES
from generator.load.git import Unanswered, stored
from generator.load.records import parse_activity
from generator.load.text import decode
from generator.load.yaml_text import read_source
from generator.model.field import Field, fields_of
from generator.model.history import FieldChange, History, Step, file_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.parts import Contact, Period
from generator.model.privacy import doubtful_data, private_data
from generator.model.reader import Known
from generator.model.values import Group, Paragraph

MOST_COMPARED = 500  # of all steps, the newest: a version takes about half a millisecond to read
MOST_QUOTED = 120  # characters
Key = tuple[str, str, str]


def with_fields(history: History, root: Path, known: Known) -> History:
    """The history with the newest changes looked at field by field."""
    changes = [step for steps in history.steps.values() for step in steps if step.before and step.after]
    changes = [step for step in changes if step.before != step.after]
    chosen = sorted(changes, key=lambda step: (step.day, step.stem), reverse=True)[:MOST_COMPARED]
    if not chosen:
        return history
    compared = dict(_compared(chosen, root, known))
    steps = {
        stem: tuple(replace(step, fields=compared[key]) if (key := _key(step)) in compared else step for step in some)
        for stem, some in history.steps.items()
    }
    return replace(history, steps=steps)


def _key(step: Step) -> Key:
    return step.stem, step.before, step.after


def _compared(chosen: Iterable[Step], root: Path, known: Known) -> Iterator[tuple[Key, tuple[FieldChange, ...]]]:
    try:
        with stored(root, MOST_BYTES) as version:
            record = cache(lambda stem, name: _read(version(name), stem, known))
            for step in chosen:
                old, new = record(step.stem, step.before), record(step.stem, step.after)
                if old is not None and new is not None:
                    yield _key(step), tuple(_differences(old, new, known))
    except Unanswered:
        return  # without git, or from a damaged repository: what was compared stays


def _read(data: bytes, stem: str, known: Known) -> Any:
    """What could be read of a version, however faulty it was; None where it was no record at all."""
    text, _ = decode(data, file_of(stem)) if data else (None, [])
    source, _ = read_source(text, file_of(stem)) if text else (None, [])
    if source is None:
        return None
    if stem.startswith("activities/"):
        return parse_activity(source, known)[0]
    if stem.startswith("needs/"):
        return parse_record(Need, source, known)[0]
    return parse_record(Pairing, source, known)[0]


def _differences(old: Any, new: Any, known: Known) -> Iterable[FieldChange]:
    kind: type = type(new)
    for line in fields_of(kind):
        was, now = getattr(old, line.key), getattr(new, line.key)
        if was != now:
            yield _difference(line, was, now, known)


def _difference(line: Field, was: Any, now: Any, known: Known) -> FieldChange:
    empty = (None, "", (), Period())
    if now in empty:
        return FieldChange(line.label, "emptied")
    if isinstance(line.value, Paragraph) or (isinstance(line.value, Group) and line.value.cls is Contact):
        return FieldChange(line.label, "filled" if was in empty else "rewritten")
    write: Callable[[Any], str] = lambda value: _words(line.value.write(value, known, names=True))  # noqa: E731
    new = write(now)
    if was in empty:
        return FieldChange(line.label, "filled", "", new if len(new) <= MOST_QUOTED else "")
    old = write(was)
    if max(len(old), len(new)) > MOST_QUOTED or old == new or private_data(old) or doubtful_data(old):
        return FieldChange(line.label, "rewritten")
    return FieldChange(line.label, "replaced", old, new)


def _words(written: Any) -> str:
    """A value as one line of text."""
    if isinstance(written, Mapping):
        return "，".join(map(_words, written.values()))
    if isinstance(written, list):
        return "；".join(map(_words, written)) if any(isinstance(one, dict) for one in written) else "、".join(map(_words, written))  # fmt: skip
    return str(written)
