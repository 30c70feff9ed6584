"""The signs people tick with, in symbol fonts and as characters, in; plain ☑ and □ out; and which options of a text are ticked."""

from __future__ import annotations

import re

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
    boxes = [(match.start(), match.end(), bool(match.group(1))) for match in _BRACKETS.finditer(text)]
    if not any(ticked for _, _, ticked in boxes) and (plain := list(_BOXES.finditer(text))):
        boxes = [(match.start(), match.end(), match.group() in TICKED) for match in plain]
    if not boxes:
        return []
    front = text[: boxes[0][0]].strip(" \t\n\u3000、，,")
    behind = bool(front) and not front.endswith(("：", ":"))
    found = []
    for number, (start, end, ticked) in enumerate(boxes):
        if behind:
            first, last = boxes[number - 1][1] if number else 0, start
        else:
            first, last = end, boxes[number + 1][0] if number + 1 < len(boxes) else len(text)
        found.append((*_trimmed(text, first, last), ticked))
    return [option for option in found if option[0] < option[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    edge = " \t\n\u3000\u00a0、，,；;。._＿/|｜"
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end
