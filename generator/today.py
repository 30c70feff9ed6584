"""The day in Asia/Shanghai: the one place where a clock is read."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in_china() -> date:
    """The day."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
