"""The rules among pairings, needs, activities and calls, each a small generator; its docstring is its entry on the page 校验规则.

A rule takes all records that could be read and yields (path, keys, message, cure).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from generator.model.activity import Activity
from generator.model.admission import Span, meets, reaches, span_of
from generator.model.call import Call
from generator.model.need import Need
from generator.model.pairing import Booking, Pairing
from generator.model.problem import Place, Problem, shown
from generator.model.reader import Known
from generator.model.rules import Keys, Rule, rules_of
from generator.model.vocabulary import nearest

NEEDS = "content/needs"
PAIRINGS = "content/pairings"
Finding = tuple[str, Keys, str, str]


@dataclass(frozen=True, slots=True)
class Stated:
    """All records that were read. The ids are those of all files, faulty ones too: a fault is told once, where it is."""

    activities: Mapping[str, Activity]
    activity_ids: AbstractSet[str]
    needs: Mapping[str, Need]
    need_ids: AbstractSet[str]
    pairings: Mapping[str, Pairing]
    known: Known

    def named(self) -> Iterator[tuple[Pairing, int, Activity]]:
        """Every pairing with each of its activities that could be read, and the activity's number in the list."""
        for pairing in self.pairings.values():
            for number, id in enumerate(pairing.activities):
                if id in self.activities:
                    yield pairing, number, self.activities[id]

    def window_end(self, activity: Activity) -> date | None:
        """The end of the window of the activity's call."""
        call = self.known.calls.get(activity.call)
        return call.window.end if call else None


def _path(pairing: Pairing) -> str:
    return f"{PAIRINGS}/{pairing.id}.yml"


def missing_activity(stated: Stated) -> Iterator[Finding]:
    """结对的活动不存在

    结对记录里的活动要写清单里已有活动的编号。
    例：activities: [2026/C-01/no-such-activity]
    改：写那个活动的编号（网址里 activities/ 后面、.html 前面的部分）。
    """
    for pairing in stated.pairings.values():
        for number, id in enumerate(pairing.activities):
            if id not in stated.activity_ids:
                of_society = [one for one in sorted(stated.activity_ids) if one.split("/")[1] in pairing.societies]
                near = nearest(id, of_society)
                cure = f"您是不是想写“{near}”？" if near else "请写清单里已有活动的编号。"
                yield _path(pairing), ("activities", number), f"活动“{shown(id)}”不在清单里", cure
        for number, session in enumerate(pairing.sessions):
            if session.activity and session.activity not in pairing.activities:
                yield (
                    _path(pairing),
                    ("sessions", number, "activity"),
                    f"场次里的活动“{shown(session.activity)}”不在这次结对的活动里",
                    "请写“活动”一项里列出的编号，或把它补进“活动”。",
                )


def missing_need(stated: Stated) -> Iterator[Finding]:
    """对应的需求不存在

    例：need: 2026/140122/no-such-need
    改：写那条需求的编号：年份、县代码和英文短名，中间用斜线隔开，和需求那一页网址的最后三段一样。
    """
    for pairing in stated.pairings.values():
        if pairing.need and pairing.need not in stated.need_ids:
            of_county = [one for one in sorted(stated.need_ids) if f"/{pairing.county}/" in one]
            near = nearest(pairing.need, of_county)
            cure = f"您是不是想写“{near}”？" if near else "请写已登记需求的编号，或去掉这一项。"
            yield _path(pairing), ("need",), f"需求“{shown(pairing.need)}”没有登记过", cure


def need_of_another_county(stated: Stated) -> Iterator[Finding]:
    """对应的是别的县的需求

    结对记录放在县的文件夹里，它对应的需求也应当是这个县提出的。
    例：阳曲县的结对记录里写 need: 2026/140121/…
    改：写本县的需求，或把记录移到提出需求的县的文件夹。
    """
    for pairing in stated.pairings.values():
        asked = pairing.need.split("/")[1] if pairing.need in stated.need_ids else pairing.county
        if asked != pairing.county:
            places = stated.known.places
            name = places.name(asked) if asked in places.counties else asked
            yield (
                _path(pairing),
                ("need",),
                f"需求“{shown(pairing.need)}”是{name}提出的，不是{places.name(pairing.county)}的",
                "请写本县的需求，或把结对记录移到那个县的文件夹。",
            )


def activity_of_another_society(stated: Stated) -> Iterator[Finding]:
    """活动不是结对学会的

    结对的活动应当是参加结对的学会申报的；几家学会联合结对的，把学会都写上。
    例：societies: [C-01]，activities: [2026/A-01/open-day]
    改：把申报这项活动的学会也写进“学会”，或换成本学会的活动。
    """
    for pairing, number, activity in stated.named():
        if activity.society not in pairing.societies:
            yield (
                _path(pairing),
                ("activities", number),
                f"活动“{shown(activity.id)}”是 {activity.society} 的，不是结对学会的",
                f"请把 {activity.society} 写进“学会”（联合结对），或换成结对学会自己的活动。",
            )


def county_not_reached(stated: Stated) -> Iterator[Finding]:
    """县不在活动的可服务地区内

    例：活动只去山西省，却和江西省的县结对
    改：换一项能来的活动；学会确实能来的，请学会先改活动的“可服务地区”。
    """
    places = stated.known.places
    for pairing, number, activity in stated.named():
        if not reaches(activity, pairing.county, places):
            where = "、".join(places.name(code) for code in activity.regions[:3])
            more = "等" if len(activity.regions) > 3 else ""
            said = f"活动“{shown(activity.id)}”的可服务地区是{where}{more}，不包括{places.name(pairing.county)}"
            cure = "请换一项能来的活动，或请学会先改“可服务地区”。"
            yield _path(pairing), ("activities", number), said, cure


def day_outside_period(stated: Stated) -> Iterator[Finding]:
    """结对的日期不在活动时间内

    定下的场次、结对的时间，要在活动的“可开展时间”里。
    例：活动3月至10月能来，场次写 2026-12-05
    改：改日期；学会确实能来的，请学会先改活动的“可开展时间”。
    """
    cure = "请核对日期，或请学会先改“可开展时间”。"
    for pairing, _, activity in stated.named():
        span = span_of(activity.period, stated.window_end(activity))
        words = f"活动“{shown(activity.id)}”的可开展时间（{shown(activity.period.words)}）"
        for number, (of, session) in enumerate(pairing.booked):
            if of == activity.id and not meets(span, _days(session)):
                yield _path(pairing), ("sessions", number), f"场次 {session.start} 不在{words}内", cure
        if pairing.period is not None and not meets(span, span_of(pairing.period)):
            yield _path(pairing), ("period",), f"结对时间（{shown(pairing.period.words)}）不在{words}内", cure


def _days(session: Booking) -> Span:
    return Span(date.fromisoformat(session.start[:10]), date.fromisoformat((session.end or session.start)[:10]))


def booked_twice(stated: Stated) -> Iterator[Finding]:
    """同一场约了两家

    一项活动的同一场，只能约给一个县。
    例：两个县的结对记录都约了 2026/C-01/orchard-guidance 的 2026-11-28 上午
    改：跟学会商量，其中一家换个日子。
    """
    taken: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for id in sorted(stated.pairings):
        pairing = stated.pairings[id]
        for number, (activity, session) in enumerate(pairing.booked if pairing.stands else ()):
            others = taken.setdefault((activity, session.start[:10]), []) if activity else []
            for start, other in others:
                whole_day = len(start) == 10 or len(session.start) == 10
                if start == session.start or (whole_day and other != id):
                    yield (
                        _path(pairing),
                        ("sessions", number),
                        f"活动“{shown(activity)}”的 {session.start} 这一场已经约给了“{other}”",
                        "请跟学会商量，其中一家换个日子。",
                    )
                    break
            others.append((session.start, id))


def cancelled_activity(stated: Stated) -> Iterator[Finding]:
    """结对的活动已经取消

    例：结对的进展是“已约定”，活动里写了 cancelled
    改：跟学会核实；不办了的，把结对的进展改成“已取消”。
    """
    for pairing, number, activity in stated.named():
        if activity.cancelled and pairing.status in ("agreed", "ongoing"):
            yield (
                _path(pairing),
                ("activities", number),
                f"活动“{shown(activity.id)}”已经取消",
                "请跟学会核实；不办了的，把进展改成“已取消”。",
            )


def supported_without_pairing(stated: Stated) -> Iterator[Finding]:
    """择优支持的学会还没有结对

    通知要求择优支持的学会与县级科协结对。结对记录写明 call，或约定日期在通知的活动时间里，就算已经结对。
    例：通知的 supported 里有 C-01，却没有 C-01 的结对记录
    改：请学会与县级科协结对，再登记结对记录。
    """
    for call in stated.known.calls.values():
        paired = paired_societies(call, stated.pairings)
        for number, society in enumerate(call.supported):
            if society not in paired:
                yield (
                    f"content/calls/{call.id}.yml",
                    ("supported", number),
                    f"择优支持的学会“{society}”还没有与县级科协结对",
                    "结对以后，请登记结对记录。",
                )


def paired_societies(call: Call, pairings: Mapping[str, Pairing]) -> set[str]:
    """The societies with a pairing that stands and names the call or was agreed in its window."""
    start, end = call.window.start or date.min, call.window.end or date.max
    return {
        society
        for pairing in pairings.values()
        if pairing.stands
        and (pairing.call == call.id or (not pairing.call and pairing.agreed and start <= pairing.agreed <= end))
        for society in pairing.societies
    }


PAIRING_RULES: tuple[Rule, ...] = (
    *rules_of(
        "error",
        missing_activity,
        missing_need,
        need_of_another_county,
        activity_of_another_society,
        county_not_reached,
        day_outside_period,
        booked_twice,
    ),
    *rules_of("warning", cancelled_activity, supported_without_pairing),
)


def check_pairings(stated: Stated, place: Callable[[str, Keys], Place]) -> Iterator[Problem]:
    """All rules among pairings. ``place``: where a value of a file stands, asked only for what is wrong."""
    for rule in PAIRING_RULES:
        for path, keys, message, cure in rule.find(stated):
            yield Problem(*place(path, keys), rule.code, rule.level, message, cure)
