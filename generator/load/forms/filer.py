"""The lines of a form outside its answers in, the one society that heads or signs it out.

测试农学会科技志愿服务品牌活动 over the table, 测试农学会 and a day below a letter: whose form it is, where no label says so.
"""

from __future__ import annotations

import re

from generator.load.forms.document import LABEL, PRIVATE, VALUE, Document, Piece, Table, Words
from generator.model.reader import Known
from generator.model.vocabulary import fold

MOST_LINE = 60  # characters of a heading
LEAST_NAME = 4  # a shorter alias may be a word of the heading
_HEADS = re.compile(r"\s*(?:20\d\d年度?)?[“”《（(\s]*")
_JOINT = re.compile(r"\s*(?:[、，,和与及]|联合)")


def filer(document: Document, known: Known) -> Words | None:
    """The words that name it; None where no line does, or two name different ones."""
    found: dict[str, Words] = {}
    for piece in _lines(document):
        end = _named(piece.text, known)
        if end is not None:
            start = _start(piece.text)
            found.setdefault(known.societies[fold(piece.text[start:end])], Words([(piece, start, end)]))
    return next(iter(found.values())) if len(found) == 1 else None


def _lines(document: Document) -> list[Piece]:
    """Paragraphs, and rows of tables that are one cell, nothing of which answers a label."""
    lines: list[Piece] = []
    for block in document.blocks:
        if isinstance(block, Table):
            for row in range(block.height):
                cells = [cell for cell in block.row(row) if cell.text]
                lines += cells[0].pieces() if len(cells) == 1 and cells[0].row == row else []
        else:
            lines.append(block)
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
