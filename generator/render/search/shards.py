"""Terms in, shards out: files of neighbouring terms, named by their content.

A shard begins where the hash of a term says so, the more likely the heavier the term (its weight as a power of two). The rule looks at
nothing but the term itself and the one before, so another record moves no boundary but next to its own terms.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from generator.render.search.encode import content_name, script
from generator.render.search.postings import Corpus, Term

WEIGHT = 5_000  # characters a shard holds on the average
_RANGE = 1_000_000  # occurrences that are worked through at a time
FOLDER = "search/terms/"
CHECK = 4  # letters; the first term tells shards apart, these only an old one from a new one


class Shard(NamedTuple):
    """The term it begins with, the hash of what it holds, its bytes."""

    first: str
    check: str
    data: bytes


def shards(corpus: Corpus, *, capped: bool = True) -> list[Shard]:
    """All shards in the order of their terms; on all processors where there is much to do."""
    ranges = list(corpus.ranges(_RANGE))
    workers = min(os.cpu_count() or 1, len(ranges))
    if workers < 2 or sys.platform == "win32":
        return [shard for one in ranges for shard in _cut(corpus.terms(*one, capped=capped))]
    global _task
    _task = (corpus, capped)
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return [shard for made in pool.imap(_work, ranges) for shard in made]


_task: tuple[Corpus, bool]


def _work(one: tuple[int, int]) -> list[Shard]:
    corpus, capped = _task
    return list(_cut(corpus.terms(*one, capped=capped)))


def _cut(terms: Iterable[Term]) -> Iterator[Shard]:
    held: list[Term] = []
    heavy = False
    for term in terms:
        weight = 1 << (len(term.data).bit_length() - 1)
        if held and (heavy or crc32(term.term.encode()) * WEIGHT < weight << 32):
            yield _shard(held)
            held = []
        held.append(term)
        heavy = weight >= WEIGHT
    if held:
        yield _shard(held)


def _shard(terms: list[Term]) -> Shard:
    names = "\n".join(term.term for term in terms)
    data = "".join(term.data for term in terms)
    check = content_name(f"{names}\0{data}".encode())[:CHECK]
    first = terms[0].term
    return Shard(first, check, script("catalogTerms", first, names, data))


def shard_path(shard: Shard) -> str:
    """Its first term, as the hexadecimal points of its characters, and a few letters of its content's hash."""
    return f"{FOLDER}{'-'.join(f'{ord(character):x}' for character in shard.first)}_{shard.check}.js"
