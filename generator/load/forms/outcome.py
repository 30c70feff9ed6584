"""What came of one form: plain values that travel between processes and into reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.load.forms.document import KNOWN, PRIVATE, UNREAD, Piece
from generator.model.privacy import private_spans


@dataclass(slots=True)
class Said:
    """Words of the form: where they stand, and why they were not taken."""

    place: str
    words: str
    why: str = ""


@dataclass(slots=True)
class Understood:
    """A value of the record and where the form says it. ``label``: the field's; ``form_label``: the form's own."""

    key: str
    label: str
    value: str
    place: str
    form_label: str


@dataclass(slots=True)
class Fault:
    """What a check says of the record. ``place``: in the form, where known."""

    code: str
    level: str
    key: str
    label: str
    message: str
    cure: str
    place: str = ""


@dataclass(slots=True)
class ActivityRead:
    """One activity of a form. ``text``: its file; ``path``: where it was written, or nothing."""

    title: str
    society: str
    society_name: str
    year: str
    values: dict[str, Any]
    text: str
    understood: list[Understood]
    faults: list[Fault]
    path: str = ""

    @property
    def errors(self) -> list[Fault]:
        """What has to be mended."""
        return [fault for fault in self.faults if fault.level == "error"]


@dataclass(slots=True)
class FormRead:
    """One file. ``error``: why it could not be read, ``cure``: what to do; else its activities and what was left over."""

    file: str
    error: str = ""
    cure: str = ""
    code: str = ""
    activities: list[ActivityRead] = field(default_factory=list)
    unread: list[Said] = field(default_factory=list)
    private: list[Said] = field(default_factory=list)
    known: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        """Whether it was read and nothing has to be mended."""
        return (
            not self.error
            and bool(self.activities)
            and not any(activity.errors or not activity.society for activity in self.activities)
        )


def by_key(understood: Iterable[Understood]) -> list[Understood]:
    """One line a field: what several cells said of one stands together."""
    lines: dict[str, Understood] = {}
    for one in understood:
        first = lines.setdefault(one.key, one)
        if first is not one:
            first.place = "、".join(dict.fromkeys(filter(None, [*first.place.split("、"), one.place])))
            first.form_label = "、".join(dict.fromkeys(filter(None, [*first.form_label.split("、"), one.form_label])))
    return list(lines.values())


def ledger(pieces: Iterable[Piece], form: FormRead) -> None:
    """Every word that is no value and no label goes into exactly one list of the form."""
    for piece in pieces:
        form.unread += _said(piece, UNREAD)
        form.known += _said(piece, KNOWN)
        for start, end in piece.stretches(PRIVATE):
            kind = piece.why(start, end) or "个人信息"
            form.private.append(Said(piece.place, _veiled(piece.text[start:end], kind), kind))


def _said(piece: Piece, fate: int) -> Iterator[Said]:
    for start, end in piece.stretches(fate):
        words = masked(piece.text[start:end]).strip(" \t\n\u3000\u00a0、，,；;。：:/|｜")
        yield Said(piece.place, words, piece.why(start, end) if fate == UNREAD else "")


def masked(text: str) -> str:
    """A text of a form as it may stand in a report: numbers of persons cut to their last two characters."""
    shown, at = "", 0
    for start, end, kind in private_spans(text):
        if start >= at:
            shown += f"{text[at:start]}（{kind}，尾号{text[end - 2 : end]}）"
            at = end
    return shown + text[at:]


def _veiled(text: str, kind: str) -> str:
    text = text.strip()
    if re.search(r"\d", text):
        return f"尾号{re.sub(r'[^0-9A-Za-z]', '', text)[-2:]}"
    return text[:1] + "＊" * (len(text) - 1)
