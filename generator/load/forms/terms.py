"""Words of vocabularies, as people write them in; ids out. What is not certain stays unclaimed, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.document import KNOWN, LABEL, PRIVATE, VALUE, Words
from generator.load.forms.marks import has_boxes, options
from generator.model.form import HINT
from generator.model.privacy import private_spans
from generator.model.vocabulary import Vocabulary

_SPLIT = re.compile(
    r"[、，,；;\n\t/／|｜＋+。]|[①-⑳]\s*|\s{2,}|\u3000+|(?:^|(?<=[\s、，,；;]))(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[)）]|[-•·●▪◆])\s*"
)
WEAK = re.compile(r"以及|及其|[和与及或跟]|\s+")
_BEFORE = re.compile(
    r"^(?:\d{1,2}\s*(?:[-—–~～至到]\s*\d{1,2})?\s*周?岁(?:以[上下])?的?|线下|面向|针对|服务于?|主要(?:面向|为|是|包括)?|重点(?:面向|为)?|广大|全校|全县|全村|全镇|基层|当地|本地|农村|乡村|县域|城乡|偏远|山区|贫困地区|农村地区|全体|各类|各级|以|包括|开展|举办|组织|发放|赠送|制作|属于?|为)+"
)
_AFTER = re.compile(
    r"(?:等(?:人群|群体|方面|领域|形式|活动)?|人群|群体|群众|朋友们?|志愿服务|为主|相结合|结合|活动|服务|方面|领域|科普|知识|类)$"
)
BARE = re.compile(r"[（(【\[].*?[）)】\]]")
_NOTHING = re.compile(r"[\s无没有暂—\-/\\_＿空.。]*|[\s年月日时至到—－~\-_＿]*|不详|待定|另行通知|N/?A", re.IGNORECASE)

_PLACEHOLDER = re.compile(
    rf"(?:请?(?:单击|点击|双击|轻触)(?:或(?:单击|点击|点按))?(?:此处|这里|以|选择|输入|填写|下拉).{{0,40}}|请?在?此处?(?:填写|输入|键入|录入).{{0,30}}|"
    rf"请?(?:选择|输入|键入)(?:文字|文本|内容|日期|时间|一项|一个|选项|单位|地区|类别|活动)?(?:一项)?[。.…]*|请(?:填写|选择|输入|下拉).{{0,30}}|"
    rf"(?:Click|Tap|Choose|Enter|Select).{{0,60}}|{HINT})",
    re.IGNORECASE,
)
STAMP = re.compile(r"[（(]\s*(?:盖章|公章|章|签章|单位公章|加盖公章)\s*[)）]|[（(]\s*[)）]")
_OTHER = re.compile(
    r"(?:其他|其它|另外)(?:[^：:（(]{0,6})(?:[：:]|[（(]\s*(?:请注明|请说明|注明|说明)?\s*[：:]?|_+)\s*(?=[^\s_）)])"
)

_PHRASE = re.compile(r"[^不非无未停除取和与及或的\W\d]+")


def is_nothing(text: str) -> bool:
    """Whether an answer only says that there is none."""
    return bool(_NOTHING.fullmatch(text.strip()))


def is_placeholder(text: str) -> bool:
    """Whether it is what programs and makers of forms put where nothing is written yet: 单击或点击此处输入文字。"""
    return bool(_PLACEHOLDER.fullmatch(text.strip().strip("[]［］【】（）()<>《》")))


def is_hint(text: str) -> bool:
    """Whether it is all in brackets, or asks to be written over: （活动名称）, 请填写活动名称."""
    return bool(re.fullmatch(r"\s*(?:[（(【\[][^（()）]*[)）】\]]|请(?:填写|输入|在此).*)\s*", text))


def is_blank(text: str) -> bool:
    """Whether it only waits for a stamp and a date."""
    return is_nothing(STAMP.sub("", text))


def pieces(words: Words, pattern: re.Pattern[str] = _SPLIT) -> Iterator[Words]:
    """The words between separators, each with its place; brackets are not taken apart."""
    text = words.text
    closed = BARE.sub(lambda match: "\x00" * len(match.group()), text) if pattern is _SPLIT else text
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
            picked.append(_without_other(words.sub(start, end)))
        else:
            words.claim(start, end, LABEL)
    return picked, True


def _without_other(option: Words) -> Words:
    """What is written behind 其他：, where it was ticked."""
    head = _OTHER.match(option.text)
    if head is None:
        return option
    option.claim(0, head.end(), KNOWN)
    bare = option.text[head.end() :].rstrip("_＿ \u3000")
    closed = bare[:-1] if bare.endswith(("）", ")")) and not set(bare) & set("（(") else bare
    return option.sub(head.end(), head.end() + len(closed.rstrip("_＿ \u3000")))


def yes_or_no(words: Words) -> bool | None:
    """What a question is answered with; None where neither is said, or both."""
    said = {option.text.strip(" \t\n\u3000。") for option in chosen(words)[0]}
    return (
        True
        if said and said <= {"是", "能", "有", "可", "可以"}
        else False
        if said and said <= {"否", "不", "不是", "无", "不能"}
        else None
    )


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
    bare = BARE.sub("", part.text)
    if bare != part.text and (id := find_term(bare, vocabulary)):
        start = part.text.index(bare[0]) if bare else 0
        part.claim(start, start + len(bare)) if part.text.startswith(bare, start) else part.claim_all()
        inner = part.text[start + len(bare) :].strip("（()）[]【】 ")
        if all(find_term(word, vocabulary) == id for word in _SPLIT.split(inner) if word and word.strip()):
            part.claim_all()
        yield id
        return
    if at := _joint_ending(part.text, vocabulary):
        part.claim_all()
        yield vocabulary.find(part.text[at:]) or ""
        return
    halves = list(pieces(part, WEAK))
    ids = [find_term(half.text, vocabulary) for half in halves]
    if len(halves) > 1 and any(ids):
        for half, id in zip(halves, ids, strict=True):
            if id:
                half.claim_all()
                yield id
            else:
                half.doubt(f"“{label}”的词表里没有这个词")
        return
    at = _ending(part.text, vocabulary) if label in ("活动形式", "服务对象") else 0
    if at:
        part.sub(at, len(part.text)).claim_all()
        part.claim(0, at, KNOWN)
        yield vocabulary.find(part.text[at:]) or ""
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
    return _compound(word, vocabulary)


def _ending(text: str, vocabulary: Vocabulary) -> int:
    """Where the term begins that a short phrase ends with: 健康讲座, 敬老院老人; 0 where there is none, or what stands before may change it."""
    if len(text) > 10 or not _PHRASE.fullmatch(text):
        return 0
    return next((at for at in range(1, len(text) - 1) if vocabulary.find(text[at:])), 0)


def _joint_ending(text: str, vocabulary: Vocabulary) -> int:
    """The same, of a term that joins two: 脑卒中患者及家属."""
    starts = (at for at in range(1, len(text) - 2) if _PHRASE.fullmatch(text[:at]) and WEAK.search(text[at:]))
    return next((at for at in starts if len(text) <= 14 and vocabulary.find(text[at:])), 0)


def _compound(word: str, vocabulary: Vocabulary) -> str | None:
    """The one term a word means that is put together from several of its names: 观测体验."""
    ids = {
        first
        for at in range(2, len(word) - 1)
        if (first := vocabulary.find(word[:at])) and first == _shortened(word[at:], vocabulary)
    }
    return ids.pop() if len(ids) == 1 else None


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
