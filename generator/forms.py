"""A society, a call and a kind in; 附件1 or 附件2, blank or filled with last year's activities, out: what ``catalog export form`` writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.build import CHECKOUT, load
from generator.load.known import read_content
from generator.model.activity import Activity
from generator.model.form import KINDS
from generator.model.reader import Known
from generator.model.values import stated
from generator.model.vocabulary import fold, nearest
from generator.render.form import form_page
from generator.render.printed import form_docx, form_pdf

_RENEWED = ("call", "filed", "sessions", "media", "images", "cancelled", "source")  # not taken over into a new year


class Unclear(Exception):
    """The question itself is wrong; says in Chinese how to put it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A form to be made."""

    known: Known
    kind: str
    society: str = ""
    call: str = ""
    activities: tuple[Activity, ...] = ()

    @property
    def title(self) -> str:
        """As it is printed."""
        return "".join(KINDS[self.kind])

    @property
    def stem(self) -> str:
        """A file name."""
        return "-".join(part for part in (KINDS[self.kind][1], self.society, self.call) if part)


def asked(root: Path, society: str, call: str, kind: str) -> Asked:
    """Look up what was asked for. Raises Unclear."""
    if not society:
        known = read_content(root, CHECKOUT).known
        return Asked(known, kind or "national", "", _call(known, call))
    loaded = load(root)
    known = loaded.content.known
    id = known.societies.get(fold(society), "")
    if not id:
        near = nearest(society, known.society_names.values())
        raise Unclear(f"没有登记过“{society}”" + (f"，您是不是想写“{near}”？" if near else "，请写编号或全称"))
    level = loaded.content.societies[id].level
    own = [one for one in loaded.activities if one.society == id and not one.cancelled]
    own = [one for one in own if not one.is_report] or own  # reports of others only where there is nothing of their own
    renewed = {one.renews for one in own}
    latest = tuple(sorted((one for one in own if one.id not in renewed), key=lambda one: one.id))
    return Asked(
        known, kind or ("national" if level.startswith("national") else "provincial"), id, _call(known, call), latest
    )


def _call(known: Known, call: str) -> str:
    if call and call not in known.calls:
        raise Unclear(f"没有“{call}”这份通知；有：{'、'.join(known.calls) or '（无）'}")
    return call


def renewal(activity: Activity, known: Known) -> dict[str, Any]:
    """What of last year's record goes into this year's form: all that need not be asked anew, and where it comes from."""
    values = {key: value for key, value in stated(activity, known, names=True).items() if key not in _RENEWED}
    if "start" in values.get("period", {}):
        values["period"] = (
            {"text": activity.period.text}
            if activity.period.text and not any(digit in activity.period.text for digit in ("19", "20"))
            else {}
        )
    return values | {"renews": activity.id}


def made(asked: Asked, style: str, day: date, is_demonstration: bool) -> bytes:
    """The bytes of the form."""
    filled = [renewal(activity, asked.known) for activity in asked.activities] or [{}]
    pages = [form_page(asked.known, asked.kind, asked.society, asked.call, values) for values in filled]
    return (form_docx if style == "docx" else form_pdf)(asked.kind, pages, day, is_demonstration)
