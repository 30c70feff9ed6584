"""Pictures beside records in, clean ones of a known size out: the only door to Pillow, opened only where a record has a picture.

A picture is hostile until it was painted anew. Its format is looked for among four, its size is looked at before any pixel is
read, and it is first read in a process apart, which may die or be stopped without harm. What is published is made of pixels
alone: no EXIF, position, name or hidden text comes along.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.load import picture_faults as faults
from generator.load.files import MOST_BYTES as MOST_RECORD_BYTES
from generator.load.files import Found, read_bytes
from generator.model.activity import Activity
from generator.model.fault import FAULTS
from generator.model.parts import Picture
from generator.model.problem import Place, Problem
from generator.model.source import Source, texts

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 5 * 2**20
MOST_PIXELS = 25_000_000
MOST_WIDTH = 1280
MOST_SCANS = 64  # of a JPEG that comes sharper and sharper: each walks over all pixels once more; ten are usual
MOST_SECONDS = 10  # of one processor; a photograph takes a tenth of a second
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 82
_NO_LIMIT = 100_000  # of the height: long pictures are long
_ORIENTATION = 0x0112
_LYING = 5  # orientations from here on change width and height
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # none of those that stand inside a JPEG's scan
_BEGINS = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP", re.DOTALL)
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA

Size = tuple[int, int]
Told = tuple[str, tuple[int, ...]]


class Unfit(Exception):
    """A picture that is not published: the fault's code, and what its words need besides the name."""

    def __init__(self, code: str, *found: int) -> None:
        super().__init__(code)
        self.code, self.found = code, found


def read_pictures(draft: Activity, source: Source, full: str) -> tuple[Activity, list[Problem]]:
    """The activity with the sizes of its pictures, which lie beside the file ``full``; and what is wrong with them."""
    places = {text.value.strip(): Place(source.path, text.line, text.column) for text in texts(source.root)}
    pictures: list[Picture] = []
    problems: list[Problem] = []
    folder = source.path.rpartition("/")[0]
    for picture in draft.images:
        path = f"{folder}/{picture.file}" if folder else picture.file
        beside = Found(path, str(Path(full).with_name(picture.file)))
        size = _size_of(beside, picture.file, places.get(picture.file, Place(source.path)))
        if isinstance(size, Problem):
            problems.append(size)
        else:
            pictures.append(replace(picture, width=size[0], height=size[1]))
    return replace(draft, images=tuple(pictures)), problems


def unused_pictures(pictures: Iterable[Found], records: Iterable[Found]) -> Iterator[Problem]:
    """The pictures that no record of their folder names, rightly or wrongly, in whatever state it is."""
    listed = list(pictures)
    folders = {os.path.dirname(picture.full) for picture in listed}
    said: dict[str, list[bytes]] = {folder: [] for folder in folders}
    for record in records:
        if os.path.dirname(record.full) in folders:
            data = read_bytes(record, MOST_RECORD_BYTES)
            said[os.path.dirname(record.full)].append(data if isinstance(data, bytes) else b"")
    whole = {folder: b"\n".join(parts) for folder, parts in said.items()}
    for picture in listed:
        folder, name = os.path.split(picture.full)
        if os.fsencode(name) not in whole[folder]:
            yield faults.unused_picture(Place(picture.path), picture.path.rpartition("/")[2])


def published(data: bytes) -> tuple[bytes, Size]:
    """A picture as it is published: a JPEG at most 1280 wide, upright, made of pixels alone; and its size. Raises Unfit."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, tells the size it found
    if _scans(data) > MOST_SCANS:
        raise Unfit("broken-picture")
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:  # decoders raise whatever they like
        raise Unfit("broken-picture" if _BEGINS.match(data) else "picture-format") from None
    if image.width * image.height > MOST_PIXELS:
        raise Unfit("vast-picture", image.width, image.height, MOST_PIXELS)
    if _moves(image):
        raise Unfit("moving-picture")
    try:
        flat = _upright(image)
        bare = Image.frombytes("RGB", flat.size, flat.tobytes())
        stream = io.BytesIO()
        bare.save(stream, "JPEG", quality=_QUALITY, subsampling="4:2:0", optimize=True, progressive=True)
    except Exception:
        raise Unfit("broken-picture") from None
    return stream.getvalue(), bare.size


def _moves(image: Image) -> bool:
    try:  # a photograph of a telephone may hold a second one, smaller; only its first is seen
        return image.format in FORMATS[1:] and bool(getattr(image, "is_animated", False))
    except Exception:
        raise Unfit("broken-picture") from None


def _upright(image: Image) -> Image:
    """The picture as people see it, in RGB, not wider than allowed."""
    from PIL.Image import Resampling, Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    orientation = _orientation(image)
    if image.mode not in ("RGB", "L"):
        image = _on_white(image)
    image.thumbnail((_NO_LIMIT, MOST_WIDTH) if orientation >= _LYING else (MOST_WIDTH, _NO_LIMIT), Resampling.LANCZOS)
    image.load()
    turn = turns.get(orientation)
    return (image if turn is None else image.transpose(turn)).convert("RGB")


def _orientation(image: Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken note on a picture that may be whole
        return 1


def _on_white(image: Image) -> Image:
    """A picture of any kind in RGB; what is transparent becomes white."""
    from PIL import Image as Pillow

    if image.mode.startswith("I"):
        return image.point(lambda value: value / 257).convert("L").convert("RGB")  # sixteen bits to eight
    if image.mode not in ("RGBA", "LA", "PA", "P"):
        return image.convert("RGB")
    clear = image.convert("RGBA")
    return Pillow.alpha_composite(Pillow.new("RGBA", clear.size, "white"), clear).convert("RGB")


def _scans(data: bytes) -> int:
    """How many scans a JPEG has: the markers up to its end, those within segments left out. ISO/IEC 10918-1, annex B."""
    if not data.startswith(bytes((0xFF, _START))):
        return 0
    at, scans = 2, 0
    while (match := _MARKER.search(data, at)) and (code := data[match.end() - 1]) != _END:
        scans += code == _SCAN
        at = match.end()
        if code not in (0x01, _START):
            at += max(int.from_bytes(data[at : at + 2]), 2)
    return scans


# -- apart -------------------------------------------------------------------------------------------------------------


def _size_of(beside: Found, name: str, place: Place) -> Size | Problem:
    if not os.path.lexists(beside.full):
        return faults.missing_picture(place, name)
    data = read_bytes(beside, MOST_BYTES)
    if isinstance(data, Problem):
        too_large = data.code == "too-large"
        return faults.heavy_picture(place, name, os.lstat(beside.full).st_size, MOST_BYTES) if too_large else data
    try:
        return _apart(data)
    except Unfit as reason:
        return FAULTS[reason.code](place, name, *reason.found)


_told: dict[
    bytes, Told
] = {}  # by the picture's hash: while serving, a picture is looked at once, not after every change


def _apart(data: bytes) -> Size:
    """The size as published, found by a child that has a little time. Raises Unfit."""
    digest = hashlib.sha256(data).digest()
    code, found = _told.get(digest) or _told.setdefault(digest, _told_by_child(data))
    if code:
        raise Unfit(code, *found)
    return found[0], found[1]


def _told_by_child(data: bytes) -> Told:
    """What ``_tried`` tells. A decoder that hangs or dies takes only the child along."""
    if not hasattr(os, "fork"):
        return _tried(data)
    import resource

    from PIL import GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 - once, for all children

    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
            os.write(into, json.dumps(_tried(data)).encode())
        finally:
            os._exit(0)
    os.close(into)
    with open(out, "rb") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    code, found = json.loads(told) if told else ("broken-picture", ())
    return code, tuple(found)


def _tried(data: bytes) -> Told:
    """No code, and width and height as published; or a fault's code and what its words need."""
    try:
        return "", published(data)[1]
    except Unfit as reason:
        return reason.code, reason.found
