"""What stays text in a query: names of bodies, what follows a negation, the rest without words that say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from generator.model.phrases import MARKS, Spot

MOST_BETWEEN = 8  # characters between a region and the end of a body's name: 山西省农业科学|研究院


@dataclass(slots=True)
class Piece:
    """A part of a query. ``kind``: text, kept, plain, name, body, negation, filler, chip or place."""

    start: int
    end: int
    kind: str
    cost: int = 1
    facet: str = ""
    values: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()


def body_names(run: list[Piece], folded: str) -> None:
    """Turn the name before 学会, 医院 … into text: from the nearest region, else as far as text and fields go.

    Dates, words that say nothing and 的 end it: 九月山西省农学会 is a month and a name.
    """
    for at, piece in enumerate(run):
        if piece.kind != "body":
            continue
        first, is_name, here = at, True, at - 1
        while here >= 0 and not _ends_name(run[here], folded) and piece.start - run[here].end <= MOST_BETWEEN:
            other = run[here]
            if other.kind == "place" or folded[other.start : other.end] in ("中国", "国家"):
                first = here
                while first > 0 and run[first - 1].kind == "place":
                    first -= 1
                break
            is_name = is_name and (other.kind != "chip" or other.facet == "fields")
            first = here if is_name else first
            here -= 1
        for other in run[first:at]:
            other.kind = "name"


def _ends_name(piece: Piece, folded: str) -> bool:
    return (
        piece.facet in ("month", "year")
        or piece.kind in ("filler", "negation")
        or folded[piece.start : piece.end] == "的"
    )


def negated(run: list[Piece]) -> None:
    """What follows a negation is not read: 不要讲座."""
    for before, piece in pairwise(run):
        if before.kind == "negation" and piece.kind in ("chip", "place"):
            piece.kind = "plain"


def text_and_fillers(
    runs: list[list[Piece]], head: str, folded: str, fillers: frozenset[str], has_chips: bool
) -> tuple[list[str], list[str]]:
    """The stretches of text, and the fillers left out: only where there is a reading, else all stays."""
    texts: list[str] = []
    left_out: list[str] = []
    for start, end in (stretch for run in runs for stretch in stretches(run)):
        first, last = start, end
        while first < last and folded[first] in MARKS:
            first += 1
        while last > first and folded[last - 1] in MARKS:
            last -= 1
        if has_chips:
            inner_first, inner_last = _without_fillers(folded, first, last, fillers)
            left_out += filter(None, (head[first:inner_first], head[inner_last:last]))
            first, last = inner_first, inner_last
        texts += [head[first:last]] if first < last else []
    return texts, left_out


def stretches(run: list[Piece]) -> list[tuple[int, int]]:
    """The stretches of a run that no chip or place takes."""
    found: list[tuple[int, int]] = []
    for piece in run:
        if piece.kind in ("chip", "place"):
            continue
        if found and found[-1][1] == piece.start:
            found[-1] = (found[-1][0], piece.end)
        else:
            found.append((piece.start, piece.end))
    return found


def _without_fillers(folded: str, start: int, end: int, fillers: frozenset[str]) -> tuple[int, int]:
    """The stretch without fillers: nothing where it consists of them, else without long ones and 的 at its ends."""
    if end in reach(folded, start, end, fillers):
        return end, end
    long = frozenset(word for word in fillers if len(word) > 1 or word == "的")
    first = max(reach(folded, start, end, long))
    backwards = frozenset(word[::-1] for word in long)
    size = max(reach(folded[first:end][::-1], 0, end - first, backwards))
    return first, end - size


def reach(folded: str, start: int, end: int, words: frozenset[str]) -> set[int]:
    """Where sequences of words that begin at ``start`` can end, ``start`` included."""
    longest = max(map(len, words), default=0)
    reached = {start}
    for at in range(start, end):
        if at in reached:
            reached |= {to for to in range(at + 1, min(end, at + longest) + 1) if folded[at:to] in words}
    return reached
