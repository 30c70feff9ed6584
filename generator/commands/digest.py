"""Write the centre's digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import ROOT, Day
from generator.today import today_in_china


@click.command()
@ROOT
@click.option("--since", type=Day(), default=None, help="从哪一天起，默认七天以前。")
@click.option("--today", type=Day(), default=None, help="到哪一天，默认今天（北京时间）。")
@click.option("--format", "style", type=click.Choice(["markdown", "html"]), default="markdown", help="输出的样子。")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="写到哪个文件，默认显示出来。"
)
def digest(root: Path, since: date | None, today: date | None, style: str, out: Path | None) -> None:
    """给农技中心的周报：新增、修改、报道和成效，快结束的、一年没有确认的、等了最久的需求。"""
    from generator import digest as weekly
    from generator.plugin import public_address

    day = today or today_in_china()
    if since is not None and since > day:
        raise click.UsageError(f"--since 是 {since}，比 {day} 还晚")
    text = weekly.written(weekly.digest(root, day, since, public_address(root)), style)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{out} 写不进去：{error.strerror}") from None
