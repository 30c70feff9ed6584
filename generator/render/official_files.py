"""A list in, the bytes of its file out, in each of four formats."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from pathlib import Path

from generator.render.flat import as_text
from generator.render.official import Asked, OfficialLists
from generator.render.official_rows import COLUMNS, PRINTED
from generator.render.pdf import breakable, characters, compile_pdf
from generator.render.sheet import Sheet, workbook
from generator.render.table import csv_text

PRINT = Path(__file__).resolve().parents[2] / "theme" / "print"


def ready(endings: Collection[str]) -> None:
    """Load what some formats need, before writers fork: each of them would load it anew."""
    libraries = {"pdf": ("typst",), "docx": ("generator.render.word",), "xlsx": ("xlsxwriter",)}
    for ending in endings:
        for library in libraries.get(ending, ()):
            import_module(library)
    if "pdf" in endings:
        characters()


def csv(lists: OfficialLists, asked: Asked) -> bytes:
    """With a byte order mark, every cell quoted."""
    rows = ([as_text(cell) for cell in row] for row in lists.rows(asked))
    return csv_text([[column.label for column in COLUMNS], *rows]).encode()


def xlsx(lists: OfficialLists, asked: Asked) -> bytes:
    """Typed cells, filters, a frozen header; notes on a sheet of their own."""
    notes = [(line,) for line in (lists.title(asked), lists.banner(), *lists.facts(asked), *lists.notes(asked))]
    sheets = [Sheet("清单", COLUMNS, lists.rows(asked)), Sheet("说明", rows=notes)]
    return workbook(sheets, lists.title(asked), lists.catalog.today)


def pdf(lists: OfficialLists, asked: Asked) -> bytes:
    """Tagged, with bookmarks; the header row is repeated."""
    document = lists.document(asked)
    for part in document["parts"]:
        for group in part["groups"]:
            group["rows"] = [[breakable(cell) for cell in row] for row in group["rows"]]
    return compile_pdf(PRINT / "list.typ", document)


def docx(lists: OfficialLists, asked: Asked) -> bytes:
    """Headings and tables with Word's own styles, a table of contents, page numbers."""
    from generator.render import word  # python-docx is loaded by releases and exports only

    document = lists.document(asked)
    pages = word.blank(document["title"], lists.catalog.today, landscape=True)
    footer = f"{document['title']}　{document['banner']}" if document["demonstration"] else document["title"]
    word.page_numbers(pages, footer)
    word.paragraph(pages, document["title"], "Title", centred=True, before=3)
    word.paragraph(pages, document["banner"], centred=True, size=16)
    for line in document["facts"]:
        word.paragraph(pages, line, centred=True, size=12)
    for line in document["notes"]:
        word.paragraph(pages, line, "List Bullet")
    headings = [
        (level, thing["title"], f"part{number}" if level == 1 else f"part{number}group{at}")
        for number, part in enumerate(document["parts"], 1)
        for at, (level, thing) in enumerate([(1, part), *((2, group) for group in part["groups"])])
    ]
    if headings:
        word.new_page(pages)
        word.paragraph(pages, "目录", "TOC Heading")
        word.contents(pages, headings)
    anchors = iter(headings)
    for part in document["parts"]:
        level, title, anchor = next(anchors)
        word.heading(pages, title, level, anchor, new_page=True)
        for group in part["groups"]:
            level, title, anchor = next(anchors)
            word.heading(pages, title, level, anchor)
            word.paragraph(pages, group["note"], size=9, with_next=True)
            word.table(pages, [label for label, _ in PRINTED], [width for _, width in PRINTED], group["rows"])
    return word.saved(pages)


FORMATS = {"xlsx": xlsx, "docx": docx, "pdf": pdf, "csv": csv}
FORMAT_NAMES = {"xlsx": "Excel", "docx": "Word", "pdf": "PDF", "csv": "CSV"}
