"""The answers of a form and the forms they make up: what is asked, in the form's own words and in ours, and what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.load.forms.document import Piece, Words
from generator.load.forms.labels import Keys, plain

CONTACT = (
    "contact",
    "contact.office",
    "contact.phone",
    "contact.email",
    "person",
)  # the same, where no form has its own
NUMBERS = {"contact.phone", "contact.email"}
BODIES = {"society", "responsible", "partners", "team", "team.name"}  # 同上 in a form may mean the body above
LEAST_ABOVE = 3  # answers of a form that stand above what is said for all
UNTAKEN = {"person", "private", "none"}  # told once
SHARED = ("society", "filed", "province", "call")  # said once for all forms of a document


@dataclass(slots=True)
class Answer:
    """``keys``: what the label means, ``label``: as the form has it, ``words``: perhaps none."""

    keys: Keys
    label: str
    words: Words


@dataclass(slots=True)
class Occasion(Answer):
    """One row of a schedule. ``parts``: start, end, place and title, each of the cells that tell it."""

    parts: dict[str, list[Words]] = field(default_factory=dict)


@dataclass(slots=True)
class Form:
    """The answers about one activity. ``kind``: row of a list, table or text; ``heads``: the lines without a label over it."""

    kind: str
    answers: list[Answer] = field(default_factory=list)
    heads: list[Piece] = field(default_factory=list)
    size: int = 0  # of these answers, how many stand in its table
    block: int = 0  # of the document where it begins
    lent: list[Answer] = field(default_factory=list)  # answers that stand in another block, for all

    def has(self, key: str) -> bool:
        """Whether a label for it was seen."""
        return any(key in answer.keys for answer in self.answers)

    def is_also_called(self, answer: Answer) -> bool:
        """Whether it has a title under another label: 活动主题 below 活动名称 begins no new activity."""
        titles = [one for one in self.answers if "title" in one.keys and one.words]
        return bool(titles) and bool(titles[0].label) and all(name_of(answer) != name_of(one) for one in titles)

    def is_without_number(self) -> bool:
        """Whether it says of the contact only which department, neither telephone nor address."""
        told = [one for one in self.answers if one.words and set(one.keys) & set(CONTACT)]
        return all(one.keys == ("contact.office",) and not re.search(r"\d{3}|@", one.words.text) for one in told)

    def has_about(self, key: str) -> bool:
        """Whether it says anything about the same: a telephone is about the contact."""
        groups = {key.split(".", maxsplit=1)[0]} | ({"contact"} if key == "person" else set())
        return any(answer.words and one.split(".")[0] in groups for answer in self.answers for one in answer.keys)


def name_of(answer: Answer) -> str:
    """A label without its number: 活动一名称 and 活动二名称 are the same."""
    return re.sub(r"[\d一二三四五六七八九十]", "", plain(answer.label))


def count_of(answer: Answer) -> str:
    """Which of several activities a label says it is about."""
    found = re.match(
        r"\s*(?:活动|项目)[（(]?([二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})", answer.label
    )
    return found[1] if found else ""
