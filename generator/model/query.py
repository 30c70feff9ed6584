"""A typed query in, what people mean by it out: 九月山西果树农民义诊 -> chips of facets, and the rest as text.

Nothing is lost: every character but separators stands in a chip, the text, a quote or a filler, and ``plain`` is the whole query.
A stretch between separators is cut so that known words cover most of it (then: the fewest words, the longest first); so a word protects
its neighbours, as 生活 in 大学生活. theme/assets/query.js does the same steps in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.model.phrases import QUOTES, SEPARATORS, Phrases, fold_characters
from generator.model.query_dates import NUMERALS, RELATIVE, Part, dates_at, relative
from generator.model.query_places import place_pieces
from generator.model.query_text import Piece, body_names, negated, text_and_fillers

MOST_CHARACTERS = 200  # what comes after is text
COSTS = {"body": 0, "filler": 3}  # 数|学会 rather than 数学|会, 以来|讲座 rather than 来讲|座


@dataclass(frozen=True, slots=True)
class Chip:
    """A reading that can be taken back. ``start`` and ``end`` count characters of the query, ``text`` is what stands there."""

    facet: str
    values: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place a name can mean. Put ``name`` in the place of the question's text and read again."""

    values: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """A name of several places: asked about, never guessed. Until it is answered its text stays text."""

    text: str
    start: int
    end: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as read. ``plain``: all of it; ``text``: what no chip says, without quotes; ``quoted``: to be found exactly;
    ``fillers``: words left out because they say nothing or nothing new; ``kept``: words that were to stay text."""

    plain: str
    chips: tuple[Chip, ...]
    text: str
    quoted: tuple[str, ...]
    questions: tuple[Question, ...]
    fillers: tuple[str, ...]
    kept: tuple[str, ...]


def read_query(text: str, phrases: Phrases, today: date, kept: Iterable[str] = ()) -> Query:
    """Read a query on a day. ``kept``: words (texts of chips) that are to stay text wherever they stand. Never fails."""
    head = text[:MOST_CHARACTERS]
    folded = fold_characters(head)
    kept = tuple(kept)
    words = {fold_characters(word) for word in kept}
    quoted, gaps = _quotes(head, folded)
    pieces: list[list[Piece]] = []
    for start, end in _runs(folded, gaps):
        run = _cut(folded[:end], start, phrases, today, words)
        body_names(run, folded)
        negated(run)
        pieces.append(run)
    asked = place_pieces(pieces, folded, phrases)
    chips, repeated = _chips(pieces, head)
    rest, fillers = text_and_fillers(pieces, head, folded, phrases.fillers, bool(chips))
    questions = tuple(
        Question(head[piece.start : piece.end], piece.start, piece.end, tuple(Choice(s.values, s.name) for s in spots))
        for piece, spots in asked
    )
    words_left = [*rest, *_words(text[MOST_CHARACTERS:])]
    return Query(text, chips, " ".join(words_left), quoted, questions, (*repeated, *fillers), kept)


def without(query: Query, chip: Chip, phrases: Phrases, today: date) -> Query:
    """The reading with a chip taken back as text."""
    return read_query(query.plain, phrases, today, (*query.kept, chip.text))


def _words(text: str) -> list[str]:
    """The stretches between separators."""
    spaced = "".join(" " if character in SEPARATORS else character for character in text)
    return [word for word in spaced.split(" ") if word]


def _quotes(head: str, folded: str) -> tuple[tuple[str, ...], list[bool]]:
    """What stands in quotes, and which characters that covers. A quote without its other half is a separator."""
    gaps = [False] * len(head)
    quoted = []
    at = 0
    while at < len(folded):
        pair = next(
            (pair for pair in QUOTES if folded[at] == pair[0] or (pair is QUOTES[0] and folded[at] in pair)), ""
        )
        ends = pair if pair == QUOTES[0] else pair[1:]
        close = next((here for here in range(at + 1, len(folded)) if folded[here] in ends), 0) if pair else 0
        if close:
            inner = " ".join(word for word in _spaced(head[at + 1 : close]) if word)
            quoted += [inner] if inner else []
            gaps[at : close + 1] = [True] * (close + 1 - at)
        at = close + 1 if close else at + 1
    return tuple(quoted), gaps


def _spaced(text: str) -> list[str]:
    return "".join(" " if fold_characters(character) == " " else character for character in text).split(" ")


def _runs(folded: str, gaps: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = -1
    for at in range(len(folded) + 1):
        is_in = at < len(folded) and not gaps[at] and (folded[at] not in SEPARATORS or _joins_months(folded, at))
        if is_in:
            start = at if start < 0 else start
        elif start >= 0:
            runs.append((start, at))
            start = -1
    return runs


def _joins_months(folded: str, at: int) -> bool:
    """Whether a 、 stands between months: 七、八月."""
    if folded[at] != "、" or not 0 < at < len(folded) - 1:
        return False
    return folded[at - 1] in NUMERALS + "月份旬" and folded[at + 1] in NUMERALS


def _cut(folded: str, start: int, phrases: Phrases, today: date, kept: set[str]) -> list[Piece]:
    """The pieces of the run from ``start`` to the end of ``folded``, which cover most of it, at the least cost."""
    end = len(folded)
    best: list[int] = [0] * (end + 1)
    chosen: list[list[Piece]] = [[] for _ in range(end + 1)]
    for at in range(end - 1, start - 1, -1):
        best[at], chosen[at] = best[at + 1], [Piece(at, at + 1, "text")]
        top = best[at]
        for pieces in _options(folded, start, at, phrases, today, kept):
            score = 10 * (pieces[-1].end - at) - pieces[0].cost + best[pieces[-1].end]
            if score > top or (score == top and chosen[at][0].kind == "text"):
                best[at], chosen[at], top = score, pieces, score
    run: list[Piece] = []
    at = start
    while at < end:
        run += chosen[at]
        at = run[-1].end
    return run


def _options(
    folded: str, first: int, start: int, phrases: Phrases, today: date, kept: set[str]
) -> Iterable[list[Piece]]:
    """The readings at a place, the longest first; of equally long ones kept words, then dates, then words."""
    found: list[list[Piece]] = []
    if not _inside_latin(folded, first, start):
        longest = max(phrases.longest, *map(len, kept)) if kept else phrases.longest
        found = [
            [piece]
            for end in range(min(len(folded), start + longest), start, -1)
            if not _inside_latin(folded, first, end)
            for piece in _named(folded[start:end], start, phrases, today, kept)
        ]
    visible = folded if not first else " " * first + folded[first:]
    for _, parts in dates_at(visible, start, today):
        found.append([_date(part) for part in parts])
    return sorted(found, key=lambda pieces: (-pieces[-1].end, pieces[0].kind != "kept", pieces[0].facet == ""))


def _date(part: Part) -> Piece:
    facet, values, start, end = part
    return Piece(start, end, "chip", 1, facet, values)


def _named(word: str, start: int, phrases: Phrases, today: date, kept: set[str]) -> list[Piece]:
    end = start + len(word)
    if word in kept:
        return [Piece(start, end, "kept", 0)]
    if word in phrases.words:
        kind = phrases.words[word]
        return [Piece(start, end, kind, COSTS.get(kind, 1))]
    if word in phrases.meanings:
        meaning = phrases.meanings[word][0]
        return [Piece(start, end, "chip", 1, meaning.facet, meaning.values)]
    if word in RELATIVE:
        return [Piece(start, end, "chip", 1, *relative(word, today))]
    if word in phrases.spots:
        weak = len(word) == 2 and word[1] == "县"  # 和县城: the neighbours decide
        return [Piece(start, end, "place", 5 if weak else 1, spots=phrases.spots[word])]
    return []


def _inside_latin(folded: str, first: int, at: int) -> bool:
    """Whether a border would cut a Latin word or a number: ai in airbus, 1季度 in 21季度."""
    return first < at < len(folded) and _is_latin(folded[at - 1]) and _is_latin(folded[at])


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _chips(runs: list[list[Piece]], head: str) -> tuple[tuple[Chip, ...], list[str]]:
    """The chips in order; what is said twice, or by a smaller place, becomes a filler."""
    chips: dict[tuple[str, tuple[str, ...]], Chip] = {}
    repeated: list[str] = []
    spots = [piece.spots[0] for run in runs for piece in run if piece.kind == "place"]
    for piece in (piece for run in runs for piece in run if piece.kind in ("chip", "place")):
        facet, values = (piece.facet, piece.values) if piece.kind == "chip" else ("regions", piece.spots[0].values)
        text = head[piece.start : piece.end]
        wider = piece.kind == "place" and any(piece.spots[0].contains(spot) for spot in spots)
        if wider or (facet, values) in chips:
            repeated.append(text)
        else:
            chips[facet, values] = Chip(facet, values, piece.start, piece.end, text)
    return tuple(chips.values()), repeated
