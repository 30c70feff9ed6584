"""A need, or a county and a month, in; what is asked for out, in the one form that offers are matched with."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from generator.model.admission import EVERY_MONTH, Span, span_of
from generator.model.need import Need
from generator.model.vocabulary import fold

# Pairs of characters that stand in every text of this field and say nothing about it.
_COMMON = (
    "科技志愿服务活动开展组织进行提供专家学会科协协会老师技术知识科普普及培训讲座指导宣传现场乡村农村基层群众我县全县全镇全村全乡县里镇里村里"
    "想请希望需要邀请一次一场一些一天今年明年每年可以能够已经因为没有进乡下乡送到进村走进为主以及通过方面相关有关问题解决工作人员提高提升帮助面向中国中华全国"
)
# What people grow, keep and eat is often one character, which joins others as it likes: 茶园, 茶农, 茶叶, 春茶.
ALONE = frozenset("茶果桃梨枣杏李柿稻麦棉豆薯菜瓜菇菌药桑蚕蜂猪牛羊鸡鸭鹅鱼虾蟹藕姜蒜椒竹林草花牙眼")
COMMON_PAIRS = frozenset(_COMMON[at : at + 2] for at in range(len(_COMMON) - 1))
_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9]+")
_EMPTY = re.compile(r"[的了在是把就也都们]")  # characters that only join words


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. ``timed``: whether a time was asked for at all; empty values ask for nothing."""

    county: str
    span: Span
    timed: bool
    fields: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    kind: str = ""
    mode: str = ""
    people: int = 0
    title: tuple[str, ...] = ()
    text: tuple[str, ...] = ()


def asked_by(need: Need, today: date, month: str = "") -> Asked:
    """What a need asks for from today on; ``month`` (YYYY-MM) narrows it to one month."""
    span = span_of(need.period)
    if need.period.start is None and need.period.end is None:  # words only: within the need's own year
        span = span._replace(last=need.last_day or date.max)
    title = pairs(need.title)
    return Asked(
        need.county,
        _from(today, span_of_month(month) if month else span),
        True,
        need.fields,
        need.audiences,
        need.forms,
        need.kind,
        need.mode,
        need.people or 0,
        title,
        tuple(pair for pair in pairs(need.summary) if pair not in title),
    )


def asked_for(county: str, today: date, month: str = "") -> Asked:
    """What fits a county that has not said what it needs, from today on or in one month."""
    span = span_of_month(month) if month else Span(date.min, date.max)
    return Asked(county, _from(today, span), bool(month))


def asked_soon(county: str, today: date) -> Asked:
    """What fits a county in this month and the next: what can still be arranged."""
    year, month = divmod(today.year * 12 + today.month, 12)
    return Asked(county, Span(today, date(year, month + 1, monthrange(year, month + 1)[1])), True)


def span_of_month(month: str) -> Span:
    """The days of YYYY-MM. Raises ValueError."""
    match = re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", month)
    if not match:
        raise ValueError(month)
    year, number = int(match[1]), int(match[2])
    return Span(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def _from(today: date, span: Span) -> Span:
    return Span(max(today, span.first), span.last, span.months or EVERY_MONTH, span.certain)


def pairs(text: str) -> tuple[str, ...]:
    """The different pairs of neighbouring characters of a text that say something, in order; then those of ``ALONE``, doubled."""
    runs = _RUN.findall(fold(text))
    found = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    found += [character * 2 for run in runs for character in run if character in ALONE]
    return tuple(dict.fromkeys(pair for pair in found if pair not in COMMON_PAIRS and not _EMPTY.search(pair)))


def shared_words(wanted: tuple[str, ...], text: str) -> list[str]:
    """What of ``wanted`` stands in a text, neighbouring pairs joined again: 苹果 and 果冬 to 苹果冬."""
    folded = fold(text)
    words: list[str] = []
    for pair in wanted:
        if is_alone(pair):
            if pair[0] in folded and not any(pair[0] in word for word in words):
                words.append(pair[0])
            continue
        if pair not in folded:
            continue
        if words and words[-1][-1] == pair[0] and words[-1] + pair[1] in folded:
            words[-1] += pair[1]
        else:
            words.append(pair)
    return words


def is_alone(pair: str) -> bool:
    """Whether a pair stands for one character that means something by itself."""
    return pair[0] == pair[1] and pair[0] in ALONE


def words_of(title: str, summary: str, society: str) -> str:
    """What of an offer is compared with a need: whose it is says what it is about, too (中国茶叶学会)."""
    return f"{title}\n{summary}\n{society}\n"
