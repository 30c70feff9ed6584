"""Check a pull request."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.options import ROOT, Day, summary
from generator.today import today_in_china


@click.command()
@ROOT
@click.option("--base", required=True, help="合并到哪个版本，如 origin/main。")
@click.option("--approved", is_flag=True, help="主办单位已同意改记录以外的文件。")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="把结果写进这个 JSON 文件，供评论用。")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="输出的样子：text 给人看，github 给 GitHub。",
)
@click.option("--quality", type=click.Path(dir_okay=False, path_type=Path), help="把问题写进这个文件，供 GitLab 显示。")
@click.option("--summary", "page", type=click.Path(dir_okay=False, path_type=Path), help="把结果添在这个网页片段后面。")
@click.option("--today", type=Day(), default=None, help="按哪一天检查，默认今天（北京时间）。")
def pull(
    root: Path,
    base: str,
    approved: bool,
    report: Path | None,
    style: str,
    quality: Path | None,
    page: Path | None,
    today: date | None,
) -> None:
    """检查一个合并请求：改了哪些文件，该不该由它改，写得对不对。"""
    from generator import pull as walk
    from generator import reports
    from generator.load.git import Unanswered
    from generator.model.report import written
    from generator.publish import THEME
    from generator.render.pull import comment
    from generator.render.templates import Templates

    try:
        looked = walk.look(root, base, today or today_in_china(), approved=approved)
    except Unanswered as reason:
        raise click.UsageError(f"{reason}。") from None
    if report:
        report.write_text(written(looked.report), "utf-8")
    if page:
        with page.open("a", encoding="utf-8") as stream:
            stream.write(comment(Templates(THEME), looked.report))
    if quality:
        quality.write_text(reports.gitlab(looked.problems), "utf-8")
    click.echo((reports.github if style == "github" else reports.text)(looked.problems), nl=False)
    unsaid = "" if looked.report.changed else "还没有提交（git commit）的不算。"
    click.echo(f"改动了 {looked.report.changed} 个文件。{unsaid}{summary(looked.problems)}", err=True)
    if looked.report.elsewhere:
        click.echo(f"没有动过的文件里还有 {looked.report.elsewhere} 处错误，不算在内。", err=True)
    sys.exit(1 if any(problem.level == "error" for problem in looked.problems) else 0)
