"""``content/`` in, what records may point at out: vocabularies, places, societies, calls."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.load import faults, yaml_faults
from generator.load.files import MOST_BYTES, MOST_LIST_BYTES, Found, read_bytes, walk
from generator.load.mend import one_edit_a_line
from generator.load.text import decode
from generator.load.yaml_plain import read_plain
from generator.load.yaml_text import MOST_VALUES, read_source
from generator.model import faults as value_faults
from generator.model.call import Call
from generator.model.places import County, Places, Region
from generator.model.problem import Place, Problem
from generator.model.reader import SHAPES, Known, Reader
from generator.model.rules import check_text
from generator.model.society import Society
from generator.model.source import Items, Mapping, Node, Source, Text
from generator.model.vocabulary import Term, Vocabulary, fold

MOST_LIST_VALUES = 200_000
_NEEDED = (
    "kinds",
    "fields",
    "audiences",
    "forms",
    "modes",
    "levels",
    "team_levels",
    "statuses",
    "seasons",
    "reading",
    "labels",
)
_OURS = {"seasons", "reading", "statuses", "labels"}  # lists of the program's own; a root need not have them
_TILES = tuple("12345678")  # rows and columns of the grid of regions


@dataclass(frozen=True, slots=True)
class Content:
    """All that ``content/`` says. ``notes``: the cautions of the societies' lists, by file name."""

    known: Known
    societies: dict[str, Society]
    calls: dict[str, Call]
    notes: dict[str, str]
    problems: tuple[Problem, ...]


def read_file(
    file: Found, most: int = MOST_BYTES, most_values: int = MOST_VALUES
) -> tuple[Source | None, list[Problem]]:
    """One file as a Source, with every fault of its bytes, characters and YAML."""
    data = read_bytes(file, most)
    if isinstance(data, Problem):
        return None, [data]
    text, problems = decode(data, file.path)
    if text is None:
        return None, problems
    if not problems and (root := read_plain(text, most_values)):
        return Source(file.path, root, text), []
    source, more = read_source(text, file.path, most_values)
    return source, problems + (one_edit_a_line(more, {problem.line for problem in problems}) if problems else more)


def read_content(root: Path, fallback: Path) -> Content:
    """Read ``content/``: the lists first, then societies, then calls, which point at them.

    A folder that ``root`` does not have is taken from ``fallback``, the checkout: a root may bring only its own records.
    """
    problems: list[Problem] = []
    vocabulary_root = _having(root, fallback, "content/vocabulary")
    lists = _sources(vocabulary_root, "content/vocabulary", problems)
    vocabularies = {
        _stem(source.path): _vocabulary(source, problems) for source in lists if _stem(source.path) != "regions"
    }
    places = _places(
        vocabulary_root, next((source for source in lists if _stem(source.path) == "regions"), None), problems
    )
    if vocabulary_root != fallback and not vocabularies.keys() >= _OURS:
        ours = {_stem(source.path): source for source in _sources(fallback, "content/vocabulary", problems)}
        for name in _OURS - vocabularies.keys():
            vocabularies[name] = _vocabulary(ours[name], problems)
    for name in _NEEDED:
        if name not in vocabularies:
            problems.append(faults.unreadable(Place(f"content/vocabulary/{name}.yml"), "没有这份词表"))
            vocabularies[name] = Vocabulary.of(name, name, "", [])
    known = Known(vocabularies, places)
    societies, notes = _societies(_having(root, fallback, "content/societies"), known, problems)
    known = replace(
        known,
        societies=_spellings(societies, known.places),
        society_names={one.id: one.name for one in societies.values()},
    )
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


def plain(node: Node | None) -> Any:
    """Text, lists and mappings without their places."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [plain(value) for value in node.values]
    return {key: plain(value) for key, value in node.values.items()} if node else None


def _rows(source: Source, problems: list[Problem]) -> Iterator[tuple[Mapping, dict[str, Any]]]:
    """The rows under ``terms``; one without its id or name, or with an id told before, is told and left out."""
    terms = source.root.values.get("terms")
    ids: set[str] = set()
    if not isinstance(terms, Items):
        problems.append(value_faults.missing_field(source.place("terms"), "terms", "terms", ""))
        return
    for node in terms.values:
        place = Place(source.path, node.line, node.column)
        if not isinstance(node, Mapping):
            problems.append(value_faults.wrong_shape(place, "terms", SHAPES[Mapping], SHAPES[type(node)]))
            continue
        row = plain(node)
        lacking = [key for key in ("id", "name") if not _word(row, key).strip()]
        problems.extend(value_faults.missing_field(place, key, key, "") for key in lacking)
        if lacking:
            continue
        if row["id"] in ids:
            problems.append(faults.repeated_id(place, row["id"]))
            continue
        ids.add(row["id"])
        yield node, row


def _word(row: dict[str, Any], key: str, default: str = "") -> str:
    value = row.get(key)
    return value if isinstance(value, str) and value else default


def _words(node: Mapping, row: dict[str, Any], key: str, path: str, problems: list[Problem]) -> tuple[str, ...]:
    """The words under a key; anything but a list of words is told and left out."""
    words = row.get(key) or []
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return tuple(words)
    place = Place(path, node.values[key].line, node.values[key].column)
    problems.append(value_faults.wrong_shape(place, key, SHAPES[Items], "别的"))
    return ()


def _vocabulary(source: Source, problems: list[Problem]) -> Vocabulary:
    terms = []
    for node, row in _rows(source, problems):
        aliases, months = (_words(node, row, key, source.path, problems) for key in ("aliases", "months"))
        english, standard = _word(row, "english"), _word(row, "standard") == "true"
        terms.append(Term(row["id"], row["name"], aliases, english, standard, months))
    head = plain(source.root)
    return Vocabulary.of(_stem(source.path), _word(head, "title", _stem(source.path)), _word(head, "note"), terms)


def _region(node: Mapping, row: dict[str, Any], path: str, problems: list[Problem]) -> Region:
    tile = [_word(row, "row"), _word(row, "col")]
    for key, number in zip(("row", "col"), tile, strict=True):
        if number not in _TILES:
            wrong = node.values.get(key, node)
            problems.append(value_faults.bad_number(Place(path, wrong.line, wrong.column), key, number, 1, len(_TILES)))
    places = [int(number) if number in _TILES else 0 for number in tile]
    words = [_word(row, key) for key in ("abbr", "pinyin", "english", "cast", "group")]
    return Region(row["id"], row["name"], _word(row, "short", row["name"]), places[0], places[1], *words)


def _places(root: Path, source: Source | None, problems: list[Problem]) -> Places:
    if source is None:
        problems.append(faults.unreadable(Place("content/vocabulary/regions.yml"), "没有这份词表"))
        return Places.of([], [])
    regions = [_region(node, row, source.path, problems) for node, row in _rows(source, problems)]
    by_name = {region.name: region.id for region in regions}
    path = "content/vocabulary/counties.csv"
    data = read_bytes(Found(path, str(root / path)), MOST_LIST_BYTES)
    if isinstance(data, Problem):
        problems.append(data)
        return Places.of(regions, [])
    text, more = decode(data, path)
    problems.extend(more)
    counties = []
    for number, row in _table(text or "", path, problems):
        region = by_name.get(row.get("province") or "")
        if region is None or not re.fullmatch(r"\d{6}", row.get("code") or "") or not row.get("name"):
            problems.append(yaml_faults.syntax(Place(path, number), ",".join(str(value) for value in row.values())))
            continue
        region = "XPCC" if row["code"].startswith("6590") and "XPCC" in by_name.values() else region
        counties.append(County(row["code"], row["name"], row.get("city") or "", region))
    return Places.of(regions, counties)


def _table(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV text with their line numbers."""
    rows = csv.DictReader(io.StringIO(text))
    try:
        if not {"code", "name", "city", "province"} <= set(rows.fieldnames or ()):
            problems.append(yaml_faults.syntax(Place(path), "第一行应当是 code,name,city,province"))
            return
        for row in rows:
            yield rows.line_num, row
    except csv.Error:
        problems.append(yaml_faults.syntax(Place(path, rows.line_num + 1), "不是逗号分隔的表格"))


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


def _spellings(societies: dict[str, Society], places: Places) -> dict[str, str]:
    """Every spelling of a society, folded; ids and names win over aliases, those over what its place may be called."""
    spellings: dict[str, str] = {}
    for society in societies.values():
        spellings.setdefault(fold(society.id), society.id)
        spellings.setdefault(fold(society.name), society.id)
    for society in societies.values():
        for alias in society.aliases:
            spellings.setdefault(fold(alias), society.id)
    also: dict[str, set[str]] = {}
    for society in societies.values():
        for spelling in society.also_called(places):
            also.setdefault(fold(spelling), set()).add(society.id)
    return {spelling: ids.pop() for spelling, ids in also.items() if len(ids) == 1} | spellings


def _calls(root: Path, known: Known, problems: list[Problem]) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for source in _sources(root, "content/calls", problems):
        reader = Reader(source.path, known)
        call, whole = reader.record(Call, source.root, id=_stem(source.path))
        if whole:
            calls[call.id] = call
        problems.extend(reader.problems)
    return calls
