"""Make the comment under a pull request."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def comment(report: Path) -> None:
    """把检查合并请求的报告（JSON，或者装着它的 zip）变成一段评论；报告当作不可信的内容读。"""
    from generator.load.artefact import read_artefact
    from generator.model.report import Refused
    from generator.publish import THEME
    from generator.render.pull import comment as made
    from generator.render.templates import Templates

    try:
        click.echo(made(Templates(THEME), read_artefact(report)), nl=False)
    except Refused as reason:
        click.echo(f"{reason}，没有写评论。", err=True)
        sys.exit(1)
