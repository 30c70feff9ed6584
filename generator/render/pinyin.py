"""The only door to anyascii: a Chinese name in, the first letters of its syllables out."""

from __future__ import annotations

from anyascii import anyascii


def initials(name: str) -> str:
    """zgnxh for 中国农学会."""
    return "".join(letter for letter in anyascii(name) if letter.isupper()).lower()
