"""What pages weigh on the wire: gzip at level 6, as a server sends them."""

from __future__ import annotations

import gzip
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

LOADED = re.compile(
    r'<(?:link rel="(?:stylesheet|icon|preload|manifest)"[^>]*?href|script[^>]*? src|img[^>]*? src)="([^"#?]+)'
)
RECORD = re.compile(r"(?:^|/)activities/(?:\d{4}|undated)/[^/]+/[^/]+\.html$")
INSIDE = re.compile(r"url\(['\"]?([^'\")#?:]+)['\"]?\)")


@dataclass(frozen=True)
class Weights:
    """Bytes after gzip: activity pages, and a first visit to the heaviest (page, styles, scripts, pictures)."""

    pages: int
    median: int
    most: int
    heaviest: str
    visit: int
    parts: dict[str, int]


def weigh(site: Path) -> Weights:
    """Weigh every activity page and one first visit."""
    sizes = {page: packed(page) for page in (site / "activities").glob("*/*/*.html") if is_record(page)}
    heaviest = max(sizes, key=lambda page: (sizes[page], page))
    parts = {name.name: packed(name) for name in loaded(heaviest)}
    median = int(statistics.median(sizes.values()))
    visit = sizes[heaviest] + sum(parts.values())
    return Weights(len(sizes), median, sizes[heaviest], str(heaviest.relative_to(site)), visit, parts)


def is_record(page: Path) -> bool:
    """Whether a page stands at a record's address: /activities/<year>/<society>/<slug>.html."""
    return RECORD.search(page.as_posix()) is not None


def packed(path: Path) -> int:
    """Bytes after gzip; pictures that are packed already are not packed again."""
    data = path.read_bytes()
    return len(data) if path.suffix in {".png", ".jpg", ".webp", ".woff2"} else len(gzip.compress(data, 6, mtime=0))


def loaded(page: Path) -> list[Path]:
    """The files a browser asks for with ``page``, those its styles name included; other hosts are refused."""
    found: dict[Path, None] = {}
    waiting = [(page.parent, name) for name in LOADED.findall(page.read_text("utf-8"))]
    while waiting:
        folder, name = waiting.pop()
        if name.startswith("data:"):
            continue
        if "//" in name:
            raise ValueError(f"{page} loads {name} from another host")
        path = (folder / name).resolve()
        if path not in found:
            found[path] = None
            if path.suffix == ".css":
                waiting += [(path.parent, inner) for inner in INSIDE.findall(path.read_text("utf-8"))]
    return list(found)
