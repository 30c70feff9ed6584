"""Matching: every labelled case, and what holds for all needs and offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import build
from generator.model.activity import Activity
from generator.model.admission import meets, reaches, span_of
from generator.model.asking import asked_by, asked_for
from generator.model.catalog import Catalog
from generator.model.matching import Match, Matching
from generator.model.need import Need
from generator.model.pairing import Booking, Pairing
from generator.model.parts import Capacity, Origin, Period
from generator.model.period import Day
from generator.model.society import Society
from generator.model.weights import FAIR, SOFT, WEIGHTS

CASES = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((build.CHECKOUT / "tests/cases/match").glob("*.yml"))
}
KNOWN = build.read_content(build.CHECKOUT, Path("/nowhere")).known
TODAY = date(2026, 6, 1)
HERE = "140122"
SOCIETIES = {
    society.id: society
    for society in (
        *(Society(id=id, name=f"测试学会{id}", level="national") for id in ("A-01", "B-01", "C-01", "D-01")),
        Society(id="140000-ceshi", name="山西测试学会", level="provincial", region="140000"),
        Society(id="360000-ceshi", name="江西测试学会", level="provincial", region="360000"),
        *(
            Society(id=f"{code}-ceshi", name=f"测试县学会{code}", level="county", region="140000", county=code)
            for code in ("140121", "140122", "140222")
        ),
    )
}


def period_of(given: Any) -> Period:
    if isinstance(given, dict):
        return Period(text=given["text"])
    start, _, end = given.partition("/")
    return Period(start=Day.read(start), end=Day.read(end) if end else None)


def activity_of(name: str, given: dict[str, Any]) -> Activity:
    given = {
        "title": "测试活动",
        "summary": "测试用的活动。",
        "mode": "offline",
        "period": "2026-01/2027-12",
        "regions": ["100000"],
        **given,
    }
    society, report = given.pop("society", "C-01"), given.pop("source", None)
    lists = {key: tuple(given.pop(key, ())) for key in ("fields", "audiences", "forms", "regions")}
    if "filed" in given:
        given["filed"] = date.fromisoformat(given["filed"])
    if "capacity" in given:
        given["capacity"] = Capacity(**given["capacity"])
    kind = given.pop("kind", "tech")
    source = Origin(type="report", url="https://example.org/", publisher="测试日报") if report else None
    return Activity(
        id=id_of(name, society),
        year="2026",
        society=society,
        kind=kind,
        source=source,
        period=period_of(given.pop("period")),
        **lists,
        **given,
    )


def id_of(name: str, society: str = "C-01") -> str:
    return f"2026/{society}/{name}"


def need_of(given: dict[str, Any], county: str = HERE, name: str = "need") -> Need:
    given = {"title": "测试需求", "summary": "测试用的需求。", "period": "2026-09", **given}
    lists = {key: tuple(given.pop(key, ())) for key in ("fields", "audiences", "forms")}
    period = period_of(given.pop("period"))
    return Need(id=f"2026/{county}/{name}", year="2026", county=county, period=period, **lists, **given)


def pairing_of(number: int, given: dict[str, Any], ids: dict[str, str]) -> Pairing:
    return Pairing(
        id=f"2026/{given['county']}/p{number}",
        year="2026",
        county=given["county"],
        societies=(given["society"],),
        activities=(ids[given["activity"]],) if "activity" in given else (),
        status=given.get("status", "held"),
        sessions=tuple(Booking(start=start) for start in given.get("sessions", ())),
        need=given.get("need", ""),
    )


def matching_of(
    activities: Iterable[Activity], needs: Iterable[Need] = (), pairings: Iterable[Pairing] = ()
) -> Matching:
    return Matching.of(Catalog.of(activities, SOCIETIES, {}, KNOWN, {}, TODAY, needs, pairings))


def ids(matching: Matching, matches: Iterable[Match]) -> list[str]:
    return [matching.catalog.activities[match.position].id for match in matches]


def test_at_least_forty_cases_are_labelled() -> None:
    assert len(CASES) >= 40
    assert all(case["why"] and (case.get("first") or case.get("order")) for case in CASES.values())


@pytest.mark.parametrize("promise", CASES)
def test_case(promise: str) -> None:
    case = CASES[promise]
    activities = {name: activity_of(name, dict(given)) for name, given in case["candidates"].items()}
    names = {one.id: name for name, one in activities.items()}
    by_name = {name: id for id, name in names.items()}
    pairings = [pairing_of(number, given, by_name) for number, given in enumerate(case.get("pairings", ()))]
    matching = matching_of(activities.values(), (), pairings)
    if "title" in case["need"]:
        matches = matching.for_need(need_of(dict(case["need"])), month=case.get("month", ""))
    else:
        matches = matching.for_county(HERE, month=case["need"]["period"])
    found = [names[id] for id in ids(matching, matches)]
    assert found[: len(case.get("order", ()))] == case.get("order", [])
    assert "first" not in case or found[0] == case["first"], [
        (names[ids(matching, [m])[0]], m.score, m.reasons) for m in matches
    ]
    assert not set(found) & set(case.get("not", ()))
    if "first" in case and len(found) > 1:
        assert matches[0].score > matches[1].score, "a tie: the case says that one is better"


# -- what holds for all ------------------------------------------------------------------------------------------------

FIELDS, AUDIENCES, FORMS = ("crop", "health", "basic"), ("farmer", "elder", "public"), ("field", "clinic", "class")
REGIONS = ("100000", "140000", "140122", "140121", "360000")
WORDS = "苹果冬剪义诊血压科学实验课田头讲用药"
texts = st.text(WORDS, min_size=4, max_size=20)
days = st.dates(date(2025, 10, 1), date(2027, 6, 1)).map(lambda day: Day(day.isoformat()))
dated = st.tuples(days, days).map(lambda two: Period(start=min(two), end=max(two)))
worded = st.sampled_from(["全年", "每年9月至11月", "每年11月至次年2月", "农闲时节", "2025年起，每年春季"]).map(
    lambda text: Period(text=text)
)


def some(terms: tuple[str, ...], least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(terms), min_size=least, max_size=3, unique=True).map(tuple)


@st.composite
def offers(draw: st.DrawFn, name: str = "") -> Activity:
    return Activity(
        id=id_of(
            name or draw(st.from_regex(r"[a-z]{1,6}", fullmatch=True)),
            society := draw(st.sampled_from(sorted(SOCIETIES))),
        ),
        year="2026",
        society=society,
        title=draw(texts),
        summary=draw(texts),
        kind=draw(st.sampled_from(["tech", "scipop"])),
        fields=draw(some(FIELDS)),
        audiences=draw(some(AUDIENCES)),
        forms=draw(some(FORMS)),
        mode=draw(st.sampled_from(["offline", "online", "both", ""])),
        period=draw(dated | worded),
        regions=draw(some(REGIONS)),
        capacity=draw(st.none() | st.builds(Capacity, sessions=st.integers(1, 2), people=st.integers(1, 300))),
        source=draw(
            st.sampled_from([None, None, None, Origin(type="report", url="https://example.org/", publisher="测试")])
        ),
        cancelled=draw(st.sampled_from(["", "", "", "取消了"])),
        filed=draw(st.none() | st.dates(date(2023, 1, 1), TODAY)),
    )


@st.composite
def needs(draw: st.DrawFn) -> Need:
    county = draw(st.sampled_from(["140122", "140121", "360121"]))
    return Need(
        id=f"2026/{county}/{draw(st.from_regex(r'[a-z]{1,6}', fullmatch=True))}",
        year="2026",
        county=county,
        title=draw(texts),
        summary=draw(texts),
        kind=draw(st.sampled_from(["tech", "scipop", ""])),
        fields=draw(some(FIELDS)),
        audiences=draw(some(AUDIENCES)),
        forms=draw(some(FORMS, 0)),
        mode=draw(st.sampled_from(["offline", "both", ""])),
        period=draw(dated | worded),
        people=draw(st.none() | st.integers(1, 300)),
    )


many = st.lists(offers(), max_size=8, unique_by=lambda one: one.id)
pairings = st.lists(
    st.tuples(st.sampled_from(["140121", "140222"]), st.integers(0, 7), st.sampled_from(["held", "agreed", "cancelled"]),
              st.lists(days.map(lambda day: day.text), max_size=3)), max_size=4)  # fmt: skip
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def paired(activities: list[Activity], drawn: list[Any]) -> list[Pairing]:
    return [
        Pairing(
            id=f"2026/{county}/p{number}",
            year="2026",
            county=county,
            societies=(activities[at].society,),
            activities=(activities[at].id,),
            status=status,
            sessions=tuple(Booking(start=day) for day in booked),
        )
        for number, (county, at, status, booked) in enumerate(drawn)
        if at < len(activities)
    ]


@quick
@given(many, needs(), pairings)
def test_a_hard_condition_is_never_broken_and_nothing_else_excludes(
    activities: list[Activity], need: Need, drawn: list[Any]
) -> None:
    made = paired(activities, drawn)
    matching = matching_of(activities, [need], made)
    found = set(ids(matching, matching.for_need(need)))
    asked = asked_by(need, TODAY)
    for position, one in enumerate(matching.catalog.activities):
        span = span_of(one.period)
        years = range(max(span.first, asked.span.first).year, min(span.last, asked.span.last).year + 1)
        booked = matching.catalog.exchange.booked.get(one.id, {})
        left = not one.capacity or one.capacity.sessions is None or any(
            booked.get(year, 0) < one.capacity.sessions for year in list(years)[:10]
        )  # fmt: skip
        passes = (
            matching.catalog.standings[position] == "offer"
            and not one.is_report
            and not one.cancelled
            and reaches(one, need.county, KNOWN.places)
            and meets(span, asked.span)
            and left
        )
        assert (one.id in found) == passes, one


@quick
@given(many, needs(), pairings)
def test_the_reasons_add_up_to_the_score(activities: list[Activity], need: Need, drawn: list[Any]) -> None:
    matching = matching_of(activities, [need], paired(activities, drawn))
    for match in matching.for_need(need):
        assert sum(reason.points for reason in match.reasons) == match.score <= SOFT
        assert all(0 < reason.points <= WEIGHTS[reason.key].most for reason in match.reasons)
        assert all(reason.text for reason in match.reasons)
        assert len({reason.key for reason in match.reasons}) == len(match.reasons)


@quick
@given(many, needs(), offers("zzzzzzzzz"))
def test_an_unrelated_activity_changes_no_order(activities: list[Activity], need: Need, other: Activity) -> None:
    alone, together = matching_of(activities, [need]), matching_of([*activities, other], [need])
    before = [(id, match.score) for match in alone.for_need(need) for id in ids(alone, [match])]
    after = [(id, match.score) for match in together.for_need(need) for id in ids(together, [match]) if id != other.id]
    unchanged = [id for id, _ in before] == [id for id, _ in after]
    came_before = other.society in {one.society for one in activities} and together.catalog.standings[
        [one.id for one in together.catalog.activities].index(other.id)
    ] != "offer"  # fmt: skip
    assert unchanged or came_before  # what a society did nearby is no unrelated activity for its others
    assert came_before or before == after


@quick
@given(offers("one"), needs(), st.data())
def test_making_an_activity_fit_better_never_lowers_it(one: Activity, need: Need, data: st.DataObject) -> None:
    one = replace(one, source=None, cancelled="", period=Period(text="农闲时节"), regions=("100000",))
    better = [
        replace(one, fields=tuple({*one.fields, need.fields[0]})),
        replace(one, audiences=tuple({*one.audiences, *need.audiences})),
        replace(one, forms=tuple({*one.forms, *need.forms})),
        replace(one, mode="both"),
        replace(one, kind=need.kind or one.kind),
        replace(one, title=one.title + need.title),
        replace(one, summary=one.summary + need.summary),
        replace(one, regions=(*one.regions, need.county)),
        replace(one, period=Period(text="全年")),
        replace(one, filed=TODAY),
        replace(one, capacity=Capacity(people=need.people)) if need.people else one,
    ]
    changed = data.draw(st.sampled_from(better))
    score = lambda activity: [match.score for match in matching_of([activity]).for_need(need)]  # noqa: E731
    before, after = score(one), score(changed)
    assert len(before) <= len(after)
    assert not before or before[0] <= after[0]


@quick
@given(many, needs(), st.integers(1, 4))
def test_the_first_few_are_the_first_of_all(activities: list[Activity], need: Need, few: int) -> None:
    matching = matching_of(activities, [need])
    assert matching.for_need(need, few) == matching.for_need(need)[:few]
    assert matching.for_county(need.county, few) == matching.for_county(need.county)[:few]


# -- fairness, the other directions ------------------------------------------------------------------------------------


def test_a_need_in_a_county_nobody_serves_comes_before_a_third_visit_elsewhere() -> None:
    offer = activity_of(
        "orchard", {"title": "苹果冬剪示范", "fields": ["crop"], "audiences": ["farmer"], "forms": ["field"]}
    )
    poor = need_of({"title": "想听讲座", "fields": ["crop"]}, "140222", "poor")
    perfect = need_of(
        {"title": "苹果冬剪示范", "summary": "苹果冬剪示范", "fields": ["crop"], "audiences": ["farmer"], "forms": ["field"],
         "kind": "tech"}, "140122", "perfect")  # fmt: skip
    visits = [pairing_of(number, {"county": "140122", "society": "D-01"}, {}) for number in range(2)]
    matching = matching_of([offer], [poor, perfect], visits)
    found = matching.needs_for(0)
    assert [one.need.id for one in found] == [poor.id, perfect.id]
    assert found[0].reasons[0].points == FAIR > SOFT
    assert [need.id for need in matching.catalog.exchange.open_needs] == [poor.id, perfect.id]
    for one in found:
        assert sum(reason.points for reason in one.reasons) == one.score
    without = matching_of([offer], [poor, perfect]).needs_for(0)
    assert [one.need.id for one in without] == [perfect.id, poor.id]


def test_societies_of_the_same_field_could_join_a_pairing() -> None:
    mine = activity_of("mine", {"fields": ["crop"], "society": "C-01"})
    same = activity_of("same", {"fields": ["crop"], "society": "140000-ceshi", "regions": ["140000"]})
    twice = activity_of("twice", {"fields": ["crop"], "society": "140000-ceshi", "regions": ["140000"]})
    other = activity_of("other", {"fields": ["health"], "society": "D-01"})
    far = activity_of("far", {"fields": ["crop"], "society": "360000-ceshi", "regions": ["360000"]})
    pairing = pairing_of(1, {"county": HERE, "society": "C-01", "activity": "mine"}, {"mine": mine.id})
    matching = matching_of([mine, same, twice, other, far], (), [pairing])
    assert ids(matching, matching.could_join(pairing, 5)) == [same.id]


def test_what_happened_before_is_told_as_such_and_never_as_an_offer() -> None:
    here = activity_of("here", {"period": "2025-03/2025-04", "regions": [HERE], "source": "report"})
    next_door = activity_of("next", {"period": "2025-03/2025-04", "regions": ["140121"], "source": "report"})
    away = activity_of("away", {"period": "2025-03/2025-04", "regions": ["360121"], "source": "report"})
    matching = matching_of([here, next_door, away])
    assert matching.for_county(HERE) == []
    assert ids(matching, matching.before(asked_for(HERE, TODAY), 5)) == [here.id, next_door.id]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"period": "2026-09"}, "open"),
        ({"period": "2026-05"}, "expired"),
        ({"period": "2026-06-01"}, "open"),
        ({"period": {"text": "3月至5月"}}, "expired"),
        ({"period": {"text": "11月至次年2月"}}, "open"),
        ({"period": {"text": "全年"}}, "open"),
        ({"period": "2026-09", "withdrawn": "不需要了"}, "withdrawn"),
    ],
)
def test_a_need_is_open_or_expired_by_what_it_says(given: dict[str, Any], state: str) -> None:
    need = need_of(given)
    matching = matching_of([], [need])
    assert matching.catalog.exchange.states[need.id].id == state


def test_a_need_is_answered_by_a_pairing_that_stands_and_open_again_when_it_is_called_off() -> None:
    need = need_of({})
    for status, state in (("agreed", "answered"), ("held", "answered"), ("cancelled", "open")):
        pairing = pairing_of(1, {"county": HERE, "society": "C-01", "need": need.id, "status": status}, {})
        assert matching_of([], [need], [pairing]).catalog.exchange.states[need.id].id == state
