"""Answers in the order of the page in, forms out: which answers are about the same activity, and what is said once for all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.load.forms.answers import (
    BODIES,
    CONTACT,
    LEAST_ABOVE,
    NUMBERS,
    SHARED,
    UNTAKEN,
    Answer,
    Form,
    count_of,
    name_of,
)
from generator.load.forms.document import KNOWN, Piece, Words
from generator.load.forms.labels import Keys

_SAME = re.compile(
    r"\s*[（(]?(?:同[上前左](?:一?[项行栏列格]|所述)?|[〃″]|与上[一]?[行项栏]?(?:相同|一致))[）)]?[。.]?\s*"
)


@dataclass(slots=True)
class Loose:
    """An answer outside any form, for all of them. ``before``: how many forms it follows."""

    answer: Answer
    before: int
    block: int


class Meant:
    """What is said for all forms in, of several answers to the same the one meant for a form out.

    On its own sheet before others, above it before below; where the first form has none above it, they stand below.
    """

    def __init__(self, loose: list[Loose], forms: list[Form]) -> None:
        """Ordered once: a long list may have a line below every row."""
        self.forms = forms
        self.first = {form.block: number for number, form in reversed(list(enumerate(forms)))}
        self.said: dict[Keys, list[Loose]] = {}
        for one in loose:
            self.said.setdefault(one.answer.keys, []).append(one)
        self.near: dict[tuple[Keys, int], list[Loose]] = {}

    def of(self, number: int) -> Iterator[Loose]:
        """The answers meant for a form; what is only told goes to the first."""
        block = self.forms[number].block
        for keys, said in self.said.items():
            if number == 0 and set(keys) <= UNTAKEN:
                yield from said
                continue
            near = self._near(keys, block)
            first = self.first[block] if near[0].block == block else 0
            at = bisect_right(near, number, key=_before)
            stands_above = near[0].before <= first
            spot = near[at - 1 if at and (stands_above or at == len(near)) else at].before
            yield from (
                one
                for one in near[bisect_left(near, spot, key=_before) : bisect_right(near, spot, key=_before)]
                if one.answer.keys == keys
            )

    def _near(self, keys: Keys, block: int) -> list[Loose]:
        """Those that say the same, in order; only those of a form's own block, where there are any."""
        if (keys, block) not in self.near:
            asked = set(keys) - UNTAKEN or set(keys)
            same = [one for other, said in self.said.items() if asked & set(other) for one in said]
            inside = [one for one in same if one.block == block]
            self.near[keys, block] = sorted(inside or same, key=_before)
        return self.near[keys, block]


def _before(one: Loose) -> int:
    return one.before


def _same_before(answers: list[Answer], first: int, second: int, most: int) -> int:
    """How many answers right above a second title ask what stands in the same place above the first one."""
    count = 0
    while count < min(first, most) and answers[first - 1 - count].keys == answers[second - 1 - count].keys:
        count += 1
    return count


_ABOUT_ALL = {*SHARED, *CONTACT, *UNTAKEN, "serial"}


class Flow:
    """Answers in the order of the page become forms; what stands above or below them all is shared."""

    def __init__(self, *, is_inside: bool = False, has_title: bool = False, about: Keys = ()) -> None:
        """``is_inside``: of a table in a cell, about the activity around it; ``has_title``: whose name stands outside; ``about``: what its cell answers."""
        self.is_inside, self.has_title, self.about = is_inside, has_title, about
        self.forms: list[Form] = []
        self.before: list[Answer] = []
        self.loose: list[Loose] = []
        self.heads: list[Piece] = []
        self.block = 0  # of the document, that is being read

    def line(self, piece: Piece) -> None:
        """A line that answers nothing: it may head what comes next."""
        if not self.before:
            self.heads.append(piece)

    def _form(self, kind: str, answers: list[Answer]) -> None:
        size = len(answers) if kind == "table" else 0
        self.forms.append(Form(kind, answers, self.heads, size, self.block))
        self.heads = []

    def _loosen(self, answers: list[Answer]) -> None:
        self.loose += [Loose(answer, len(self.forms), self.block) for answer in answers]

    def text_answer(self, answer: Answer) -> None:
        """An answer of the running text: to the form it follows, unless that has it already; else to the next."""
        last = self.forms[-1] if self.forms else None
        if "title" in answer.keys and not (last is not None and last.kind == "text" and last.is_also_called(answer)):
            waiting = last is not None and last.kind == "text" and not last.has("title") and answer.words
            if not waiting or last is None:
                self._form("text", self._waiting())
            self.forms[-1].answers.append(answer)
        elif (last is None or self.before) and "title" not in answer.keys:
            self.before.append(answer)
        elif last is None or last.kind == "row":
            self._loosen([answer])
        elif any(last.has(key) for key in answer.keys) and set(answer.keys) & {*SHARED, "person", "contact"}:
            self.before.append(answer)
        else:
            last.answers.append(answer)

    def _waiting(self) -> list[Answer]:
        waiting, self.before = self.before, []
        if not self.forms:
            self._loosen([answer for answer in waiting if set(answer.keys) & {*SHARED, *CONTACT}])
        return waiting

    def table_answers(self, answers: list[Answer]) -> None:
        """The answers of one table, split where a second title begins; without a title they go on with the form before."""
        answers = self._by_count(answers)
        titles = [at for at, answer in enumerate(answers) if "title" in answer.keys]
        starts = [at for at in titles if name_of(answers[at]) == name_of(answers[titles[0]])]
        last = self.forms[-1] if self.forms else None
        if not starts and last is not None and last.kind != "row":
            keys = {key for answer in answers for key in answer.keys} - {"none", "person", "private", "serial", *SHARED}
            if not any(last.has(key) for key in keys) and not self.before:
                last.answers += answers
                last.size = len(last.answers)
                self.heads = []
                return
        if not starts and not any(answer.words for answer in answers) and not self.before:
            return
        if not starts and not self.forms and all(set(answer.keys) <= _ABOUT_ALL for answer in answers):
            self._loosen(answers)  # a cover: who files all of them, and whom to call
            return
        if len(starts) > 1:
            self._loosen([answer for answer in answers[: starts[0]] if set(answer.keys) & set(SHARED)])
        first = 0
        for number, start in enumerate(starts[1:], 1):
            end = start - _same_before(answers, starts[0], start, start - starts[number - 1] - 1)
            self._form("table", self._waiting() + answers[first:end])
            first = end
        self._form("table", self._waiting() + answers[first:])

    def _by_count(self, answers: list[Answer]) -> list[Answer]:
        """活动一名称, 活动二名称, 活动一时间: what is about one activity together; what does not say which of them is about all, or told."""
        counts = [count_of(answer) for answer in answers]
        names = [count for count, answer in zip(counts, answers, strict=True) if "title" in answer.keys]
        runs = [count for count, _ in groupby(filter(None, counts))]
        if len(names) < 2 or len(set(names)) < len(names) or not set(runs) <= set(names) or len(runs) == len(set(runs)):
            return answers
        for count, answer in zip(counts, answers, strict=True):
            if not count and set(answer.keys) & {*SHARED, *CONTACT, *UNTAKEN}:
                self._loosen([answer])
            elif not count:
                answer.words.doubt("没有写明是哪一项活动的")
        grouped = [[answer for count, answer in zip(counts, answers, strict=True) if count == name] for name in names]
        return [answer for group in grouped for answer in sorted(group, key=lambda one: "title" not in one.keys)]

    def occasion(self, answers: list[Answer]) -> None:
        """One row of a schedule, to the form above or around it."""
        if not self.forms:
            self._form("table", [])
        self.forms[-1].answers += answers

    def row(self, answers: list[Answer]) -> None:
        """One row of a list."""
        self._loosen(self.before)
        self.before = []
        self.heads = []
        self._form("row", answers)

    def _repeat(self) -> None:
        """同上 says what the form before says under the same label; where none does, it stays unread."""
        for before, form in zip([Form("row"), *self.forms], self.forms, strict=False):
            for answer in form.answers:
                if not _SAME.fullmatch(answer.words.text):
                    continue
                said = [one for one in before.answers if one.keys == answer.keys and one.words]
                if len(said) == 1 and not set(answer.keys) & BODIES - (BODIES if form.kind == "row" else set()):
                    answer.words.claim_all(KNOWN)
                    answer.words = Words(list(said[0].words.parts))
                else:
                    answer.words.doubt("写了同上，没有找到上面的")
                    answer.words = Words([])

    def _said_at_last(self) -> list[Answer]:
        """What is said once for all, at the foot of the last of several forms: who files it, or whom to call about any of them."""
        *others, last = self.forms or [Form("text")]
        if not others or any(form.kind == "row" for form in self.forms):
            return []
        shared = set() if any(form.has("society") for form in others) else set(SHARED)
        shared |= set() if any(form.has_about("person") for form in others) else set(CONTACT)
        about = {*SHARED, *CONTACT, *UNTAKEN}
        body = max((at + 1 for at, one in enumerate(last.answers) if not set(one.keys) & about), default=0)
        foot = last.answers[max(last.size or LEAST_ABOVE, body) :]
        return [answer for answer in foot if set(answer.keys) & shared]

    def finish(self) -> list[Form]:
        """All forms, the shared answers given to those that lack them."""
        if self.before:
            if self.forms:
                self._loosen(self.before)
            elif any(
                answer.words and set(answer.keys) - {*SHARED, "person", "none", "private"} for answer in self.before
            ):
                self._form("text", self.before)
            self.before = []
        if not self.forms and self.loose:
            self._form("table", [one.answer for one in self.loose])
            self.loose = []
        self._repeat()
        self._loosen(self._said_at_last())
        meant = Meant(self.loose, self.forms)
        for number, form in enumerate(self.forms):
            own = Form(form.kind, list(form.answers))
            for loose in meant.of(number):
                answer = loose.answer
                if form is self.forms[0] and set(answer.keys) <= UNTAKEN:
                    form.answers.append(answer)  # so that it is told
                    continue
                wanted = form.kind == "row" or set(answer.keys) & {*SHARED, *CONTACT}
                only_office = loose.block == form.block and set(answer.keys) <= NUMBERS and own.is_without_number()
                if wanted and (only_office or not any(own.has_about(key) for key in answer.keys)):
                    form.answers.append(answer)
                    form.lent += [answer] if loose.block != form.block else []
        return self.forms
