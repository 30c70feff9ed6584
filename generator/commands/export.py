"""Write the official list to a file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.options import ROOT, Day
from generator.today import today_in_china

if TYPE_CHECKING:
    from generator.model.catalog import Catalog
    from generator.render.official import Asked

FORMATS = ("xlsx", "docx", "pdf", "csv")


@click.group()
def export() -> None:
    """把清单写成文件：Excel、Word、PDF、CSV。"""


@export.command("list")
@ROOT
@click.option("--call", default="", help="哪一份通知，写编号，如 2021。")
@click.option("--year", default="", help="哪一年，如 2024；年份不详的写 undated。")
@click.option("--region", default="", help="哪个省级地区，写代码或名称，如 140000、山西省；100000 是面向全国的。")
@click.option("--format", "style", type=click.Choice(FORMATS), default="xlsx", help="文件格式，默认 xlsx。")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="写到哪个文件，默认在当前文件夹。"
)
@click.option("--today", type=Day(), default=None, help="按哪一天算，默认今天（北京时间）。")
def official_list(
    root: Path, call: str, year: str, region: str, style: str, out: Path | None, today: date | None
) -> None:
    """按通知、年份、地区导出清单；都不写就是全部。往年活动列在“往年活动”下，不和能邀请的混在一起。"""
    from generator import build
    from generator.plugin import settings_of
    from generator.render.official import OfficialLists
    from generator.render.official_files import FORMATS as MAKERS
    from generator.write import Refused

    loaded = build.load(root)
    catalog = build.catalog_of(loaded, today or today_in_china())
    asked = _asked(catalog, call, year, region)
    try:
        settings = settings_of(root)
    except Refused as reason:
        click.echo(f"{reason}。", err=True)
        sys.exit(2)
    lists = OfficialLists(catalog, settings.extra.get("operator", ""), settings.url)
    data = MAKERS[style](lists, asked)
    target = out or Path(f"{asked.stem}.{style}")
    try:
        target.write_bytes(data)
    except OSError as error:
        click.echo(f"写不进 {target}：{error.strerror or error}。", err=True)
        sys.exit(2)
    left_out = len({problem.path for problem in loaded.errors})
    if left_out:
        click.echo(f"有{left_out}个文件有错误，没有列进去；用 catalog check 查看。", err=True)
    click.echo(f"{lists.title(asked)}：{lists.count(asked)} 项，已写到 {target}。", err=True)


def _asked(catalog: Catalog, call: str, year: str, region: str) -> Asked:
    from generator.render.official import Asked

    if call and call not in catalog.calls:
        raise click.UsageError(f"没有“{call}”这份通知；有：{'、'.join(catalog.calls) or '（无）'}")
    years = catalog.groups["year"]
    if year and year not in years:
        raise click.UsageError(f"没有{year}年的活动；有：{'、'.join(years) or '（无）'}")
    places = catalog.known.places
    code = next((code for code in places.find(region) if code not in places.counties), "") if region else ""
    if region and not code:
        near = places.nearest(region)
        raise click.UsageError(f"没有省级地区“{region}”" + (f"，您是不是想写“{near}”？" if near else ""))
    return Asked(call, year, code)


@export.command("form")
@ROOT
@click.option("--society", default="", help="哪个学会，写编号或全称；写了就把它已有的活动填好，一项一页，供今年再办。")
@click.option("--call", default="", help="答复哪一份通知，写编号，如 2021。")
@click.option(
    "--kind",
    type=click.Choice(["national", "provincial"]),
    default=None,
    help="附件1（全国学会）还是附件2（省级学会）。",
)
@click.option("--format", "style", type=click.Choice(["docx", "pdf"]), default="docx", help="文件格式，默认 docx。")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="写到哪个文件或文件夹，默认当前文件夹。")
@click.option("--today", type=Day(), default=None, help="表上写哪一天，默认今天（北京时间）。")
def form(
    root: Path, society: str, call: str, kind: str | None, style: str, out: Path | None, today: date | None
) -> None:
    """写出信息表（附件1、附件2）：空白的，或者填好去年活动的；填好以后用 catalog import 读回来。"""
    from generator import forms
    from generator.plugin import settings_of
    from generator.write import Refused

    try:
        asked = forms.asked(root, society, call, kind or "")
        operator = settings_of(root).extra.get("operator", "")
    except forms.Unclear as reason:
        raise click.UsageError(str(reason)) from None
    except Refused as reason:
        click.echo(f"{reason}。", err=True)
        sys.exit(2)
    target = out or Path()
    target = target / f"{asked.stem}.{style}" if target.is_dir() or not target.suffix else target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(forms.made(asked, style, today or today_in_china(), not operator))
    except OSError as error:
        click.echo(f"写不进 {target}：{error.strerror or error}。", err=True)
        sys.exit(2)
    what = f"填好{len(asked.activities)}项活动" if asked.activities else "空白表"
    click.echo(f"{asked.title}（{what}）：已写到 {target}。", err=True)
