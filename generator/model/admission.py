"""An activity, a county and days in; whether it can come there and then out. The hard conditions of place and time."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from generator.model.activity import Activity
from generator.model.parts import Period
from generator.model.places import NATIONAL, Places

EVERY_MONTH = 0b1111_1111_1111  # a bit a month, January the lowest


class Span(NamedTuple):
    """From when to when, and in which months. ``certain``: the months are stated, not merely not ruled out."""

    first: date
    last: date
    months: int = EVERY_MONTH
    certain: bool = False


def span_of(period: Period, window_end: date | None = None) -> Span:
    """The days and months a period admits. ``window_end``: of the call's window, which closes a period in words only."""
    start, end = period.start, period.end
    first = start.first if start else date.min
    if end is not None:
        last = end.last
    elif start is not None and not period.is_open_ended:
        last = start.last
    else:
        last = window_end if start is None and window_end else date.max
    months = bits(period.months)
    return Span(first, last, months or EVERY_MONTH, bool(months))


def bits(months: tuple[int, ...]) -> int:
    """Months as bits."""
    return sum(1 << month - 1 for month in months)


def months_between(first: date, last: date) -> int:
    """The months that days from ``first`` to ``last`` lie in, as bits."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count >= 12:
        return EVERY_MONTH
    run = (1 << count) - 1 << first.month - 1
    return (run | run >> 12) & EVERY_MONTH


def meets(one: Span, other: Span) -> bool:
    """Whether two spans have a day in common, as far as they say."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return first <= last and bool(months_between(first, last) & one.months & other.months)


def reaches(activity: Activity, county: str, places: Places) -> bool:
    """Whether an activity names the county, its region or the whole country."""
    return bool({NATIONAL, places.region_of(county), county} & set(activity.regions))
