"""Numbers at the head of a line, as people set them: how deep a line stands, and where its words begin."""

from __future__ import annotations

import re

from generator.load.forms.document import Piece

_LEVELS = (
    re.compile(r"\s*第?[一二三四五六七八九十]{1,3}(?:[、.．,，]|部分)"),
    re.compile(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"\s*\d{1,2}[、.．)）](?!\d)"),
    re.compile(r"\s*(?:[（(]\d{1,2}[）)]|[①-⑳])"),
)

_COUNT = r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?"
_COUNTED = re.compile(
    rf"\s*(?:(?:品牌|志愿服务)?(?:活动|项目){_COUNT}|第{_COUNT}[项个](?:品牌)?(?:活动|项目)?)[：:]?\s*"
)


def is_counted(text: str) -> bool:
    """Whether a line only counts activities: 活动一, 品牌活动（二）, 第3项."""
    return bool(_COUNTED.fullmatch(text))


def level_of(piece: Piece) -> int:
    """How deep a numbered line stands: 一、 0, （一） 1, 1. 2, (1) 3; -1 without a number."""
    return next(
        (level for level, pattern in enumerate(_LEVELS) if pattern.match(piece.text)), 0 if piece.is_heading else -1
    )


def number_end(text: str) -> int:
    """Where the words behind a line's number begin."""
    return next((match.end() for pattern in _LEVELS if (match := pattern.match(text))), 0)
