"""The table of fields in, the controls of the form out: each line of the table becomes what a hand or a keyboard can fill in."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.model.activity import Activity
from generator.model.field import DUTY_WORDS, Field, fields_of
from generator.model.values import Choice, Group, Many
from generator.render.site import Json, Site

# What is typed on one line: by type, the keyboard a telephone shows and whether a list of suggestions opens below.
_TYPED = {
    "Line": ("text", ""),
    "Pattern": ("text", ""),
    "WholeNumber": ("numeric", ""),
    "PartialDay": ("text", ""),
    "FullDay": ("text", ""),
    "Moment": ("text", ""),
    "Phone": ("tel", ""),
    "Email": ("email", ""),
    "Link": ("url", ""),
    "PlaceCode": ("text", "places"),
    "SocietyName": ("text", "societies"),
}
_SECTIONS = (
    ("must", "一、必须写的", ("always", "submission"), True),
    ("should", "二、建议写的", ("advised",), True),
    ("may", "三、有的话再写", ("optional", "with call", "report"), False),
)
_FEW = 6  # so many terms stand open as buttons, more in a list that opens


def form_part(site: Site) -> Markup:
    """The form of an activity: all of its markup; without scripts a few sentences on what to do instead."""
    extra = site.settings.extra
    sections = [
        {
            "id": id,
            "title": title,
            "open": is_open,
            "fields": [_control(site, line, line.key) for line in fields_of(Activity) if line.duty in duties],
        }
        for id, title, duties, is_open in _SECTIONS
    ]
    settings = {name: extra.get(name) or "" for name in ("repository", "branch", "mail")}
    return site.templates.render("parts/form.html", sections=sections, settings=settings)


def _control(site: Site, line: Field, name: str) -> Json:
    """A line of the table as a control. ``name``: the way to its value; ``#`` stands for a number in a list."""
    value: Any = line.value
    several = isinstance(value, Many)
    one: Any = value.one if isinstance(value, Many) else value
    kind = type(one).__name__
    made: Json = {
        "name": name,
        "label": line.label,
        "duty": DUTY_WORDS[line.duty],
        "hint": _hint(line, one, several),
        "most": getattr(one, "most", 0) if kind in ("Line", "Paragraph", "Markdown") else 0,
        "many": value.most if isinstance(value, Many) else 0,
        "keyboard": "text",
        "suggest": "",
        "terms": [],
        "parts": [],
        "one": None,
    }
    if isinstance(one, Group):
        inner = f"{name}.#" if several else name
        parts = [_control(site, part, f"{inner}.{part.key}") for part in fields_of(one.cls)]
        if line.duty not in _SECTIONS[0][2]:  # nothing of a group that may be left out is asked for by itself
            for part in parts:
                part["hint"] += "填了这一组就要写。" if part["duty"] == DUTY_WORDS["always"] else ""
                part["duty"] = ""
        made |= {"control": "groups" if several else "group", "parts": parts}
    elif isinstance(one, Choice):
        terms = [term.name for term in site.catalog.known.vocabularies[one.vocabulary]]
        made |= {"terms": terms, "control": "checks" if several else "radios" if len(terms) <= _FEW else "select"}
    elif kind == "CallId":
        made |= {"terms": list(site.catalog.known.calls), "control": "select"}
    elif kind in ("Paragraph", "Markdown"):
        made["control"] = "area"
    else:
        made["keyboard"], made["suggest"] = _TYPED[kind]
        made["control"] = "line" if not several else "tokens" if made["suggest"] else "rows"
        made["one"] = made | {"name": f"{name}.#", "control": "line", "duty": "", "hint": ""}
    return made


def _hint(line: Field, one: Any, several: bool) -> str:
    """Help and, where a single thing is typed, an example."""
    is_typed = not several and not isinstance(one, Group | Choice) and "（" not in line.example[:2]
    return line.help + (f"例如：{line.example}。" if is_typed and line.example else "")
