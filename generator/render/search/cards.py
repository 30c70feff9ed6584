"""Records in, their result cards in small bundles out: the browser loads those it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model.catalog import Catalog
from generator.render import words
from generator.render.output import OutputFile
from generator.render.search.encode import script

FOLDER = "search/cards/"
_IN_BUNDLE = 2  # bits: two to four records


def bundle_shift(count: int, bits: int) -> int:
    """How far a record's number is shifted to give the name of its bundle."""
    return bits - max(0, (max(count, 1) - 1).bit_length() - _IN_BUNDLE)


def card_files(catalog: Catalog, numbers: Sequence[int], order: Sequence[int], shift: int) -> Iterator[OutputFile]:
    """The bundles. ``order``: positions by ascending number; ``numbers``: theirs."""
    for bundle, members in groupby(zip(numbers, order, strict=True), key=lambda member: member[0] >> shift):
        rows = [(number, *_card(catalog, position)) for number, position in members]
        yield OutputFile.of(f"{FOLDER}{bundle}.js", script("catalogCards", rows))


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
