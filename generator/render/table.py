"""Rows in, CSV out: every cell quoted, and what a spreadsheet would take for a formula made harmless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.render.safe import cell_text

BOM = "\ufeff"  # without it a Chinese Excel reads GBK


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 with a byte order mark."""
    return BOM + "".join(map(csv_line, rows))


def csv_line(row: Sequence[str]) -> str:
    """One line with its end."""
    return ",".join(['"' + cell_text(cell).replace('"', '""') + '"' for cell in row]) + "\r\n"
