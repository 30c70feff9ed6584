"""The official list as people open it: Word, PDF, Excel and CSV say the same, and look after readers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader

from generator.model.catalog import Catalog
from generator.render.official import DEMONSTRATION, Asked, OfficialLists
from generator.render.official_files import FORMATS
from generator.render.official_rows import COLUMNS, PRINTED

ALL = Asked()


@pytest.fixture(scope="module")
def lists(village_catalog: Catalog) -> OfficialLists:
    return OfficialLists(village_catalog)


@pytest.fixture(scope="module")
def word(lists: OfficialLists) -> Any:
    return Document(io.BytesIO(FORMATS["docx"](lists, ALL)))


@pytest.fixture(scope="module")
def pdf(lists: OfficialLists) -> PdfReader:
    return PdfReader(io.BytesIO(FORMATS["pdf"](lists, ALL)))


@pytest.fixture(scope="module")
def book(lists: OfficialLists) -> Any:
    return load_workbook(io.BytesIO(FORMATS["xlsx"](lists, ALL)))


def headings(lists: OfficialLists) -> list[str]:
    found = []
    for part in lists.document(ALL)["parts"]:
        found += [part["title"], *(group["title"] for group in part["groups"])]
    return found


def test_every_activity_stands_in_the_list_once_under_its_level_and_its_standing(lists: OfficialLists) -> None:
    catalog = lists.catalog
    listed = [position for part in lists.parts(ALL) for group in part.groups for position in group.positions]
    assert sorted(listed) == list(range(len(catalog.activities)))
    for part in lists.parts(ALL):
        for group in part.groups:
            for position in group.positions:
                level = catalog.societies[catalog.activities[position].society].level
                assert ("全国学会" in part.title) == (level == "national")
                assert ("省级学会" in part.title) == (level == "provincial")
                assert ("往年活动" in group.title) == (catalog.standings[position] == "past")


@pytest.mark.parametrize(
    "asked", [Asked(year="2026"), Asked(region="140000"), Asked(call="2021"), Asked(year="2026", region="140000")]
)
def test_a_list_holds_what_was_asked_for_and_nothing_else(lists: OfficialLists, asked: Asked) -> None:
    catalog = lists.catalog
    wanted = {
        activity.id
        for position, activity in enumerate(catalog.activities)
        if (not asked.year or activity.year == asked.year)
        and (not asked.call or activity.call == asked.call)
        and (not asked.region or position in catalog.chosen("regions", asked.region))
    }
    assert {row[-1] for row in lists.rows(asked)} == wanted
    assert [row[0] for row in lists.rows(asked)] == list(range(1, len(wanted) + 1))


def test_word_has_headings_a_filled_table_of_contents_page_numbers_and_repeated_header_rows(
    lists: OfficialLists, word: Any
) -> None:
    titled = [line.text for line in word.paragraphs if line.style.name.startswith("Heading")]
    assert titled == headings(lists)
    body = word.element.body
    fields = [text.text.split()[0] for text in body.iter(qn("w:instrText"))]
    assert fields == ["TOC"]
    entries = ["".join(text.text for text in link.iter(qn("w:t"))) for link in body.iter(qn("w:hyperlink"))]
    assert entries == headings(lists)
    anchors = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= anchors
    footer = word.sections[0].footer.paragraphs[0]
    assert [text.text.strip() for text in footer._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert word.sections[0].page_width > word.sections[0].page_height
    for table in word.tables:
        assert table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [cell.text for cell in table.rows[0].cells] == [label for label, _ in PRINTED]


def cells_of_word(word: Any) -> Iterator[list[str]]:
    for table in word.tables:
        for row in table._tbl.tr_lst[1:]:
            yield [
                "\n".join("".join("\n" if part.tag == qn("w:br") else part.text or "" for part in line.iter(qn("w:t"), qn("w:br"))) for line in cell.iter(qn("w:p")))
                for cell in row.tc_lst
            ]  # fmt: skip


def test_word_holds_every_row(lists: OfficialLists, word: Any) -> None:
    wanted = [list(row) for part in lists.document(ALL)["parts"] for group in part["groups"] for row in group["rows"]]
    assert list(cells_of_word(word)) == wanted


def test_the_first_page_says_that_it_is_a_demonstration_until_there_is_an_operator(
    lists: OfficialLists, word: Any, pdf: PdfReader, book: Any
) -> None:
    assert DEMONSTRATION in [line.text for line in word.paragraphs[:3]]
    assert DEMONSTRATION in pdf.pages[0].extract_text()
    assert DEMONSTRATION in [row[0].value for row in book["说明"].iter_rows()]
    named = OfficialLists(lists.catalog, operator="测试主办单位")
    assert named.banner() == "主办：测试主办单位"
    text = PdfReader(io.BytesIO(FORMATS["pdf"](named, ALL))).pages[0].extract_text()
    assert "测试主办单位" in text
    assert DEMONSTRATION not in text


def test_the_pdf_is_tagged_has_bookmarks_and_all_fonts_inside(lists: OfficialLists, pdf: PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()

    def titles(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield entry.title

    assert list(titles(pdf.outline))[-len(headings(lists)) :] == headings(lists)
    for page in pdf.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in described or "/FontFile2" in described


def test_the_pdf_repeats_its_header_row_on_every_page_of_a_table(lists: OfficialLists, pdf: PdfReader) -> None:
    texts = [re.sub(r"\s", "", page.extract_text()) for page in pdf.pages]
    tables = [text for text in texts[1:] if "目录" not in text[:4]]
    assert len(tables) > 1
    assert all("序号活动名称单位" in text for text in tables)
    whole = "".join(texts).replace("\u200b", "")
    for activity in lists.catalog.activities:
        assert re.sub(r"\s", "", activity.title)[:8] in whole


def test_excel_has_typed_cells_filters_a_frozen_header_and_notes(lists: OfficialLists, book: Any) -> None:
    page = book["清单"]
    assert [cell.value for cell in page[1]] == [column.label for column in COLUMNS]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.print_title_rows == "$1:$1"
    rows = list(lists.rows(ALL))
    assert page.max_row == len(rows) + 1
    dates = 0
    for shown, row in zip(page.iter_rows(min_row=2, values_only=True), rows, strict=True):
        for value, cell in zip(shown, row, strict=True):
            if isinstance(cell, date):
                dates += 1
                assert isinstance(value, datetime)
                assert value.date() == cell
            else:
                assert value == (cell if cell != "" else None)
    assert dates


def test_csv_says_what_excel_says(lists: OfficialLists) -> None:
    text = FORMATS["csv"](lists, ALL).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head == [column.label for column in COLUMNS]
    assert [row[-1] for row in rows] == [row[-1] for row in lists.rows(ALL)]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_list_is_the_same_bytes(lists: OfficialLists, ending: str) -> None:
    asked = Asked(year="2026")
    fresh = OfficialLists(lists.catalog)
    assert FORMATS[ending](lists, asked) == FORMATS[ending](fresh, asked)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_list_without_activities_says_so(lists: OfficialLists, ending: str) -> None:
    empty = FORMATS[ending](lists, Asked(call="2021", region="810000"))
    assert empty
    if ending == "pdf":
        assert "还没有符合条件的活动" in PdfReader(io.BytesIO(empty)).pages[0].extract_text()
