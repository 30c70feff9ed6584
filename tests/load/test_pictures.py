"""Pictures: what is published is upright, not too wide, made of pixels alone, and the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from generator.load.pictures import FORMATS, MOST_WIDTH, Unfit, published

CHECKOUT = Path(__file__).resolve().parents[2]
VILLAGE_PICTURE = CHECKOUT / "tests/village/activities/2026/C-01/xiu-jian.jpg"
SECRETS = (b"Exif", b"GPS", b"http://ns.adobe.com", b"8BIM", b"Photoshop", b"ICC_PROFILE", b"13800138000", b"geheim")
RED, BLUE = (220, 20, 20), (20, 20, 220)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["JPEG"])


def is_near(found: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


def notes(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = "geheim 13800138000"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (39.0, 54.0, 0.0)
    return exif


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_but_pixels_is_published(format: str) -> None:
    image = Image.new("RGB", (64, 48), RED)
    options: dict[str, Any] = {"comment": b"geheim"} if format in ("JPEG", "GIF") else {}
    if format != "GIF":
        options |= {
            "exif": notes(),
            "icc_profile": b"geheim" * 30,
            "xmp": b"<x:xmpmeta>http://ns.adobe.com geheim</x:xmpmeta>",
        }
    data = saved(image, format, **options) + b"<script>geheim</script>"
    assert b"geheim" in data
    clean, _ = published(data)
    assert not [secret for secret in SECRETS if secret in clean]
    assert not opened(clean).getexif()
    assert set(opened(clean).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert is_near(opened(clean).getpixel((30, 20)), RED)


def test_the_villages_picture_holds_a_position_and_its_published_one_does_not() -> None:
    assert Image.open(VILLAGE_PICTURE).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    clean, size = published(VILLAGE_PICTURE.read_bytes())
    assert not [secret for secret in SECRETS if secret in clean]
    assert size == (900, 1600)


# What each orientation makes of a picture 40 wide and 20 high, red in its upper left quarter: whether it lies, and where red is then.
TURNS = {
    1: (40, 0, 0),
    2: (40, 1, 0),
    3: (40, 1, 1),
    4: (40, 0, 1),
    5: (20, 0, 0),
    6: (20, 1, 0),
    7: (20, 1, 1),
    8: (20, 0, 1),
}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", TURNS)
def test_a_picture_stands_upright(format: str, orientation: int) -> None:
    image = Image.new("RGB", (40, 20), BLUE)
    image.paste(RED, (0, 0, 20, 10))
    clean, (width, height) = published(saved(image, format, exif=notes(orientation)))
    wide, right, low = TURNS[orientation]
    assert (width, height) == opened(clean).size == (wide, 60 - wide)
    for x in (0, 1):
        for y in (0, 1):
            found = opened(clean).getpixel((x * (width - 1), y * (height - 1)))
            assert is_near(found, RED if (x, y) == (right, low) else BLUE), (x, y)


@pytest.mark.parametrize(
    ("size", "orientation", "wanted"),
    [
        ((1600, 400), 1, (1280, 320)),
        ((1600, 400), 6, (400, 1600)),
        ((400, 1600), 8, (1280, 320)),
        ((1280, 10), 1, (1280, 10)),
        ((30, 20), 1, (30, 20)),
        ((20_000, 1), 1, (1280, 1)),
    ],
)
def test_a_picture_is_at_most_1280_wide_and_never_enlarged(
    size: tuple[int, int], orientation: int, wanted: tuple[int, int]
) -> None:
    clean, found = published(saved(Image.new("RGB", size), "JPEG", exif=notes(orientation)))
    assert found == opened(clean).size == wanted
    assert found[0] <= MOST_WIDTH


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_any_depth_become_plain_and_what_is_transparent_white(mode: str) -> None:
    image = Image.new(mode, (30, 20))
    clean, _ = published(saved(image, "PNG", **({"transparency": 0} if mode == "P" else {})))
    clear = mode in ("LA", "RGBA", "P")
    assert opened(clean).mode == "RGB"
    assert is_near(opened(clean).getpixel((5, 5)), (255, 255, 255) if clear else (0, 0, 0))


def test_colours_for_printing_are_shown_as_on_paper() -> None:
    clean, _ = published(saved(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG"))
    red, green, blue = opened(clean).getpixel((5, 5))  # type: ignore[misc]
    assert red > 180
    assert green < 90
    assert blue < 90


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(Image.effect_noise((300, 200), 80), "PNG")
    assert published(data) == published(data)


SMALL = [saved(Image.effect_noise((12, 9), 80).convert("RGB"), format) for format in FORMATS]
SMALL.append(saved(Image.effect_noise((12, 9), 80), "JPEG", progressive=True))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SMALL),
    st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=4)), min_size=1, max_size=5),
    st.integers(0, 700),
)
def test_a_damaged_picture_is_published_or_unfit_and_nothing_else(
    data: bytes, hits: list[tuple[int, bytes]], end: int
) -> None:
    damaged = bytearray(data)
    for at, piece in hits:
        damaged[at : at + len(piece)] = piece
    try:
        clean, size = published(bytes(damaged[: end or None]))
    except Unfit:
        return
    assert opened(clean).size == size


def test_records_without_pictures_never_load_pillow(tmp_path: Path) -> None:
    record = tmp_path / "activities/2026/C-01/a.yml"
    record.parent.mkdir(parents=True)
    record.write_bytes((CHECKOUT / "tests/cases/good-record.yml").read_bytes())
    code = "import sys; from pathlib import Path; from generator import build; assert not build.check(Path(sys.argv[1])); sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, tmp_path], cwd=CHECKOUT, check=False).returncode == 0
