"""Write the JSON Schemas that editors use."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.commands.options import ROOT


@click.command()
@click.argument("kind", required=False, type=click.Choice(["activity", "need", "pairing", "society", "call"]))
@ROOT
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="写到哪个文件夹；不写就显示出来。"
)
def schema(kind: str | None, root: Path, out: Path | None) -> None:
    """给编辑器用的 JSON Schema：填写时有提示、能补全；不写哪一种就是全部。"""
    from generator.build import CHECKOUT
    from generator.load.known import read_content
    from generator.render.schema import KINDS, schema_of

    if kind is None and out is None:
        raise click.UsageError("请写明哪一种（activity、need、pairing、society、call），或用 --out 写出全部。")
    known = read_content(root, CHECKOUT).known
    texts = {
        one: json.dumps(schema_of(one, known), ensure_ascii=False, indent=1) + "\n"
        for one in ([kind] if kind else KINDS)
    }
    if out is None:
        click.echo("".join(texts.values()), nl=False)
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one, text in texts.items():
            (out / f"{one}.json").write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"写不进去：{error.strerror or error}") from None
    click.echo(f"写好了 {len(texts)} 个文件。", err=True)
