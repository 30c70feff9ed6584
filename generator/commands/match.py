"""Match a county or a need with activities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import ROOT, Day
from generator.today import today_in_china


@click.command()
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
        found = answer.answer(root, county, today or today_in_china(), need, month or "")
    except answer.Unclear as reason:
        raise click.UsageError(str(reason)) from None
    if found.left_out:
        click.echo(f"有{found.left_out}个文件有错误，没有参加匹配；用 catalog check 查看。", err=True)
    text, aside = answer.written(found, style, most)
    click.echo(text, nl=False)
    if aside:
        click.echo(aside, nl=False, err=True)
