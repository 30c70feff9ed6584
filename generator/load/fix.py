"""A record's file in; the same with all that is mechanical mended, or in canonical form, and what was done, out."""

from __future__ import annotations

from typing import Any

from generator.load.canonical import formatted
from generator.load.edits import applied, with_edits
from generator.load.exchange import parse_record
from generator.load.records import parse_activity
from generator.load.text import decode
from generator.load.tidy import hints_of
from generator.load.yaml_text import read_source
from generator.model import tidy_faults
from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.source import Source

KINDS: dict[str, type] = {"activities": Activity, NEEDS: Need, PAIRINGS: Pairing, "content/calls": Call}
MOST_ROUNDS = 12  # a mend may let the reader see the next fault of its line


def kind_of(path: str) -> type:
    """The table of a file's records, by its folder; a file from elsewhere is a draft of an activity."""
    return next((cls for folder, cls in KINDS.items() if path.startswith(f"{folder}/")), Activity)


def faults_of(text: str, path: str, known: Known, *, hints: bool) -> list[Problem]:
    """What is wrong with a record's text by itself, and with ``hints`` what is not in the canonical spelling."""
    source, problems = read_source(text, path)
    if source is None:
        return problems
    cls: Any = kind_of(path)
    found = with_edits(problems + _parsed(cls, source, known), source)
    return [*found, *hints_of(source, cls, known)] if hints and not problems else found


def _parsed(cls: Any, source: Source, known: Known) -> list[Problem]:
    if cls is Activity:
        return parse_activity(source, known)[1]
    if cls is Call:
        reader = Reader(source.path, known)
        reader.record(Call, source.root, id="")
        return reader.problems
    return parse_record(cls, source, known)[1]


def hints_in(data: bytes, path: str, known: Known) -> list[Problem]:
    """The hints of a file; none where it cannot be read without a fault of writing."""
    text, problems = decode(data, path)
    if text is None or problems:
        return []
    return [*_of_bytes(data, path), *(one for one in faults_of(text, path, known, hints=True) if one.level == "hint")]


def mended(data: bytes, path: str, known: Known) -> tuple[bytes, list[Problem]]:
    """The file with every mechanical fault mended, and these faults. Bytes that are no UTF-8, and characters that tell of lost
    text, are left to people; so is all that is not mechanical."""
    text, made = _seen(data, path)
    if text is None:
        return data, []
    made += _of_bytes(data, path)
    for _ in range(MOST_ROUNDS):
        text, done = applied(text, faults_of(text, path, known, hints=True))
        if not done:
            break
        made += done
    return (text.encode(), made) if made else (data, [])


def laid_out(data: bytes, path: str, known: Known) -> bytes | list[Problem]:
    """The file in canonical form, or why it is left as it is."""
    text, problems = decode(data, path)
    if text is None or problems:
        return problems
    result = formatted(text, kind_of(path), known, path)
    return result.encode() if isinstance(result, str) else result


def _seen(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text without characters nobody sees, and the faults mended so; no text where more is wrong with the bytes."""
    _, problems = decode(data, path)
    if any(problem.edit is None for problem in problems):
        return None, []
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    text, made = applied(text, problems)
    return (text, made) if decode(text.encode(), path)[1] == [] else (None, [])


def _of_bytes(data: bytes, path: str) -> list[Problem]:
    found = [tidy_faults.file_mark(Place(path))] if data.startswith(b"\xef\xbb\xbf") else []
    return [*found, tidy_faults.line_ends(Place(path))] if b"\r" in data else found
