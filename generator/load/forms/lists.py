"""Lists in tables: header rows and what their columns mean in, the answers of each row out."""

from __future__ import annotations

import re

from generator.load.forms.answers import Answer
from generator.load.forms.document import KNOWN, LABEL, Cell, Piece, Table, Words
from generator.load.forms.headers import Headers
from generator.load.forms.labels import GROUPS, Keys
from generator.load.forms.layout import Text
from generator.load.forms.schedules import Schedules

Section = tuple[list[tuple[Keys, str]], int, int]  # columns, first row, behind the last

LONGEST_TITLE = 30  # characters
_EXAMPLE = re.compile(r"\s*[（(]?(?:例|示例|样例|范例|举例|填写示例)[）)]?\d?[：:]?\s*")
_EXAMPLE_NAME = re.compile(r"\s*(?:[（(【](?:例|示例|样例|范例|举例)[)）】]|(?:例|例如|示例|样例|范例|举例|如)[：:])")


class Lists(Headers, Schedules):
    """One activity a row, under a header of one row or more."""

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
                found = self.keys(cell, keys) or self.keys(cell) or self.answers(cell)
                is_part = (
                    cell is not stack[0] and not set(keys) & set(GROUPS) and not self._heads_others(table, stack[0])
                )
                keys = found or (keys if is_part else found)
                fate = LABEL if found else KNOWN
                for piece in cell.pieces():
                    piece.claim(0, len(piece.text), fate)
                self.done.add(id(cell.blocks))
            columns.append((keys, "".join(cell.text for cell in stack[-1:])))
        return columns

    def _heads_others(self, table: Table, cell: Cell) -> bool:
        """Whether labels of their own stand under a header: it is the heading of a group, not what they ask for."""
        below = [table.grid.get((cell.row + cell.rows, cell.column + at)) for at in range(cell.columns)]
        return any(keys and keys != self.keys(cell) for keys in map(self.keys, below))

    def filled_rows(self, table: Table, start: int, stop: int) -> list[int]:
        """The rows that say something, but for lines across the whole table."""
        return [
            row
            for row in range(start, stop)
            if any(cell.text and cell.columns < max(table.width, 2) for cell in table.row(row) if cell.row == row)
        ]

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
            for row in self.filled_rows(table, start, stop):
                answers += self._row_answers(table, [row], columns)
        return answers

    def rows(self, start: int, stop: int, columns: list[tuple[Keys, str]], table: Table) -> None:
        """The rows of a list. Rows under one merged title belong together; sums, notes and headings between are no activities."""
        columns = columns if self.flow.is_inside else self._titled(table, start, stop, columns)
        title = next((at for at, (keys, _) in enumerate(columns) if "title" in keys), None)
        sessions = self.are_sessions(columns)
        row = start
        context = [answer for piece in self.flow.heads[-1:] for answer in self._kind(piece)]
        while row < stop:
            cells = [cell for cell in table.row(row) if cell.text]
            end = row + 1
            if not cells:
                row = end
                continue
            if (len(cells) == 1 and cells[0].columns >= max(2, table.width // 2)) or self.are_lines(cells):
                context = self._between(cells, context)
            elif (
                self._is_sum(cells)
                or any(_EXAMPLE.fullmatch(cell.text) for cell in cells[:2])
                or any(_EXAMPLE_NAME.match(cell.text) for cell in cells if "title" in columns[cell.column][0])
                or all(columns[cell.column][0] == ("serial",) for cell in cells)
            ):
                self._claim(cells, KNOWN, row)
            else:
                if title is not None:
                    head = table.grid.get((row, title))
                    end = min(head.row + head.rows, stop) if head is not None and head.text else end
                answers = self._row_answers(table, list(range(row, max(end, row + 1))), columns)
                self.session(answers) if sessions else self._give(answers, context)
            row = max(end, row + 1)

    @staticmethod
    def _titled(table: Table, start: int, stop: int, columns: list[tuple[Keys, str]]) -> list[tuple[Keys, str]]:
        """The columns; a list of 时间 | 内容 | 地点 says in a few words of its 内容 what takes place."""
        if any("title" in keys for keys, _ in columns):
            return columns
        for at, (keys, label) in enumerate(columns):
            said = [table.grid[row, at].text for row in range(start, stop) if (row, at) in table.grid]
            if keys == ("content",) and said and all(len(text) <= LONGEST_TITLE and "。" not in text for text in said):
                return [*columns[:at], (("title",), label), *columns[at + 1 :]]
        return columns

    def _give(self, answers: list[Answer], context: list[Answer]) -> None:
        said = {key for answer in answers if answer.words for key in answer.keys} - {
            "none",
            "serial",
            "person",
            "private",
        }
        if not said:
            return
        if self.flow.has_title and not self._is_about_the_cell(said):
            for answer in self.without_persons(answers):
                answer.words.doubt("表格里的表格没有当作另外的活动")
            return
        if "title" not in said and len(said) < 3 and not self.flow.has_title:
            for answer in answers:
                answer.words.doubt("这一行没有活动名称，没有当作活动")
            return
        answers += [
            one for one in context if not any(set(one.keys) & set(answer.keys) and answer.words for answer in answers)
        ]
        self.flow.row(answers)

    def _is_about_the_cell(self, said: set[str]) -> bool:
        """Whether one row in a cell says the parts of what the cell answers: 联系方式 | 部门, 电话, 邮箱."""
        tops = {key.split(".")[0] for key in self.flow.about} & set(GROUPS)
        return bool(tops) and not self.flow.forms and {key.split(".")[0] for key in said} <= tops

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

    def _is_sum(self, cells: list[Cell]) -> bool:
        return any(self.labels.is_sum(cell.text) for cell in cells[:3])

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
                    context += self._kind(piece) or [Answer(("society?",), "", Words([(piece, 0, len(piece.text))]))]
        return context

    def _kind(self, piece: Piece) -> list[Answer]:
        """一、技术服务类（2项）, over the rows or the list of what is of this kind."""
        span = self.labels.kind_in(piece.text)
        if span is None:
            return []
        piece.claim(0, span[0], KNOWN)
        piece.claim(span[1], len(piece.text), KNOWN)
        return [Answer(("kind",), "", Words([(piece, *span)]))]

    @staticmethod
    def _claim(cells: list[Cell], fate: int, row: int) -> None:
        for cell in cells:
            if cell.row == row or fate == KNOWN:
                for piece in cell.pieces():
                    piece.claim(0, len(piece.text), fate)
