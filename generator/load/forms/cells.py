"""A table with the labels in it: which of its cells are labels, and which are done with."""

from __future__ import annotations

import re

from generator.load.forms.document import Cell, Table
from generator.load.forms.flow import Flow
from generator.load.forms.labels import Keys, Labels, plain
from generator.load.forms.numbered import is_counted

LONGEST_CAPTION = 6  # characters
_BRACKETED = re.compile(r"\s*[（(]([^（()）]{2,20})[）)]\s*")


def has_table(cell: Cell) -> bool:
    """Whether a table stands in it."""
    return any(isinstance(block, Table) for block in cell.blocks)


class Cells:
    """What the two ways of reading a table share. ``done``: cells that were taken."""

    def __init__(self, table: Table, labels: Labels, flow: Flow) -> None:
        self.table, self.labels, self.flow = table, labels, flow
        self.done: set[int] = set()
        self._keys: dict[tuple[int, Keys], Keys] = {}

    def keys(self, cell: Cell | None, parent: Keys = ()) -> Keys:
        """The keys of a cell that is a label."""
        if cell is None:
            return ()
        spot = (id(cell.blocks), parent)
        if spot not in self._keys:
            is_text = bool(cell.blocks) and not has_table(cell) and not is_counted(cell.text)
            self._keys[spot] = self.labels.read(cell.text, parent) if is_text else ()
        return self._keys[spot]

    def are_labels_in_brackets(self, cells: list[Cell]) -> bool:
        """Whether every cell asks in brackets for what stands above it: （活动名称）. They are labels from now on."""
        read = [self.labels.read(match[1]) if (match := _BRACKETED.fullmatch(cell.text)) else () for cell in cells]
        if not all(read):
            return False
        self._keys |= {(id(cell.blocks), ()): keys for cell, keys in zip(cells, read, strict=True)}
        return True

    def answers(self, cell: Cell) -> Keys:
        """The keys of a cell that is a label or an answer, where it stands among labels: 线上线下."""
        return tuple(filter(None, [self.labels.answers.get(plain(cell.text), "")]))

    def asks(self, cell: Cell) -> tuple[str, Keys]:
        """The label a cell is or begins with, without numbers, and its keys: 活动名称（一） and 活动名称：茶农课堂 ask for the same."""
        keys, label = self.keys(cell), cell.text
        if not keys and cell.text and not has_table(cell):
            line = cell.pieces()[0].text
            found = self.labels.inline(line)[:1]
            keys, label = (found[0][2], line[: found[0][1]]) if found else ((), "")
        return re.sub(r"[\s：:（()）\d一二三四五六七八九十]", "", label), keys

    def is_alone(self, cell: Cell) -> bool:
        """Whether nothing else is said in its row."""
        return all(one is cell or not one.text for one in self.table.row(cell.row))

    def is_caption(self, table: Table, row: int) -> bool:
        """Whether a row only says 序号 | 项目 | 内容 over labels and their values, or counts these: 类别 | 活动一 | 活动二."""
        cells = [cell for cell in table.row(row) if cell.text]
        counted = [cell for cell in cells if is_counted(cell.text)]
        heads = cells[: len(cells) - len(counted)] if len(counted) > 1 and cells[-len(counted) :] == counted else []
        captions = self.labels.lists["captions"] | self.labels.lists["instructions"]
        is_told = all(plain(cell.text) in captions for cell in cells) and len(cells) > 1
        if not is_told and not (heads and all(len(plain(cell.text)) <= LONGEST_CAPTION for cell in heads)):
            return False
        below = [table.grid.get((row + 1, cell.column)) for cell in (cells if is_told else heads)]
        return any(self.keys(cell) not in ((), ("serial",)) for cell in below)

    def has_labels(self, table: Table) -> bool:
        """Whether any cell is a label, or holds one with a colon."""
        return any(
            self.keys(cell) not in ((), ("serial",)) or any(self.labels.inline(piece.text) for piece in cell.pieces())
            for cell in table.cells
        )

    def are_lines(self, cells: list[Cell]) -> bool:
        """Whether each says what it answers itself: 填报人：… | 审核人：…"""
        return all(any(self.labels.inline(piece.text) for piece in cell.pieces()) for cell in cells)

    def lines_round(self, table: Table) -> tuple[int, int]:
        """The rows between the lines above and below that are no part of a table: across all of it, or with labels of their own."""
        first, last = 0, table.height
        while first < last and self._is_line(table, first):
            first += 1
        while last > first and self._is_line(table, last - 1):
            last -= 1
        return first, last

    def _is_line(self, table: Table, row: int) -> bool:
        cells = table.row(row)
        if any(cell.rows > 1 for cell in cells):
            return False
        filled = [cell for cell in cells if cell.text]
        is_wide = len(cells) == 1 and cells[0].columns == table.width > 1
        return is_wide or (bool(filled) and self.are_lines(filled)) or self.is_caption(table, row)
