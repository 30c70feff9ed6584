"""Steps of records in, the same steps with what changed field by field out: old versions are read by one ``git cat-file``.

An old text may hold what was taken out on purpose. So nothing is quoted that was deleted, no long text, no contact, and
nothing that looks private: of those only that they changed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, Any

from generator.load.exchange import parse_record
from generator.load.files import MOST_BYTES
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


def _key(step: Step) -> tuple[str, str, str]:
    return step.stem, step.before, step.after


def _compared(
    chosen: Iterable[Step], root: Path, known: Known
) -> Iterable[tuple[tuple[str, str, str], tuple[FieldChange, ...]]]:
    try:
        process = subprocess.Popen(  # noqa: S603 - the names of versions go in by its input, one a line, and are git's own
            ["git", "-C", str(root), "cat-file", "--batch"],  # noqa: S607 - whichever git the machine has
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    except OSError:
        return
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answers = process.stdin, process.stdout

    @cache
    def record(stem: str, version: str) -> Any:
        return _read(_version(asked, answers, version), stem, known)

    with process:
        try:
            for step in chosen:
                old, new = (record(step.stem, version) for version in (step.before, step.after))
                if old is not None and new is not None:
                    yield _key(step), tuple(_differences(old, new, known))
        except (OSError, ValueError):
            pass  # a repository that lacks versions or is damaged: what was compared stays
        finally:
            asked.close()


def _version(asked: IO[bytes], answers: IO[bytes], version: str) -> bytes:
    """One version's bytes; empty where it is missing or too large for a record."""
    asked.write(version.encode() + b"\n")
    asked.flush()
    words = answers.readline().split()
    if len(words) != 3:
        return b""
    size = int(words[2])
    if size <= MOST_BYTES:
        data = answers.read(size)
        answers.read(1)
        return data
    left = size + 1
    while left > 0 and (piece := answers.read(min(left, MOST_BYTES))):
        left -= len(piece)
    return b""


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
