"""Show the website while writing."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import ROOT


@click.command()
@ROOT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, help="在本机的哪个端口。")
def serve(root: Path, port: int) -> None:
    """在本机预览，改了记录自动更新；有错误的记录显示错误页。"""
    from generator import plugin

    plugin.serve(root, port)
