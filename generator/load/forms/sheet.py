"""The package of an .xlsx in, a Document out: one table a visible sheet, cells as their reader sees them."""

from __future__ import annotations

import re

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from generator.load.forms.archive import Package, Unreadable
from generator.load.forms.document import Block, Cell, Document, Piece, Table
from generator.load.forms.elements import attribute, child, is_on, local
from generator.load.text import without_forbidden

MOST_CELLS = 20_000
MOST_COLUMNS = 200
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read_sheet(package: Package) -> Document:
    """Every visible sheet. Raises Unreadable."""
    workbook = package.xml("xl/workbook.xml")
    if workbook is None:
        raise Unreadable("broken")
    rels = {str(rel.get("Id")): str(rel.get("Target")) for rel in _all(package.xml("xl/_rels/workbook.xml.rels"))}
    reader = _Reader(
        package,
        is_on(child(workbook, "workbookPr")) and attribute(child(workbook, "workbookPr"), "date1904") in ("1", "true"),
    )
    for sheet in _all(child(workbook, "sheets")):
        name, state = attribute(sheet, "name") or "", attribute(sheet, "state")
        if state in ("hidden", "veryHidden"):
            reader.document.notes.append(f"隐藏的工作表“{name}”没有读入")
            continue
        target = rels.get(attribute(sheet, "id") or "", "")
        root = package.xml(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if root is not None and local(root) == "worksheet":
            reader.sheet(root, name)
    reader.tell()
    return reader.document


def _all(element: etree._Element | None) -> list[etree._Element]:
    return list(element) if element is not None else []


class _Reader:
    def __init__(self, package: Package, is_mac: bool) -> None:
        self.document = Document()
        self.package = package
        self.epoch = CALENDAR_MAC_1904 if is_mac else CALENDAR_WINDOWS_1900
        self.shared = [_text(item) for item in _all(package.xml("xl/sharedStrings.xml"))]
        self.formats = _formats(package.xml("xl/styles.xml"))
        self.cells = 0

    def sheet(self, root: etree._Element, name: str) -> None:
        """One sheet as one table, without its hidden rows and columns."""
        hidden = _hidden_columns(child(root, "cols"))
        left_out = 0
        merged = _merged(child(root, "mergeCells"))
        cells: list[Cell] = []
        covered = {
            spot for (row, column), (rows, columns) in merged.items() for spot in _spots(row, column, rows, columns)
        }
        for line in _all(child(root, "sheetData")):
            number = _whole(attribute(line, "r"))
            for one in line:
                spot = _spot(attribute(one, "r") or "", number, cells)
                text = without_forbidden(self.value(one))
                if not text.strip() and spot not in merged:
                    continue
                if attribute(line, "hidden") in ("1", "true") or spot[1] in hidden:
                    left_out += bool(text.strip())
                    continue
                self.cells += 1
                if self.cells > MOST_CELLS or spot[1] > MOST_COLUMNS:
                    raise Unreadable("huge-table")
                if spot in covered and spot not in merged:
                    continue
                rows, columns = merged.get(spot, (1, 1))
                where = f"工作表“{name}”{_letters(spot[1])}{spot[0]}"
                blocks: list[Block] = [Piece(part, where) for part in text.split("\n") if part.strip()]
                cells.append(Cell(spot[0], spot[1], rows, columns, blocks))
        if left_out:
            self.document.notes.append(f"工作表“{name}”里隐藏的行或列没有读入（{left_out}格）")
        if cells:
            _close_gaps(cells)
            self.document.blocks.append(Table(f"工作表“{name}”", cells))

    def value(self, one: etree._Element) -> str:
        """A cell as it is shown: dates as dates, whole numbers without a point."""
        kind = attribute(one, "t") or "n"
        if kind == "inlineStr":
            return _text(child(one, "is"))
        value = child(one, "v")
        text = str(value.text or "") if value is not None else ""
        if kind == "s":
            return self.shared[_whole(text)] if text.isdecimal() and _whole(text) < len(self.shared) else ""
        if kind != "n" or not text:
            return {"1": "是", "0": "否"}.get(text, text) if kind == "b" else "" if kind == "e" else text
        style = _whole(attribute(one, "s"))
        try:
            number = float(text)
            if style < len(self.formats) and is_date_format(self.formats[style]):
                return _day(from_excel(number, self.epoch), self.formats[style])
        except (ValueError, OverflowError, TypeError):
            return text
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text

    def tell(self) -> None:
        """Say what stands beside the cells."""
        names = [name.lower() for name in self.package.names]
        for part, what in (("xl/comments", "批注没有读入"), ("xl/media/", "图片没有读入"), ("xl/embeddings", "嵌入的其他文件没有读入"),
                           ("xl/externallinks", "指向别的文件的链接没有打开"), ("xl/charts", "图表没有读入")):  # fmt: skip
            if any(name.startswith(part) for name in names):
                self.document.notes.append(what)
                self.document.pictures += part == "xl/media/"


def _text(element: etree._Element | None) -> str:
    """The text of a string; pinyin above it is no text."""
    if element is None:
        return ""
    runs = [one for one in element if local(one) != "rPh"]
    return (
        "".join(str(part.text or "") for one in runs for part in one.iter() if local(part) == "t")
        .replace("\r\n", "\n")
        .replace("_x000D_", "")
    )


def _whole(text: str | None, otherwise: int = 0) -> int:
    """A whole number of a file, which may say anything."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def _formats(styles: etree._Element | None) -> list[str]:
    own = {attribute(one, "numFmtId"): attribute(one, "formatCode") or "" for one in _all(child(styles, "numFmts"))}
    ids = [attribute(one, "numFmtId") or "0" for one in _all(child(styles, "cellXfs"))]
    return [own.get(id) or str(BUILTIN_FORMATS.get(_whole(id), "General")) for id in ids]


def _day(moment: object, pattern: str) -> str:
    text = str(moment)
    if not re.search("d", pattern, re.IGNORECASE) and re.search("y", pattern, re.IGNORECASE):
        return text[:7]
    return text[:16] if re.search("h", pattern, re.IGNORECASE) else text[:10]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _spot(reference: str, row: int, cells: list[Cell]) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match:
        return int(match[2]), _column(match[1])
    last = cells[-1] if cells else None
    return row or (last.row if last else 1), (last.column + 1 if last and last.row == row else 1)


def _hidden_columns(element: etree._Element | None) -> set[int]:
    hidden: set[int] = set()
    for column in _all(element):
        if attribute(column, "hidden") in ("1", "true"):
            first, last = _whole(attribute(column, "min"), 1), _whole(attribute(column, "max"), 1)
            hidden |= set(range(first, min(last, MOST_COLUMNS) + 1))
    return hidden


def _close_gaps(cells: list[Cell]) -> None:
    """Count rows from the first that says anything; of a stretch of empty ones only one stays."""
    used = sorted({row for cell in cells for row in range(cell.row, cell.row + cell.rows)})
    numbers: dict[int, int] = {}
    for before, row in zip([used[0] - 1, *used], used, strict=False):
        numbers[row] = numbers.get(before, -1) + (1 if row == before + 1 else 2)
    left = min(cell.column for cell in cells)
    for cell in cells:
        cell.row, cell.column = numbers[cell.row], cell.column - left


def _merged(element: etree._Element | None) -> dict[tuple[int, int], tuple[int, int]]:
    merged = {}
    for one in _all(element):
        ends = [_REFERENCE.fullmatch(part) for part in (attribute(one, "ref") or "").split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        (row, column), (bottom, right) = ((int(end[2]), _column(end[1])) for end in ends if end)
        merged[row, column] = (min(max(bottom - row + 1, 1), 2000), min(max(right - column + 1, 1), MOST_COLUMNS))
    if sum(rows * columns for rows, columns in merged.values()) > MOST_CELLS * 4:
        raise Unreadable("huge-table")
    return merged


def _spots(row: int, column: int, rows: int, columns: int) -> list[tuple[int, int]]:
    return [(row + down, column + right) for down in range(rows) for right in range(columns)]
