"""Say which addresses of other sites the records name, and what a check of them found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import ROOT, Day
from generator.today import today_in_china


@click.command()
@ROOT
@click.argument("urls", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--found",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="lychee 查完写的 JSON；不写就写出要查的网址。",
)
@click.option("--summary", "page", type=click.Path(dir_okay=False, path_type=Path), help="把结果添在这个网页片段后面。")
@click.option("--today", type=Day(), default=None, help="哪一天查，默认今天（北京时间）。")
def links(root: Path, urls: Path, found: Path | None, page: Path | None, today: date | None) -> None:
    """把记录里写的外部网址写进 URLS，一行一个；有 --found 时，说出哪些打不开。从不以 1 结束。"""
    from generator import links as walk
    from generator.load.link_check import NoAnswer, read_found
    from generator.model.links import OPENS, STATES, checked
    from generator.publish import THEME
    from generator.render.templates import Templates

    stated = walk.stated(root)
    if found is None:
        asked = walk.tonight([link.url for link in stated], today or today_in_china())
        urls.parent.mkdir(parents=True, exist_ok=True)
        urls.write_text("".join(f"{url}\n" for url in asked), "utf-8")
        click.echo(f"要查 {len(asked)} 个网址。", err=True)
        return
    try:
        answers = read_found(found.read_text("utf-8"), urls.read_text("utf-8").splitlines())
    except (NoAnswer, OSError, UnicodeDecodeError) as reason:
        raise click.UsageError(f"{reason if isinstance(reason, NoAnswer) else '文件打不开'}。") from None
    every = checked(stated, answers)
    totals = {state: sum(link.state == state for link in every) for state in STATES}
    for link in every:
        if link.state != OPENS:
            click.echo(f"{link.state}\t{link.reason}\t{link.url}\t{'、'.join(link.places)}")
    click.echo("，".join(f"{state} {count} 个" for state, count in totals.items()) + "。", err=True)
    if page:
        shown = [link for link in every if link.state != OPENS]
        with page.open("a", encoding="utf-8") as stream:
            stream.write(Templates(THEME).text("parts/links.html", totals=totals, shown=shown, most=300))
