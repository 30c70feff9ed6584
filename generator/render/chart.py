"""Numbers in, the lengths and places of a chart's marks out; ``theme/parts/chart.html`` draws them.

Lengths across are in per cent, heights in em: no view box scales the letters, so they are as big as the page's, on a phone and in 大字, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model.places import Region
from generator.render.site import Json

Form = Literal["stacked", "beside", "shares", "columns", "tiles"]
"""Bars of one lane; a lane for each series; the same, of a hundred per cent; columns on one base; the tile grid."""

_LINE, _LANE, _THICK, _GAP = 1.5, 1.0, 0.75, 0.55  # em: the words of a row, a lane, its bar, the space below
_ACROSS, _DOWN, _TILE = 8, 8, 3.75  # tiles in a row, in a column; the height of one
STEPS = 5
_TALL, _HEAD, _BASE = 7.0, 1.5, 1.5  # em: the highest column, the number above it, the word below


@dataclass(frozen=True, slots=True)
class Row:
    """A term's name and its numbers, one for each series; ``said``: what stands beside them in words."""

    name: str
    numbers: tuple[int, ...]
    said: str


def chart(form: Form, rows: Sequence[Row], wholes: Sequence[int] = ()) -> Json | None:
    """The marks of a chart, or None where there is nothing to draw. ``wholes``: of shares, what is a hundred per cent of each series."""
    if not any(number for row in rows for number in row.numbers):
        return None
    if form == "columns":
        return _columns(rows)
    return _bars(form, rows, wholes)


def tiles(regions: Iterable[Region], counts: Mapping[str, int]) -> Json:
    """The tile grid of regions, in steps of one hue: where ``count_tiles.html`` has links, this is a picture with a table below."""
    most = max(counts.values(), default=0) or 1
    marks, words = [], []
    for region in regions:
        step = -(-counts[region.id] * (STEPS - 1) // most)
        x, top = (region.col - 1) * 100 / _ACROSS, (region.row - 1) * _TILE
        box = {"x": _share(x + 0.3), "width": _share(100 / _ACROSS - 0.6), "y": _em(top), "height": _em(_TILE - 0.25)}
        marks.append({"series": f"s{step}", **box})
        middle, style = _share(x + 50 / _ACROSS), "deep" if step >= STEPS - 2 else ""
        words.append({"x": middle, "y": _em(top + 1.5), "text": region.short, "style": style})
        words.append(
            {"x": middle, "y": _em(top + 2.9), "text": str(counts[region.id]), "style": f"{style} strong".strip()}
        )
    return {"form": "grid", "height": _em(_DOWN * _TILE), "marks": marks, "words": words}


def _bars(form: Form, rows: Sequence[Row], wholes: Sequence[int]) -> Json:
    lanes = 1 if form == "stacked" else len(rows[0].numbers)
    most = max(sum(row.numbers) if form == "stacked" else max(row.numbers) for row in rows)
    pitch = _LINE + lanes * _LANE + _GAP
    marks, words = [], []
    for at, row in enumerate(rows):
        top = at * pitch
        words.append({"y": _em(top + _LINE - 0.4), "name": row.name, "said": row.said})
        x = 0.0
        for series, number in enumerate(row.numbers):
            whole = wholes[series] if wholes else most
            width = 100 * number / whole if whole else 0.0
            lane = top + _LINE + (0 if form == "stacked" else series * _LANE)
            if form == "shares":
                marks.append({"series": "track", "x": "0%", "width": "100%", "y": _em(lane), "height": _em(_THICK)})
            if number:
                marks.append(
                    {
                        "series": f"n{series}",
                        "x": _share(x),
                        "width": _share(width),
                        "y": _em(lane),
                        "height": _em(_THICK),
                    }
                )
            x += width if form == "stacked" else 0
    return {"form": "bars", "height": _em(len(rows) * pitch - _GAP), "marks": marks, "words": words}


def _columns(rows: Sequence[Row]) -> Json:
    most = max(sum(row.numbers) for row in rows)
    pitch, floor = 100 / len(rows), _HEAD + _TALL
    marks, words = [], []
    for at, row in enumerate(rows):
        top = floor
        for series, number in enumerate(row.numbers):
            height = _TALL * number / most
            top -= height
            if number:
                x, width = _share(at * pitch + pitch * 0.15), _share(pitch * 0.7)
                marks.append({"series": f"n{series}", "x": x, "width": width, "y": _em(top), "height": _em(height)})
        middle = _share((at + 0.5) * pitch)
        words.append({"x": middle, "y": _em(top - 0.4), "text": row.said, "style": ""})
        words.append({"x": middle, "y": _em(floor + 1.1), "text": row.name, "style": ""})
    return {"form": "columns", "height": _em(floor + _BASE), "marks": marks, "words": words, "floor": _em(floor)}


def _share(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _em(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "em"
