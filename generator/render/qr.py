"""A text in, its QR code as a small SVG out: the only door to the library that makes the code."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import zxingcpp
from markupsafe import Markup

QUIET = 4  # modules of white on each side, as the standard asks
_SPACE = "http://www.w3.org/2000/svg"
_HERE = "HERE"
_WORDS = [*map(str, range(200))]  # no run is longer than the widest code, 177 modules, and a step


def qr_svg(text: str, title: str = "二维码") -> bytes:
    """A whole SVG file, black on white whatever stands around it; it has no size of its own, only its proportions.

    All modules are one line that runs to and fro over the rows, with the dark ones as its dashes: 300 bytes, gzipped, where a path
    for each row takes 430.
    """
    return _drawn(text, title).encode()


def qr_code(text: str, title: str) -> Markup:
    """The same, to be put into a page."""
    return Markup(_drawn(text, title))  # noqa: S704 - the XML library escaped the title


def _drawn(text: str, title: str) -> str:
    """Level L: a code on a screen or a page is whole, and the fewer modules the easier to read. One pattern of masking for all:
    looking for the best of eight takes five times as long, and readers undo any."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L", data_mask=0)
    dark = np.asarray(code.to_image(add_quiet_zones=False)) < 128
    before, after = _around(len(dark), title)
    return f"{before}{_dashes(dark)}{after}"


@cache
def _around(size: int, title: str) -> tuple[str, str]:
    """What stands before and after the dashes: the same for all codes of a size."""
    whole = size + 2 * QUIET
    svg = ET.Element("svg", {"xmlns": _SPACE, "viewBox": f"-{QUIET} -{QUIET} {whole} {whole}", "role": "img"})
    svg.set("shape-rendering", "crispEdges")
    ET.SubElement(svg, "title").text = title
    ET.SubElement(svg, "path", {"fill": "#fff", "d": f"M-{QUIET}-{QUIET}h{whole}v{whole}h-{whole}z"})
    # A line through the middle of every row, from left to right and back, with a step down at the end of each.
    rows = "M0 .5" + "v1".join(f"h-{size}" if row % 2 else f"h{size}" for row in range(size))
    ET.SubElement(svg, "path", {"fill": "none", "stroke": "#000", "d": rows, "stroke-dasharray": _HERE})
    before, _, after = ET.tostring(svg, encoding="unicode").rpartition(_HERE)
    return before, after


def _dashes(dark: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    """Lengths of dark and light in turn along that line. The first module of every code is dark, and each step down is light."""
    line = np.zeros((len(dark), len(dark) + 1), dtype=np.int8)
    line[:, :-1] = dark
    line[1::2, :-1] = dark[1::2, ::-1]
    flat = line.ravel()
    ends = (np.flatnonzero(flat[1:] != flat[:-1]) + 1).tolist()
    return " ".join([_WORDS[end - begin] for begin, end in zip([0, *ends], [*ends, flat.size], strict=True)])
