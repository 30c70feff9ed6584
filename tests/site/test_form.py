"""The web form in a real browser, by keyboard: filled, refused, mended; a record changed; a draft kept; a Word form read."""

from __future__ import annotations

import io
import shutil
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import CHECKOUT, check, load
from generator.load.canonical import yaml_text
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.values import stated
from generator.render.form import form_page as printed_page
from generator.render.printed import form_docx
from tests.forms.test_our_form import RECORD as OUR_FORM

pytestmark = pytest.mark.browser

FORM = "contribute/index.html"
MOST_TABS = 220
VILLAGE = load(CHECKOUT / "tests" / "village")
TITLE = "测试果树春季修剪技术下乡"


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own context, so that no draft of another test is there; whatever goes wrong in it fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(5_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    own = "inline style"  # in the page by which Chromium itself says that XML is broken; the policy blocks it
    page.on(
        "console",
        lambda message: wrong.append(message.text) if message.type == "error" and own not in message.text else None,
    )
    yield page
    context.close()
    assert not wrong


def opened(page: Any, website: Any, query: str = "") -> None:
    page.goto(website.url(FORM) + query)
    page.wait_for_selector("#filing[data-ready]")


def tab_to(page: Any, wanted: str, back: bool = False) -> None:
    """Press Tab until the focused element matches a selector."""
    for _ in range(MOST_TABS):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"Tab never comes to {wanted}")


def written(page: Any, field: str, text: str) -> None:
    tab_to(page, f"[id='f-{field}']")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def chosen(page: Any, field: str, text: str, option: str) -> None:
    """Typed into a combobox, and the first of its list taken."""
    written(page, field, text)
    page.wait_for_selector(f".typed:has([id='f-{field}']) [role=option]")
    page.keyboard.press("ArrowDown")
    assert (
        page.evaluate(
            "document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"
        )
        == option
    )
    page.keyboard.press("Enter")


def fill(page: Any, **but: str) -> None:
    """Everything a submission must state, from the society down, by keyboard alone."""
    chosen(page, "society", *but.get("society", "zgnxh 中国农学会").split())
    written(page, "title", but.get("title", TITLE))
    written(page, "summary", but.get("summary", "组织果树专家到村里示范修剪和施肥，现场解答果农提问，留下技术明白纸。"))
    for field, word in (
        ("kind", "技术服务类"),
        ("fields", "种植与园艺"),
        ("audiences", "农民"),
        ("forms", "田间指导"),
        ("mode", "线下"),
    ):
        tab_to(page, f"[name='{field}']")
        for _ in range(20):
            if page.evaluate("document.activeElement.value") == word:
                break
            page.keyboard.press("ArrowDown" if field in ("kind", "mode") else "Tab")
        page.keyboard.press("Space")
    written(page, "period.start", but.get("start", "2026年3月"))
    chosen(page, "regions", "sxyqx", "山西省太原市阳曲县")
    written(page, "responsible", "测试学会")
    written(page, "contact.office", "测试学会科普部")
    tab_to(page, "[data-field='contact.phone'] [data-add]")
    page.keyboard.press("Enter")
    page.keyboard.type(but.get("phone", "010-60000000"))


def sent(page: Any) -> None:
    tab_to(page, ".filing form > .acts button")
    page.keyboard.press("Enter")


def made(page: Any) -> str:
    page.wait_for_selector(".made:not([hidden])")
    return str(page.text_content(".made code"))


def test_by_keyboard_a_form_is_filled_refused_mended_and_its_file_passes_the_check(
    page: Any, real: Any, tmp_path: Path
) -> None:
    opened(page, real)
    fill(page, summary="太短", start="2026-02-30", phone="13800138000")
    sent(page)
    page.wait_for_selector(".summary:not([hidden])")
    assert page.evaluate("document.activeElement.className") == "summary"
    told = page.locator(".summary a").all_text_contents()
    assert told == [
        "“活动简介”只有2个字，至少要20个字，请写得具体一些。",
        "“开始”的“2026-02-30”不存在：2026年2月只有28天，请写成 2026-05-01、2026-05 或 2026 这样的日期。",
        "有手机号（尾号00），请删去（要留电话就写办公电话）；已经提交过的，请联系管理员清除历史。",
    ]
    assert not page.is_visible(".made")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first link leads to its field
    page.keyboard.press("Control+A")
    page.keyboard.type("组织果树专家到村里示范修剪和施肥，现场解答果农提问，留下技术明白纸。")
    written(page, "period.start", "2026年3月")
    tab_to(page, "[name^='contact.phone.']")
    page.keyboard.press("Control+A")
    page.keyboard.type("010-60000000")
    sent(page)
    text = made(page)
    path = str(page.text_content(".made .where")).removeprefix("文件放在：")
    assert path.startswith("activities/2026/C-01/")
    with page.expect_download() as download:
        tab_to(page, "[data-out=download]")
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == path.rsplit("/", 1)[-1]
    (tmp_path / path).parent.mkdir(parents=True)
    download.value.save_as(tmp_path / path)
    assert (tmp_path / path).read_text("utf-8") == text
    assert [problem for problem in check(tmp_path) if problem.level == "error"] == []


def test_what_the_form_made_passes_the_check_and_has_its_page_in_the_next_site(
    page: Any, configured: Any, command: Callable[..., Any], tmp_path: Path
) -> None:
    opened(page, configured)
    fill(page, society="csnxh 测试农学会")
    sent(page)
    made(page)
    path = str(page.text_content(".made .where")).removeprefix("文件放在：")
    with page.expect_download() as download:
        page.click("[data-out=download]")
    root, site = tmp_path / "root", tmp_path / "site"
    shutil.copytree(configured.root, root, ignore=shutil.ignore_patterns(".git"))
    download.value.save_as(root / path)
    command("check", root / path, "--root", root)
    command("build", "--root", root, "--site", site, "--today", "2026-03-01", "--pages-only")
    page.goto((site / path).with_suffix(".html").as_uri())
    assert page.text_content("h1") == TITLE
    assert "科普部" in str(page.text_content("article"))
    page.goto((site / "societies/C-01.html").as_uri())
    assert page.locator("a", has_text=TITLE).count() == 1


def lines_apart(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


def test_a_record_opened_to_change_one_field_differs_in_that_line_alone(page: Any, village: Any) -> None:
    id = "2025/C-01/every-field"
    before = (village.root / f"activities/{id}.yml").read_text("utf-8")
    opened(page, village, f"?edit={id}")
    written(page, "title", "测试换过的活动名称")
    sent(page)
    after = made(page)
    ((old, new),) = lines_apart(before, after)
    assert old.startswith("title:")
    assert new == "title: 测试换过的活动名称"
    assert "改了 1 行" in str(page.text_content(".made .where"))


@pytest.mark.parametrize("site", ["real", "village"])
def test_a_record_opened_and_not_changed_stays_as_it_was(site: str, page: Any, request: pytest.FixtureRequest) -> None:
    website = request.getfixturevalue(site)
    records = website.loaded.activities
    special = [one for one in records if one.description or one.sessions or one.media]
    for activity in {one.id: one for one in (*records[:: len(records) // 3], *special[:4])}.values():
        opened(page, website, f"?edit={activity.id}")
        page.click(".filing form > .acts button")
        assert made(page) == (website.root / f"activities/{activity.id}.yml").read_text("utf-8"), activity.id


def test_a_record_offered_again_begins_without_last_years_days(page: Any, village: Any) -> None:
    opened(page, village, "?renew=2025/C-01/every-field")
    assert page.input_value("[id='f-period.start']") == ""
    assert page.evaluate("document.getElementById('f-renews').value") == "2025/C-01/every-field"
    assert page.input_value("#f-society") == "测试农学会"


def test_a_draft_outlives_a_reload_without_private_numbers_and_can_be_thrown_away(page: Any, real: Any) -> None:
    opened(page, real)
    fill(page, phone="13800138000")
    page.wait_for_function("() => (localStorage.getItem('catalog-draft:new') || '').includes('科普部')")
    page.wait_for_timeout(400)
    assert "13800138000" not in page.evaluate("JSON.stringify(localStorage)")
    opened(page, real)
    assert page.input_value("#f-title") == TITLE
    assert page.input_value("#f-society") == "中国农学会"
    assert page.is_checked("[name=audiences][value=农民]")
    assert page.locator("[data-field=regions] .tokens li").get_attribute("data-value") == "山西省阳曲县"
    assert page.locator(".restored").is_visible()
    tab_to(page, "[data-discard]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#filing[data-ready]")
    page.wait_for_function("() => document.getElementById('f-title').value === ''")


def test_a_county_of_two_provinces_is_asked_about(page: Any, real: Any) -> None:
    opened(page, real)
    written(page, "regions", "鼓楼区")
    page.wait_for_selector("[data-field=regions] [role=option]")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert "“鼓楼区”不止一处，请写全：" in str(page.text_content("[id='f-regions-wrong']"))
    assert page.locator("[data-field=regions] .tokens li").count() == 0


def test_a_title_like_one_that_is_there_offers_to_change_it(page: Any, village: Any) -> None:
    record = next(one for one in village.loaded.activities if not one.is_report and one.society == "C-01")
    opened(page, village)
    page.fill("#f-society", village.loaded.content.societies["C-01"].name)
    page.fill("#f-title", record.title + "啊")
    link = page.wait_for_selector(".alike a")
    assert record.id in parse_qs(urlsplit(link.get_attribute("href")).query)["edit"]


def test_the_file_goes_to_the_repository_or_by_mail_and_a_long_one_by_hand(page: Any, configured: Any) -> None:
    opened(page, configured)
    fill(page, society="csnxh 测试农学会")
    sent(page)
    text = made(page)
    page.hover(
        "[data-out=request]"
    )  # letters in the colour of their ground: axe takes them for hidden and says nothing
    page.wait_for_timeout(300)  # colours change slowly
    ink, ground = page.eval_on_selector(
        "[data-out=request]", "it => { const look = getComputedStyle(it); return [look.color, look.backgroundColor] }"
    )
    assert ink != ground
    address = urlsplit(page.get_attribute("[data-out=request]", "href"))
    assert f"https://{address.netloc}{address.path}".startswith(
        "https://github.com/ORG/REPO/new/main/activities/2026/C-01"
    )
    assert parse_qs(address.query)["value"] == [text]
    assert (
        parse_qs(urlsplit(page.get_attribute("[data-out=mail]", "href")).query)["body"][0]
        .replace("\r\n", "\n")
        .endswith(text)
    )
    page.fill("#f-summary", "长" * 290)
    page.click("#part-may summary")
    page.fill("#f-description", "长" * 900)
    page.click(".filing form > .acts button")
    page.wait_for_selector(".too-long:not([hidden])")
    assert len(page.get_attribute("[data-out=request]", "href")) < 7000
    assert "value" not in parse_qs(urlsplit(page.get_attribute("[data-out=request]", "href")).query)


WAYS = {
    "https://github.com/ORG/REPO": (
        "https://github.com/ORG/REPO/new/main/activities/2026/C-01?filename=a.yml&value=title%3A%20%E7%94%B2%0A",
        True,
    ),
    "https://gitlab.com/ORG/REPO/": (
        "https://gitlab.com/ORG/REPO/-/new/main/activities/2026/C-01?file_name=a.yml",
        False,
    ),
    "https://gitee.com/ORG/REPO": ("https://gitee.com/ORG/REPO/new/main/activities/2026/C-01", False),
}


def test_each_forge_is_asked_in_its_own_way(form_page: Any) -> None:
    file = {"path": "activities/2026/C-01/a.yml", "text": "title: 甲\n", "title": "甲", "isNew": True}
    for repository, (href, whole) in WAYS.items():
        settings = {"repository": repository, "branch": "", "mail": ""}
        ways = form_page.evaluate("([settings, file]) => catalogForm.waysOut(settings, file)", [settings, file])
        assert (ways["request"]["href"], ways["request"]["whole"]) == (href, whole)
        assert ways["issue"]["href"].startswith(repository.rstrip("/"))
        edit = form_page.evaluate(
            "([settings, file]) => catalogForm.waysOut(settings, file)", [settings, {**file, "isNew": False}]
        )
        assert edit["request"]["href"].endswith("/edit/main/activities/2026/C-01/a.yml")
    assert (
        form_page.evaluate(
            "file => catalogForm.waysOut({repository: 'javascript:alert(1)//', branch: '', mail: ''}, file)", file
        )
        == {}
    )


def test_hostile_text_stays_text(page: Any, configured: Any) -> None:
    evil = '"><img src=x onerror=alert(1)><script>a</script>{{7*7}}'
    opened(page, configured)
    fill(page, title=evil, society="csnxh 测试农学会")
    sent(page)
    assert evil.replace('"', '\\"') in made(page)
    assert page.locator("#filing img, #filing script:not([src])").count() == 0
    opened(page, configured, "?edit=" + evil)
    assert page.locator("#filing img").count() == 0
    assert "没有找到" in str(page.text_content(".editing"))


# -- a filled Word form ------------------------------------------------------------------------------------------------

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ROOT = f'<w:document xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>{{}}</w:body></w:document>'


def control(tag: str, *lines: str, inside: str = "") -> str:
    """An answer in its content control, in a cell of a table, as our own forms have it."""
    runs = "<w:r><w:br/></w:r>".join(f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in lines)
    return f'<w:p><w:sdt><w:sdtPr><w:tag w:val="catalog:{tag}"/></w:sdtPr><w:sdtContent>{inside}{runs}</w:sdtContent></w:sdt></w:p>'


def ticks(tag: str, **options: bool) -> str:
    boxes = "".join(
        "<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>"
        f"<w:r><w:t>{'☑' if ticked else '□'}</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>{name}　</w:t></w:r>"
        for name, ticked in options.items()
    )
    return control(tag, inside=boxes)


def word(body: str, name: str = "word/document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return stream.getvalue()


FILLED = (
    control("form", "national｜C-01｜"),
    control("society", "测试农学会"),
    control("title", TITLE),
    control("summary", "组织果树专家到村里示范修剪和施肥，", "现场解答果农提问，留下技术明白纸。"),
    ticks("kind", 技术服务类=True, 民生类=False),
    ticks("audiences", 老年人=True, 农民=True, 青少年=False),
    control("fields", "种植与园艺"),
    control("forms", "田间指导、培训、打太极"),
    ticks("mode", 线下=False, 线上=False),
    control("period.start", "2026年3月"),
    control("regions", "山西省、河北省"),
    control("contact.office", "测试学会科普部"),
    control("contact.phone", "010-60000000；010-60000001"),
    control("sessions.0.start", "2026-05-01"),
    control("sessions.2.place", "测试村"),
    control("nosuch", "没有这一格"),
)


def read_word(page: Any, data: bytes, name: str = "表.docx") -> str:
    page.set_input_files("#word-file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.wait_for_selector(".understood:not([hidden])")
    page.wait_for_function("() => document.querySelector('.understood').textContent")
    return str(page.text_content(".understood"))


def test_a_filled_word_form_fills_the_form_and_says_what_was_understood(page: Any, village: Any) -> None:
    opened(page, village)
    said = read_word(page, word(_ROOT.format("".join(FILLED))))
    assert "活动名称、活动简介、服务类别、领域、服务对象、活动形式、可开展时间、可服务地区、场次、联系方式" in said
    assert "没有看懂、要您自己选的：打太极" in said
    assert "没有读入：没有这一格" in said
    assert page.input_value("#f-society") == "测试农学会"
    values = page.evaluate("catalogForm.collect(document.querySelector('.filing form'))")
    assert values["audiences"] == ["老年人", "农民"]
    assert values["forms"] == ["田间指导", "培训"]
    assert values["contact"] == {"office": "测试学会科普部", "phone": ["010-60000000", "010-60000001"]}
    assert values["sessions"] == [{"start": "2026-05-01"}, {"place": "测试村"}]
    assert "mode" not in values


def test_of_several_activities_in_one_document_one_is_chosen(page: Any, village: Any) -> None:
    opened(page, village)
    read_word(
        page,
        word(_ROOT.format("".join([*FILLED, control("form", "national｜C-01｜"), control("title", "第二项测试活动")]))),
    )
    page.click(".understood button >> nth=1")
    assert page.input_value("#f-title") == "第二项测试活动"


HOSTILE = {
    "an old .doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版 .doc"),
    "a renamed text": ("活动名称：果树修剪".encode() * 9, "不是 .docx"),
    "an empty file": (b"", "不是 .docx"),
    "a form of others": (word(_ROOT.format("<w:p/>")), "没有本站申报表的填写格"),
    "another archive": (word("x", "a.txt"), "没有本站申报表的填写格"),
    "a bomb": (word(" " * 60_000_000), "多得不正常"),
    "entities": (word('<!DOCTYPE a [<!ENTITY b "c">]>' + _ROOT.format("&b;")), "不该有的声明"),
    "half a file": (word(_ROOT.format("".join(FILLED)))[:700], "打不开"),
    "broken markup": (word("<w:document"), "打不开"),
    "too many answers": (
        word(_ROOT.format("".join(control("title", str(number)) for number in range(2100)))),
        "多得不正常",
    ),
}


def test_hostile_and_broken_documents_are_refused_in_a_sentence(page: Any, village: Any) -> None:
    opened(page, village)
    for name, (data, words) in HOSTILE.items():
        page.evaluate("document.querySelector('.understood').textContent = ''")
        assert words in read_word(page, data), name
        assert page.input_value("#f-title") == "", name


# -- there and back ----------------------------------------------------------------------------------------------------

_THERE_AND_BACK = """values => { const sheet = document.querySelector('.filing form'); const form = catalogForm
    const left = form.fill(sheet, values); const again = form.collect(sheet)
    const root = form.nodesOf(again, '')
    return {left, text: form.yamlText(form.checkRecord({path: 'activities/2026/C-01/a.yml', root, text: '', lost: []}, form.known).record, form.known)} }"""


def records_to_try() -> st.SearchStrategy[dict[str, Any]]:
    """Whole records: what the village's state, each part from another of them, in other orders."""
    known = VILLAGE.content.known
    stock = [stated(one, known, names=True) for one in VILLAGE.activities]
    keys = [line.key for line in fields_of(Activity)]
    pools = {key: [one[key] for one in stock if key in one] for key in keys}
    fixed = {
        key: st.sampled_from(pools[key])
        for key in ("title", "summary", "kind", "fields", "audiences", "forms", "period", "regions")
    }
    more = {key: st.sampled_from(pool) for key, pool in pools.items() if pool and key not in fixed}
    orders = st.permutations(known.vocabularies["audiences"].names).map(lambda names: list(names[:3]))
    return st.fixed_dictionaries({**fixed, "audiences": orders}, optional=more)


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_record_comes_back_from_the_form_as_it_went_in(form_page: Any, data: Any) -> None:
    values = data.draw(RECORDS)
    back = form_page.evaluate(_THERE_AND_BACK, values)
    assert back["left"] == []
    assert back["text"] == yaml_text(Activity, values)


RECORDS = records_to_try()

_READ_WORD = """data => { const form = catalogForm
    const [one, ...more] = form.readDocument(Uint8Array.from(atob(data), letter => letter.charCodeAt(0)))
    const root = form.nodesOf(one.values, '')
    const record = form.checkRecord({path: 'activities/2026/C-01/a.yml', root, text: '', lost: []}, form.known).record
    return {more: more.length, left: one.left, society: one.meta.society, text: form.yamlText(record, form.known)} }"""


@given(OUR_FORM)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_our_own_word_form_is_read_in_the_browser_without_loss(form_page: Any, values: dict[str, Any]) -> None:
    known = VILLAGE.content.known
    data = form_docx("national", [printed_page(known, "national", "C-01", "", values)], date(2026, 11, 23), True)
    back = form_page.evaluate(_READ_WORD, b64encode(data).decode())
    assert back == {"more": 0, "left": [], "society": "测试农学会", "text": yaml_text(Activity, values)}


@pytest.fixture(scope="module")
def form_page(browser: Any, village: Any) -> Iterator[Any]:
    """The form in one page for many records."""
    page = browser.new_page()
    opened(page, village)
    page.evaluate("() => catalogForm.open().then(() => catalogFiles.load('assets/vendor/fflate.js')).then(() => null)")
    yield page
    page.close()


_ALL_OPEN = """document.querySelectorAll('#filing details').forEach(it => { it.open = true })
    document.querySelectorAll('[data-add]').forEach(it => it.click()); document.querySelector('.filing form').requestSubmit()"""


def test_axe_finds_nothing_in_a_form_that_is_all_open_and_refused(real: Any, audit: Callable[..., list[str]]) -> None:
    assert audit(real.url(FORM), _ALL_OPEN) == []


_MADE = """async () => { document.querySelector('.filing form').requestSubmit()
    while (document.querySelector('.made').hidden) await new Promise(done => setTimeout(done, 50)) }"""


def test_axe_finds_nothing_at_a_file_that_was_made(configured: Any, audit: Callable[..., list[str]]) -> None:
    assert audit(configured.url(FORM) + "?edit=2025/C-01/every-field", _MADE) == []
