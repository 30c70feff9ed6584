"""The answers of one form in, the values of a record out, as a file states them: English keys, Chinese names.

What is understood is claimed; what is not stays, with the reason. Nothing is added that the form does not say.
"""

from __future__ import annotations

import re
from typing import Any

from generator.load.forms import bodies, terms
from generator.load.forms.answers import Answer, Form, Occasion
from generator.load.forms.document import KNOWN, LABEL, Words
from generator.load.forms.fitting import VOCABULARIES
from generator.load.forms.headline import name_apart, name_in
from generator.load.forms.labels import Labels
from generator.load.forms.numbered import number_end
from generator.load.forms.numbers import capacity, number
from generator.load.forms.occasions import occasion
from generator.load.forms.parted import parted
from generator.load.forms.readings import LINES, TERMS, TEXTS, TIME, Draft, Fact, Readings
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.reader import Known
from generator.model.vocabulary import fold

_FIRST = ("society", "society?", "signed", "province", "regions.wider")  # read for themselves
_REPLY = re.compile(r"\s*(?:答|答复|回答)\s*[：:]")
_WHETHER = re.compile(r"是否[为属是于在采用]*(线上|线下|收费|免费)|(收费)与否")
_ANSWERS = {
    ("线上", True): "online", ("线上", False): "offline", ("线下", True): "offline", ("线下", False): "online",
    ("收费", False): "免费", ("免费", True): "免费",
}  # fmt: skip


def _is_slogan(answer: Answer) -> bool:
    """活动主题 is the title only where there is no 活动名称."""
    return "title" in answer.keys and "主题" in answer.label and "名称" not in answer.label


class Interpreter(Readings):
    """Reads forms. Keeps nothing between them."""

    def __init__(self, known: Known, labels: Labels) -> None:
        """``labels``: what is a label is no name."""
        super().__init__(known)
        self.labels = labels

    def draft(self, form: Form, home: str = "") -> Draft:
        """What a form states; ``home``: the province it is about, where neither a society nor an answer says so."""
        draft = Draft()
        self.home = home
        self.front = ""
        for answer in form.answers:
            self._who(answer, draft)
        self.home = self._home_of(draft.society or self._likely(form)) or self.home
        form.answers = [
            part for answer in form.answers for told in name_apart(answer) for part in parted(told, self.labels)
        ]
        for answer in form.answers:
            if not _is_slogan(answer):
                self._answer(answer, draft)
        self._wider_regions(form, draft)
        self._title_from_lines(form, draft)
        for answer in filter(_is_slogan, form.answers):
            self._answer(answer, draft)
        self._society_from_host(form, draft)
        self._society_from_lines(form, draft)
        self._content(form, draft)
        order = [line.key for line in fields_of(Activity)]
        draft.values = {key: draft.values[key] for key in order if draft.values.get(key) not in (None, "", [], {})}
        return draft

    # -- who --

    def _who(self, answer: Answer, draft: Draft) -> None:
        if "society" in answer.keys and answer.words:
            found = bodies.society(answer.words, self.known)
            if found and not draft.society:
                draft.society = found
                draft.facts.append(Fact("society", answer.label, answer.words.place))
        elif "society?" in answer.keys and not draft.society:
            name = answer.words.text[number_end(answer.words.text) :].strip()
            draft.society = self.known.societies.get(fold(name), "")
            if draft.society:
                answer.words.claim_all()
                draft.facts.append(Fact("society", "", answer.words.place))
        elif set(answer.keys) & {"province", "regions.wider"} and answer.words:
            found_places = [
                code for code in self.known.places.find(answer.words.text.strip()) if code in self.known.places.regions
            ]
            if found_places and "province" in answer.keys:
                self.home = found_places[0]
                answer.words.claim_all()
            elif found_places:
                self.front = found_places[0]

    def _home_of(self, society: str) -> str:
        """The province or county a society is of: what 全省 or 全县 means."""
        places = self.known.places
        is_local = society[:6] in places.regions or society[:6] in places.counties
        return society[:6] if is_local else "XPCC" if society.startswith("XPCC") else ""

    def _likely(self, form: Form) -> str:
        """The society that hosts or signs, where no label asks for one."""
        said = [answer.words.text for answer in form.answers if set(answer.keys) & {"responsible", "signed"}]
        return next(filter(None, (self.known.societies.get(fold(text), "") for text in said)), "")

    def _society_from_host(self, form: Form, draft: Draft) -> None:
        """A form that names no society but one host, which is a registered one."""
        if draft.society or any("society" in answer.keys and answer.words for answer in form.answers):
            return
        found = self.known.societies.get(fold(str(draft.values.get("responsible", ""))), "")
        if found:
            draft.society = found
            draft.facts.append(Fact("society", "主办单位", ""))

    def _society_from_lines(self, form: Form, draft: Draft) -> None:
        """A form that names neither, but is headed or signed by a society."""
        signed = next((answer for answer in form.answers if "signed" in answer.keys), None)
        if signed is None or draft.society:
            return
        draft.society = bodies.society(signed.words, self.known)
        draft.facts.append(Fact("society", "", signed.words.place))

    def _title_from_lines(self, form: Form, draft: Draft) -> None:
        """A form that asks for no name, but is headed by one; over a mere slogan only what is headed 某某活动方案."""
        titles = [answer for answer in form.answers if "title" in answer.keys]
        if "title" not in draft.values and all(map(_is_slogan, titles)):
            words = name_in(form.heads, self.known, self.labels, only_paper=bool(titles))
            if words is not None:
                self._store("title", words, Answer(("title",), "", words), draft)

    def _wider_regions(self, form: Form, draft: Draft) -> None:
        """省 and 县 in columns of their own: the province itself is meant only where no county is named."""
        is_told = bool(draft.values.get("regions"))
        for answer in form.answers:
            if "regions.wider" not in answer.keys or not answer.words:
                continue
            if is_told:
                answer.words.claim_all(KNOWN)
            else:
                self._store("regions", answer.words, answer, draft)

    # -- answers --

    def _answer(self, answer: Answer, draft: Draft) -> None:
        words = answer.words
        if head := _REPLY.match(words.text):
            words.claim(0, head.end(), KNOWN)
            words = answer.words = words.sub(head.end(), len(words.text))
        keys = [key for key in answer.keys if key not in _FIRST]
        if not keys or not words:
            return
        if isinstance(answer, Occasion):
            session = occasion(answer.parts, self.known, self.front or self.home)
            if session and self._merge("sessions", session, words, draft):
                draft.facts.append(Fact("sessions", answer.label, words.place))
            return
        if terms.is_placeholder(words.text):
            words.claim_all(LABEL)
            return
        if self._asked(keys[0], answer, draft):
            return
        if len(keys) > 1:
            if all(key.split(".")[0] in ("contact", "person") for key in keys):
                keys = ["contact"]
            else:
                self._shared(keys, answer, draft)
                return
        self._store(keys[0], words, answer, draft)

    def _asked(self, key: str, answer: Answer, draft: Draft) -> bool:
        """是否线上, 是否收费: a question whose answer is yes or no."""
        question = _WHETHER.search(answer.label) if key in ("mode", "cost") else None
        said = terms.yes_or_no(answer.words) if question else None
        if question is None or said is None:
            return False
        value = _ANSWERS.get((question[1] or question[2], said))
        if value is None:
            answer.words.doubt("只答了是或否，没有写清楚")
            return True
        if key == "mode":
            vocabulary = self.known.vocabularies["modes"]
            value = vocabulary.name(
                "both" if draft.values.get("mode", vocabulary.name(value)) != vocabulary.name(value) else value
            )
        answer.words.claim_all()
        draft.values[key] = value
        draft.facts.append(Fact(key, answer.label, answer.words.place))
        return True

    def _store(self, key: str, words: Words, answer: Answer, draft: Draft) -> None:
        if key == "content":
            return
        if key in TERMS:
            value: Any = self._terms(key, words, draft)
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
        top = {
            "person": "contact",
            "sessions": "sessions" if isinstance(value, list) else "capacity",
        }.get(top, top)
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
            if (parts and key in self.readers) or key in TERMS or key.startswith("capacity."):
                joined = Words([spot for part in parts for spot in part.parts])
                if joined:
                    self._store(key, joined, answer, draft)

    @staticmethod
    def _is_taken(part: Words) -> bool:
        return all(piece.fates[at] for piece, start, end in part.parts for at in range(start, end))

    def _fits(self, key: str, text: str) -> bool:
        if key == "period":
            return bool(TIME.search(text)) and not self.known.places.find(text)
        if key == "regions":
            return not (TIME.search(text) and re.search(r"\d|[一二三四五六七八九十]月|全年|常年", text))
        if key.startswith("capacity"):
            return bool(re.search(r"\d+\s*[余多]?\s*(?:人|名|场|期|次)", text))
        if key in VOCABULARIES:
            return terms.find_term(text, self.known.vocabularies[VOCABULARIES[key]]) is not None
        return key.startswith(("contact", "person"))

    def _content(self, form: Form, draft: Draft) -> None:
        """活动内容 is the summary where there is none and it has a summary's length, else the description."""
        for answer in form.answers:
            if "content" not in answer.keys or not answer.words or len(answer.keys) > 1:
                continue
            length = len("".join(answer.words.text.split()))
            key = "summary" if not draft.values.get("summary") and 20 <= length <= 300 else "description"
            self._store(key, answer.words, answer, draft)
