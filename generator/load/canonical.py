"""What a record states in, the text of its file out: the canonical form, written anew or with the comments of the file kept.

The form, to the letter (browser code writes the same):

- Keys in the order of the table, English; keys no table knows come last, as they were. Two spaces a level. No blank lines.
- A value stands plain where YAML takes it unchanged (``is_plain``), else in double quotes with ``\\\\``, ``\\"`` and ``\\t`` escaped.
- Text of several lines is a ``|`` block; a list or group that holds such text is a block as well.
- Any other list or group stands on one line, ``[甲, 乙]`` or ``{start: 2026-03, end: 2026-10}``, if the line has at most 100
  characters (code points, indent and key counted); else as a block, an entry a line. Lists of groups are always blocks, an item each.
- Comments stay with their entry: on lines above it, behind it, below it. An entry with comments inside is a block; a value with a
  comment behind it is quoted. Comments above the first key stay there, those of keys without a value go to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from typing import Any

from generator.load.comments import Comments, Notes, Path, comments_of
from generator.load.yaml_text import read_source
from generator.model import faults
from generator.model.field import Field, fields_of, keys_of
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.source import Items, Mapping, Node, Text
from generator.model.values import Group, Many
from generator.model.vocabulary import fold

MOST_CHARACTERS = 100  # of a line with a list or group

_SPECIAL = tuple("-?:,[]{}#&*!|>'\"%@`")
_INSIDE = re.compile(r": |:$| #|[\t,?\[\]{}]")
# What YAML's own rules, 1.1 or 1.2, read as something else than text; whole numbers and dates may stand, every field knows what it wants.
_OTHER = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n|[-+]?(?:0\d+|0[xob][0-9a-f_]+|[\d_]*\.[\d_]*(?:e[-+]?\d+)?|\d+e[-+]?\d+|\.inf|\d+(?::\d+)+(?:\.\d*)?)|\.nan|=|<<|\.\.\.",
    re.IGNORECASE,
)
PATTERNS, SPECIAL = {"inside": _INSIDE, "other": _OTHER}, "".join(_SPECIAL)  # the web form writes by the same
_NO_NOTES = Notes()
_LOSES = "comment-cut"  # the fault by which text would be lost if the file were written anew


def yaml_text(cls: type, values: AbstractMapping[str, Any], comment: str = "") -> str:
    """The text of a record's file. ``values``: what ``stated(record, known, names=True)`` gives; ``comment``: lines for the top."""
    head = [f"# {line}".rstrip() for line in comment.split("\n")] if comment else []
    return _text(_ordered(cls, values), Comments(head))


def formatted(text: str, cls: type, known: Known, path: str = "") -> str | list[Problem]:
    """A record's file in canonical form; its errors where it cannot be read whole. Values that are wrong stay as they are."""
    source, problems = read_source(text, path)
    if source is None or problems:
        return problems
    walk = _Walk(known, path)
    values = walk.record(cls, source.root, (), ())
    if walk.losses or not values:
        return walk.losses or text
    comments = comments_of(text)
    comments.of = {walk.moved(before): notes for before, notes in comments.of.items()}
    return _text(values, comments)


def is_plain(text: str) -> bool:
    """Whether YAML, on one line and inside brackets, takes a text unchanged and as text (or a whole number, or a date)."""
    return not (
        text == ""
        or text != text.strip()
        or "\n" in text
        or text.startswith(_SPECIAL)
        or _INSIDE.search(text)
        or _OTHER.fullmatch(text)
    )


def scalar(value: object) -> str:
    """A value of one line: plain where it can be, else in double quotes."""
    text = str(value)
    return text if is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


# -- from nodes to values ----------------------------------------------------------------------------------------------


class _Walk:
    """Walks a file by the tables: what is right in canonical spelling, what is wrong as it stands."""

    def __init__(self, known: Known, path: str) -> None:
        self.known, self.path = known, path
        self.losses: list[Problem] = []
        self.paths: dict[Path, Path] = {}  # where an entry stood and where it stands now

    def record(self, cls: type, node: Mapping, before: Path, now: Path) -> dict[str, Any]:
        """A mapping by the table of ``cls``."""
        keys = keys_of(cls, fold)
        values: dict[str, Any] = {}
        said: dict[str, Text] = {}
        for word, child in node.values.items():
            line = keys.get(word) or keys.get(fold(word))
            key = line.key if line else word
            if key in said:
                place = Place(self.path, node.keys[word].line, node.keys[word].column)
                self.losses.append(faults.repeated_key(place, word, said[key].line))
                continue
            said[key] = node.keys[word]
            self.paths[*before, word] = (*now, key)
            if isinstance(child, Text) and not child.value.strip():
                continue
            value = self.value(line, child, (*before, word), (*now, key)) if line else _as_it_stands(child)
            if value != {}:
                values[key] = value
        return _in_order(cls, values)

    def value(self, line: Field, node: Node, before: Path, now: Path) -> Any:
        """A field's value, written canonically where it reads without a remark; groups part by part."""
        group = line.value.one if isinstance(line.value, Many) else line.value
        if isinstance(group, Group) and isinstance(node, Mapping):
            return self.record(group.cls, node, before, now)
        if isinstance(group, Group) and isinstance(node, Items):
            return [self._item(group.cls, child, (*before, at), (*now, at)) for at, child in enumerate(node.values)]
        reader = Reader(self.path, self.known)
        value = line.value.read(node, reader, line.label)
        if not reader.problems:
            return line.value.write(value, self.known, names=True)
        self.losses += [problem for problem in reader.problems if problem.code == _LOSES]
        return _as_it_stands(node)

    def _item(self, cls: type, node: Node, before: Path, now: Path) -> Any:
        return self.record(cls, node, before, now) if isinstance(node, Mapping) else _as_it_stands(node)

    def moved(self, path: Path) -> Path:
        """Where an entry stands now: below its nearest known ancestor."""
        for length in range(len(path), 0, -1):
            now = self.paths.get(path[:length])
            if now is not None:
                return (*now, *path[length:])
        return path


def _as_it_stands(node: Node) -> Any:
    if isinstance(node, Text):
        return node.value.strip()
    if isinstance(node, Items):
        return [_as_it_stands(value) for value in node.values]
    return {key: _as_it_stands(value) for key, value in node.values.items()}


def _ordered(cls: type, values: AbstractMapping[str, Any]) -> dict[str, Any]:
    """The values and those of their groups in the order of the tables."""
    lines = {line.key: line.value for line in fields_of(cls)}
    made: dict[str, Any] = {}
    for key, value in values.items():
        of = lines.get(key)
        group = of.one if isinstance(of, Many) else of
        if isinstance(group, Group) and isinstance(value, dict):
            made[key] = _ordered(group.cls, value)
        elif isinstance(group, Group) and isinstance(value, list):
            made[key] = [_ordered(group.cls, one) if isinstance(one, dict) else one for one in value]
        else:
            made[key] = value
    return _in_order(cls, made)


def _in_order(cls: type, values: dict[str, Any]) -> dict[str, Any]:
    known = [line.key for line in fields_of(cls)]
    order = [*(key for key in known if key in values), *(key for key in values if key not in known)]
    return {key: values[key] for key in order}


# -- from values to text -----------------------------------------------------------------------------------------------


def _text(values: dict[str, Any], comments: Comments) -> str:
    of = {path: notes for path, notes in comments.of.items() if _stands(values, path)}
    body = _Writer(of).mapping(values, (), 0)
    homeless = (notes for path, notes in comments.of.items() if path not in of)
    left = [line for notes in homeless for line in (*notes.above, notes.beside, *notes.below) if line]
    return "".join(f"{line}\n" for line in [*comments.head, *body, *left, *comments.tail])


def _stands(values: Any, path: Path) -> bool:
    """Whether there is an entry at a path."""
    for step in path:
        if isinstance(values, dict) and step in values:
            values = values[str(step)]
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return False
    return True


class _Writer:
    """Writes entries line by line, each with its notes."""

    def __init__(self, notes: dict[Path, Notes]) -> None:
        self.notes = notes
        self.inside = {path[:length] for path in notes for length in range(1, len(path))}

    def mapping(self, values: dict[str, Any], path: Path, indent: int) -> Iterator[str]:
        """The lines of a mapping's entries."""
        for key, value in values.items():
            yield from self.entry(f"{' ' * indent}{scalar(key)}:", value, (*path, key), indent)

    def entry(self, head: str, value: Any, path: Path, indent: int) -> Iterator[str]:
        """The lines of one entry; ``head``: its key or dash with the indent before it."""
        notes = self.notes.get(path, _NO_NOTES)
        beside = f" {notes.beside}" if notes.beside else ""
        yield from _commented(notes.above, indent)
        flow = None if path in self.inside else _flow(value)
        if isinstance(value, str) and "\n" in value:
            yield f"{head} |{beside}"
            yield from (f"{' ' * (indent + 2)}{line}" if line else "" for line in value.split("\n"))
        elif not isinstance(value, list | dict) or not value:
            yield f"{head} {flow if not beside or isinstance(value, list | dict) else quoted(str(value))}{beside}"
        elif flow is not None and not _of_groups(value) and len(head) + 1 + len(flow) <= MOST_CHARACTERS:
            yield f"{head} {flow}{beside}"
        elif head.endswith("-") and isinstance(value, dict):
            yield from self._item(value, path, indent, notes.beside)
        else:
            yield head + beside
            if isinstance(value, dict):
                yield from self.mapping(value, path, indent + 2)
            else:
                for number, one in enumerate(value):
                    yield from self.entry(f"{' ' * (indent + 2)}-", one, (*path, number), indent + 2)
        yield from _commented(notes.below, indent)

    def _item(self, value: dict[str, Any], path: Path, indent: int, beside: str) -> Iterator[str]:
        """A group as an item over several lines: the dash stands before its first key, comments before that above it."""
        pad = " " * indent
        lines = list(self.mapping(value, path, indent + 2))
        first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
        yield from _commented([beside] if beside else [], indent)
        yield from (f"{pad}{line.lstrip()}" for line in lines[:first])
        yield f"{pad}- {lines[first].lstrip()}"
        yield from lines[first + 1 :]


def _commented(lines: list[str], indent: int) -> Iterator[str]:
    return (f"{' ' * indent}{line}" for line in lines)


def _of_groups(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, list | dict) for one in value)


def _flow(value: Any) -> str | None:
    """A value on one line; None where it holds a line break."""
    if isinstance(value, list):
        inner = [_flow(one) for one in value]
        return None if None in inner else f"[{', '.join(map(str, inner))}]"
    if isinstance(value, dict):
        parts = [(scalar(key), _flow(one)) for key, one in value.items()]
        return None if any(part is None for _, part in parts) else "{" + ", ".join(f"{k}: {v}" for k, v in parts) + "}"
    return None if "\n" in str(value) else scalar(value)
