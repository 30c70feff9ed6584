"""What came of imported forms in; the report that goes back to who filled them in, as text, HTML or Word, out."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from generator.render.templates import Templates

THEME = Path(__file__).resolve().parents[2] / "theme"
_LISTS = (("没有读懂的", "unread"), ("像是个人信息、没有读入的", "private"), ("当作表格说明、没有读入的", "known"))


def made(forms: Sequence[Any], style: str, summary: str, day: date) -> bytes:
    """The report's bytes. ``forms``: outcomes of the import; ``style``: text, html or docx."""
    if style == "docx":
        return _word(forms, summary, day)
    templates = Templates(THEME)
    if style == "text":  # escaped like everything, and then, being no markup, read back
        return html.unescape(templates.text("reports/import.txt", forms=forms)).encode()
    style_sheet = templates.render("reports/import.css")
    digest = base64.b64encode(hashlib.sha256(style_sheet.encode()).digest()).decode()
    return templates.text(
        "reports/import.html", forms=forms, summary=summary, style_sheet=style_sheet, digest=digest
    ).encode()


def _word(forms: Sequence[Any], summary: str, day: date) -> bytes:
    """One part a form, on pages of its own, to be sent back."""
    from generator.render import word

    pages = word.blank("导入报告", day, margin=1.8)
    word.paragraph(pages, "导入报告", "Heading 1", centred=True)
    word.paragraph(pages, summary)
    for number, form in enumerate(forms):
        word.paragraph(pages, form.file, "Heading 2").paragraph_format.page_break_before = number > 0
        if form.error:
            word.paragraph(pages, f"没有读入：{form.error}。{form.cure}")
        for at, activity in enumerate(form.activities, 1):
            _activity(pages, at, activity)
        for title, name in _LISTS:
            said = getattr(form, name)
            if said:
                word.paragraph(pages, title, "Heading 3")
                word.table(
                    pages, ("位置", "文字", "原因"), (4, 8, 5.4), [(one.place, one.words, one.why) for one in said], 9
                )
        for note in form.notes:
            word.paragraph(pages, note + "。")
    word.page_numbers(pages, "导入报告")
    return word.saved(pages)


def _activity(pages: Any, number: int, activity: Any) -> None:
    from generator.render import word

    word.paragraph(pages, f"{number}. {activity.title or '（没有读到活动名称）'}", "Heading 3")
    word.paragraph(pages, f"学会：{activity.society_name or '没有认出，请在表里写学会全称'}")
    if activity.errors:
        word.paragraph(pages, "要补改的：")
        for fault in activity.errors:
            word.paragraph(
                pages, f"{fault.message}。{fault.cure}" + (f"（{fault.place}）" if fault.place else ""), "List Bullet"
            )
    rows = [(one.label, one.value, one.place) for one in activity.understood]
    word.table(pages, ("项目", "读到的内容", "在表里的位置"), (3, 10, 4.4), rows, 9)
    for fault in activity.faults:
        if fault.level != "error":
            word.paragraph(pages, f"提醒：{fault.message}。{fault.cure}", "List Bullet")
