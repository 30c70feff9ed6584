"""Numbers in, text that a browser unpacks fast out, in classic scripts that call one function each."""

from __future__ import annotations

import json
from base64 import b32encode
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_STEPS = range(5)
_BASE = 45
_DIGITS = np.array([code for code in range(35, 127) if chr(code) not in "<\\"], np.uint8)  # none needs an escape


def letters(values: Integers) -> tuple[str, Integers]:
    """Numbers below 45**5 as characters, and where each begins.

    The lowest of its digits of base 45 comes first; a digit that another one follows is written 45 higher.
    """
    sizes = np.ones(len(values), np.int64)
    for step in _STEPS[1:]:
        sizes += values >= _BASE**step
    starts = np.cumsum(sizes) - sizes
    codes = np.zeros(int(sizes.sum()), np.uint8)
    for step in _STEPS:
        long = np.flatnonzero(sizes > step)
        more = np.where(sizes[long] > step + 1, _BASE, 0)
        codes[starts[long] + step] = values[long] // _BASE**step % _BASE + more
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
