"""A whole site in a folder in, a zip of it out: unpacked anywhere, it opens from the disk, the search included.

The page of downloads says how big the zip is and is itself in it: the copy inside says that one is reading the copy.
"""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

from generator.render.address import DATA, HOME, OFFLINE, root_from
from generator.render.frame import slot
from generator.render.site import Site
from generator.render.words import chinese_day
from generator.write import MARKER

_INSIDE = "site/"  # the folder of the pages: beside it lie only the two files that a reader must see
_README, _OPEN = "先看这里.txt", "打开首页.html"
_SLOT = slot("offline").encode()
_MB = 1_000_000


def pack(site: Site, folder: Path) -> list[str]:
    """Write the zip into a site's folder and its size onto the page of downloads; gives the paths that are new.

    Same files, same day: same bytes (of one zlib). Only one file at a time is held in memory.
    """
    context = {
        "site_name": site.settings.name,
        "day": chinese_day(site.catalog.today),
        "address": site.settings.url,
        "operator": site.settings.extra.get("operator", ""),
        "home": _INSIDE + HOME,
    }
    page = folder / DATA
    html = page.read_bytes() if page.is_file() else b""
    copy = html.replace(_SLOT, site.templates.text("offline/copy.html", **context).encode())
    target = folder / OFFLINE
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        readme = site.templates.text("offline/readme.txt", **context)
        with archive.open(_entry(site, _README), "w") as stream:
            stream.write(readme.replace("\n", "\r\n").encode("utf-8-sig"))  # for any Windows
        with archive.open(_entry(site, _OPEN), "w") as stream:
            stream.write(site.templates.text("offline/open.html", **context).encode())
        for path in _paths(folder):
            with archive.open(_entry(site, _INSIDE + path), "w") as stream:
                if path == DATA:
                    stream.write(copy)
                else:
                    with (folder / path).open("rb") as source:
                        shutil.copyfileobj(source, stream)
    if _SLOT in html:
        size = f"{target.stat().st_size / _MB:.1f} MB"
        href = root_from(DATA) + OFFLINE
        online = site.templates.text("offline/online.html", href=href, size=size)
        page.unlink()  # it may be a hard link to the old site's
        page.write_bytes(html.replace(_SLOT, online.encode()))
    return [OFFLINE]


def _paths(folder: Path) -> list[str]:
    """Every file to be packed, in order."""
    top = len(str(folder)) + 1
    found = (f"{where}/{name}"[top:].replace(os.sep, "/") for where, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path not in (MARKER, OFFLINE))


def _entry(site: Site, path: str) -> zipfile.ZipInfo:
    """A file of the zip, dated by the day of the data, whatever the machine."""
    day = site.catalog.today
    entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    return entry
