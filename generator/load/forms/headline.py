"""The lines over a form in, the name of its activity out, where no label asks for it: 《茶农课堂》活动方案, 护牙小课堂情况表.

A name is what is left of a line once the society, the year and the words that only say what kind of paper this is are off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.load.forms.answers import Answer
from generator.load.forms.document import KNOWN, LABEL, PRIVATE, VALUE, Piece, Words
from generator.load.forms.labels import Labels
from generator.load.forms.numbered import number_end
from generator.model.reader import Known
from generator.model.vocabulary import fold

MOST_LINE = 60  # characters
LEAST_NAME, MOST_NAME = 4, 40
_QUOTED = re.compile(r"[《“「『]([^《》“”「」『』]{2,40})[》”」』]")
_OF_RULES = re.compile(r"(?:通知|意见|办法|纲要|规划|条例|细则|指南|指引|规定|公告|函|法)$|^关于")
_NO_LINE = re.compile(r"[。？！；：:，,〔〕＿_]|附[件表]|根据|按照|为贯彻|有限公司|第[一二三四五六七八九十\d]+部分")
_YEAR = re.compile(r"^(?:20\d\d|二[〇○零]二[一二三四五六七八九〇])(?:[—\-至到]20\d\d)?年?度?")
_BODY = re.compile(
    r"(?:中国|全国|[\u4e00-\u9fff]{2,8}?[省市县区州盟旗])[\u4e00-\u9fff]{0,16}?(?:学会|协会|研究会|联合会|促进会|科协|科学技术协会)"
)
_PAPER = (
    "方案|计划书?|策划[书案]?|简介|介绍|概况|概述|说明书?|报告书?|情况|总结|安排|详情|申请|申报|推荐|登记|报名|征集|汇总|统计|采集|填报|报送|备案|报备|"
    "需求|对接|材料|信息|案例|菜单|选单|选题|书|表|单|卡"
)
_OWN_PAPER = re.compile("方案|策划")
_OF_PAPER = "实施|工作|活动|项目|基本|品牌|年度|月度|科技|科普|志愿者?|服务|系列|主题|专项|参考|任务|[的之暨]"
_PAPERED = re.compile(
    rf"(?:关于)?(?:开展|举办|申报|推荐|报送|组织|申请)?(.*?)(?:{_PAPER}|{_OF_PAPER})*(?:{_PAPER})(?:[（(].{{1,8}}[)）])?"
)
# Words of papers and programmes: a line made of nothing else names no activity.
_COMMON = re.compile(
    rf"{_PAPER}|{_OF_PAPER}|全国|各级|各省|省级?|市级?|县级?|国家级|学会|协会|科协|科学|技术|队伍?|团队|单位|组织|智惠行动|乡村振兴|"
    r"进基层|下基层|进乡村|基层|行动|工程|资料|必填|内部|一览|明细|清单|样[表本例]|范[例本]|空白|填写|须知|请|附|注|编号|序号|"
    r"第?[一二三四五六七八九十\d]+[期批次季度号届]?|[年月日度]|上半年|下半年|[A-Za-z\d\s\W]"
)


def name_in(lines: list[Piece], known: Known, labels: Labels, *, only_paper: bool = False) -> Words | None:
    """The one name the lines give, the surest sort first; ``only_paper``: only that of the activity's own paper counts."""
    found: dict[int, dict[str, Words]] = {}
    for piece in lines:
        for rank, start, end in _names(piece, known, labels):
            found.setdefault(rank, {}).setdefault(piece.text[start:end], Words([(piece, start, end)]))
    for rank in sorted(found)[: 1 if found else 0]:
        told = next(iter(found[rank].values()))
        if len(found[rank]) == 1 and not (only_paper and not _OWN_PAPER.search(told.parts[0][0].text)):
            return told
    return None


def _names(piece: Piece, known: Known, labels: Labels) -> Iterator[tuple[int, int, int]]:
    """The names a line may give: (0 in quotes, 1 before words of papers, 2 alone; start, end)."""
    text = piece.text.rstrip()
    if not text.strip() or len(text) > MOST_LINE or {LABEL, VALUE, PRIVATE} & set(piece.fates):
        return
    quoted = [match for match in _QUOTED.finditer(text) if not _OF_RULES.search(match[1])]
    if quoted:
        if not re.search("[。？！；：:]", text) and len(quoted) == 1 and _is_name(quoted[0][1], known, labels):
            yield 0, *quoted[0].span(1)
        return
    start = number_end(text)
    start += len(text[start:]) - len(text[start:].lstrip(" \t\u3000“”（("))
    if year := _YEAR.match(text[start:]):
        start += year.end()
    start += _body_end(text[start:], known)
    if year := _YEAR.match(text[start:]):
        start += year.end()
    rest = text[start:]
    if _NO_LINE.search(rest):
        return
    paper = _PAPERED.fullmatch(rest)
    if paper and _is_name(paper[1], known, labels):
        yield 1, start + paper.start(1), start + paper.end(1)
    elif not paper and start < len(text) and _is_name(rest, known, labels):
        yield 2, start, len(text)


def _body_end(text: str, known: Known) -> int:
    """Where the name of a body ends that a line begins with."""
    registered = (end for end in range(len(text), LEAST_NAME - 1, -1) if fold(text[:end]) in known.societies)
    body = _BODY.match(text)
    return next(registered, body.end() if body else 0)


def _is_name(text: str, known: Known, labels: Labels) -> bool:
    """Whether it says something of its own, and nothing a form says anyway."""
    left = _COMMON.sub("", text)
    return (
        LEAST_NAME <= len(text.strip()) <= MOST_NAME
        and len(left) > 1
        and not labels.read(text)
        and not labels.is_section(text)
        and fold(text) not in known.societies
        and not known.places.find(text)
        and not any(vocabulary.find(text) for name, vocabulary in known.vocabularies.items() if name != "labels")
    )


_TOLD = ("content", "summary", "description")
_SPLITS = (
    re.compile(r"\s*(?:(?:活动|项目|品牌)?名称\s*[：:]\s*)?[《“]?(?P<name>[^\n。]{2,40}?)[》”]?\s*\n\s*(?:(?:活动|项目|内容)?(?:简介|内容|介绍)\s*[：:]\s*)?"),
    re.compile(r"\s*[《“](?P<name>[^《》“”]{2,40})[》”]\s*[：:—，,。-]*\s*"),
    re.compile(r"\s*(?P<name>[^\n：:。；，,—（(]{2,30})\s*(?:[：:]|—+|-{2,})\s*"),
    re.compile(r"\s*(?P<name>[^\n：:。；，,—（(]{4,30})(?:[。；]\s*|(?=[（(][^（()）]{10,}[)）]\s*$)|\s{2,})"),
    re.compile(r"\s*(?P<name>[^\n。；，,]{2,30})\s*$"),
)  # fmt: skip


def name_apart(answer: Answer) -> list[Answer]:
    """One cell for 名称及简介 as two answers: a line, a title in 《》 or what stands before a colon is the name."""
    others = [key for key in answer.keys if key in _TOLD]
    if len(answer.keys) != 2 or "title" not in answer.keys or not others or not answer.words:
        return [answer]
    told = (others[0],)
    match = next((match for split in _SPLITS if (match := split.match(answer.words.text))), None)
    if match is None:
        return [Answer(told, answer.label, answer.words)]
    answer.words.claim(0, match.end(), KNOWN)
    rest = answer.words.sub(match.end(), len(answer.words.text))
    return [Answer(("title",), answer.label, answer.words.sub(*match.span("name"))), Answer(told, answer.label, rest)]
