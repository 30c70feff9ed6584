"""Terms in, shards out: files of neighbouring terms, named by where they begin and by their content.

Where a shard begins is found by halving the room that terms can stand in (their first four UTF-16 units): a piece that weighs too much is
halved, and a half of less than a quarter of that goes along with its neighbour, unless that is a single term that by itself weighs
too much. So a record more touches no shard but those that its terms fall into, and no other shard is much heavier than another.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from generator.render.search.encode import content_name, digits, script
from generator.render.search.postings import Corpus, Term

LIMIT = 11_000  # characters; a piece that holds more is halved
_HEAVY = LIMIT * 3 // 2
_UNITS, _UNIT_BITS = 4, 16
_RANGE = 500_000  # occurrences that are worked through at a time
FOLDER = "search/terms/"
CHECK = 3  # letters; where it begins tells shards apart, these only an old one from a new one


class Shard(NamedTuple):
    """Where it begins, the hash of what it holds, whether that is one heavy term, its bytes."""

    begin: int
    check: str
    is_heavy: bool
    data: bytes


class Group(NamedTuple):
    """Neighbouring terms that lie in one shard. ``begin``: no term of the groups before comes up to it."""

    begin: int
    names: str
    data: str

    @property
    def weight(self) -> int:
        """How much it holds, in characters."""
        return len(self.names) + len(self.data)

    @property
    def is_heavy(self) -> bool:
        """Whether it is a single term that very many records hold."""
        return self.weight > _HEAVY and "\n" not in self.names

    def joined(self, others: Iterable[Group]) -> Group:
        """With the groups behind it."""
        groups = [self, *others]
        return Group(self.begin, "\n".join(group.names for group in groups), "".join(group.data for group in groups))


class Piece(NamedTuple):
    """A part of the room, what it weighs, and its groups so far."""

    key: int
    weight: int
    groups: list[Group]


def shards(corpus: Corpus, *, capped: bool = True) -> Iterator[Shard]:
    """All shards, in any order; on all processors where there is much to do."""
    ranges = list(corpus.ranges(_RANGE))
    workers = min(os.cpu_count() or 1, len(ranges))
    if workers < 2 or sys.platform == "win32":
        yield from _joined(_characters(corpus.terms(*one, capped=capped)) for one in ranges)
        return
    global _task
    _task = (corpus, capped)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield from _joined(pool.imap(_work, ranges))
    finally:
        del _task  # nobody must hold the texts any longer


_task: tuple[Corpus, bool]


def _work(one: tuple[int, int]) -> list[Piece]:
    corpus, capped = _task
    return _characters(corpus.terms(*one, capped=capped))


def _characters(terms: Iterable[Term]) -> list[Piece]:
    """A piece for each first UTF-16 unit of terms, with its groups."""
    found = []
    rest = _UNIT_BITS * (_UNITS - 1)
    keyed = groupby(((_key(term.term), term) for term in terms), key=itemgetter(0))
    alike = (Group(key, *_joined_terms(term for _, term in same)) for key, same in keyed)
    for unit, groups in groupby(alike, key=lambda group: group.begin >> rest):
        pieces = [Piece(group.begin, group.weight, [group]) for group in groups]
        weight = sum(piece.weight for piece in pieces)
        found.append(Piece(unit << rest, weight, _divided(pieces, unit << rest, rest)))
    return found


def _joined_terms(terms: Iterable[Term]) -> tuple[str, str]:
    names, data = zip(*terms, strict=True)
    return "\n".join(names), "".join(data)


def _joined(ranges: Iterable[list[Piece]]) -> Iterator[Shard]:
    """The shards of all pieces. What lies between the first and the last group of a character is done before all others are known."""
    pieces = []
    for piece in (piece for one in ranges for piece in one):
        for group in piece.groups[1:-1]:
            yield _shard(group)
        pieces.append(piece._replace(groups=[*piece.groups[:1], *piece.groups[1:][-1:]]))
    for group in _divided(pieces, 0, _UNIT_BITS * _UNITS):
        yield _shard(group)


def _divided(pieces: Sequence[Piece], low: int, bits: int) -> list[Group]:
    """The groups of pieces that lie in the room of so many bits from ``low`` on."""
    keys = [piece.key for piece in pieces]
    sums = [0, *accumulate(piece.weight for piece in pieces)]

    def divide(low: int, bits: int, first: int, end: int) -> list[Group]:
        if sums[end] - sums[first] <= LIMIT:
            head, *rest = (group for piece in pieces[first:end] for group in piece.groups)
            return [head._replace(begin=low).joined(rest)]
        if end - first == 1:
            return [pieces[first].groups[0]._replace(begin=low), *pieces[first].groups[1:]]
        half = low + (1 << (bits - 1))
        middle = bisect_left(keys, half, first, end)
        if middle in (first, end):
            return divide(half if middle == first else low, bits - 1, first, end)
        left, right = divide(low, bits - 1, first, middle), divide(half, bits - 1, middle, end)
        is_small = any(len(half) == 1 and half[0].weight <= LIMIT // 4 for half in (left, right))
        if is_small and not left[-1].is_heavy and not right[0].is_heavy:
            return [*left[:-1], left[-1].joined(right[:1]), *right[1:]]
        return left + right

    return divide(low, bits, 0, len(pieces)) if pieces else []


def _key(term: str) -> int:
    """The first four UTF-16 units of a term as one number."""
    size = _UNITS * _UNIT_BITS // 8
    return int.from_bytes(term.encode("utf-16-be")[:size].ljust(size, b"\0"), "big")


def boundaries(known: Sequence[tuple[int, str, bool]]) -> dict[str, list[str] | str | list[int]]:
    """What the manifest says of shards. ``known``: begin, check and whether it is heavy of each.

    ``begins``: of all the steps between their first units, then their second ones, third ones, fourth ones; they end in many zero bits,
    so digits of six bits pack well.
    """
    begins, checks, heavy = zip(*sorted(known), strict=True) if known else ((), (), ())
    first, *others = np.array([_units(begin) for begin in begins], np.int64).reshape(-1, _UNITS).T
    columns = [np.diff(first, prepend=0), *others]
    return {
        "begins": [digits(column, 64) for column in columns],
        "checks": "".join(checks),
        "heavy": [at for at, is_heavy in enumerate(heavy) if is_heavy],
    }


def _units(begin: int) -> list[int]:
    return [begin >> _UNIT_BITS * at & ((1 << _UNIT_BITS) - 1) for at in reversed(range(_UNITS))]


def _shard(group: Group) -> Shard:
    check = content_name(f"{group.names}\0{group.data}".encode())[:CHECK]
    data = script("catalogTerms", _name(group.begin), group.names, group.data)
    return Shard(group.begin, check, group.is_heavy, data)


def _name(begin: int) -> str:
    """Its units as hexadecimal numbers, without the zeros at the end."""
    units = _units(begin)
    while len(units) > 1 and not units[-1]:
        units.pop()
    return "-".join(f"{unit:x}" for unit in units)


def shard_path(shard: Shard) -> str:
    """Where it begins, and a few letters of its content's hash."""
    return f"{FOLDER}{_name(shard.begin)}_{shard.check}.js"
