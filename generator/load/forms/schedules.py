"""A list that says when and where the activity around or above it takes place in, its occasions out."""

from __future__ import annotations

from generator.load.forms.answers import Answer, Occasion
from generator.load.forms.cells import Cells
from generator.load.forms.document import PRIVATE, Words
from generator.load.forms.labels import Keys

_DAYS = {"period", "period.start", "period.end"}
_ASKED = _DAYS | {"regions", "regions.wider", "serial", "sessions", "session.title", "none", "person", "private"}
_THEMES = {"title", "content"}
_PARTS = {
    **dict.fromkeys(_DAYS, "start"), "period.end": "end", "regions": "place", "regions.wider": "place",
    **dict.fromkeys(("title", "content", "sessions", "session.title"), "title"),
}  # fmt: skip


class Schedules(Cells):
    """Rows that are dated occasions, not activities."""

    def are_sessions(self, columns: list[tuple[Keys, str]]) -> bool:
        """Whether a list without names says when and where the activity around or above it takes place."""
        asked = {key for keys, _ in columns for key in keys}
        names = {"title"} & {key for keys, label in columns for key in keys if "名称" in label or "活动" in label}
        if not asked & _DAYS:
            return False
        if self.flow.is_inside:
            return self.flow.has_title or not names
        last = self.flow.forms[-1] if self.flow.forms else None
        is_below = last is not None and last.kind != "row" and last.has("title")
        return is_below and not names and asked <= _ASKED | _THEMES

    @staticmethod
    def without_persons(answers: list[Answer]) -> list[Answer]:
        """Whom a list within a form names are no contacts of it: kept out."""
        named = [one for one in answers if set(one.keys) & {"person", "private"}]
        for one in named:
            one.words.claim_all(PRIVATE)
            one.words.doubt("个人姓名" if "person" in one.keys else "个人信息")
        return [one for one in answers if one not in named]

    def session(self, answers: list[Answer]) -> None:
        """One row: each part under its own key, several cells about a place one after another."""
        parts: dict[str, list[Words]] = {}
        for answer in self.without_persons(answers):
            part = next((_PARTS[key] for key in answer.keys if key in _PARTS), "")
            if part:
                parts.setdefault(part, []).append(answer.words)
            elif "none" not in answer.keys:
                answer.words.doubt("场次里没有这一项")
        words = Words([spot for said in parts.values() for one in said for spot in one.parts])
        others = [one for one in answers if "none" in one.keys]
        self.flow.occasion([Occasion(("session",), "", words, parts), *others])
