"""Records in, their result cards in small bundles out: the browser loads those it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model.catalog import Catalog
from generator.render import words
from generator.render.output import OutputFile
from generator.render.search.encode import script

FOLDER = "search/cards/"
_IN_CELL = 2  # bits: two to four records, were all spread evenly
IN_BUNDLE = 2


def cell_shift(count: int, bits: int) -> int:
    """How far a record's number is shifted to give its cell."""
    return bits - max(0, (max(count, 1) - 1).bit_length() - _IN_CELL)


def card_files(catalog: Catalog, numbers: Sequence[int], order: Sequence[int], shift: int) -> Iterator[OutputFile]:
    """The bundles. ``order``: positions by ascending number; ``numbers``: theirs.

    Numbers are crowded where a society has many records, so a cell is cut into bundles of a few; another record touches only its cell.
    """
    for cell, members in groupby(zip(numbers, order, strict=True), key=lambda member: member[0] >> shift):
        rows = [(number, *_card(catalog, position)) for number, position in members]
        for at in range(0, len(rows), IN_BUNDLE):
            yield OutputFile.of(card_path(cell, at), script("catalogCards", rows[at : at + IN_BUNDLE]))


def card_path(cell: int, place: int) -> str:
    """Where the card of the record at a place in its cell is."""
    return f"{FOLDER}{cell}-{place // IN_BUNDLE}.js"


def card_paths(numbers: Sequence[int], shift: int) -> list[str]:
    """Where each record's card is. ``numbers``: of all records, ascending."""
    return [
        card_path(cell, place)
        for cell, members in groupby(number >> shift for number in numbers)
        for place, _ in enumerate(members)
    ]


def _card(catalog: Catalog, position: int) -> tuple[str | int, ...]:
    activity = catalog.activities[position]
    society = catalog.societies[activity.society]
    return (
        activity.id,
        activity.title,
        society.name,
        catalog.vocabulary("levels").name(society.level),
        catalog.states[position].id,
        int(catalog.standings[position] == "past"),
        int(activity.is_report),
        activity.period.words,
        words.where(catalog, activity.regions),
        words.names(catalog, "audiences", activity.audiences),
        words.how(catalog, activity),
        words.cut(activity.summary, 80),
    )
