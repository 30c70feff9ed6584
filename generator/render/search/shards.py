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

WEIGHT = 3_500  # characters a shard holds on the average
_RANGE = 500_000  # occurrences that are worked through at a time
FOLDER = "search/terms/"
CHECK = 3  # letters; the first term tells shards apart, these only an old one from a new one


class Shard(NamedTuple):
    """The term it begins with, the hash of what it holds, its bytes."""

    first: str
    check: str
    data: bytes


def shards(corpus: Corpus, *, capped: bool = True) -> Iterator[Shard]:
    """All shards in the order of their terms; on all processors where there is much to do."""
    ranges = list(corpus.ranges(_RANGE))
    workers = min(os.cpu_count() or 1, len(ranges))
    if workers < 2 or sys.platform == "win32":
        yield from _joined(_cut(corpus.terms(*one, capped=capped)) for one in ranges)
        return
    global _task
    _task = (corpus, capped)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield from _joined(pool.imap(_work, ranges))
    finally:
        del _task  # nobody must hold the texts any longer


_task: tuple[Corpus, bool]


class Piece(NamedTuple):
    """A range's shards. The terms of the first and the last may yet be joined with the ranges' beside it.

    ``begins``: a shard begins with its first term; ``ends``: one ends with its last; ``tail`` is empty where all is one shard.
    """

    begins: bool
    head: list[Term]
    inner: list[Shard]
    tail: list[Term]
    ends: bool


def _work(one: tuple[int, int]) -> Piece:
    corpus, capped = _task
    return _cut(corpus.terms(*one, capped=capped))


def _cut(terms: Iterable[Term]) -> Piece:
    groups: list[list[Term]] = []
    begins = ends = False
    for term in terms:
        weight = 1 << (len(term.data).bit_length() - 1)
        by_hash = crc32(term.term.encode()) * WEIGHT < weight << 32
        if not groups:
            begins = by_hash
        if not groups or ends or by_hash:
            groups.append([])
        groups[-1].append(term)
        ends = weight >= WEIGHT
    head, *rest = groups or [[]]
    return Piece(begins, head, [_shard(group) for group in rest[:-1]], rest[-1] if rest else [], ends)


def _joined(pieces: Iterable[Piece]) -> Iterator[Shard]:
    """All shards; where one range ends and the next begins depends on all records, so it must not show."""
    held: list[Term] = []
    ended = False
    for piece in pieces:
        if held and (ended or piece.begins):
            yield _shard(held)
            held = []
        held = held + piece.head
        if piece.tail:
            yield _shard(held)
            yield from piece.inner
            held = piece.tail
        ended = piece.ends
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
