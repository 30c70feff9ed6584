"""Records in, the addresses of other sites that they name out; what a link check found about them, in three states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.field import fields_of
from generator.model.pointers import Link
from generator.model.values import Group, Many

OPENS, DEAD, UNSURE = "打得开", "打不开", "说不准"
STATES = (DEAD, UNSURE, OPENS)


@dataclass(frozen=True, slots=True)
class Stated:
    """An address and one record that names it. ``place``: the file, or the list and the id in it."""

    url: str
    place: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An address, its state, the reason as the check gave it, and the records that name it."""

    url: str
    state: str
    reason: str
    places: tuple[str, ...]


def links_of(record: Any) -> Iterator[str]:
    """Every address that a record states, those in its parts too, by the table of its fields."""
    for line in fields_of(record.__class__):
        value, kind = getattr(record, line.key), line.value
        values = value if isinstance(kind, Many) else (value,)
        one = kind.one if isinstance(kind, Many) else kind
        for part in values:
            if part is None:
                continue
            if isinstance(one, Link) and part:
                yield part
            elif isinstance(one, Group):
                yield from links_of(part)


def checked(stated: Iterable[Stated], found: Mapping[str, tuple[str, str]]) -> list[Checked]:
    """Each address once, dead ones first. ``found``: state and reason by address; what was not asked is not sure."""
    places: dict[str, list[str]] = {}
    for link in stated:
        places.setdefault(link.url, []).append(link.place)
    result = [
        Checked(url, *found.get(url, (UNSURE, "没有查")), tuple(dict.fromkeys(where))) for url, where in places.items()
    ]
    return sorted(result, key=lambda link: (STATES.index(link.state), link.places, link.url))
