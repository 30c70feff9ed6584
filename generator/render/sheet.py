"""The only door to XlsxWriter: tables with typed columns in, the bytes of a workbook out. Text stays text: no formulas, no links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from generator.render.safe import xml_text

Cell = str | int | date | None
Kind = Literal["text", "long", "number", "date"]
MOST = 32_767  # characters a cell can hold
_GREY, _A3 = "#E7E6E0", 8  # paper: many columns on one width
_CUT = "……（单元格写不下，全文见网页）"


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: in characters; ``kind``: long text is wrapped."""

    label: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a frozen, filtered header row, or, where it has no columns, lines of notes."""

    name: str
    columns: Sequence[Column] = ()
    rows: Iterable[Sequence[Cell]] = field(default=())
    frozen: int = 2  # columns that stay in sight


def workbook(sheets: Sequence[Sheet], title: str, day: date) -> bytes:
    """The file. ``day``: when it says it was made."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": xml_text(title), "created": datetime.combine(day, time())})
    top = {"valign": "top", "font_name": "Microsoft YaHei", "font_size": 10}
    formats = {
        "text": book.add_format({**top, "num_format": "@"}),
        "long": book.add_format({**top, "num_format": "@", "text_wrap": True}),
        "number": book.add_format(top),
        "date": book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        "head": book.add_format({**top, "bold": True, "bg_color": _GREY, "bottom": 1, "text_wrap": True}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.columns:
            _fill(page, sheet, formats)
            continue
        page.set_column(0, 0, 100)
        for at, (line, *_) in enumerate(sheet.rows):
            page.write_string(at, 0, _fitting(str(line)), formats["long"])
    book.close()
    return stream.getvalue()


def _fill(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, xml_text(column.label), formats["head"])
    styles = [formats[column.kind] for column in sheet.columns]
    count = 0
    for count, row in enumerate(sheet.rows, 1):
        for at, (value, style) in enumerate(zip(row, styles, strict=True)):
            if isinstance(value, str):
                if value:
                    page.write_string(count, at, _fitting(value), style)
            elif isinstance(value, date):
                page.write_datetime(count, at, value, style)
            elif value is not None:
                page.write_number(count, at, value, style)
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, count, len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(_A3)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页，共 &N 页")


def _fitting(text: str) -> str:
    text = xml_text(text)
    return text if len(text) <= MOST else text[: MOST - len(_CUT)] + _CUT
