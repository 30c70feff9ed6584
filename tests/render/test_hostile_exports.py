"""What contributors may write is text in every export: no formula, no markup, nothing lost (threats.md X1 to X5)."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from generator.model.catalog import Catalog
from generator.render.data import documents
from generator.render.data.database import database
from generator.render.data.files import _csv
from generator.render.data.tables import tables
from generator.render.official import Asked, OfficialLists
from generator.render.official_files import FORMATS
from generator.render.pdf import MISSING, characters, printable
from generator.render.safe import xml_text
from generator.render.sheet import MOST, Column, Sheet, workbook
from tests.render.conftest import HOSTILE

STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture(scope="module")
def lists(hostile_catalog: Catalog) -> OfficialLists:
    return OfficialLists(hostile_catalog)


def titles(catalog: Catalog) -> dict[str, str]:
    return {activity.id: activity.title for activity in catalog.activities}


def test_excel_keeps_every_text_and_makes_nothing_of_it(lists: OfficialLists) -> None:
    data = FORMATS["xlsx"](lists, Asked())
    page = load_workbook(io.BytesIO(data))["清单"]
    rows = list(page.iter_rows(min_row=2))
    wanted = titles(lists.catalog)
    assert {row[-1].value: row[1].value for row in rows} == wanted
    assert {cell.data_type for row in rows for cell in row if isinstance(cell.value, str)} == {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"hyperlink" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("text", ["字" * (MOST + 1), "字" * 80_000])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(text: str) -> None:
    sheet = Sheet("表", [Column("甲", 10)], [(text,)], frozen=0)
    value = load_workbook(io.BytesIO(workbook([sheet], "测试", date(2026, 1, 1))))["表"]["A2"].value
    assert len(value) == MOST
    assert value.endswith("全文见网页）")


def test_csv_cells_never_begin_like_a_formula_and_are_all_quoted(hostile_catalog: Catalog) -> None:
    table = tables(hostile_catalog)[0]
    for data in (_csv(table), FORMATS["csv"](OfficialLists(hostile_catalog), Asked())):
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) == len(hostile_catalog.activities) + 1
        assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(STARTS)]
        quoted = io.StringIO(newline="")
        csv.writer(quoted, quoting=csv.QUOTE_ALL).writerows(rows)
        assert quoted.getvalue() == text
    heads, *rows = csv.reader(io.StringIO(_csv(table).decode("utf-8-sig"), newline=""))
    at = heads.index("title")
    assert {row[0]: row[at].removeprefix("'") for row in rows} == {
        id: title.removeprefix("'") for id, title in titles(hostile_catalog).items()
    }


def test_word_shows_every_text_as_it_was_written(lists: OfficialLists) -> None:
    document: Any = Document(io.BytesIO(FORMATS["docx"](lists, Asked())))
    body = document.element.body
    assert {text.text.split()[0] for text in body.iter(qn("w:instrText"))} == {"TOC"}
    shown = {cell.text for table in document.tables for row in table.rows for cell in [row.cells[1]]}
    assert shown == {*titles(lists.catalog).values(), "活动名称"}


def test_the_pdf_prints_what_the_fonts_have_and_counts_the_rest(lists: OfficialLists) -> None:
    reader = PdfReader(io.BytesIO(FORMATS["pdf"](lists, Asked())))
    text = "".join(page.extract_text() for page in reader.pages).replace("\u200b", "").replace("\n", "")
    for wanted in ("#set text(red)", "#sys.inputs", "*粗*", "{{ 7*7 }}", "<script>", "DROP TABLE"):
        assert wanted.replace(" ", "") in text.replace(" ", "")
    assert MISSING in text
    assert "印作" in text


def test_every_character_of_the_fonts_is_printed_and_no_other_is_asked_for() -> None:
    assert {"里", "具", "添", "港", "镕", "A", "①"} <= characters()
    assert printable({"a": ["好\U0001f600", 1], "b": None}) == ({"a": [f"好{MISSING}", 1], "b": None}, 1)
    assert printable("一\r\n二") == ("一\n二", 0)


def test_the_database_and_json_hold_every_text_unchanged(hostile_catalog: Catalog) -> None:
    store = sqlite3.connect(":memory:")
    store.deserialize(database(hostile_catalog, tables(hostile_catalog)))
    wanted = titles(hostile_catalog)
    assert dict(store.execute("SELECT id, title FROM activities")) == wanted
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    lines = documents.ndjson(hostile_catalog, "activities").decode().split("\n")[:-1]
    assert {one["id"]: one["title"] for one in map(json.loads, lines)} == wanted


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_never_reaches_it(character: str) -> None:
    assert xml_text(f"甲{character}乙\r\n丙\r丁") == "甲\ufffd乙\n丙\n丁"


def test_the_strings_are_hostile() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) > 30
