"""Words of vocabularies, places and bodies, as people write them in; ids out. What is not certain stays unclaimed, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.document import KNOWN, LABEL, PRIVATE, VALUE, Words
from generator.load.forms.marks import has_boxes, options
from generator.model.places import NATIONAL
from generator.model.privacy import private_spans
from generator.model.problem import shown
from generator.model.reader import Known
from generator.model.vocabulary import Vocabulary, fold, nearest

_SPLIT = re.compile(
    r"[、，,；;\n\t/／|｜＋+。]|[①-⑳]\s*|\s{2,}|\u3000+|(?:^|(?<=[\s、，,；;]))(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[)）]|[-•·●▪◆])\s*"
)
_WEAK = re.compile(r"以及|及其|[和与及或跟]|\s+")
_BEFORE = re.compile(
    r"^(?:面向|针对|服务于?|主要(?:面向|为|是|包括)?|重点(?:面向|为)?|广大|全校|全县|全村|全镇|基层|当地|本地|农村|乡村|县域|城乡|偏远|山区|贫困地区|农村地区|全体|各类|各级|以|包括|开展|举办|组织|发放|赠送|制作|属于?|为)+"
)
_AFTER = re.compile(
    r"(?:等(?:人群|群体|方面|领域|形式|活动)?|人群|群体|群众|朋友们?|志愿服务|为主|相结合|结合|活动|服务|方面|领域|类)$"
)
_BARE = re.compile(r"[（(【\[].*?[）)】\]]")
_NOTHING = re.compile(r"[\s无没有暂—\-/\\_＿空.。]*|[\s年月日时至到—－~\-_＿]*|不详|待定|另行通知|N/?A", re.IGNORECASE)
_REGION_TAIL = re.compile(
    r"(?:各地|各县|各市|各[市地州]?县[（(]?[市区、]*[)）]?|范围内?|全境|境内|内|地区|等(?:地|省|省份|省区|省市)?|农村|乡村|基层|的?县城?|辖区|及周边)+$"
)
_WHOLE = re.compile(r"^(?:全省|本省|省内|我省|全区|全市|本市|全省各地|省域)(?:范围内?|各地|各[市县].*)?$")


def is_nothing(text: str) -> bool:
    """Whether an answer only says that there is none."""
    return bool(_NOTHING.fullmatch(text.strip()))


def is_blank(text: str) -> bool:
    """Whether it only waits for a stamp and a date."""
    return is_nothing(_STAMP.sub("", text))


def pieces(words: Words, pattern: re.Pattern[str] = _SPLIT) -> Iterator[Words]:
    """The words between separators, each with its place; brackets are not taken apart."""
    text = words.text
    closed = _BARE.sub(lambda match: "\x00" * len(match.group()), text) if pattern is _SPLIT else text
    at = 0
    for match in [*pattern.finditer(closed), None]:
        end = match.start() if match else len(text)
        part = text[at:end]
        start = at + len(part) - len(part.lstrip(" \u3000\u00a0_＿"))
        stop = at + len(part.rstrip(" \u3000\u00a0_＿"))
        if start < stop:
            yield words.sub(start, stop)
        if match:
            words.claim(match.start(), match.end(), KNOWN)
            at = match.end()


def chosen(words: Words) -> tuple[list[Words], bool]:
    """The options that are ticked, where boxes stand in the words; whether there are boxes at all."""
    text = words.text
    if not has_boxes(text):
        return [words], False
    found = options(text)
    if not any(ticked for _, _, ticked in found):
        words.claim_all(LABEL)
        return [], True
    first = min(start for start, _, _ in found)
    if first > 0:
        words.claim(0, first, KNOWN)
    picked = []
    for start, end, ticked in found:
        if ticked:
            picked.append(words.sub(start, end))
        else:
            words.claim(start, end, LABEL)
    return picked, True


def terms(words: Words, vocabulary: Vocabulary, label: str) -> list[str]:
    """The ids of the terms named, in order, each once."""
    found: list[str] = []
    picked, _ = chosen(words)
    for option in picked:
        for part in (
            [option] if "\n" not in option.text.strip() and vocabulary.find(option.text.strip()) else pieces(option)
        ):
            for id in _terms_in(part, vocabulary, label):
                if id not in found:
                    found.append(id)
    return found


def _terms_in(part: Words, vocabulary: Vocabulary, label: str) -> Iterator[str]:
    id = find_term(part.text, vocabulary)
    if id:
        part.claim_all()
        yield id
        return
    bare = _BARE.sub("", part.text)
    if bare != part.text and (id := find_term(bare, vocabulary)):
        start = part.text.index(bare[0]) if bare else 0
        part.claim(start, start + len(bare)) if part.text.startswith(bare, start) else part.claim_all()
        inner = part.text[start + len(bare) :].strip("（()）[]【】 ")
        if all(find_term(word, vocabulary) == id for word in _SPLIT.split(inner) if word and word.strip()):
            part.claim_all()
        yield id
        return
    halves = list(pieces(part, _WEAK))
    ids = [find_term(half.text, vocabulary) for half in halves]
    if len(halves) > 1 and any(ids):
        for half, id in zip(halves, ids, strict=True):
            if id:
                half.claim_all()
                yield id
            else:
                half.doubt(f"“{label}”的词表里没有这个词")
        return
    near = vocabulary.nearest(part.text)
    part.doubt(f"“{label}”的词表里没有这个词" + (f"，最接近的是“{near}”" if near else ""))


def find_term(text: str, vocabulary: Vocabulary) -> str | None:
    """A term by its name or alias; words that only colour it are left off."""
    word = text.strip(" \t\n\u3000。.；;，,“”\"'：:")
    id = vocabulary.find(word)
    if id or len(word) > 24:
        return id
    return _shortened(word, vocabulary) or _shortened(_BEFORE.sub("", word), vocabulary)


def _shortened(word: str, vocabulary: Vocabulary) -> str | None:
    """The term that is left when one ending after another is taken off."""
    while word:
        if id := vocabulary.find(word):
            return id
        shorter = _AFTER.sub("", word)
        if shorter == word:
            break
        word = shorter
    return None


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
    text = part.text.strip("。.：: ")
    code, length = _longest_place(text, known, home, front)
    if code:
        part.claim(0, len(part.text) if length >= len(text) else part.text.index(text[0]) + length)
        if length < len(text):
            part.doubt("只取到县（市、区）一级", part.text.index(text[0]) + length)
        yield code
        return
    halves = list(pieces(part, _WEAK))
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
    bare = _BARE.sub("", text.removeprefix("面向").removeprefix("中国")).strip()
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
    for end in range(len(text) - 1, 3, -1):
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


_STAMP = re.compile(r"[（(]\s*(?:盖章|公章|章|签章|单位公章|加盖公章)\s*[)）]|[（(]\s*[)）]")
_PART = re.compile(
    r"(?:科普部|科普工作?委员会|秘书处|办公室|科普部（普委会）|普委会|科普中心|普及部|科普处|组织部|学会部|综合部)$"
)


def society(words: Words, known: Known) -> str:
    """The id of the registered society that is named, by full, short or old name."""
    text = words.text
    bare = _STAMP.sub("", text).strip(" \t\n\u3000_＿：:。")
    if not bare:
        words.claim_all(KNOWN)
        return ""
    for word in (bare, _PART.sub("", bare), re.sub(r"[（(].*?[)）]", "", bare)):
        id = known.societies.get(fold(word))
        if id:
            words.claim_all()
            return id
    found = {known.societies.get(fold(part.text), "") for part in pieces(words)}
    if len(found - {""}) == 1 and "" not in found:
        words.claim_all()
        return found.pop()
    near = nearest(bare, known.society_names.values())
    words.doubt("没有登记过这个学会" + (f"，最接近的是“{near}”" if near else ""))
    return ""


def bodies(words: Words, known: Known) -> list[str]:
    """Partners: registered ones by their full name, others as written."""
    text = words.text
    pattern = (
        re.compile("\n")
        if "\n" in text.strip()
        else re.compile("[；;]")
        if re.search("[；;]", text)
        else re.compile("[、，,]|\\s{2,}|\u3000+")
    )
    found = []
    for part in pieces(words, pattern):
        name = re.sub(r"^(?:[（(]?\d{1,2}[)）]?[.．、)）]|[①-⑳]|[-•·])\s*", "", part.text).strip("；;。 ")
        if is_nothing(name) or len(name) < 2 or len(name) > 60:
            continue
        part.claim_all()
        name = known.society_names.get(known.societies.get(fold(name), ""), name)
        if name not in found:
            found.append(name)
    return found


def without_private(words: Words) -> str:
    """The text with what must not be published cut out."""
    text = words.text
    kept, at = "", 0
    for start, end, kind in private_spans(text):
        if start < at:
            continue
        kept += text[at:start]
        words.claim(start, end, PRIVATE)
        words.doubt(kind, start, end)
        at = end
    return kept + text[at:]


def claim_text(words: Words) -> None:
    """Claim a text that was taken whole; what is private in it stays private."""
    words.claim_all(VALUE)
