"""A title in, the name of its file out: small letters, digits and dashes, Chinese by its sounds; a name in, its first letters out."""

from __future__ import annotations

import re

from anyascii import anyascii

MOST_CHARACTERS = 48
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def slug_of(title: str, otherwise: str = "activity") -> str:
    """``guo-shu-xiu-jian`` for 果树修剪, cut between words; ``otherwise`` where no letter or digit is left or no system takes it."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", anyascii(title))
    slug = ""
    for part in parts:
        longer = f"{slug}-{part}".strip("-").lower()
        if len(longer) > MOST_CHARACTERS:
            break
        slug = longer
    return otherwise if not slug or _RESERVED.fullmatch(slug) else slug


def initials(name: str) -> str:
    """``zgnxh`` for 中国农学会."""
    return "".join(letter for letter in anyascii(name) if letter.isupper()).lower()
