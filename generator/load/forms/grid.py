"""A table in, its answers out: a list with a header (one activity a row), the same turned round, or labels beside or above values."""

from __future__ import annotations

import re

from generator.load.forms.document import KNOWN, LABEL, Cell, Piece, Table, Words
from generator.load.forms.labels import GROUPS, Keys, Labels
from generator.load.forms.layout import Answer, Flow, Text

Section = tuple[list[tuple[Keys, str]], int, int]  # columns, first row, behind the last
Headers = list[tuple[int, list[Keys]]]  # of the last list: its width and the keys of its columns

LEAST_SHARE = 0.7  # of the filled cells of a header that are labels
MOST_EMPTY = 0.25
_EXAMPLE = re.compile(r"\s*[（(]?(?:例|示例|样例|范例|举例|填写示例)[）)]?\d?[：:]?\s*")


def read_table(table: Table, labels: Labels, flow: Flow, headers: Headers) -> None:
    """Hand the answers of a table to ``flow``."""
    if not table.cells:
        return
    reader = _Grid(table, labels, flow)
    spans = reader.headers(table)
    if not spans and not reader.has_labels() and headers and headers[-1][0] == table.width:
        reader.rows(
            0, table.height, [(keys, "") for keys in headers[-1][1]], table
        )  # a list that goes on in a new table
        return
    if not spans:
        turned = table.turned()
        if reader.is_turned(turned):
            table, spans = turned, reader.headers(turned)
    if not spans:
        answers = reader.pairs(0, table.height)
        if answers:
            flow.table_answers(answers)
        return
    reader.above(reader.pairs(0, spans[0][0]))
    sections: list[Section] = []
    rest: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        stop = spans[number + 1][0] if number + 1 < len(spans) else table.height
        body = reader.body(table, end, stop)
        rest += [(body, stop)] if body < stop else []
        sections.append((reader.columns(table, start, end), end, body))
    titles = sum(any("title" in keys for keys, _ in columns) for columns, _, _ in sections)
    if (
        (len(sections) > 1 or rest)
        and titles <= 1
        and all(reader.filled_rows(table, one[1], one[2]) <= 1 for one in sections)
    ):
        flow.table_answers(reader.stacked(table, sections) + [one for span in rest for one in reader.pairs(*span)])
        return
    for columns, end, stop in sections:
        reader.rows(end, stop, columns, table)
        headers.append((table.width, [keys for keys, _ in columns]))
    for span in rest:
        reader.above(reader.pairs(*span))


class _Grid:
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
            self._keys[spot] = self.labels.read(cell.text, parent) if cell.blocks else ()
        return self._keys[spot]

    def has_labels(self) -> bool:
        """Whether any cell is a label, or holds one with a colon."""
        return any(
            self.keys(cell) not in ((), ("serial",)) or any(self.labels.inline(piece.text) for piece in cell.pieces())
            for cell in self.table.cells
        )

    # -- lists --

    def headers(self, table: Table) -> list[tuple[int, int]]:
        """The header rows of a table: (first, behind the last)."""
        spans: list[tuple[int, int]] = []
        row = 0
        while row < table.height:
            if self._is_header(table, row) and self._has_body(table, row):
                end = row + 1
                deepest = max((cell.row + cell.rows for cell in table.row(row) if self.keys(cell)), default=end)
                is_split = any(cell.columns > 1 and cell.row + cell.rows == row + 1 for cell in table.row(row))
                if is_split and end < table.height and (deepest > end or self._is_header(table, end)):
                    end = max(end + 1, min(deepest, end + 2))
                spans.append((row, end))
                row = end
            else:
                row += 1
        return spans

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

    def is_turned(self, turned: Table) -> bool:
        """Whether the labels stand in the first column and every other column is an activity."""
        if turned.height < 3:
            return False
        first = [cell for cell in turned.row(0) if cell.text]
        known = [cell for cell in first if self.keys(cell)]
        rest = [cell for cell in turned.cells if cell.row > 0 and cell.text]
        if (
            len(known) < 3
            or len(known) < LEAST_SHARE * len(first)
            or sum(bool(self.keys(cell)) for cell in rest) > 0.1 * len(rest)
        ):
            return False
        titles = next((cell for cell in known if self.keys(cell) == ("title",)), None)
        if titles is None:
            return False
        said = {
            id(turned.grid[row, titles.column].blocks)
            for row in range(1, turned.height)
            if (row, titles.column) in turned.grid and turned.grid[row, titles.column].text
        }
        return len(said) > 1

    def columns(self, table: Table, start: int, end: int) -> list[tuple[Keys, str]]:
        """What each column means, and its label as the form has it."""
        columns: list[tuple[Keys, str]] = []
        for column in range(table.width):
            stack: list[Cell] = []
            for row in range(start, end):
                cell = table.grid.get((row, column))
                if cell is not None and cell not in stack and cell.text:
                    stack.append(cell)
            keys: Keys = ()
            for cell in stack:
                found = self.keys(cell, keys) or self.keys(cell)
                keys = found or (
                    keys if len(stack) > 1 and cell is not stack[0] and not set(keys) & set(GROUPS) else found
                )
                fate = LABEL if found else KNOWN
                for piece in cell.pieces():
                    piece.claim(0, len(piece.text), fate)
                self.done.add(id(cell.blocks))
            columns.append((keys, "".join(cell.text for cell in stack[-1:])))
        return columns

    def filled_rows(self, table: Table, start: int, stop: int) -> int:
        """How many rows say something."""
        return sum(any(cell.text for cell in table.row(row) if cell.row == row) for row in range(start, stop))

    def body(self, table: Table, start: int, stop: int) -> int:
        """Where the rows of a list end: at a row that begins with a label of its own."""
        for row in range(start, stop):
            cells = [cell for cell in table.row(row) if cell.text and cell.row == row]
            if cells and self.keys(cells[0]) not in ((), ("serial",)) and not self.labels.is_sum(cells[0].text):
                return row
        return stop

    def above(self, answers: list[Answer]) -> None:
        """Lines over or under a list stand for all of it."""
        for answer in answers:
            self.flow.text_answer(answer)

    def stacked(self, table: Table, sections: list[Section]) -> list[Answer]:
        """Labels above values, several such pairs of rows about one activity."""
        answers = []
        for columns, start, stop in sections:
            for row in range(start, stop):
                answers += self._row_answers(table, [row], columns)
        return answers

    def rows(self, start: int, stop: int, columns: list[tuple[Keys, str]], table: Table) -> None:
        """The rows of a list. Rows under one merged title belong together; sums, notes and headings between are no activities."""
        title = next((at for at, (keys, _) in enumerate(columns) if "title" in keys), None)
        row = start
        context: list[Answer] = []
        while row < stop:
            cells = [cell for cell in table.row(row) if cell.text]
            end = row + 1
            if not cells:
                row = end
                continue
            if (
                len({id(cell) for cell in cells}) == 1
                and cells[0].columns >= max(2, table.width // 2)
                or self._is_foot(cells)
            ):
                context = self._between(cells, context)
            elif self._is_sum(cells, columns):
                self._claim(cells, KNOWN, row)
            elif _EXAMPLE.fullmatch(cells[0].text) or all(columns[cell.column][0] == ("serial",) for cell in cells):
                self._claim(cells, KNOWN, row)
            else:
                if title is not None:
                    head = table.grid.get((row, title))
                    end = min(head.row + head.rows, stop) if head is not None and head.text else end
                answers = self._row_answers(table, list(range(row, max(end, row + 1))), columns)
                self._give(answers, context)
            row = max(end, row + 1)

    def _give(self, answers: list[Answer], context: list[Answer]) -> None:
        said = {key for answer in answers if answer.words for key in answer.keys} - {
            "none",
            "serial",
            "person",
            "private",
        }
        if not said:
            return
        if "title" not in said and len(said) < 3:
            for answer in answers:
                answer.words.doubt("这一行没有活动名称，没有当作活动")
            return
        answers += [
            one for one in context if not any(set(one.keys) & set(answer.keys) and answer.words for answer in answers)
        ]
        self.flow.row(answers)

    def _row_answers(self, table: Table, rows: list[int], columns: list[tuple[Keys, str]]) -> list[Answer]:
        answers: list[Answer] = []
        by_column: dict[int, Answer] = {}
        seen: set[int] = set()
        for row in rows:
            for column, (keys, label) in enumerate(columns):
                cell = table.grid.get((row, column))
                if cell is None or id(cell) in seen or not cell.text:
                    continue
                seen.add(id(cell))
                self.done.add(id(cell.blocks))
                pieces = [(piece, 0, len(piece.text)) for piece in cell.pieces()]
                if keys == ("serial",):
                    self._claim([cell], KNOWN, row)
                    continue
                if not keys:
                    Words(pieces).doubt(f"不认识“{label}”这一栏" if label else "这一栏没有标题")
                    continue
                if column in by_column:
                    by_column[column].words.parts += pieces
                    continue
                by_column[column] = Answer(keys, label, Words(pieces))
                answers.append(by_column[column])
        return answers

    def _is_sum(self, cells: list[Cell], columns: list[tuple[Keys, str]]) -> bool:
        return any(self.labels.is_sum(cell.text) for cell in cells[:3])

    def _is_foot(self, cells: list[Cell]) -> bool:
        """A line below a list, in cells of its own: 填报人： 审核人："""
        return all(any(self.labels.inline(piece.text) for piece in cell.pieces()) for cell in cells)

    def _between(self, cells: list[Cell], context: list[Answer]) -> list[Answer]:
        """A line across the whole list: a foot with labels, a note, or a society all rows below belong to."""
        text = Text(self.labels)
        context = []
        for cell in cells:
            self.done.add(id(cell.blocks))
            for piece in cell.pieces():
                answers = text.piece(piece)
                for answer in answers:
                    self.flow.text_answer(answer)
                if not answers and not any(piece.fates):
                    context.append(Answer(("society?",), "", Words([(piece, 0, len(piece.text))])))
        return context

    @staticmethod
    def _claim(cells: list[Cell], fate: int, row: int) -> None:
        for cell in cells:
            if cell.row == row or fate == KNOWN:
                for piece in cell.pieces():
                    piece.claim(0, len(piece.text), fate)

    # -- labels beside or above values --

    def pairs(self, start: int, stop: int) -> list[Answer]:
        """Cell after cell: a label takes the value at its right, else the one below."""
        answers: list[Answer] = []
        text = Text(self.labels)
        rows = [
            cell for cell in sorted(self.table.cells, key=lambda one: (one.row, one.column)) if start <= cell.row < stop
        ]
        for cell in rows:
            if id(cell.blocks) in self.done or not cell.text:
                continue
            keys = self.keys(cell)
            self.done.add(id(cell.blocks))
            if keys:
                answers += self._pair(cell, keys, stop)
            elif self._has_inline(cell):
                answers += self._inside(cell)
            else:
                self._unknown(cell, text)
        return answers

    def _has_inline(self, cell: Cell) -> bool:
        return any(
            self.labels.inline(piece.text) or self.labels.leading(piece.text) for piece in cell.pieces()
        ) or self._has_inner_table(cell)

    @staticmethod
    def _has_inner_table(cell: Cell) -> bool:
        return any(isinstance(block, Table) for block in cell.blocks)

    def _inside(self, cell: Cell) -> list[Answer]:
        """A cell that holds labels of its own, in lines or in a table within it."""
        answers: list[Answer] = []
        text = Text(self.labels)
        for block in cell.blocks:
            if isinstance(block, Piece):
                answers += text.piece(block)
            else:
                inner = Flow()
                read_table(block, self.labels, inner, [])
                found = inner.finish()
                for form in found:
                    if form.kind == "row" and len(found) > 1:
                        self.flow.row(form.answers)
                    else:
                        answers += form.answers
        return answers

    def _pair(self, cell: Cell, keys: Keys, stop: int) -> list[Answer]:
        for piece in cell.pieces():
            piece.claim(0, len(piece.text), LABEL)
        answers: list[Answer] = []
        own = Answer(keys, cell.text, Words([]))
        right = cell.column + cell.columns
        for row in range(cell.row, cell.row + cell.rows):
            beside = self.table.grid.get((row, right))
            if beside is None or id(beside.blocks) in self.done:
                continue
            inner = self.keys(beside, keys)
            if (
                inner
                and beside.column + beside.columns < self.table.width
                and (cell.rows > 1 or set(keys) & set(GROUPS))
            ):
                self.done.add(id(beside.blocks))
                for answer in self._pair(beside, inner, stop):
                    answers.append(answer)
                answers += self._more_parts(beside, keys, row, stop)
            elif not self.keys(beside) and beside.text:
                self._take(own, beside, answers)
            elif not beside.text:
                self.done.add(id(beside.blocks))
        if not answers and not own.words and self._stands_above(cell):
            below = self.table.grid.get((cell.row + cell.rows, cell.column))
            if (
                below is not None
                and below.row < stop
                and id(below.blocks) not in self.done
                and not self.keys(below)
                and below.text
            ):
                self._take(own, below, answers)
        return [own, *answers] if own.words or not answers else answers

    def _more_parts(self, cell: Cell, parent: Keys, row: int, stop: int) -> list[Answer]:
        """The further parts in the same row: 联系方式 | 部门 | … | 电话 | …"""
        answers: list[Answer] = []
        for other in self.table.row(row):
            if other.column <= cell.column or id(other.blocks) in self.done or other.row != row:
                continue
            inner = self.keys(other, parent)
            if inner:
                self.done.add(id(other.blocks))
                answers += self._pair(other, inner, stop)
        return answers

    def _stands_above(self, cell: Cell) -> bool:
        right = self.table.grid.get((cell.row, cell.column + cell.columns))
        return right is None or bool(self.keys(right)) or id(right.blocks) in self.done and bool(right.text)

    def _take(self, answer: Answer, cell: Cell, others: list[Answer]) -> None:
        self.done.add(id(cell.blocks))
        if self._has_inner_table(cell):
            inner = self._inside(cell)
            if len(inner) > 1:
                others += inner
                return
        answer.words.parts += [(piece, 0, len(piece.text)) for piece in cell.pieces()]

    def _unknown(self, cell: Cell, text: Text) -> None:
        """A cell that is no label: a title, a note, a heading; or a label nobody knows, whose value must not go elsewhere."""
        for piece in cell.pieces():
            text.open = None
            text.piece(piece)
        if any(any(piece.fates) for piece in cell.pieces()):
            return
        beside = self.table.grid.get((cell.row, cell.column + cell.columns))
        if (
            beside is not None
            and id(beside.blocks) not in self.done
            and beside.text
            and not self.keys(beside)
            and not self._has_inline(beside)
            and len(cell.text) <= 20
        ):
            self.done.add(id(beside.blocks))
            Words([(piece, 0, len(piece.text)) for piece in beside.pieces()]).doubt(f"不认识“{cell.text}”这一项")
            Words([(piece, 0, len(piece.text)) for piece in cell.pieces()]).doubt("不认识这个标签")
