"""``content/`` in, what records may point at out: vocabularies, places, societies, calls."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.load import faults
from generator.load.files import MOST_BYTES, MOST_LIST_BYTES, Found, read_bytes, walk
from generator.load.text import decode
from generator.load.yaml_text import read_source
from generator.model.call import Call
from generator.model.places import County, Places, Region
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.rules import check_text
from generator.model.society import Society
from generator.model.source import Items, Mapping, Node, Source, Text
from generator.model.vocabulary import Term, Vocabulary, fold

MOST_LIST_VALUES = 200_000


@dataclass(frozen=True, slots=True)
class Content:
    """All that ``content/`` says. ``notes``: the cautions of the societies' lists, by file name."""

    known: Known
    societies: dict[str, Society]
    calls: dict[str, Call]
    notes: dict[str, str]
    problems: tuple[Problem, ...]


def read_file(
    file: Found, most: int = MOST_BYTES, most_values: int | None = None
) -> tuple[Source | None, list[Problem]]:
    """One file as a Source, with every fault of its bytes, characters and YAML."""
    data = read_bytes(file, most)
    if isinstance(data, Problem):
        return None, [data]
    text, problems = decode(data, file.path)
    if text is None:
        return None, problems
    source, more = read_source(text, file.path, *([most_values] if most_values else []))
    return source, problems + more


def read_content(root: Path, fallback: Path) -> Content:
    """Read ``content/``: the lists first, then societies, then calls, which point at them.

    A folder that ``root`` does not have is taken from ``fallback``, the checkout: a root may bring only its own records.
    """
    problems: list[Problem] = []
    vocabulary_root = _having(root, fallback, "content/vocabulary")
    lists = _sources(vocabulary_root, "content/vocabulary", problems)
    vocabularies = {_stem(source.path): _vocabulary(source) for source in lists if _stem(source.path) != "regions"}
    places = _places(
        vocabulary_root, next((source for source in lists if _stem(source.path) == "regions"), None), problems
    )
    known = Known(vocabularies, places)
    societies, notes = _societies(_having(root, fallback, "content/societies"), known, problems)
    known = replace(known, societies=_spellings(societies))
    calls = _calls(_having(root, fallback, "content/calls"), known, problems)
    return Content(replace(known, calls=calls), societies, calls, notes, tuple(problems))


def _having(root: Path, fallback: Path, folder: str) -> Path:
    return root if (root / folder).is_dir() else fallback


def _sources(root: Path, folder: str, problems: list[Problem]) -> list[Source]:
    sources = []
    for found in walk(root, folder):
        if isinstance(found, Problem):
            problems.append(found)
        elif found.path.endswith((".yml", ".yaml")):
            source, more = read_file(found, MOST_LIST_BYTES, MOST_LIST_VALUES)
            problems.extend(more)
            if source:
                problems.extend(check_text(source))
                sources.append(source)
    return sources


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _plain(node: Node | None) -> Any:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [_plain(value) for value in node.values]
    return {key: _plain(value) for key, value in node.values.items()} if node else None


def _rows(source: Source, key: str) -> list[dict[str, Any]]:
    rows = _plain(source.root.values.get(key))
    return (
        [row for row in rows if isinstance(row, dict) and row.get("id") and row.get("name")]
        if isinstance(rows, list)
        else []
    )


def _vocabulary(source: Source) -> Vocabulary:
    head = _plain(source.root)
    terms = [
        Term(
            row["id"],
            row["name"],
            tuple(row.get("aliases") or ()),
            row.get("english", ""),
            row.get("standard") == "true",
        )
        for row in _rows(source, "terms")
    ]
    return Vocabulary.of(_stem(source.path), str(head.get("title", "")), str(head.get("note", "")), terms)


def _places(root: Path, source: Source | None, problems: list[Problem]) -> Places:
    regions = [
        Region(
            row["id"],
            row["name"],
            row.get("short", row["name"]),
            int(row.get("row", 0)),
            int(row.get("col", 0)),
            row.get("abbr", ""),
            row.get("pinyin", ""),
            row.get("english", ""),
            row.get("cast", ""),
        )
        for row in (_rows(source, "terms") if source else [])
    ]
    by_name = {region.name: region.id for region in regions}
    path = "content/vocabulary/counties.csv"
    data = read_bytes(Found(path, str(root / path)), MOST_LIST_BYTES)
    if isinstance(data, Problem):
        problems.append(data)
        return Places.of(regions, [])
    text, more = decode(data, path)
    problems.extend(more)
    counties = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text or "")), start=2):
        region = by_name.get(row.get("province") or "")
        if region is None or not re.fullmatch(r"\d{6}", row.get("code") or "") or not row.get("name"):
            problems.append(faults.syntax(Place(path, number), ",".join(str(value) for value in row.values())))
            continue
        region = "XPCC" if row["code"].startswith("6590") and "XPCC" in by_name.values() else region
        counties.append(County(row["code"], row["name"], row.get("city") or "", region))
    return Places.of(regions, counties)


def _societies(root: Path, known: Known, problems: list[Problem]) -> tuple[dict[str, Society], dict[str, str]]:
    societies: dict[str, Society] = {}
    notes: dict[str, str] = {}
    for source in _sources(root, "content/societies", problems):
        note = source.root.values.get("note")
        notes[_stem(source.path)] = note.value if isinstance(note, Text) else ""
        rows = source.root.values.get("societies")
        reader = Reader(source.path, known)
        for row in rows.values if isinstance(rows, Items) else ():
            if not isinstance(row, Mapping):
                reader.wrong_shape(row, "学会", "分小项的内容")
                continue
            society, whole = reader.record(Society, row)
            if whole and society.id in societies:
                reader.add(faults.repeated_id(reader.place(row), society.id))
            elif whole:
                societies[society.id] = society
        problems.extend(reader.problems)
    return societies, notes


def _spellings(societies: dict[str, Society]) -> dict[str, str]:
    """Every spelling of a society, folded; ids and names win over aliases."""
    spellings: dict[str, str] = {}
    for society in societies.values():
        spellings.setdefault(fold(society.id), society.id)
        spellings.setdefault(fold(society.name), society.id)
    for society in societies.values():
        for alias in society.aliases:
            spellings.setdefault(fold(alias), society.id)
    return spellings


def _calls(root: Path, known: Known, problems: list[Problem]) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for source in _sources(root, "content/calls", problems):
        reader = Reader(source.path, known)
        call, whole = reader.record(Call, source.root, id=_stem(source.path))
        if whole:
            calls[call.id] = call
        problems.extend(reader.problems)
    return calls
