"""Times as people write them in, what is certain of them out: 2026年5月—10月, 2026.5.1-5.3, 二〇二六年五月. Never a day nobody stated."""

from __future__ import annotations

import re
import unicodedata

from generator.model.period import Day

_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十]{1,3}(?=[月日号])")
_TO = r"(?:起?[-~－—–―−～〜至到]+|--+)"
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?:年度?|(?P<sign>[-./])(?=\d)|(?!\d)))?"
    r"(?:(?P<month>1[0-2]|0?[1-9])(?:月份?|(?=(?P=sign)\d)|(?![\d场人次个日号]))"
    r"(?:(?:(?<=[月份])|(?P=sign)|(?<=\d)(?<!月)[-./](?=\d{1,2}(?!\d)))"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?:[日号]|(?![\d月年:：场人次个]|\.\d)))?)?"
    r"(?P<part>[上中下]旬|底|初|末)?"
)
_CLOCK = re.compile(r"(?:上午|下午|中午|晚上?|早上?|凌晨)?(\d{1,2})(?:[:：时点](\d{2})?分?|点半)")
_HOUR = r"(\d{1,2})(?:[:：](\d{2})|[点时](?:(\d{1,2})分?|(半))?)"  # 9:30, 9点, 9时30分, 9点半
_WEEKDAY = re.compile(r"[（(](?:星期|周)[一二三四五六日天][）)]|(?:星期|周)[一二三四五六日天](?![至到和、])")
_VAGUE = re.compile(r"其中|不定|[、，,;；和及与或]\s*(?:\d{1,2}|\d{4}年?)(?:月|日|年|[-./]\d)")
_TAIL = re.compile(
    r"[\s，,。；;、）)]*(?:期间|左右|止|内|之间|开展|举办|举行|全天|为期|暂定|拟定?|待定|择期|每|第[一二三四五]个?周|[（(，,；;。])?(?:最后|[^\d前后以])*"
)
_SURE = re.compile(
    r"[\s，,。；;、）)]*(?:$|期间|左右|止|内|之间|开展|举办|举行|全天|为期|暂定|拟定?|待定|择期|每|第[一二三四五]个?周|[（(，,；;。])"
)
_MIXED = re.compile(r"\d{4}([-./])\d{1,2}(?!\1)[-./]\d")  # 2026.5-10: a day, or May to October?
_HALVES = {
    "上半年": "1月-6月",
    "下半年": "7月-12月",
    "第一季度": "1月-3月",
    "第二季度": "4月-6月",
    "第三季度": "7月-9月",
    "第四季度": "10月-12月",
}
_PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")  # 20260901
_HEAD = re.compile(r"\s*(?:拟定?于?|计划于?|预计于?|暂定于?|自|从|于|约)?\s*")


def unified(text: str) -> str:
    """The text with plain digits; as long as the text itself."""
    folded = "".join(
        one if len(one) == 1 else old for old, one in ((c, unicodedata.normalize("NFKC", c)) for c in text)
    )
    return folded.replace("—", "—").replace("/", "/")


def _digits(text: str) -> str:
    """Chinese numerals of dates as digits."""

    def turn(match: re.Match[str]) -> str:
        word = match.group()
        if "十" not in word:
            return word.translate(_NUMERALS) if len(word) in (1, 4) else word
        tens, _, ones = word.partition("十")
        return str(
            10 * (int(tens.translate(_NUMERALS)) if tens else 1) + (int(ones.translate(_NUMERALS)) if ones else 0)
        )

    return _CHINESE.sub(turn, text)


def days_of(text: str) -> tuple[Day | None, Day | None]:
    """Start and end, as exact as stated and certain; None where the text says no single span with its year."""
    folded = _WEEKDAY.sub("", _digits("".join(unicodedata.normalize("NFKC", text).split())))
    folded = _PACKED.sub(r"\1-\2-\3", _CLOCK_SPAN.sub("", folded))
    for word, months in _HALVES.items():
        folded = re.sub(rf"(?<=\d\d年){word}", months, folded)
    if re.fullmatch(r"(?:19|20)\d\d年?度?(?:全年|年内)", folded):
        return Day(folded[:4]), Day(folded[:4])
    head = _HEAD.match(folded)
    first = _DATE.match(folded, head.end() if head else 0)
    if not first or not first["year"] or _VAGUE.search(folded) or _MIXED.match(first.group()):
        return None, None
    start = _day(first["year"], first["month"], first["day"])
    if start is None:
        return None, None
    return _ended(folded, first, start)


def _ended(folded: str, first: re.Match[str], start: Day) -> tuple[Day | None, Day | None]:
    """The span that begins with ``start``."""
    rest = folded[first.end() :]
    if opened := re.match(r"起(?![止至到—~-])|以来|开始|至今", rest):
        return (start, None) if _is_sure(rest[opened.end() :]) else (None, None)
    to = re.match(_TO, rest)
    if not to:
        end = start if "每" in rest else None
        return (start, end) if _is_sure(rest) else (None, None)
    found = _end(folded, first.end() + to.end(), first)
    return (start, found[0]) if found and _is_sure(folded[found[1] :]) else (None, None)


def _is_sure(tail: str) -> bool:
    """Whether what follows a date adds nothing that could change it."""
    return bool(_SURE.match(tail) and _TAIL.fullmatch(tail))


_CLOCK_SPAN = re.compile(rf"(?<=[日号\d)])?(?:{_CLOCK.pattern})(?:{_TO}(?:{_CLOCK.pattern}))?(?![\d月])")


def _end(folded: str, at: int, first: re.Match[str]) -> tuple[Day, int] | None:
    """The second date; year and month may be those of the first."""
    day_only = re.match(r"(3[01]|[12]\d|0?[1-9])[日号]", folded[at:])
    if first["day"] and not day_only and re.match(r"(?:3[01]|[12]\d|0?[1-9])(?![\d.月年/-])", folded[at:]):
        day_only = re.match(r"(3[01]|[12]\d|0?[1-9])", folded[at:])
    if day_only and first["month"]:
        found = _day(first["year"], first["month"], day_only[1])
        return (found, at + day_only.end()) if found else None
    next_year = re.match(r"(?:次年|翌年|第二年|来年)", folded[at:])
    at += next_year.end() if next_year else 0
    second = _DATE.match(folded, at)
    if not second or second.end() == at or not (second["year"] or second["month"]):
        return None
    year = second["year"] or str(int(first["year"]) + (1 if next_year else 0))
    found = _day(year, second["month"], second["day"])
    if found is None or (
        not second["year"] and not next_year and second["month"] and int(second["month"]) < int(first["month"] or 0)
    ):
        return None  # 2026年11月至3月: the next year is likely, not certain
    return found, second.end()


def _day(year: str | None, month: str | None, day: str | None) -> Day | None:
    try:
        return Day.read("-".join(part for part in (year, month, day) if part))
    except ValueError:
        return None


def whole_day(text: str) -> str:
    """A full date as YYYY-MM-DD, or nothing."""
    start, end = days_of(re.sub(r"[\s_＿]", "", text).strip("。.，,；;"))
    return start.text if start is not None and end is None and len(start.text) == 10 else ""


def moment_of(text: str) -> tuple[str, str, str] | None:
    """One dated occasion: start, end (or nothing), and the rest of the line."""
    folded = _digits(unified(text))
    first = re.match(
        r"\s*(?:[（(]?\d{1,2}[）)、.．]\s*)?((?:19|20)\d\d)\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*[日号]?",
        folded,
    )
    if not first or _day(first[1], first[2], first[3]) is None or len(folded) != len(text):
        return None
    day = _day(first[1], first[2], first[3])
    assert day is not None
    at = first.end()
    week = re.match(r"\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?", folded[at:])
    at += week.end() if week else 0
    clock = re.match(rf"\s*((?:上午|下午|晚上?)?)\s*{_HOUR}(?:\s*{_TO}\s*{_HOUR})?", folded[at:])
    if not clock:
        return day.text, "", text[at:]
    shift = 12 if clock[1].startswith(("下", "晚")) and int(clock[2]) < 12 else 0
    start = f"{day.text} {int(clock[2]) + shift:02d}:{_minutes(clock, 3)}"
    end = (
        f"{day.text} {int(clock[6]) + (shift if int(clock[6]) < 12 else 0):02d}:{_minutes(clock, 7)}"
        if clock[6]
        else ""
    )
    return start, end, text[at + clock.end() :]


def _minutes(clock: re.Match[str], first: int) -> str:
    """The minutes of an hour: after a colon, before 分, or half of it."""
    return clock[first] or ("30" if clock[first + 2] else f"{int(clock[first + 1] or 0):02d}")
