"""A table as it stands in, the plain tables its reader sees out, one after another.

Without the column that says how to fill it in; blocks side by side apart; labels below their values put above them.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.load.forms.cells import Cells
from generator.load.forms.document import KNOWN, Cell, Table
from generator.load.forms.labels import plain

MOST_HEAD = 6  # rows among which captions are looked for
LEAST_PAIRED = 4  # rows


def arranged(cells: Cells, table: Table) -> list[Table]:
    """The tables to read; the first may hold only what stands above the others."""
    table = _without_instructions(cells, table)
    if _has_labels_below(cells, table):
        return [_moved(table, table.cells, lambda one: one.row ^ 1)]
    return _side_by_side(cells, table)


def _moved(table: Table, cells: list[Cell], row: Callable[[Cell], int], left: int = 0) -> Table:
    moved = [Cell(row(one), one.column - left, one.rows, one.columns, one.blocks) for one in cells]
    return Table(table.place, moved)


def part(table: Table, start: int, stop: int, left: int = 0, right: int = 10_000) -> Table:
    """The cells that begin in some rows and columns."""
    inside = [one for one in table.cells if start <= one.row < stop and left <= one.column < right]
    return _moved(table, inside, lambda one: one.row - start, left)


def _without_instructions(cells: Cells, table: Table) -> Table:
    """项目 | 填写内容 | 填写说明: the last column answers nothing."""
    rows = [row for row in range(min(table.height, MOST_HEAD)) if cells.is_caption(table, row)]
    for row in rows:
        captions = [cell for cell in table.row(row) if plain(cell.text) not in ("", "序号")]
        asking = [cell for cell in captions[1:] if plain(cell.text) in cells.labels.lists["instructions"]]
        if not asking or len(captions) - len(asking) < 2:
            continue
        columns = {cell.column + at for cell in asking for at in range(cell.columns)}
        dropped = [cell for cell in table.cells if cell.row > row and cell.column in columns]
        for cell in dropped:
            cell.claim(KNOWN)
        table = Table(table.place, [cell for cell in table.cells if cell not in dropped])
    return table


def _has_labels_below(cells: Cells, table: Table) -> bool:
    """Whether every other row holds only labels, each as wide as the value above it."""
    if table.height < LEAST_PAIRED or table.height % 2 or any(cell.rows > 1 for cell in table.cells):
        return False
    for row in range(0, table.height, 2):
        values, labels = table.row(row), table.row(row + 1)
        if [(one.column, one.columns) for one in values] != [(one.column, one.columns) for one in labels]:
            return False
        if any(map(cells.keys, values)) or not (all(map(cells.keys, labels)) or cells.are_labels_in_brackets(labels)):
            return False
    return table.width > 1


def _side_by_side(cells: Cells, table: Table) -> list[Table]:
    """Two forms beside each other begin with the same label for a name in one row, each with its value at the right."""
    for row in range(table.height):
        heads = [one for one in table.row(row) if one.row == row and cells.keys(one) == ("title",)]
        beside = [table.grid.get((row, one.column + one.columns)) for one in heads]
        if len(heads) < 2 or len({plain(one.text) for one in heads}) > 1:
            continue
        if any(one is None or not one.text or cells.keys(one) for one in beside):
            return [table]
        edges = [one.column for one in heads]
        crossing = [
            one.row
            for one in table.cells
            if one.row >= row and any(one.column < edge < one.column + one.columns for edge in edges[1:])
        ]
        stop = min(crossing, default=table.height)
        blocks = [
            part(table, row, stop, left, right) for left, right in zip(edges, [*edges[1:], table.width], strict=True)
        ]
        return [part(table, 0, row), *blocks, part(table, stop, table.height)]
    return [table]
