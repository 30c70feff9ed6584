"""Write the files that forges read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.options import ROOT


@click.command()
@ROOT
@click.option("--check", is_flag=True, help="不写，只看是不是最新的；不是就以 1 结束。")
def forge(root: Path, check: bool) -> None:
    """按字段表和 content/owners.yml 写代码平台的工单表和 CODEOWNERS。"""
    from generator import for_forges

    texts, problems = for_forges.files(root)
    for problem in problems:
        click.echo(str(problem))
    stale = [path for path, text in texts.items() if not _is(root / path, text)]
    for path in stale:
        if check:
            click.echo(f"{path} 不是最新的，请运行 make forge。")
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(texts[path], "utf-8", newline="\n")
    click.echo(f"{len(texts)} 个文件，{len(stale)} 个{'不是最新的' if check else '重新写过'}。", err=True)
    sys.exit(1 if problems or (check and stale) else 0)


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("utf-8")
