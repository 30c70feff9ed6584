"""Rows in, CSV out: cells that a spreadsheet would take for a formula are made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

BOM = "\ufeff"  # without it a Chinese Excel reads GBK
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_QUOTED = re.compile(r'[",\r\n]')


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 with a byte order mark."""
    return BOM + "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(text: str) -> str:
    """One cell; what begins like a formula gets an apostrophe before it, as spreadsheets themselves do."""
    folded = text.replace("＝", "=").replace("＋", "+").replace("－", "-").replace("＠", "@")
    safe = f"'{text}" if _FORMULA.match(folded) else text
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe
