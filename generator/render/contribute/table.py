"""Record classes and what records may point at in, the same as data out: what the browser reads and checks a form by."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from generator.model import dates, period, pointers, privacy, reader, rules, values
from generator.model.activity import SLUG, SOCIETY, YEAR
from generator.model.field import Field, fields_of
from generator.model.pinyin import initials
from generator.model.reader import SHAPES, Known
from generator.model.source import Items, Text
from generator.model.source import Mapping as Parts
from generator.model.values import Group, Many
from generator.render.contribute.words import phrases_table, words_table
from generator.render.site import Json

_SPACE = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what Python takes for white space


def rules_data(record: type, known: Known, files: Json) -> Json:
    """All but places and societies: the tables of fields, the vocabularies, the calls, the words and the patterns.

    ``files``: how files are read and written: the ``patterns`` of that, ``why`` a character may not stand in one, what is ``special``
    at the start of a value.
    """
    return {
        "record": record.__name__,
        "tables": dict(_tables(record)),
        "vocabularies": {
            id: [[term.id, term.name, *term.aliases] for term in known.vocabularies[id]] for id in _vocabularies(record)
        },
        "calls": {
            call.id: [call.number, *(str(day or "") for day in (call.window.start, call.window.end))]
            for call in known.calls.values()
        },
        "words": words_table(),
        "phrases": phrases_table(),
        "shapes": [SHAPES[Text], SHAPES[Items], SHAPES[Parts]],
        "kinds": [getattr(privacy, name) for name in ("IDENTITY", "MOBILE", "CARD", "CHAT", "PLATE", "MAIL")],
        "hints": privacy.HINTS,
        "flags": values.FLAGS,
        "quotes": reader.QUOTES,
        "dashes": values.DASHES,
        "zones": pointers.ZONES,
        "alike": [rules.ALIKE, rules.MOST_SHARING],
        "patterns": {name: in_browser(pattern) for name, pattern in {**_patterns(), **files["patterns"]}.items()},
        "why": files["why"],
        "special": files["special"],
        "path": {
            name: in_browser(re.compile(text)) for name, text in (("year", YEAR), ("society", SOCIETY), ("slug", SLUG))
        },
    }


def places_data(known: Known) -> list[Any]:
    """Regions as (id, name, short name, name of its 科协, initials); counties as (code, name, initials, city, region), the last two only where they change."""
    regions = [[one.id, one.name, one.short, one.cast, initials(one.short)] for one in known.places.regions.values()]
    counties: list[list[str]] = []
    before = ("", "")
    for one in known.places.counties.values():
        here = (one.city, one.region)
        counties.append([one.code, one.name, initials(one.name), *(() if here == before else here)])
        before = here
    return [regions, counties]


def _tables(record: type) -> Iterator[tuple[str, Json]]:
    """The table of a class and of every class below it, by the class's name."""
    yield record.__name__, {"short": getattr(record, "SHORT", ""), "lines": [_line(line) for line in fields_of(record)]}
    for line in fields_of(record):
        inner = line.value.one if isinstance(line.value, Many) else line.value
        if isinstance(inner, Group):
            yield from _tables(inner.cls)


def _line(line: Field) -> Json:
    value = {"key": line.key, "label": line.label, "duty": line.duty, "aliases": line.aliases, "example": line.example}
    return {**value, "value": _value(line.value)}


def _value(value: Any) -> Json:
    """A type by its name and what it was made with."""
    made = (
        {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        if dataclasses.is_dataclass(value)
        else {}
    )
    if isinstance(value, Many):
        made["one"] = _value(value.one)
    if isinstance(value, Group):
        made["cls"] = value.cls.__name__
    if "pattern" in made:
        made["pattern"] = in_browser(re.compile(made["pattern"]))[0]
    return {"type": type(value).__name__, "several": bool(getattr(value, "one_word", False)), **made}


def _vocabularies(record: type) -> list[str]:
    """The vocabularies that a record's fields choose from."""
    lines = [line["value"] for _, table in _tables(record) for line in table["lines"]]
    chosen = [value.get("one", value).get("vocabulary") for value in lines]
    return list(dict.fromkeys(filter(None, chosen)))


def _patterns() -> dict[str, re.Pattern[str]]:
    found = {
        **values.PATTERNS,
        **pointers.PATTERNS,
        **dates.PATTERNS,
        **period.PATTERNS,
        **reader.PATTERNS,
        **privacy.PATTERNS,
    }
    return found | {"namesAPhone": rules.NAMES_A_PHONE}


def in_browser(pattern: re.Pattern[str]) -> tuple[str, str]:
    """A pattern and its flags as JavaScript writes them (with ``u``): digits of every script, Python's white space, code points."""
    source = re.sub(r"\\U(\w{8})", lambda found: rf"\u{{{int(found[1], 16):x}}}", pattern.pattern)
    source = (
        source.replace(r"\d", r"\p{Nd}")
        .replace(r"[^\s", rf"[^{_SPACE}")
        .replace(r"[\s", rf"[{_SPACE}")
        .replace(r"\s", f"[{_SPACE}]")
    )
    source = re.sub(r"\\([" + re.escape("—–‐−﹣－．＿：") + r" ])", r"\1", source)
    return source, "u" + ("i" if pattern.flags & re.IGNORECASE else "")
