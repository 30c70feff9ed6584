"""Which places a query names: what a province or city beside a name decides, what has to be asked."""

from __future__ import annotations

from generator.model.phrases import Phrases, Spot
from generator.model.query_text import Piece, reach

LEAST_AFTER = 2  # characters that follow a short name which begins a stretch of text: 五常大米


def place_pieces(runs: list[list[Piece]], folded: str, phrases: Phrases) -> list[tuple[Piece, tuple[Spot, ...]]]:
    """Give every place one spot, join it with the places around it that say where it is; what has several is given back and
    becomes text."""
    clear = [
        piece.spots[0] for run in runs for piece in run if piece.kind == "place" and _is_clear(piece, folded, phrases)
    ]
    asked: list[tuple[Piece, tuple[Spot, ...]]] = []
    for run in runs:
        for at, piece in enumerate(run):
            if piece.kind == "place":
                _decide(piece, _before(run, at), clear, _is_clear(piece, folded, phrases), asked)
        _short_names(run, folded, phrases, clear, asked)
        _join(run)
    return sorted(asked, key=lambda pair: pair[0].start)


def _is_clear(piece: Piece, folded: str, phrases: Phrases) -> bool:
    return len(piece.spots) == 1 or folded[piece.start : piece.end] in phrases.settled


def _before(run: list[Piece], at: int) -> Spot | None:
    """The place right before a piece."""
    return run[at - 1].spots[0] if at and run[at - 1].kind == "place" else None


def _decide(
    piece: Piece, before: Spot | None, clear: list[Spot], is_clear: bool, asked: list[tuple[Piece, tuple[Spot, ...]]]
) -> None:
    """The spots that lie in the place right before, else in one named anywhere, else all."""
    near = tuple(spot for spot in piece.spots if before and before.contains(spot))
    far = near or tuple(spot for spot in piece.spots if any(other.contains(spot) for other in clear))
    spots = far or piece.spots
    if len(spots) == 1 or (is_clear and spots[0] is piece.spots[0]):
        piece.spots = spots[:1]
    else:
        piece.kind = "plain"
        asked.append((piece, spots))


def _short_names(
    run: list[Piece], folded: str, phrases: Phrases, clear: list[Spot], asked: list[tuple[Piece, tuple[Spot, ...]]]
) -> None:
    """Read short names of counties in the stretches of text of a run."""
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and run[end].kind in ("text", "filler", "plain") and not _is_asked(run[end], asked):
            end += 1
        if end > at and not (at and run[at - 1].kind == "negation"):
            name = _short_name(run, at, end, folded, phrases)
            if name:
                piece, spots = name
                count = sum(1 for old in run if piece.start <= old.start < piece.end)
                first = next(here for here, old in enumerate(run) if old.start == piece.start)
                run[first : first + count] = [piece]
                piece.spots = spots
                _decide(piece, _before(run, first), clear, len(spots) == 1, asked)
                end += 1 - count
        at = max(end, at) + 1


def _is_asked(piece: Piece, asked: list[tuple[Piece, tuple[Spot, ...]]]) -> bool:
    return any(piece is other for other, _ in asked)


def _short_name(
    run: list[Piece], at: int, end: int, folded: str, phrases: Phrases
) -> tuple[Piece, tuple[Spot, ...]] | None:
    """The short name in the stretch of pieces: right behind a place it lies in, or all of the stretch, or at the head of it."""
    start, stop = run[at].start, run[end - 1].end
    borders = {piece.start for piece in run[at:end]} | {stop}
    before = _before(run, at)
    tails = (
        {to for to in range(start, stop + 1) if stop in reach(folded, to, stop, phrases.fillers)}
        if stop - start <= 40
        else {stop}
    )
    heads = reach(folded, start, stop, phrases.fillers)
    for first in sorted(heads & borders):
        for last in range(min(stop, first + phrases.longest), first + 1, -1):
            spots = phrases.stems.get(folded[first:last], ())
            if not spots or last not in borders:
                continue
            inside = tuple(spot for spot in spots if before and before.contains(spot)) if first == start else ()
            is_guarded = folded[first:last] in phrases.guarded
            if inside and (last in tails or not is_guarded):
                return Piece(first, last, "place"), inside
            leads = first == start and len(spots) == 1 and stop - last >= LEAST_AFTER and _is_open(run, at)
            if not is_guarded and (last in tails or leads):
                return Piece(first, last, "place"), spots
    return None


def _is_open(run: list[Piece], at: int) -> bool:
    """Whether a stretch begins the run or follows a date."""
    return at == 0 or run[at - 1].facet in ("month", "year")


def _join(run: list[Piece]) -> None:
    """山西省|太原市|阳曲县 is one place: the last."""
    for at in range(len(run) - 1, 0, -1):
        before, piece = run[at - 1], run[at]
        if before.kind == piece.kind == "place" and before.spots[0].contains(piece.spots[0]):
            run[at - 1 : at + 1] = [Piece(before.start, piece.end, "place", 1, spots=piece.spots)]
