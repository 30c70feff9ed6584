"""How much an activity can serve, as people write it in; sessions a year, people a session, volunteers out. Ranges stay words."""

from __future__ import annotations

import re
from itertools import chain

from generator.load.forms.document import KNOWN, Words

_NUMBER = r"(?<![\d.\-—–~～至到])(?<!\d[\-—–~～至到])(\d{1,6})\s*[余多几]?\s*"
_END = r"(?![\d\-—–~～]|[至到]\d)"
_PATTERNS = (
    ("people", re.compile(rf"(?:每[场次期班]|单[场次期]|场均|次均)[^\d，,；;。\n]{{0,8}}{_NUMBER}(?:人次?|名)?(?:左右)?{_END}")),
    ("people", re.compile(rf"{_NUMBER}(?:人次?|名)\s*(?:左右)?\s*[/／每]\s*[场次期班]")),
    ("volunteers", re.compile(rf"(?:志愿者|专家)[^\d，,；;。\n]{{0,6}}{_NUMBER}(?:人|名|位)?{_END}")),
    ("volunteers", re.compile(rf"{_NUMBER}(?:人|名|位)(?:科技)?(?:志愿者|专家)")),
    ("sessions", re.compile(rf"(?:每年|年均|全年|年度|一年|共|计划|拟)?[^\d，,；;。\n]{{0,6}}?{_NUMBER}(?:场次?|期|次|班)(?![人均])(?:[/／]年)?(?:左右)?{_END}")),
    ("people", re.compile(rf"(?:规模|人数)?[^\d，,；;。\n]{{0,4}}?{_NUMBER}人(?!次)(?:左右)?{_END}")),
)  # fmt: skip
_BARE = re.compile(
    r"\s*(?:约|大约|不少于|至少|最多|不超过|可达?|每[场次期班年]|年均|预计|计划|平均|拟|开展|举办|组织|单场|全年|共)*\s*(\d{1,7})\s*[余多]?\s*"
    r"(?:人次?|名|位|场次?|期|次|班|个)?\s*(?:左右|以上|以内)?\s*(?:[/／]\s*[场次期年班])?\s*(?:左右)?\s*[。；;]?\s*"
)


def number(words: Words) -> int | None:
    """The one number an answer says, whatever unit stands behind it; None where it says a range or more."""
    match = _BARE.fullmatch(words.text.replace("，", "").replace(",", ""))
    if not match or not int(match[1]):
        return None
    words.claim_all()
    return int(match[1])


def capacity(words: Words) -> dict[str, int]:
    """``sessions``, ``people``, ``volunteers``, whatever is certain."""
    text = words.text
    found: dict[str, int] = {}
    for key, pattern in _PATTERNS:
        match = pattern.search(text) if key not in found else None
        if match and int(match[1]):
            found[key] = int(match[1])
            words.claim(*match.span())
            text = text[: match.start()] + "\x00" * len(match.group()) + text[match.end() :]
    if found:
        for filler in chain(re.finditer(r"约|左右|规模|人数|预计|计划|可|以上|不少于|每年|每场|其中", text)):
            words.claim(*filler.span(), KNOWN)
    return found
