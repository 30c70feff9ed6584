"""The words of hints: what is right, but not in the canonical spelling that ``catalog check --fix`` writes."""

from __future__ import annotations

from generator.model.fault import fault
from generator.model.problem import shown


@fault("hint")
def key_spelling(key: str, canonical: str) -> tuple[str, str]:
    """项的名称有统一的写法

    中文名称和别名都认得；整理时统一写成英文名称，方便比对。
    例：活动名称: 果树修剪技术下乡
    改：title: 果树修剪技术下乡
    """
    return f"“{shown(key)}”这一项统一写作“{canonical}”", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def value_spelling(label: str, found: str, canonical: str) -> tuple[str, str]:
    """内容有统一的写法

    别名、简称、编号、全角数字、2026年5月1日这样的日期都认得；整理时统一写成全称和标准日期。
    例：audiences: [农户]，start: 2026年5月1日
    改：audiences: [农民]，start: 2026-05-01
    """
    return f"“{label}”的“{shown(found)}”统一写作“{shown(canonical)}”", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def key_order(key: str, before: str) -> tuple[str, str]:
    """各项的先后

    各项按《字段说明》的先后排列，好找，也好比对。
    例：summary 写在 title 前面
    改：title 在前，summary 在后
    """
    return f"“{shown(key)}”应当排在“{shown(before)}”前面", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def trailing_space() -> tuple[str, str]:
    """行末有多余的空格

    例：kind: 科普类（后面还有空格）
    改：删去行末的空格。
    """
    return "行末有多余的空格", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def final_newline() -> tuple[str, str]:
    """文件末尾的换行

    文件以一个换行结束，不多也不少。
    例：最后一行后面没有换行，或者空了几行
    改：最后一行后面只留一个换行。
    """
    return "文件末尾应当正好有一个换行", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def file_mark() -> tuple[str, str]:
    """文件开头的字节顺序标记

    旧版记事本会在文件开头加一个看不见的标记（BOM），不影响使用，整理时去掉。
    例：用“带有 BOM 的 UTF-8”保存的文件
    改：用“UTF-8”保存。
    """
    return "文件开头有看不见的字节顺序标记（BOM）", "可以用 catalog check --fix 自动整理。"


@fault("hint")
def line_ends() -> tuple[str, str]:
    """换行的写法

    Windows 的换行（CRLF）不影响使用，整理时统一成 LF。
    例：用旧版记事本保存的文件
    改：用 catalog check --fix 整理。
    """
    return "换行是 Windows 的写法（CRLF）", "可以用 catalog check --fix 自动整理。"


HINTS = (key_spelling, value_spelling, key_order, trailing_space, final_newline, file_mark, line_ends)
