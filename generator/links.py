"""Everything below a root in, the addresses of other sites that it names out, as many as one night may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator.build import Loaded, load
from generator.load.records import FOLDER
from generator.model.links import Stated, links_of
from generator.model.pairing_rules import NEEDS, PAIRINGS

MOST = 5_000  # at a second each and eight at a time, well under an hour


def stated(root: Path) -> list[Stated]:
    """Every address with every record that names it, faulty records left out."""
    return list(_stated(load(root)))


def _stated(loaded: Loaded) -> Iterator[Stated]:
    shelves = (
        (f"{FOLDER}/{{}}.yml", loaded.activities),
        (f"{NEEDS}/{{}}.yml", loaded.needs),
        (f"{PAIRINGS}/{{}}.yml", loaded.pairings),
        ("content/calls/{}.yml", loaded.content.calls.values()),
        ("content/societies/（{}）", loaded.content.societies.values()),
    )
    for place, records in shelves:
        for record in records:
            for url in links_of(record):
                yield Stated(url, place.format(record.id))


def tonight(urls: Sequence[str], day: date, most: int = MOST) -> list[str]:
    """The addresses to ask for on a day, each once: all of them, or the next ``most`` in turn."""
    once = sorted(set(urls))
    if len(once) <= most:
        return once
    first = day.toordinal() * most % len(once)
    return [*once[first:], *once[:first]][:most]
