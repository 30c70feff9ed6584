"""What a file says, before anyone decides what it means: text values, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.model.problem import Place


class Text(NamedTuple):
    """A scalar. Every scalar is text: the field decides the type, not YAML."""

    value: str
    line: int
    column: int
    cut: bool = False  # a ` #` follows on the same line, so YAML cut the rest off as a comment


class Items(NamedTuple):
    """A list."""

    values: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and values; of two equal keys the first is kept here and the second reported."""

    keys: dict[str, Text]
    values: dict[str, Node]
    line: int
    column: int


Node = Text | Items | Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path as people write it (relative, with ``/``), its root mapping, its text, and the lines that could not be read."""

    path: str
    root: Mapping
    text: str = ""
    lost: tuple[str, ...] = ()

    def place(self, *keys: str | int) -> Place:
        """Where the value under ``keys`` stands; the nearest one above it where it is not written."""
        node: Node = self.root
        for key in keys:
            below: Node | None = None
            if isinstance(node, Mapping):
                below = node.values.get(str(key))
            elif isinstance(node, Items) and isinstance(key, int):
                below = node.values[key] if key < len(node.values) else None
            if below is None:
                break
            node = below
        return Place(self.path, node.line, node.column)


_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)


def everything(source: Source) -> Iterator[Text]:
    """All that a file makes public: its values, then keys, comments and its own name."""
    yield from texts(source.root)
    yield from _keys(source.root)
    for match in _COMMENT.finditer(source.text):
        line = source.text.count("\n", 0, match.start())
        yield Text(match.group(), line + 1, match.start() - source.text.rfind("\n", 0, match.start()))
    yield Text(source.path.rsplit("/", 1)[-1], 1, 1)


def _keys(node: Node) -> Iterator[Text]:
    if isinstance(node, Items):
        for value in node.values:
            yield from _keys(value)
    elif isinstance(node, Mapping):
        yield from node.keys.values()
        for value in node.values.values():
            yield from _keys(value)


def texts(node: Node) -> Iterator[Text]:
    """Every scalar below ``node``, keys left out, in the order of the file."""
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Items):
        for value in node.values:
            yield from texts(value)
    else:
        for value in node.values.values():
            yield from texts(value)
