"""The package of a .docx in, a Document out: only what a reader of the page sees in the end.

Elements are known by their local names, so that transitional, strict and WPS files read alike. What is deleted, hidden or
aside (comments, headers) is told, never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.load.forms.archive import Package, Unreadable
from generator.load.forms.document import Block, Cell, Document, Piece, Table, Tagged, Words, pieces_of
from generator.load.forms.elements import attribute, child, chosen, is_on, local
from generator.load.forms.runs import GONE, Line, Runs, number_of, shows_placeholder

MOST_CELLS = 20_000
MOST_COLUMNS = 200
MOST_NESTED = 6
_WRAPPED = {"sdt", "customXml", "ins", "sdtContent", "smartTag", "moveTo"}


def read_word(package: Package) -> Document:
    """The document of a package. Raises Unreadable."""
    root = package.xml(_main_part(package))
    body = next((child for child in root if local(child) == "body"), None) if root is not None else None
    if body is None:
        raise Unreadable("broken")
    reader = _Reader()
    try:
        reader.document.blocks = reader.blocks(body, "")
    except RecursionError as error:
        raise Unreadable("deep") from error
    reader.tell(package)
    return reader.document


def _main_part(package: Package) -> str:
    rels = package.xml("_rels/.rels")
    for rel in rels if rels is not None else ():
        if str(rel.get("Type", "")).endswith("/officeDocument"):
            return str(rel.get("Target", "")).lstrip("/")
    return "word/document.xml"


class _Reader(Runs):
    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.cells = 0

    # -- blocks --

    def blocks(self, parent: etree._Element, where: str, nested: int = 0) -> list[Block]:
        """The paragraphs and tables below an element; ``where``: the cell or box they stand in."""
        found: list[Block] = []
        for element in parent:
            name = local(element)
            if name == "p":
                self.paragraph(element, where, nested, found)
            elif name == "tbl":
                found.append(self.table(element, where, nested))
            elif name == "sdt":
                self._control(element, where, nested, found)
            elif name in _WRAPPED:
                found += self.blocks(element, where, nested)
            elif name in GONE:
                self.delete(element)
            elif name == "AlternateContent":
                found += self.blocks(chosen(element), where, nested)
            elif name == "altChunk":
                self.embedded += 1
        return found

    def _control(self, element: etree._Element, where: str, nested: int, found: list[Block]) -> None:
        content = child(element, "sdtContent")
        if content is None:
            return
        tag = attribute(child(element, "sdtPr", "tag"), "val") or ""
        inside = self.blocks(content, where, nested)
        pieces = [piece for piece in inside if isinstance(piece, Piece)]
        if shows_placeholder(element, "".join(one.text for one in pieces)):
            inside, pieces = [], []
        found += inside
        if tag.startswith("catalog:"):
            words = Words([(piece, 0, len(piece.text)) for piece in pieces])
            self.document.tagged.append(Tagged(tag.removeprefix("catalog:"), words))

    def _place(self, kind: str, where: str) -> str:
        if where:
            return where
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"第{self.counts[kind]}段" if kind == "段" else f"{kind}{self.counts[kind]}"

    def paragraph(self, element: etree._Element, where: str, nested: int, found: list[Block]) -> None:
        """One paragraph, then the text boxes that hang on it."""
        text = Line()
        self.runs(element, text)
        words = "".join(text.parts)
        if words.strip():
            found += self._lines(words, self._place("段", where), _is_heading(element), text)
        elif text.spans:
            self.document.tagged += [Tagged(tag, Words([])) for tag, _, _ in text.spans]
        for content in text.boxes:
            if nested > MOST_NESTED:
                raise Unreadable("deep")
            self.counts["文本框"] = self.counts.get("文本框", 0) + 1
            found += self.blocks(content, f"{where}文本框{self.counts['文本框']}", nested + 1)

    def _lines(self, words: str, place: str, is_heading: bool, text: Line) -> Iterator[Piece]:
        """A paragraph as pieces, one a line: a line break in Word is a line to its reader."""
        pieces: list[tuple[Piece, int]] = []
        at = 0
        for line in words.split("\n"):
            piece = Piece(line, place, is_heading)
            pieces.append((piece, at))
            at += len(line) + 1
        for tag, start, end in text.spans:
            parts = [
                (piece, max(start - offset, 0), min(end - offset, len(piece.text)))
                for piece, offset in pieces
                if start <= offset + len(piece.text) and end >= offset
            ]
            self.document.tagged.append(Tagged(tag, Words(parts if start < end else [])))
        yield from (piece for piece, _ in pieces)

    # -- tables --

    def table(self, element: etree._Element, where: str, nested: int) -> Table:
        """A table; cells merged in either direction become one."""
        if nested > MOST_NESTED:
            raise Unreadable("deep")
        place = f"{where}内表格" if where else self._place("表", "")
        cells: list[Cell] = []
        above: dict[int, Cell] = {}
        number = 0
        for row in _wrapped(element, "tr"):
            properties = child(row, "trPr")
            if is_on(child(properties, "del")) or is_on(child(properties, "hidden")):
                self.delete(row)
                continue
            column = number_of(child(properties, "gridBefore"), 0)
            for shown, tc in enumerate(_wrapped(row, "tc"), 1):
                column = self._cell(tc, f"{place}第{number + 1}行第{shown}列", nested, number, column, cells, above)
            number += 1
        return Table(place, cells)

    def _cell(
        self,
        tc: etree._Element,
        place: str,
        nested: int,
        row: int,
        column: int,
        cells: list[Cell],
        above: dict[int, Cell],
    ) -> int:
        self.cells += 1
        properties = child(tc, "tcPr")
        span = max(number_of(child(properties, "gridSpan"), 1), 1)
        if self.cells > MOST_CELLS or column + span > MOST_COLUMNS:
            raise Unreadable("huge-table")
        blocks = self.blocks(tc, place, nested + 1)
        control = next((one for one in tc.iterancestors() if local(one) in ("sdt", "tr")), None)
        if control is not None and shows_placeholder(control, "".join(one.text for one in pieces_of(blocks))):
            blocks = []
        upward, leftward = child(properties, "vMerge"), child(properties, "hMerge")
        before = above.get(column)
        if upward is not None and attribute(upward, "val") != "restart" and before is not None:
            before.rows = row - before.row + 1
            before.blocks += blocks
        elif leftward is not None and attribute(leftward, "val") != "restart" and cells and cells[-1].row == row:
            cells[-1].columns += span
            cells[-1].blocks += blocks
        else:
            cell = Cell(row, column, 1, span, blocks)
            cells.append(cell)
            before = cell
        for covered in range(column, column + span):
            above[covered] = before or cells[-1]
        if control is not None and local(control) == "sdt":
            tag = attribute(child(control, "sdtPr", "tag"), "val") or ""
            if tag.startswith("catalog:"):
                pieces = [(piece, 0, len(piece.text)) for piece in blocks if isinstance(piece, Piece)]
                self.document.tagged.append(Tagged(tag.removeprefix("catalog:"), Words(pieces)))
        return column + span

    # -- what is not read --

    def tell(self, package: Package) -> None:
        """Say what stands beside the text."""
        notes = self.document.notes
        for texts, what in ((self.deleted, "修订中已删除的文字"), (self.hidden, "隐藏的文字")):
            said = [text for text in texts if text.strip()]
            if said:
                notes.append(f"{what}没有读入（{len(said)}处，共{sum(map(len, said))}字）")
        names = [name.rsplit("/", 1)[-1] for name in package.names]
        comments = package.xml("word/comments.xml")
        if comments is not None and len(comments):
            notes.append(f"批注没有读入（{len(comments)}条）")
        for kind, what in (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注")):
            said = [_plain(package, name) for name in package.names if name.startswith(f"word/{kind}")]
            text = "；".join(filter(None, said))
            if re.sub(r"第?\d*页|，?共\d*页|[；\s\d\u3000]|第|页", "", text) and not self.document.tagged:
                notes.append(f"{what}没有读入：{text[:60]}")
        if self.document.pictures:
            notes.append(f"图片没有读入（{self.document.pictures}张）；要登图片，请按申报指南另附文件")
        if self.embedded or any(name.lower().startswith("oleobject") for name in names):
            notes.append("嵌入的其他文件没有读入")
        if any("vbaproject" in name.lower() for name in names):
            notes.append("文件里带有宏，没有读入，也没有运行")
        rels = package.read("word/_rels/document.xml.rels", b"") + package.read("word/_rels/settings.xml.rels", b"")
        if rels.count(b'TargetMode="External"') > rels.count(b"/hyperlink"):
            notes.append("文件里有指向外部的模板或图片，没有打开")


def _plain(package: Package, name: str) -> str:
    root = package.xml(name) if name.endswith(".xml") else None
    return "".join(str(one.text or "") for one in root.iter() if local(one) == "t").strip() if root is not None else ""


def _wrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls around them passed through."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in _WRAPPED:
            yield from _wrapped(element, name)


def _is_heading(element: etree._Element) -> bool:
    properties = child(element, "pPr")
    style = (attribute(child(properties, "pStyle"), "val") or "").casefold()
    level = attribute(child(properties, "outlineLvl"), "val")
    return style.startswith(("heading", "标题")) or style in {*"123456"} or (level is not None and level != "9")
