"""Records in, their numbers in the search out.

A number comes from the record's society and id alone, so that one more record leaves the others' as they were, and with them every
shard that does not hold its terms. A society's records lie near each other: who looks for its name finds their cards in few bundles,
and their postings are short steps. Sixteen to thirty-two places for each record keep clashes rare; a clash goes to the next free place,
and the earlier record has the choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from generator.model.activity import Activity

_SPARE = 4  # bits: sixteen places and more for each record
_FEWEST = 14
_TERM_BITS = 16
_NEAR = 7  # bits: a society's records lie within a 128th of all places


def bits_for(count: int) -> int:
    """How many bits numbers have; it changes only when the number of records passes a power of two."""
    return max(_FEWEST, (max(count, 1) - 1).bit_length() + _SPARE)


def numbers_of(activities: Sequence[Activity], bits: int) -> list[int]:
    """The number of each record, in their order."""
    begin_of = cache(_hash)
    wanted = (
        (begin_of(activity.society) >> (64 - bits)) + (_hash(activity.id) >> (64 - bits + _NEAR))
        for activity in activities
    )
    return _placed(wanted, bits)


def term_numbers(keys: Sequence[str]) -> list[int]:
    """Numbers of societies and of terms of vocabularies, made in the same way, so that another one leaves them as they were."""
    return _placed((_hash(key) >> (64 - _TERM_BITS) for key in keys), _TERM_BITS)


def _placed(wanted: Iterable[int], bits: int) -> list[int]:
    """Each number, or where it is taken the next one that is free."""
    next_free: dict[int, int] = {}
    numbers = []
    for number in wanted:
        free = _free(number % (1 << bits), next_free)
        next_free[free] = (free + 1) % (1 << bits)
        numbers.append(free)
    return numbers


def _free(number: int, next_free: dict[int, int]) -> int:
    """The first free number from one on; what is passed is remembered, so that crowds stay cheap."""
    passed = []
    while number in next_free:
        passed.append(number)
        number = next_free[number]
    for one in passed:
        next_free[one] = number
    return number


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
