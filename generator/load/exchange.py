"""``content/needs/`` and ``content/pairings/`` in, needs and pairings with everything that is wrong with them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from generator.load import faults
from generator.load.edits import with_edits
from generator.load.files import Found, walk
from generator.load.known import read_file
from generator.model import reference_faults
from generator.model.activity import SLUG
from generator.model.need import Need
from generator.model.pairing import YEAR, Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS
from generator.model.pinyin import RESERVED
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.rules import check_text
from generator.model.source import Source

Record = TypeVar("Record", Need, Pairing)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Record]):
    """All records of one kind that could be read, and the ids of all files."""

    records: dict[str, Record]
    ids: frozenset[str]


def read_needs(root: Path, known: Known, problems: list[Problem]) -> Shelf[Need]:
    """Every need of ``root``; ``problems`` grows."""
    return _read(Need, root, NEEDS, known, problems)


def read_pairings(root: Path, known: Known, problems: list[Problem]) -> Shelf[Pairing]:
    """Every pairing of ``root``; ``problems`` grows."""
    return _read(Pairing, root, PAIRINGS, known, problems)


def _read(cls: type[Record], root: Path, folder: str, known: Known, problems: list[Problem]) -> Shelf[Record]:
    records: dict[str, Record] = {}
    ids: set[str] = set()
    for found in _files(root, folder, problems):
        id = found.path.removeprefix(f"{folder}/").removesuffix(".yml")
        ids.add(id)
        record, wrong = read_record(cls, found, folder, known)
        problems.extend(wrong)
        if record is not None:
            records[id] = record
    return Shelf(records, frozenset(ids))


def _files(root: Path, folder: str, problems: list[Problem]) -> Iterator[Found]:
    for found in walk(root, folder):
        if isinstance(found, Problem):
            problems.append(found)
        elif found.path.endswith((".yml", ".yaml")):
            yield found
        elif not found.path.endswith((".md", ".txt")):
            problems.append(faults.stray_file(Place(found.path), found.path.rsplit("/", 1)[-1]))


def read_record(cls: type[Record], file: Found, folder: str, known: Known) -> tuple[Record | None, list[Problem]]:
    """One file: read, parse, check. The record, unless anything in it is wrong; and everything that is wrong."""
    problems = list(_path_problems(file.path, folder, known))
    source, more = read_file(file)
    problems += more
    if source is None:
        return None, problems
    record, found = parse_record(cls, source, known)
    problems = with_edits(problems + found, source)
    return (None if any(problem.level == "error" for problem in problems) else record), problems


def parse_record(cls: type[Record], source: Source, known: Known) -> tuple[Record, list[Problem]]:
    """A source as a need or pairing, with the faults of its values and text."""
    year, county, slug = ["", "", "", *source.path.removesuffix(".yml").split("/")][-3:]
    reader = Reader(source.path, known)
    keys = source.root.values.keys()
    draft, _ = reader.record(
        cls,
        source.root,
        source="source" in keys or "来源" in keys,
        id=f"{year}/{county}/{slug}",
        year=year,
        county=county,
    )
    reader.problems += check_text(source)
    return draft, reader.problems


def _path_problems(path: str, folder: str, known: Known) -> Iterator[Problem]:
    """Faults of a record's own address."""
    match = re.fullmatch(rf"{folder}/{YEAR}/(\d{{6}})/({SLUG})\.yml", path)
    if match is None or RESERVED.fullmatch(match[2]):
        wanted = f"{folder}/年份/六位县代码/名称.yml，名称只用小写字母、数字和短横线"
        yield faults.file_name(Place(path), path.removeprefix(f"{folder}/"), wanted)
    elif match[1] not in known.places.counties:
        yield reference_faults.unknown_county(Place(path), match[1])
