"""Answers in, the file of a new record out: each answer read as a file's value would be, its faults told in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.build import CHECKOUT
from generator.load.canonical import yaml_text
from generator.load.exchange import parse_record
from generator.load.files import Found
from generator.load.fix import KINDS
from generator.load.known import read_content, read_file
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model import faults
from generator.model.activity import Activity
from generator.model.field import Field, fields_of, keys_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pinyin import slug_of
from generator.model.places import NATIONAL
from generator.model.pointers import CallId, PlaceCode, SocietyId
from generator.model.problem import Place, Problem
from generator.model.reader import FAULT, Known, Reader
from generator.model.rules import check_text
from generator.model.source import Items, Mapping, Node, Source, Text
from generator.model.values import Choice, Group, Many, Value, stated
from generator.model.vocabulary import fold

NEW: dict[str, type] = {"activity": Activity, "need": Need, "pairing": Pairing}
SCHEMAS = "content/schema"
FOLDERS = {cls: folder for folder, cls in KINDS.items()}
# What last year's record says of last year only; of a report, that it was one.
_OF_ITS_YEAR = {
    "period", "sessions", "media", "images", "results_before", "call", "filed", "renews", "source", "cancelled",
    "withdrawn", "agreed", "status", "reports", "results", "need",
}  # fmt: skip
_SEVERAL = re.compile(r"\s*[，、；;,]\s*")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Unclear(Exception):
    """The call itself is wrong; says in Chinese how to put it."""


@dataclass(slots=True)
class Draft:
    """A record in the making. ``values``: what stands in its file; ``home``: society or county; ``old``: the id it renews."""

    cls: type
    known: Known
    home: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    old: str = ""

    @property
    def lines(self) -> tuple[Field, ...]:
        """The lines of its table that a contributor answers."""
        return tuple(
            line
            for line in fields_of(self.cls)
            if line.key not in ("source", "images", "cancelled", "withdrawn", "renews")
        )

    @property
    def is_activity(self) -> bool:
        """Whether it belongs to a society; needs and pairings belong to a county."""
        return self.cls is Activity

    def needs(self, line: Field) -> bool:
        """Whether a line must be answered."""
        return line.duty in ("always", "submission") or (line.duty == "with call" and "call" in self.values)

    def answer(self, line: Field, node: Node) -> list[Problem]:
        """Take an answer unless it has an error; what is wrong or doubtful with it."""
        written, problems = read_answer(line, node, self.known)
        if written is not None:
            self.values[line.key] = written
        return problems

    def set(self, assignment: str) -> list[Problem]:
        """Take ``key=value``; a key may be Chinese, and lead into a group or list: ``contact.office``, ``sessions.0.start``."""
        path, equals, text = assignment.partition("=")
        if not equals:
            raise Unclear(f"“{assignment}”看不懂，请写成“名称=内容”，如 title=果树修剪技术下乡")
        words = [word.strip() for word in path.split(".")]
        line = keys_of(self.cls, fold).get(fold(words[0]))
        if line is None:
            raise Unclear(f"没有“{words[0]}”这一项，名称见《字段说明》")
        if len(words) == 1:
            return self.answer(line, node_of(line.value, text, self.known))
        whole = _put(self.values.get(line.key), line.value, words[1:], text, self.known)
        return self.answer(line, _as_node(whole))

    @property
    def year(self) -> str:
        """The year its answers name, empty where they name none."""
        spoken = [self.values.get("period"), self.values.get("agreed"), self.values.get("filed")]
        spoken += [session.get("start") for session in self.values.get("sessions", ())]
        starts = [value.get("start", "") if isinstance(value, dict) else value for value in spoken if value]
        return next((str(start)[:4] for start in starts if _YEAR.match(str(start))), "")

    def text(self, path: str) -> str:
        """The text of its file; the first line tells editors where its schema is."""
        name = next(word for word, cls in NEW.items() if cls is self.cls)
        schema = f"{'../' * path.count('/')}{SCHEMAS}/{name}.json"
        return yaml_text(self.cls, self.values, f"yaml-language-server: $schema={schema}")

    def faults(self, path: str) -> list[Problem]:
        """All that is wrong with it as a file at ``path``, as ``catalog check`` would say it."""
        source, problems = read_source(self.text(path), path)
        assert source is not None
        cls: Any = self.cls
        found = parse_activity(source, self.known) if cls is Activity else parse_record(cls, source, self.known)
        return sorted({*problems, *found[1]})


def read_answer(line: Field, node: Node, known: Known) -> tuple[Any, list[Problem]]:
    """An answer as it is written in a file, None where it cannot be taken; and what is wrong or doubtful with it."""
    reader = Reader("", known)
    value = line.value.read(node, reader, line.label)
    problems = [*reader.problems, *check_text(Source("", Mapping({}, {"": node}, 1, 1), _spoken(node)))]
    if value is FAULT or any(problem.level == "error" for problem in problems):
        return None, problems
    return line.value.write(value, known, names=True), problems


def node_of(value: Value, text: str, known: Known) -> Node:
    """Typed text as a file's value: words kept apart by commas as a list, numbers of a vocabulary as its terms, YAML in brackets as such."""
    text = text.strip()
    if text[:1] in ("[", "{") and not isinstance(value, Choice):
        source, problems = read_source(f"answer: {text}\n", "")
        if source is not None and not problems:
            return source.root.values["answer"]
    if isinstance(value, Many) and not isinstance(value.one, Group):
        words = [word for word in _SEVERAL.split(text) if word]
        return Items(tuple(node_of(value.one, word, known) for word in words), 1, 1)
    if isinstance(value, Choice) and text.isdecimal() and 0 < int(text) <= len(names := choices(value, known)):
        text = names[int(text) - 1]
    return Text(text, 1, 1)


def choices(value: Value, known: Known) -> tuple[str, ...]:
    """What can be chosen by its number, in order; nothing where the answer is free."""
    one = value.one if isinstance(value, Many) else value
    if isinstance(one, Choice):
        return known.vocabularies[one.vocabulary].names
    return tuple(known.calls) if isinstance(one, CallId) else ()


def home_of(cls: type, word: str, known: Known) -> tuple[str, list[Problem]]:
    """The society of an activity or the county of a need or pairing, by id, code or name; empty where it is wrong."""
    reader = Reader("", known)
    value: Value = SocietyId() if cls is Activity else PlaceCode()
    found = value.read(Text(word, 1, 1), reader, "学会" if cls is Activity else "县（市、区）")
    if isinstance(found, str) and cls is not Activity and (found == NATIONAL or found in known.places.regions):
        reader.add(faults.bad_name(Place(""), "县（市、区）", word, "一个县（市、区），不是省"))
        found = FAULT
    return (found if isinstance(found, str) else ""), reader.problems


def started(root: Path, kind: str, old: str = "") -> Draft:
    """An empty draft, or one of what ``old`` says that holds for another year. Raises Unclear when there is no such record."""
    known = read_content(root, CHECKOUT).known
    cls = NEW[kind]
    draft = Draft(cls, known)
    if not old:
        return draft
    old = old.removeprefix(f"{FOLDERS[cls]}/").removesuffix(".yml")
    path = f"{FOLDERS[cls]}/{old}.yml"
    if not re.fullmatch(r"[\w-]+/[\w-]+/[\w-]+", old) or not (root / path).is_file():
        raise Unclear(f"没有“{old}”这条记录；编号就是网址里 {FOLDERS[cls].rsplit('/', 1)[-1]}/ 后面、.html 前面的部分")
    source, problems = read_file(Found(path, str(root / path)))
    if source is None:
        raise Unclear(f"“{old}”读不懂：{problems[0].message}")
    parse: Any = parse_activity(source, known) if cls is Activity else parse_record(cls, source, known)
    record = parse[0]
    draft.values = {key: value for key, value in stated(record, known, names=True).items() if key not in _OF_ITS_YEAR}
    draft.home, draft.old = old.split("/")[1], old
    if cls is Activity:
        draft.values["renews"] = old
    return draft


def place_for(root: Path, draft: Draft, year: str, slug: str = "") -> str:
    """Where the new file goes, relative to ``root``: a name no file has yet."""
    title = str(draft.values.get("title", ""))
    stem = slug or slug_of(title, {Need: "need", Pairing: "pairing"}.get(draft.cls, "activity"))
    folder = f"{FOLDERS[draft.cls]}/{year}/{draft.home}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 1000))
    return next(f"{folder}/{name}.yml" for name in names if not is_taken(root / folder / f"{name}.yml"))


def is_taken(path: Path) -> bool:
    """Whether anything has this name, a broken link too."""
    return path.exists() or path.is_symlink()


def write_new(root: Path, path: str, text: str) -> None:
    """Write a file that must not be there yet. Raises OSError."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _put(held: Any, value: Value, words: list[str], text: str, known: Known) -> Any:
    """What a field holds with one more of its parts answered."""
    word, below = words[0], words[1:]
    if isinstance(value, Many) and word.isdecimal():
        items = list(held or [])
        at = min(int(word), len(items))
        items[at : at + 1] = [
            _put(items[at] if at < len(items) else None, value.one, below, text, known) if below else text
        ]
        return items
    part = keys_of(value.cls, fold).get(fold(word)) if isinstance(value, Group) else None
    if part is None:
        raise Unclear(f"没有“{word}”这一小项，名称见《字段说明》")
    made = dict(held or {})
    made[part.key] = (
        _put(made.get(part.key), part.value, below, text, known) if below else node_of(part.value, text, known)
    )
    return made


def _as_node(value: Any) -> Node:
    if isinstance(value, Text | Items | Mapping):
        return value
    if isinstance(value, dict):
        return Mapping(
            {key: Text(key, 1, 1) for key in value}, {key: _as_node(one) for key, one in value.items()}, 1, 1
        )
    return Items(tuple(map(_as_node, value)), 1, 1) if isinstance(value, list) else Text(str(value), 1, 1)


def group_node(parts: dict[str, Any] | list[dict[str, Any]]) -> Node:
    """The answers to a group's parts as its value."""
    return _as_node(parts)


def _spoken(node: Node) -> str:
    return "\n".join(_words(node))


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield node.value
    else:
        for one in node.values if isinstance(node, Items) else node.values.values():
            yield from _words(one)
