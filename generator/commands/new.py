"""Write a new record: one question a field, or all answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.commands.options import ROOT

if TYPE_CHECKING:
    from generator.drafting import Draft
    from generator.model.field import Field
    from generator.model.problem import Problem
    from generator.model.values import Group

_DUTIES = {True: "必填", False: "选填，直接回车跳过"}


@click.command()
@click.argument("kind", type=click.Choice(["activity", "need", "pairing"]), default="activity")
@ROOT
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="名称=内容",
    help="先答好一项，可以写多次，如 --set title=果树修剪技术下乡。",
)
@click.option(
    "--from", "old", default="", metavar="编号", help="照去年的记录再办一年：内容沿用，时间、场次、成效重新填。"
)
@click.option("--society", default="", help="哪个学会报的（活动）：编号或名称。")
@click.option("--county", default="", help="哪个县（需求、结对）：六位代码或全称。")
@click.option("--year", default="", help="放进哪一年的文件夹；默认看活动时间。")
@click.option("--slug", default="", help="文件名，小写字母、数字和短横线；默认按名称的拼音。")
@click.option("--no-input", is_flag=True, help="不提问，只用 --set 给的内容。")
def new(
    kind: str,
    root: Path,
    assignments: tuple[str, ...],
    old: str,
    society: str,
    county: str,
    year: str,
    slug: str,
    no_input: bool,
) -> None:
    """新建一份记录（activity 活动、need 需求、pairing 结对），一项一项地问，答错当场说。"""
    from generator import build, drafting

    asks = not no_input and (sys.stdin.isatty() or not assignments)
    try:
        draft = drafting.started(root, kind, old)
        home = society if kind == "activity" else county
        _settle_home(draft, home, asks)
        problems = [problem for assignment in assignments for problem in draft.set(assignment)]
        _tell(problems)
        if asks:
            _ask_all(draft)
        path = drafting.place_for(root, draft, _year(draft, year, asks), _slug(slug))
    except drafting.Unclear as reason:
        raise click.UsageError(f"{reason}。") from None
    except click.Abort:
        click.echo("\n没有写文件。", err=True)
        sys.exit(1)
    left = draft.faults(path)
    if any(problem.level == "error" for problem in [*problems, *left]):
        _tell(left)
        click.echo("内容还有错误，没有写文件。", err=True)
        sys.exit(1)
    try:
        drafting.write_new(root, path, draft.text(path))
    except OSError as error:
        raise click.UsageError(f"写不进去：{error.strerror or error}") from None
    click.echo(f"写好了：{path}")
    found = build.check(root, [root / path])
    _tell(found)
    sys.exit(1 if any(problem.level == "error" for problem in found) else 0)


def _tell(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"  {'！' if problem.level == 'error' else '提醒：'}{problem.message}，{problem.cure}", err=True)


def _slug(slug: str) -> str:
    import re

    from generator.drafting import Unclear
    from generator.model.activity import SLUG

    if slug and not re.fullmatch(SLUG, slug):
        raise Unclear(f"文件名“{slug}”不合规定，只用小写字母、数字和短横线")
    return slug


def _settle_home(draft: Draft, word: str, asks: bool) -> None:
    """The society or county the record belongs to: given, of the old record, or asked for."""
    from generator import drafting

    is_activity = draft.is_activity
    question = "哪个学会（编号或名称，如 C-01）" if is_activity else "哪个县（六位代码或全称，如 山西省阳曲县）"
    while word or not draft.home:
        if not word and not asks:
            raise drafting.Unclear("请写明学会：--society" if is_activity else "请写明哪个县：--county")
        word = word or click.prompt(question)
        draft.home, problems = drafting.home_of(draft.cls, word, draft.known)
        if not draft.home and not asks:
            raise drafting.Unclear(problems[0].message + "，" + problems[0].cure.rstrip("。"))
        _tell(problems)
        word = ""


def _year(draft: Draft, year: str, asks: bool) -> str:
    import re

    from generator import drafting

    pattern = r"(?:19|20)\d\d|undated" if draft.is_activity else r"(?:19|20)\d\d"
    year = year or draft.year
    while not re.fullmatch(pattern, year):
        if not asks:
            if not year and draft.is_activity:
                return "undated"
            raise drafting.Unclear("请写明放进哪一年的文件夹：--year 2026")
        year = click.prompt("哪一年（四位数" + ("；说不准写 undated" if "undated" in pattern else "") + "）")
    return year


def _ask_all(draft: Draft) -> None:
    """Every line not yet answered; of a renewed record only what is new each year, and what is missing."""
    click.echo("一项一项地填。直接回车跳过选填的，写 ? 看更多说明，Ctrl+C 放弃。\n")
    for line in draft.lines:
        if line.key not in draft.values:
            _ask(draft, line)


def _ask(draft: Draft, line: Field) -> None:
    from generator.drafting import group_node, node_of
    from generator.model.values import Group, Many

    value = line.value
    while True:
        if isinstance(value, Group):
            parts = _ask_parts(draft, line, value, line.label)
            answer = group_node(parts) if parts else None
        elif isinstance(value, Many) and isinstance(value.one, Group):
            rows: list[dict[str, Any]] = []
            while row := _ask_parts(draft, line, value.one, f"{line.label} 第{len(rows) + 1}条", some=bool(rows)):
                rows.append(row)
            answer = group_node(rows) if rows else None
        else:
            text = _asked(draft, line, line.label, draft.needs(line))
            answer = node_of(value, text, draft.known) if text else None
        problems = draft.answer(line, answer) if answer is not None else []
        _tell(problems)
        if line.key in draft.values or (answer is None and not draft.needs(line)):
            return


def _ask_parts(draft: Draft, line: Field, group: Group, label: str, some: bool = False) -> dict[str, Any]:
    """The answers to a group's parts; none where its first needed part, or every part, is passed over."""
    from generator.drafting import node_of, read_answer
    from generator.model.field import fields_of

    parts: dict[str, Any] = {}
    if not some and line.help:
        click.echo(f"{line.label}：{line.help}")
    for part in fields_of(group.cls):
        must = part.duty == "always" and (draft.needs(line) or bool(parts))
        while True:
            text = _asked(draft, part, f"{label} · {part.label}", must and not some)
            if not text:
                break
            node = node_of(part.value, text, draft.known)
            written, problems = read_answer(part, node, draft.known)
            _tell(problems)
            if written is not None:
                parts[part.key] = written
                break
        if part.duty == "always" and part.key not in parts:
            return {}
    return parts


def _asked(draft: Draft, line: Field, label: str, must: bool) -> str:
    """One question, until it is answered or may be passed over."""
    from generator.drafting import choices

    listed = choices(line.value, draft.known)
    example = line.example.strip("[]{}").removeprefix("- ")
    click.echo(
        f"{label}（{_DUTIES[must]}）" + (f"：{line.help}" if line.help else "") + (f" 例：{example}" if example else "")
    )
    if listed:
        click.echo("  " + "  ".join(f"{number} {name}" for number, name in enumerate(listed, start=1)))
    while True:
        text: str = click.prompt(">", default="", show_default=False, prompt_suffix=" ").strip()
        if text in ("?", "？"):
            click.echo(
                f"  {line.value.what}。"
                + (f"{line.help} " if line.help else "")
                + ("几个的话用逗号隔开。" if listed else "")
            )
        elif text or not must:
            return text
        else:
            click.echo("  ！这一项必须填。", err=True)
