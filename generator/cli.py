"""Arguments in, exit code out: 0 fine, 1 the data has errors, 2 the call is wrong or the machine lacks something."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from generator.load.yaml_text import HAS_LIBYAML
from generator.model.problem import Problem

if TYPE_CHECKING:
    from generator.publish import Host

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

    console: Console = field(default_factory=lambda: Console(stderr=True))
    times: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """One step of the walk."""
        begun = time.perf_counter()
        with self.console.status(f"{step}……") if self.console.is_terminal else nullcontext():
            yield
        self.times.append((step, time.perf_counter() - begun))
        if not self.console.is_terminal:
            click.echo(f"{step}：{self.times[-1][1]:.1f} 秒", err=True)

    def table(self) -> str:
        """Seconds a step."""
        return "\n".join(f"{seconds:8.3f} 秒  {step}" for step, seconds in self.times)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """科技志愿服务品牌活动清单：检查记录，生成网站。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not HAS_LIBYAML:
        click.echo(
            "缺少 libyaml：请用 pip 重新安装 PyYAML 的二进制包（pip install --force-reinstall --only-binary :all: pyyaml）。",
            err=True,
        )
        sys.exit(2)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@ROOT
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出的样子。")
@click.option("--today", type=Day(), default=None, help="按哪一天检查，默认今天。")
def check(paths: tuple[Path, ...], root: Path, style: str, today: date | None) -> None:
    """检查记录，一次说出所有错误；不写 PATHS 就检查全部。"""
    from generator import build

    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise click.UsageError(f"没有这个文件或文件夹：{'、'.join(map(str, missing))}")
    problems = build.check(root, paths)
    if style == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(_summary(problems), err=True)
    sys.exit(1 if any(problem.level == "error" for problem in problems) else 0)


@main.command()
@ROOT
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), default="site", help="网站写到哪个文件夹。")
@click.option("--today", type=Day(), default=None, help="按哪一天生成，默认今天（北京时间）。")
@click.option("--strict", is_flag=True, help="有一条错误就不更新网站，并以 1 结束。")
@click.option("--profile", is_flag=True, help="最后列出每一步用的时间。")
def build(root: Path, site: Path, today: date | None, strict: bool, profile: bool) -> None:
    """检查记录并生成整个网站。"""
    from generator import build as walk
    from generator.write import Refused

    clock = Clock()
    with multiprocessing.get_context("fork").Pool(1) as pool:  # the host renders while the records are read
        host = pool.apply_async(_render_host, (root,))
        try:
            built = walk.build(root, site, today or _today(), host.get, strict, clock)
        except Refused as reason:
            click.echo(f"{reason}。", err=True)
            sys.exit(2)
    for problem in built.problems:
        click.echo(str(problem))
    if profile:
        click.echo(clock.table(), err=True)
    if built.written is None:
        click.echo(f"{_summary(built.problems)} 网站没有更新。", err=True)
        sys.exit(1)
    done = built.written
    left_out = len({problem.path for problem in built.problems if problem.level == "error"})
    click.echo(
        f"网站已生成：{built.records} 项活动"
        + (f"，{left_out} 个有错误的文件没有发布" if left_out else "")
        + f"；写入 {done.changed} 个文件，{done.kept} 个没有变，删去 {done.removed} 个。",
        err=True,
    )


@main.command()
@ROOT
@click.option("--county", required=True, help="县（市、区）：六位代码，或者写得清的名称，如“山西省阳曲县”。")
@click.option("--need", default=None, help="为哪一条需求找，写需求的编号；不写就看哪些活动适合本县。")
@click.option("--month", default=None, help="只看哪个月能来的，如 2026-09。")
@click.option("--most", type=click.IntRange(min=1), default=None, help="最多列出几项；默认全部，text 默认 20。")
@click.option("--format", "style", type=click.Choice(["text", "json", "csv"]), default="text", help="输出的样子。")
@click.option("--today", type=Day(), default=None, help="按哪一天查，默认今天（北京时间）。")
def match(
    root: Path, county: str, need: str | None, month: str | None, most: int | None, style: str, today: date | None
) -> None:
    """给县里的需求配活动，说明为什么推荐；没有能来的，就说本县和附近往年办过什么。"""
    from generator import answer

    try:
        found = answer.answer(root, county, today or _today(), need, month or "")
    except answer.Unclear as reason:
        raise click.UsageError(str(reason)) from None
    if found.left_out:
        click.echo(f"有{found.left_out}个文件有错误，没有参加匹配；用 catalog check 查看。", err=True)
    text, aside = answer.written(found, style, most)
    click.echo(text, nl=False)
    if aside:
        click.echo(aside, nl=False, err=True)


@main.command()
@ROOT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="在本机的哪个端口。")
def serve(root: Path, port: int) -> None:
    """在本机预览，改了记录自动更新；有错误的记录显示错误页。"""
    from generator import plugin

    plugin.serve(root, port)


def _render_host(root: Path) -> Host:
    from generator.plugin import render_host

    return render_host(root)


def _today() -> date:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def _summary(problems: Sequence[Problem]) -> str:
    errors = sum(problem.level == "error" for problem in problems)
    warnings = len(problems) - errors
    return f"{errors} 处错误，{warnings} 处提醒。" if problems else "没有发现错误。"
