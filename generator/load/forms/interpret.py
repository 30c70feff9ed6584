"""The answers of one form in, the values of a record out, as a file states them: English keys, Chinese names.

What is understood is claimed; what is not stays, with the reason. Nothing is added that the form does not say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.load.forms import terms
from generator.load.forms.contacts import contact, person
from generator.load.forms.document import KNOWN, PRIVATE, Words
from generator.load.forms.layout import Answer, Form
from generator.load.forms.moments import days_of, moment_of, whole_day
from generator.load.forms.numbers import capacity, number
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
_TIME = re.compile(r"[年月日号周]|\d[:：]\d\d|全年|常年|长期|随时|季|暑|寒假|\d{4}[-./]\d")
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


class Interpreter:
    """Reads forms. Keeps nothing between them."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.labels_of = {line.key: line.label for line in fields_of(Activity)}
        self.readers: dict[str, Callable[[Words, Draft], Any]] = {
            "mode": self._mode, "kind": self._kind, "period": self._period, "period.start": self._start,
            "period.end": self._end, "regions": self._regions, "sessions": self._sessions, "capacity": self._capacity,
            "team": self._team, "team.level": self._level, "partners": self._partners, "safety": self._safety,
            "contact": self._contact("contact"), "contact.office": self._contact("contact.office"),
            "contact.phone": self._contact("contact.phone"), "contact.email": self._contact("contact.email"),
            "person": self._person, "media": self._media, "filed": self._filed, "call": self._call, "renews": self._renews,
            "none": self._none, "private": self._private, "serial": self._serial,
        }  # fmt: skip
        self.home = ""

    def draft(self, form: Form) -> Draft:
        """What a form states."""
        draft = Draft()
        self.home = ""
        for answer in form.answers:
            self._who(answer, draft)
        if draft.society:
            self.home = self._region_of(draft.society) or self.home
        for answer in form.answers:
            self._answer(answer, draft)
        self._society_from_host(form, draft)
        self._content(form, draft)
        order = [line.key for line in fields_of(Activity)]
        draft.values = {key: draft.values[key] for key in order if draft.values.get(key) not in (None, "", [], {})}
        return draft

    # -- who --

    def _who(self, answer: Answer, draft: Draft) -> None:
        if "society" in answer.keys and answer.words:
            found = terms.society(answer.words, self.known)
            if found and not draft.society:
                draft.society = found
                draft.facts.append(Fact("society", answer.label, answer.words.place))
        elif "society?" in answer.keys and not draft.society:
            name = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]\s*", "", answer.words.text.strip())
            draft.society = self.known.societies.get(fold(name), "")
            if draft.society:
                answer.words.claim_all()
                draft.facts.append(Fact("society", "", answer.words.place))
        elif "province" in answer.keys and answer.words:
            found_places = [
                code for code in self.known.places.find(answer.words.text.strip()) if code in self.known.places.regions
            ]
            if found_places:
                self.home = found_places[0]
                answer.words.claim_all()

    def _region_of(self, society: str) -> str:
        return society[:6] if society[:6] in self.known.places.regions else "XPCC" if society.startswith("XPCC") else ""

    def _society_from_host(self, form: Form, draft: Draft) -> None:
        """A form that names no society but one host, which is a registered one."""
        if draft.society or any("society" in answer.keys and answer.words for answer in form.answers):
            return
        found = self.known.societies.get(fold(str(draft.values.get("responsible", ""))), "")
        if found:
            draft.society = found
            draft.facts.append(Fact("society", "主办单位", ""))

    # -- answers --

    def _answer(self, answer: Answer, draft: Draft) -> None:
        words = answer.words
        keys = [key for key in answer.keys if key not in ("society", "society?", "province")]
        if not keys or not words:
            return
        if len(keys) > 1:
            if all(key.split(".")[0] in ("contact", "person") for key in keys):
                keys = ["contact"]
            else:
                self._shared(keys, answer, draft)
                return
        self._store(keys[0], words, answer, draft)

    def _store(self, key: str, words: Words, answer: Answer, draft: Draft) -> None:
        if key == "content":
            return
        if key in TERMS:
            value: Any = self._terms(key, words)
        elif key in LINES or key in TEXTS:
            value = self._text(key, words)
        elif key.startswith("capacity."):
            found = number(words)
            value = {key.split(".")[1]: found} if found else capacity(words)
            if not value:
                words.doubt("没有读出一个确定的数")
        else:
            value = self.readers[key](words, draft)
        if value in (None, "", [], {}):
            return
        top, _, part = key.partition(".")
        if part and not isinstance(value, dict):
            value = {part: value}
        top = {"person": "contact", "sessions": "sessions" if isinstance(value, list) else "capacity"}.get(top, top)
        if self._merge(top, value, words, draft):
            draft.facts.append(Fact(top, answer.label, words.place))

    def _merge(self, key: str, value: Any, words: Words, draft: Draft) -> bool:
        """Put a value beside what is there; a second, different one is told, not chosen between."""
        old = draft.values.get(key)
        if old is None:
            draft.values[key] = value
        elif isinstance(old, list) and isinstance(value, list):
            old += [one for one in value if one not in old]
        elif isinstance(old, dict) and isinstance(value, dict):
            for part, one in value.items():
                if isinstance(old.get(part), list) and isinstance(one, list):
                    old[part] += [each for each in one if each not in old[part]]
                else:
                    old.setdefault(part, one)
        elif key == "responsible" and value not in old:
            draft.values[key] = f"{old}、{value}"
        elif old != value:
            for piece, start, end in words.parts:
                piece.fates[start:end] = bytes(end - start)
            words.doubt(f"“{self.labels_of.get(key, key)}”写了不止一次，只取了前一处")
            return False
        return True

    def _shared(self, keys: list[str], answer: Answer, draft: Draft) -> None:
        """One cell for several things: 活动时间、地点. Each part goes where it certainly belongs."""
        for key in keys:
            parts = [
                part for part in terms.pieces(answer.words) if not self._is_taken(part) and self._fits(key, part.text)
            ]
            if parts and key in self.readers or key in TERMS or key.startswith("capacity."):
                joined = Words([spot for part in parts for spot in part.parts])
                if joined:
                    self._store(key, joined, answer, draft)

    @staticmethod
    def _is_taken(part: Words) -> bool:
        return all(piece.fates[at] for piece, start, end in part.parts for at in range(start, end))

    def _fits(self, key: str, text: str) -> bool:
        if key == "period":
            return bool(_TIME.search(text)) and not self.known.places.find(text)
        if key == "regions":
            return not (_TIME.search(text) and re.search(r"\d|[一二三四五六七八九十]月|全年|常年", text))
        if key.startswith("capacity"):
            return bool(re.search(r"\d+\s*[余多]?\s*(?:人|名|场|期|次)", text))
        if key in TERMS or key in ("mode", "kind"):
            name = {"mode": "modes", "kind": "kinds"}.get(key, key)
            return terms._find(text, self.known.vocabularies[name]) is not None
        return key.startswith(("contact", "person"))

    # -- one reader a kind of value --

    def _text(self, key: str, words: Words) -> str:
        if key in ("cost", "safety.plan", "safety.insurance", "safety.qualifications"):
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
        text = terms.without_private(words)
        lines = [line.strip(_EDGE).replace("\t", " ") for line in text.split("\n")]
        words.claim_all()
        lines = [line for line in lines if line]
        if key in LINES:
            return ("" if key == "title" else "；" if key == "period.text" else "、").join(lines)
        return ("\n\n" if key == "description" else "\n").join(lines)

    def _terms(self, key: str, words: Words) -> list[str]:
        value = TERMS[key].value
        assert isinstance(value, Many)
        assert isinstance(value.one, Choice)
        vocabulary = self.known.vocabularies[value.one.vocabulary]
        return [vocabulary.name(id) for id in terms.terms(words, vocabulary, TERMS[key].label)]

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
        codes = terms.places(words, self.known, self.home)
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
        return found or capacity(words)

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
            r"[（(，,；;\s]*(?:平台)?(?:注册|编)号?\s*[：:]?\s*([A-Za-z0-9-]{3,40})[)）]?", words.text
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
        return terms.bodies(words, self.known)

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

    def _content(self, form: Form, draft: Draft) -> None:
        """活动内容 is the summary where there is none and it has a summary's length, else the description."""
        for answer in form.answers:
            if "content" not in answer.keys or not answer.words or len(answer.keys) > 1:
                continue
            length = len("".join(answer.words.text.split()))
            key = "summary" if not draft.values.get("summary") and 20 <= length <= 300 else "description"
            self._store(key, answer.words, answer, draft)
