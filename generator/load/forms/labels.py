"""The words before answers: a label as people write it in, the field it means out.

One table: the labels and aliases of FIELDS and of their parts, and ``content/vocabulary/labels.yml``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from generator.load.forms.headwords import by_last_word
from generator.load.forms.marks import has_boxes
from generator.load.forms.numbered import number_end
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.reader import Known
from generator.model.values import Group, Many
from generator.model.vocabulary import Vocabulary

LISTS = ("fillers", "sums", "titles", "sections", "captions", "instructions")  # words of forms that are no labels
GROUPS = ("contact", "period", "capacity", "team", "safety")
MOST_LABEL = 24  # characters of a label without hints and spaces

Keys = tuple[str, ...]

_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．,，：:]|[（(][一二三四五六七八九十\d]{1,3}[）)][、.．]?|\d{1,2}(?:\.\d{1,2})+[、.．]?|\d{1,2}[、.．)）]|[①-⑳⑴-⒇⒈-⒛]|[*＊★※▲●◆■▪•·])+"
)
_COUNT = re.compile(r"^(?:[Qq问]\d{1,2}[.、:：]?|\d{1,2}\s+(?=[\u4e00-\u9fff]))\s*")
_BRACKETS = re.compile(r"[（(\[【〔<《][^（()）\[\]【】〔〕<>《》]{0,80}[）)\]】〕>》]")
_WHOLE = re.compile(r"[\[【〔<《]([^\[\]【】〔〕<>《》]{1,20})[\]】〕>》]")
_TAIL = re.compile(r"[：:*＊?？！!呢]+$")
_LATIN = re.compile(r"(?<=[\u4e00-\u9fff])[/|]?[a-z][a-z .'-]*$")
_COUNTED = re.compile(r"(活动|项目)(?:[一二三四五六七八九十]|\d{1,2})(?=.)")  # 活动一名称
_JOINTS = re.compile(r"[、/／|｜+＋&]|以及|和|及其|及|与|或")
_HINT = re.compile(
    r"字以内|不超过|不少于|请|如[：:“]|例如|例[：:]|可多选|多选|单选|必填|选填|限\d|填写|注[：:]|写明|包括|没有|按照|[（(]"
)
_APART = re.compile(
    r"[\u4e00-\u9fff]{2}(?: {2,}|[\t\u3000]+ *)[\u4e00-\u9fff]{2}"
)  # 办公室    电话: an answer, then a label
_OF_FORM = re.compile("推荐|申报|申请|备案|登记|提交|填|报")  # 推荐日期 is no day of the activity
_ABOUT_TICKS = re.compile(r"[（(][^（()）]*[\u4e00-\u9fff]{2}[^（()）]*[）)]")  # 活动类别（请在选项前打√）
_GAP = re.compile(r"\S(?:[\t\u3000]| {2,})[ \u3000]*$")
_BEHIND = {"contact", "contact.office", "contact.phone", "contact.email", "person", "filed"}  # 测试学会　　电话：010-…
_TOLD_OF = ("说明", "情况", "安排", "要求")  # 讲题说明 asks for no name
_BESIDE = (
    {"period", "regions"},
    {"contact.office", "contact.phone", "contact.email"},
    {"forms", "content"},
    {"audiences", "capacity"},
)  # asked together
_EDGE = " \t\u3000\u00a0；;，,。）)】]|｜"


@dataclass(frozen=True, slots=True)
class Labels:
    """``words``: normalised spelling -> key; ``parts``: the same within a group; ``lists``: fillers, sums, titles, sections."""

    words: dict[str, str]
    parts: dict[str, dict[str, str]]
    lists: dict[str, frozenset[str]]
    answers: dict[str, str]  # labels that are answers themselves, wherever no colon follows: 线上线下
    said: tuple[Vocabulary, ...] = ()  # whose terms are answers, however like a label they look: 专业志愿服务

    @classmethod
    def of(cls, known: Known) -> Labels:
        """Gather the table once."""
        words: dict[str, str] = {}
        parts: dict[str, dict[str, str]] = {}
        lists: dict[str, frozenset[str]] = {}
        for term in known.vocabularies["labels"]:
            spellings = {plain(word) for word in (term.name, *term.aliases)}
            if term.id in LISTS:
                lists[term.id] = frozenset(spellings)
            else:
                words |= {spelling: term.id for spelling in spellings if spelling not in words}
                if "." in term.id:
                    parts.setdefault(term.id.split(".")[0], {}).update(dict.fromkeys(spellings, term.id))
        for line in fields_of(Activity):
            for spelling in (line.label, *line.aliases):
                words.setdefault(plain(spelling), line.key)
            inner = line.value.one if isinstance(line.value, Many) else line.value
            if isinstance(inner, Group) and line.key in GROUPS:
                for part in fields_of(inner.cls):
                    for spelling in (part.label, *part.aliases):
                        parts.setdefault(line.key, {}).setdefault(plain(spelling), f"{line.key}.{part.key}")
        said = tuple(known.vocabularies[name] for name in ("kinds", "fields", "audiences", "forms", "modes"))
        also = [
            one for one, key in words.items() if key != "private" and any(vocabulary.find(one) for vocabulary in said)
        ]
        answers = {one: words.pop(one) for one in also}
        parts["contact"] |= {"姓名": "person", "人员": "person"}
        parts["period"] = {**dict.fromkeys(("起", "始", "自", "起始"), "period.start"), **parts["period"]}
        parts["period"] = {**dict.fromkeys(("止", "终", "至", "截止"), "period.end"), **parts["period"]}
        parts["capacity"] |= dict.fromkeys(("场次", "场数", "次数", "期数"), "capacity.sessions")
        parts["regions"] = {
            plain(term): "regions.wider"
            for term in ("省", "省份", "省（区、市）", "省区市", "市", "地市", "市州", "设区市", "地级市")
        }
        parts["team"]["人数"] = "capacity.volunteers"
        parts["society"] = {"名称": "society", "全称": "society"}
        return cls(words, parts, lists, answers, said)

    def read(self, text: str, parent: Keys = ()) -> Keys:
        """The keys a whole text means as a label, none where it is none; ``parent``: of the label it stands under."""
        if _cannot_be(text):
            return ()
        head = plain(text)
        for spelling in (head, plain(text.partition("\n")[0])) if "\n" in text else (head,):
            rest = text.partition("\n")[2]
            if spelling and len(spelling) <= MOST_LABEL and (spelling is head or _HINT.search(rest)):
                found = self._parse(spelling, parent)
                if found:
                    return self._part_in_brackets(text, found)
        return ()

    def spelled(self, text: str) -> str:
        """A text as it is compared, were it a label; nothing where it cannot be one."""
        first, _, rest = text.strip().partition("\n")
        return "" if _cannot_be(text) else plain(first if rest and _HINT.search(rest) else text)

    def _part_in_brackets(self, text: str, keys: Keys) -> Keys:
        """The part of a group that brackets behind its label ask for: 开展月份（止）."""
        inside = [plain(match.group()[1:-1]) for match in _BRACKETS.finditer(unicodedata.normalize("NFKC", text))]
        parts = self.parts.get(keys[0], {}) if len(keys) == 1 else {}
        return next(((parts[one],) for one in inside if one in parts), keys)

    def _parse(self, spelling: str, parent: Keys) -> Keys:
        for key in parent:
            for group in {key, key.split(".")[0]}:
                found = self.parts.get(group, {}).get(spelling)
                if found:
                    return (found,)
        single = self._single(spelling)
        if single:
            return (single,)
        counted = _COUNTED.match(spelling)
        bare = _LATIN.sub("", spelling)
        if counted:
            rest = spelling[counted.end() :]
            bare = rest if rest in self.words else counted[1] + rest
        return self._parse(bare, parent) if bare != spelling else self._several(spelling)

    def _several(self, spelling: str) -> Keys:
        """Labels joined to one, 活动时间、地点 or 时间地点; else what the last word of an unknown one asks for."""
        for at in range(2, len(spelling) - 1):
            halves = (self.words.get(spelling[:at], ""), self.words.get(spelling[at:], ""))
            if halves[0] != halves[1] and any(set(halves) <= pair for pair in _BESIDE):
                return halves
            first = self._single(spelling[:at])
            if first and first == halves[1]:  # 所属学科领域
                return (first,)
        pieces = [piece for piece in _JOINTS.split(spelling) if piece]
        keys = [self._single(piece) or (by_last_word(piece) if len(pieces) > 1 else "") for piece in pieces]
        if len(pieces) < 2 or not any(keys):
            key = "" if self.is_answer(spelling) else by_last_word(spelling)
            return (key,) if key else ()
        if any(not key and not self._is_filler(piece) for key, piece in zip(keys, pieces, strict=True)):
            return ()
        return tuple(dict.fromkeys(key for key in keys if key))

    def _single(self, spelling: str) -> str:
        """The key of one label; known words that say nothing may stand round it."""
        if spelling in self.words:
            return self.words[spelling]
        if self.is_answer(spelling):
            return ""
        if spelling.startswith("填写") and spelling in self.lists["captions"]:
            return ""
        best = ""
        for start in range(len(spelling)):
            for end in range(len(spelling), start + 1, -1):
                core = spelling[start:end]
                longer = core in self.words and core not in self.lists["fillers"] and len(core) > max(len(best), 1)
                if longer and self._is_filler(spelling[:start]) and self._is_filler(spelling[end:]):
                    best = core
        key = self.words.get(best, "") or self._of_person(spelling)
        if key == "title" and spelling.endswith(_TOLD_OF) and not best.endswith(_TOLD_OF):
            return ""
        return "filed" if key == "period" and _OF_FORM.match(spelling) else key

    def is_answer(self, spelling: str) -> bool:
        """热线 is a form of service, whatever it ends with."""
        return any(vocabulary.find(spelling) for vocabulary in self.said)

    def _of_person(self, spelling: str) -> str:
        """联系人办公电话, 负责人所在部门: what is asked about a person; 主讲人单位 is not who files the form."""
        for end in range(len(spelling) - 1, 2, -1):
            if self.words.get(spelling[:end]) == "person":
                key = self._single(spelling[end:].removeprefix("的"))
                return key if key.startswith(("contact", "private", "safety.q")) else "none" if key else ""
        return ""

    def _is_filler(self, text: str) -> bool:
        if not text:
            return True
        fillers = self.lists["fillers"]
        return any(text.startswith(word) and self._is_filler(text[len(word) :]) for word in fillers)

    def inline(self, text: str) -> list[tuple[int, int, Keys]]:
        """The labels with a colon in a line: (start, end behind the colon, keys). The first stands at the beginning of the line."""
        found: list[tuple[int, int, Keys]] = []
        floor = 0
        for match in re.finditer("[：:]", text):
            if match.group() == ":" and _is_time_or_address(text, match.start()):
                continue
            spot = self._before(text, floor, match.start(), not found)
            if spot is not None:
                found.append((spot[0], match.end(), spot[1]))
                floor = match.end()
        return found

    def _before(self, text: str, floor: int, end: int, is_first: bool) -> tuple[int, Keys] | None:
        """The longest label that ends at ``end``."""
        starts = [floor] + [at + 1 for at in range(floor, end) if text[at] in _EDGE]
        for start in starts:
            if is_first and start and not _GAP.search(text[:start]):
                continue
            keys = self.read(text[start:end]) if end - start <= 60 and not _APART.search(text[start:end]) else ()
            keys = keys or tuple(filter(None, [self.answers.get(plain(text[start:end]), "")]))
            if keys and (not is_first or not start or set(keys) <= _BEHIND):
                return start + len(text[start:end]) - len(text[start:end].lstrip(" \t\u3000\u00a0")), keys
        if is_first:
            return None
        for length in range(min(end - floor, 8), 1, -1):  # 张三电话：010-…
            key = self.words.get(text[end - length : end])
            if key:
                return end - length, (key,)
        return None

    def leading(self, text: str) -> tuple[int, Keys] | None:
        """A label that stands at the head of a line without a colon: in brackets, or set apart by a tab or wide space."""
        match = re.match(r"\s*[【\[〔]([^】\]〕]{2,20})[】\]〕]\s*[：:]?", text)
        if match and (keys := self.read(match[1])):
            return match.end(), keys
        match = re.match(r"([^\t：:]{2,24}?)(?:\t+|[ \u3000\u00a0]{2,})(?=\S)", text)
        if match and (keys := self.read(match[1])):
            return match.end(), keys
        return None

    def is_title(self, text: str) -> bool:
        """Whether a line is the heading of a form: 全国学会科技志愿品牌活动信息表, 附件1."""
        word = plain(text)
        return bool(re.fullmatch(r"附[件表录]?\d{0,2}.{0,60}", word) and len(word) < 4) or (
            len(word) <= 60 and word.endswith(tuple(self.lists["titles"])) and "。" not in text and "：" not in text
        )

    def is_section(self, text: str) -> bool:
        """Whether it only heads a part of a form."""
        return plain(text) in self.lists["sections"]

    def kind_in(self, text: str) -> tuple[int, int] | None:
        """Where the kind of service stands that a heading consists of, but for its number and a count: 一、技术服务类（2项）."""
        kinds, *_ = self.said
        if self.is_title(text):  # 测试学会科普类活动清单
            named = [term.name for term in kinds if term.name.endswith("类") and term.name in text]
            at = text.index(named[0]) if len(named) == 1 else 0
            return (at, at + len(named[0])) if len(named) == 1 else None
        start = number_end(text)
        end = start + len(re.sub(r"[（(：:].*$|[共\d一二三四五六七八九十]+[项个]$", "", text[start:].rstrip()).rstrip())
        return (start, end) if kinds.find(text[start:end].strip()) else None

    def is_sum(self, text: str) -> bool:
        """Whether a row adds up others: 合计, 合计：2项."""
        return re.sub(r"[：:（(]?\d+(?:项|个|场|次|人|条)?[)）]?$", "", plain(text)) in self.lists["sums"]


@cache
def plain(text: str) -> str:
    """A label as it is compared: no spaces, numbering, stars, colons, hints in brackets; half width."""
    folded = _COUNT.sub("", unicodedata.normalize("NFKC", text).strip())
    folded = "".join(folded.split()).strip("_-—·.")
    folded = _NUMBER.sub("", folded)
    whole = _WHOLE.fullmatch(folded)
    if whole:
        folded = whole[1]
    folded = _TAIL.sub("", folded)
    bare = _TAIL.sub("", _BRACKETS.sub("", folded)).strip("*＊")
    return (bare or folded).casefold()


def _cannot_be(text: str) -> bool:
    """Whether a text is too long for a label, or holds boxes to tick."""
    return not text.strip() or len(text) > 200 or has_boxes(_ABOUT_TICKS.sub("", text))


def _is_time_or_address(text: str, at: int) -> bool:
    return (at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit()) or text[at + 1 : at + 3] == "//"
