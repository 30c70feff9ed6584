"""The lines of a form outside its answers in, the one society that heads or signs it out.

测试农学会科技志愿服务品牌活动 over the table, 测试农学会 and a day below a letter: whose form it is, where no label says so.
"""

from __future__ import annotations

import re

from generator.load.forms.document import LABEL, PRIVATE, VALUE, Block, Document, Piece, Words
from generator.model.reader import Known
from generator.model.vocabulary import fold

MOST_LINE = 60  # characters of a heading
LEAST_NAME = 4  # a shorter alias may be a word of the heading
_HEADS = re.compile(r"\s*(?:20\d\d年度?)?[“”《（(\s]*")
_JOINT = re.compile(r"\s*(?:[、，,和与及]|联合)")


class Filers:
    """The societies that lines of a document name, with the blocks these stand in."""

    def __init__(self, document: Document, known: Known) -> None:
        """Looks at every line outside the answers once."""
        self.lines = [(at, piece) for at, block in enumerate(document.blocks) for piece in _lines(block)]
        self.known = known
        self.found: list[tuple[int, str, Words]] = []
        for at, piece in self.lines:
            end = _named(piece.text, known)
            if end is not None:
                start = _start(piece.text)
                id = known.societies[fold(piece.text[start:end])]
                self.found.append((at, id, Words([(piece, start, end)])))

    def of(self, block: int, *, only_near: bool) -> Words | None:
        """The words that name whose a form is that begins in a block; None where no line does, or two name different ones.

        Where the document names several, or with ``only_near``, one on the form's own sheet counts.
        """
        near = self.found
        if only_near or len({id for _, id, _ in near}) > 1:
            near = [one for one in near if one[0] == block]
        return near[0][2] if len({id for _, id, _ in near}) == 1 else None

    @property
    def home(self) -> str:
        """The one province the headings begin with: 全省 means it, whoever files the form."""
        regions = self.known.places.regions.values()
        heads = [text[_start(text) :] for text in (piece.text for _, piece in self.lines) if len(text) <= MOST_LINE]
        homes = {one.id for one in regions for head in heads if head.startswith(one.name) and len(head) > len(one.name)}
        return homes.pop() if len(homes) == 1 else ""


def _lines(block: Block) -> list[Piece]:
    """A paragraph, or the rows of a table that are one cell; nothing of which answers a label."""
    if isinstance(block, Piece):
        lines = [block]
    else:
        rows = ([cell for cell in block.row(row) if cell.text and cell.row == row] for row in range(block.height))
        lines = [piece for cells in rows if len(cells) == 1 for piece in cells[0].pieces()]
    return [piece for piece in lines if not {LABEL, VALUE, PRIVATE} & set(piece.fates)]


def _start(text: str) -> int:
    head = _HEADS.match(text)
    return head.end() if head else 0


def _named(text: str, known: Known) -> int | None:
    """Where the name of a society ends that a heading begins with, or that is all of a line. A body that only collects files nothing."""
    line = text.rstrip()
    if len(line) > MOST_LINE or line.endswith(("：", ":", "。")):
        return None
    start = _start(line)
    for end in range(len(line), start + LEAST_NAME - 1, -1):
        id = known.societies.get(fold(line[start:end]))
        if id:
            is_collector = known.society_names[id].endswith(("科协", "科学技术协会"))
            return None if is_collector or _JOINT.match(line, end) else end
    return None
