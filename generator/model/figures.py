"""What the page 统计 shows, in plain numbers; ``counting.py`` makes them.

What societies filed and what was compiled from public reports is never added up unseen: each has its own series.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = {"submission": "学会申报", "report": "公开报道"}
STANDINGS = {"offer": "可以邀请", "running": "仍在开展", "past": "往年活动"}
MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
NO_MODE = "none"


@dataclass(frozen=True, slots=True)
class Figure:
    """``rows``: by id of a term, a number for each of the ``series``. ``stated``: how many records have a term at all."""

    series: tuple[str, ...]
    rows: dict[str, tuple[int, ...]]
    stated: int = 0

    @property
    def total(self) -> dict[str, int]:
        """All series of a term together."""
        return {term: sum(numbers) for term, numbers in self.rows.items()}

    def of_series(self, series: str) -> dict[str, int]:
        """One series alone."""
        at = self.series.index(series)
        return {term: numbers[at] for term, numbers in self.rows.items()}

    def without(self, term: str) -> Figure:
        """The same without a term that is no match for the others."""
        return Figure(self.series, {id: numbers for id, numbers in self.rows.items() if id != term}, self.stated)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one day. ``records``: how many there are, by source; ``registered``: how many societies could have any."""

    records: dict[str, int]
    registered: int
    by: dict[str, Figure]
