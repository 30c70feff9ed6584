"""Form pages in, the bytes of a Word or PDF form out. In Word every answer stands in a content control with its key as the tag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from generator.model.form import DEMONSTRATION, KINDS, NOTES
from generator.render import word, word_form
from generator.render.form import EMPTY, FormPage, Place, form_page
from generator.render.output import OutputFile
from generator.render.pdf import compile_pdf
from generator.render.safe import xml_text
from generator.render.site import Site

TEMPLATE = Path(__file__).resolve().parents[2] / "theme" / "print" / "form.typ"
_LABEL, _PART, _ANSWER = 3.6, 2.6, 11.8  # centimetres
_TICKED = "■"  # the embedded fonts have no ☑


def form_docx(kind: str, pages: Sequence[FormPage], day: date, is_demonstration: bool) -> bytes:
    """A form in Word, one table an activity, each on a page of its own."""
    number, title = KINDS[kind]
    document = word.blank(title, day, margin=1.8)
    for at, page in enumerate(pages):
        if at:
            word.new_page(document)
        word.paragraph(document, number)
        if is_demonstration:
            word.paragraph(document, DEMONSTRATION, centred=True)
        word.paragraph(document, title, "Heading 1", centred=True)
        if not at:
            for note in NOTES:
                word.paragraph(document, note, size=9)
        word_form.control_line(document, "form", page.marker)
        _table(document, page)
    word.page_numbers(document, title)
    return word.saved(document)


def _table(document: Any, page: FormPage) -> None:
    rows: list[list[tuple[word_form.Label | word_form.Control | None, int]]] = []
    for row in page.rows:
        label = word_form.Label(row.label, row.help)
        if row.answer:
            rows.append([(label, 1), (_control(row.answer), 2)])
            continue
        for at, (name, place) in enumerate(row.parts):
            rows.append([(label if at == 0 else None, 1), (word_form.Label(name), 1), (_control(place), 1)])
    word_form.form_table(document, (_LABEL, _PART, _ANSWER), rows)


def _control(place: Place) -> word_form.Control:
    options = tuple((xml_text(name), ticked) for name, ticked in place.options)
    return word_form.Control(place.tag, xml_text(place.text), options)


def form_pdf(kind: str, pages: Sequence[FormPage], day: date, is_demonstration: bool) -> bytes:
    """The same form as a PDF, to be printed and stamped."""
    number, title = KINDS[kind]
    data = {
        "number": number,
        "title": title,
        "banner": DEMONSTRATION if is_demonstration else "",
        "notes": list(NOTES),
        "day": day.isoformat(),
        "pages": [
            {
                "marker": page.marker,
                "rows": [
                    {
                        "label": row.label,
                        "help": row.help,
                        "answer": _printed(row.answer) if row.answer else None,
                        "parts": [{"label": name, "answer": _printed(place)} for name, place in row.parts],
                    }
                    for row in page.rows
                ],
            }
            for page in pages
        ],
    }
    return compile_pdf(TEMPLATE, data)


def _printed(place: Place) -> dict[str, Any]:
    text = "　".join(f"{_TICKED if ticked else EMPTY} {name}" for name, ticked in place.options) or place.text
    return {"text": text, "lines": place.lines}


def files(site: Site) -> Iterator[OutputFile]:
    """The blank forms for the site, as the guide offers them."""
    known, day = site.catalog.known, site.catalog.today
    for kind in KINDS:
        pages = [form_page(known, kind, "", "", {})]
        for style, make in (("docx", form_docx), ("pdf", form_pdf)):
            is_demonstration = not site.settings.extra.get("operator")
            yield OutputFile(
                f"data/forms/{kind}.{style}", partial(make, kind, pages, day, is_demonstration), heavy=style == "pdf"
            )
