"""Bring records into canonical form, comments kept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.options import ROOT


@click.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@ROOT
@click.option("--check", "only_check", is_flag=True, help="只说哪些文件还不整齐，不改；有就以 1 结束。")
def format_records(paths: tuple[Path, ...], root: Path, only_check: bool) -> None:
    """把记录排整齐：英文项名、中文内容、统一的先后和缩进，注释保留；不写 PATHS 就整理全部。"""
    from generator import fixing, reports
    from generator.model.problem import shown_path

    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise click.UsageError(f"没有这个文件或文件夹：{'、'.join(map(str, missing))}")
    try:
        outcome = fixing.lay_out(root, paths, write=not only_check)
    except OSError as error:
        raise click.UsageError(f"写不进去：{error.strerror or error}") from None
    for path in outcome.changed:
        click.echo(f"{'还不整齐' if only_check else '已整理'}：{shown_path(path)}")
    click.echo(reports.text(outcome.left), nl=False)
    left = len({problem.path for problem in outcome.left})
    click.echo(
        f"{len(outcome.changed)} 个文件{'还不整齐' if only_check else '整理好了'}"
        + (f"；{left} 个有读不懂的地方，没有动，请先改好。" if left else "。"),
        err=True,
    )
    sys.exit(1 if left or (only_check and outcome.changed) else 0)
