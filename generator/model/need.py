"""The record of a county's need (需求): the class is the table of its fields."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from generator.model.dates import FullDay
from generator.model.field import described, record
from generator.model.parts import Contact, Origin, Period
from generator.model.period import State
from generator.model.values import Choice, Group, Line, Many, Markdown, Paragraph, WholeNumber

OPEN = State("open", "待对接", "◎")
ANSWERED = State("answered", "已对接", "●")
EXPIRED = State("expired", "已过期", "○")
WITHDRAWN = State("withdrawn", "已撤回", "⊘")
NEED_STATES = (OPEN, ANSWERED, EXPIRED, WITHDRAWN)
FULL_YEAR = 12


@record
class Need:
    """What a county looks for. ``id`` is the file's path: year, county and slug stand in it."""

    id: str
    year: str
    county: str

    title: str = described(
        "需求名称",
        Line(4, 60),
        "always",
        "想请人来做什么，一句话。",
        "请果树专家来讲苹果冬剪",
        ("名称",),
        "",
    )
    summary: str = described(
        "需求说明",
        Paragraph(10, 300),
        "always",
        "什么情况、什么人、想解决什么问题。",
        "全镇种了三千亩苹果，果农冬剪不得法，想请专家到地头示范，讲一天。",
        ("说明", "简介"),
        "",
    )
    description: str = described(
        "详细说明", Markdown(1, 20_000), help="想多说的写在这里。", example="|（换行后缩进两格写正文）", default=""
    )
    kind: str = described(
        "服务类别", Choice("kinds"), help="五类里选一类，拿不准就不写。", example="技术服务类", default=""
    )
    fields: tuple[str, ...] = described(
        "领域", Many(Choice("fields"), 4), "always", "一至四个，最要紧的写在前面。", "[种植与园艺]", default=()
    )
    audiences: tuple[str, ...] = described(
        "服务对象", Many(Choice("audiences"), 5), "always", "给谁办的。", "[农民]", ("对象",), ()
    )
    forms: tuple[str, ...] = described(
        "活动形式", Many(Choice("forms"), 6), help="想要什么样的活动，都行就不写。", example="[田间指导]", default=()
    )
    mode: str = described("线上/线下", Choice("modes"), help="都行就不写。", example="线下", default="")
    period: Period = described(
        "希望时间",
        Group(Period),
        "always",
        "什么时候来合适；照平时的说法写，不要编日期。",
        "{start: 2026-11, end: 2027-02}",
        ("时间",),
        Period(),
    )
    place: str = described("地点", Line(1, 60), help="乡镇、村或者单位。", example="测试镇测试村果园", default="")
    people: int | None = described("预计人数", WholeNumber(1, 10_000_000), help="一场大约多少人。", example="60")
    offers: str = described(
        "当地能提供",
        Paragraph(1, 300),
        "advised",
        "场地、组织听众、交通、食宿等。",
        "场地和听众由镇里组织，可以到火车站接",
        ("县里提供",),
        "",
    )
    responsible: str = described("提出单位", Line(2, 120), "submission", "谁提出的。", "测试县科协", ("单位",), "")
    contact: Contact | None = described(
        "联系方式",
        Group(Contact),
        "submission",
        "办公电话和单位邮箱；不写个人手机号。",
        "{office: 测试县科协办公室, phone: 0351-6000000}",
        ("联系",),
    )
    filed: date | None = described("登记日期", FullDay(), "submission", "哪一天提出的。", "2026-10-08")
    source: Origin | None = described(
        "来源",
        Group(Origin),
        "report",
        "只有本站根据公开报道整理的才写。",
        "{type: report, url: https://example.org/news/1, publisher: 测试日报}",
    )
    withdrawn: str = described("撤回", Line(2, 120), help="不需要了，写一句原因。", example="已自行解决", default="")

    @property
    def last_day(self) -> date | None:
        """The last day the need can be met, as far as the record says; None where it stays open."""
        if self.period.is_open_ended and self.period.start is not None:
            return None
        end = self.period.end or self.period.start
        if end is not None:
            return end.last
        year, months = int(self.year), self.period.months
        if not months or len(months) == FULL_YEAR:
            return date(year, 12, 31)
        wraps = {1, 12} <= set(months)
        month = next(m for m in months if m + 1 not in months) if wraps else months[-1]
        return date(year + wraps, month, monthrange(year + wraps, month)[1])

    def state(self, today: date, answered: bool) -> State:
        """Answered, open, expired or withdrawn: by what the records say. ``answered``: a pairing that stands names it."""
        if answered:
            return ANSWERED
        if self.withdrawn:
            return WITHDRAWN
        return EXPIRED if self.last_day is not None and today > self.last_day else OPEN
