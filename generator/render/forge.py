"""The table of fields and the words of the forms in, forms for the issues of GitHub, Gitee and GitCode out, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.activity import Activity
from generator.model.field import Field, fields_of
from generator.model.need import Need
from generator.model.values import Choice, Group, Many, Paragraph
from generator.model.vocabulary import Vocabulary
from generator.render.site import Json

RECORDS: dict[str, type] = {"activity": Activity, "need": Need}
ASKED = ("always", "submission")  # duties without which a submission is refused
_KINDS = {"line": "input", "paragraph": "textarea", "choice": "dropdown"}

Words = Mapping[str, str]
Vocabularies = Mapping[str, Vocabulary]


def form(stated: Json, words: Words, vocabularies: Vocabularies) -> Json:
    """One form. ``stated``: its words as ``generator/forge/forms.yml`` has them."""
    body: list[Json] = [{"type": "markdown", "attributes": {"value": stated["intro"]}}]
    body += map(_own, stated.get("first", ()))
    if "record" in stated:
        left_out = stated.get("leave_out", ())
        for line in fields_of(RECORDS[stated["record"]]):
            if line.duty != "report" and line.key not in left_out:
                body += _of_field(line, words, vocabularies)
    body += map(_own, stated.get("also", ()))
    promises = [{"label": promise, "required": True} for promise in stated["promises"]]
    body.append(
        {"type": "checkboxes", "id": "promises", "attributes": {"label": words["promise"], "options": promises}}
    )
    head = {key: stated[key] for key in ("name", "description", "title")}
    return {**head, "labels": [stated["label"]], "body": body}


def chooser(links: list[Json] | None) -> Json:
    """The page on which a form is chosen: no empty issue, and the site's own ways where the operator names them."""
    return {"blank_issues_enabled": False, **({"contact_links": links} if links else {})}


def _own(stated: Json) -> Json:
    """A question of the form's own."""
    more = {"options": stated["options"]} if "options" in stated else {}
    example = stated.get("example", "")
    return _question(
        _KINDS[stated["type"]],
        stated["id"],
        stated["label"],
        stated.get("help", ""),
        example,
        "required" in stated,
        **more,
    )


def _of_field(line: Field, words: Words, vocabularies: Vocabularies, required: bool | None = None) -> Iterator[Json]:
    """The questions a field makes: one, or one a part. Parts that come in any number are told in free words elsewhere."""
    required = line.duty in ASKED if required is None else required
    value, one = line.value, line.value.one if isinstance(line.value, Many) else line.value
    help = line.help
    if isinstance(one, Group):
        yield from () if isinstance(value, Many) else _of_parts(line, one, words, vocabularies)
        return
    if isinstance(one, Choice):
        if isinstance(value, Many):
            help += words["most"].format(value.most)
        options = {"options": list(vocabularies[one.vocabulary].names)}
        multiple = {"multiple": True} if isinstance(value, Many) else {}
        yield _question("dropdown", line.key, line.label, help, "", required, **multiple, **options)
        return
    if isinstance(value, Many):
        help += words["several"]
    kind = "textarea" if isinstance(value, Paragraph) else "input"
    example = "" if line.example.startswith("|") else line.example.strip("[]")
    yield _question(kind, line.key, line.label, help, example, required)


def _of_parts(line: Field, group: Group, words: Words, vocabularies: Vocabularies) -> Iterator[Json]:
    """A group part by part; one that everybody has to fill and that may be said in words, in words."""
    parts = fields_of(group.cls)
    short = getattr(group.cls, "SHORT", None)
    if line.duty == "always" and short:
        said = next(part for part in parts if part.key == short)
        yield _question("input", line.key, line.label, line.help, said.example, required=True)
        return
    for part in parts:
        asked = Field(f"{line.key}-{part.key}", f"{line.label}：{part.label}", *_rest(part))
        yield from _of_field(asked, words, vocabularies, line.duty in ASKED and part.duty in ASKED)


def _rest(part: Field) -> tuple[Any, ...]:
    return part.value, part.duty, part.help, part.example, part.aliases


def _question(kind: str, id: str, label: str, help: str, example: str, required: bool, **more: Any) -> Json:
    shown = {"description": help, "placeholder": example}
    attributes = {"label": label, **{key: text for key, text in shown.items() if text}, **more}
    return {"type": kind, "id": id, "attributes": attributes, "validations": {"required": required}}
