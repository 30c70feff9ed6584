"""The only door to anyascii: a Chinese name in, the first letters of its syllables, or the name of a file, out."""

from __future__ import annotations

import re

from anyascii import anyascii

MOST_CHARACTERS = 48  # of a file's name
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for itself


def initials(name: str) -> str:
    """zgnxh for 中国农学会."""
    return "".join(letter for letter in anyascii(name) if letter.isupper()).lower()


def slug_of(title: str, otherwise: str = "activity") -> str:
    """``guo-shu-xiu-jian`` for 果树修剪, cut between words; ``otherwise`` where no letter or digit is left or no system takes it."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", anyascii(title))
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}".strip("-").lower()
        if len(longer) > MOST_CHARACTERS:
            break
        slug = longer
    return otherwise if not slug or RESERVED.fullmatch(slug) else slug
