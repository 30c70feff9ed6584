"""Labels and content controls in, the table of a Word form out: the part of ``word`` that is filled in by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as Pages
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from generator.model.form import HINT
from generator.render.safe import xml_text

_GREY = "E7E6E0"
_SMALL = "6B7478"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


@dataclass(frozen=True, slots=True)
class Label:
    """The printed side of a form: a label and small text under it."""

    text: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """The side that is filled in: a content control. ``options``: (name, ticked), boxes that a click ticks."""

    tag: str
    text: str = ""
    options: tuple[tuple[str, bool], ...] = ()


def control_line(pages: Pages, tag: str, text: str) -> None:
    """A line of small print in a control that cannot be changed: what kind of form it is."""
    line = pages.add_paragraph()
    content = _control_around(line._p, f"catalog:{tag}", locked=True)
    run = line.add_run(xml_text(text))
    run.font.size, run.font.color.rgb = Pt(7), RGBColor.from_string(_SMALL)
    content.append(run._r)


def form_table(
    pages: Pages, widths: Sequence[float], rows: Sequence[Sequence[tuple[Label | Control | None, int]]]
) -> None:
    """A form: in each row labels and controls, each over so many columns; None goes on with the label above."""
    made = pages.add_table(len(rows), len(widths), "Table Grid")
    made.autofit = False
    for one, width in zip(made.columns, widths, strict=True):
        one.width = Cm(width)
    starts: dict[int, Any] = {}
    for row, cells in zip(made.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
        row._tr.trPr.append(_element("w:trHeight", val="420", hRule="atLeast"))
        places = row.cells
        column = 0
        for content, span in cells:
            cell = places[column] if span == 1 else places[column].merge(places[column + span - 1])
            cell.width = Cm(sum(widths[column : column + span]))
            if content is None:
                merged = _element("w:vMerge")
                cell._tc.get_or_add_tcPr().append(merged)
                first = starts[column]._tc.get_or_add_tcPr()
                if first.find(qn("w:vMerge")) is None:
                    first.append(_element("w:vMerge", val="restart"))
            else:
                starts[column] = cell
                _fill(cell, content)
            column += span


def _fill(cell: Any, content: Label | Control) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    if isinstance(content, Label):
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_GREY))
        line.add_run(xml_text(content.text)).font.size = Pt(10)
        if content.help:
            small = cell.add_paragraph()
            small.paragraph_format.space_after = Pt(0)
            run = small.add_run(xml_text(content.help))
            run.font.size, run.font.color.rgb = Pt(7.5), RGBColor.from_string(_SMALL)
        return
    if content.options:
        _options(line, content)
        return
    tag = f"catalog:{content.tag}"
    inside = _control_around(line._p, tag, many=True, empty=not content.text)
    lines = content.text.split("\n") if content.text else [HINT]
    for at, text in enumerate(lines):
        if at:
            _append(inside, line.add_run(), _element("w:br"))
        run = line.add_run()
        run.font.size = Pt(10)
        if not content.text:
            run.font.color.rgb = RGBColor.from_string(_SMALL)
        for number, part in enumerate(text.split("\t")):
            if number:
                run._r.append(_element("w:tab"))
            words = _element("w:t")
            words.set(qn("xml:space"), "preserve")
            words.text = part
            run._r.append(words)
        inside.append(run._r)


def _append(inside: Any, run: Any, child: Any) -> None:
    run._r.append(child)
    inside.append(run._r)


def _options(line: Paragraph, content: Control) -> None:
    inside = _control_around(line._p, f"catalog:{content.tag}")
    for name, ticked in content.options:
        box = OxmlElement("w:sdt")
        properties, shown = _element("w:sdtPr"), _element("w:sdtContent")
        tick = properties.makeelement(f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
        for kind, value in (("checked", "1" if ticked else "0"), ("checkedState", "2611"), ("uncheckedState", "25A1")):
            part = tick.makeelement(f"{{{_W14}}}{kind}")
            part.set(f"{{{_W14}}}val", value)
            if kind != "checked":
                part.set(f"{{{_W14}}}font", "MS Gothic")
            tick.append(part)
        properties.append(tick)
        mark = line.add_run("☑" if ticked else "□")
        mark.font.size = Pt(10)
        shown.append(mark._r)
        box.append(properties)
        box.append(shown)
        inside.append(box)
        run = line.add_run(f"{name}　")
        run.font.size = Pt(10)
        inside.append(run._r)


def _control_around(line: Any, tag: str, *, many: bool = False, empty: bool = False, locked: bool = False) -> Any:
    """A content control at the end of a paragraph; what it holds is appended to what is given back."""
    control, properties, content = _element("w:sdt"), _element("w:sdtPr"), _element("w:sdtContent")
    properties.append(_element("w:tag", val=tag))
    if locked:
        properties.append(_element("w:lock", val="sdtContentLocked"))
    if empty:
        properties.append(_element("w:showingPlcHdr"))
    if many:
        text = _element("w:text")
        text.set(qn("w:multiLine"), "1")
        properties.append(text)
    control.append(properties)
    control.append(content)
    line.append(control)
    return content


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
