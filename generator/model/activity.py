"""The activity record: the class is the table of its fields."""

from __future__ import annotations

from datetime import date

from generator.model.dates import FullDay
from generator.model.field import described, record
from generator.model.parts import Capacity, Contact, Origin, Period, Picture, Report, Safety, Session, Team
from generator.model.period import CANCELLED, State, state_of
from generator.model.pointers import CallId, PlaceCode, SocietyName
from generator.model.values import Choice, Group, Line, Many, Markdown, Paragraph, Pattern

SLUG = r"[a-z0-9][a-z0-9-]{0,63}"
YEAR = r"(?:19|20)\d\d|undated"
SOCIETY = r"(?:[A-E]-\d{2}|(?:\d{6}|XPCC)-[a-z0-9-]{1,40})"
ACTIVITY_ID = rf"(?:{YEAR})/{SOCIETY}/{SLUG}"


@record
class Activity:
    """What a society offers, or a public report of what it did. ``id`` is the file's path; year and society stand in it."""

    id: str
    year: str
    society: str

    title: str = described(
        "活动名称",
        Line(4, 60),
        "always",
        "一看就知道做什么，不写口号。",
        "果树春季修剪技术下乡",
        ("名称", "活动名称和主题"),
        "",
    )
    summary: str = described(
        "活动简介",
        Paragraph(20, 300),
        "always",
        "两三句话：谁、给谁、做什么、怎么做。",
        "组织果树专家到村里示范修剪和施肥，现场解答果农提问，留下技术明白纸。",
        ("简介", "内容简介"),
        "",
    )
    description: str = described(
        "详细介绍",
        Markdown(1, 20_000),
        help="想多说的写在这里，可以分段、列清单。",
        example="|（换行后缩进两格写正文）",
        aliases=("介绍", "主要内容"),
        default="",
    )
    kind: str = described("服务类别", Choice("kinds"), "always", "五类里选一类。", "技术服务类", ("类别",), "")
    fields: tuple[str, ...] = described(
        "领域", Many(Choice("fields"), 4), "always", "一至四个，最主要的写在前面。", "[种植与园艺]", default=()
    )
    audiences: tuple[str, ...] = described(
        "服务对象", Many(Choice("audiences"), 5), "always", "一至五类人。", "[农民]", ("对象",), ()
    )
    forms: tuple[str, ...] = described(
        "活动形式", Many(Choice("forms"), 6), "always", "一至六种。", "[田间指导, 培训]", ("形式",), ()
    )
    mode: str = described(
        "线上/线下",
        Choice("modes"),
        "submission",
        "到现场、在网上，还是两样都有。",
        "线下",
        ("开展方式", "线上线下"),
        "",
    )
    period: Period = described(
        "可开展时间",
        Group(Period),
        "always",
        "什么时候能来。不知道具体日子就照平时的说法写，不要编。",
        "{start: 2026-03, end: 2026-10}",
        ("时间", "活动时间", "开展时间"),
        Period(),
    )
    regions: tuple[str, ...] = described(
        "可服务地区", Many(PlaceCode(), 300), "always", "能去哪些地方。", "[山西省]", ("地区", "服务地区"), ()
    )
    sessions: tuple[Session, ...] = described(
        "场次",
        Many(Group(Session), 400),
        help="日子已经定了的，一场一条。",
        example="- start: 2026-05-01 09:30",
        default=(),
    )
    capacity: Capacity | None = described(
        "规模", Group(Capacity), help="一年能办几场、一场多少人、来多少志愿者。", example="{sessions: 20, people: 80}"
    )
    team: Team | None = described(
        "志愿服务队",
        Group(Team),
        "advised",
        "在科技志愿服务信息平台注册的队伍。",
        "{name: 测试学会科技志愿服务总队, level: 总队}",
    )
    partners: tuple[str, ...] = described(
        "联合单位",
        Many(SocietyName(), 50),
        help="学会写编号或全称，其他单位写全称。",
        example="[测试县科协]",
        aliases=("协办单位", "承办单位"),
        default=(),
    )
    responsible: str = described(
        "主管、主办单位",
        Line(2, 120),
        "submission",
        "谁主管谁负责，谁主办谁负责：由谁对内容和组织负责。",
        "测试学会",
        ("主办单位", "责任单位"),
        "",
    )
    conditions: str = described(
        "志愿者保障", Paragraph(1, 300), "advised", "工作条件、补贴和权益。", "学会提供交通和误餐补助", default=""
    )
    safety: Safety | None = described(
        "安全保障", Group(Safety), "advised", "安全预案、保险、资质。", "{plan: 有, insurance: 有}"
    )
    host_provides: str = described(
        "需当地提供",
        Paragraph(1, 300),
        help="场地、组织听众、交通等。",
        example="一间能坐80人的会议室",
        aliases=("对当地的要求",),
        default="",
    )
    cost: str = described("费用", Line(1, 120), help="免费，或者由谁承担。", example="免费", default="")
    contact: Contact | None = described(
        "联系方式",
        Group(Contact),
        "submission",
        "办公电话和单位邮箱；不写个人手机号。",
        "{office: 测试学会科普部, phone: 010-60000000}",
        ("联系",),
    )
    results_before: str = described(
        "往期成效",
        Paragraph(1, 500),
        help="以前办过的，服务了多少人；照实写。",
        example="2025年办了12场，服务果农900人次",
        aliases=("成效",),
        default="",
    )
    media: tuple[Report, ...] = described(
        "新闻宣传",
        Many(Group(Report), 50),
        help="已经发布的报道。",
        example="- {title: 测试标题, url: https://example.org/}",
        aliases=("报道",),
        default=(),
    )
    images: tuple[Picture, ...] = described(
        "图片",
        Many(Group(Picture), 6),
        help="一至六张，放在活动文件旁边。照片上的人要同意公开；有未成年人的，还要监护人同意。",
        example="- {file: xiu-jian.jpg, alt: 专家示范剪枝, credit: 测试学会供图}",
        aliases=("照片",),
        default=(),
    )
    call: str = described("通知", CallId(), help="答复哪一份通知。", example="2021", default="")
    filed: date | None = described("报送日期", FullDay(), "with call", "哪一天报送的。", "2021-07-20")
    renews: str = described(
        "延续自",
        Pattern(ACTIVITY_ID, "上一年那条记录的编号"),
        help="今年再办时，写去年那条的编号。",
        example="2021/C-01/orchard-guidance",
        default="",
    )
    source: Origin | None = described(
        "来源",
        Group(Origin),
        "report",
        "只有本站根据公开报道整理的才写；学会申报的不写。",
        "{type: report, url: https://example.org/news/1, publisher: 测试日报}",
    )
    cancelled: str = described("取消", Line(2, 120), help="不办了，写一句原因。", example="场地维修，暂停", default="")

    @property
    def is_report(self) -> bool:
        """Whether it was compiled from a public report: history, not an offer."""
        return self.source is not None

    def state(self, today: date, window_end: date | None) -> State:
        """Its state on ``today``; see ``state_of``."""
        if self.cancelled:
            return CANCELLED
        return state_of(self.period.start, self.period.end, self.period.text, today, window_end, self.is_report)

    @property
    def begins(self) -> str:
        """For ordering: the day it starts, ISO; empty where none is stated."""
        return self.period.start.first.isoformat() if self.period.start else ""
