"""The blocks of a document in, those that only show how to fill in the form out: sheets of instructions and lists to choose from, samples."""

from __future__ import annotations

import re

from generator.load.forms.document import Document, Piece, Table
from generator.load.forms.labels import Labels

_SAMPLE = r"(?:填写|填报|填表)?(?:示例|样例|范例|样表|样张|样本|范本|例表|示范|参考样例)"
_HEADING = re.compile(
    rf"\s*(?:附[件表录]?\s*\d*[：:、.\s]*)?[（(【\[]?{_SAMPLE}[)）】\]]?\s*\d?[：:]?\s*|.{{2,30}}[（(]{_SAMPLE}[)）]\s*"
)
_SHEET = re.compile(
    rf"工作表“(?:{_SAMPLE}.{{0,6}}|.{{0,10}}{_SAMPLE}|.{{0,4}}(?:填写|填报|填表|使用)(?:说明|须知|指南|要求)|说明|须知|字典|数据字典|代码表?|选项|下拉.{{0,4}}|数据源|词表|参数|基础数据|枚举)”"
)


def samples(document: Document, labels: Labels) -> set[int]:
    """``id`` of every such block and the line that heads it; none where there would be no form left: a template may be headed 样表 and filled in."""
    found: set[int] = set()
    forms = 0
    before: Piece | None = None
    for block in document.blocks:
        if isinstance(block, Piece):
            before = block if block.text.strip() else before
            continue
        first = block.row(0)
        heads = [before.text if before else "", first[0].text if len(first) == 1 else ""]
        if _SHEET.fullmatch(block.place) or any(map(_HEADING.fullmatch, heads)):
            found |= {id(block), id(before)} if before and _HEADING.fullmatch(before.text) else {id(block)}
        else:
            forms += _asks_for_a_name(block, labels)
        before = None
    return found if forms else set()


def _asks_for_a_name(table: Table, labels: Labels) -> bool:
    return any("title" in labels.read(cell.text) for cell in table.cells if len(cell.text) < 40)
