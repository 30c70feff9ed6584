"""Numbers in, text that a browser unpacks fast out, in classic scripts that call one function each."""

from __future__ import annotations

import json
from base64 import b32encode
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_BASE = 45
_DIGITS = np.array([code for code in range(35, 127) if chr(code) not in "<\\"], np.uint8)  # none needs an escape


def letters(values: Integers) -> tuple[str, Integers]:
    """Numbers below 2**32 as characters, and where each begins.

    The lowest of its digits of base 45 comes first; a digit that another one follows is written 45 higher.
    """
    sizes = np.ones(len(values), np.int64)
    rest, digit = np.divmod(values.astype(np.uint32), np.uint32(_BASE))
    places = np.arange(len(values))
    levels = []
    while len(places):
        more = np.flatnonzero(rest)
        sizes[places[more]] += 1
        digit[more] += _BASE
        levels.append((places, digit))
        places = places[more]
        rest, digit = np.divmod(rest[more], np.uint32(_BASE))
    starts = np.cumsum(sizes) - sizes
    codes = np.zeros(int(sizes.sum()), np.uint8)
    for step, (places, digit) in enumerate(levels):
        codes[starts[places] + step] = digit
    return _DIGITS[codes].tobytes().decode("ascii"), starts


def digits(values: Integers, base: int = 90) -> str:
    """Numbers as characters: the lowest digits of all, then the next digits of all. Compresses to what it holds.

    Bits want a base of 64, so that each bit stays in its own digit.
    """
    lines: list[str] = []
    while not lines or values.any():
        values, digit = np.divmod(values, base)
        lines.append(_DIGITS[digit].tobytes().decode("ascii"))
    return "".join(lines)


def script(function: str, *values: Any) -> bytes:
    """A classic script that calls one function of ours, so that it loads from a disk, too."""
    parts = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    text = f"{function}({','.join(parts)})\n"
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()


def content_name(data: bytes) -> str:
    """A short name made from content: eight letters and digits of base 32."""
    return b32encode(blake2b(data, digest_size=5).digest()).decode("ascii").lower()
