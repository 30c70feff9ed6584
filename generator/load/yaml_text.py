"""Text in, a Source out: the only door to libyaml, which reads all that ``yaml_plain`` is not sure of.

Every scalar stays text. The guard stands on libyaml's events (depth, count, anchors, tags, repeated keys), because the
loaders above them can be crashed, not just made to raise. A line that cannot be read is mended as it was meant, told, and
the rest is read on: all faults of a file come in one run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

import yaml

from generator.load import faults, yaml_faults
from generator.load.mend import Stopped, mend, mend_lines, one_edit_a_line
from generator.load.text import forbidden_in, without_forbidden
from generator.model.fault import FAULTS
from generator.model.problem import Place, Problem
from generator.model.source import Items, Mapping, Node, Source, Text

MOST_DEPTH = 8
MOST_VALUES = 5_000
MOST_MENDS = 30
MOST_TRIES = 150  # readings of one file in search of mends

HAS_LIBYAML: bool = yaml.__with_libyaml__
_PLAIN = ("", None)
_WIDE = ("\u3000", "\u00a0")
_Scalar, _List, _Alias = yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.AliasEvent
_new_text = tuple.__new__  # what the named tuple does itself, without the call between
_ListEnd, _MappingEnd = yaml.SequenceEndEvent, yaml.MappingEndEvent


class Stop(Exception):
    """The guard ends the reading of a file."""


def read_source(text: str, path: str, most_values: int = MOST_VALUES) -> tuple[Source | None, list[Problem]]:
    """Read one file's text. No Source where there is no mapping to speak of."""
    mends: list[Problem] = []
    lost: list[str] = []
    tries = 0

    def stops(text: str) -> Stopped | None:
        nonlocal tries
        tries += 1
        return _read(_Events(text, path, most_values))[1]

    while len(mends) < MOST_MENDS and tries < MOST_TRIES:
        tries += 1
        events = _Events(text, path, most_values)
        root, stopped = _read(events)
        if stopped is not None:
            before = text
            text, problem = mend(before, path, stopped, stops)
            misread = [problem]
            lost += _lost(before, text)
        else:
            every = range(text.count("\n") + 1)
            text, misread = mend_lines(text, path, every if isinstance(root, Text) else events.wide)
        if not misread:
            return _source(root, text, path, one_edit_a_line(mends) + events.problems, tuple(lost))
        if mends and mends[-1].code == misread[0].code == "syntax" and abs(misread[0].line - mends[-1].line) < 2:
            mends.pop()  # one message for a passage that cannot be read
        mends += misread
    return None, [*one_edit_a_line(mends), yaml_faults.unread_rest(Place(path, mends[-1].line, mends[-1].column))]


def _lost(before: str, after: str) -> list[str]:
    """The lines that a mend had to leave out."""
    pairs = zip_longest(before.split("\n"), after.split("\n"), fillvalue="")
    return [old for old, new in pairs if old.strip() and not new.strip()]


def _source(
    root: Node | None, text: str, path: str, problems: list[Problem], lost: tuple[str, ...]
) -> tuple[Source | None, list[Problem]]:
    if isinstance(root, Mapping):
        return Source(path, root, text, lost), problems
    if root is not None:
        return None, [*problems, faults.not_a_record(Place(path, root.line, root.column))]
    return None, problems or [faults.empty_file(Place(path))]


def _read(events: _Events) -> tuple[Node | None, Stopped | None]:
    try:
        return events.root(), None
    except yaml.MarkedYAMLError as error:
        return None, _stopped(error)
    except (Stop, yaml.YAMLError):
        return None, None


def _stopped(error: yaml.MarkedYAMLError) -> Stopped:
    mark: Any = error.problem_mark or error.context_mark
    return Stopped(mark.line, mark.column, error.context_mark.line if error.context_mark else mark.line)


class _Events:
    """One pass over libyaml's events."""

    def __init__(self, text: str, path: str, most_values: int) -> None:
        self.text, self.path, self.left = text, path, most_values
        self.most_values = most_values
        self.problems: list[Problem] = []
        self.wide: list[int] = []  # lines (from 0) whose key begins with a wide space
        self.parser = yaml.CBaseLoader(text)
        self.may_cut = " #" in text
        self.may_escape = "\\" in text
        self.may_differ = self.may_cut or self.may_escape
        self.lines = text.split("\n") if self.may_cut else []

    def root(self) -> Node | None:
        """The root node of the first document; more documents are a fault."""
        root: Node | None = None
        documents = 0
        while True:
            event: Any = self.parser.get_event()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return root
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if event.version or event.tags:
                    self.tell("directive", event)
                if documents == 2:
                    self.tell("many-documents", event)
            elif kind not in (yaml.StreamStartEvent, yaml.DocumentEndEvent):
                node = self.node(event, 1)
                if documents == 1 and not (isinstance(node, Text) and not node.value):
                    root = node

    def node(self, event: Any, depth: int) -> Node:
        """The node that starts with ``event``."""
        self.left -= 1
        if self.left < 0:
            self.tell("too-many-values", event, self.most_values)
            raise Stop
        kind = type(event)
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if kind is _Scalar and not self.may_differ and event.anchor is None and event.tag is None:
            return _new_text(Text, (event.value, line, column, False))  # nearly every value
        if kind is _Alias:
            self.tell("anchor", event, f"*{event.anchor}")
            return Text("", line, column)
        if event.anchor is not None:
            self.tell("anchor", event, f"&{event.anchor}")
        if event.tag is not None:
            self.tell("tag", event, event.tag.replace("tag:yaml.org,2002:", "!!"))
        if kind is _Scalar:
            value = event.value
            if self.may_escape and event.style == '"':
                for _, code, why in forbidden_in(value):
                    self.tell("forbidden-character", event, code, why)
                value = without_forbidden(value)
            cut = self.may_cut and event.style in _PLAIN and self.is_cut(event.end_mark)
            return Text(value, line, column, cut)
        if depth > MOST_DEPTH:
            self.tell("too-deep", event, MOST_DEPTH)
            raise Stop
        return self.items(line, column, depth) if kind is _List else self.mapping(line, column, depth)

    def items(self, line: int, column: int, depth: int) -> Items:
        """A list."""
        values = []
        next_event = self.parser.get_event
        while type(event := next_event()) is not _ListEnd:
            values.append(self.node(event, depth + 1))
        return Items(tuple(values), line, column)

    def mapping(self, line: int, column: int, depth: int) -> Mapping:
        """A mapping; the first of two equal keys counts."""
        keys: dict[str, Text] = {}
        values: dict[str, Node] = {}
        next_event, node = self.parser.get_event, self.node
        while type(event := next_event()) is not _MappingEnd:
            key = node(event, depth + 1)
            value = node(next_event(), depth + 1)
            if type(key) is not Text:
                self.tell("complex-key", event)
            elif key.value == "<<":
                self.tell("merge-key", event)
            elif key.value in keys:
                self.tell("repeated-key", event, key.value, keys[key.value].line)
            else:
                if key.value[:1] in _WIDE:
                    self.wide.append(key.line - 1)
                keys[key.value] = key
                values[key.value] = value
        return Mapping(keys, values, line, column)

    def is_cut(self, end: Any) -> bool:
        """Whether a comment follows a plain scalar on its last line."""
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        return rest.lstrip().startswith("#")

    def tell(self, code: str, event: Any, *found: Any) -> None:
        """Note a fault at an event."""
        mark = event.start_mark
        self.problems.append(FAULTS[code](Place(self.path, mark.line + 1, mark.column + 1), *found))


class Mark(NamedTuple):
    """Where something stands in a text (indices): a key, a list item, the value of a key, the end of a list or mapping."""

    kind: str  # key, item, value, end
    depth: int  # how many keys and items lead to it; of a key or item, to what it stands in
    start: int
    end: int
    name: str | int = ""  # the word of a key, the number of an item
    scalar: bool = False
    dash: bool = False  # whether an item stands behind a dash


def marks_of(text: str) -> Iterator[Mark]:
    """The marks of a text that ``read_source`` reads without a fault, in its order."""
    parser: Any = yaml.CBaseLoader(text)
    around: list[_Around] = []
    while type(event := parser.get_event()) is not yaml.StreamEndEvent:
        start, end, kind = event.start_mark.index, event.end_mark.index, type(event)
        if kind in (_ListEnd, _MappingEnd):
            around.pop()
            yield Mark("end", len(around), start, end)
        elif kind in (_Scalar, _List, yaml.MappingStartEvent):
            if around:
                yield around[-1].mark(event, len(around) - 1, start, end)
            if kind is not _Scalar:
                around.append(_Around(kind is _List, event.flow_style))


@dataclass(slots=True)
class _Around:
    """A list or mapping whose entries are being read."""

    is_list: bool
    flow: bool
    count: int = 0  # items; keys and values

    def mark(self, event: Any, depth: int, start: int, end: int) -> Mark:
        """The mark of the next event in it."""
        self.count += 1
        scalar = type(event) is _Scalar
        if self.is_list:
            return Mark("item", depth, start, end, self.count - 1, scalar, not self.flow)
        if self.count % 2:
            return Mark("key", depth, start, end, event.value if scalar else "", scalar)
        return Mark("value", depth + 1, start, end, scalar=scalar)
