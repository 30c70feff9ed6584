"""Labels in tables with their values at the right or below in, answers out."""

from __future__ import annotations

import re

from generator.load.forms.answers import Answer
from generator.load.forms.cells import Cells, has_table
from generator.load.forms.document import KNOWN, LABEL, Cell, Piece, Table, Words
from generator.load.forms.flow import Flow
from generator.load.forms.labels import GROUPS, Keys, plain
from generator.load.forms.layout import Text, is_labelled
from generator.load.forms.marks import has_boxes

_NUMBER = re.compile(r"\d{3}")
_BODY = re.compile(r"单位|学会|协会|主办|承办|机构|组织")


class Pairs(Cells):
    """Cell after cell; a label nobody knows keeps its value, so that it goes to no other."""

    def pairs_of(self, table: Table) -> list[Answer]:
        """All answers of a table."""
        self.table = table
        return self.pairs(0, table.height)

    def pairs(self, start: int, stop: int) -> list[Answer]:
        """Cell after cell: a label takes the value at its right, else the one below."""
        answers: list[Answer] = []
        text = Text(self.labels)
        rows = [
            cell for cell in sorted(self.table.cells, key=lambda one: (one.row, one.column)) if start <= cell.row < stop
        ]
        for cell in rows:
            if self.is_caption(self.table, cell.row) or self._is_number(cell):
                self.done.add(id(cell.blocks))
                for piece in cell.pieces():
                    piece.claim(0, len(piece.text), KNOWN)
            if id(cell.blocks) in self.done or not cell.text:
                continue
            keys = self._in_place(cell)
            self.done.add(id(cell.blocks))
            if keys:
                answers += self._pair(cell, keys, stop)
            elif self._has_inline(cell):
                answers += self._inside(cell)
            else:
                self._unknown(cell, text)
                for piece in cell.pieces() if not answers and self.is_alone(cell) else ():
                    self.flow.line(piece)
        return answers

    def _is_number(self, cell: Cell) -> bool:
        """Whether it only counts the label beside it."""
        beside = self.table.grid.get((cell.row, cell.column + cell.columns))
        return cell.text.strip(".、．").isdecimal() and len(cell.text) <= 3 and bool(self.keys(beside))

    def _in_place(self, cell: Cell) -> Keys:
        """The keys of a label where it stands: 名称 beside 申报单位信息 is the society's, not the activity's."""
        keys = self.keys(cell)
        left = self.table.grid.get((cell.row, cell.column - 1))
        if keys == ("title",) and left is not None and cell.text.strip() == "名称" and _BODY.search(left.text):
            return ("society",)
        if not keys and (key := self.labels.answers.get(plain(cell.text))):
            beside = self.table.grid.get((cell.row, cell.column + cell.columns))
            is_asked = beside is not None and (
                has_boxes(beside.text) or (key == "contact.phone" and _NUMBER.search(beside.text))
            )
            return (key,) if is_asked else ()
        return keys

    def _has_inline(self, cell: Cell) -> bool:
        return any(self.labels.inline(piece.text) or self.labels.leading(piece.text) for piece in cell.pieces()) or (
            has_table(cell) or all(map(self._heads_itself, filter(lambda one: one.text, self.table.row(cell.row))))
        )

    def _heads_itself(self, cell: Cell) -> bool:
        """Whether its first line is the label of the others."""
        pieces = cell.pieces()
        return len(pieces) > 1 and not self.keys(cell) and self.labels.read(pieces[0].text) not in ((), ("serial",))

    def _inside(self, cell: Cell, about: Keys = ()) -> list[Answer]:
        """A cell that holds labels of its own, in lines or in a table within it."""
        from generator.load.forms.grid import read_table  # a table in a cell is a table

        answers: list[Answer] = []
        text = Text(self.labels)
        for block in cell.blocks:
            if isinstance(block, Piece):
                answers += text.piece(block)
            else:
                has_title = any(self.keys(one) == ("title",) for one in self.table.cells)
                inner = Flow(is_inside=True, has_title=has_title, about=about)
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
        heads = cell.rows > 1 and self._heads_labels(cell, keys)
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
                answers += self._pair(beside, inner, stop)
                answers += self._more_parts(beside, keys, row, stop)
            elif heads:
                continue  # a label nobody knows, among others: told where it is met
            elif not self.keys(beside) and beside.text and not self._answers_itself(cell, beside):
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
                and not self._answers_itself(cell, below)
            ):
                self._take(own, below, answers)
        return [own, *answers] if own.words or not answers else answers

    def _heads_labels(self, cell: Cell, keys: Keys) -> bool:
        """Whether it heads rows of labels and values of their own."""
        right = cell.column + cell.columns
        beside = [self.table.grid.get((row, right)) for row in range(cell.row, cell.row + cell.rows)]
        return any(
            one is not None and self.keys(one, keys) and one.column + one.columns < self.table.width for one in beside
        )

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

    def _answers_itself(self, cell: Cell, other: Cell) -> bool:
        """Whether both are written 标签：值 and the first is blank: the other is no value of it."""
        return cell.text.endswith(("：", ":")) and (bool(self.asks(other)[1]) or is_labelled(other.text))

    def _stands_above(self, cell: Cell) -> bool:
        right = self.table.grid.get((cell.row, cell.column + cell.columns))
        return right is None or bool(self.keys(right)) or (id(right.blocks) in self.done and bool(right.text))

    def _take(self, answer: Answer, cell: Cell, others: list[Answer]) -> None:
        self.done.add(id(cell.blocks))
        pieces = cell.pieces()
        if has_table(cell) and len(pieces) > 1:  # what its table says answers labels of its own, or nothing
            inner = self._inside(cell, answer.keys)
            others += inner
            taken = {id(piece) for one in inner for piece, _, _ in one.words.parts}
            beside = [one for one in cell.blocks if isinstance(one, Piece)]
            pieces = [one for one in beside if id(one) not in taken and not any(one.fates)]
        answer.words.parts += [(piece, 0, len(piece.text)) for piece in pieces]

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
