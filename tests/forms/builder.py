"""Forms as people make them, from a few words: what stands in a case file in, the bytes of a .docx or .xlsx out.

A block is a text (a paragraph), ``{h: …}`` (a heading), ``{box: […]}`` (a text box), ``{table: rows}``. In a table ``^`` joins a
cell with the one above it, ``<`` with the one before it; a cell may hold blocks. In a text ``[[del:x]]``, ``[[ins:x]]``,
``[[hide:x]]``, ``[[hint:x]]``, ``[[pale:x]]``, ``[[strike:x]]``, ``[[tick]]``, ``[[box]]``, ``[[fftick]]``, ``[[ffbox]]``, ``[[sym:F0FE]]``, ``[[field:x]]`` make what Word makes.
"""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl import Workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_MARK = re.compile(r"\[\[(\w+)(?::(.*?))?\]\]", re.DOTALL)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def docx_of(blocks: list[Any]) -> bytes:
    """A Word file."""
    document = docx.Document()
    _fill(document, document.element.body, blocks)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _fill(document: Document, parent: Any, blocks: list[Any]) -> None:
    for block in blocks:
        if isinstance(block, str):
            for line in block.split("\n"):
                _add(parent, paragraph(line))
        elif "h" in block:
            made = document.add_heading(block["h"], level=int(block.get("level", 1)))
            _add(parent, made._element)
        elif "box" in block:
            _add(parent, _box("".join(paragraph_xml(line) for line in block["box"])))
        elif "control" in block:
            _add(
                parent,
                parse_xml(
                    f'<w:sdt {W}><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{paragraph_xml(block["control"])}</w:sdtContent></w:sdt>'
                ),
            )
        else:
            _add(parent, _table(document, block["table"]))


def _add(parent: Any, element: Any) -> None:
    last = parent.find(qn("w:sectPr")) if parent.tag == qn("w:body") else None
    if last is not None:
        last.addprevious(element)
    else:
        parent.append(element)


def paragraph(text: str) -> Any:
    """A paragraph element."""
    return parse_xml(paragraph_xml(text))


def paragraph_xml(text: str) -> str:
    """A paragraph with the marks turned into what Word writes."""
    runs, at = "", 0
    for match in _MARK.finditer(text):
        runs += _run(text[at : match.start()]) + _special(match[1], match[2] or "")
        at = match.end()
    return f"<w:p {W}>{runs}{_run(text[at:])}</w:p>"


def _run(text: str, look: str = "") -> str:
    if not text:
        return ""
    parts = "<w:tab/>".join(f'<w:t xml:space="preserve">{part.translate(_ESCAPES)}</w:t>' for part in text.split("\t"))
    return f"<w:r><w:rPr>{look}</w:rPr>{parts}</w:r>"


def _special(kind: str, text: str) -> str:
    checked = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>'
    pale = _run(text, '<w:color w:val="808080"/>')
    legacy = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked w:val="{}"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return {
        "del": f'<w:del w:id="1" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>',
        "ins": f'<w:ins w:id="2" w:author="a">{_run(text)}</w:ins>',
        "hide": _run(text, "<w:vanish/>"),
        "tick": checked.format(1, "☒"),
        "box": checked.format(0, "☐"),
        "fftick": legacy.format(1),
        "ffbox": legacy.format(0),
        "sym": f'<w:r><w:sym w:font="Wingdings" w:char="{text}"/></w:r>',
        "field": f'<w:sdt><w:sdtPr><w:tag w:val="y"/></w:sdtPr><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>',
        "hint": f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{_run(text)}</w:sdtContent></w:sdt>",
        "pale": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{pale}</w:sdtContent></w:sdt>",
        "strike": _run(text, "<w:strike/>"),
        "br": "<w:r><w:br/></w:r>",
    }[kind]


def _box(inside: str) -> Any:
    """A text box as Word writes it: twice, for new and for old programs."""
    return parse_xml(
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _table(document: Document, rows: list[list[Any]]) -> Any:
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    element = table._element
    element.getparent().remove(element)
    for r, row in enumerate(rows):
        for c, value in enumerate([*row, *[""] * (width - len(row))]):
            if value in ("^", "<"):
                continue
            down = next(
                (k for k in range(1, len(rows) - r) if c >= len(rows[r + k]) or rows[r + k][c] != "^"), len(rows) - r
            )
            right = next((k for k in range(1, width - c) if c + k >= len(row) or row[c + k] != "<"), width - c)
            cell = table.cell(r, c)
            if down > 1 or right > 1:
                cell = cell.merge(table.cell(r + down - 1, c + right - 1))
            _cell(document, cell, value)
    return element


def _cell(document: Document, cell: Any, value: Any) -> None:
    element = cell._tc
    for old in element.findall(qn("w:p")):
        element.remove(old)
    _fill(document, element, value if isinstance(value, list) else [str(value)])
    if element.findall(qn("w:p")) == [] or element[-1].tag != qn("w:p"):
        element.append(paragraph(""))


def xlsx_of(sheets: dict[str, list[list[Any]]], dates: bool = False) -> bytes:
    """An Excel file: sheet name -> rows, merged with ``^`` and ``<`` as in Word."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value in ("^", "<", None, ""):
                    continue
                sheet.cell(r + 1, c + 1, value)
                down = next(
                    (k for k in range(1, len(rows) - r) if c >= len(rows[r + k]) or rows[r + k][c] != "^"),
                    len(rows) - r,
                )
                right = next((k for k in range(1, len(row) - c) if row[c + k] != "<"), len(row) - c)
                if down > 1 or right > 1:
                    sheet.merge_cells(start_row=r + 1, start_column=c + 1, end_row=r + down, end_column=c + right)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
