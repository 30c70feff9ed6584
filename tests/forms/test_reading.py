"""Forms of many layouts: every case file keeps the promise of its name; forms told in other words are read right or reported."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import CHECKOUT
from generator.load.forms.document import UNREAD, pieces_of
from generator.load.forms.outcome import FormRead
from generator.load.forms.reading import FormReader, read_document
from tests.forms import wordings
from tests.forms.builder import docx_of, xlsx_of

CASES = {
    path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - everything is text
    for path in sorted((CHECKOUT / "tests" / "cases" / "forms").glob("*.yml"))
}
LEAST_PRECISION, LEAST_RECALL = 0.98, 0.90


def form_of(case: dict[str, Any]) -> bytes:
    return xlsx_of(case["sheets"]) if "sheets" in case else docx_of(case["blocks"])


@pytest.mark.parametrize("name", CASES)
def test_a_form(name: str, reader: FormReader, words: Any) -> None:
    case = CASES[name]
    form = reader.read(form_of(case), name)
    got = [{"society": one.society, "values": words(one.values)} for one in form.activities]
    assert got == [{"society": one["society"], "values": words(one["values"])} for one in case["expect"]]
    told = [said.words for said in form.unread]
    for word in case.get("unread", []):
        assert any(word in said for said in told), told
    assert [said for said in case.get("private", []) if said not in [one.words for one in form.private]] == []
    for note in case.get("notes", []):
        assert any(note in said for said in form.notes), form.notes


@pytest.mark.parametrize("layout", wordings.LAYOUTS, ids=lambda layout: layout.__name__)
def test_other_wordings_of_a_layout_are_read_right_or_reported(
    layout: wordings.Layout, reader: FormReader, record_property: Any
) -> None:
    right = given = wanted = 0
    wrong: list[str] = []
    for seed in range(3):
        data, _, true = wordings.form(Random(f"{layout.__name__}{seed}"), layout)  # noqa: S311 - the same every time
        form = reader.read(data, str(seed))
        counts = wordings.score([(one.society, one.values) for one in form.activities], true)
        right, given, wanted, wrong = right + counts[0], given + counts[1], wanted + counts[2], wrong + counts[3]
    precision, recall = right / given, right / wanted
    record_property("precision", precision)
    record_property("recall", recall)
    print(f"{layout.__name__}: precision {precision:.4f}, recall {recall:.4f} of {wanted} fields")
    assert precision >= LEAST_PRECISION, wrong
    assert recall >= LEAST_RECALL, wrong


TEXT = st.text(
    st.sampled_from("果树修剪农民讲座张三010-600:：、，。;（）□☑√①1234567890年月日至每全省ABab@.\t 　\n一二"),
    max_size=30,
)
LABEL = st.sampled_from(
    [word for spellings in wordings.LABELS.values() for word in spellings] + ["备注", "创新点", "联系人", "手机"]
)
CELL = st.one_of(TEXT, LABEL, st.just(""), st.just("^"), st.just("<"))
BLOCK = st.one_of(
    TEXT,
    st.builds(lambda label, text: f"{label}：{text}".replace("\n", " "), LABEL, TEXT),
    st.builds(lambda text: {"box": [text.replace("\n", " ")]}, TEXT),
    st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5).map(lambda rows: {"table": rows}),
)


@settings(max_examples=20, deadline=None)
@given(blocks=st.lists(BLOCK, min_size=1, max_size=6))
def test_nothing_a_form_says_is_dropped_in_silence(blocks: list[Any], reader: FormReader) -> None:
    data = docx_of(blocks)
    form = reader.read(data, "x")
    document = read_document(data) if not form.code or form.code == "nothing" else None
    if document is None:
        return
    list(reader._drafts(document))
    for piece in pieces_of(document.blocks):
        for start, end in piece.stretches(UNREAD):
            assert_told(form, piece.place, piece.text[start:end])


def assert_told(form: FormRead, place: str, words: str) -> None:
    bare = re.sub(r"\W|\d|尾号|手机号|身份证号|银行卡号|微信号或QQ号", "", words)
    told = re.sub(
        r"\W|\d|尾号|手机号|身份证号|银行卡号|微信号或QQ号",
        "",
        "".join(said.words for said in form.unread if said.place == place),
    )
    assert bare in told


def test_a_private_number_stands_nowhere_in_what_comes_of_a_form(reader: FormReader) -> None:
    numbers = ["13800138000", "138 0013 8000", "１３８００１３８０００", "11010519491231002X"]
    for number in numbers:
        for label in ("活动简介", "联系电话", "备注", "活动时间", "联系人", "不认识的一栏"):
            data = docx_of([{"table": [["活动名称", "口罩佩戴小课堂"], [label, f"请找张三（{number}）报名"]]}])
            form = reader.read(data, "x")
            said = repr(form)
            assert number not in said
            assert number[-8:] not in said
            assert form.private or any("尾号" in one.words for one in form.unread), label


def test_the_reading_of_one_form_leaves_no_trace_in_the_next(reader: FormReader) -> None:
    data = docx_of([{"table": [["活动名称", "口罩佩戴小课堂"], ["服务地区", "全省"], ["学会名称", "山西测试学会"]]}])
    other = docx_of([{"table": [["活动名称", "口罩佩戴小课堂"], ["服务地区", "全省"]]}])
    reader.read(data, "x")
    form = reader.read(other, "y")
    assert "regions" not in form.activities[0].values
    assert any("全省" in said.words for said in form.unread)


TRAPS = [
    ("获奖时间", "2025年3月"), ("报名时间", "2025年3月"), ("立项时间", "2025年3月"), ("去年开展时间", "2025年3月"), ("出生日期", "2025年3月"),
    ("队伍成立时间", "2025年3月"), ("媒体报道时间", "2025年3月"), ("培训时间", "2小时"), ("学会注册地区", "山西省"), ("籍贯地区", "山西省"),
    ("集合地点", "阳曲县"), ("往年服务地区", "山西省"), ("不服务地区", "山西省"), ("监督电话", "010-60000000"), ("主管部门电话", "010-60000000"),
    ("当地联系电话", "0351-6000000"), ("财务部门", "财务部"), ("主讲人单位", "测试物理学会"), ("推荐专家", "测试物理学会"),
    ("报销时间", "2025年3月"), ("车辆出发时间", "2025年3月"), ("证书有效期", "2025年3月"), ("药材产地", "山西省"), ("出发地点", "山西省"), ("来自省份", "山西省"),
    ("经销商电话", "010-60000000"), ("县医院电话", "010-60000000"), ("抽样人群", "农民"), ("缴费方式", "讲座"), ("供货方", "测试物理学会"),
    ("上年度服务对象", "农民"), ("志愿者招募对象", "教师"), ("评选方式", "讲座"), ("付款方式", "咨询"), ("累计场次", "30"), ("去年场次", "30"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["活动名称", "进山课名"])
@pytest.mark.parametrize(("label", "words"), TRAPS)
def test_an_answer_about_something_else_is_told_and_not_taken(
    label: str, words: str, name: str, reader: FormReader
) -> None:
    form = reader.read(docx_of([{"table": [[name, "果树修剪课堂"], [label, words]]}]), "x")
    assert [(one.society, one.values) for one in form.activities] == [("", {"title": "果树修剪课堂"})]
    assert words in "".join(said.words for said in form.unread)
