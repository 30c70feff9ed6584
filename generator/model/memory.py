"""What is remembered of the records beside what they say: their history, where moved ones went, and all that happened, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.history import FieldChange, History, Step
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.period import ENDED, State
from generator.model.redirect import Redirect

Happening = Literal["added", "changed", "cancelled", "moved", "ended", "removed"]
_RANK: Mapping[str, int] = {"removed": 0, "added": 1, "moved": 2, "changed": 3, "cancelled": 4, "ended": 5}
_CANCELLED = "取消"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a record on a day. ``former``: where it was before, if it moved."""

    day: date
    what: Happening
    stem: str
    former: str = ""
    fields: tuple[FieldChange, ...] | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """History and redirects of a root; empty for one that has neither."""

    history: History = field(default_factory=History)
    redirects: Sequence[Redirect] = ()

    def first_day(self, stem: str, record: Activity | Need | Pairing, today: date) -> date | None:
        """The day a record came: by version control, else the day it was filed, else its first day where that is over; None where no day is known."""
        known = self.history.added(stem)
        if known is not None:
            return known
        filed = record.agreed if isinstance(record, Pairing) else record.filed
        start = record.period.start.first if record.period is not None and record.period.start is not None else None
        return filed or (start if start is not None and start <= today else None)

    def last_day(self, stem: str, record: Activity | Need | Pairing, today: date) -> date | None:
        """The day a record was last changed, its coming included."""
        return self.history.changed(stem) or self.first_day(stem, record, today)


def ended_on(activity: Activity, calls: Mapping[str, Call]) -> date | None:
    """The last day of an activity that has a last day."""
    period = activity.period
    if period.start is not None and not period.is_open_ended:
        return (period.end or period.start).last
    call = calls.get(activity.call)
    return call.window.end if call is not None and period.start is None else None


def events_of(
    memory: Memory,
    activities: Iterable[tuple[Activity, State]],
    exchange: Iterable[tuple[str, Need | Pairing]],
    calls: Mapping[str, Call],
    today: date,
) -> tuple[Event, ...]:
    """All that happened, newest first: by version control, and what ended by the records' own days. ``exchange``: stems and records."""
    events: list[Event] = []
    present: set[str] = set()
    for activity, state in activities:
        stem = f"activities/{activity.id}"
        present.add(stem)
        events.extend(_of_record(memory, stem, activity, today))
        last = ended_on(activity, calls) if state is ENDED else None
        if last is None:
            continue
        came = memory.history.added(stem)
        if came is None or came <= last:  # what was over when it came did not end since
            events.append(Event(last + timedelta(days=1), "ended", stem))
    for stem, record in exchange:
        present.add(stem)
        events.extend(_of_record(memory, stem, record, today))
    events.extend(_of_gone(memory, present))
    return tuple(sorted(events, key=lambda event: (-event.day.toordinal(), _RANK[event.what], event.stem)))


def _of_record(memory: Memory, stem: str, record: Activity | Need | Pairing, today: date) -> Iterator[Event]:
    came = memory.first_day(stem, record, today)
    if came is not None:
        yield Event(came, "added", stem)
    for day, steps in _by_day(memory.history.of(stem)).items():
        if day == came:
            continue  # it was still being written
        moved = next((step.former for step in steps if step.sort == "moved"), "")
        changed = [step for step in steps if step.sort in ("changed", "moved") and step.before != step.after]
        looked_at = [step.fields for step in changed if step.fields is not None]
        fields = tuple(change for step in looked_at for change in step) if looked_at or not changed else None
        if moved:
            yield Event(day, "moved", stem, moved, fields)
        elif changed and fields != ():
            off = any(change.label == _CANCELLED and change.manner == "filled" for change in fields or ())
            yield Event(day, "cancelled" if off else "changed", stem, "", fields)


def _by_day(steps: Iterable[Step]) -> dict[date, list[Step]]:
    days: dict[date, list[Step]] = {}
    for step in steps:
        days.setdefault(step.day, []).append(step)
    return days


def _of_gone(memory: Memory, present: AbstractSet[str]) -> Iterator[Event]:
    """What was withdrawn; of a record that moved its new place tells. Only addresses that the redirects own up to are named."""
    withdrawn = {one.old for one in memory.redirects if one.gone}
    for stem in sorted(withdrawn - present):
        days = [step.day for step in memory.history.of(stem) if step.sort == "removed"]
        if days:
            yield Event(max(days), "removed", stem)
