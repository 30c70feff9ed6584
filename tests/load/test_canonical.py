"""The canonical form: what is written is read again as it was, formatting twice changes nothing, and no comment is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.build import load
from generator.load.canonical import formatted, yaml_text
from generator.load.text import without_forbidden
from generator.load.yaml_text import read_source
from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.reader import Reader
from generator.model.society import Society
from generator.model.source import Items, Node, Text
from generator.model.values import Group, Line, Many, Value, stated

CHECKOUT = Path(__file__).resolve().parents[2]
VILLAGE = CHECKOUT / "tests" / "village"
TABLES = (Activity, Need, Pairing, Society, Call)
LOADED = load(VILLAGE)
KNOWN = LOADED.content.known

MANY = settings(
    deadline=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)  # shrinking whole tables takes minutes

PIECES = st.sampled_from(
    [
        "果树", "：", ": ", ":", " #", "#", "“", "”", '"', "'", "\\", "- ", "-", "－ ", "？", "? ", "!", "&", "*", "|", ">", "%", "@", "`",
        "[", "]", "{", "}", ",", "，", "、", "no", "yes", "012", "10:00", "~", "null", "1e3", "0x1f", "2026", "2026-05-01", "...", "---",
        "=", "<<", "😀", "👩‍🌾", "　", "\u00a0", "\t", "\n", "\n\n", "\n  ", " ", "<script>", "$(rm)", "::error::", "é", "٣", "𠮷",
    ]
)  # fmt: skip


def clean(text: str) -> str:
    return without_forbidden(text).strip()


def texts(most_lines: int = 9) -> st.SearchStrategy[str]:
    """Hostile text as a reader may keep it: nothing nobody can see, nothing around it."""
    made = st.one_of(
        st.lists(PIECES, min_size=1, max_size=8).map("".join), st.text(max_size=30), st.lists(PIECES).map("".join)
    )
    one = made if most_lines > 1 else made.map(lambda text: text.replace("\n", " "))
    return one.map(clean).filter(bool)


def values_of(value: Value) -> st.SearchStrategy[Any]:
    """Hostile values of a field's shape."""
    if isinstance(value, Many):
        return st.lists(values_of(value.one), min_size=1, max_size=4)
    return tables(value.cls).filter(bool) if isinstance(value, Group) else texts()


def tables(cls: type) -> st.SearchStrategy[dict[str, Any]]:
    """Hostile values for some keys of a table."""
    lines = {line.key: values_of(line.value) for line in fields_of(cls)}
    return st.fixed_dictionaries({}, optional=lines)


def plain(node: Node) -> Any:
    if isinstance(node, Text):
        assert not node.cut
        return node.value.strip()
    if isinstance(node, Items):
        return [plain(value) for value in node.values]
    return {key: plain(value) for key, value in node.values.items()}


# -- writing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", TABLES)
@MANY
@given(data=st.data())
def test_whatever_is_written_is_read_again_as_it_was(cls: type, data: st.DataObject) -> None:
    values = data.draw(tables(cls).filter(bool))
    text = yaml_text(cls, values)
    source, problems = read_source(text, "a.yml")
    assert source is not None
    assert not problems, text
    assert plain(source.root) == values, text


@settings(deadline=None, max_examples=100)
@given(text=texts())
def test_what_other_programs_read_is_text_too(text: str) -> None:
    read = yaml.safe_load(yaml_text(Activity, {"title": text, "partners": [text]}))
    number_or_day = re.fullmatch(r"[1-9]\d*|0|\d{4}-\d\d?-\d\d?(?: .*)?", text)
    for value in (read["title"], read["partners"][0]):
        assert number_or_day or value.strip() == text


def records() -> list[Any]:
    real = load(CHECKOUT)
    found = []
    for loaded in (real, LOADED):
        content = loaded.content
        found += [
            (record, content.known)
            for record in (
                *loaded.activities, *loaded.needs, *loaded.pairings, *content.societies.values(), *content.calls.values(),
            )
        ]  # fmt: skip
    return found


def test_every_record_written_and_read_is_the_record() -> None:
    for record, known in records():
        cls: Any = type(record)
        source, problems = read_source(yaml_text(cls, stated(record, known, names=True)), "a.yml")
        assert source is not None
        assert not problems
        reader = Reader("a.yml", known)
        kept = {key: getattr(record, key) for key in ("id", "year", "society", "county") if hasattr(record, key)}
        in_file = {line.key for line in fields_of(cls)}
        again, whole = reader.record(cls, source.root, **{key: kept[key] for key in kept if key not in in_file})
        assert whole, reader.problems
        assert stated(again, known, names=True) == stated(record, known, names=True)


@MANY
@given(data=st.data())
def test_a_record_with_hostile_text_written_and_read_is_the_record(data: st.DataObject) -> None:
    record = next(one for one in LOADED.activities if one.id == "2026/C-01/every-field")
    values = stated(record, KNOWN, names=True)
    for line in fields_of(Activity):
        if isinstance(line.value, Line):
            text = data.draw(texts(1 if type(line.value) is Line else 9).filter(lambda text: len(text) < 60))
            values[line.key] = (text * 20 if len(text) < line.value.least else text)[: line.value.most].strip()
    source, problems = read_source(yaml_text(Activity, values), "a.yml")
    assert source is not None
    assert not problems
    reader = Reader("a.yml", KNOWN)
    again, whole = reader.record(Activity, source.root, id=record.id, year=record.year, society=record.society)
    assert whole, reader.problems
    assert stated(again, KNOWN, names=True) == values


def test_the_form_is_as_documented() -> None:
    text = yaml_text(
        Activity,
        {
            "period": {"end": "2026-10", "start": "2026-03"},
            "title": "科普: 走进社区",
            "audiences": ["农民", "老年人"],
            "description": "一\n\n二",
            "regions": [f"山西省阳曲县{number}" for number in range(20)],
            "sessions": [{"start": "2026-05-01 09:30", "place": "村委会"}],
            "contact": {"office": "甲" * 60, "phone": ["010-60000000", "010-60000001"], "email": "a@example.org"},
            "cost": "012",
        },
        comment="yaml-language-server: $schema=../../../a.json",
    )
    wanted = """\
# yaml-language-server: $schema=../../../a.json
title: "科普: 走进社区"
description: |
  一

  二
audiences: [农民, 老年人]
period: {start: 2026-03, end: 2026-10}
regions:
AREAS
sessions:
  - {start: 2026-05-01 09:30, place: 村委会}
cost: "012"
contact:
  office: OFFICE
  phone: [010-60000000, 010-60000001]
  email: a@example.org
"""
    areas = "\n".join(f"  - 山西省阳曲县{number}" for number in range(20))
    assert text == wanted.replace("AREAS", areas).replace("OFFICE", "甲" * 60)


# -- formatting --------------------------------------------------------------------------------------------------------

MESSY = """\
# 整份文件的说明
活动名称: 果树春季修剪技术下乡

# 为什么选这一类
kind: "技术服务类" # 五类选一
服务对象:
  # 主要的
  - 农户 # 就是农民
  - 老年人
  # 还想加：青少年
联系方式:
  office: 测试学会科普部
  # 以后再补邮箱
summary: 组织果树专家到村里示范修剪和施肥，现场解答果农提问， # 说明
  留下技术明白纸。
period:
  开始: 2026年3月 # 约
titel: 写错的一项
sessions:
  - start: 2026/5/1
    # 在哪里
    county: 阳曲县
  -
    # 第二场
    start: 2026-07-01 9:30
description: | # 正文
  多行

    # 这是正文，不是注释
forms: [ # 形式
  培训, # 室内
  田间指导 ] # 完
cost: # 免费吗
# 结尾
"""


def comments(text: str) -> Counter[str]:
    """The comments of a text, counted without our own reader: none of these stands in a value."""
    return Counter(re.findall(r"# ?[^#\n]*", text))


def test_formatting_keeps_every_comment_with_its_entry() -> None:
    text = formatted(MESSY.replace("， # 说明\n", "，\n"), Activity, KNOWN)
    assert isinstance(text, str)
    assert comments(text) == comments(MESSY.replace("， # 说明\n", "，\n"))
    assert "# 为什么选这一类\nkind: " in text
    assert "  # 主要的\n  - " in text
    assert "# 就是农民" in next(line for line in text.splitlines() if "农民" in line)
    assert "  - 老年人\n  # 还想加：青少年\n" in text
    assert "  office: 测试学会科普部\n  # 以后再补邮箱\n" in text
    assert "    # 在哪里\n    county: 山西省阳曲县\n" in text
    assert "  # 第二场\n  - {start: 2026-07-01 09:30}" in text
    assert "period: # 约" in text or 'start: "2026-03" # 约' in text
    assert text.startswith("# 整份文件的说明\ntitle: ")
    assert text.endswith("# 结尾\n")
    assert "titel: 写错的一项" in text


def test_a_comment_below_the_only_key_of_an_item_stays_below_it() -> None:
    text = "summary: 简介\nimages:\n  - {alt: 甲}\n     # 缺文件\n  - {file: a.jpg, alt: 乙}\n"
    once = formatted(text, Activity, KNOWN)
    assert isinstance(once, str)
    assert "  - alt: 甲\n    # 缺文件\n  - {" in once
    assert formatted(once, Activity, KNOWN) == once


def every_file() -> list[tuple[Path, type]]:
    kinds = {"activities": Activity, "content/needs": Need, "content/pairings": Pairing, "content/calls": Call}
    return [
        (path, cls)
        for root in (CHECKOUT, VILLAGE)
        for folder, cls in kinds.items()
        for path in sorted((root / folder).rglob("*.yml"))
    ]


def test_formatting_twice_changes_nothing_and_formatting_once_changes_no_record() -> None:
    real = load(CHECKOUT).content.known
    for path, cls in every_file():
        known = KNOWN if path.is_relative_to(VILLAGE) else real
        before = path.read_text("utf-8")
        once = formatted(before, cls, known)
        assert isinstance(once, str), path
        assert formatted(once, cls, known) == once
        assert comments(re.sub(r"https?://\S+", "", once)) == comments(re.sub(r"https?://\S+", "", before))
        first, second = (record_of(text, cls, known) for text in (before, once))
        assert first == second


def record_of(text: str, cls: Any, known: Any) -> Any:
    source, problems = read_source(text, "a.yml")
    assert source is not None
    assert not problems
    given = {key: "" for key in ("id", "year", "society", "county") if key not in {f.key for f in fields_of(cls)}}
    return Reader("a.yml", known).record(cls, source.root, **{k: v for k, v in given.items() if hasattr(cls, k)})[0]


@MANY
@given(
    values=tables(Activity).filter(bool),
    words=st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.integers(0, 6)), max_size=8),
)
def test_formatting_any_file_with_comments_twice_changes_nothing_and_loses_none(
    values: dict[str, Any], words: list[tuple[int, bool, int]]
) -> None:
    lines = yaml_text(Activity, values).splitlines()
    for number, (at, alone, indent) in enumerate(words):
        where = at % len(lines)
        if alone:
            lines.insert(where, f"{' ' * indent}# 注释{number}号")
        else:
            lines[where] += f" # 注释{number}号"
    text = "\n".join(lines)
    source, problems = read_source(text, "a.yml")
    once = formatted(text, Activity, KNOWN) if source is not None and not problems else []
    if isinstance(once, str):
        assert formatted(once, Activity, KNOWN) == once, text
        for number in range(len(words)):
            assert once.count(f"注释{number}号") == text.count(f"注释{number}号"), text


@pytest.mark.parametrize(
    "text", ["title：果树\n", "title: [甲\n", "title: 甲\n活动名称: 乙\n", "title: 科普活动 #1\n", "a\n", ""]
)
def test_a_file_that_would_lose_something_is_left_alone_and_told(text: str) -> None:
    problems = formatted(text, Activity, KNOWN, "a.yml")
    assert isinstance(problems, list)
    assert problems
    assert all(problem.level == "error" for problem in problems)
