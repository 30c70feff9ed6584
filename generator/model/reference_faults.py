"""The faults of values that point elsewhere: each function words one, for the types in ``pointers``."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.fault import either, fault, instead
from generator.model.problem import shown


@fault("error")
def unknown_place(value: str, nearest: str | None) -> tuple[str, str]:
    """没有这个地区

    可服务地区写“全国”、省级名称或县（市、区）全称，也可以写六位区划代码。
    例：regions: [山西省阳曲镇]
    改：regions: [山西省阳曲县]
    """
    return f"没有找到地区“{shown(value)}”", instead(
        nearest
    ) if nearest else "请写“全国”、省名，或“省名＋县（市、区）名”。"


@fault("error")
def unknown_county(value: str) -> tuple[str, str]:
    """没有这个县（市、区）

    需求和结对记录放在县的文件夹里，文件夹名是县的六位区划代码。
    例：content/needs/2026/999999/…
    改：content/needs/2026/140122/…
    """
    return f"没有代码为“{shown(value)}”的县（市、区）", "请改成县的六位区划代码，见“地区”页网址里的数字。"


@fault("error")
def ambiguous_place(value: str, candidates: Sequence[str]) -> tuple[str, str]:
    """重名的县（市、区）

    全国有28个县级名称不止一处，只写名称分不清是哪里。
    例：regions: [鼓楼区]
    改：regions: [江苏省南京市鼓楼区]
    """
    return f"“{shown(value)}”不止一处", f"请写全：{either(candidates)}。"


@fault("warning")
def place_not_listed(value: str, kept: str) -> tuple[str, str]:
    """不在县级区划表内的地方

    开发区等功能区不在县级行政区划表内，先按它所在的省处理。
    例：regions: [重庆市万盛经开区]
    改：（可以不改）
    """
    return f"“{shown(value)}”不在县级区划表内", f"先按“{kept}”处理；如有错字请改正。"


@fault("error")
def bad_link(label: str, value: str) -> tuple[str, str]:
    """网址不对

    网址要完整，以 http:// 或 https:// 开头，中间没有空格。
    例：url: www.cast.org.cn
    改：url: https://www.cast.org.cn/
    """
    return f"“{label}”的“{shown(value)}”不是完整的网址", "请写以 http:// 或 https:// 开头的完整网址。"


@fault("error")
def bad_phone(label: str, value: str) -> tuple[str, str]:
    """电话不对

    只写办公电话，带区号；分机用“转”。
    例：phone: 6500-5187
    改：phone: 010-65005187
    """
    return f"“{label}”的“{shown(value)}”不像办公电话", "请写带区号的办公电话，如 010-65005187。"


@fault("error")
def bad_email(label: str, value: str) -> tuple[str, str]:
    """邮箱不对

    例：email: office.example.org
    改：email: office@example.org
    """
    return f"“{label}”的“{shown(value)}”不是邮箱地址", "请写单位邮箱，如 office@example.org。"


@fault("error")
def unknown_society(value: str, nearest: str | None) -> tuple[str, str]:
    """没有登记的学会

    活动文件要放在学会编号的文件夹里，编号见“学会”页。没有的学会请先在 content/societies/ 里登记。
    例：activities/2026/C-99/…
    改：activities/2026/C-01/…
    """
    return f"没有登记过的学会“{shown(value)}”", instead(
        nearest
    ) if nearest else "请先在 content/societies/ 里登记，或改用已有的学会编号。"


@fault("error")
def unknown_record(label: str, value: str, nearest: str | None) -> tuple[str, str]:
    """指向的记录不存在

    “通知”“延续自”写的是另一份记录的编号，那份记录要先有。
    例：call: 2099
    改：call: 2021
    """
    return f"“{label}”指向的“{shown(value)}”不存在", instead(nearest)
