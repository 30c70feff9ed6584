"""The form a society fills in (附件1、附件2): its title, notes and printed words, all from the table of fields."""

from __future__ import annotations

import re
from functools import cache

from generator.model.activity import Activity
from generator.model.field import DUTY_WORDS, Field, fields_of
from generator.model.values import Choice, Group, Many, Value

KINDS = {
    "national": ("附件1", "全国学会科技志愿品牌活动信息表"),
    "provincial": ("附件2", "省级学会科技志愿品牌活动信息表"),
}
DEMONSTRATION = "演示数据，非中国科协发布"
HINT = "点击此处填写"  # stands where nothing is written yet
SOCIETY, SOCIETY_HELP = "学会名称", "写全称"
NOTES = (
    "填表说明",
    "1. 带 ＊ 的必填。一个活动填一张表；还有别的活动，请另存一份再填。",
    "2. 请在格子里填写，不要改动左边的文字；方框点一下就打勾。",
    "3. 联系方式写部门、办公电话和单位邮箱，不写个人姓名和手机号。这张表的内容会公开。",
    "4. 不知道的不要编；时间可以照平时的说法写，如“全年”“7月下旬至10月上旬”。",
)
ONLY_FILLED = ("call", "renews", "source", "cancelled", "images")  # a blank form does not ask for these
BLANK_ROWS = {"sessions": 3, "media": 1, "images": 1}
_SPACES = re.compile(r"\s+")


def inner(value: Value) -> Value:
    """The type of one of many."""
    return value.one if isinstance(value, Many) else value


def label_of(line: Field) -> str:
    """The label as it is printed: what has to be filled in has a star."""
    return ("＊" if DUTY_WORDS[line.duty] in ("必填", "申报必填") else "") + line.label


def part_label(line: Field, part: Field) -> str:
    """The label of a part of a group."""
    return ("＊" if DUTY_WORDS[part.duty] == "必填" else "") + part.label


def help_of(line: Field) -> str:
    """The small text under a label."""
    value = inner(line.value)
    words = [line.help.rstrip("。")] if line.help else []
    if isinstance(line.value, Many) and isinstance(value, Choice) and not line.help:
        words.append(f"最多选{line.value.most}项")
    elif not isinstance(value, Choice | Group) and "字" in value.what:
        words.append(value.what.rpartition("，")[2])
    return "；".join(words)


def is_printed(text: str) -> bool:
    """Whether a line is one the form itself prints."""
    return _bare(text) in _printed() or bool(re.fullmatch(r"第\d+(?:项|场|条)|附件[12]", _bare(text)))


def _bare(text: str) -> str:
    return _SPACES.sub("", text)


@cache
def _printed() -> frozenset[str]:
    words = [
        SOCIETY,
        "＊" + SOCIETY,
        SOCIETY_HELP,
        DEMONSTRATION,
        HINT,
        *NOTES,
        *(word for pair in KINDS.values() for word in pair),
    ]
    for line in fields_of(Activity):
        words += [label_of(line), help_of(line)]
        value = inner(line.value)
        if isinstance(value, Group):
            for part in fields_of(value.cls):
                words += [part_label(line, part), help_of(part)]
    return frozenset(map(_bare, words))
