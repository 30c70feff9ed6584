"""A table in, the rows out that are its header: of a list, of a list turned round, of pairs of rows of labels and values."""

from __future__ import annotations

from generator.load.forms.cells import Cells
from generator.load.forms.document import Cell, Table

LEAST_SHARE = 0.7  # of the filled cells of a header that are labels
LEAST_RARE = 0.5  # the same, in a row beside a header
MOST_EMPTY = 0.25


class Headers(Cells):
    """Finds rows of labels that stand over what answers them."""

    def headers(self, table: Table) -> list[tuple[int, int]]:
        """The header rows of a table: (first, behind the last)."""
        spans: list[tuple[int, int]] = []
        row = 0
        while row < table.height:
            if not self.is_caption(table, row) and self._is_header(table, row) and self._has_body(table, row):
                end = row + 1
                deepest = max((cell.row + cell.rows for cell in table.row(row) if self.keys(cell)), default=end)
                is_split = any(cell.columns > 1 and cell.row + cell.rows == row + 1 for cell in table.row(row))
                if is_split and end < table.height and (deepest > end or self._is_header(table, end)):
                    end = max(end + 1, min(deepest, end + 2))
                spans.append((row, end))
                row = end
            else:
                row += 1
        return self._with_rare(table, spans)

    def _with_rare(self, table: Table, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Rows of labels over rows of values, again and again: so is a row between them most of whose labels nobody knows."""
        found = set(spans)
        for row in [*range(table.height - 1), *range(table.height - 2, -1, -1)]:
            ends = {(row - 2, row - 1), (row + 2, row + 3)} & found
            upper, lower = table.row(row), table.row(row + 1)
            if not ends or any(start <= at < end for start, end in found for at in (row, row + 1)):
                continue
            is_even = [(one.column, one.columns) for one in upper] == [(one.column, one.columns) for one in lower]
            if is_even and len(upper) > 1 and any(map(self.keys, upper)) and not any(map(self.keys, lower)):
                found.add((row, row + 1))
        return sorted(found)

    def rows_of_one(self, table: Table) -> tuple[int, int]:
        """The first header row of a list whose activities have several rows each, and how many; (0, 0) for any other."""
        first = next((row for row in range(table.height) if self._is_header(table, row)), table.height)
        last = first + 1
        while last < table.height and self._share_of_labels(table, last) >= LEAST_RARE:
            last += 1
        while 0 < first < table.height and self._share_of_labels(table, first - 1) > LEAST_RARE:
            first -= 1
        count = last - first
        body = table.height - first - count
        heads = [cell for at in range(count) for cell in table.row(first + at)] if body > 0 else []
        asked = [keys for keys in map(self.keys, heads) if set(keys) - {"none", "person", "private"}]
        is_plain = all(cell.rows == 1 for cell in table.cells if cell.row >= first) and all(
            cell.columns == 1 for cell in heads
        )
        is_list = count > 1 and body >= count and body % count == 0 and is_plain
        return (first, count) if is_list and ("title",) in asked and len(set(asked)) == len(asked) else (0, 0)

    def _share_of_labels(self, table: Table, row: int) -> float:
        """Of what stands in a row."""
        filled = [cell for cell in table.row(row) if cell.text]
        return sum(bool(self.keys(cell)) for cell in filled) / max(len(filled), 1)

    def _is_header(self, table: Table, row: int) -> bool:
        cells = table.row(row)
        filled = [cell for cell in cells if cell.text]
        known = [cell for cell in filled if self._in_header(table, cell)]
        if len(known) < 2 or len(cells) < 2 or len({id(cell) for cell in known}) < len(known):
            return False
        gaps = sum(cell.columns for cell in cells if not cell.text) + (
            table.width - sum(cell.columns for cell in cells)
        )
        if gaps > MOST_EMPTY * table.width:
            return False
        share = len(known) / len(filled)
        return share == 1 if len(filled) <= 3 else share >= LEAST_SHARE

    def _in_header(self, table: Table, cell: Cell) -> bool:
        if self.keys(cell):
            return True
        above = table.grid.get((cell.row - 1, cell.column))
        return bool(above is not None and above.columns > cell.columns and self.keys(cell, self.keys(above)))

    def _has_body(self, table: Table, row: int) -> bool:
        """Whether the rows below hold values rather than more labels with values beside them."""
        below = [cell for cell in table.row(row + 1) if cell.row == row + 1] if row + 1 < table.height else []
        filled = [cell for cell in below if cell.text]
        if not filled:
            return True
        known = sum(bool(self.keys(cell)) for cell in filled)
        return known < 0.5 * len(filled) or self._is_header(table, row + 1)

    def turned_header(self, turned: Table) -> tuple[int, int] | None:
        """The header of a table whose labels stand in the first column, or beside headings or numbers of groups of them.

        Every other column is an activity.
        """
        for row in (1, 0):
            if turned.height > row + 2 and self._names_differ(turned, row) and (not row or self._is_grouped(turned)):
                return 0, row + 1
        return None

    @staticmethod
    def _is_grouped(turned: Table) -> bool:
        """Whether the first cells head groups of those below or only count them."""
        heads = turned.row(0)
        is_number = all(cell.text.strip(".、．").isdecimal() for cell in heads if cell.text)
        return is_number or any(cell.columns > 1 for cell in heads)

    def _names_differ(self, turned: Table, row: int) -> bool:
        """Whether a row holds labels, that for a name among them, and the rows below it are not about one activity."""
        first = [cell for cell in turned.row(row) if cell.text]
        known = [cell for cell in first if self._in_header(turned, cell)]
        rest = [cell for cell in turned.cells if cell.row > row and cell.text]
        labels = sum(bool(self.keys(cell)) for cell in rest)
        if len(known) < 3 or len(known) < LEAST_SHARE * len(first) or labels > 0.1 * len(rest):
            return False
        titles = next((cell for cell in known if self.keys(cell) == ("title",)), None)
        if titles is None:
            return False
        said = {
            id(turned.grid[below, titles.column].blocks)
            for below in range(row + 1, turned.height)
            if (below, titles.column) in turned.grid and turned.grid[below, titles.column].text
        }
        return len(said) > 1
