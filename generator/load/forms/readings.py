"""The words of one answer in, a value as a file states it out, one reader a kind of value; what is understood is claimed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.load.forms import bodies, terms
from generator.load.forms.contacts import contact, person
from generator.load.forms.document import KNOWN, PRIVATE, Words
from generator.load.forms.moments import days_of, moment_of, whole_day
from generator.load.forms.numbers import capacity, number
from generator.load.forms.where import places
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.period import Day
from generator.model.reader import Known
from generator.model.values import Choice, Many
from generator.model.vocabulary import fold

LINES = ("title", "responsible", "cost", "cancelled", "team.name", "team.registration", "safety.plan", "safety.insurance",
         "safety.qualifications", "period.text")  # fmt: skip
TEXTS = ("summary", "description", "conditions", "host_provides", "results_before")
TERMS = {
    line.key: line
    for line in fields_of(Activity)
    if isinstance(line.value, Many) and isinstance(line.value.one, Choice)
}
_URL = re.compile(r"https?://[^\s，。；、）)>】”\"]+")
TIME = re.compile(r"[年月日号周]|\d[:：]\d\d|全年|常年|长期|随时|季|暑|寒假|\d{4}[-./]\d")
_DURATION = re.compile(r"\s*(?:每[场次期])?约?[\d.一二三半两]+个?(?:小时|分钟|学时|课时|天)(?:左右)?\s*")
_LISTED = re.compile(r"\s*(?:\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])\s*(?=\S)")  # a name as an item of a list
_EDGE = " \t\n\u3000\u00a0_＿"


@dataclass(slots=True)
class Fact:
    """One thing understood: the field's key, the form's label, where it stands."""

    key: str
    label: str
    place: str


@dataclass(slots=True)
class Draft:
    """``values``: of the record; ``society``: its id or nothing; ``facts``: where each value comes from."""

    values: dict[str, Any] = field(default_factory=dict)
    society: str = ""
    facts: list[Fact] = field(default_factory=list)


class Readings:
    """One reader a kind of value: words in, what the file would state out, nothing where it is not certain."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.labels_of = {line.key: line.label for line in fields_of(Activity)}
        self.readers: dict[str, Callable[[Words, Draft], Any]] = {
            "mode": self._mode, "kind": self._kind, "period": self._period, "period.start": self._start,
            "period.end": self._end, "regions": self._regions, "sessions": self._sessions, "session.title": self._none, "capacity": self._capacity,
            "team": self._team, "team.level": self._level, "partners": self._partners, "safety": self._safety,
            "contact": self._contact("contact"), "contact.office": self._contact("contact.office"),
            "contact.phone": self._contact("contact.phone"), "contact.email": self._contact("contact.email"),
            "person": self._person, "media": self._media, "filed": self._filed, "call": self._call, "renews": self._renews,
            "none": self._none, "private": self._private, "serial": self._serial,
        }  # fmt: skip
        self.home = self.front = ""

    def _text(self, key: str, words: Words) -> str:
        if key in LINES and key not in ("title", "responsible"):
            picked, has_box = terms.chosen(words)
            if has_box:
                for option in picked:
                    option.claim_all()
                return "、".join(option.text for option in picked)
        if terms.is_nothing(words.text) and key in (
            "title",
            "summary",
            "description",
            "responsible",
            "results_before",
            "team.name",
            "team.registration",
        ):
            words.claim_all(KNOWN)
            return ""
        if key == "title" and terms.is_hint(words.text):
            words.doubt("像是填写提示，不是活动名称")
            return ""
        if key == "title" and (number_at := _LISTED.match(words.text)):
            words.claim(0, number_at.end(), KNOWN)
            words = words.sub(number_at.end(), len(words.text))
        text = terms.without_private(words)
        lines = [line.strip(_EDGE).replace("\t", " ") for line in text.split("\n")]
        words.claim_all()
        lines = [line for line in lines if line]
        if key in LINES:
            lines = [
                line.rstrip("；;，,、。" if key in ("title", "responsible") else "；;，,、") or line for line in lines
            ]
            return ("" if key == "title" else "；" if key == "period.text" else "、").join(lines)
        return ("\n\n" if key == "description" else "\n").join(lines)

    def _terms(self, key: str, words: Words, draft: Draft) -> list[str]:
        value = TERMS[key].value
        assert isinstance(value, Many)
        assert isinstance(value.one, Choice)
        vocabulary = self.known.vocabularies[value.one.vocabulary]
        found = terms.terms(words, vocabulary, TERMS[key].label)
        if key == "forms" and "mode" not in draft.values:
            self._mode_among(words, draft)
        return [vocabulary.name(id) for id in found]

    def _mode_among(self, words: Words, draft: Draft) -> None:
        """活动方式：线下 asks for a form and is answered with a mode."""
        vocabulary = self.known.vocabularies["modes"]
        for option in terms.chosen(words)[0]:
            for part in terms.pieces(option):
                if part.is_unread and (id := terms.find_term(part.text, vocabulary)):
                    part.claim_all()
                    both = draft.values.get("mode", vocabulary.name(id)) != vocabulary.name(id)
                    draft.values["mode"] = vocabulary.name("both" if both else id)
                    draft.facts.append(Fact("mode", "", part.place))

    def _mode(self, words: Words, draft: Draft) -> str:
        vocabulary = self.known.vocabularies["modes"]
        found = terms.terms(words, vocabulary, "线上/线下")
        if {"offline", "online"} <= set(found):
            found = ["both"]
        return vocabulary.name(found[0]) if len(found) == 1 else ""

    def _kind(self, words: Words, draft: Draft) -> str:
        vocabulary = self.known.vocabularies["kinds"]
        found = terms.terms(words, vocabulary, "服务类别")
        if len(found) > 1:
            for piece, start, end in words.parts:
                piece.fates[start:end] = bytes(end - start)
            words.doubt("服务类别只能选一类")
        return vocabulary.name(found[0]) if len(found) == 1 else ""

    def _period(self, words: Words, draft: Draft) -> dict[str, str]:
        if terms.is_nothing(words.text):
            words.claim_all(KNOWN)
            return {}
        if _DURATION.fullmatch(words.text):
            words.doubt("只写了多长，没有写什么时候")
            return {}
        text = self._text("period.text", words)
        start, end = days_of(text)
        return {"start": start.text if start else "", "end": end.text if end else "", "text": text}

    def _start(self, words: Words, draft: Draft) -> str:
        return self._day(words)

    def _end(self, words: Words, draft: Draft) -> str:
        return self._day(words)

    @staticmethod
    def _day(words: Words) -> str:
        text = words.text.strip(_EDGE)
        try:
            found: Day | None = Day.read(text)
        except ValueError:
            found, end = days_of(text)
            found = None if end else found
        if found is None:
            words.doubt("没有读出一个确定的日期")
            return ""
        words.claim_all()
        return found.text

    def _regions(self, words: Words, draft: Draft) -> list[str]:
        codes = places(words, self.known, self.home, self.front)
        return [self.known.places.name(code) for code in codes]

    def _sessions(self, words: Words, draft: Draft) -> Any:
        found = []
        for line in words.lines():
            moment = moment_of(line.text)
            if moment is None:
                line.doubt("场次要写完整的日期")
                continue
            line.claim_all()
            start, end, rest = moment
            place = rest.strip(_EDGE + "，,；;。、:：（()）")
            found.append({key: value for key, value in (("start", start), ("end", end), ("place", place)) if value})
        bare = None if found else number(words)
        return {"sessions": bare} if bare else found or capacity(words)

    def _capacity(self, words: Words, draft: Draft) -> dict[str, int]:
        found = capacity(words)
        if not found:
            words.doubt("没有读出每年场次、每场人数或志愿者人数")
        return found

    def _team(self, words: Words, draft: Draft) -> dict[str, str]:
        if terms.is_nothing(words.text):
            words.claim_all(KNOWN)
            return {}
        number_in = re.search(
            r"[（(，,；;\s]*(?:平台)?(?:注册编?号|注册|编号)\s*[：:]?\s*([A-Za-z0-9-]{3,40})[)）]?", words.text
        )
        name = words.text[: number_in.start()] if number_in else words.text
        words.claim_all()
        found = {"name": " ".join(name.split()).strip("，,；; ")}
        return found | ({"registration": number_in[1]} if number_in else {})

    def _level(self, words: Words, draft: Draft) -> str:
        vocabulary = self.known.vocabularies["team_levels"]
        found = terms.terms(words, vocabulary, "队伍层级")
        return vocabulary.name(found[0]) if len(found) == 1 else ""

    def _partners(self, words: Words, draft: Draft) -> list[str]:
        if terms.is_nothing(words.text):
            words.claim_all(KNOWN)
            return []
        return bodies.bodies(words, self.known)

    def _safety(self, words: Words, draft: Draft) -> dict[str, str]:
        return {"plan": self._text("safety.plan", words)}

    def _contact(self, about: str) -> Callable[[Words, Draft], dict[str, Any]]:
        return lambda words, draft: contact(words, about)

    def _person(self, words: Words, draft: Draft) -> dict[str, Any]:
        return person(words)

    def _media(self, words: Words, draft: Draft) -> list[dict[str, str]]:
        found = []
        for line in words.lines():
            link = _URL.search(line.text)
            title = line.text[: link.start()].strip(_EDGE + "：:，,；;-—（(") if link else ""
            if not link or len(title) < 2:
                line.doubt("报道要写标题和网址")
                continue
            line.claim_all()
            found.append({"title": title, "url": link.group()})
        return found

    def _filed(self, words: Words, draft: Draft) -> str:
        day = whole_day(words.text)
        if day:
            words.claim_all()
        elif not re.search(r"\d", words.text):
            words.claim_all(KNOWN)  # 年 月 日, not filled in
        else:
            words.doubt("报送日期没有写到日")
        return day

    def _call(self, words: Words, draft: Draft) -> str:
        text = "".join(words.text.split())
        found = [
            id
            for id, call in self.known.calls.items()
            if text == id or (call.number and fold(call.number) in fold(text))
        ]
        if len(found) != 1:
            words.doubt("没有登记过这份通知")
            return ""
        words.claim_all()
        return found[0]

    def _renews(self, words: Words, draft: Draft) -> str:
        words.claim_all()
        return words.text.strip()

    def _none(self, words: Words, draft: Draft) -> None:
        if terms.is_blank(words.text):
            words.claim_all(KNOWN)
        words.doubt("本站没有对应的项目")

    def _private(self, words: Words, draft: Draft) -> dict[str, Any]:
        contact(words, "contact.phone")
        for piece, start, end in words.parts:
            if not any(piece.fates[start:end]):
                piece.claim(start, end, PRIVATE)
                piece.doubts.append((start, end, "个人信息"))
        return {}

    def _serial(self, words: Words, draft: Draft) -> None:
        words.claim_all(KNOWN)
