"""``activities/`` in, records and problems out, on both processors."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generator.load import faults
from generator.load.edits import with_edits
from generator.load.files import Found, walk
from generator.load.known import read_file
from generator.load.pictures import read_pictures, unused_pictures
from generator.model import reference_faults
from generator.model.activity import SLUG, SOCIETY, YEAR, Activity
from generator.model.parts import PICTURE_ENDINGS
from generator.model.pinyin import RESERVED
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.rules import check_record, check_text
from generator.model.source import Source
from generator.model.vocabulary import nearest

FOLDER = "activities"
_NAME = re.compile(rf"{FOLDER}/({YEAR})/({SOCIETY})/({SLUG})\.yml")
_WANTED = "activities/年份（或 undated）/学会编号/名称.yml，名称只用小写字母、数字和短横线"
_CHUNK = 128
_FEW = 400  # below this, starting a second process costs more than it saves

Read = tuple[Activity | None, list[Problem]]


def read_activity(file: Found, known: Known) -> Read:
    """One file: read, parse, check. The record, unless anything in it is wrong; and everything that is wrong or doubtful."""
    problems = _path_problems(file.path, known)
    source, more = read_file(file)
    problems += more
    if source is None:
        return None, problems
    activity, found = parse_activity(source, known)
    problems = with_edits(problems + found, source)
    if activity.images:
        activity, found = read_pictures(activity, source, file.full)
        problems += found
    return (None if any(problem.level == "error" for problem in problems) else activity), problems


def parse_activity(source: Source, known: Known) -> tuple[Activity, list[Problem]]:
    """A source as an activity, with the faults of its values and rules."""
    year, society, slug = [*source.path.removesuffix(".yml").split("/"), "", "", ""][1:4]
    reader = Reader(source.path, known, lost=source.lost)
    keys = source.root.values.keys()
    draft, _ = reader.record(
        Activity,
        source.root,
        source="source" in keys or "来源" in keys,
        call="call" in keys or "通知" in keys,
        id=f"{year}/{society}/{slug}",
        year=year,
        society=society,
    )
    problems = reader.problems
    problems += check_record(draft, source, known)
    problems += check_text(source)
    return draft, problems


def _path_problems(path: str, known: Known) -> list[Problem]:
    """Faults of a record's own address; a file outside ``activities/`` (a draft being tried) has none."""
    if not path.startswith(f"{FOLDER}/"):
        return []
    match = _NAME.fullmatch(path)
    if match is None or RESERVED.fullmatch(match[3]):
        parts = path.split("/")
        named = match is None and len(parts) == 4 and re.fullmatch(YEAR, parts[1])
        if named and re.fullmatch(SLUG + r"\.yml", parts[3]):
            return [reference_faults.unknown_society(Place(path), parts[2], nearest(parts[2], known.society_ids))]
        return [faults.file_name(Place(path), path.rsplit("/", 1)[-1] if len(parts) == 4 else path, _WANTED)]
    if match[2] not in known.society_ids:
        return [reference_faults.unknown_society(Place(path), match[2], nearest(match[2], known.society_ids))]
    return []


def find_activities(root: Path, folder: str = FOLDER) -> Iterator[Found | Problem]:
    """The files of ``activities/``; other files and pictures that no record names are told, hidden ones passed over."""
    records: list[Found] = []
    pictures: list[Found] = []
    for found in walk(root, folder):
        if isinstance(found, Problem):
            yield found
        elif found.path.endswith((".yml", ".yaml")):
            records.append(found)
            yield found
        elif found.path.lower().endswith(PICTURE_ENDINGS):
            pictures.append(found)
        elif not found.path.endswith((".md", ".txt")):
            yield faults.stray_file(Place(found.path), found.path.rsplit("/", 1)[-1])
    if pictures:
        yield from unused_pictures(pictures, records)


def read_activities(files: Iterable[Found], known: Known) -> Iterator[Read]:
    """Every file's record and problems, in the order of the files; on all processors where there are many."""
    listed = list(files)
    workers = os.cpu_count() or 1
    if len(listed) < _FEW or workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        for file in listed:
            yield read_activity(file, known)
        return
    global _work  # inherited by the forked readers: passing it with every chunk would cost more than reading
    chunks = [listed[at : at + _CHUNK] for at in range(0, len(listed), _CHUNK)]
    _work = known, chunks
    own: dict[int, list[Read]] = {}
    # Not a Pool: while a large result is on its way, a thread of the Pool's asks again and again whether it has come.
    with ProcessPoolExecutor(workers - 1, multiprocessing.get_context("fork")) as readers:
        sent = [readers.submit(_read_chunk, number) for number in range(len(chunks))]
        try:
            for number in reversed(range(len(chunks))):  # what this process reads itself need not be sent to it
                if not sent[number].cancel():
                    break
                own[number] = _read_chunk(number)
            for number, reading in enumerate(sent):
                yield from own.pop(number) if number in own else reading.result()
        finally:
            readers.shutdown(cancel_futures=True)
    chunks.clear()


_work: tuple[Known, list[list[Found]]]


def _read_chunk(number: int) -> list[Read]:
    known, chunks = _work
    return [read_activity(file, known) for file in chunks[number]]
