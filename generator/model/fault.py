"""A fault is worded by a function: its name is the code, its docstring the entry on the page 校验规则.

A docstring's first line is the title; ``例：`` lines show a wrong example; ``改：`` says how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from generator.model.problem import Level, Place, Problem

P = ParamSpec("P")
FAULTS: dict[str, Callable[..., Problem]] = {}
LEVELS: dict[str, Level] = {}


def fault(level: Level) -> Callable[[Callable[P, tuple[str, str]]], Callable[Concatenate[Place, P], Problem]]:
    """Turn a function that returns (message, cure) into one that makes a Problem; its name is the code."""

    def wrap(words: Callable[P, tuple[str, str]]) -> Callable[Concatenate[Place, P], Problem]:
        code = words.__name__.replace("_", "-")

        @wraps(words)
        def make(place: Place, *args: P.args, **kwargs: P.kwargs) -> Problem:
            message, cure = words(*args, **kwargs)
            return Problem(place.path, place.line, place.column, code, level, message, cure)

        FAULTS[code] = make
        LEVELS[code] = level
        return make  # type: ignore[return-value]

    return wrap


def either(words: Sequence[str], most: int = 16) -> str:
    """The allowed words as a Chinese list, cut after ``most``."""
    return "、".join(words[:most]) + ("……" if len(words) > most else "")


def instead(nearest: str | None, allowed: Sequence[str] = ()) -> str:
    """The cure that names the nearest right value, then what is allowed."""
    near = f"您是不是想写“{nearest}”？" if nearest else ""
    return near + (f"可以写：{either(allowed)}。" if allowed else "") or "请改正。"
