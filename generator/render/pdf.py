"""The only door to typst: a template of ``theme/print/`` and data in, the bytes of a PDF out.

Tagged (PDF/UA-1), fonts embedded, the same bytes on every machine. Data stays data: no text of a contributor is ever markup.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[1] / "fonts"
MISSING = "〓"  # what printers set where a character is lacking

_LONG_RUN = re.compile("([!-~]{8})(?=[!-~])")

Json = dict[str, Any]


def compile_pdf(template: Path, data: Json) -> bytes:
    """Fill a template, which reads ``json(bytes(sys.inputs.data))``; templates beside it can be imported.

    Characters that no font has are printed as 〓 and counted: the template finds their number under ``missing``.
    Raises typst.TypstError where a template is wrong; no data can be.
    """
    import typst

    printed, missing = printable(data)
    return typst.compile(
        template,
        root=template.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps({**printed, "missing": missing}, ensure_ascii=False, allow_nan=False)},
    )


def printable(value: Any) -> tuple[Any, int]:
    """The same value with every text printable, and how many characters had to be replaced."""
    if isinstance(value, str):
        return _printable_text(value)
    if isinstance(value, dict):
        pairs = {key: printable(each) for key, each in value.items()}
        return {key: each for key, (each, _) in pairs.items()}, sum(lost for _, lost in pairs.values())
    if isinstance(value, (list, tuple)):
        parts = [printable(each) for each in value]
        return [each for each, _ in parts], sum(lost for _, lost in parts)
    return value, 0


def breakable(text: str) -> str:
    """The same text with places where a long run of Latin letters or digits, such as an address, may go on in the next line."""
    return _LONG_RUN.sub("\\1\u200b", text)


@cache
def characters() -> frozenset[str]:
    """Every character that one of the fonts has; typst takes it from whichever has it."""
    from fontTools.ttLib import TTFont

    known = {"\n", "\u200b"}
    for path in sorted(FONTS.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            known |= {chr(code) for code in font.getBestCmap()}
    return frozenset(known)


def _printable_text(text: str) -> tuple[str, int]:
    if set(text) <= characters():
        return text, 0
    text = text.replace("\r\n", "\n")
    lost = sum(character not in characters() for character in text)
    return "".join(character if character in characters() else MISSING for character in text), lost
