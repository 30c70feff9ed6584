"""What was online before: a site or its sitemap says it, the check and publishing watch over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.published import Unreadable, published_stems

BASE = "https://example.org/kepu/"
A, NEED = "activities/2026/C-01/a", "needs/2026/140122/apple"


def sitemap(path: Path, *urls: str, kind: str = "urlset") -> Path:
    item = "url" if kind == "urlset" else "sitemap"
    inside = "".join(f"<{item}><loc>{url}</loc></{item}>" for url in urls)
    path.write_text(
        f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{kind}>'
    )
    return path


def test_a_sitemap_names_the_records_and_nothing_else(tmp_path: Path) -> None:
    urls = [f"{BASE}{A}.html", f"{BASE}{NEED}.html", BASE, f"{BASE}about.html", f"{BASE}activities/by/fields/crop/", f"{BASE}activities/1.html"]  # fmt: skip
    assert published_stems(str(sitemap(tmp_path / "sitemap.xml", *urls))) == {A, NEED}


def test_the_parts_of_a_large_sitemap_are_read_beside_it(tmp_path: Path) -> None:
    sitemap(tmp_path / "sitemap-1.xml", f"{BASE}{A}.html")
    sitemap(tmp_path / "sitemap-2.xml", f"{BASE}{NEED}.html")
    index = sitemap(
        tmp_path / "sitemap.xml", *(f"https://evil.example/x/sitemap-{n}.xml" for n in (1, 2)), kind="sitemapindex"
    )
    assert published_stems(str(index)) == {A, NEED}


def test_a_sitemap_that_names_itself_is_read_once(tmp_path: Path) -> None:
    index = sitemap(tmp_path / "sitemap.xml", f"{BASE}sitemap.xml", kind="sitemapindex")
    assert published_stems(str(index)) == set()


@pytest.mark.parametrize("text", ["", "<html>404</html>", "\xff"])
def test_what_is_no_sitemap_is_refused_with_a_sentence(tmp_path: Path, text: str, command: Any) -> None:
    path = tmp_path / "sitemap.xml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(Unreadable, match="不是网站地图"):
        published_stems(str(path))


@pytest.mark.parametrize("where", ["nowhere.xml", "ftp://example.org/sitemap.xml", "http://127.0.0.1:9/sitemap.xml"])
def test_what_cannot_be_read_is_a_wrong_call(where: str, command: Any) -> None:
    done = command("check", "--published", where, code=2)
    assert "Traceback" not in done.stderr
    assert where in done.stderr


def test_publishing_over_a_site_keeps_all_of_its_records(
    tmp_path: Path, small_root: Callable[..., Path], command: Any, manifest: Any, today: Any
) -> None:
    root, site = small_root(tmp_path / "root"), tmp_path / "site"
    arguments = ("build", "--root", root, "--site", site, "--today", today, "--strict")
    command(*arguments)
    before = manifest(site)
    old = root / "activities/2026/C-01/crop-08.yml"
    old.rename(old.with_name("crop-88.yml"))

    done = command(*arguments, code=1)
    assert "activities/2026/C-01/crop-08.yml:1:1:" in done.stdout
    assert "[lost-address]" in done.stdout
    assert manifest(site) == before
    done = command("check", "--root", root, "--published", site, code=1)
    assert "[lost-address]" in done.stdout

    redirect = "{old: activities/2026/C-01/crop-08, new: activities/2026/C-01/crop-88}"
    (root / "content/redirects.yml").write_text(f"redirects:\n  - {redirect}\n", encoding="utf-8")
    command(*arguments)
    command(*arguments)  # the old address is published, too, and stays
    assert "crop-88.html" in (site / "activities/2026/C-01/crop-08.html").read_text(encoding="utf-8")
