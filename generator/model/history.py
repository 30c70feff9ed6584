"""What version control remembers of the records: when each came, what changed, where it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.model.activity import Activity
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS

Sort = Literal["added", "changed", "moved", "removed"]
Manner = Literal["replaced", "filled", "emptied", "rewritten"]

RECORDS: Mapping[str, type] = {"activities": Activity, NEEDS: Need, PAIRINGS: Pairing}
"""The folders whose files are remembered, and what stands in them."""


def stem_of(path: str) -> str:
    """A record's address without its ending, by the path of its file: ``activities/2026/C-01/a``, ``needs/2026/140121/b``."""
    return path.removeprefix("content/").removesuffix(".yml")


def stem_in(folder: str, id: str) -> str:
    """The stem of a record by its folder (``activities``, ``content/needs``, …) and id."""
    return f"{folder.removeprefix('content/')}/{id}"


def file_of(stem: str) -> str:
    """The path of a record's file, by its stem."""
    return f"{stem}.yml" if stem.startswith("activities/") else f"content/{stem}.yml"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What became of one field. The words are empty where they are long, or must not be said again (``rewritten``, ``emptied``)."""

    label: str
    manner: Manner
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with one record on one day. ``before``, ``after``: the versions' names in version control, empty where there is none."""

    day: date
    sort: Sort
    stem: str
    former: str = ""
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    fields: tuple[FieldChange, ...] | None = None
    """Field by field; empty: only the way of writing changed; None: it was not looked at."""


@dataclass(frozen=True, slots=True)
class History:
    """The steps of every record, newest first, under its present stem.

    ``begins``: the day before which nothing is known, as in a shallow clone; ``is_known``: whether there is version control at all.
    ``seen``: the stems of all files that ever were there.
    """

    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    begins: date | None = None
    is_known: bool = False

    def of(self, stem: str) -> tuple[Step, ...]:
        """The steps of one record, newest first; none where it was never committed, or came before all that is known."""
        return self.steps.get(stem, ())

    def added(self, stem: str) -> date | None:
        """The day it came to the list, as far as known."""
        return next((step.day for step in reversed(self.of(stem)) if step.sort == "added"), None)

    def changed(self, stem: str) -> date | None:
        """The day of its last change, its coming included."""
        return max((step.day for step in self.of(stem)), default=None)

    def revisions(self, stem: str) -> int:
        """How often it was changed since it came."""
        return sum(step.sort in ("changed", "moved") for step in self.of(stem))
