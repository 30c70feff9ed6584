"""What lychee found (its JSON) in, a state and a reason for each address out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.model.links import DEAD, OPENS, UNSURE

GONE = {404, 410}


class NoAnswer(Exception):
    """The file is not what lychee writes. Its text is Chinese."""


def read_found(text: str, asked: Sequence[str]) -> dict[str, tuple[str, str]]:
    """State and reason by address. ``asked``: the addresses in the order of the lines lychee read. Raises NoAnswer.

    Only a page that is gone is dead. A refusal, a silence, a broken connection may be about who asks, and from where.
    """
    try:
        found = json.loads(text)
        answers = {name: _of(found[f"{name}_map"]) for name in ("success", "error", "timeout")}
        return {
            asked[answer["span"]["line"] - 1]: _state(name, answer["status"].get("code"))
            for name, every in answers.items()
            for answer in every
        }
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise NoAnswer("这不是 lychee 写的检查结果") from error


def _of(inputs: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [answer for answers in inputs.values() for answer in answers]


def _state(name: str, code: int | None) -> tuple[str, str]:
    if name == "success":
        return OPENS, str(code or "")
    if name == "error" and code in GONE:
        return DEAD, f"网页没有了（{code}）"
    if name == "timeout":
        return UNSURE, "很久没有回答"
    return UNSURE, f"对方回答 {code}" if code else "连不上"
