"""Our own form filled with a program that lost content controls in, its answers under their keys out, in the order of the page.

A control goes when someone pastes over a cell; the words then stand where they belong, and the labels of the row say what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.document import Document, Piece, Table, Tagged, Words, pieces_of
from generator.model.activity import Activity
from generator.model.field import Field, fields_of
from generator.model.form import SOCIETY, inner, is_printed
from generator.model.values import Group, Many

_MARKER = re.compile(r"\s*(?:national|provincial)[｜|][^｜|]{0,60}[｜|][^｜|]{0,40}\s*")


def is_ours(document: Document) -> bool:
    """Whether it is our form, with its controls or without any."""
    return bool(document.tagged) or any(
        isinstance(one, Piece) and _MARKER.fullmatch(one.text) for one in document.blocks
    )


def in_order(document: Document) -> list[Tagged]:
    """The answers in controls, and those whose control is gone."""
    place = {id(piece): number for number, piece in enumerate(pieces_of(document.blocks))}
    held = {id(piece) for tagged in document.tagged for piece, _, _ in tagged.words.parts}
    found: list[tuple[int, Tagged]] = []
    last = -1
    for tagged in document.tagged:
        last = max(last, place.get(id(tagged.words.parts[0][0]), last) if tagged.words.parts else last)
        found.append((last, tagged))
    for block in document.blocks:
        if isinstance(block, Piece) and id(block) not in held and _MARKER.fullmatch(block.text):
            found.append((place[id(block)], Tagged("form", Words([(block, 0, len(block.text))]))))
        elif isinstance(block, Table):
            found += ((place[id(one.words.parts[0][0])], one) for one in _lost(block, held))
    return [tagged for _, tagged in sorted(found, key=lambda one: one[0])]


def _lost(table: Table, held: set[int]) -> Iterator[Tagged]:
    heads: dict[str, list[int]] = {}  # of each label, its cells: the second 场次 is the second session
    for row in range(table.height):
        cells = table.row(row)
        if len(cells) < 2 or cells[-1].row != row:
            continue
        label = _first_line(cells[0].pieces())
        numbers = heads.setdefault(label, [])
        if id(cells[0]) not in numbers:
            numbers.append(id(cells[0]))
        pieces = [
            piece
            for piece in cells[-1].pieces()
            if piece.text.strip() and not any(piece.fates) and id(piece) not in held
        ]
        key = _key(label, _first_line(cells[1].pieces()) if len(cells) > 2 else "", len(numbers) - 1)
        if key and pieces and not all(is_printed(piece.text) for piece in pieces):
            yield Tagged(key, Words([(piece, 0, len(piece.text)) for piece in pieces]))


def _first_line(pieces: list[Piece]) -> str:
    return pieces[0].text.strip().lstrip("＊*") if pieces else ""


def _key(label: str, part: str, number: int) -> str:
    if label == SOCIETY:
        return "society"
    line = _labelled(fields_of(Activity), label)
    value = inner(line.value) if line else None
    if line is None or not isinstance(value, Group):
        return line.key if line and not part else ""
    found = _labelled(fields_of(value.cls), part)
    middle = f".{number}" if isinstance(line.value, Many) else ""
    return f"{line.key}{middle}.{found.key}" if found else ""


def _labelled(lines: tuple[Field, ...], label: str) -> Field | None:
    return next((line for line in lines if line.label == label), None)
