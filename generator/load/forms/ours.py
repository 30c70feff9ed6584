"""Our own forms, told by their content controls: each answer stands in one with its key as the tag, so nothing is guessed.

A value that reads as it stands is taken as it stands; what people typed freely is read like any other form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.load.forms import terms
from generator.load.forms.answers import Answer, Form
from generator.load.forms.document import LABEL, UNREAD, Document, Tagged, Words, pieces_of
from generator.load.forms.interpret import Interpreter
from generator.load.forms.labels import Labels
from generator.load.forms.loosened import in_order
from generator.load.forms.moments import moment_of
from generator.load.forms.readings import LINES, TEXTS, Draft, Fact
from generator.model.activity import Activity
from generator.model.dates import FullDay, Moment
from generator.model.field import Field, fields_of
from generator.model.form import HINT, is_printed
from generator.model.privacy import private_spans
from generator.model.reader import FAULT, Known, Reader
from generator.model.source import Text
from generator.model.values import Choice, Group, Many, Value

MARKER = "form"
COPIED = 10_000  # between the number of a row and that of its copy


def our_forms(document: Document, known: Known, labels: Labels) -> list[Draft]:
    """The drafts of a document made from our form; a marker begins each activity."""
    groups: list[list[Tagged]] = [[]]
    for tagged in in_order(document):
        is_second = (
            tagged.key == "title" and tagged.words and any(one.key == "title" and one.words for one in groups[-1])
        )
        if tagged.key == MARKER and groups[-1]:
            groups.append([])
        elif is_second:  # the table was copied, the line above it was not
            groups.append([one for one in groups[-1] if one.key == MARKER] + _since_society(groups[-1]))
        groups[-1].append(_without_hint(tagged))
    drafts = [_draft(group, known, labels) for group in groups if group]
    _rest(document, labels)
    return drafts


def _since_society(group: list[Tagged]) -> list[Tagged]:
    """Take from a group the society a second title follows."""
    if group[-1].key != "society":
        return []
    return [group.pop()]


def _without_hint(tagged: Tagged) -> Tagged:
    """An answer typed before or behind what asked for it."""
    text = tagged.words.text
    if HINT not in text or text.strip() == HINT:
        return tagged
    at = text.index(HINT)
    tagged.words.claim(at, at + len(HINT), LABEL)
    parts = [*tagged.words.sub(0, at).parts, *tagged.words.sub(at + len(HINT), len(text)).parts]
    return Tagged(tagged.key, Words(parts))


def _rest(document: Document, labels: Labels) -> None:
    """What stands outside the controls: printed words of the form are known, anything else was typed beside its place."""
    for piece in pieces_of(document.blocks):
        if any(fate for fate in piece.fates) or not piece.text.strip():
            continue
        if is_printed(piece.text) or labels.is_title(piece.text):
            piece.claim(0, len(piece.text), LABEL)
        else:
            piece.doubts.append((0, len(piece.text), "写在了填写的格子外面"))


def _draft(group: list[Tagged], known: Known, labels: Labels) -> Draft:
    form = Form("table")
    exact: dict[str, Any] = {}
    places: dict[str, str] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for tagged in group:
        words, parts = tagged.words, tagged.key.split(".")
        line = _line(parts[0])
        if tagged.key == MARKER:
            _marker(words, exact)
        elif tagged.key == "society":
            form.answers.append(Answer(("society",), "学会名称", words))
        elif not words:
            words.claim_all(LABEL)
        elif line is None or _is_strange(parts):
            words.doubt("不认识这个格子")
        else:
            places.setdefault(parts[0], words.place)
            value = _exact(line, parts, words, known)
            if value is FAULT:
                continue
            if value is None:
                form.answers.append(Answer((tagged.key if tagged.key in _loose() else parts[0],), line.label, words))
            elif len(parts) == 3:
                _row(rows.setdefault(parts[0], {}), int(parts[1][:9]), parts[2])[parts[2]] = value
            elif len(parts) == 2:
                _once(exact.setdefault(parts[0], {}), parts[1], value, words)
            else:
                _once(exact, parts[0], value, words)
    exact |= {key: [row for _, row in sorted(found.items())] for key, found in rows.items()}
    return _joined(Interpreter(known, labels).draft(form), exact, places)


def _exact(line: Field, parts: list[str], words: Words, known: Known) -> Any:
    """The value that stands there as it is; None where it must be looked at, FAULT where it was and means nothing."""
    part = _part(line, parts[-1]) if len(parts) > 1 else line
    value = _value(part.value, words, known) if part else None
    if value is None and len(parts) == 3 and part and not private_spans(words.text):
        value = _moment(part.value, words)  # a row of its own: nothing beside it could be meant
        if value is None:
            words.doubt(f"“{part.label}”没有认出，请照例子写" + (f"：{part.example}" if part.example else ""))
            return FAULT
    return value


def _is_strange(parts: list[str]) -> bool:
    """Whether no form of ours has such a key."""
    return len(parts) > 3 or (len(parts) == 3 and not parts[1].isdecimal())


def _row(rows: dict[int, dict[str, Any]], number: int, part: str) -> dict[str, Any]:
    """The row a part belongs to: a row that was copied keeps its number, and is one more row."""
    while part in rows.setdefault(number, {}):
        number += COPIED
    return rows[number]


def _once(values: dict[str, Any], key: str, value: Any, words: Words) -> None:
    """Keep the first answer; a second, different one is told."""
    if values.setdefault(key, value) != value:
        for piece, start, end in words.parts:
            piece.fates[start:end] = bytes([UNREAD]) * (end - start)
        words.doubt("这一项写了不止一次，只取了前一处")


def _joined(draft: Draft, exact: dict[str, Any], places: dict[str, str]) -> Draft:
    """What was read freely, and over it what stood as it is."""
    draft.society = draft.society or exact.get("society", "")
    order = [line.key for line in fields_of(Activity)]
    for key in order:
        if key in exact:
            old, new = draft.values.get(key), exact[key]
            draft.values[key] = old | new if isinstance(old, dict) and isinstance(new, dict) else new
            draft.facts.append(Fact(key, _label(key), places.get(key, "")))
    only_form = set(draft.values) <= {"call", "renews", "filed"}
    draft.values = {} if only_form else {key: draft.values[key] for key in order if key in draft.values}
    return draft


def _loose() -> set[str]:
    return {*LINES, *TEXTS, "period.start", "period.end", "contact.office", "contact.phone", "contact.email", "team.level",
            "capacity.sessions", "capacity.people", "capacity.volunteers"}  # fmt: skip


def _marker(words: Words, exact: dict[str, Any]) -> None:
    """附件1｜C-01｜2021: kind, society, call."""
    words.claim_all(LABEL)
    fields = [part.strip() for part in re.split(r"[｜|]", words.text)]
    if len(fields) > 1 and fields[1]:
        exact["society"] = fields[1]
    if len(fields) > 2 and fields[2]:
        exact["call"] = fields[2]


def _label(key: str) -> str:
    return next((line.label for line in fields_of(Activity) if line.key == key), key)


def _line(key: str) -> Field | None:
    return next((line for line in fields_of(Activity) if line.key == key), None)


def _part(line: Field, key: str) -> Field | None:
    inner = line.value.one if isinstance(line.value, Many) else line.value
    return next((part for part in fields_of(inner.cls) if part.key == key), None) if isinstance(inner, Group) else None


def _value(value: Value, words: Words, known: Known) -> Any:
    """The value as the file writes it, where the words are just that; None where they must be looked at."""
    if isinstance(value, Many):
        return _list(value, words, known)
    if isinstance(value, Choice):
        found = terms.terms(words, known.vocabularies[value.vocabulary], "")
        return known.vocabularies[value.vocabulary].name(found[0]) if len(found) == 1 else None
    text = words.text.strip(" \t\n\u3000")
    if private_spans(text):
        return None
    reader = Reader("", known)
    read = value.read(Text(text, 1, 1), reader, "")
    if read is FAULT or any(problem.level == "error" for problem in reader.problems):
        return None
    words.claim_all()
    return value.write(read, known, names=True)


def _moment(value: Value, words: Words) -> str | None:
    """A day, or a day and hour, as people write it: 2026年5月12日上午9点."""
    if not isinstance(value, FullDay):
        return None
    day, end, rest = moment_of(words.text) or ("", "", words.text)
    if end or rest.strip() or (" " in day and not isinstance(value, Moment)):
        return None
    words.claim_all()
    return day


def _list(value: Many, words: Words, known: Known) -> list[Any] | None:
    if isinstance(value.one, Choice):
        vocabulary = known.vocabularies[value.one.vocabulary]
        return [vocabulary.name(id) for id in terms.terms(words, vocabulary, "")] or None
    text = words.text
    sign = "\n" if "\n" in text.strip() else "；" if "；" in text else "、"
    found = []
    for part in _apart(words, sign):
        one = _value(value.one, part, known)
        if one is None:
            for piece, start, end in words.parts:
                piece.fates[start:end] = bytes([UNREAD]) * (end - start)
            return None
        if one not in found:
            found.append(one)
    return found or None


def _apart(words: Words, sign: str) -> Iterator[Words]:
    at = 0
    for part in words.text.split(sign):
        bare = part.rstrip("；")
        if bare.strip():
            yield words.sub(at, at + len(bare))
        at += len(part) + 1
