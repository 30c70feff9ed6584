"""A document in, what stands as a label in it and what answers each out, whether anyone knows the label or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, takewhile

from generator.load.forms.document import Block, Cell, Document, Piece, Table
from generator.load.forms.headwords import is_like_label
from generator.load.forms.labels import Keys, Labels
from generator.load.forms.numbered import is_counted, level_of
from generator.model.reader import Known
from generator.model.vocabulary import fold

MOST_UNKNOWN = 14  # characters of a label nobody listed
LEAST_SHARE = 0.6  # of the filled cells of a header that look like labels
MOST_ANSWERS = 40  # of one label that are looked at
MOST_BELOW = 3  # paragraphs that answer a heading
_NO_LABEL = re.compile(r"[。；;，,！!…]|\d{3}|^[\d\W]*$")
_BRACKETED = re.compile(r"\s*[（(]([^（()）]{2,20})[）)]\s*")
_LINE = re.compile(r"\s*([^：:。，,；;]{2,24})[：:](?!//)\s*(.*)")
_GAP = re.compile(r"\t+|\u3000+|[ \u00a0]{2,}")


@dataclass(slots=True)
class Asked:
    """``spelling``: of a label as it is compared; ``keys``: what it is known to mean; ``answers``: all that stand under it."""

    spelling: str
    keys: Keys
    answers: list[str] = field(default_factory=list)
    leads: bool = False  # the first label of its table, or of the whole row of a list


class Asking:
    """Gathers the labels of a document."""

    def __init__(self, document: Document, labels: Labels, known: Known) -> None:
        self.labels, self.known = labels, known
        self.found: dict[str, Asked] = {}
        self._read = cache(labels.read)
        self._can_be = cache(self._has_shape)
        self._is_like_label = cache(self._looks_like)
        self._blocks(document.blocks)

    def _blocks(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
        self._lines([block for block in blocks if isinstance(block, Piece)])

    def _add(self, text: str, answers: list[str], *, leads: bool = False) -> None:
        spelling = self.labels.spelled(text)
        said = [answer.strip() for answer in answers if answer.strip()]
        if not spelling:
            return
        asked = self.found.setdefault(spelling, Asked(spelling, self._read(text)))
        asked.answers += said[: MOST_ANSWERS - len(asked.answers)]
        asked.leads |= leads

    # -- lines --

    def _lines(self, pieces: list[Piece]) -> None:
        """标签：值, and headings with what stands below them."""
        for at, piece in enumerate(pieces):
            near = islice(pieces, at + 1, at + 1 + MOST_BELOW)
            below = [one.text for one in takewhile(lambda one: not self._begins(one), near)]
            parts = [part for part in _GAP.split(piece.text) if part.strip()]
            for part in parts:
                if (line := _LINE.fullmatch(part)) and self._can_be(line[1]):
                    self._add(line[1], [line[2]] if line[2].strip() else ["\n".join(below)])
            is_heading = level_of(piece) >= 0 and ("：" not in piece.text)
            if is_heading and self._can_be(piece.text):
                self._add(piece.text, ["\n".join(below)])

    def _begins(self, piece: Piece) -> bool:
        return bool(level_of(piece) >= 0 or _LINE.fullmatch(piece.text) or self._read(piece.text))

    # -- tables --

    def _has_shape(self, text: str) -> bool:
        """Whether a text has the shape of a label."""
        spelling = self.labels.spelled(text)
        return bool(self._read(text)) or (
            2 <= len(spelling) <= MOST_UNKNOWN
            and not _NO_LABEL.search(spelling)
            and not is_counted(text)
            and (spelling in self.labels.answers or not self.labels.is_answer(spelling))
            and fold(text) not in self.known.societies
            and not self.known.places.find(text.strip())
            and not self.labels.is_section(text)
            and not self.labels.is_title(text)
        )

    def _can_head(self, cell: Cell) -> bool:
        return len(cell.text) == 1 or self._can_be(cell.text)

    def _is_like(self, cell: Cell | None) -> bool:
        """Whether a cell is a label, or by its words looks like one."""
        if cell is None or not cell.text or any(isinstance(block, Table) for block in cell.blocks):
            return False
        return self._is_like_label(cell.text)

    def _looks_like(self, text: str) -> bool:
        return bool(self._read(text)) or (self._can_be(text) and is_like_label(self.labels.spelled(text)))

    def _table(self, table: Table) -> None:
        heads = {row for row in range(table.height) if self._is_head(table, row)}
        for cell in table.cells:
            inner = [block for block in cell.blocks if isinstance(block, Table)]
            for block in inner:
                self._table(block)
            if inner or "：" in cell.text or ":" in cell.text:
                self._lines([block for block in cell.blocks if isinstance(block, Piece)])
        for row in sorted(heads):
            self._head(table, row, heads)
        self._pairs(table, heads)

    def _pairs(self, table: Table, heads: set[int]) -> None:
        """Labels beside their answers, alone above one, or in brackets below."""
        columns = self._label_columns(table, heads)
        is_turned = table.width > 2 and columns == {0}
        first = True
        for row in (at for at in range(table.height) if at not in heads):
            cells = [cell for cell in table.row(row) if cell.row == row or cell.column in columns]
            for at, cell in enumerate(cells):
                if bracketed := _BRACKETED.fullmatch(cell.text):
                    above = table.grid.get((row - 1, cell.column))
                    self._add(bracketed[1], [above.text] if above is not None else [])
                    continue
                beside = list(
                    takewhile(lambda one: one.column not in columns or not self._is_like(one), cells[at + 1 :])
                )
                is_label = self._is_like(cell) or (cell.column in columns and self._can_be(cell.text))
                if is_label and cell.row == row and cell.text and beside:
                    self._add(cell.text, [one.text for one in (beside if is_turned else beside[:1])], leads=first)
                    first = False
                elif self._is_like(cell) and len(cells) == 1 and len(below := table.row(row + cell.rows)) == 1:
                    self._add(cell.text, [below[0].text])

    def _is_head(self, table: Table, row: int) -> bool:
        """Whether a row holds only labels, and what answers them stands below."""
        filled = [cell for cell in table.row(row) if cell.text]
        own = [cell for cell in filled if cell.row == row]
        below = [cell for cell in table.row(row + 1) if cell.text] if row + 1 < table.height else []
        if len(own) < 2 or not below:
            return False
        like = sum(map(self._is_like, filled))
        under = sum(map(self._is_like, (cell for cell in below if cell.row == row + 1)))
        share = LEAST_SHARE if len(filled) > 2 and all(map(self._can_head, filled)) else 1
        return like >= 2 and like >= share * len(filled) and under <= 0.4 * len(below)

    def _head(self, table: Table, row: int, heads: set[int]) -> None:
        own = (at for at in heads if at > row and all(cell.row == at for cell in table.row(at)))
        stop = min(own, default=table.height)  # a second row of the same header goes on with it
        first = True
        for cell in table.row(row):
            if cell.row < row or not cell.text or not self._can_be(cell.text):
                continue
            answers: list[str] = []
            seen: set[int] = set()
            for at in range(cell.row + cell.rows, stop):
                for column in range(cell.column, cell.column + cell.columns):
                    below = table.grid.get((at, column))
                    is_line = below is not None and below.columns > max(cell.columns, table.width // 2)
                    if below is not None and id(below) not in seen and not is_line and not self._is_part(below.text):
                        seen.add(id(below))
                        answers.append(below.text)
            is_number = self._read(cell.text) == ("serial",) or all(len(one) < 4 for one in answers)
            self._add(cell.text, answers, leads=first and not is_number)
            first = first and is_number

    def _is_part(self, text: str) -> bool:
        return any(self.labels.spelled(text) in parts for parts in self.labels.parts.values())

    def _label_columns(self, table: Table, heads: set[int]) -> set[int]:
        """The columns most of whose cells look like labels."""
        columns = set()
        for column in range(table.width):
            cells = {
                id(cell): cell
                for row in range(table.height)
                if row not in heads and (cell := table.grid.get((row, column))) is not None
                if cell.column == column and cell.text and cell.columns < max(table.width, 2)
            }
            like = sum(map(self._is_like, cells.values()))
            is_plain = column == 0 and all(self._can_be(cell.text) for cell in cells.values())
            if like >= 2 and (is_plain or like >= 0.5 * len(cells)):
                columns.add(column)
        return columns


def asked_in(document: Document, labels: Labels, known: Known) -> Iterator[Asked]:
    """Every label of a document once, with all its answers."""
    yield from Asking(document, labels, known).found.values()
