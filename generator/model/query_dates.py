"""Years and months in a typed query: 7月下旬至10月上旬, 七八月, 2021-09, 二〇二一年, 去年. The browser reads by the same patterns.

No pattern looks behind (old browsers on phones cannot); what stands before is looked at by the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

_DIGITS = "〇○零一二三四五六七八九"
NUMERALS = "0123456789一二三四五六七八九十"
_MONTH = "(1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAY = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]"
_TO = "[-~–—至到]"
_TAIL = f"份?(?:{_DAY}(?:{_TO}{{1,2}}{_DAY})?|[上中下]旬|底|末|初(?![中级步小]))?"
_AFTER = "(?![龄薪经饼亮嫂球刊报子票租活均光牙])"  # 月龄, 月薪, 月饼: no months of the year
_YEAR = "((?:19|20)[0-9]{2})"
_NOT_AT_ONCE = "(?!以[前后来上]|之[前后]|[前后起代龄轻货]|至今)"  # 2020年以后: no single year
_LENGTH = "(?![前后来间以之起级生代制龄轻老多期经历货]|内(?!蒙)|至今)"  # 20年以上, 10年生: a length of time
_NO_COUNT = "(?![0-9a-z.%余多人场名元亩万千公个次户平米套份所支家斤吨年只头棵株本册位条克]|以[前后来上]|之[前后]|[前后起]|至今)"  # 2000人, 2020以后
# Tried in this order at every place; the longest that fits counts.
PATTERNS = {
    "years": f"{_YEAR}年?{_TO}{{1,2}}{_YEAR}(?:年度?|(?![0-9]))",
    "year_month": f"{_YEAR}([-/.])(1[0-2]|0?[1-9])(?![0-9])(?:\\2[0-9]{{1,2}}(?![0-9]))?(?:月{_TAIL})?",
    "year": f"{_YEAR}(?:年度|年{_NOT_AT_ONCE}|{_NO_COUNT})",
    "chinese_year": f"([一二][〇○零九][{_DIGITS}]{{2}})(?:年度|年{_NOT_AT_ONCE}|(?!年))",
    "short_year": f"([0-9]{{2}})年度?{_LENGTH}",
    "short_chinese_year": f"二([{_DIGITS}])年度?{_LENGTH}",
    "months": f"{_MONTH}(?:月{_TAIL})?({_TO}{{1,2}}|[、和及与或])(?:次年|翌年|第二年|来年)?{_MONTH}月{_TAIL}{_AFTER}",
    "run": f"([一二三四五六七八九]{{2,4}})月{_TAIL}{_AFTER}",
    "month": f"{_MONTH}月{_TAIL}{_AFTER}",
}
_COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
_NO_START = set("0123456789.abcdefghijklmnopqrstuvwxyz十百千万第个" + _DIGITS)
RELATIVE = {
    "今年": ("year", 0), "本年": ("year", 0), "本年度": ("year", 0), "今年度": ("year", 0),
    "明年": ("year", 1), "来年": ("year", 1), "下一年": ("year", 1), "明年度": ("year", 1),
    "去年": ("year", -1), "上年": ("year", -1), "上一年": ("year", -1), "上年度": ("year", -1),
    "前年": ("year", -2), "后年": ("year", 2),
    "本月": ("month", 0), "这个月": ("month", 0), "这月": ("month", 0), "当月": ("month", 0),
    "下月": ("month", 1), "下个月": ("month", 1), "次月": ("month", 1),
    "上月": ("month", -1), "上个月": ("month", -1),
}  # fmt: skip

Part = tuple[str, tuple[str, ...], int, int]  # facet, values, start, end


def relative(word: str, today: date) -> tuple[str, tuple[str, ...]]:
    """Facet and value of 去年, 下个月 …. A month stays without its year: most activities come every year."""
    facet, step = RELATIVE[word]
    return facet, (str(today.year + step) if facet == "year" else f"{(today.month - 1 + step) % 12 + 1:02d}",)


def dates_at(folded: str, start: int, today: date) -> Iterator[tuple[int, list[Part]]]:
    """The years and months that can be read at a place: where each reading ends, and its parts (2021-09 has two)."""
    before = folded[start - 1] if start else ""
    if before in _NO_START and before:
        return
    for name, pattern in _COMPILED.items():
        match = pattern.match(folded, start)
        parts = _parts(name, match, today) if match else []
        if match and parts:
            yield match.end(), parts


def _parts(name: str, match: re.Match[str], today: date) -> list[Part]:
    start, end = match.span()
    if name == "years":
        first, last = int(match[1]), int(match[2])
        years = tuple(str(year) for year in range(first, last + 1)) if last - first <= 30 else ()
        return [("year", years, start, end)] if years else []
    if name == "year_month":
        return [("year", (match[1],), start, start + 4), ("month", (f"{int(match[3]):02d}",), start + 5, end)]
    if name in ("months", "run", "month"):
        months = _months(name, match)
        return [("month", months, start, end)] if months else []
    return [("year", (_year(name, match[1], today),), start, end)]


def _year(name: str, text: str, today: date) -> str:
    digits = "".join(str(max(0, _DIGITS.index(digit) - 2)) if digit in _DIGITS else digit for digit in text)
    if name == "short_chinese_year":
        return "202" + digits
    if name == "short_year":  # 95年 is 1995, 21年 is 2021
        return ("20" if int(digits) <= today.year % 100 + 5 else "19") + digits
    return digits


def _months(name: str, match: re.Match[str]) -> tuple[str, ...]:
    if name == "month":
        months = {_number(match[1])}
    elif name == "run":  # 七八月; 三五月 is no run
        numbers = [_number(digit) for digit in match[1]]
        months = set(numbers) if all(b - a == 1 for a, b in pairwise(numbers)) else set()
    else:
        first, last = _number(match[1]), _number(match[3])
        steps = (last - first) % 12 + 1
        between = {(first - 1 + step) % 12 + 1 for step in range(steps)}
        months = {first, last} if match[2] in "、和及与或" else between
    return tuple(f"{month:02d}" for month in sorted(months))


def _number(text: str) -> int:
    if text[0] in "0123456789":
        return int(text)
    return 10 + (_DIGITS.index(text[1]) - 2 if len(text) > 1 else 0) if text[0] == "十" else _DIGITS.index(text) - 2
