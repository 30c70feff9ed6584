"""The paragraphs of a document in, those that head an activity each out: 一、茶农课堂, then 时间：…, 地点：… once more under every one."""

from __future__ import annotations

import re

from generator.load.forms.document import Document, Piece
from generator.load.forms.labels import Keys, Labels
from generator.load.forms.numbered import level_of

TELLING = {"period", "regions", "audiences", "content", "summary"}
LONGEST = 40
LONGEST_NAME = 60
_NAMED = re.compile(
    r"\s*[【\[（(]?(?:品牌)?(?:活动|项目)\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[】\]）)]?\s*[：:、.．\s]\s*(?=\S{4})"
)


def activity_headings(document: Document, labels: Labels) -> set[int]:
    """``id`` of every such paragraph; none where a label names the activities, or where nothing is said twice."""
    found: list[tuple[Piece, set[str]]] = []
    for block in document.blocks:
        if not isinstance(block, Piece):
            continue
        keys = {key for _, _, inline in labels.inline(block.text) for key in inline} | set(labels.read(block.text))
        if "title" in keys:
            return set()
        is_short = len(block.text.strip()) <= LONGEST and "。" not in block.text
        if not keys and level_of(block) == 0 and is_short and not labels.is_section(block.text):
            found.append((block, set()))
        elif found and not found[-1][1] & keys:
            found[-1][1].update(keys)
    told = [(block, keys) for block, keys in found if len(keys & TELLING) > 1]
    common = set.intersection(*(keys for _, keys in told)) if len(told) > 1 else set()
    return {id(block) for block, _ in told} if common & TELLING else set()


def named(text: str, labels: Labels) -> tuple[int, int, list[tuple[int, int, Keys]]] | None:
    """A line that gives an activity's name after its number: where the name stands, and the labels behind it.

    活动一：茶农课堂。时间：2026年9月；地点：…
    """
    head = _NAMED.match(text)
    if head is None:
        return None
    stop = re.search("[。；;，,]", text[head.end() :])
    rest = head.end() + stop.end() if stop else len(text)
    more = [(rest + start, rest + colon, keys) for start, colon, keys in labels.inline(text[rest:])]
    end = rest - 1 if more else head.end() + len(text[head.end() :].rstrip("。；; "))
    return None if end - head.end() > LONGEST_NAME or "。" in text[head.end() : end] else (head.end(), end, more)
