"""The record of a pairing (结对): who paired with a county, for which activities and need, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generator.model import faults
from generator.model.activity import ACTIVITY_ID, SLUG
from generator.model.dates import FullDay, Moment
from generator.model.field import described, record
from generator.model.parts import Origin, Period, Report
from generator.model.pointers import CallId, SocietyId
from generator.model.problem import Place, Problem
from generator.model.values import Choice, Group, Line, Many, Paragraph, Pattern, WholeNumber

YEAR = r"(?:19|20)\d\d"
NEED_ID = rf"{YEAR}/\d{{6}}/{SLUG}"
CANCELLED = "cancelled"
HELD = "held"


@record
class Booking:
    """One dated occasion that is agreed."""

    SHORT = "start"

    start: str = described(
        "开始", Moment(), "always", "哪一天（几点）。", "2026-11-28 09:30", ("日期", "时间", "date"), ""
    )
    end: str = described("结束", Moment(), example="2026-11-28 11:30", default="")
    activity: str = described(
        "活动",
        Pattern(ACTIVITY_ID, "活动的编号"),
        help="只有一项活动时不用写。",
        example="2026/C-01/orchard-guidance",
        default="",
    )
    place: str = described("地点", Line(1, 60), example="测试村委会", default="")
    title: str = described("场次名称", Line(1, 60), example="第一场：修剪", default="")

    def faults(self, at: Callable[[str], Place]) -> Iterator[Problem]:
        """The end not before the start."""
        if self.start and self.end and self.end < self.start[: len(self.end)]:
            yield faults.end_before_start(at("end"), self.start, self.end)


@record
class Results:
    """What came of it, as stated."""

    SHORT = "text"

    sessions: int | None = described("场次", WholeNumber(1, 100_000), example="2")
    people: int | None = described("服务人数", WholeNumber(1, 10_000_000), example="130")
    volunteers: int | None = described("志愿者人数", WholeNumber(1, 1_000_000), example="6")
    text: str = described(
        "成效", Paragraph(1, 500), help="照实写。", example="果农学会了冬剪，建了技术微信群", default=""
    )


@record
class Pairing:
    """Societies and a county that joined hands. ``id`` is the file's path: year, county and slug stand in it."""

    id: str
    year: str
    county: str

    title: str = described("结对名称", Line(4, 60), help="不写就用学会和县的名称。", example="苹果提质结对", default="")
    societies: tuple[str, ...] = described(
        "学会",
        Many(SocietyId(), 20),
        "always",
        "一个或几个；鼓励同一领域的学会联合结对。",
        "[测试学会]",
        ("结对学会",),
        (),
    )
    activities: tuple[str, ...] = described(
        "活动",
        Many(Pattern(ACTIVITY_ID, "活动的编号"), 20),
        "submission",
        "办哪几项活动，写编号（网址里 activities/ 后面、.html 前面的部分）。",
        "[2026/C-01/orchard-guidance]",
        default=(),
    )
    need: str = described(
        "对应需求",
        Pattern(NEED_ID, "需求的编号"),
        help="答复县里哪一条需求。",
        example="2026/140122/apple-pruning",
        default="",
    )
    status: str = described(
        "进展", Choice("statuses"), "always", "已约定、进行中、已开展或已取消。", "已约定", ("状态",), ""
    )
    agreed: date | None = described("约定日期", FullDay(), "submission", "哪一天说定的。", "2026-10-20")
    period: Period | None = described(
        "结对时间", Group(Period), help="结对管多久。", example="{start: 2026-11, end: 2027-03}"
    )
    sessions: tuple[Booking, ...] = described(
        "场次",
        Many(Group(Booking), 200),
        help="日子定了的，一场一条。",
        example="- start: 2026-11-28 09:30",
        default=(),
    )
    call: str = described("通知", CallId(), help="按哪一份通知结对。", example="2021", default="")
    reports: tuple[Report, ...] = described(
        "新闻报道",
        Many(Group(Report), 50),
        help="已经发布的报道。",
        example="- {title: 测试标题, url: https://example.org/}",
        aliases=("报道", "新闻宣传"),
        default=(),
    )
    results: Results | None = described(
        "成效", Group(Results), help="办了几场、来了多少人。", example="{sessions: 2, people: 130, volunteers: 6}"
    )
    source: Origin | None = described(
        "来源",
        Group(Origin),
        "report",
        "只有本站根据公开报道整理的才写。",
        "{type: report, url: https://example.org/news/1, publisher: 测试日报}",
    )

    @property
    def stands(self) -> bool:
        """Whether it was not called off."""
        return self.status != CANCELLED

    @property
    def booked(self) -> tuple[tuple[str, Booking], ...]:
        """Every dated occasion with the activity it is of; where none is said, the only one, else nothing."""
        only = self.activities[0] if len(self.activities) == 1 else ""
        return tuple((session.activity or only, session) for session in self.sessions)
