"""Names of forms in; activity files and a report out: what ``catalog import`` does."""

from __future__ import annotations

import glob
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from generator.build import CHECKOUT
from generator.load.files import Found
from generator.load.forms.apart import read_forms
from generator.load.forms.filing import file_activities
from generator.load.forms.outcome import FormRead
from generator.load.forms.reading import FormReader
from generator.load.known import read_content
from generator.render import form_report

ENDINGS = (".docx", ".xlsx", ".doc", ".xls", ".wps", ".et", ".pdf", ".docm", ".xlsm", ".rtf", ".odt", ".ods", ".dotx")


def forms_in(names: Sequence[str]) -> list[Found]:
    """The forms that names, folders and patterns mean, each once, sorted within a folder. Word's own lock files are none."""
    paths: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file())
        elif path.exists() or path.is_symlink():
            inside = [path]
        else:
            inside = sorted(Path(one) for one in glob.glob(name, recursive=True))
        paths.update(dict.fromkeys(one for one in inside if not one.name.startswith(("~$", ".~"))))
    return [Found(path.as_posix(), str(path)) for path in paths]


def import_forms(found: Sequence[Found], root: Path, out: Path) -> list[FormRead]:
    """Read the forms, write their activities below ``out``. Forms in the order given, whichever was done first."""
    reader = FormReader(read_content(root, CHECKOUT).known)
    outcomes: dict[int, FormRead] = {}
    columns = (
        TextColumn("读表"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(found))
        for number, outcome in read_forms(found, reader):
            outcomes[number] = outcome
            progress.update(task, advance=1, description=Path(outcome.file).name[:40])
    forms = [outcomes[number] for number in range(len(found))]
    file_activities(forms, out, root if out.is_relative_to(root) else out.parent)
    return forms


def report(forms: Sequence[FormRead], style: str, day: date) -> bytes:
    """The report, as text, json, docx or html. ``day``: what a Word file says it was made on."""
    if style == "json":
        return (json.dumps(as_data(forms), ensure_ascii=False, indent=1) + "\n").encode()
    return form_report.made(forms, style, summary(forms), day)


def as_data(forms: Sequence[FormRead]) -> dict[str, Any]:
    """The report as data."""
    return {"summary": counts(forms), "forms": [asdict(form) for form in forms]}


def counts(forms: Sequence[FormRead]) -> dict[str, int]:
    """How much came of the forms."""
    activities = [activity for form in forms for activity in form.activities]
    return {
        "forms": len(forms),
        "fine": sum(form.is_fine for form in forms),
        "refused": sum(bool(form.error) for form in forms),
        "activities": len(activities),
        "undecided": sum(not activity.society for activity in activities),
    }


def summary(forms: Sequence[FormRead]) -> str:
    """The counts in a sentence."""
    many = counts(forms)
    mend = many["forms"] - many["fine"] - many["refused"]
    return (
        f"{many['forms']} 份表：{many['fine']} 份没有问题，{mend} 份要补改，{many['refused']} 份没有读入；"
        f"写了 {many['activities']} 项活动"
        + (f"，其中 {many['undecided']} 项没有认出学会，放在 undecided 里" if many["undecided"] else "")
        + "。"
    )
