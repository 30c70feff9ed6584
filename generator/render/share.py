"""Fields in, one picture for each out: what social networks and chats show beside a link to the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from generator.model.form import DEMONSTRATION
from generator.render import address, words
from generator.render.output import OutputFile
from generator.render.site import Site

WIDE, HIGH = 1200, 630
_FONTS = Path(__file__).resolve().parents[1] / "fonts"
_GROUND, _INK, _QUIET, _GREEN, _LINE = "#fbfaf7", "#1d2528", "#55636a", "#0b6e5f", "#e3e0d8"  # of visual.md
_EDGE = 96
_COLOURS = 48  # as many as keep the edges of letters smooth; a third of the bytes
_STEPS = 24  # straight pieces of a curve
_FINER = 4  # the sign is drawn so many times larger, then made small: smooth edges

Point = tuple[float, float]
# The sign in the header, an open book with a seedling, on a grid of 32: a start, then curves (three points) and lines (one).
_SIGN: tuple[tuple[Point, tuple[tuple[Point, ...], ...]], ...] = (
    ((15, 27), (((12, 25), (8, 24), (3, 24)), ((3, 14),), ((8, 14), (12, 15), (15, 17)))),
    ((17, 27), (((20, 25), (24, 24), (29, 24)), ((29, 14),), ((24, 14), (20, 15), (17, 17)))),
    (
        (15, 14),
        (
            ((15, 9),),
            ((10, 9), (7, 7), (7, 3)),
            ((12, 3), (15, 5), (16, 8)),
            ((16, 4), (19, 2), (24, 2)),
            ((24, 6), (22, 9), (17, 9)),
            ((17, 14),),
        ),
    ),
)


def files(site: Site) -> Iterator[OutputFile]:
    """One picture a field and one for everything else, where the site knows its address: such links must be whole."""
    if not site.settings.url:
        return
    yield OutputFile(address.share(""), partial(_picture, site, site.settings.name, ""))
    for field in site.catalog.vocabulary("fields"):
        yield OutputFile(address.share(field.id), partial(_picture, site, field.name, site.settings.name))


def _picture(site: Site, title: str, above: str) -> bytes:
    image = Image.new("RGB", (WIDE, HIGH), _GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDE, 15), fill=_GREEN)
    image.paste(_sign(120), (_EDGE, 84))
    if above:
        pen.text((_EDGE + 152, 144), _cut(above, 44), _INK, _font("Regular", 44), anchor="lm")
    size = min(112, int((WIDE - 2 * _EDGE) / max(1, len(title))))
    pen.text((_EDGE, 352), title, _GREEN, _font("Bold", size), anchor="lm")
    pen.line((_EDGE, 488, WIDE - _EDGE, 488), _LINE, 2)
    below = site.settings.extra.get("operator") or DEMONSTRATION
    pen.text((_EDGE, 540), _cut(below, 32), _QUIET, _font("Regular", 32), anchor="lm")
    stream = BytesIO()
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(stream, "PNG")
    return stream.getvalue()


def _cut(text: str, size: int) -> str:
    return words.cut(text, (WIDE - 2 * _EDGE - 160) // size)


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"NotoSansCJKsc-{weight}.otf", size)


@cache
def _sign(size: int) -> Image.Image:
    large = size * _FINER
    image = Image.new("RGB", (large, large), _GROUND)
    pen = ImageDraw.Draw(image)
    for start, steps in _SIGN:
        points = [start]
        for step in steps:
            points += step if len(step) == 1 else _curve(points[-1], *step)
        pen.polygon([(x * large / 32, y * large / 32) for x, y in points], fill=_GREEN)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _curve(*corners: Point) -> list[Point]:
    """Points of a cubic Bézier curve, without its start."""
    found = []
    for number in range(1, _STEPS + 1):
        t, s = number / _STEPS, 1 - number / _STEPS
        weights = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
        x, y = (sum(w * at for w, at in zip(weights, axis, strict=True)) for axis in zip(*corners, strict=True))
        found.append((x, y))
    return found
