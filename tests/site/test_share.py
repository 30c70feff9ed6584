"""转发 and print: the address and QR code of a page, from the web and from a disk."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from PIL import Image

ACTIVITY = "activities/2026/C-01/every-field.html"
PAGES = (ACTIVITY, "counties/140122.html", "activities/index.html", "activities/by/audiences/farmer/index.html")


def codes(picture: bytes) -> list[str]:
    """The texts of all codes in a PNG."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_a_printed_page_ends_with_its_address_and_a_code_that_reads_as_it(
    configured: Any, browser: Any, path: str
) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 1100})
    page.goto(configured.url(path))
    assert not page.locator(".printed").is_visible()
    page.emulate_media(media="print")
    address = "https://example.org/kepu/" + path.removesuffix("index.html")
    assert page.locator(".printed b").inner_text() == address
    assert codes(page.locator(".printed").screenshot()) == [address]
    assert not page.locator(".bar, .foot, .acts, .facets, .pager, .dock, .bigseek").filter(visible=True).count()
    page.close()


@pytest.mark.browser
def test_sharing_on_a_phone_shows_a_code_and_copies_the_public_address_even_from_a_disk(
    configured: Any, browser: Any
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto(configured.url(ACTIVITY))
    page.locator(".dock [data-share]").click()
    sheet = page.get_by_role("dialog", name="转发这一页")
    address = f"https://example.org/kepu/{ACTIVITY}"
    assert codes(sheet.screenshot()) == [address]
    copy = sheet.get_by_role("button", name="复制链接")
    copy.click()
    page.get_by_text("链接已复制").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.keyboard.press("Escape")
    assert not sheet.is_visible()
    assert page.evaluate("document.activeElement.hasAttribute('data-share')")
    context.close()


@pytest.mark.browser
def test_a_page_on_a_disk_without_a_public_address_says_so(village: Any, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(village.url(ACTIVITY))
    assert page.locator(".printed").count() == 0
    page.locator(".dock [data-share]").click()
    page.get_by_role("button", name="在本机上，没有网址").wait_for()
    page.close()


@pytest.mark.browser
def test_a_page_on_the_web_without_a_known_address_shares_the_one_it_was_opened_by(
    village: Any, browser: Any, served: Callable[..., str]
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto(served(village) + ACTIVITY)
    page.locator(".dock [data-share]").click()
    page.get_by_role("button", name="链接已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()
