"""The signs people tick with, in symbol fonts and as characters, in; plain ☑ and □ out; and which options of a text are ticked."""

from __future__ import annotations

import re
from itertools import pairwise

_WINGDINGS = {
    0xFE: "☑", 0xFD: "☒", 0xFC: "√", 0xA8: "□", 0x6F: "□", 0x71: "□", 0x72: "□", 0x70: "□", 0xA1: "○", 0x6E: "■", 0x6C: "●",
    0x78: "☒", 0xFB: "×",
}  # fmt: skip
_WINGDINGS_2 = {
    0x52: "☑",
    0xA3: "□",
    0x50: "√",
    0x53: "☒",
    0x54: "☒",
    0x51: "☒",
    0x4F: "×",
    0x30: "□",
    0x2A: "□",
    0xA2: "■",
}
_SYMBOL_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}

TICKED = "☑☒√✓✔■●▣◉🗹☻⊠"
EMPTY = "□☐○◯▢❑❏⬜⬚◻"
_BRACKETS = re.compile(r"[（(\[【〔]\s*([√✓✔☑■●xX×✗vV]?)\s*[）)\]】〕]")
_BOXES = re.compile(
    f"(?<![〇零一二三四五六七八九○])[{TICKED}{EMPTY}](?![〇零一二三四五六七八九○]*年)"
)  # 二○二六年 holds no box

_LISTED = re.compile(
    r"\s+(?:\d{1,2}[.．、)）]|[①-⑳]|[（(]\d{1,2}[)）])?|^(?:\d{1,2}[.．、)）]|[①-⑳]|[（(]\d{1,2}[)）])"
)


def box(font: str, code: str) -> str:
    """The character of a symbol (w:sym): its font and hexadecimal code."""
    try:
        number = int(code, 16) & 0xFF
    except ValueError:
        return ""
    return _SYMBOL_FONTS.get(font.casefold(), {}).get(number, "")


def pictogram(text: str, font: str) -> str:
    """The text of a run; letters set in a symbol font are the signs they show."""
    signs = _SYMBOL_FONTS.get(font.casefold())
    if signs is None:
        return text
    return "".join(signs.get(ord(character) & 0xFF, character) for character in text)


def has_boxes(text: str) -> bool:
    """Whether options are ticked or left empty in it."""
    return bool(_BOXES.search(text)) or bool(_BRACKETS.search(text))


def options(text: str) -> list[tuple[int, int, bool]]:
    """The options of a text with boxes: where each stands, and whether it is ticked. The box may stand before or behind."""
    boxes = _boxes(text)
    if not boxes:
        return []
    is_only_ticks = all(ticked for _, _, ticked in boxes) and (len(boxes) > 1 or bool(_LISTED.search(text)))
    front = re.sub(r"^[（(]?\d{1,2}[）).．、]?$", "", text[: boxes[0][0]].strip(" \t\n\u3000、，," + EMPTY))
    behind = bool(front) and not front.endswith(("：", ":"))
    boxes = boxes if behind else _ticked_behind(text, boxes)
    found = []
    for number, (start, end, ticked) in enumerate(boxes):
        if behind:
            first, last = boxes[number - 1][1] if number else 0, start
        else:
            first, last = end, boxes[number + 1][0] if number + 1 < len(boxes) else len(text)
        span = _trimmed(text, first, last)
        if is_only_ticks:  # 1.报告讲座√ 2.培训 3.义诊√: what lies between is an option without a box
            span = _nearest(text, *span, is_last=behind)
        found.append((*span, ticked))
    return [option for option in found if option[0] < option[1]]


def _boxes(text: str) -> list[tuple[int, int, bool]]:
    """Every box, and whether it is ticked; what is typed right behind an empty one is its tick: □（√）讲座."""
    brackets = [(match.start(), match.end(), bool(match.group(1))) for match in _BRACKETS.finditer(text)]
    plain = [
        (match.start(), match.end(), match.group() in TICKED)
        for match in _BOXES.finditer(text)
        if not any(start <= match.start() < end for start, end, _ in brackets)
    ]
    if not plain or not brackets:
        return brackets or plain
    if not any(ticked for _, _, ticked in brackets):
        return plain
    joined: list[tuple[int, int, bool]] = []
    for start, end, ticked in sorted(brackets + plain):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end, ticked or joined[-1][2])
        else:
            joined.append((start, end, ticked))
    return joined


def _ticked_behind(text: str, boxes: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The boxes, where a tick was typed behind an option whose own box stayed empty: □讲座√ □培训."""
    kept: list[tuple[int, int, bool]] = []
    for start, end, ticked in boxes:
        last = kept[-1] if kept else None
        stands_behind = text[start - 1 : start].strip() and (
            not text[end : end + 1].strip() or text[end] in EMPTY + "、，,；;。/"
        )
        if ticked and last and not last[2] and text[last[1] : start].strip() and stands_behind:
            kept[-1] = (last[0], last[1], True)
            kept.append((start, end, False))
        else:
            kept.append((start, end, ticked))
    return kept


def _nearest(text: str, start: int, end: int, *, is_last: bool) -> tuple[int, int]:
    """The one option of a stretch that its tick stands at."""
    spots = [start, *(start + match.end() for match in _LISTED.finditer(text[start:end])), end]
    spans = [_trimmed(text, first, last) for first, last in pairwise(spots)]
    spans = [span for span in spans if span[0] < span[1]] or [(start, start)]
    return spans[-1] if is_last else spans[0]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    edge = " \t\n\u3000\u00a0、，,；;。._＿/|｜"
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end
