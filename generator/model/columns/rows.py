"""Arrays of numbers in, rows chosen, put together and sorted out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def different(numbers: Numbers) -> Numbers:
    """Each number once, sorted; numpy's own unique hashes, which is ten times slower on these."""
    numbers.sort()
    keep = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=keep[1:])
    chosen: Numbers = numbers[keep]
    return chosen


def column(values: Iterable[int]) -> Numbers:
    """Whole numbers as an array."""
    return np.fromiter(values, dtype=np.int64)


def together(parts: Sequence[Numbers]) -> Numbers:
    """The numbers of all parts, each once, in order; each part is so already."""
    if len(parts) > 1:
        return different(np.concatenate(parts))
    return parts[0] if parts else np.zeros(0, dtype=np.int64)


def best(points: Mapping[str, Numbers], count: int, most: int | None) -> Iterator[tuple[int, int]]:
    """Which of ``count`` rows have the highest sums of points, at most ``most``, and their sums; of equal ones the earlier."""
    score = sum(points.values(), np.zeros(count, dtype=np.int64))
    order = np.arange(count) - score * (count + 1)  # no two alike, so sorting a part is as good as sorting all
    if most is not None and most < count:
        chosen = np.argpartition(order, most)[:most]
        chosen = chosen[np.argsort(order[chosen])]
    else:
        chosen = np.argsort(order)
    yield from zip(chosen.tolist(), score[chosen].tolist(), strict=True)


def spread(count: int, groups: Iterable[tuple[Numbers, int]]) -> Numbers:
    """A number for each of ``count``: that of the last group it is in, else 0."""
    numbers = np.zeros(count, dtype=np.int64)
    for members, value in groups:
        numbers[members] = value
    return numbers


def one_row(rows: Numbers, row: int | None) -> Numbers:
    """Those of ``rows`` that are ``row``: one or none."""
    chosen: Numbers = rows[rows == row]
    return chosen
