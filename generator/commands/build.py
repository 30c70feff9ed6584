"""Build the website."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import ROOT, Clock, Day, summary
from generator.today import today_in_china

if TYPE_CHECKING:
    from generator.publish import Host


@click.command()
@ROOT
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), default="site", help="网站写到哪个文件夹。")
@click.option("--today", type=Day(), default=None, help="按哪一天生成，默认今天（北京时间）。")
@click.option("--strict", is_flag=True, help="有一条错误就不更新网站，并以 1 结束。")
@click.option("--profile", is_flag=True, help="最后列出每一步用的时间。")
@click.option("--pages-only", is_flag=True, help="只生成网页和列表，不要检索和数据：预览用，快一些。")
@click.option("--release", is_flag=True, help="再生成 Word 和 PDF 清单、离线版：正式发布用，慢一些。")
def build(
    root: Path, site: Path, today: date | None, strict: bool, profile: bool, pages_only: bool, release: bool
) -> None:
    """检查记录并生成整个网站。"""
    from generator import build as walk
    from generator.publish import Scope
    from generator.write import Refused

    if pages_only and release:
        raise click.UsageError("--pages-only 和 --release 不能一起用")
    clock = Clock()
    with multiprocessing.get_context("fork").Pool(1) as pool:  # the host renders while the records are read
        rendered = pool.apply_async(_render_host, (root,))
        pool.close()

        def host() -> Host:
            made = rendered.get()
            pool.join()  # its process takes as much memory as thousands of records
            return made

        try:
            scope = Scope.RELEASE if release else Scope.PAGES if pages_only else Scope.WHOLE
            built = walk.build(root, site, today or today_in_china(), host, strict, clock, scope)
        except Refused as reason:
            click.echo(f"{reason}。", err=True)
            sys.exit(2)
    for problem in built.problems:
        click.echo(str(problem))
    if profile:
        click.echo(clock.table(), err=True)
    if built.written is None:
        click.echo(f"{summary(built.problems)} 网站没有更新。", err=True)
        sys.exit(1)
    done = built.written
    left_out = len({problem.path for problem in built.problems if problem.level == "error"})
    click.echo(
        f"网站已生成：{built.records} 项活动"
        + (f"，{left_out} 个有错误的文件没有发布" if left_out else "")
        + f"；写入 {done.changed} 个文件，{done.kept} 个没有变，删去 {done.removed} 个。",
        err=True,
    )


def _render_host(root: Path) -> Host:
    gc.disable()  # its process ends with this: what it would find was all there before, and would be copied
    from generator.plugin import render_host

    return render_host(root)
