"""The tables of fields in, JSON Schemas (2020-12) out: what editors complete, explain and underline while a record is written.

A schema is looser than ``catalog check``, never stricter on what ``catalog format`` writes: it knows shapes, vocabularies and
regions, not counties, societies, calls or rules. So only a change of the program or of a vocabulary changes the schemas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.dates import FullDay, Moment, PartialDay
from generator.model.field import DUTY_WORDS, Field, fields_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.places import NATIONAL
from generator.model.pointers import CallId, Email, Link, Phone, PlaceCode, SocietyName
from generator.model.reader import Known
from generator.model.society import Society
from generator.model.values import Choice, Flag, Group, Line, Many, Paragraph, Pattern, Value, WholeNumber

Json = dict[str, Any]

KINDS: dict[str, tuple[str, type]] = {
    "activity": ("活动", Activity),
    "need": ("需求", Need),
    "pairing": ("结对", Pairing),
    "society": ("学会", Society),
    "call": ("通知", Call),
}
_WORD = [
    "string",
    "number",
    "boolean",
]  # an editor's YAML takes 2026 for a number and true for yes or no; here both are text
_D = "[0-9０-９]"
_DATE = rf"{_D}{{4}}[-－/／.．年]{_D}{{1,2}}[-－/／.．月]{_D}{{1,2}}日?"
_TIME = rf"(?:[ T]{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?)?"
_PARTIAL = rf"{_D}{{4}}(?:[-－/／.．年]{_D}{{1,2}}(?:[-－/／.．月]{_D}{{1,2}}日?|月)?|年)?"


def schema_of(kind: str, known: Known) -> Json:
    """The schema of one kind's files."""
    word, cls = KINDS[kind]
    made = _Schema(known)
    record = made.record(cls)
    head: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": word,
        "description": f"{word}的记录，一个文件一份。每一项的名称可以用英文，也可以用中文。",
    }
    if cls is Society:  # a file is a list of them
        made.defs["Society"] = record
        rows: Json = {"type": "array", "items": {"$ref": "#/$defs/Society"}}
        words = {"title": {"type": "string"}, "note": {"type": "string"}}
        record = {"type": "object", "properties": {**words, "societies": rows}, "required": ["societies"]}
    return {**head, **record, "$defs": made.defs}


class _Schema:
    """Gathers the definitions of groups while a record's schema is made."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.defs: Json = {}

    def record(self, cls: type, at: str = "#") -> Json:
        """The schema of a class's mapping; ``at``: where it stands, for the Chinese keys to point at the English ones."""
        properties: Json = {}
        for line in fields_of(cls):
            properties[line.key] = self._property(line)
        for line in fields_of(cls):
            for spelling in (line.label, *line.aliases):
                properties.setdefault(spelling, {"$ref": f"{at}/properties/{line.key}"})
        lines = fields_of(cls)
        made: Json = {"type": "object", "properties": properties, "additionalProperties": False}
        needed = [_stated(line) for line in lines if line.duty == "always"]
        submitted = [_stated(line) for line in lines if line.duty == "submission"]
        answering = [_stated(line) for line in lines if line.duty == "with call"]
        by_key = {line.key: line for line in lines}
        rules = list(needed)
        if submitted:
            rules.append({"if": {"not": _stated(by_key["source"])}, "then": {"allOf": submitted}})
        if answering:
            rules.append({"if": _stated(by_key["call"]), "then": {"allOf": answering}})
        return {**made, "allOf": rules} if rules else made

    def _property(self, line: Field) -> Json:
        example = f" 例：{line.key}: {line.example}" if line.example else ""
        about: Json = {
            "title": line.label,
            "description": f"{line.help}（{DUTY_WORDS[line.duty]}；{line.value.what}。）{example}",
        }
        if line.example and not isinstance(line.value, Many | Group | Paragraph):
            about["examples"] = [line.example]
        value = self.value(line.value)
        return {**about, **value} if line.duty == "always" else {**about, "anyOf": [value, {"type": "null"}]}

    def value(self, value: Value) -> Json:
        """The schema of a field's type."""
        if isinstance(value, Many):
            one = self.value(value.one)
            listed: Json = {"type": "array", "items": one, "minItems": 1, "maxItems": value.most}
            return listed if isinstance(value.one, Group) else {"anyOf": [{**listed, "uniqueItems": True}, one]}
        if isinstance(value, Group):
            name = value.cls.__name__
            if name not in self.defs:
                self.defs[name] = {}
                self.defs[name] = self.record(value.cls, f"#/$defs/{name}")
            group = {"$ref": f"#/$defs/{name}"}
            return {"anyOf": [group, {"type": _WORD}]} if hasattr(value.cls, "SHORT") else group
        make = next(make for cls, make in _MAKERS.items() if isinstance(value, cls))
        made = make(value, self.known)
        if not isinstance(value, Choice | PlaceCode):
            return made
        name = value.vocabulary if isinstance(value, Choice) else "places"
        self.defs[name] = made  # long lists once
        return {"$ref": f"#/$defs/{name}"}


def _stated(line: Field) -> Json:
    """That a line is written, under whatever name."""
    return {"anyOf": [{"required": [spelling]} for spelling in dict.fromkeys((line.key, line.label, *line.aliases))]}


def _choice(value: Choice, known: Known) -> Json:
    terms = list(known.vocabularies[value.vocabulary])
    names = [term.name for term in terms]
    others = [word for term in terms for word in (term.id, *term.aliases)]
    return _either(names, {"enum": _others(others, names), "deprecated": True})


def _place(value: PlaceCode, known: Known) -> Json:
    names = [known.places.name(code) for code in (NATIONAL, *known.places.regions)]
    return _either(names, {"type": ["string", "integer"], "minLength": 2, "maxLength": 60})


def _either(names: list[str], other: Json) -> Json:
    """Names to complete, and what else is taken."""
    return {"anyOf": [{"enum": names}, other]}


def _others(words: Iterable[str], names: list[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word not in names]


def _line(value: Line, known: Known) -> Json:
    if isinstance(value, Paragraph):
        return {"type": _WORD, "minLength": value.least, "maxLength": value.most + 1}  # a block ends with a line break
    return {"type": _WORD, "minLength": value.least, "maxLength": value.most, "pattern": "^[^\\n]*$"}


def _number(value: WholeNumber, known: Known) -> Json:
    number = {"type": "integer", "minimum": value.least, "maximum": value.most}
    return {"anyOf": [number, {"type": "string", "pattern": f"^(?:[0０]|[1-9１-９]{_D}{{0,8}})$"}]}


def _text(pattern: str) -> Callable[[Any, Known], Json]:
    """A maker for what is text of a set form, or a whole number that stands for it."""
    return lambda value, known: {"type": ["string", "integer"], "pattern": f"^{pattern}$"}


_MAKERS: dict[type, Callable[[Any, Known], Json]] = {
    Choice: _choice,
    PlaceCode: _place,
    SocietyName: lambda value, known: {"type": _WORD, "minLength": 2, "maxLength": 60},
    CallId: _text(r"[\w-]{1,64}"),
    Pattern: lambda value, known: {"type": "string", "pattern": f"^(?:{value.pattern})$"},
    WholeNumber: _number,
    Flag: lambda value, known: {"enum": ["是", "否", "有", "无", True, False, "true", "false", "yes", "no"]},
    Moment: _text(f"{_DATE}{_TIME}"),
    FullDay: _text(_DATE),
    PartialDay: _text(_PARTIAL),
    Phone: _text(r"[+0-9０-９()（）\-—–－转\s]{3,30}"),
    Email: _text(r"[^@\s]{1,64}@[^@\s]{1,200}\.[A-Za-z]{2,24}"),
    Link: lambda value, known: {"type": "string", "pattern": "^https?://[^\\s<>\"']+$", "maxLength": 2000},
    Line: _line,
}
