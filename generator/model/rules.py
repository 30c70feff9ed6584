"""The rules of records, each a small generator; its docstring is its entry on the page 校验规则.

A rule of one record yields (keys, message, cure) for what it finds in a draft, of which any part may be missing.
A rule among all yields (activity id, keys, message, cure).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from generator.model.activity import Activity
from generator.model.privacy import doubtful_data, is_suspect, private_data
from generator.model.problem import Level, Place, Problem, shown
from generator.model.reader import Known
from generator.model.source import Source, everything, texts
from generator.model.vocabulary import fold, nearest

Keys = tuple[str | int, ...]
Finding = tuple[Keys, str, str]
CatalogFinding = tuple[str, Keys, str, str]


class Rule(NamedTuple):
    """A rule with its code (its function's name) and level."""

    code: str
    level: Level
    find: Callable[..., Iterator[Any]]


def rules_of(level: Level, *functions: Callable[..., Iterator[Any]]) -> tuple[Rule, ...]:
    """Rules of one level."""
    return tuple(Rule(function.__name__.replace("_", "-"), level, function) for function in functions)


# -- of one record -----------------------------------------------------------------------------------------------------


def outside_window(draft: Activity, known: Known) -> Iterator[Finding]:
    """活动时间不在通知的范围内

    通知征集的是一段时间里可以开展的活动，超出这段时间要核对一下。
    例：call: 2021，period 的 start: 2023-05
    改：核对时间，或去掉 call。
    """
    call = known.calls.get(draft.call)
    if call is None or draft.period.start is None:
        return
    start, last = draft.period.start.first, (draft.period.end or draft.period.start).last
    if draft.period.is_open_ended:
        last = start
    opens, closes = call.window.start, call.window.end
    if opens is None or closes is None or (start >= opens and last <= closes):
        return
    if draft.period.start.last >= opens and start <= closes and last <= closes:
        return  # a month or year that only overlaps the edge
    yield (
        ("period",),
        f"活动时间（{draft.period.words}）超出通知“{call.number or call.id}”的活动时间 {opens} 至 {closes}",
        "请核对时间。",
    )


def other_year(draft: Activity, known: Known) -> Iterator[Finding]:
    """文件夹的年份与活动时间不一致

    活动放在它开始的那一年的文件夹里，网址里也是这个年份。
    例：activities/2021/… 里写 start: 2026-05
    改：把文件移到 activities/2026/…
    """
    period = draft.period
    if period.start is not None and draft.year.isdigit() and period.start.text[:4] != draft.year:
        yield (
            ("period",),
            f"活动从{period.start.text[:4]}年开始，文件却放在“{draft.year}”文件夹里",
            "请核对年份，或把文件移到对应的文件夹。",
        )


def public_mailbox(draft: Activity, known: Known) -> Iterator[Finding]:
    """公共邮箱

    联系方式最好用单位邮箱；确实只有公共邮箱的，保留部门名称即可。
    例：email: test@163.com
    改：email: office@example.org
    """
    if draft.contact is not None and draft.contact.email and doubtful_data(draft.contact.email):
        yield ("contact", "email"), "用的是公共邮箱", "有单位邮箱的请换成单位邮箱；没有的可以保留。"


def society_is_partner(draft: Activity, known: Known) -> Iterator[Finding]:
    """联合单位里又写了自己

    例：测试学会的活动，partners: [测试学会]
    改：从联合单位里去掉本学会。
    """
    if draft.society in draft.partners:
        yield ("partners",), "联合单位里写了本学会自己", "请去掉。"


RECORD_RULES = rules_of("warning", outside_window, other_year, public_mailbox, society_is_partner)


NAMES_A_PHONE = re.compile(r"(?:tel|phone|mobile|cell|shouji|dianhua)[^/]{0,12}\d", re.IGNORECASE)


def private_numbers(source: Source) -> Iterator[Finding]:
    """个人隐私

    手机号、身份证号不能公开。本站不设隐藏项：提交上来的内容人人看得到，删除也会留在历史里。
    例：phone: （11位手机号）
    改：换成办公电话。
    """
    told: set[int] = set()
    for text in everything(source):
        found = private_data(text.value)
        if found and found[0] == "手机号" and "://" in text.value[:8] and not NAMES_A_PHONE.search(text.value):
            continue  # an article's number that looks like one: nobody could mend it
        if found and not (text.line in told and text.value.startswith("#")):
            told.add(text.line)
            yield (
                (text.line, text.column),
                f"有{found[0]}（尾号{found[1]}）",
                "请删去（要留电话就写办公电话）；已经提交过的，请联系管理员清除历史。",
            )


def doubtful_numbers(source: Source) -> Iterator[Finding]:
    """可能是个人信息

    银行卡号、微信号、车牌号、公共邮箱，公开前请再想一想。
    例：description: 加微信 test12345 报名
    改：换成办公电话。
    """
    for text in texts(source.root):
        if "://" in text.value[:8] or ("@" in text.value and " " not in text.value and len(text.value) < 80):
            continue
        found = doubtful_data(text.value)
        if found:
            yield (text.line, text.column), f"像是有{found}", "如果是个人的，请删去。"


TEXT_RULES = (*rules_of("error", private_numbers), *rules_of("warning", doubtful_numbers))


def check_record(draft: Activity, source: Source, known: Known) -> Iterator[Problem]:
    """All rules of one record."""
    for rule in RECORD_RULES:
        for keys, message, cure in rule.find(draft, known):
            place = source.place(*keys)
            yield Problem(*place, rule.code, rule.level, str(message), str(cure))


def check_text(source: Source) -> Iterator[Problem]:
    """The rules on a file's text, whatever kind of record it is."""
    if not is_suspect(source.text) and not is_suspect(source.path):
        return
    for rule in TEXT_RULES:
        for (line, column), message, cure in rule.find(source):
            yield Problem(source.path, line, column, rule.code, rule.level, message, cure)


# -- among all ---------------------------------------------------------------------------------------------------------

MOST_SHARING = 24  # so many titles are compared each with each; a pair of characters that more share points at nothing
ALIKE = 84.0


def missing_renewed(activities: dict[str, Activity], ids: AbstractSet[str]) -> Iterator[CatalogFinding]:
    """“延续自”的记录不存在

    例：renews: 2020/C-01/no-such-activity
    改：写去年那条记录的编号（网址里 activities/ 后面、.html 前面的部分）。
    """
    for activity in activities.values():
        if activity.renews and activity.renews not in ids:
            of_society = [other for other in sorted(ids) if f"/{activity.society}/" in other and other != activity.id]
            near = nearest(activity.renews, of_society)
            cure = f"您是不是想写“{near}”？" if near else "请写上一年那条记录的编号。"
            yield activity.id, ("renews",), f"“延续自”指向的“{shown(activity.renews)}”不存在", cure


def near_duplicates(activities: dict[str, Activity], ids: AbstractSet[str]) -> Iterator[CatalogFinding]:
    """疑似重复

    同一学会、同一年、地区相重、名称差不多的两条记录，多半是同一个活动报了两遍。
    例：“果树修剪技术下乡”和“果树修剪技术下乡活动”
    改：确是同一个活动的，只留一条；不是的，把名称写得不同一些。
    """
    groups: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in activities.values():
        groups[activity.society, activity.year].append(activity)
    for group in groups.values():
        if len(group) > 1:
            yield from alike(group)


def alike(group: list[Activity]) -> Iterator[CatalogFinding]:
    """Pairs of alike titles."""
    group = sorted(group, key=lambda activity: activity.id)
    titles = [fold(activity.title) for activity in group]
    pairs = combinations(range(len(group)), 2) if len(group) <= MOST_SHARING else _sharing(titles)
    for first, second in pairs:
        if not fuzz.ratio(titles[first], titles[second], score_cutoff=ALIKE):
            continue
        earlier, later = group[first], group[second]
        is_renewed = earlier.id in (later.renews, "") or later.id == earlier.renews
        if not is_renewed and set(earlier.regions) & set(later.regions):
            yield (
                later.id,
                ("title",),
                f"与“{shown(earlier.title)}”（{earlier.id}）的名称很像",
                "如果是同一个活动，请只留一条。",
            )


def _sharing(titles: list[str]) -> list[tuple[int, int]]:
    """Of many titles those that may be alike, found through the rarest pairs of characters they share: linear in titles."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        for pair in {title[at : at + 2] for at in range(len(title) - 1)}:
            holders[pair].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in holders.values():
        if 1 < len(numbers) <= MOST_SHARING:
            found.update(combinations(numbers, 2))
    return sorted(found)


CATALOG_RULES = (*rules_of("error", missing_renewed), *rules_of("warning", near_duplicates))


def check_catalog(
    activities: Iterable[Activity], ids: AbstractSet[str], place: Callable[[str, Keys], Place]
) -> Iterator[Problem]:
    """All rules among records. ``ids``: of all files, the faulty ones too; ``place``: where a value stands, asked only for what is wrong."""
    by_id = {activity.id: activity for activity in activities}
    for rule in CATALOG_RULES:
        for id, keys, message, cure in rule.find(by_id, ids):
            yield Problem(*place(id, keys), rule.code, rule.level, message, cure)
