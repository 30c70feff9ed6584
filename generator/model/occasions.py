"""An activity in, what of it belongs into a calendar out: dated sessions, and a period that is stated to the day. Nothing is invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from generator.model.activity import Activity
from generator.model.parts import Session

DAY = 10  # characters of YYYY-MM-DD
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One entry of a calendar. ``start``, ``end``: days, or times in Asia/Shanghai; ``end`` of days is the day after the last.

    ``key``: tells it from the activity's others, also after some were added before it. ``said``: the times as stated, where a
    calendar cannot hold them (a time of day on one side only). ``session``: None for the period.
    """

    key: str
    start: date | datetime
    end: date | datetime | None
    session: Session | None = None
    said: str = ""


def occasions(activity: Activity) -> Iterator[Occasion]:
    """The sessions in the order written, then the period where both its days are stated (or it is a single day)."""
    times: Counter[str] = Counter()
    for session in activity.sessions:
        times[session.start] += 1
        key = session.start if times[session.start] == 1 else f"{session.start} {times[session.start]}"
        yield _of_session(key, session)
    start, end = activity.period.start, activity.period.end
    if start is None or len(start.text) != DAY or (end is not None and len(end.text) != DAY):
        return
    if activity.period.is_open_ended:
        return
    last = (end or start).last
    if last != start.first or all(session.start[:DAY] != start.text for session in activity.sessions):
        yield Occasion(PERIOD, start.first, last + timedelta(days=1))


def _of_session(key: str, session: Session) -> Occasion:
    first, last = session.start, session.end
    if len(first) > DAY and (not last or len(last) > DAY):
        begins, ends = datetime.fromisoformat(first), datetime.fromisoformat(last) if last else None
        return Occasion(key, begins, ends if ends is not None and ends > begins else None, session)
    day = date.fromisoformat((last or first)[:DAY]) + timedelta(days=1)
    said = f"{first} 至 {last}" if len(first) != len(last) and last else ""
    return Occasion(key, date.fromisoformat(first[:DAY]), day, session, said)
