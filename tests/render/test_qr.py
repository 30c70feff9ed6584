"""QR codes: what is drawn reads as what was written."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from generator.render.qr import qr_svg

SVG = "{http://www.w3.org/2000/svg}"


def painted(svg: bytes) -> np.ndarray:
    """The code as a picture, 4 pixels a module, painted by walking along the dashed line."""
    tree = ET.fromstring(svg)
    low, _, whole, _ = map(int, tree.get("viewBox", "").split())
    picture = np.full((whole, whole), 255, dtype=np.uint8)
    line = next(path for path in tree.iter(f"{SVG}path") if path.get("stroke"))
    lengths = list(map(int, line.get("stroke-dasharray", "").split()))
    assert len(lengths) % 2 == 0, "an odd list would be read twice"
    size = whole + 2 * low
    at = 0
    for dark, length in zip(np.tile([True, False], len(lengths) // 2), lengths, strict=True):
        for step in range(at, at + length):
            row, along = divmod(step, size + 1)  # each row is followed by one step down
            if along < size:
                picture[row - low, (size - 1 - along if row % 2 else along) - low] = 0 if dark else 255
            else:
                assert not dark
        at += length
    assert at == size * (size + 1)
    return np.kron(picture, np.ones((4, 4), dtype=np.uint8))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=300))
def test_a_code_reads_as_its_address(path: str) -> None:
    text = "https://example.org/" + path
    assert [found.text for found in zxingcpp.read_barcodes(painted(qr_svg(text)))] == [text]


def test_a_code_reads_chinese() -> None:
    assert zxingcpp.read_barcode(painted(qr_svg("科技志愿服务"))).text == "科技志愿服务"


def test_the_title_of_a_code_is_text() -> None:
    svg = qr_svg("https://example.org/", "<script>'\"&")
    assert ET.fromstring(svg).findtext(f"{SVG}title") == "<script>'\"&"
    assert b"<script" not in svg
