"""Places as people write them in, codes of regions and counties out; only what cannot be two places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.document import KNOWN, Words
from generator.load.forms.terms import BARE, WEAK, chosen, pieces
from generator.model.places import CORPS, NATIONAL
from generator.model.problem import shown
from generator.model.reader import Known

_REGION_TAIL = re.compile(
    r"(?:所辖|下辖)?(?:各地[市州]?|[各全](?:[省设地市州县区旗盟（）()、]{1,6})|范围内?|全境|全域|境内|内|地区|等?(?:[两二三四五六七八九十]{1,3}|\d{1,3})个?(?:省区?市?|省份|地?市州?|设区市|市县|县[市区]?|区县)"
    r"|等(?:地区?|省|省份|省区|省市|县区?|市县)?|农村|乡村|基层|的?县城?|辖区|及周边(?:地区)?)+$"
)
_SPOT = re.compile(
    r"(?:馆|学校|[大中小]学|幼儿园|学院|广场|公园|村|[乡镇]|街道|社区|医院|卫生院|报告厅|礼堂|基地|中心|公司|局|会议室|场|厂|站|所|院|园区?|集市|科协|等地)$"
)
_EXCEPT = re.compile(r"不含|不包括|不包含|除外|除[^夕].*[外]")
_MAINLAND = re.compile(
    r"(全国(?:各地|范围内?)?)[（(，,]?(?:不含|不包括|不包含|除)(?:港澳台|香港、澳门、台湾)(?:地区)?(?:除外|[外])?[)）]?"
)
_GROUPS = {
    "华北": "north",
    "东北": "northeast",
    "华东": "east",
    "华中": "central",
    "华南": "south",
    "西南": "southwest",
    "西北": "northwest",
}
_GROUP = re.compile(
    rf"({'|'.join(_GROUPS)})(?:地区)?((?:[一二两三四五六七]个?(?:自治区|直辖市|省区市|省市|省区|省份?|区|市)(?:[（(][区市、]+[)）])?)+)"
)
_COUNTS = dict(zip("一二两三四五六七", (1, 2, 2, 3, 4, 5, 6, 7), strict=True))
_OTHER_SIGNS = {"云": "530000", "贵": "520000"}  # beside 滇 and 黔, in 云贵川
_WERE_LARGER = ("莱芜市", "淮阴市", "思茅市")  # whose district of that name is only a part
_AROUND = re.compile(r"等?[两二三四五六七]?(?:地区?|省区市|省市区?|省区|省份?|市)?$")
_WHOLE = re.compile(
    r"^(全省|本省|省内|我省|全区|本区|我区|区内|全市|本市|我市|市内|省域|全县|本县|我县|县内|县域|全旗|本旗)(?:各地)?(?:范围内?|各[地市州县区乡镇街道村社、]+.*|(?:\d+|[一二两三四五六七八九十]+)个.{1,6})?$"
)


def places(words: Words, known: Known, home: str, front: str = "") -> list[str]:
    """Codes of the places named; ``home``: the region 全省 means, ``front``: the province that stood before, 山西省阳曲县、清徐县."""
    found: list[str] = []
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
    if _EXCEPT.search(text):
        yield from _with_exception(part, text)
        return
    halves = [] if known.places.find(text) else list(filter(None, WEAK.split(text)))  # 崇义县和大余县, but 和平县
    if len(halves) > 1 and all(
        _longest_place(half, known, home, front)[0] or known.places.region_of_city(half) for half in halves
    ):
        for half in list(pieces(part, WEAK)):
            for code in _place(half, known, home, front):
                front = known.places.region_of(code)
                yield code
        return
    code, length = _longest_place(text, known, home, front)
    if code:
        part.claim(0, len(part.text) if length >= len(text) else part.text.index(text[0]) + length)
        if length < len(text):
            part.doubt("只取到县（市、区）一级", part.text.index(text[0]) + length)
        yield code
        return
    if together := _together(text, known):
        part.claim_all()
        yield from together
        return
    several = known.places.find(text)
    wider = _wider(part, text, known) if len(several) < 2 else ""
    if wider:
        yield wider
    else:
        part.doubt(_why(text, several, known))


def _with_exception(part: Words, text: str) -> Iterator[str]:
    """全国（不含港澳台） is the whole country to whoever fills in forms here; any other exception is asked about."""
    whole = _MAINLAND.fullmatch(text)
    if whole:
        part.claim(0, whole.end(1))
        yield NATIONAL
    part.doubt("写了除外的地方，请写明去哪些地方", whole.end(1) if whole else 0)


def _why(text: str, several: tuple[str, ...], known: Known) -> str:
    """Why a place was not read."""
    if len(several) > 1:
        return f"“{shown(text)}”不止一处：{'、'.join(known.places.full_names(several))}，请写明是哪一处"
    if succeeded := [one.code for one in known.places.counties.values() if _is_renamed(text, one.name)]:
        return f"现在的县（市、区）里没有这个名字，相近的是{'、'.join(known.places.full_names(succeeded[:3]))}"
    return "没有认出这个地方"


def _is_whole(text: str, home: str, known: Known) -> bool:
    """Whether it means all of the place whose society files the form: 全省, of a municipality 全市, of an autonomous region 全区, 全县."""
    whole = _WHOLE.match(text)
    place = known.places.regions.get(home) or known.places.counties.get(home)
    if whole is None or place is None:
        return False
    kind = re.sub("[全本我域内]", "", whole[1])
    return kind == place.name[-1] or (kind == "省" and home in known.places.regions)


def _longest_place(text: str, known: Known, home: str, front: str) -> tuple[str, int]:
    """The place a text begins with, and how much of it; only what cannot be two places."""
    if _WHOLE.match(text):
        return (home, len(text)) if _is_whole(text, home, known) else ("", 0)
    bare = BARE.sub("", text.removeprefix("面向").removeprefix("中国")).strip()
    for word in (bare, "" if known.places.region_of_city(bare) else _REGION_TAIL.sub("", bare)):
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
    return _now_district(word, region.name if region else "", known)


def _now_district(word: str, front: str, known: Known) -> str:
    """The district that was a city of its own before: 南康区 for 南康市, where the name leaves no other."""
    if word[-1:] != "市" or len(word) < 3 or word.endswith(_WERE_LARGER) or known.places.region_of_city(word):
        return ""
    codes = known.places.find(word[:-1]) or known.places.find(front + word[:-1])
    stem = word[:-1] + "区"
    is_it = (
        len(codes) == 1 and codes[0] in known.places.counties and stem.endswith(known.places.counties[codes[0]].name)
    )
    return codes[0] if is_it and (not front or known.places.name(codes[0]).startswith(front)) else ""


def _is_renamed(old: str, new: str) -> bool:
    """Whether a county may have been called so before it became a district or city; which place it is, the list does not say."""
    stem = old[:-1]
    return len(stem) > 1 and old[-1] in "县市区" and stem == new[:-1] and new[-1] in "县市区"


def _together(text: str, known: Known) -> list[str]:
    """Several regions in one word: 京津冀, 云贵川三省, 东北三省, 西北五省区. A group that is not counted may mean more or less."""
    regions = known.places.regions.values()
    counted = _GROUP.fullmatch(text)
    if counted:
        found = [one.id for one in regions if one.group == _GROUPS[counted[1]] and one.id != CORPS]
        return (
            found
            if len(found) == sum(_COUNTS[number] for number in re.findall("[一二两三四五六七]", counted[2]))
            else []
        )
    by_sign = {one.abbr: one.id for one in regions} | {
        sign: id for sign, id in _OTHER_SIGNS.items() if id in known.places.regions
    }
    signs = _AROUND.sub("", text)
    return [by_sign[sign] for sign in signs] if 1 < len(signs) < 7 and set(signs) <= set(by_sign) else []


def _wider(part: Words, text: str, known: Known) -> str:
    """The region of a city, or of a spot in either: the list of places knows regions and counties only, so the rest is told."""
    bare = _REGION_TAIL.sub("", text)
    front = next((one for one in known.places.regions.values() if text.startswith(one.name)), None)
    code = known.places.region_of_city(bare)
    for end in range(len(bare) - 1, 2, -1):
        if not code and bare[:end].endswith(("市", "州", "盟", "地区")) and _SPOT.search(bare[end:]):
            code = known.places.region_of_city(bare[:end])
    if not code and front is not None and _SPOT.search(text.removeprefix(front.name)):
        code = front.id
    if code:
        start = part.text.index(text[0])
        told = start + (len(front.name) if front is not None else 0)
        part.claim(start, told)
        part.doubt(f"本站的地区只到省和县（市、区），只取到{known.places.name(code)}；请写明是哪些县（市、区）", told)
    return code
