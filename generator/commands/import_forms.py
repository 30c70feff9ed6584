"""Import activities from Word and Excel forms."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.options import ROOT
from generator.today import today_in_china

STYLES = ("text", "json", "docx", "html")


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@ROOT
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="写到哪个文件夹，默认 activities/。"
)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), default=None, help="导入报告写到哪个文件。")
@click.option(
    "--format", "style", type=click.Choice(STYLES), default=None, help="报告的样子；默认看报告的扩展名，再默认 text。"
)
def import_forms(files: tuple[str, ...], root: Path, out: Path | None, report: Path | None, style: str | None) -> None:
    """把 Word、Excel 信息表读成活动文件，并写一份可以发回去的报告；可以写多个文件、文件夹和通配符。"""
    from generator import importing

    found = importing.forms_in(files)
    if not found:
        raise click.UsageError(f"没有找到 Word 或 Excel 文件：{'、'.join(files)}")
    style = style or (
        report.suffix.lstrip(".").lower() if report and report.suffix.lstrip(".").lower() in STYLES else "text"
    )
    if style == "docx" and report is None:
        raise click.UsageError("Word 报告要写进文件，请加上 --report 报告.docx")
    try:
        forms = importing.import_forms(found, root, out or root / "activities")
        text = importing.report(forms, style, today_in_china())
        if report is not None:
            report.parent.mkdir(parents=True, exist_ok=True)
            report.write_bytes(text)
    except OSError as error:
        raise click.UsageError(f"写不进去：{error.filename or ''} {error.strerror or error}") from None
    if report is None:
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    click.echo(importing.summary(forms) + (f" 报告：{report}" if report else ""), err=True)
    sys.exit(0 if all(form.is_fine for form in forms) else 1)
