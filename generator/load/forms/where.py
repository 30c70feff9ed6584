"""Places as people write them in, codes of regions and counties out; only what cannot be two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.document import KNOWN, Words
from generator.load.forms.terms import BARE, WEAK, chosen, pieces
from generator.model.places import NATIONAL
from generator.model.problem import shown
from generator.model.reader import Known

_REGION_TAIL = re.compile(
    r"(?:各地|各县|各市|各[市地州]?县[（(]?[市区、]*[)）]?|范围内?|全境|境内|内|地区|等?[两二三四五六七八九十\d]{1,3}个?(?:省区?市?|省份|市县|县[市区]?|区县)|等(?:地|省|省份|省区|省市)?|农村|乡村|基层|的?县城?|辖区|及周边)+$"
)
_WHOLE = re.compile(r"^(?:全省|本省|省内|我省|全区|全市|本市|全省各地|省域)(?:范围内?|各地|各[市县].*)?$")


def places(words: Words, known: Known, home: str) -> list[str]:
    """Codes of the places named; ``home``: the region 全省 means, and which of two counties of one name is near."""
    found: list[str] = []
    front = ""  # the province that stood before: 山西省阳曲县、清徐县
    picked, _ = chosen(words)
    for option in picked:
        for part in pieces(option):
            for code in _place(part, known, home, front):
                front = known.places.region_of(code)
                if code not in found:
                    found.append(code)
    return found


def _place(part: Words, known: Known, home: str, front: str) -> Iterator[str]:
    named, colon, rest = part.text.partition("：")
    if colon and rest.strip() and not known.places.find(named.strip()):  # 指定省份：河南省
        part.claim(0, len(named) + 1, KNOWN)
        part = part.sub(len(named) + 1, len(part.text))
    text = part.text.strip("。.：: ")
    code, length = _longest_place(text, known, home, front)
    if code:
        part.claim(0, len(part.text) if length >= len(text) else part.text.index(text[0]) + length)
        if length < len(text):
            part.doubt("只取到县（市、区）一级", part.text.index(text[0]) + length)
        yield code
        return
    halves = list(pieces(part, WEAK))
    if len(halves) > 1:
        codes = [_longest_place(half.text, known, home, front) for half in halves]
        if all(code for code, _ in codes):
            part.claim_all()
            yield from (code for code, _ in codes)
            return
    several = known.places.find(text)
    if len(several) > 1:
        part.doubt(f"“{shown(text)}”不止一处：{'、'.join(known.places.full_names(several))}，请写明是哪一处")
    elif text.endswith("市") and any(county.city == text for county in known.places.counties.values()):
        part.doubt("本站的地区只到省和县（市、区），请写省名或县名")
    else:
        part.doubt("没有认出这个地方")


def _longest_place(text: str, known: Known, home: str, front: str) -> tuple[str, int]:
    """The place a text begins with, and how much of it; only what cannot be two places."""
    if _WHOLE.match(text):
        return (home, len(text)) if home else ("", 0)
    bare = BARE.sub("", text.removeprefix("面向").removeprefix("中国")).strip()
    for word in (bare, _REGION_TAIL.sub("", bare)):
        code = _one_place(word, known, front)
        if code:
            tail = (
                len(text)
                if bare in text and text.endswith(bare)
                else text.index(bare) + len(bare)
                if bare in text
                else 0
            )
            return code, tail
        if word.startswith("全国") and len(word) <= 8:
            return NATIONAL, len(text)
    for end in range(len(text) - 1, 2, -1):
        if text[:end].endswith(("县", "市", "区", "旗")):
            code = _one_place(text[:end], known, front)
            if code in known.places.counties:
                return code, end
    return "", 0


def _one_place(word: str, known: Known, front: str) -> str:
    """The only place a name can mean, in the province that stood before if need be."""
    region = known.places.regions.get(front)
    for spelling in (word, (region.name + word) if region and word else ""):
        codes = known.places.find(spelling) if len(spelling) > 1 else ()
        if len(codes) == 1:
            return codes[0]
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}[县旗]", word):  # 景宁县 for 景宁畲族自治县
        counties = known.places.counties.values()
        codes = tuple(
            one.code for one in counties if one.name.startswith(word[:-1]) and one.name.endswith(("自治县", "自治旗"))
        )
        return codes[0] if len(codes) == 1 and not known.places.find(word) else ""
    return ""
