"""The page /activities/ in a real browser: typing, ticking, the address, going back, no scripts, hostile text, nobody shut out."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from generator.build import catalog_of
from generator.model.activity import Activity
from generator.model.matching import Matching
from generator.render.search.text import fold
from tests.site.conftest import _AXE_TAGS, _RUN_AXE, _WIDE

pytestmark = pytest.mark.browser

LIST = "activities/index.html"
REGION, COUNTY, NATIONAL = "140000", "140122", "100000"
HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "'-(window.hit=1)-'",
    "javascript:window.hit=1",
    "{{constructor.constructor('window.hit=1')()}}",
    "</title><svg onload=window.hit=1>",
    "__proto__",
    "%00%0d%0a%F0%9F",
    "*~^:+-()[]{}\\|/.?",
    "𠮷😀e\u0301\u202e\u200b" * 40,
)
SHOWN = "[...document.querySelectorAll('#results [data-id]')].map(it => it.dataset.id)"
COUNTS = """key => Object.fromEntries([...document.querySelectorAll(`input[type=checkbox][name=${key}]`)].map(
    it => [it.value, [Number(it.closest('label').querySelector('b').textContent), it.disabled, it.checked]]))"""


class Finder:
    """A tab on the list of activities."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, address: str) -> Finder:
        """Go there and wait for the boxes."""
        self.page.goto(address)
        self.page.wait_for_selector(".boxes", state="attached")
        return self

    def until(self, said: str) -> None:
        """Wait for what holds soon. The page's policy forbids the `eval` with which a tab would wait by itself."""
        end = time.monotonic() + 5
        while not self.page.evaluate(said):
            assert time.monotonic() < end, f"never: {said}"
            self.page.wait_for_timeout(20)

    def found(self, total: int) -> list[str]:
        """The ids that are shown, once so many are found."""
        shown = min(total, 10)
        self.until(f"document.querySelector('[data-total]').dataset.total === '{total}' && {SHOWN}.length === {shown}")
        ids: list[str] = self.page.evaluate(SHOWN)
        return ids

    def box(self, facet: str, value: str) -> Any:
        """A facet's box."""
        return self.page.locator(f"input[type=checkbox][name={facet}][value='{value}']")

    def counts(self, facet: str) -> dict[str, tuple[int, bool, bool]]:
        """Number, disabled, checked of each box of a facet."""
        return {value: tuple(said) for value, said in self.page.evaluate(COUNTS, facet).items()}

    @property
    def asked(self) -> str:
        """What stands behind the question mark."""
        search: str = self.page.evaluate("decodeURIComponent(location.search)")
        return search


@pytest.fixture
def finder(browser: Any) -> Iterator[Finder]:
    """A tab whose mistakes are the test's."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield Finder(page)
    context.close()
    assert not faults


def bearing(site: Any, text: str) -> set[str]:
    """Ids of the records whose title or society bears a text."""
    societies = site.loaded.content.societies
    return {
        activity.id
        for activity in site.loaded.activities
        if any(fold(text) in fold(name) for name in (activity.title, *_names(societies[activity.society])))
    }


def _names(society: Any) -> tuple[str, ...]:
    return (society.name, *society.aliases)


def chosen(site: Any, **wanted: str) -> list[Activity]:
    """The records with a value in each of some facets."""
    return [
        activity
        for activity in site.loaded.activities
        if all(value in getattr(activity, facet) for facet, value in wanted.items())
    ]


@pytest.mark.parametrize("where", ["served", "disk"])
def test_typed_key_by_key_what_bears_the_name_comes_first_and_the_address_says_it(
    where: str, real: Any, finder: Finder, served: Callable[..., str]
) -> None:
    address = served(real) if where == "served" else real.url("index.html").removesuffix("index.html")
    finder.open(address + LIST)
    for text in ("中国农村专业技术协会", "中国农技协", "科技志愿", "茶", "“科"):
        bears = bearing(real, text)
        assert bears
        finder.page.locator("#q").fill("")
        finder.page.locator("#q").press_sequentially(text, delay=15)
        finder.until(f"{SHOWN}.length >= {min(10, len(bears))} && location.search.includes('{quote(text)}')")
        finder.page.wait_for_timeout(150)
        assert set(finder.page.evaluate(SHOWN)[: len(bears)]) <= bears, text
        assert finder.asked == f"?q={text}"
        marked = finder.page.locator("#results mark").count()
        assert marked > 0 or text == "中国农技协", "an alias finds, and stands on no card"
    assert finder.page.locator("#listed").count() == 0, "what is not asked for is not there"


def test_a_long_word_that_enough_names_hold_lists_these_and_offers_the_others(village: Any, finder: Finder) -> None:
    name = "测试农学会"
    bear = bearing(village, name)
    assert len(bear) > 10
    finder.open(village.url(LIST))
    finder.page.locator("#q").press_sequentially(name)
    assert set(finder.found(len(bear))) <= bear
    assert "名称、学会或地区里有这几个字" in finder.page.locator("[data-total]").inner_text()
    finder.page.get_by_role("button", name="简介里提到这几个字的也找").click()
    said = "document.querySelector('[data-total]').innerText.includes('名称、学会或地区里有这几个字')"
    finder.until(f"!{said}")
    assert finder.asked == f"?q={name}&anywhere=1"
    assert set(finder.page.evaluate(SHOWN)[:10]) <= bear, "what bears the name still comes first"
    finder.page.reload()
    finder.until(f"{SHOWN}.length === 10")
    assert not finder.page.evaluate(said)
    finder.page.locator("#q").press_sequentially(" ")
    finder.until(said)


def test_while_an_input_method_composes_nothing_is_searched(village: Any, finder: Finder) -> None:
    finder.open(village.url(LIST))
    finder.page.evaluate(
        """() => { const box = document.getElementById('q'); box.focus()
            box.dispatchEvent(new CompositionEvent('compositionstart')); box.value = 'ceshi'
            box.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true})) }"""
    )
    finder.page.wait_for_timeout(250)
    assert finder.page.locator("#results").is_hidden()
    assert finder.asked == ""
    finder.page.evaluate(
        """() => { const box = document.getElementById('q'); box.value = '测试'
            box.dispatchEvent(new CompositionEvent('compositionend', {data: '测试'})) }"""
    )
    finder.page.wait_for_selector("#results [data-id]")
    assert finder.asked == "?q=测试"


def test_boxes_ticked_by_keyboard_count_as_the_records_say_and_zero_is_disabled(real: Any, finder: Finder) -> None:
    finder.open(real.url(LIST))
    finder.page.locator("details.facets > summary").evaluate("it => { it.parentNode.open = true; it.focus() }")
    first = Counter(id for activity in real.loaded.activities for id in activity.fields).most_common(1)[0][0]
    finder.box("fields", first).focus()
    finder.page.keyboard.press("Space")
    fits = chosen(real, fields=first)
    finder.found(len(fits))
    assert finder.asked == f"?fields={first}"
    for facet, among in (("audiences", fits), ("forms", fits), ("fields", real.loaded.activities)):
        expected = Counter(id for activity in among for id in getattr(activity, facet))
        shown = finder.counts(facet)
        assert {value: number for value, (number, _, _) in shown.items() if number} == dict(expected), facet
        assert all(
            is_disabled == (number == 0 and not is_checked) for number, is_disabled, is_checked in shown.values()
        )
    other = next(value for value, (number, _, checked) in finder.counts("fields").items() if number and not checked)
    finder.box("fields", other).focus()
    finder.page.keyboard.press("Space")
    either = {activity.id for activity in [*fits, *chosen(real, fields=other)]}
    assert set(finder.found(len(either))) <= either, "choices within a facet add up"


def test_the_address_is_read_and_written_and_the_way_back_works(
    village: Any, finder: Finder, served: Callable[..., str]
) -> None:
    address = served(village) + LIST
    both = {activity.id for activity in chosen(village, fields="crop", audiences="farmer")}
    assert len(both) > 10
    finder.open(f"{address}?fields=crop&audiences=farmer&sort=start")
    finder.found(len(both))
    assert finder.box("fields", "crop").is_checked()
    assert finder.box("audiences", "farmer").is_checked()
    days = {activity.id: activity.begins for activity in village.loaded.activities}
    begun = [days[id] for id in finder.page.evaluate(SHOWN)]
    assert begun == sorted(begun, key=lambda day: (not day, day))
    finder.box("audiences", "farmer").evaluate("it => it.click()")
    finder.found(len(chosen(village, fields="crop")))
    assert finder.asked == "?fields=crop&sort=start"
    finder.page.go_back()
    finder.found(len(both))
    assert finder.asked == "?fields=crop&audiences=farmer&sort=start"
    finder.page.locator("[data-clear]").first.evaluate("it => it.click()")
    finder.until("location.search === ''")
    assert finder.page.locator("#results").is_hidden()
    assert finder.page.locator("#listed").is_visible()


def test_a_month_with_its_year_and_a_region_are_an_address_to_send_on(village: Any, finder: Finder) -> None:
    finder.open(village.url(LIST) + f"?regions={REGION}&month=2026-11&fields=crop")
    finder.page.wait_for_selector("#results:not([hidden])")
    assert finder.box("year", "2026").is_checked()
    assert finder.box("month", "11").is_checked()
    assert finder.box("regions", REGION).is_checked()
    assert finder.page.locator("#conditions .condition").count() == 4
    finder.box("year", "2026").evaluate("it => it.click()")
    finder.until("location.search.includes('month=11')")


def test_below_a_region_its_counties_can_be_chosen(village: Any, finder: Finder) -> None:
    places = village.loaded.content.known.places
    finder.open(village.url(LIST))
    finder.box("regions", REGION).evaluate("it => it.click()")
    finder.page.wait_for_selector(f"input[name=regions][value='{COUNTY}']", state="attached")
    finder.box("regions", COUNTY).evaluate("it => it.click()")
    reached = {
        activity.id for activity in village.loaded.activities if {*activity.regions} & {COUNTY, REGION, NATIONAL}
    }
    assert set(finder.found(len(reached))) <= reached
    assert finder.asked == f"?regions={COUNTY}"
    assert places.counties[COUNTY].name in finder.page.locator("#conditions").inner_text()


@pytest.mark.parametrize("county", ["140122", "140121", "360121"])
def test_a_chosen_county_puts_first_what_fits_it_as_the_command_does(
    county: str, village: Any, finder: Finder, today: date
) -> None:
    catalog = catalog_of(village.loaded, today)
    scores = {catalog.activities[one.position].id: one.score for one in Matching.of(catalog).for_county(county)}
    assert len(set(scores.values())) > 1
    finder.open(f"{village.url(LIST)}?regions={county}")
    finder.until("!!document.querySelector('.fitting')")
    while (more := finder.page.locator("#results > button")).count():
        shown = len(finder.page.evaluate(SHOWN))
        more.click()
        finder.until(f"{SHOWN}.length > {shown}")
    ids = finder.page.evaluate(SHOWN)
    offers = ids[: len(scores)]
    assert set(offers) == set(scores), "what can come stands before what is over"
    assert [scores[id] for id in offers] == sorted(scores.values(), reverse=True)
    assert finder.page.locator(".fitting a[data-county]").get_attribute("href").endswith(f"counties/{county}.html")


def test_a_typed_county_puts_first_the_records_that_name_it(village: Any, finder: Finder) -> None:
    naming = {one.id for one in village.loaded.activities if "140122" in one.regions}
    assert len(naming) > 2
    finder.open(village.url(LIST) + "?q=" + quote("山西省阳曲县"))
    finder.until(f"{SHOWN}.length >= {min(10, len(naming))}")
    finder.page.wait_for_timeout(200)
    assert set(finder.page.evaluate(SHOWN)[: len(naming)]) <= naming


def test_a_county_that_enough_records_name_is_shown_with_twelve_files_and_its_name_is_also_looked_for(
    village: Any, finder: Finder
) -> None:
    naming = {one.id for one in village.loaded.activities if "140122" in one.regions}
    assert len(naming) > 10
    asked: list[str] = []
    finder.open(village.url(LIST))
    finder.page.on("request", lambda request: asked.append(request.url))
    finder.page.locator("#q").press_sequentially("山西省阳曲县")
    finder.until(f"{SHOWN}.length === 10")
    assert set(finder.page.evaluate(SHOWN)) <= naming
    assert sum("/counties/" in url for url in asked) == 1
    assert len(asked) <= 12
    assert not [url for url in asked if "/terms/" in url]
    finder.page.get_by_role("button", name="也按文字找“山西省阳曲县”").click()
    finder.until(f"{SHOWN}.length === 10 && location.search.includes('text=')")
    assert set(finder.page.evaluate(SHOWN)) <= naming
    assert [url for url in asked if "/terms/" in url]


def test_beside_few_results_stands_what_else_bears_the_text_and_nothing_more_is_loaded_for_it(
    real: Any, finder: Finder
) -> None:
    asked: list[str] = []
    finder.open(real.url(LIST))
    finder.page.on("request", lambda request: asked.append(request.url))
    society = next(one for one in real.loaded.content.societies.values() if len(bearing(real, one.name)) == 1)
    finder.page.locator("#q").press_sequentially(society.name)
    finder.until("!!document.querySelector('#results .others')")
    link = finder.page.locator("#results .others a").first
    assert link.get_attribute("href").endswith(f"societies/{society.id}.html")
    assert link.inner_text() == f"{society.name}（学会）"
    assert not [url for url in asked if "suggestions" in url]
    finder.page.locator("#q").fill("没有这样的活动名")
    finder.until("document.querySelector('[data-total]').dataset.total === '0'")
    finder.page.wait_for_timeout(300)
    assert [url for url in asked if "suggestions" in url], "where nothing was found, what comes near is looked for"


def test_without_scripts_the_form_leads_to_the_static_list(
    village: Any, browser: Any, served: Callable[..., str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served(village) + "index.html")
    page.locator("form[role=search] input").last.fill("果树")
    page.locator("form[role=search] input").last.press("Enter")
    page.wait_for_url(f"**/{LIST}?q=*")
    assert page.locator("#listed .card").count() > 3
    assert page.locator("input[type=search]").count() == 1
    assert int(page.locator("[data-total]").get_attribute("data-total")) > 10
    assert page.locator("details.facets a").count() > 5
    context.close()


def test_hostile_titles_queries_and_addresses_are_text(village: Any, browser: Any, served: Callable[..., str]) -> None:
    address = served(village)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("pageerror", lambda error: faults.append(str(error)))
    finder = Finder(page)
    for id in ("2026/E-01/hostile-title", "2026/E-01/script-in-title"):
        title = next(activity.title for activity in village.loaded.activities if activity.id == id)
        finder.open(f"{address}{LIST}?q={quote(title)}")
        page.wait_for_selector("#results [data-id]")
        first = page.locator("#results [data-id]").first
        assert first.get_attribute("data-id") == id
        assert first.locator("h3").inner_text() == title
    for text in HOSTILE:
        page.locator("#q").fill(text)
        finder.until(f"new URLSearchParams(location.search).get('q') === {json.dumps(text.strip())}")
        page.wait_for_timeout(80)
    for text in HOSTILE[:8]:
        said = quote(text)
        finder.open(
            f"{address}{LIST}?q={said}&fields={said}&regions={said},140122&month={said}&sort={said}&text={said}&{said}=1"
        )
        page.wait_for_timeout(80)
    assert page.evaluate("window.hit") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('#main [onerror], #main [onload], #main script:not([src]), #main iframe').length"
        )
        == 0
    )
    assert not faults
    assert not [url for url in asked if not url.startswith(address)]
    context.close()


@pytest.mark.parametrize(
    "query", ["", "?q=测试&fields=crop&regions=140000", "?q=没有这样的东西吧"], ids=["facets", "results", "empty"]
)
def test_axe_finds_nothing_on_facets_results_and_empty_states(query: str, village: Any, finder: Finder) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    page = finder.open(village.url(LIST) + query).page
    if query:
        finder.until("document.querySelector('#results [data-found]').children.length > 0")
    page.wait_for_timeout(200)  # links to pages that bear the name come last
    page.evaluate(
        "document.querySelectorAll('details.facets, details.facets details').forEach(it => { it.open = true })"
    )
    page.evaluate(AXE_SCRIPT)
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        found += [f"{width}: wider than the window: {part}" for part in page.evaluate(_WIDE)[:3]]
        found += [f"{width}: {fault}" for fault in page.evaluate(_RUN_AXE, _AXE_TAGS)]
    assert found == []
    assert page.locator("input[type=search]").count() == 1
    assert page.locator("[data-total]").count() == 1
