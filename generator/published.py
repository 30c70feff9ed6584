"""What was published last time in (a built site, its sitemap, or the address of that), the records it held out.

Version control tells the same, where all of it is there; a shallow clone and a root without git need this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import unquote, urljoin
from urllib.request import Request, urlopen

from generator.model.redirect import STEM

MOST_BYTES = 64 * 2**20  # of a sitemap; by its protocol 50 MB are the limit
MOST_PARTS = 100
_SECONDS = 20
_LOC = re.compile(r"<loc>\s*([^<]{1,2000}?)\s*</loc>")
_RECORD = re.compile(rf"(?:^|/)({STEM})\.html$")


class Unreadable(Exception):
    """What was published cannot be read; the message is Chinese."""


def published_stems(where: str) -> set[str]:
    """The stems of all records of a folder with a built site, a sitemap file, or a sitemap's http(s) address. Raises Unreadable."""
    folder = Path(where)
    if "://" not in where and folder.is_dir():
        return set(_stems(path.relative_to(folder).as_posix() for path in folder.rglob("*.html")))
    found: set[str] = set()
    parts, seen = [where], set[str]()
    while parts and len(seen) < MOST_PARTS:
        part = parts.pop()
        seen.add(part)
        text = _text(part)
        places = [unquote(place) for place in _LOC.findall(text)]
        if "<sitemapindex" in text:
            parts += [beside for place in places if (beside := _beside(where, place)) not in seen]
        else:
            found |= set(_stems(places))
    return found


def _stems(paths: Iterator[str] | list[str]) -> Iterator[str]:
    for path in paths:
        if match := _RECORD.search(path):
            yield match[1]


def _beside(where: str, place: str) -> str:
    """A part of a sitemap by its name: it lies beside the index, whatever host the index names."""
    name = place.rsplit("/", 1)[-1]
    return urljoin(where, name) if "://" in where else str(Path(where).with_name(name))


def _text(where: str) -> str:
    try:
        if where.startswith(("https://", "http://")):
            request = Request(where, headers={"User-Agent": "activity-catalog"})  # noqa: S310 - http and https only
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                data = answer.read(MOST_BYTES + 1)
        elif "://" in where:
            raise Unreadable(f"只认得 http 和 https 的网址：{where}")
        else:
            with open(where, "rb") as file:
                data = file.read(MOST_BYTES + 1)
    except (OSError, URLError, ValueError) as error:
        raise Unreadable(f"已发布的网址清单读不到（{where}）：{getattr(error, 'reason', error)}") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(f"已发布的网址清单太大：{where}")
    text: str = data.decode("utf-8", "replace")
    if "<urlset" not in text and "<sitemapindex" not in text:
        raise Unreadable(f"这不是网站地图（sitemap.xml）：{where}")
    return text
