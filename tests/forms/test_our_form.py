"""Our own forms: what is exported is imported back without loss, whatever a record says."""

from __future__ import annotations

import copy
import io
import itertools
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.build import CHECKOUT, load
from generator.load.canonical import yaml_text
from generator.load.forms.reading import FormReader
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model.activity import Activity
from generator.model.values import stated
from generator.render.form import form_page
from generator.render.printed import form_docx

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DAY = date(2026, 11, 23)
VILLAGE = CHECKOUT / "tests" / "village"

LINE = (
    st.text(st.sampled_from("果树修剪进村里讲给农民听，。：:；;、（）“”①—-#&<>\"'[]{}*☑□√ 1a"), min_size=4, max_size=40)
    .map(str.strip)
    .filter(lambda text: len(text) > 3)
)
LINES = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
LONG = st.lists(LINE, min_size=2, max_size=4).map(
    lambda lines: "\n".join(["果树修剪技术下乡给果农讲课并答疑，留下明白纸", *lines])
)
NAME = st.text(st.sampled_from("测试医院中学科协联合社"), min_size=4, max_size=12)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(str)
PLACE = st.sampled_from(["山西省", "江西省", "山西省阳曲县", "江苏省南京市鼓楼区", "福建省德化县"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(*words: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True)


RECORD = st.fixed_dictionaries(
    {
        "title": LINE,
        "summary": LONG,
        "kind": st.sampled_from(["技术服务类", "民生类", "科普类", "应急类", "专业志愿服务"]),
        "fields": some("种植与园艺", "医疗与健康", "心理健康", "能源与电力", "地学与海洋"),
        "audiences": some("农民", "青少年", "领导干部和公务员", "教师与科技辅导员"),
        "forms": some("报告讲座", "培训", "义诊", "线上直播与网络科普", "科学课堂与实验"),
        "mode": st.sampled_from(["线下", "线上", "线上线下结合"]),
        "period": st.fixed_dictionaries({"start": DAYS, "text": st.sampled_from(["全年", "3月至10月，农忙除外", "2026年5月、9月"])}),
        "regions": st.lists(PLACE, min_size=1, max_size=3, unique=True),
        "responsible": LINE,
        "contact": st.fixed_dictionaries({"office": NAME, "phone": st.lists(st.sampled_from(["010-60000000", "0351-6000000转801", "400-800-1234", "12396"]), min_size=1, max_size=3, unique=True), "email": st.just("a@example.org")}),
    },
    optional={
        "description": LINES,
        "sessions": st.lists(st.fixed_dictionaries({"start": DAYS.map(lambda day: day + " 09:30")}, optional={"county": st.just("山西省阳曲县"), "place": LINE, "title": LINE}), min_size=1, max_size=4, unique_by=str),
        "capacity": st.fixed_dictionaries({"sessions": st.integers(1, 900)}, optional={"people": st.integers(1, 900)}),
        "team": st.fixed_dictionaries({"name": LINE}, optional={"level": st.sampled_from(["总队", "分队"]), "registration": st.just("CS-001")}),
        "partners": st.lists(NAME, min_size=1, max_size=3, unique=True),
        "conditions": LINES,
        "safety": st.fixed_dictionaries({"plan": LINE}, optional={"insurance": LINE}),
        "host_provides": LINES,
        "cost": st.sampled_from(["免费", "无", "学会承担"]),
        "results_before": LINES,
        "media": st.lists(st.fixed_dictionaries({"title": LINE, "url": st.just("https://example.org/a?b=1")}), min_size=1, max_size=2, unique_by=str),
        "call": st.just("2026"),
        "filed": DAYS,
        "renews": st.just("2025/C-01/every-field"),
        "cancelled": LINE,
    },
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(values=RECORD)
def test_record_to_word_form_to_record_is_the_same(values: dict[str, Any], reader: FormReader) -> None:
    source, problems = read_source(yaml_text(Activity, values), "activities/2026/C-01/a.yml")
    assert source is not None
    record, more = parse_activity(source, reader.known)
    if any(problem.level == "error" for problem in problems + more):
        return  # no record
    said = stated(record, reader.known, names=True)
    data = form_docx("national", [form_page(reader.known, "national", "C-01", "", said)], DAY, True)
    form = reader.read(data, "x")
    assert [one.values for one in form.activities] == [said]
    assert form.activities[0].society == "C-01"
    assert [one for one in form.unread if one.words] == []


def test_every_kind_of_record_of_the_village_comes_back_from_its_form(reader: FormReader) -> None:
    every = [(one.society, stated(one, reader.known, names=True)) for one in load(VILLAGE).activities]
    said = list(
        {(society, *values): (society, values) for society, values in every}.values()
    )  # one of each set of fields
    pages = [form_page(reader.known, "provincial", society, "", values) for society, values in said]
    form = reader.read(form_docx("provincial", pages, DAY, False), "x")
    assert [(one.society, one.values) for one in form.activities] == said
    assert form.unread == []


@pytest.mark.parametrize(("kind", "style"), [("national", "docx"), ("provincial", "pdf")])
def test_a_blank_form_is_written(kind: str, style: str, tmp_path: Path, command: Command) -> None:
    target = tmp_path / f"form.{style}"
    command("export", "form", "--root", VILLAGE, "--kind", kind, "--call", "2026", "--format", style, "--out", target)
    assert target.read_bytes().startswith(b"PK" if style == "docx" else b"%PDF")


def test_a_blank_form_says_nothing_and_that_is_said(tmp_path: Path, command: Command) -> None:
    command("export", "form", "--root", VILLAGE, "--out", tmp_path / "blank.docx")
    done = command("import", tmp_path / "blank.docx", "--root", VILLAGE, "--out", tmp_path / "out", code=1)
    assert "没有读出一项活动" in done.stdout
    assert not list((tmp_path / "out").rglob("*.yml"))


def test_a_form_filled_for_renewal_names_what_it_renews(tmp_path: Path, command: Command) -> None:
    command("export", "form", "--root", VILLAGE, "--society", "测试医学会", "--out", tmp_path / "form.docx")
    command("import", tmp_path / "form.docx", "--root", VILLAGE, "--out", tmp_path / "out", code=None)
    texts = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.yml")]
    assert texts
    assert all("renews: " in text and "\ncall" not in text for text in texts)


def test_an_unknown_society_is_asked_about(command: Command) -> None:
    done = command("export", "form", "--root", VILLAGE, "--society", "测试医药学会", code=2)
    assert "测试医学会" in done.stderr


def test_importing_twice_writes_nothing_over(tmp_path: Path, command: Command) -> None:
    command("export", "form", "--root", VILLAGE, "--society", "测试医学会", "--out", tmp_path / "form.docx")
    for _ in range(2):
        command("import", tmp_path / "form.docx", "--root", VILLAGE, "--out", tmp_path / "out", code=None)
    first = sorted(path.relative_to(tmp_path) for path in (tmp_path / "out").rglob("*.yml"))
    (tmp_path / first[0]).write_text("title: 别人改过的\n", "utf-8")
    command("import", tmp_path / "form.docx", "--root", VILLAGE, "--out", tmp_path / "out", code=None)
    assert (tmp_path / first[0]).read_text("utf-8") == "title: 别人改过的\n"
    assert len(list((tmp_path / "out").rglob("*.yml"))) == len(first) + 1


def typed(data: bytes, ticks: dict[str, str], words: dict[str, str]) -> bytes:
    """A form after somebody's work: signs typed over the boxes before some options, words into some controls."""
    document = Document(io.BytesIO(data))
    controls = {}
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        controls[tag.get(qn("w:val")) if tag is not None else ""] = control
    for key, text in words.items():
        first, *rest = controls[f"catalog:{key}"].iter(qn("w:t"))
        first.text = text
        for one in rest:
            one.text = ""
        properties = controls[f"catalog:{key}"].find(qn("w:sdtPr"))
        for hint in properties.findall(qn("w:showingPlcHdr")):
            properties.remove(hint)
    texts = list(document.element.body.iter(qn("w:t")))
    for box, option in itertools.pairwise(texts):
        if box.text == "□" and (option.text or "").strip("　 ") in ticks:
            box.text = ticks[str(option.text).strip("　 ")]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_tick_typed_over_a_box_counts_though_the_box_does_not_know() -> None:
    known = load(VILLAGE).content.known
    blank = form_docx("national", [form_page(known, "national", "C-01", "", {})], DAY, is_demonstration=True)
    data = typed(blank, {"技术服务类": "√", "农民": "☑", "义诊": "■"}, {"title": "测试：打勾"})
    (activity,) = FormReader(known).read(data, "form.docx").activities
    assert [activity.values.get(key) for key in ("kind", "audiences", "forms")] == ["技术服务类", ["农民"], ["义诊"]]


def test_an_hour_is_read_as_people_write_it_and_a_day_that_is_none_is_told() -> None:
    known = load(VILLAGE).content.known
    blank = form_docx("national", [form_page(known, "national", "C-01", "", {})], DAY, is_demonstration=True)
    said = {"title": "测试：场次", "sessions.0.start": "2026年5月12日上午9点", "sessions.1.start": "2026.5.13 下午2点半",
            "sessions.2.start": "五月中旬"}  # fmt: skip
    form = FormReader(known).read(typed(blank, {}, said), "form.docx")
    assert form.activities[0].values["sessions"] == [{"start": "2026-05-12 09:00"}, {"start": "2026-05-13 14:30"}]
    assert [one.words for one in form.unread] == ["五月中旬"]


# -- as clerks fill it --

FILLED = {
    "society": "测试农学会", "title": "苹果冬剪进山村", "period.start": "2026年11月", "period.end": "2027年2月",
    "regions": "山西省阳曲县、清徐县", "contact.office": "科普部", "contact.phone": "010-60000001", "cost": "免费",
    "sessions.0.start": "2026年11月5日", "sessions.0.place": "村委会", "filed": "2026.7.12",
}  # fmt: skip
TICKED = {"kind": "技术服务类", "audiences": "农民", "mode": "线下"}
READ = {
    "title": "苹果冬剪进山村", "kind": "技术服务类", "audiences": ["农民"], "mode": "线下",
    "period": {"start": "2026-11", "end": "2027-02"}, "regions": ["山西省阳曲县", "山西省清徐县"],
    "sessions": [{"start": "2026-11-05", "place": "村委会"}], "cost": "免费",
    "contact": {"office": "科普部", "phone": ["010-60000001"]}, "call": "2026", "filed": "2026-07-12",
}  # fmt: skip


@pytest.fixture(scope="module")
def blank(reader: FormReader) -> bytes:
    return form_docx("national", [form_page(reader.known, "national", "", "2026", {})], DAY, True)


def _controls(document: Any) -> list[tuple[str, Any]]:
    """(key, control) of every answer."""
    found = [
        (control.find(qn("w:sdtPr")).find(qn("w:tag")), control) for control in document.element.body.iter(qn("w:sdt"))
    ]
    return [(tag.get(qn("w:val")).removeprefix("catalog:"), control) for tag, control in found if tag is not None]


def _type(control: Any, text: str, way: str) -> None:
    mark = control.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
    if mark is not None and way != "mark-left":
        control.find(qn("w:sdtPr")).remove(mark)
    first, *more = control.find(qn("w:sdtContent")).iter(qn("w:t"))
    first.text = first.text + text if way == "behind-the-hint" else text
    for other in more:
        other.text = ""


def _tick(control: Any, name: str, way: str) -> None:
    word = next(one for one in control.iter(qn("w:t")) if (one.text or "").strip() == name)
    box = next(word.getparent().getprevious().iter(qn("w:t")))
    if way == "√-before":
        word.text = "√" + word.text
    elif way == "√-behind":
        word.text = name + "√" + word.text[len(name) :]
    elif way == "（√）-before":
        word.text = "（√）" + word.text
    elif way == "only-the-word":
        for inner in list(control.find(qn("w:sdtContent")).iter(qn("w:sdt"))):
            inner.getparent().remove(inner)
        for other in control.iter(qn("w:t")):
            other.text = name if other is word else ""
    else:
        box.text = "√"


def _unwrap(control: Any) -> None:
    for element in control.find(qn("w:sdtContent")):
        control.addprevious(element)
    control.getparent().remove(control)


def _filled(blank: bytes, way: str = "", tick: str = "") -> Any:
    document = Document(io.BytesIO(blank))
    for key, control in _controls(document):
        if key in FILLED:
            _type(control, FILLED[key], way)
        if key in TICKED:
            _tick(control, TICKED[key], tick)
        if way == "pasted-over" and key in FILLED:
            _unwrap(control)
    while way == "no-control-left" and (left := next(document.element.body.iter(qn("w:sdt")), None)) is not None:
        _unwrap(left)
    return document


def _read(document: Any, reader: FormReader) -> Any:
    stream = io.BytesIO()
    document.save(stream)
    return reader.read(stream.getvalue(), "x")


WAYS = ["", "mark-left", "behind-the-hint", "pasted-over", "no-control-left"]
TICKS = ["", "√-before", "√-behind", "（√）-before", "only-the-word"]


@pytest.mark.parametrize(("way", "tick"), [*((way, "") for way in WAYS), *(("", tick) for tick in TICKS[1:])])
def test_however_a_clerk_fills_it_the_form_is_read(way: str, tick: str, blank: bytes, reader: FormReader) -> None:
    form = _read(_filled(blank, way, tick), reader)
    assert [(one.society, one.values) for one in form.activities] == [("C-01", READ)]
    assert form.unread == []


def test_a_copied_row_is_one_more_session(blank: bytes, reader: FormReader) -> None:
    document = _filled(blank)
    rows = [
        row for row in document.element.body.iter(qn("w:tr")) if "catalog:sessions.0." in etree.tostring(row).decode()
    ]
    for row in reversed(rows):
        rows[-1].addnext(copy.deepcopy(row))
    copied = [control for key, control in _controls(document) if key == "sessions.0.start"][1]
    _type(copied, "2026年12月6日", "")
    form = _read(document, reader)
    assert form.activities[0].values["sessions"] == [*READ["sessions"], {"start": "2026-12-06", "place": "村委会"}]  # type: ignore[misc]


def test_a_copied_table_is_one_more_activity(blank: bytes, reader: FormReader) -> None:
    document = _filled(blank)
    table = document.tables[0]._tbl
    table.addnext(copy.deepcopy(table))
    second = [control for key, control in _controls(document) if key == "title"][1]
    _type(second, "另一项测试活动", "")
    form = _read(document, reader)
    assert [one.values for one in form.activities] == [READ, READ | {"title": "另一项测试活动"}]
    assert {one.society for one in form.activities} == {"C-01"}


def test_a_strange_tag_costs_only_its_own_answer(blank: bytes, reader: FormReader) -> None:
    document = _filled(blank)
    for tag in document.element.body.iter(qn("w:tag")):
        if tag.get(qn("w:val")) in ("catalog:sessions.0.start", "catalog:sessions.0.place"):
            tag.set(qn("w:val"), "catalog:sessions.-1.start")
    form = _read(document, reader)
    assert form.activities[0].values == {key: value for key, value in READ.items() if key != "sessions"}
    assert {one.words for one in form.unread} == {"2026年11月5日", "村委会"}
