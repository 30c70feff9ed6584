"""The parts of a record that have parts of their own: period, session, team, contact and so on, each the table of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generator.model import faults
from generator.model.dates import FullDay, Moment, PartialDay
from generator.model.field import described, record
from generator.model.period import Day, is_open_ended, months_of, period_words
from generator.model.pointers import Email, Link, Phone, PlaceCode
from generator.model.problem import Place, Problem
from generator.model.values import Choice, Line, Many, Pattern, WholeNumber


@record
class Period:
    """When it can take place."""

    SHORT = "text"

    start: Day | None = described(
        "开始",
        PartialDay(),
        help="知道到哪一级就写到哪一级。只写开始，就是指这一天、这个月或这一年。",
        example="2026-03-01",
        aliases=("开始时间",),
    )
    end: Day | None = described(
        "结束",
        PartialDay(),
        help="不写表示没有结束日期，或者就在开始的那一天（月、年）。",
        example="2026-10-31",
        aliases=("结束时间",),
    )
    text: str = described(
        "时间说明",
        Line(1, 80),
        help="照平时的说法写：全年；7月下旬至10月上旬。",
        example="3月至10月，农忙时除外",
        aliases=("说明",),
        default="",
    )

    def faults(self, at: Callable[[str], Place]) -> Iterator[Problem]:
        """At least a start or words; the end not before the start."""
        if self.start is None and not self.text:
            yield faults.empty_period(at("start"))
        if self.start is not None and self.end is not None and self.end.last < self.start.first:
            yield faults.end_before_start(at("end"), self.start.text, self.end.text)

    @property
    def words(self) -> str:
        """As a visitor reads it."""
        return period_words(self.start, self.end, self.text)

    @property
    def months(self) -> tuple[int, ...]:
        """The calendar months that are certain."""
        return months_of(self.start, self.end, self.text)

    @property
    def is_open_ended(self) -> bool:
        """Whether no end is stated or implied."""
        return is_open_ended(self.start, self.end, self.text)


@record
class Session:
    """One dated occasion."""

    SHORT = "start"

    start: str = described(
        "开始", Moment(), "always", example="2026-05-01 09:30", aliases=("日期", "时间", "date"), default=""
    )
    end: str = described("结束", Moment(), example="2026-05-01 11:30", default="")
    county: str = described("县（市、区）", PlaceCode(), example="山西省阳曲县", aliases=("地区",), default="")
    place: str = described("地点", Line(1, 60), example="村委会会议室", default="")
    title: str = described("场次名称", Line(1, 60), example="第一场：修剪", default="")

    def faults(self, at: Callable[[str], Place]) -> Iterator[Problem]:
        """The end not before the start."""
        if self.start and self.end and self.end < self.start[: len(self.end)]:
            yield faults.end_before_start(at("end"), self.start, self.end)


@record
class Capacity:
    """How much it can serve."""

    sessions: int | None = described("每年场次", WholeNumber(1, 100_000), example="20")
    people: int | None = described("每场人数", WholeNumber(1, 10_000_000), example="80")
    volunteers: int | None = described("志愿者人数", WholeNumber(1, 1_000_000), example="10")


@record
class Team:
    """The registered team of volunteers."""

    SHORT = "name"

    name: str = described("队伍名称", Line(2, 60), "always", example="测试学会科技志愿服务总队", default="")
    level: str = described("层级", Choice("team_levels"), help="总队、支队、大队或分队。", example="总队", default="")
    registration: str = described(
        "平台注册号",
        Line(1, 40),
        help="在科技志愿服务信息平台的注册编号。",
        example="（平台给的编号）",
        aliases=("registration_number",),
        default="",
    )


@record
class Safety:
    """What keeps people safe."""

    SHORT = "plan"

    plan: str = described(
        "安全预案", Line(1, 200), help="有没有活动安全预案，谁负责。", example="有，由学会办公室负责", default=""
    )
    insurance: str = described(
        "保险", Line(1, 200), help="为志愿者投保的情况。", example="已为志愿者投保意外险", default=""
    )
    qualifications: str = described(
        "资质",
        Line(1, 200),
        help="依法需要资质的服务（如义诊）由有资质的人员提供。",
        example="义诊医师均有执业证",
        default="",
    )


@record
class Contact:
    """An office that answers; never a person's private number."""

    office: str = described(
        "联系部门",
        Line(2, 60),
        "always",
        help="写部门，不写个人姓名。",
        example="测试学会科普部",
        aliases=("部门",),
        default="",
    )
    phone: tuple[str, ...] = described(
        "办公电话",
        Many(Phone(), 5),
        help="一个或几个。不要写个人手机号。",
        example="010-60000000",
        aliases=("电话", "联系电话"),
        default=(),
    )
    email: str = described("单位邮箱", Email(), example="office@example.org", aliases=("邮箱", "电子邮箱"), default="")


@record
class Report:
    """A news report on the activity."""

    title: str = described("标题", Line(2, 120), "always", example="测试学会到村里讲果树修剪", default="")
    url: str = described("网址", Link(), "always", example="https://example.org/news/1", default="")
    date: date | None = described("日期", FullDay(), example="2026-05-02")


@record
class Origin:
    """Where a record comes from that is not a submission."""

    type: str = described("类型", Pattern("report", "report（公开报道）"), "always", example="report", default="")
    url: str = described("网址", Link(), "always", example="https://example.org/news/1", default="")
    publisher: str = described("发布者", Line(2, 60), "always", example="测试日报", default="")


PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
_PICTURE_NAME = r"[a-z0-9][a-z0-9-]{0,63}\.(?:jpe?g|png|webp|gif)"


@record
class Picture:
    """A picture that lies beside the record. ``width`` and ``height``: as published, known once the picture itself was read."""

    width: int = 0
    height: int = 0

    file: str = described(
        "文件名",
        Pattern(_PICTURE_NAME, "小写字母、数字和短横线，以 .jpg、.jpeg、.png、.webp 或 .gif 结尾，如“xiu-jian.jpg”"),
        "always",
        help="图片放在活动文件旁边，这里只写文件名。",
        example="xiu-jian.jpg",
        aliases=("文件", "图片文件"),
        default="",
    )
    alt: str = described(
        "图片说明",
        Line(2, 120),
        "always",
        help="给看不见图的人念的话：图上有什么。",
        example="专家在果园里示范剪枝，十几位果农围着看",
        aliases=("说明",),
        default="",
    )
    credit: str = described(
        "图片来源",
        Line(2, 80),
        "always",
        help="谁拍的、谁同意用的；写单位，不写个人姓名。",
        example="测试学会供图",
        aliases=("来源",),
        default="",
    )
