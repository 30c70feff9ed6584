"""What a form says, before anyone decides what it means: pieces of text with their places, tables of cells.

Every character of a piece is claimed by whoever understands it. What nobody claims is reported as not understood, so that
nothing can be dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

UNREAD, LABEL, VALUE, KNOWN, PRIVATE = range(5)  # KNOWN: titles, notes, options that were not ticked
_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Piece:
    """A paragraph, of the page or of a cell. ``fates``: one a character; ``doubts``: why a stretch was not understood."""

    text: str
    place: str
    is_heading: bool = False
    fates: bytearray = field(default_factory=bytearray)
    doubts: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nothing is claimed yet."""
        self.fates = bytearray(len(self.text))

    def claim(self, start: int, end: int, fate: int) -> None:
        """Claim characters. What became a value of one activity stays one; what is private stays private."""
        for at in range(start, end):
            old = self.fates[at]
            if old == UNREAD or (old in (LABEL, KNOWN) and fate in (VALUE, PRIVATE)) or fate == PRIVATE:
                self.fates[at] = fate

    def stretches(self, fate: int) -> Iterator[tuple[int, int]]:
        """The runs of one fate that hold more than punctuation."""
        start = None
        for at in range(len(self.text) + 1):
            inside = at < len(self.text) and self.fates[at] == fate
            if inside and start is None:
                start = at
            elif not inside and start is not None:
                if _WORD.search(self.text[start:at]):
                    yield start, at
                start = None

    def why(self, start: int, end: int) -> str:
        """The reason told for a stretch, if any."""
        return next((why for first, last, why in self.doubts if first < end and last > start), "")


@dataclass(slots=True)
class Words:
    """The text of one answer, put together from stretches of pieces; every character knows where it came from."""

    parts: list[tuple[Piece, int, int]]

    @property
    def text(self) -> str:
        """Stretches joined by line breaks."""
        return "\n".join(piece.text[start:end] for piece, start, end in self.parts)

    @property
    def place(self) -> str:
        """Where it begins."""
        return self.parts[0][0].place if self.parts else ""

    def _spread(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        offset = 0
        for piece, first, last in self.parts:
            lower, upper = max(start - offset, 0), min(end - offset, last - first)
            if lower < upper:
                yield piece, first + lower, first + upper
            offset += last - first + 1

    def claim(self, start: int, end: int, fate: int = VALUE) -> None:
        """Claim characters of the text."""
        for piece, first, last in self._spread(start, end):
            piece.claim(first, last, fate)

    def claim_all(self, fate: int = VALUE) -> None:
        """Claim all of it."""
        for piece, start, end in self.parts:
            piece.claim(start, end, fate)

    def doubt(self, why: str, start: int = 0, end: int | None = None) -> None:
        """Say why characters were not understood."""
        for piece, first, last in self._spread(start, len(self.text) if end is None else end):
            piece.doubts.append((first, last, why))

    def sub(self, start: int, end: int) -> Words:
        """A stretch of it."""
        return Words(list(self._spread(start, end)))

    def lines(self) -> Iterator[Words]:
        """Line by line, empty ones left out."""
        at = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield self.sub(at, at + len(line))
            at += len(line) + 1

    @property
    def is_unread(self) -> bool:
        """Whether nobody has claimed any of it."""
        return not any(piece.fates[at] for piece, start, end in self.parts for at in range(start, end))

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return any(piece.text[start:end].strip(" \t\n\u3000\u00a0_＿-—/") for piece, start, end in self.parts)


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table with the rows and columns it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    blocks: list[Block] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """Its paragraphs, those of nested tables included."""
        return list(pieces_of(self.blocks))

    def claim(self, fate: int) -> None:
        """Claim all of it."""
        for piece in self.pieces():
            piece.claim(0, len(piece.text), fate)

    @property
    def text(self) -> str:
        """All it says."""
        return "\n".join(piece.text for piece in self.pieces()).strip()


@dataclass(slots=True, eq=False)
class Table:
    """A table as a grid; merged cells stand at every place they cover."""

    place: str
    cells: list[Cell]
    height: int = 0
    width: int = 0
    grid: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the cells out."""
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.grid.setdefault((row, column), cell)
            self.height = max(self.height, cell.row + cell.rows)
            self.width = max(self.width, cell.column + cell.columns)

    def row(self, number: int) -> list[Cell]:
        """The cells that stand in a row, each once, from left to right."""
        seen: dict[int, Cell] = {}
        for column in range(self.width):
            cell = self.grid.get((number, column))
            if cell is not None:
                seen.setdefault(id(cell), cell)
        return list(seen.values())

    def turned(self) -> Table:
        """Rows as columns."""
        return Table(self.place, [Cell(one.column, one.row, one.columns, one.rows, one.blocks) for one in self.cells])


Block = Piece | Table


@dataclass(slots=True)
class Tagged:
    """An answer in one of our own forms: ``key`` as in the record, ``contact.phone``, ``sessions.0.start``."""

    key: str
    words: Words


@dataclass(slots=True)
class Document:
    """A whole form. ``notes``: what was there and is not read, such as comments; each a sentence."""

    blocks: list[Block] = field(default_factory=list)
    tagged: list[Tagged] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: int = 0


def pieces_of(blocks: list[Block]) -> Iterator[Piece]:
    """Every piece below some blocks."""
    for block in blocks:
        if isinstance(block, Piece):
            yield block
        else:
            for cell in block.cells:
                yield from pieces_of(cell.blocks)
