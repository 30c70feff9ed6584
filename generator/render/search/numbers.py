"""Records in, their numbers in the search out.

A number comes from the record's id alone, so that one more record leaves the others' as they were, and with them every
shard that does not hold its terms. Sixteen to thirty-two places for each record keep clashes rare; a clash goes to the next free place,
and the earlier record has the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from generator.model.activity import Activity

_SPARE = 4  # bits: sixteen places and more for each record
_FEWEST = 14


def bits_for(count: int) -> int:
    """How many bits numbers have; it changes only when the number of records passes a power of two."""
    return max(_FEWEST, (max(count, 1) - 1).bit_length() + _SPARE)


def numbers_of(activities: Sequence[Activity], bits: int) -> list[int]:
    """The number of each record, in their order."""
    taken: set[int] = set()
    numbers = []
    for activity in activities:
        number = int.from_bytes(blake2b(activity.id.encode(), digest_size=8).digest(), "big") >> (64 - bits)
        while number in taken:
            number = (number + 1) % (1 << bits)
        taken.add(number)
        numbers.append(number)
    return numbers
