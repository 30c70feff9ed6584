"""A Document in, forms out: which words answer which label, whatever the layout.

Paragraphs ``标签：值`` and headings, tables with labels left or above, lists with one activity a row or a column, several
forms one after another. Only finds and claims labels; what words mean is decided in ``interpret``.
"""

from __future__ import annotations

import re

from generator.load.forms.answers import Answer, Form
from generator.load.forms.document import KNOWN, LABEL, Block, Document, Piece, Table, Words, pieces_of
from generator.load.forms.flow import Flow
from generator.load.forms.headings import activity_headings, named
from generator.load.forms.labels import Keys, Labels
from generator.load.forms.numbered import is_counted, level_of, number_end
from generator.load.forms.samples import samples

LONG_TEXTS = {
    "summary", "content", "description", "results_before", "conditions", "safety", "safety.plan", "host_provides", "sessions",
    "media", "none", "contact",
}  # fmt: skip
LISTS = {"fields", "audiences", "forms", "regions", "partners"}
_NOTES = re.compile(r"\s*(?:注|说明|备注|填表说明|填报说明|填写说明|填表须知)(?:[：:]|\d|[一二三四1-9][、.])")
LEAST_FILLED = 2  # lines 标签：值, after which one without a value is blank
_BRACKETED = re.compile(r"\s*[【\[〔][^】\]〕]{2,20}[】\]〕]")
_UNKNOWN_LABEL = re.compile(r"\s*[^：:。，,；;]{2,12}[：:](?!//)")


def is_labelled(text: str) -> bool:
    """Whether a line begins like a label with a colon, known or not."""
    return bool(_UNKNOWN_LABEL.match(text))


class Text:
    """Reads paragraphs one after another: labels with a colon, headings, and what goes on below them."""

    def __init__(self, labels: Labels, headings: set[int] | None = None) -> None:
        self.labels = labels
        self.headings = headings or set()
        self.open: Answer | None = None
        self.is_inline = False
        self.level = -1
        self.in_notes = False
        self.is_at_top = True
        self.filled = 0  # answers that stand behind their labels

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
        if keys == ("description",) and self.is_at_top and level_of(piece) < 0:
            piece.claim(0, len(text), KNOWN)  # 科技志愿服务活动方案 over all of it
        elif keys and keys != ("serial",):
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
        self.filled += self.is_inline
        return answers

    def _begin(self, answer: Answer, piece: Piece) -> list[Answer]:
        self.open, self.is_inline, self.in_notes, self.is_at_top = answer, bool(answer.words), False, False
        self.level = level_of(piece)
        return [answer]

    def close(self) -> None:
        """What goes on below belongs to nothing."""
        self.open, self.in_notes, self.level = None, False, -1

    def _other(self, piece: Piece) -> list[Answer]:
        """A paragraph without a label: a title, a note, a heading nobody knows, or what goes on."""
        text, level = piece.text, level_of(piece)
        if self.labels.is_title(text) or self.labels.is_section(text) or is_counted(text):
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
        if _BRACKETED.match(self.open.label) and _BRACKETED.match(piece.text):
            return False  # 【获奖时间】 is a label nobody knows
        if self.open.label.endswith(("：", ":")) and not self.open.words and is_labelled(piece.text):
            return self.open.keys == ("contact",) or (is_long and self.filled < LEAST_FILLED)
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
    shown = samples(document, labels)

    def walk(blocks: list[Block]) -> None:
        for flow.block, block in enumerate(blocks):
            if id(block) in shown:
                text.close()
                for piece in pieces_of([block]):
                    piece.claim(0, len(piece.text), KNOWN)
            elif isinstance(block, Table):
                text.close()
                read_table(block, labels, flow, headers)
            else:
                answers = text.piece(block)
                for answer in answers:
                    flow.text_answer(answer)
                if not answers and text.open is None and not text.in_notes:
                    flow.line(block)

    walk(document.blocks)
    return flow.finish()
