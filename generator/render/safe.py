"""Text in, text out that no spreadsheet takes for a formula and every XML file can hold: one function each."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?")


def cell_text(text: str) -> str:
    """What begins like a formula gets an apostrophe before it, as spreadsheets themselves do; for CSV, where types cannot be told."""
    return f"'{text}" if _FORMULA.match(text) else text


def xml_text(text: str) -> str:
    """Every line break one character, and what XML cannot hold as U+FFFD; the rules refuse it in records beforehand."""
    return _NOT_XML.sub("\ufffd", _BREAKS.sub("\n", text))
