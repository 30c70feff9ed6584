"""A key and the words that may answer it in, whether they do out: days for a time, places, terms of a vocabulary, a number."""

from __future__ import annotations

import re
from typing import Any

from generator.load.forms import bodies, terms
from generator.load.forms.contacts import contact
from generator.load.forms.document import Piece, Words
from generator.load.forms.marks import has_boxes
from generator.load.forms.moments import days_of
from generator.load.forms.numbers import capacity, number
from generator.load.forms.where import places
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.reader import Known
from generator.model.values import Choice, Many
from generator.model.vocabulary import fold

# The vocabulary of each field that has one.
VOCABULARIES = {
    line.key: choice.vocabulary
    for line in fields_of(Activity)
    if isinstance(choice := line.value.one if isinstance(line.value, Many) else line.value, Choice)
}
_LABELS = {"audiences": "服务对象", "forms": "活动形式"}  # whose terms may end a phrase
_DAYS = re.compile(
    r"\d\s*[年月日号]|[一二三四五六七八九十]月|全年|常年|长期|随时|[上下]半年|[春夏秋冬]季|[寒暑]假|周末|每周|节假日|\d{4}[-./]\d"
)
_WHOLE = re.compile(r"[全本][省市县区]|省内|县域")
_FREE = re.compile(r"免|不收|公益|自理|自筹|承担|列支|[\d一二三四五六七八九十百千]\s*元|经费|无|否")
_TEAM = re.compile(r"[\u4e00-\u9fff（()）·“”]{2,30}(?:队|服务组|讲师团|专家团|宣讲团|团队)")
_OFFICE = re.compile(r"[^\d，。；\n]{1,30}(?:部|处|室|科|中心|办|组|所|站|会|科协|馆|院|队)[)）]?")
_NO_NAME = re.compile(r"[。；！!]|^\W*$|^[\d\W]+$|^(?:是|否|有|无|详见|见|另附)")
LEAST_TEXT, LEAST_SENTENCE, LONGEST_NAME = 8, 18, 60  # characters


def fits(key: str, text: str, known: Known) -> bool:
    """Whether a text can be the answer."""
    test = _TESTS.get(key)
    return bool(text.strip()) and (test(text, known) if test else not _is_typed(text, known))


def fits_exactly(key: str, text: str, known: Known) -> bool:
    """Whether a text is nothing but such an answer, so that it says by itself what was asked."""
    words = _copy(text)
    if key in VOCABULARIES:
        vocabulary = known.vocabularies[VOCABULARIES[key]]
        found = terms.terms(words, vocabulary, "")
        return bool(found) and not _left(words)
    if key == "regions":
        return bool(places(words, known, "", "")) and not _left(words)
    if key == "period":
        start, _ = days_of(text)
        return start is not None
    return fits(key, text, known)


def is_sentence(text: str) -> bool:
    """Whether a text tells something: long, and with a stop or several clauses."""
    return len(text) >= LEAST_SENTENCE and bool(re.search("[，。；]", text)) and not has_boxes(text)


def _copy(text: str) -> Words:
    """Words nobody else sees claimed."""
    return Words([(Piece(line, ""), 0, len(line)) for line in text.split("\n")])


def _left(words: Words) -> bool:
    return any(doubts for doubts in (piece.doubts for piece, _, _ in words.parts))


def _is_period(text: str, known: Known) -> bool:
    return bool(_DAYS.search(text)) and len(text) <= 60 and "。" not in text.rstrip("。")


def _is_regions(text: str, known: Known) -> bool:
    return bool(_WHOLE.match(text.strip())) or bool(places(_copy(text), known, "", ""))


def _is_of(name: str, label: str) -> Any:
    return lambda text, known: bool(terms.terms(_copy(text), known.vocabularies[name], label))


def _is_name(text: str, known: Known) -> bool:
    bare = text.strip()
    return (
        2 < len(bare) <= LONGEST_NAME
        and "\n" not in bare
        and not has_boxes(bare)
        and not _NO_NAME.search(bare)
        and fold(bare) not in known.societies
        and not _is_typed(bare, known)
    )


def _is_typed(text: str, known: Known) -> bool:
    """Whether it is a day, a place, a number or a term, and so no text of its own."""
    return (
        number(_copy(text)) is not None
        or bool(contact(_copy(text), "contact.phone").keys() & {"phone", "email"} and len(text) < 40)
        or bool(known.places.find(text.strip()))
        or (days_of(text)[0] is not None and len(text) < 30 and not re.search("[\u4e00-\u9fff]{5}", text))
        or any(known.vocabularies[name].find(text.strip()) for name in VOCABULARIES.values())
    )


def _is_content(text: str, known: Known) -> bool:
    return len("".join(text.split())) >= LEAST_TEXT and not has_boxes(text) and not _is_typed(text, known)


_TESTS: dict[str, Any] = {
    "period": _is_period,
    "regions": _is_regions,
    **{key: _is_of(name, _LABELS.get(key, "")) for key, name in VOCABULARIES.items()},
    "title": _is_name,
    "content": _is_content,
    "cost": lambda text, known: bool(_FREE.search(text)) and len(text) <= 60,
    "team": lambda text, known: bool(_TEAM.fullmatch(text.strip())),
    "society": lambda text, known: bool(bodies.society(_copy(text), known)),
    "partners": lambda text, known: bool(re.search(r"[\u4e00-\u9fff]{4}", text)) and not _is_typed(text, known),
    "contact.phone": lambda text, known: "phone" in contact(_copy(text), "contact.phone"),
    "contact.email": lambda text, known: "email" in contact(_copy(text), "contact.email"),
    "contact.office": lambda text, known: bool(_OFFICE.fullmatch(text.strip())),
    **{key: lambda text, known: number(_copy(text)) is not None or bool(capacity(_copy(text))) for key in ("capacity.sessions", "capacity.people", "capacity.volunteers")},
}  # fmt: skip
