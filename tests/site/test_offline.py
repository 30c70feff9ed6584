"""The offline zip: the whole site, opened from a disk in a real browser."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.build import CHECKOUT, catalog_of, load
from generator.offline import pack
from generator.publish import THEME
from generator.render.frame import Frame
from generator.render.site import Settings, Site
from generator.render.templates import Templates

SLOT = "<!-- catalog:offline -->"


@pytest.fixture
def unpacked(tmp_path: Path, small_root: Callable[..., Path], built_once: Callable[..., Path]) -> tuple[Path, Path]:
    """The site of a release, and its zip unpacked where a clerk would: in a folder with Chinese letters, a space and a #."""
    site = built_once("release", small_root, "--release")
    disk = tmp_path / "优盘 1#" / "清单"
    with zipfile.ZipFile(site / "data" / "offline.zip") as archive:
        archive.extractall(disk)
    return site, disk


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_zip_holds_the_whole_site_but_itself(unpacked: tuple[Path, Path]) -> None:
    site, disk = files(unpacked[0]), files(unpacked[1] / "site")
    assert site.keys() - disk.keys() == {"data/offline.zip", ".catalog-site"}
    assert {path for path in disk if disk[path] != site[path]} <= {"data/index.html"}
    assert {path.name for path in unpacked[1].iterdir()} == {"site", "先看这里.txt", "打开首页.html"}
    readme = (unpacked[1] / "先看这里.txt").read_bytes()
    assert readme.startswith(b"\xef\xbb\xbf")
    assert "演示数据，非中国科协发布" in readme.decode("utf-8-sig")


@pytest.mark.browser
def test_unpacked_it_browses_and_searches_from_the_disk(unpacked: tuple[Path, Path], browser: Any) -> None:
    _, disk = unpacked
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: None if request.url.startswith(disk.as_uri()) else wrong.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(f"{request.url}: {request.failure}"))
    page.goto((disk / "打开首页.html").as_uri())
    page.wait_for_url("**/site/index.html")
    page.get_by_role("link", name="山西").first.click()  # browse: home, region, county, activity
    page.get_by_role("link", name="阳曲县").first.click()
    assert page.locator("h1").inner_text() == "阳曲县"
    page.locator(".card h3 a").first.click()
    assert page.locator("article.activity h1").inner_text()
    header = page.locator("header.top input[name=q]")  # search: from the header of any page
    header.fill("果树")
    header.press("Enter")
    page.wait_for_url("**/activities/index.html?q=*")
    page.locator("#results [data-id]").first.wait_for()
    total = int(page.locator("[data-total]").first.get_attribute("data-total"))
    assert total > 0
    titles = page.locator("#results [data-id] h3").all_inner_texts()
    assert any("果" in title for title in titles)
    page.locator("#results [data-id] h3 a").first.click()
    page.locator("article.activity").wait_for()
    assert wrong == []
    context.close()


def test_the_page_of_downloads_says_how_big_it_is_and_the_copy_that_it_is_the_copy(tmp_path: Path, today: date) -> None:
    settings = Settings("测试<清单>", "", "https://example.org/kepu/", {"operator": "测试单位"})
    site = Site(catalog_of(load(CHECKOUT / "tests" / "village"), today), Templates(THEME), Frame("", "", ""), settings)
    packed = []
    for name in ("one", "two"):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "index.html").write_text(f"<p>甲</p>{SLOT}", encoding="utf-8")
        (folder / "big.bin").write_bytes(bytes(range(256)) * 4096)
        assert pack(site, folder) == ["data/offline.zip"]
        packed.append((folder / "data" / "offline.zip").read_bytes())
    assert packed[0] == packed[1]
    page = (tmp_path / "one" / "data" / "index.html").read_text(encoding="utf-8")
    assert 'href="../data/offline.zip"' in page
    assert f"zip，{len(packed[0]) / 1e6:.1f} MB" in page
    with zipfile.ZipFile(tmp_path / "one" / "data" / "offline.zip") as archive:
        copy = archive.read("site/data/index.html").decode()
        assert "您正在看的就是离线版" in copy
        assert "https://example.org/kepu/" in copy
        assert "offline.zip" not in copy
        assert "<清单>" not in archive.read("打开首页.html").decode()
        assert "测试<清单>" in archive.read("先看这里.txt").decode("utf-8-sig")
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(today.year, today.month, today.day)}
