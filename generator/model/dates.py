"""The types of fields that say when: a day, a month, a year, a time of day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from generator.model import faults
from generator.model.period import Day
from generator.model.reader import Fault, Known, Reader
from generator.model.source import Node, Text

_TIME = re.compile(r"(.{4,12}?)[ T]([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?")
NO_DAY = "没有写到日"
PATTERNS = {"time": _TIME}  # the web form reads with the same


class PartialDay:
    """A day, a month or a year, exactly as exact as it is known."""

    what = "日期：2026-05-01；只知道月份写 2026-05，只知道年份写 2026"

    def read(self, node: Node, reader: Reader, label: str) -> Day | Fault:
        """The day."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        try:
            return Day.read(text)
        except ValueError as reason:
            return reader.add(faults.bad_date(reader.place(node), label, text, str(reason)))

    def write(self, value: Any, known: Known, *, names: bool) -> str:
        """As exact as it is known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
        return str(value.text)


class FullDay(PartialDay):
    """A whole date."""

    what = "完整的日期，如 2026-05-01"

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """A ``datetime.date``."""
        day = super().read(node, reader, label)
        if isinstance(day, Day) and len(day.text) != 10:
            return reader.add(faults.bad_date(reader.place(node), label, day.text, NO_DAY))
        return day.first if isinstance(day, Day) else day

    def write(self, value: Any, known: Known, *, names: bool) -> str:
        """``YYYY-MM-DD``."""
        return str(value)


class Moment(FullDay):
    """A date, with a time of day where one is known; Asia/Shanghai is meant."""

    what = "日期，或日期加时间，如 2026-05-01 09:30"

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM``."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        match = _TIME.fullmatch(unicodedata.normalize("NFKC", text))
        time = f" {int(match.group(2)):02d}:{match.group(3)}" if match else ""
        bare = Text(match.group(1), node.line, node.column) if match else node
        day = super().read(bare, reader, label)
        return day.isoformat() + time if isinstance(day, date) else day
