"""The only door to python-docx for writing: titles, tables and texts in, the bytes of a Word file out.

Real styles, a table of contents, page numbers, header rows that are repeated; no clock: the same bytes on every machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as Pages
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from generator.render.safe import xml_text

SANS = "Microsoft YaHei"
SERIF = "SimSun"
_LATIN = "Arial"
_GREY = "E7E6E0"
_EARLY = (1980, 1, 1, 0, 0, 0)  # of every file in the package: the earliest a zip knows


def blank(title: str, day: date, *, landscape: bool = False, margin: float = 1.5) -> Pages:
    """An empty A4 document with our styles. ``day``: when it says it was made; ``margin``: centimetres."""
    pages = Document()
    section = pages.sections[0]
    long, short = Cm(29.7), Cm(21)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    for name, size, bold in (
        ("Normal", 10.5, False),
        ("Title", 26, True),
        ("Heading 1", 16, True),
        ("Heading 2", 13, True),
    ):
        style: Any = pages.styles[name]
        style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
        style.font.color.rgb = RGBColor(0x1D, 0x25, 0x28)
        _chinese(style.element.get_or_add_rPr(), SANS)
    core = pages.core_properties
    core.title, core.language, core.author, core.comments = xml_text(title), "zh-CN", "", ""
    core.created = core.modified = datetime.combine(day, time(), UTC)
    return pages


def paragraph(
    pages: Pages,
    text: str,
    style: str = "Normal",
    *,
    centred: bool = False,
    size: float = 0,
    before: float = 0,
    with_next: bool = False,
) -> Paragraph:
    """A paragraph of one style (Title, Heading 1, Normal, List Bullet …).

    ``size``: points, where not the style's own; ``before``: centimetres above it; ``with_next``: on one page with what follows.
    """
    made = pages.add_paragraph(xml_text(text))
    made._p.style = (
        None if style == "Normal" else style.replace(" ", "")
    )  # its id; looking it up takes 6 ms a paragraph
    if before:
        made.paragraph_format.space_before = Cm(before)
    if with_next:
        made.paragraph_format.keep_with_next = True
    if centred:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size:
        made.runs[0].font.size = Pt(size)
    return made


def page_numbers(pages: Pages, text: str) -> None:
    """A footer on every page: a text, the page's number and how many there are."""
    footer = pages.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(f"{xml_text(text)}　第 ")
    _field(footer, "PAGE", "1")
    footer.add_run(" 页，共 ")
    _field(footer, "NUMPAGES", "1")
    footer.add_run(" 页")


def heading(pages: Pages, text: str, level: int, anchor: str, *, new_page: bool = False) -> None:
    """A heading that the table of contents can lead to. ``anchor``: its name, Latin letters and digits."""
    made = paragraph(pages, text, f"Heading {level}")
    made.paragraph_format.page_break_before = new_page or None
    number = str(sum(1 for _ in pages.element.body.iter(qn("w:bookmarkStart"))))
    begin, end = _element("w:bookmarkStart", id=number, name=anchor), _element("w:bookmarkEnd", id=number)
    made.runs[0]._r.addprevious(begin)
    made._p.append(end)


def contents(pages: Pages, entries: Sequence[tuple[int, str, str]]) -> None:
    """A table of contents: a field that Word renews, filled in already. ``entries``: level, text, anchor."""
    first = last = None
    for level, text, anchor in entries:
        last = pages.add_paragraph()
        last.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        last.paragraph_format.space_after = Pt(2)
        first = first or last
        link = _element("w:hyperlink", anchor=anchor, history="1")
        run = last.add_run(xml_text(text))
        link.append(run._r)
        last._p.append(link)
    if first is None or last is None:
        return
    for position, run in enumerate(_field_runs(first, 'TOC \\o "1-2" \\h \\z \\u', None)):
        first._p.insert(position + (first._p.pPr is not None), run)
    last._p.append(_run(last, _element("w:fldChar", fldCharType="end")))


def new_page(pages: Pages) -> None:
    """What follows begins on a new page."""
    pages.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def table(
    pages: Pages, head: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], size: float = 8
) -> None:
    """A table with a header row that is repeated on every page; no row breaks over a page. ``widths``: centimetres.

    The first row is made by python-docx, every other is its copy: a list of ten thousand takes seconds, not minutes.
    """
    made = pages.add_table(1, len(head), "Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, text, width in zip(made.rows[0].cells, head, widths, strict=True):
        cell.width = Cm(width)
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(0)
        line.add_run(xml_text(text)).font.size = Pt(size)
    first = made.rows[0]._tr
    first.get_or_add_trPr().append(_element("w:cantSplit"))
    model = deepcopy(first)
    first.trPr.append(_element("w:tblHeader"))
    for cell in made.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_GREY))
        cell.paragraphs[0].runs[0].font.bold = True
    grid = first.getparent()
    for row in rows:
        copy = deepcopy(model)
        for run, text in zip(copy.iter(qn("w:r")), row, strict=True):
            run.text = xml_text(text)
        grid.append(copy)


def saved(pages: Pages) -> bytes:
    """The file: its parts in their order, each dated alike."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    pages.save(raw)
    with zipfile.ZipFile(raw) as before, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EARLY)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return fixed.getvalue()


def _chinese(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _run(line: Paragraph, *children: Any) -> Any:
    run = line.add_run()._r
    for child in children:
        run.append(child)
    return run


def _field_runs(line: Paragraph, code: str, shown: str | None) -> list[Any]:
    """The runs of a field; with ``shown`` None its text and end are left to whoever asks."""
    instruction = _element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    runs = [
        _run(line, _element("w:fldChar", fldCharType="begin")),
        _run(line, instruction),
        _run(line, _element("w:fldChar", fldCharType="separate")),
    ]
    if shown is not None:
        runs += [line.add_run(shown)._r, _run(line, _element("w:fldChar", fldCharType="end"))]
    return runs


def _field(line: Paragraph, code: str, shown: str) -> None:
    _field_runs(line, code, shown)
