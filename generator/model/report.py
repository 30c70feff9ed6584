"""The report on a pull request: what the check without secrets writes, and what the comment is made from.

It travels as an artefact that the pull request's own code may have forged, so whoever reads it trusts nothing: fixed keys,
fixed types, limits, one line of visible characters a text. What ``written`` gives, ``read`` takes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from html import escape
from typing import Any, TypeVar

from generator.model.problem import LEVEL_WORDS, Problem, shown_path

VERSION = 1
MOST_BYTES = 256 * 1024
MOST_PROBLEMS = 100
MOST_CARDS = 20
MOST_ROWS = 8
MOST_TEXT = 400  # characters of one text
MOST_NUMBER = 9_999_999
MOST_WEIGHT = 30_000  # of all problems, of all cards: characters once escaped; GitHub takes comments of 65,536

_PROBLEM = ("path", "line", "column", "code", "level", "message", "cure")
_CODE = re.compile(r"[a-z][a-z0-9-]{0,49}")


class Refused(Exception):
    """It is not a report. Its text is Chinese and holds nothing of what was read."""


@dataclass(frozen=True, slots=True)
class Card:
    """A record that the pull request adds or changes, as it will be shown: labels and values."""

    path: str
    title: str
    new: bool
    rows: tuple[tuple[str, str], ...]


Part = TypeVar("Part", Problem, Card)


@dataclass(frozen=True, slots=True)
class Report:
    """``needs_owner``: it waits for an owner's word; ``problems``: those of the changed files, at most so many that ``more`` were left out; ``elsewhere``: errors of other files."""

    changed: int
    needs_owner: bool
    problems: tuple[Problem, ...]
    more: int
    elsewhere: int
    cards: tuple[Card, ...]
    cards_left_out: int

    @property
    def errors(self) -> int:
        """How many of the shown problems keep the pull request from being merged."""
        return sum(problem.level == "error" for problem in self.problems)

    @classmethod
    def of(
        cls, changed: int, needs_owner: bool, problems: Sequence[Problem], elsewhere: int, cards: Sequence[Card]
    ) -> Report:
        """Cut to what a report can hold; errors come before warnings, so that these are left out first."""
        ordered = sorted(problems, key=lambda problem: (problem.level != "error", problem))
        told = _light(map(_cut_problem, ordered[:MOST_PROBLEMS]))
        shown = _light(map(_cut_card, cards[:MOST_CARDS]))
        return cls(
            changed=min(changed, MOST_NUMBER),
            needs_owner=needs_owner,
            problems=told,
            more=min(len(ordered) - len(told), MOST_NUMBER),
            elsewhere=min(elsewhere, MOST_NUMBER),
            cards=shown,
            cards_left_out=min(len(cards) - len(shown), MOST_NUMBER),
        )


def line_of(text: str) -> str:
    """A text as one line of visible characters, at most ``MOST_TEXT`` long."""
    text = shown_path(" ".join(text[: 2 * MOST_TEXT].split()))
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def _light(parts: Iterable[Part]) -> tuple[Part, ...]:
    """As many of the first parts as a comment can hold."""
    weight, taken = 0, []
    for part in parts:
        weight += sum(len(escape(text)) + 35 for text in _texts(part))
        if weight > MOST_WEIGHT:
            break
        taken.append(part)
    return tuple(taken)


def _texts(part: Problem | Card) -> Iterator[str]:
    if isinstance(part, Problem):
        yield from (part.path, part.code, part.message, part.cure)
    else:
        yield from (part.path, part.title, *(text for row in part.rows for text in row))


def _cut_problem(problem: Problem) -> Problem:
    message, cure = line_of(problem.message), line_of(problem.cure)
    line, column = (min(max(1, number), MOST_NUMBER) for number in (problem.line, problem.column))
    return Problem(line_of(problem.path), line, column, problem.code, problem.level, message, cure)


def _cut_card(card: Card) -> Card:
    rows = tuple((line_of(label), line_of(value)) for label, value in card.rows[:MOST_ROWS])
    return Card(line_of(card.path), line_of(card.title), card.new, rows)


def written(report: Report) -> str:
    """The report as JSON."""
    told = [{key: getattr(problem, key) for key in _PROBLEM} for problem in report.problems]
    return json.dumps({"version": VERSION, **asdict(report), "problems": told}, ensure_ascii=False, indent=1)


def read(data: bytes) -> Report:
    """The report that the bytes hold. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused("报告太大")
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refused("报告不是 JSON") from error
    values = _mapping(found, ("version", *(field.name for field in fields(Report))))
    if values["version"] != VERSION:
        raise Refused("报告的版本不对")
    report = Report(
        changed=_number(values["changed"]),
        needs_owner=_flag(values["needs_owner"]),
        problems=_list(values["problems"], MOST_PROBLEMS, _problem),
        more=_number(values["more"]),
        elsewhere=_number(values["elsewhere"]),
        cards=_list(values["cards"], MOST_CARDS, _card),
        cards_left_out=_number(values["cards_left_out"]),
    )
    if _light(report.problems) != report.problems or _light(report.cards) != report.cards:
        raise Refused("报告太大")
    return report


def _problem(value: Any) -> Problem:
    found = _mapping(value, _PROBLEM)
    code, level = _text(found["code"]), _text(found["level"])
    if not _CODE.fullmatch(code) or level not in LEVEL_WORDS:
        raise Refused("报告里有不认识的规则")
    place = (_text(found["path"]), _number(found["line"]), _number(found["column"]))
    return Problem(*place, code, level, _text(found["message"]), _text(found["cure"]))


def _card(value: Any) -> Card:
    found = _mapping(value, tuple(field.name for field in fields(Card)))
    rows = _list(found["rows"], MOST_ROWS, _row)
    return Card(_text(found["path"]), _text(found["title"]), _flag(found["new"]), rows)


def _row(value: Any) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise Refused("报告的格式不对")
    return _text(value[0]), _text(value[1])


def _mapping(value: Any, keys: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(keys):
        raise Refused("报告的格式不对")
    return value


def _list(value: Any, most: int, read_one: Callable[[Any], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise Refused("报告的格式不对，或者太长")
    return tuple(read_one(one) for one in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise Refused("报告的格式不对，或者太长")
    return line_of(value)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_NUMBER:
        raise Refused("报告的格式不对")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("报告的格式不对")
    return value
