"""The table of fields and the rules' own words in, the pages 字段说明 and 校验规则 out: the manual cannot fall behind."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.model import pull_faults as _pull_faults  # noqa: F401 - told on the page as well
from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.fault import FAULTS, LEVELS
from generator.model.field import DUTY_WORDS, Field, fields_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import PAIRING_RULES
from generator.model.problem import LEVEL_WORDS
from generator.model.redirect import REDIRECT_RULES, Redirect
from generator.model.rules import CATALOG_RULES, RECORD_RULES, TEXT_RULES
from generator.model.society import Society
from generator.model.tidy_faults import HINTS
from generator.model.values import Choice, Group, Many
from generator.model.vocabulary import Vocabulary
from generator.model.weights import WEIGHTS
from generator.render.site import Json
from generator.render.templates import Templates

RECORDS: tuple[tuple[str, str, type], ...] = (
    ("activity", "活动", Activity),
    ("need", "需求", Need),
    ("pairing", "结对", Pairing),
    ("society", "学会", Society),
    ("call", "通知", Call),
    ("redirect", "搬动和撤下", Redirect),
)


SUBMITTED = ("activity", "need", "pairing")


def fields_part(templates: Templates, vocabularies: Mapping[str, Vocabulary]) -> Markup:
    """字段说明: every field of every kind of record."""
    groups = [
        {
            "id": id,
            "title": f"{title}的字段",
            "fields": [_field(line, vocabularies, id in SUBMITTED) for line in fields_of(cls)],
        }
        for id, title, cls in RECORDS
    ]
    return templates.render("parts/fields.html", groups=groups)


def _field(line: Field, vocabularies: Mapping[str, Vocabulary], is_submitted: bool) -> Json:
    inner = line.value.one if isinstance(line.value, Many) else line.value
    words = inner.what
    if isinstance(inner, Choice):
        words = "可以写：" + "、".join(vocabularies[inner.vocabulary].names)
    if isinstance(line.value, Many):
        words = f"清单，最多{line.value.most}个。{words}"
    duty = DUTY_WORDS[line.duty] if is_submitted or line.duty == "always" else DUTY_WORDS["optional"]
    return {
        "key": line.key,
        "label": line.label,
        "required": duty,
        "what": words + "。",
        "help": line.help,
        "example": f"{line.key}: {line.example}" if line.example else None,
        "parts": [_field(part, vocabularies, is_submitted) for part in fields_of(inner.cls)]
        if isinstance(inner, Group)
        else [],
    }


def weights_part(templates: Templates) -> Markup:
    """The table of weights by which offers are ranked."""
    return templates.render("parts/weights.html", weights=list(WEIGHTS.values()))


def rules_part(templates: Templates) -> Markup:
    """校验规则: every fault and every rule, in the words of its docstring."""
    return templates.render("parts/rules.html", rules=list(_rules()))


def _rules() -> Iterator[Json]:
    for code, make in FAULTS.items():
        if LEVELS[code] != "hint":
            yield _entry(code, LEVELS[code], make)
    for rule in (*TEXT_RULES, *RECORD_RULES, *CATALOG_RULES, *PAIRING_RULES, *REDIRECT_RULES):
        yield _entry(rule.code, rule.level, rule.find)
    for hint in HINTS:
        yield _entry(hint.__name__.replace("_", "-"), "hint", hint)


def _entry(code: str, level: str, function: Callable[..., Any]) -> Json:
    title, _, body = (inspect.getdoc(function) or code).partition("\n")
    wrong = re.findall(r"^例：(.*)$", body, re.MULTILINE)
    cure = re.findall(r"^改：(.*)$", body, re.MULTILINE)
    text = "\n".join(line for line in body.strip().splitlines() if not line.startswith(("例：", "改：")))
    return {
        "code": code,
        "title": title,
        "level": LEVEL_WORDS[level],
        "text": text.strip(),
        "wrong": "\n".join(wrong),
        "cure": "\n".join(cure),
    }
