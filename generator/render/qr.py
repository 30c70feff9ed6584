"""A text in, its QR code as a small SVG out: the only door to the library that makes the code."""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import zxingcpp
from markupsafe import Markup

QUIET = 4  # modules of white on each side, as the standard asks
_SPACE = "http://www.w3.org/2000/svg"


def qr_svg(text: str, title: str = "二维码") -> bytes:
    """A whole SVG file, black on white whatever stands around it; it has no size of its own, only its proportions.

    All modules are one line that runs to and fro over the rows, with the dark ones as its dashes: 300 bytes, gzipped, where a path
    for each row takes 430.
    """
    dark = _modules(text)
    size = len(dark)
    whole = size + 2 * QUIET
    svg = ET.Element("svg", {"xmlns": _SPACE, "viewBox": f"-{QUIET} -{QUIET} {whole} {whole}", "role": "img"})
    svg.set("shape-rendering", "crispEdges")
    ET.SubElement(svg, "title").text = title
    ET.SubElement(svg, "path", {"fill": "#fff", "d": f"M-{QUIET}-{QUIET}h{whole}v{whole}h-{whole}z"})
    line = {"fill": "none", "stroke": "#000", "d": _rows(size), "stroke-dasharray": _dashes(dark)}
    ET.SubElement(svg, "path", line)
    data: bytes = ET.tostring(svg, encoding="utf-8")
    return data


def qr_code(text: str, title: str) -> Markup:
    """The same, to be put into a page."""
    return Markup(qr_svg(text, title).decode())  # noqa: S704 - the XML library escaped the title


def _modules(text: str) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """The dark modules, in rows. Level L: a code on a screen or a page is whole, and the fewer modules the easier to read."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    dark: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = np.asarray(code.to_image(add_quiet_zones=False)) < 128
    return dark


@cache
def _rows(size: int) -> str:
    """A line through the middle of every row, from left to right and back, with a step down at the end of each."""
    there, back = f"h{size}", f"h-{size}"
    return "M0 .5" + "v1".join(back if row % 2 else there for row in range(size))


def _dashes(dark: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> str:
    """Lengths of dark and light in turn along that line. The first module of every code is dark, and each step down is light."""
    line = np.zeros((len(dark), len(dark) + 1), dtype=np.int8)
    line[:, :-1] = dark
    line[1::2, :-1] = dark[1::2, ::-1]
    ends = np.flatnonzero(np.diff(line.ravel())) + 1
    lengths = np.diff(ends, prepend=0, append=line.size).tolist()
    return " ".join(map(str, lengths))
