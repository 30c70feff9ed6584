"""The lines of a form outside its answers in, the one society that heads or signs it out.

测试农学会科技志愿服务品牌活动 over the table, 测试农学会 and a day below a letter: whose form it is, where no label says so.
"""

from __future__ import annotations

import re

from generator.load.forms.answers import Form
from generator.load.forms.document import LABEL, PRIVATE, VALUE, Block, Document, Piece, Words
from generator.model.reader import Known
from generator.model.vocabulary import fold

MOST_LINE = 60  # characters of a heading
LEAST_NAME = 4  # a shorter alias may be a word of the heading
_HEADS = re.compile(r"\s*(?:20\d\d年度?)?[“”《（(\s]*")
# What a body's own plan is called; a paper that is handed in to it, or drawn up from others, is not its own.
_OWN_PAPER = re.compile("计划|安排|排期|日程|预告|方案|菜单|台账|时间表|活动[卡表]|活动清单|活动一览")
_OTHERS_PAPER = re.compile(
    "申报|申请|报名|推荐|征集|汇总|登记|填报|报送|备案|采集|统计|信息|需求|对接|学会|协会|各|所属|下属|会员|基层|参考|样"
)
_JOINT = re.compile(r"\s*(?:[、，,和与及]|联合)")


class Filers:
    """The societies that lines of a document name, with the blocks these stand in."""

    def __init__(self, document: Document, known: Known, forms: list[Form]) -> None:
        """Looks at every line outside the answers of the forms once."""
        taken = {id(piece) for form in forms for answer in form.answers for piece, _, _ in answer.words.parts}
        self.lines = [
            (at, piece)
            for at, block in enumerate(document.blocks)
            for piece in _lines(block)
            if piece is block or id(piece) not in taken  # a signature may stand where an answer goes on
        ]
        self.known = known
        self.found: list[tuple[int, str, Words]] = []
        self.collectors: list[tuple[int, str, Words]] = []  # found where the form asks nobody whose it is
        for at, piece in self.lines:
            end = _named(piece.text, known)
            if end is not None:
                start = _start(piece.text)
                society = known.societies[fold(piece.text[start:end])]
                told = (at, society, Words([(piece, start, end)]))
                if not known.society_names[society].endswith(("科协", "科学技术协会")):
                    self.found.append(told)
                elif _OWN_PAPER.search(piece.text, end) and not _OTHERS_PAPER.search(piece.text, end):
                    self.collectors.append(told)

    def of(self, block: int, *, only_near: bool, is_asked: bool) -> Words | None:
        """The words that name whose a form is that begins in a block; None where no line does, or two name different ones.

        Where the document names several, or with ``only_near``, one on the form's own sheet counts. A 科协 that only collects
        forms must ask whose they are: one that heads its own plan is meant where that is not so (``is_asked``).
        """
        near = self.found + ([] if is_asked else self.collectors)
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
    """Where the name of a society ends that a heading begins with, or that is all of a line."""
    line = text.rstrip()
    if len(line) > MOST_LINE or line.endswith(("：", ":", "。")):
        return None
    start = _start(line)
    for end in range(len(line), start + LEAST_NAME - 1, -1):
        id = known.societies.get(fold(line[start:end]))
        if id:
            return None if _JOINT.match(line, end) else end
    return None
