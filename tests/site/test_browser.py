"""A real browser on the real pages: nothing from elsewhere, no complaint, from a sub-folder and from the disk; the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

_LISTEN = "addEventListener('securitypolicyviolation', event => (window.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI))"


# Clicks made by the page itself: those of a mouse wait for every frame, which on forty pages is the most of a minute.
_SWITCH = "() => { const all = [...document.querySelectorAll('button[data-switch]')]; all.forEach(it => { it.click(); it.click() }); return all.length }"


def complaints(browser: Any, address: str, paths: list[str]) -> list[str]:
    """All that a browser asks of others, cannot get, or complains about on the pages of a site."""
    context = browser.new_context()
    context.add_init_script(_LISTEN)
    page = context.new_page()
    found: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith(address) else found.append(f"asks for {request.url}")
    )
    left = "net::ERR_ABORTED"  # the next page was opened before this one's icon had come
    page.on(
        "requestfailed",
        lambda request: (
            None if request.failure == left else found.append(f"cannot get {request.url}: {request.failure}")
        ),
    )
    page.on(
        "response",
        lambda response: found.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    page.on(
        "console",
        lambda message: (
            found.append(f"{message.type}: {message.text}") if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: found.append(f"exception: {error}"))
    for path in paths:
        page.goto(address + path, wait_until="load")
        assert page.evaluate(_SWITCH) > 0, f"{path}: no switches"
        found += [f"{path}: {violation}" for violation in page.evaluate("window.violations || []")]
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") != "inline", (
            f"{path}: no style"
        )
    context.close()
    return found


def test_served_from_a_sub_folder_nothing_fails_and_nothing_comes_from_elsewhere(
    website: Any, browser: Any, served: Callable[..., str]
) -> None:
    assert complaints(browser, served(website), list(website.kinds.values())) == []


def test_opened_from_the_disk_nothing_fails_and_nothing_comes_from_elsewhere(website: Any, browser: Any) -> None:
    assert complaints(browser, website.url("index.html").removesuffix("index.html"), list(website.kinds.values())) == []


def test_no_activity_page_is_wider_than_a_small_phone(website: Any, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=True)
    page = context.new_page()
    wide = []
    alike = [activity for activity in website.loaded.activities if activity.is_report or "/crop-" in activity.id]
    special = [activity for activity in website.loaded.activities if activity not in alike]
    assert alike
    for activity in [*special, *alike[::7]]:
        page.goto(website.url(f"activities/{activity.id}.html"), wait_until="domcontentloaded")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(activity.id)
    context.close()
    assert not wide


def test_the_large_letters_fit_a_small_phone(village: Any, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    wide = []
    page.goto(village.url("index.html"))
    page.evaluate("localStorage.setItem('big', '1')")
    for name, path in village.kinds.items():
        page.goto(village.url(path))
        assert page.evaluate("document.documentElement.hasAttribute('data-big')")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(name)
    context.close()
    assert not wide


def test_without_scripts_everything_can_be_read_and_no_dead_button_is_shown(website: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for name in ("home", "all", "activity"):
        page.goto(website.url(website.kinds[name]))
        assert page.locator("h1").is_visible()
        buttons = page.locator("button[type=button]").all()
        assert buttons
        assert not [button.text_content() for button in buttons if button.is_visible()], name
    context.close()


_FOCUS = """() => { const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect()
    return {tag: it.tagName, text: it.textContent.trim().slice(0, 20), href: it.getAttribute('href'),
        ring: [style, getComputedStyle(it, '::after')].some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2)
            || getComputedStyle(it.parentElement).boxShadow.includes('0px 0px 0px '), shown: box.width > 0 && box.height > 0 && box.top >= 0 && box.left >= 0} }"""


@pytest.mark.parametrize(("site", "width"), [("real", 360), ("village", 1280)])
def test_with_a_keyboard_the_skip_link_comes_first_and_focus_is_always_seen(
    site: str, width: int, browser: Any, request: pytest.FixtureRequest
) -> None:
    website = request.getfixturevalue(site)
    context = browser.new_context(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page = context.new_page()
    for name in ("home", "all", "activity"):
        page.goto(website.url(website.kinds[name]))
        stops = []
        for _ in range(16):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(_FOCUS))
        assert stops[0]["text"] == "跳到正文", name
        assert not [stop for stop in stops if not stop["ring"]], name
        assert not [stop for stop in stops if not stop["shown"]], name
        reached = [stop["text"] for stop in stops]
        for word in ("活动", "学会", "地区", "通知", "申报活动", "关于"):
            assert word in reached, (name, word)
    context.close()


def test_the_skip_link_leads_to_the_text(village: Any, browser: Any) -> None:
    page = browser.new_page()
    page.goto(village.url("activities/index.html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")
    page.close()


def test_touch_targets_are_big_enough(village: Any, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(village.url("activities/2026/C-01/every-field.html"))
    sizes = page.eval_on_selector_all(
        ".bar nav a, .strip button, .seek button, .btn, a.phone",
        "all => all.filter(it => it.offsetParent).map(it => [it.textContent.trim(), it.getBoundingClientRect().width, it.getBoundingClientRect().height])",
    )
    context.close()
    assert sizes
    assert not [size for size in sizes if size[2] < 43.5 or size[1] < 43.5]
