"""Check records: every fault of every file in one run; mend what is mechanical."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import ROOT, Day, summary

if TYPE_CHECKING:
    from generator.model.problem import Problem

STYLES = ("text", "json", "github", "gitlab", "rdjsonl")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@ROOT
@click.option(
    "--format",
    "style",
    type=click.Choice(STYLES),
    default="text",
    help="输出的样子：text 给人看，其余给程序和代码平台。",
)
@click.option("--changed-since", metavar="版本", default=None, help="只有这个版本以后改过的文件里的错误才算数。")
@click.option("--fix", is_flag=True, help="先把机械的错误改好（全角标点、日期、别名、空格、先后等），别的不动。")
@click.option("--hints", is_flag=True, help="也列出没有错、但可以自动整理的写法。")
@click.option(
    "--published",
    default=None,
    metavar="SITEMAP",
    help="上次发布的网站文件夹、sitemap.xml 文件或它的网址：发布过的记录都要还在，或者登记在 content/redirects.yml 里。",
)
@click.option("--today", type=Day(), default=None, help="按哪一天检查，默认今天。")
def check(
    paths: tuple[Path, ...],
    root: Path,
    style: str,
    changed_since: str | None,
    fix: bool,
    hints: bool,
    published: str | None,
    today: date | None,
) -> None:
    """检查记录，一次说出所有错误；不写 PATHS 就检查全部。"""
    from generator import build, fixing, reports
    from generator.load.changes import changed_since as paths_since
    from generator.load.git import Unanswered
    from generator.published import Unreadable, published_stems

    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise click.UsageError(f"没有这个文件或文件夹：{'、'.join(map(str, missing))}")
    try:
        known = published_stems(published) if published else set()
        new = None if changed_since is None else paths_since(root, changed_since)
    except (Unanswered, Unreadable) as reason:
        raise click.UsageError(f"{reason}。") from None
    if fix:
        _fix(root, paths if new is None else [root / path for path in sorted(new) if (root / path).is_file()])
    problems = build.check(root, paths, known)
    if hints:
        problems = sorted({*problems, *fixing.hints(root, paths)})
    ours = [problem for problem in problems if new is None or problem.path in new]
    old = [problem for problem in problems if new is not None and problem.path not in new]
    listed = [*ours, *old]
    if style == "text":
        click.echo(reports.text(ours), nl=False)
        click.echo(summary(ours), err=True)
        if old:
            click.echo("以前就有的，不影响这次的结果：", err=True)
            click.echo(reports.text(old), nl=False)
    elif style == "rdjsonl":
        click.echo(reports.rdjsonl(listed, fixing.lines_of(root)), nl=False)
    else:
        written = {"json": reports.as_json, "github": reports.github, "gitlab": reports.gitlab}[style]
        click.echo(written(listed), nl=False)
    sys.exit(1 if _has_error(ours) else 0)


def _has_error(problems: Sequence[Problem]) -> bool:
    return any(problem.level == "error" for problem in problems)


def _fix(root: Path, paths: Sequence[Path]) -> None:
    from generator import fixing, reports

    try:
        outcome = fixing.fix(root, paths)
    except OSError as error:
        raise click.UsageError(f"写不进去：{error.strerror or error}") from None
    click.echo(reports.made_text(outcome.made), nl=False, err=True)
    click.echo(f"自动改好 {len(outcome.made)} 处，写入 {len(outcome.changed)} 个文件。", err=True)
