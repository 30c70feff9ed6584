"""The package of a .docx in, a Document out: only what a reader of the page sees in the end.

Elements are known by their local names, so that transitional, strict and WPS files read alike. What is deleted, hidden or
aside (comments, headers) is told, never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.load.forms.archive import Package, Unreadable
from generator.load.forms.document import LABEL, Block, Cell, Document, Piece, Table, Tagged, Words
from generator.load.text import without_forbidden
from generator.load.forms.marks import box, pictogram

MOST_CELLS = 20_000
MOST_COLUMNS = 200
MOST_NESTED = 6
_THROUGH = {
    "ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "bdo", "dir", "oMath", "oMathPara",
    "Choice", "Fallback", "rubyBase", "tbl",
}  # fmt: skip
_WRAPPED = {"sdt", "customXml", "ins", "sdtContent", "smartTag", "moveTo"}
_GONE = {"del", "moveFrom"}


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


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element along a path of names."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


class _Paragraph:
    """The text of a paragraph while it is gathered. ``spans``: tagged stretches; ``hints``: placeholders of empty controls."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[tuple[str, int, int]] = []
        self.hints: list[tuple[int, int]] = []
        self.boxes: list[etree._Element] = []
        self.field: list[str] = []

    def add(self, text: str) -> None:
        text = without_forbidden(text)
        self.parts.append(text)
        self.length += len(text)


class _Reader:
    def __init__(self) -> None:
        self.document = Document()
        self.hidden: list[str] = []
        self.deleted: list[str] = []
        self.counts: dict[str, int] = {}
        self.cells = 0
        self.embedded = 0

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
            elif name in _GONE:
                self._delete(element)
            elif name == "AlternateContent":
                found += self.blocks(_chosen(element), where, nested)
            elif name == "altChunk":
                self.embedded += 1
        return found

    def _control(self, element: etree._Element, where: str, nested: int, found: list[Block]) -> None:
        content = child(element, "sdtContent")
        if content is None:
            return
        tag = attribute(child(element, "sdtPr", "tag"), "val") or ""
        inside = self.blocks(content, where, nested)
        found += inside
        pieces = [piece for piece in inside if isinstance(piece, Piece)]
        if child(element, "sdtPr", "showingPlcHdr") is not None:
            for piece in pieces:
                piece.claim(0, len(piece.text), LABEL)
            pieces = []
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
        text = _Paragraph()
        self.runs(element, text)
        words = "".join(text.parts)
        if words.strip():
            for piece in self._lines(words, self._place("段", where), _is_heading(element), text):
                found.append(piece)
        elif text.spans:
            self.document.tagged += [Tagged(tag, Words([])) for tag, _, _ in text.spans]
        for content in text.boxes:
            if nested > MOST_NESTED:
                raise Unreadable("deep")
            self.counts["文本框"] = self.counts.get("文本框", 0) + 1
            found += self.blocks(content, f"{where}文本框{self.counts['文本框']}", nested + 1)

    def _lines(self, words: str, place: str, is_heading: bool, text: _Paragraph) -> Iterator[Piece]:
        """A paragraph as pieces, one a line: a line break in Word is a line to its reader."""
        pieces: list[tuple[Piece, int]] = []
        at = 0
        for line in words.split("\n"):
            piece = Piece(line, place, is_heading)
            pieces.append((piece, at))
            at += len(line) + 1
        for start, end in text.hints:
            for piece, offset in pieces:
                piece.claim(max(start - offset, 0), min(max(end - offset, 0), len(piece.text)), LABEL)
        for tag, start, end in text.spans:
            parts = [
                (piece, max(start - offset, 0), min(end - offset, len(piece.text)))
                for piece, offset in pieces
                if start <= offset + len(piece.text) and end >= offset
            ]
            hinted = any(first <= start and end <= last for first, last in text.hints)
            self.document.tagged.append(Tagged(tag, Words([] if hinted else parts)))
        yield from (piece for piece, _ in pieces)

    # -- runs --

    def runs(self, parent: etree._Element, text: _Paragraph) -> None:
        """Gather what is visible below a paragraph or a wrapper in it."""
        for element in parent:
            name = local(element)
            if name == "r":
                self.run(element, text)
            elif name == "sdt":
                self._inline_control(element, text)
            elif name in _GONE:
                self._delete(element)
            elif name == "AlternateContent":
                self.runs(_chosen(element), text)
            elif name == "ruby":
                self.runs(child(element, "rubyBase") or etree.Element("none"), text)
            elif name == "t":
                text.add(element.text or "")
            elif name in _THROUGH or name.startswith(("sub", "sup", "num", "den", "rad", "f", "e")):
                self.runs(element, text)

    def _inline_control(self, element: etree._Element, text: _Paragraph) -> None:
        properties, content = child(element, "sdtPr"), child(element, "sdtContent")
        tick = child(properties, "checkbox")
        if tick is not None and child(tick, "checked") is not None:
            text.add("☑" if is_on(child(tick, "checked")) else "□")
            return
        tag = attribute(child(properties, "tag"), "val") or ""
        start = text.length
        if content is not None:
            self.runs(content, text)
        if child(properties, "showingPlcHdr") is not None:
            text.hints.append((start, text.length))
        if tag.startswith("catalog:"):
            text.spans.append((tag.removeprefix("catalog:"), start, text.length))

    def run(self, element: etree._Element, text: _Paragraph) -> None:
        """One run of characters of one look."""
        properties = child(element, "rPr")
        if is_on(child(properties, "vanish")) or is_on(child(properties, "specVanish")):
            self.hidden.append("".join(str(one.text or "") for one in element.iter() if local(one) == "t"))
            return
        font = attribute(child(properties, "rFonts"), "ascii") or ""
        for one in element:
            name = local(one)
            if name == "t":
                text.add(pictogram(one.text or "", font))
            elif name == "tab" or name == "ptab":
                text.add("\t")
            elif name in ("br", "cr"):
                text.add("\n")
            elif name == "noBreakHyphen":
                text.add("-")
            elif name == "sym":
                text.add(box(attribute(one, "font") or "", attribute(one, "char") or ""))
            elif name == "fldChar":
                _legacy(one, text)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawing(one, text)
            elif name == "ruby":
                self.runs(child(one, "rubyBase") or etree.Element("none"), text)

    def _drawing(self, element: etree._Element, text: _Paragraph) -> None:
        """Text boxes are read after the paragraph, each once: Word writes them twice, for old and new programs."""
        if local(element) == "AlternateContent":
            element = _chosen(element)
        stack = [element]
        while stack:
            one = stack.pop()
            name = local(one)
            if name == "txbxContent":
                text.boxes.append(one)
            elif name == "AlternateContent":
                stack.append(_chosen(one))
            else:
                self.document.pictures += name in ("blip", "imagedata")
                self.embedded += name == "OLEObject"
                stack.extend(reversed(one))

    def _delete(self, element: etree._Element) -> None:
        self.deleted.append("".join(str(one.text or "") for one in element.iter() if local(one) in ("t", "delText")))

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
                self._delete(row)
                continue
            column = _number(child(properties, "gridBefore"), 0)
            shown = 0
            for tc in _wrapped(row, "tc"):
                shown += 1
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
        span = max(_number(child(properties, "gridSpan"), 1), 1)
        if self.cells > MOST_CELLS or column + span > MOST_COLUMNS:
            raise Unreadable("huge-table")
        blocks = self.blocks(tc, place, nested + 1)
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
        control = next((one for one in tc.iterancestors() if local(one) in ("sdt", "tr")), None)
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


def _chosen(element: etree._Element) -> etree._Element:
    """One of two renderings of the same: the newer where it says anything."""
    options = [one for one in element if local(one) in ("Choice", "Fallback")]
    newer = next((one for one in options if local(one) == "Choice" and len(one)), None)
    return newer if newer is not None else options[-1] if options else etree.Element("none")


def _wrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, content controls around them passed through."""
    for element in parent:
        found = local(element)
        if found == name:
            yield element
        elif found in _WRAPPED:
            yield from _wrapped(element, name)


def _number(element: etree._Element | None, default: int) -> int:
    text = attribute(element, "val") or ""
    return min(int(text), 100_000) if text.isdecimal() and len(text) < 7 else default


def _is_heading(element: etree._Element) -> bool:
    properties = child(element, "pPr")
    style = (attribute(child(properties, "pStyle"), "val") or "").casefold()
    level = attribute(child(properties, "outlineLvl"), "val")
    return style.startswith(("heading", "标题")) or style in {*"123456"} or (level is not None and level != "9")


def _legacy(element: etree._Element, text: _Paragraph) -> None:
    """A form field of old Word: a check box, or a list whose chosen line stands nowhere else."""
    tick = child(element, "ffData", "checkBox")
    if tick is not None:
        mark = child(tick, "checked")
        text.add(
            "☑"
            if is_on(mark if mark is not None else child(tick, "default") or etree.Element("none", val="0"))
            else "□"
        )
    choice = child(element, "ffData", "ddList")
    if choice is not None:
        entries = [attribute(one, "val") or "" for one in choice if local(one) == "listEntry"]
        at = _number(child(choice, "result"), 0)
        text.add(entries[at] if at < len(entries) else "")
