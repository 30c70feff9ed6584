"""Files that want to do harm, or are not what their name says: name -> bytes, and the code of the reason they are refused for (or nothing)."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

from tests.forms.builder import W, docx_of

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'


def package(document: str | bytes, **more: str | bytes) -> bytes:
    """A .docx around a document part."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": document,
        **more,
    }
    return zipped(list(members.items()))


def zipped(members: list[tuple[str, str | bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def body(inside: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?><w:document {W}><w:body>{inside}</w:body></w:document>"


def _lying() -> bytes:
    """A member that says it is small and is not."""
    data = bytearray(package(body("<w:p/>" * 2_000_000)))
    real = struct.pack("<I", len(body("<w:p/>" * 2_000_000)))
    return bytes(data.replace(real, struct.pack("<I", 1000)))


def _nested_zip() -> bytes:
    inner = zipped([("0.txt", b"\0" * 4_000_000)])
    for _ in range(5):
        inner = zipped([(f"{number}.zip", inner) for number in range(8)])
    return package(body("<w:p><w:r><w:t>活动名称：套娃</w:t></w:r></w:p>"), **{"word/embeddings/a.zip": inner})


def _image_bomb() -> bytes:
    raw = zlib.compress(b"\0" * 30_000_000)
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + b"IHDR"
        + head
        + b"\0\0\0\0"
        + struct.pack(">I", len(raw))
        + b"IDAT"
        + raw
    )
    return package(body("<w:p><w:r><w:t>活动名称：大图测试活动</w:t></w:r></w:p>"), **{"word/media/image1.png": png})


def _doubled() -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(stream, "w") as archive:
        for name, data in (
            ("[Content_Types].xml", TYPES),
            ("word/document.xml", body("")),
            ("word/document.xml", body("<w:p/>")),
        ):
            archive.writestr(name, data)
    return stream.getvalue()


def _encrypted() -> bytes:
    data = bytearray(package(body("<w:p/>")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _ole(*names: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 504
        + b"".join(name.encode("utf-16-le") + b"\0" * 40 for name in names)
    )


GOOD = docx_of([{"table": [["活动名称", "好好的一张表"], ["服务对象", "农民"]]}])
_TABLE = "<w:tbl>{}</w:tbl>"
_CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
_SHEET = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)


def sheet(inside: str, shared: str = "") -> bytes:
    """An .xlsx around a sheet part."""
    members: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", TYPES),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='a' r:id='r1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", _SHEET.format(inside)),
    ]
    return zipped(members + ([("xl/sharedStrings.xml", shared)] if shared else []))


def entities(kind: str) -> bytes:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    heads = {
        "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "web": '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        "laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>',
    }
    return package(body("<w:p/>").replace("<w:document", heads[kind] + "<w:document", 1))


def _wide_row() -> str:
    return "<w:tr>" + "".join(_CELL.replace("x", str(n * 7919 % 99991)) for n in range(10_000)) + "</w:tr>"


CASES: dict[str, tuple[bytes, str]] = {
    "three-million-paragraphs": (package(body("<w:p/>" * 3_000_000)), "bomb"),
    "paragraphs-just-below-the-ratio": (package(body("".join(f"<w:p><w:r><w:t>{n * 7919 % 99991}</w:t></w:r></w:p>" for n in range(180_000)))), "bomb"),
    "a-member-that-lies-about-its-size": (_lying(), "broken"),
    "nested-archives": (_nested_zip(), "packed-inside"),
    "a-huge-picture": (_image_bomb(), "huge-picture"),
    "one-run-of-300-megabytes": (package(body(f"<w:p><w:r><w:t>{'a' * 300_000_000}</w:t></w:r></w:p>")), "bomb"),
    "a-table-of-180000-cells": (package(body(_TABLE.format("".join(f"<w:tr>{_CELL * 18}</w:tr>" for _ in range(10_000))))), "bomb"),
    "a-table-of-10000-columns": (package(body(_TABLE.format(_wide_row()))), "huge-table"),
    "a-cell-that-spans-a-million-columns": (package(body(_TABLE.format("<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999'/></w:tcPr><w:p/></w:tc></w:tr>"))), "huge-table"),
    "tables-nested-400-deep": (package(body("<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400)), "deep"),
    "tables-nested-60-deep": (package(body("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60)), "deep"),
    "controls-nested-5000-deep": (package(body("<w:sdt><w:sdtContent>" * 5000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5000)), "deep"),
    "an-entity-that-reads-a-file": (entities("file"), "entities"),
    "a-definition-from-the-web": (entities("web"), "entities"),
    "a-billion-laughs": (entities("laughs"), "entities"),
    "entities-in-utf-16": (package(("\ufeff" + body("<w:p/>").replace("UTF-8", "UTF-16").replace("<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1)).encode("utf-16-le")), "entities"),
    "the-same-member-twice": (_doubled(), "polyglot"),
    "an-archive-behind-a-script": (b"<script>alert(1)</script>" + GOOD, "polyglot"),
    "an-encrypted-archive": (_encrypted(), "encrypted"),
    "an-encrypted-office-file": (_ole("EncryptedPackage"), "encrypted"),
    "an-old-word-file": (_ole("WordDocument"), "doc"),
    "an-old-excel-file": (_ole("Workbook"), "xls"),
    "a-pdf": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a-photograph": (b"\xff\xd8\xff\xe0" + b"\0" * 100, "picture"),
    "rich-text": (b"{\\rtf1 hello}", "rtf"),
    "plain-text-under-another-name": ("活动名称：果树修剪".encode(), "text"),
    "gbk-text-under-another-name": ("活动名称：果树修剪".encode("gbk"), "text"),
    "a-web-page-under-another-name": (b"<html><table><tr><td>x</td></tr></table></html>", "html"),
    "an-empty-file": (b"", "empty"),
    "zeros": (b"\0" * 10_000, "empty"),
    "random-bytes": (bytes((n * 7919 + 13) % 251 for n in range(5000)), "unknown"),
    "a-truncated-file": (GOOD[: len(GOOD) // 2], "broken"),
    "a-file-with-flipped-bytes": (GOOD[:400] + bytes(byte ^ 0x55 for byte in GOOD[400:2000]) + GOOD[2000:], "broken"),
    "a-macro-file": (package(body("<w:p/>"), **{"[Content_Types].xml": TYPES.replace("application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml")}), "macro"),
    "an-empty-archive": (b"PK\x05\x06" + b"\0" * 18, "polyglot"),
    "no-document-part": (zipped([("[Content_Types].xml", TYPES), ("word/other.xml", "<a/>")]), "broken"),
    "a-target-outside-the-package": (zipped([("[Content_Types].xml", TYPES), ("_rels/.rels", RELS.replace("word/document.xml", "../../../etc/passwd")), ("word/x.xml", "<a/>")]), "broken"),
    "a-broken-document-part": (package("<w:document><w:body>"), "broken"),
    "only-a-picture": (package(body("<w:p><w:r><w:drawing><a:blip xmlns:a='x'/></w:drawing></w:r></w:p>")), "scan"),
    "nothing-in-it": (package(body("<w:p/>")), "no-text"),
    "a-sheet-with-10000-columns": (sheet("<row r='1'>" + "".join(f"<c r='{chr(65 + n // 676 % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}1' t='str'><v>x</v></c>" for n in range(10_000)) + "</row>"), "huge-table"),
    "a-sheet-merged-over-everything": (sheet("<row r='1'><c r='A1' t='str'><v>活动名称</v></c></row>"), "nothing"),
    "a-row-at-the-end-of-the-sheet": (sheet("<row r='1048576'><c r='A1048576' t='str'><v>活动名称一二</v></c></row>"), "nothing"),
}  # fmt: skip


def _strings(cells: int, text: str) -> bytes:
    """A sheet whose cells all point at one long shared string."""
    rows = "".join(
        f"<row r='{row}'>" + "".join(f"<c r='{chr(65 + at)}{row}' t='s'><v>0</v></c>" for at in range(20)) + "</row>"
        for row in range(1, cells // 20 + 1)
    )
    return sheet(rows, f"<sst><si><t>{text}</t></si></sst>")


def _numbers() -> bytes:
    """One answer of seven megabytes of digits, of which no two hundred are alike."""
    digits = "".join(f"{n * 7919 % 99991}-@. " for n in range(700_000))
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for label, text in (("联系方式", digits), ("活动名称", "好好的一张表"))
    )
    return package(body(_TABLE.format(rows)))


GREEDY: dict[str, bytes] = {
    "a-million-cells": _strings(1_000_000, "x"),
    "one-shared-string-of-many-lines-everywhere": _strings(19_000, "活动名称：果树&#10;" * 2000),
    "an-answer-of-seven-megabytes": _numbers(),
    "attributes-without-end": package(body("<w:p " + " ".join(f"a{n}='{n}'" for n in range(300_000)) + "/>")),
}
