"""A table as it stands in, the plain tables its reader sees out, one after another.

Without the column that says how to fill it in; blocks side by side apart; labels below their values put above them.
"""

from __future__ import annotations

from collections.abc import Callable

from generator.load.forms.cells import Cells
from generator.load.forms.document import KNOWN, Cell, Table
from generator.load.forms.labels import Keys, plain
from generator.load.forms.numbered import is_counted

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


def unfolded(table: Table, rows: int) -> Table:
    """Every so many rows as one."""
    moved = [
        Cell(one.row // rows, one.column + one.row % rows * table.width, 1, one.columns, one.blocks)
        for one in table.cells
    ]
    return Table(table.place, moved)


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
    """Forms or lists beside each other repeat in one row the label for a name, and whatever else stands with it."""
    for row in range(table.height):
        edges = _edges(cells, table, row)
        if len(edges) < 2:
            continue
        crossing = {
            at
            for one in table.cells
            if any(one.column < edge < one.column + one.columns for edge in edges[1:])
            for at in range(one.row, one.row + one.rows)
        }
        if row in crossing:
            continue
        top = max((at for at in crossing if at < row), default=-1) + 1
        start = next(at for at in range(top, row + 1) if at == row or _is_alike(cells, table, at, edges))
        stop = min((at for at in crossing if at > row), default=table.height)
        while stop > row + 1 and _is_common(cells, table, stop - 1, edges):
            stop -= 1
        sides = zip(edges, [*edges[1:], table.width], strict=True)
        blocks = [part(table, start, stop, left, right) for left, right in sides]
        return [part(table, 0, start), *blocks, part(table, stop, table.height)]
    return [table]


def _edges(cells: Cells, table: Table, row: int) -> list[int]:
    """The columns where the forms beside each other begin that show in a row; fewer than two where none do."""
    own = [one for one in table.row(row) if one.row == row]
    heads = [one for one in own if cells.asks(one)[1] == ("title",)]
    if len(heads) < 2 or len({cells.asks(one)[0] for one in heads}) > 1:
        return []
    edges = [one.column for one in heads]
    while edges[0] and _is_same(table, row, [edge - 1 for edge in edges]):
        edges = [edge - 1 for edge in edges]
    asked = [
        [cells.asks(one)[0] for one in own if left <= one.column < right and cells.keys(one)]
        for left, right in zip(edges, [*edges[1:], table.width], strict=True)
    ]
    return edges if all(one == asked[0] for one in asked) else []


def _is_same(table: Table, row: int, columns: list[int]) -> bool:
    """Whether the same words stand in several columns: a heading of a group, a number's label."""
    said = {plain(one.text) if (one := table.grid.get((row, column))) else "" for column in columns}
    return len(said) == 1 and said != {""}


def _at(cells: Cells, table: Table, row: int, edges: list[int]) -> list[tuple[str, Keys]]:
    found = [table.grid.get((row, edge)) for edge in edges]
    return [cells.asks(one) if one is not None else ("", ()) for one in found]


def _is_alike(cells: Cells, table: Table, row: int, edges: list[int]) -> bool:
    """Whether a row asks for the same in every form, or counts them."""
    found = [table.grid.get((row, edge)) for edge in edges]
    if all(one is not None and is_counted(one.text) for one in found):
        return True
    asked = _at(cells, table, row, edges)
    return bool(asked[0][1]) and len(set(asked)) == 1


def _is_common(cells: Cells, table: Table, row: int, edges: list[int]) -> bool:
    """Whether a row below the forms asks for something else in every place: it is about all of them."""
    asked = [keys for _, keys in _at(cells, table, row, edges)]
    return all(asked) and len(set(asked)) > 1
