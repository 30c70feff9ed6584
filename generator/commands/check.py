"""Check records: every fault of every file in one run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from generator.commands.options import ROOT, Day, summary


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@ROOT
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="输出的样子。")
@click.option(
    "--published",
    default=None,
    metavar="SITEMAP",
    help="上次发布的网站文件夹、sitemap.xml 文件或它的网址：发布过的记录都要还在，或者登记在 content/redirects.yml 里。",
)
@click.option("--today", type=Day(), default=None, help="按哪一天检查，默认今天。")
def check(paths: tuple[Path, ...], root: Path, style: str, published: str | None, today: date | None) -> None:
    """检查记录，一次说出所有错误；不写 PATHS 就检查全部。"""
    from generator import build
    from generator.published import Unreadable, published_stems

    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise click.UsageError(f"没有这个文件或文件夹：{'、'.join(map(str, missing))}")
    try:
        known = published_stems(published) if published else set()
    except Unreadable as reason:
        raise click.UsageError(str(reason)) from None
    problems = build.check(root, paths, known)
    if style == "json":
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(summary(problems), err=True)
    sys.exit(1 if any(problem.level == "error" for problem in problems) else 0)
