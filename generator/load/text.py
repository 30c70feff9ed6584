"""Bytes in, clean text out: UTF-8 with ``\\n``, and no character that nobody can see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.load import faults
from generator.model.problem import Edit, Place, Problem

MOST_CHARACTERS = 20  # told of one file
WHY = (
    (0x00, 0x1F, "控制字符"),
    (0x7F, 0x9F, "控制字符"),
    (0x200B, 0x200F, "零宽字符"),
    (0x2028, 0x2029, "行分隔符"),
    (0x202A, 0x202E, "改变文字方向的字符"),
    (0x2060, 0x206F, "不可见的格式字符"),
    (0xD800, 0xDFFF, "半个代理字符"),
    (0xFE00, 0xFE0E, "变体选择符"),
    (0xFEFF, 0xFEFF, "字节顺序标记"),
    (0xFFF0, 0xFFFF, "特殊字符"),
    (0xE000, 0xF8FF, "私有区字符"),
    (0xE0000, 0xE0FFF, "不可见的标签字符"),
    (0xF0000, 0x10FFFF, "私有区字符"),
)
# Nobody ever sees these, and nothing is lost with them.
_UNSEEN = {"零宽字符", "改变文字方向的字符", "不可见的格式字符", "变体选择符", "字节顺序标记", "不可见的标签字符"}
# U+200D joins emoji and is allowed only between them; more than four combining marks on one letter cover their neighbours.
FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u180e\\u200b\\u200c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\ud800-\\udfff\\ue000-\\uf8ff\\ufe00-\\ufe0e\\ufeff\\ufff0-\\ufffb\\ufffd-\\uffff\\U000e0000-\\U000e0fff\\U000f0000-\\U0010ffff]"
    "|(?<![\\u2600-\\u27bf\\ufe0f\\U0001f000-\\U0001faff])\\u200d|\\u200d(?![\\u2600-\\u27bf\\U0001f000-\\U0001faff])"
    "|[\\u0300-\\u036f\\u0483-\\u0489\\u0610-\\u061a\\u064b-\\u065f\\u0e31\\u0e34-\\u0e4e\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff]{5,}"
)

# One class, tried first: nearly every file is clean, and a class alone is ten times as fast as the pattern above. Those of its
# characters that are above U+FFFF begin with one of two bytes; looking for these is faster still.
_SUSPECT = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0610-\\u061c\\u064b-\\u065f\\u0e31-\\u0e4e\\u180e"
    "\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff\\ud800-\\udfff\\ue000-\\uf8ff"
    "\\ufe00-\\ufe0e\\ufeff\\ufff0-\\uffff]"
)
_SUSPECT_BYTES = (b"\xf3", b"\xf4")


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file and what is wrong with its bytes; a GBK or Big5 file is read all the same, so that all its faults are told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [faults.encoding(Place(path), "是 UTF-16，不是 UTF-8")]
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        head = data[: error.start]
        line = head.count(b"\n") + 1
        column = error.start - (head.rfind(b"\n") + 1) + 1
        name, guess = _guessed(data)
        word = f"像是 {name}，不是 UTF-8" if name else "不是 UTF-8"
        problems.append(faults.encoding(Place(path, line, column), word))
        if not name:
            return None, problems
        text = guess
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not problems and not _SUSPECT.search(text) and not any(byte in data for byte in _SUSPECT_BYTES):
        return text, problems
    for start, code, why in forbidden_in(text):
        line = text.count("\n", 0, start) + 1
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        problem = faults.forbidden_character(Place(path, line, column), code, why)
        edit = Edit(line, column, line, column + 1, "") if why in _UNSEEN else None
        problems.append(replace(problem, edit=edit))
        if len(problems) >= MOST_CHARACTERS:
            break
    return without_forbidden(text), problems


def forbidden_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Such characters: (where, code point, why). In a value, an escape in double quotes can bring them in."""
    for match in FORBIDDEN.finditer(text):
        code = ord(match.group()[0])
        why = next((word for first, last, word in WHY if first <= code <= last), "不可见的字符")
        yield match.start(), f"U+{code:04X}", "叠加了太多符号" if len(match.group()) > 1 else why


def without_forbidden(text: str) -> str:
    """The text as people see it."""
    return FORBIDDEN.sub("", text)


# The first bytes of each encoding's everyday characters: level 1 of GB 2312, the frequently used of Big5.
_EVERYDAY = {"gb18030": ("gb2312", range(0xB0, 0xD8)), "big5": ("big5", range(0xA4, 0xC7))}
_SAMPLE = 2_000  # characters
_CLEAR = 0.2  # by so much one share of everyday characters must exceed the other


def _guessed(data: bytes) -> tuple[str, str]:
    """The likely encoding in words, none if neither, and the text. Wrongly read, everyday text becomes rare characters."""
    gbk, gbk_share = _read_as(data, "gb18030")
    big5, big5_share = _read_as(data, "big5")
    if not gbk and not big5:
        return "", ""
    if big5_share - gbk_share >= _CLEAR:
        return "Big5（繁体）", big5
    return "GBK（ANSI）" if gbk_share - big5_share >= _CLEAR else "GBK（ANSI）或 Big5（繁体）", gbk or big5


def _read_as(data: bytes, encoding: str) -> tuple[str, float]:
    """The text in an encoding and the share of everyday characters in its Chinese; nothing and -1 where it cannot be."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return "", -1.0
    strict, first = _EVERYDAY[encoding]
    chinese = [
        character for character in text if "\u3400" <= character <= "\u9fff" or "\ue000" <= character <= "\uf8ff"
    ][:_SAMPLE]
    if not any(character <= "\u9fff" for character in chinese):
        return "", -1.0
    return text, sum((character.encode(strict, "ignore") or b"\0")[0] in first for character in chinese) / len(chinese)
