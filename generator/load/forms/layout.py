"""A Document in, forms out: which words answer which label, whatever the layout.

Paragraphs ``标签：值`` and headings, tables with labels left or above, lists with one activity a row or a column, several
forms one after another. Only finds and claims labels; what words mean is decided in ``interpret``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.load.forms.document import KNOWN, LABEL, Block, Document, Piece, Table, Words
from generator.load.forms.headings import activity_headings, named
from generator.load.forms.labels import Keys, Labels, plain
from generator.load.forms.numbered import level_of, number_end

SHARED = ("society", "filed", "province", "call")  # said once for all forms of a document
LONG_TEXTS = {
    "summary", "content", "description", "results_before", "conditions", "safety", "safety.plan", "host_provides", "sessions",
    "media", "none", "contact",
}  # fmt: skip
LISTS = {"fields", "audiences", "forms", "regions", "partners"}
_NOTES = re.compile(r"\s*(?:注|说明|备注|填表说明|填报说明|填写说明|填表须知)(?:[：:]|\d|[一二三四1-9][、.])")
_COUNTED = re.compile(
    r"\s*(?:(?:活动|项目)[（(]?{0}[)）]?|第{0}[项个](?:活动|项目)?)[：:]?\s*".format(
        r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
    )
)
_UNKNOWN_LABEL = re.compile(r"\s*[^：:。，,；;]{2,12}[：:](?!//)")


@dataclass(slots=True)
class Answer:
    """``keys``: what the label means, ``label``: as the form has it, ``words``: perhaps none."""

    keys: Keys
    label: str
    words: Words


@dataclass(slots=True)
class Form:
    """The answers about one activity. ``kind``: row of a list, table or text."""

    kind: str
    answers: list[Answer] = field(default_factory=list)
    is_ours: bool = False

    def has(self, key: str) -> bool:
        """Whether a label for it was seen."""
        return any(key in answer.keys for answer in self.answers)

    def is_also_called(self, answer: Answer) -> bool:
        """Whether it has a title under another label: 活动主题 below 活动名称 begins no new activity."""
        titles = [one for one in self.answers if "title" in one.keys and one.words]
        return bool(titles) and bool(titles[0].label) and all(_name_of(answer) != _name_of(one) for one in titles)

    def has_about(self, key: str) -> bool:
        """Whether it says anything about the same: a telephone is about the contact."""
        group = key.split(".", maxsplit=1)[0]
        return any(answer.words and group == one.split(".")[0] for answer in self.answers for one in answer.keys)


def _name_of(answer: Answer) -> str:
    """A label without its number: 活动一名称 and 活动二名称 are the same."""
    return re.sub(r"[\d一二三四五六七八九十]", "", plain(answer.label))


def _same_before(answers: list[Answer], first: int, second: int, most: int) -> int:
    """How many answers right above a second title ask what stands in the same place above the first one."""
    count = 0
    while count < min(first, most) and answers[first - 1 - count].keys == answers[second - 1 - count].keys:
        count += 1
    return count


class Flow:
    """Answers in the order of the page become forms; what stands above or below them all is shared."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.before: list[Answer] = []
        self.loose: list[Answer] = []  # said outside any form, for all of them

    def text_answer(self, answer: Answer) -> None:
        """An answer of the running text: to the form it follows, unless that has it already; else to the next."""
        last = self.forms[-1] if self.forms else None
        if "title" in answer.keys and not (last is not None and last.kind == "text" and last.is_also_called(answer)):
            waiting = last is not None and last.kind == "text" and not last.has("title") and answer.words
            if not waiting or last is None:
                self.forms.append(Form("text", self._waiting()))
            self.forms[-1].answers.append(answer)
        elif (last is None or self.before) and "title" not in answer.keys:
            self.before.append(answer)
        elif last is None or last.kind == "row":
            self.loose.append(answer)
        elif any(last.has(key) for key in answer.keys) and set(answer.keys) & {*SHARED, "person", "contact"}:
            self.before.append(answer)
        else:
            last.answers.append(answer)

    def _waiting(self) -> list[Answer]:
        waiting, self.before = self.before, []
        if not self.forms:
            self.loose += [answer for answer in waiting if set(answer.keys) & set(SHARED)]
        return waiting

    def table_answers(self, answers: list[Answer]) -> None:
        """The answers of one table, split where a second title begins; without a title they go on with the form before."""
        titles = [at for at, answer in enumerate(answers) if "title" in answer.keys]
        starts = [at for at in titles if _name_of(answers[at]) == _name_of(answers[titles[0]])]
        last = self.forms[-1] if self.forms else None
        if not starts and last is not None and last.kind != "row":
            keys = {key for answer in answers for key in answer.keys} - {"none", "person", "private", "serial", *SHARED}
            if not any(last.has(key) for key in keys) and not self.before:
                last.answers += answers
                return
        if not starts and not any(answer.words for answer in answers) and not self.before:
            return
        if len(starts) > 1:
            self.loose += [answer for answer in answers[: starts[0]] if set(answer.keys) & set(SHARED)]
        first = 0
        for number, start in enumerate(starts[1:], 1):
            end = start - _same_before(answers, starts[0], start, start - starts[number - 1] - 1)
            self.forms.append(Form("table", self._waiting() + answers[first:end]))
            first = end
        self.forms.append(Form("table", self._waiting() + answers[first:]))

    def row(self, answers: list[Answer]) -> None:
        """One row of a list."""
        if self.before:
            self.loose += self.before
            self.before = []
        self.forms.append(Form("row", answers))

    def finish(self) -> list[Form]:
        """All forms, the shared answers given to those that lack them."""
        if self.before:
            if self.forms:
                self.loose += self.before
            elif any(
                answer.words and set(answer.keys) - {*SHARED, "person", "none", "private"} for answer in self.before
            ):
                self.forms.append(Form("text", self.before))
            self.before = []
        for form in self.forms:
            for answer in self.loose:
                if form is self.forms[0] and set(answer.keys) <= {"person", "private", "none"}:
                    form.answers.append(answer)  # so that it is told
                    continue
                wanted = form.kind == "row" or set(answer.keys) & set(SHARED)
                if wanted and not any(form.has_about(key) for key in answer.keys):
                    form.answers.append(answer)
        return self.forms


class Text:
    """Reads paragraphs one after another: labels with a colon, headings, and what goes on below them."""

    def __init__(self, labels: Labels, headings: set[int] | None = None) -> None:
        self.labels = labels
        self.headings = headings or set()
        self.open: Answer | None = None
        self.is_inline = False
        self.level = -1
        self.in_notes = False

    def piece(self, piece: Piece, parent: Keys = ()) -> list[Answer]:
        """The answers that begin in a paragraph; one that goes on grows where it is."""
        text = piece.text
        if text.strip() and all(piece.fates):
            return []
        if id(piece) in self.headings:
            start = number_end(text)
            piece.claim(0, start, LABEL)
            self.close()
            return [Answer(("title",), "", Words([(piece, start, len(text))]))]
        found = self.labels.inline(text)
        if found and not _NOTES.match(text):
            return self._inline(piece, found)
        if leading := self.labels.leading(text):
            return self._leading(piece, *leading)
        keys = self.labels.read(text, parent)
        if keys and keys != ("serial",):
            piece.claim(0, len(text), LABEL)
            answers = self._begin(Answer(keys, text.strip(), Words([])), piece)
            self.is_inline = False
            return answers
        return self._named(piece) or self._other(piece)

    def _named(self, piece: Piece) -> list[Answer]:
        """活动一：茶农课堂, perhaps with more labels behind it."""
        found = named(piece.text, self.labels)
        if found is None:
            return []
        start, end, more = found
        piece.claim(0, start, LABEL)
        self.close()
        answers = self._inline(piece, more) if more else []
        return [Answer(("title",), piece.text[:start].strip(), Words([(piece, start, end)])), *answers]

    def _leading(self, piece: Piece, end: int, keys: Keys) -> list[Answer]:
        piece.claim(0, end, LABEL)
        return self._begin(Answer(keys, piece.text[:end].strip(), Words([(piece, end, len(piece.text))])), piece)

    def _inline(self, piece: Piece, found: list[tuple[int, int, Keys]]) -> list[Answer]:
        answers = []
        ends = [start for start, _, _ in found[1:]] + [len(piece.text)]
        for (start, colon, keys), stop in zip(found, ends, strict=True):
            piece.claim(start, colon, LABEL)
            end = _without_bracket(piece.text, colon, stop)
            answers.append(Answer(keys, piece.text[start:colon].strip(), Words([(piece, colon, end)])))
        self._begin(answers[-1], piece)
        self.is_inline = bool(answers[-1].words)
        return answers

    def _begin(self, answer: Answer, piece: Piece) -> list[Answer]:
        self.open, self.is_inline, self.in_notes = answer, bool(answer.words), False
        self.level = level_of(piece)
        return [answer]

    def close(self) -> None:
        """What goes on below belongs to nothing."""
        self.open, self.in_notes, self.level = None, False, -1

    def _other(self, piece: Piece) -> list[Answer]:
        """A paragraph without a label: a title, a note, a heading nobody knows, or what goes on."""
        text, level = piece.text, level_of(piece)
        if self.labels.is_title(text) or self.labels.is_section(text) or _COUNTED.fullmatch(text):
            piece.claim(0, len(text), KNOWN)
            self.close()
        elif _NOTES.match(text) or (self.in_notes and level >= 0):
            piece.claim(0, len(text), KNOWN)
            self.close()
            self.in_notes = True
        elif self.open is not None and self._goes_on(piece, level):
            self.open.words.parts.append((piece, 0, len(text)))
        else:
            self.close()
        return []

    def _goes_on(self, piece: Piece, level: int) -> bool:
        assert self.open is not None
        is_long = bool(LONG_TEXTS & set(self.open.keys))
        is_short = len(piece.text.strip()) <= 20 and not re.search("[。；，,;]", piece.text)
        if piece.is_heading or (0 <= level <= max(self.level, 0) and is_short and not self.is_inline):
            return bool(0 <= self.level < level)
        if self.is_inline:
            return is_long and not _UNKNOWN_LABEL.match(piece.text) and not (level == 0 and is_short)
        return (
            is_long
            or not self.open.words
            or 0 <= self.level < level
            or (self.level >= 0 and bool(LISTS & set(self.open.keys)))
        )


def _without_bracket(text: str, start: int, end: int) -> int:
    """Where a value ends whose brackets hold the next label, or that stands in brackets itself: 服务队（注册号：1）."""
    value = text[start:end].rstrip()
    bare = (
        value[:-1]
        if value[-1:] in ("（", "(") or (value[-1:] in ("）", ")") and not set(value) & set("（("))
        else value
    )
    return start + len(bare)


def read_layout(document: Document, labels: Labels) -> list[Form]:
    """The forms of a document."""
    from generator.load.forms.grid import read_table  # tables hold text, and text stands between tables

    flow = Flow()
    text = Text(labels, activity_headings(document, labels))
    headers: list[tuple[int, list[Keys]]] = []

    def walk(blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                text.close()
                read_table(block, labels, flow, headers)
            else:
                for answer in text.piece(block):
                    flow.text_answer(answer)

    walk(document.blocks)
    return flow.finish()
