"""What several commands take: the root, a day; what they say: steps, a sum of problems."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.model.problem import Problem

ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="放 activities/、content/ 和 mkdocs.yml 的文件夹。",
)


class Day(click.ParamType[date]):
    """A date as YYYY-MM-DD."""

    name = "日期"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-05-01 这样", param, ctx)


@dataclass
class Clock:
    """Shows the step at work on a terminal, writes a plain line for each elsewhere, and keeps the times."""

    times: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """One step of the walk."""
        begun = time.perf_counter()
        watched = sys.stderr.isatty()
        with _at_work(step) if watched else nullcontext():
            yield
        self.times.append((step, time.perf_counter() - begun))
        if not watched:
            click.echo(f"{step}：{self.times[-1][1]:.1f} 秒", err=True)

    def table(self) -> str:
        """Seconds a step."""
        return "\n".join(f"{seconds:8.3f} 秒  {step}" for step, seconds in self.times)


def _at_work(step: str) -> AbstractContextManager[Any]:
    from rich.console import Console  # takes as long as a hundred pages, and most builds run where nobody watches

    return Console(stderr=True).status(f"{step}……")


def summary(problems: Sequence[Problem]) -> str:
    """How many errors and warnings, as a sentence."""
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} 处错误，{warnings} 处提醒。" if problems else "没有发现错误。"
