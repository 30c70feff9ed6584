"""One form's bytes in, what came of it out: package, document, forms, values, and the check's verdict on each activity."""

from __future__ import annotations

import re
from typing import Any

from generator.load.canonical import yaml_text
from generator.load.forms.answers import Answer
from generator.load.forms.archive import REASONS, Package, Unreadable
from generator.load.forms.document import Document, pieces_of
from generator.load.forms.filer import Filers
from generator.load.forms.interpret import Interpreter
from generator.load.forms.labels import Labels
from generator.load.forms.layout import read_layout
from generator.load.forms.learned import learned
from generator.load.forms.loosened import is_ours
from generator.load.forms.ours import our_forms
from generator.load.forms.outcome import ActivityRead, Fault, FormRead, Understood, by_key, ledger
from generator.load.forms.readings import Draft
from generator.load.forms.sheet import read_sheet
from generator.load.forms.word import read_word
from generator.load.records import FOLDER, parse_activity
from generator.load.yaml_text import read_source
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.problem import Problem
from generator.model.reader import Known
from generator.model.source import Mapping, Source
from generator.model.values import Group, Many, Value

UNDECIDED = "undecided"
LEAST_TEXT = 4  # characters


class FormReader:
    """Reads forms with one set of vocabularies."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.labels = Labels.of(known)

    def read(self, data: bytes, file: str) -> FormRead:
        """What a form says. Never raises for what stands in it."""
        try:
            return self._read(read_document(data), file)
        except Unreadable as reason:
            return refused(file, reason.code)
        except (MemoryError, RecursionError):
            return refused(file, "too-long")
        except Exception:  # a stranger's file must never stop the others
            return refused(file, "unexpected")

    def _read(self, document: Document, file: str) -> FormRead:
        form = FormRead(file, notes=document.notes)
        pieces = list(pieces_of(document.blocks))
        if sum(len(piece.text.strip()) for piece in pieces) < LEAST_TEXT:
            return refused(file, "scan" if document.pictures else "no-text")
        for draft in self._drafts(document):
            if draft.values:
                form.activities.append(self._activity(draft))
        ledger(pieces, form)
        if not form.activities:
            form.error, form.cure, form.code = (
                "没有读出一项活动",
                "请确认是填好的信息表；可以用空白表重新填写。",
                "nothing",
            )
        return form

    def _drafts(self, document: Document) -> list[Draft]:
        if is_ours(document):
            return our_forms(document, self.known, self.labels)
        labels = learned(document, self.labels, self.known)
        interpreter = Interpreter(self.known, labels)
        forms = read_layout(document, labels)
        filers = Filers(document, self.known, forms)
        is_said = any(form.has_about("society") for form in forms)
        is_asked = any(form.has(key) for form in forms for key in ("society", "responsible", "province"))
        for form in forms:
            words = filers.of(form.block, only_near=is_said, is_asked=is_asked)
            lent = [answer for answer in form.lent if "society" in answer.keys]
            if words and (lent or not form.has_about("society")):  # the heading of a sheet against a word on another
                form.answers = [answer for answer in form.answers if answer not in lent]
                form.answers.append(Answer(("signed",), "", words))
        return [interpreter.draft(form, filers.home) for form in forms]

    def _activity(self, draft: Draft) -> ActivityRead:
        year = year_of(draft.values)
        path = f"{FOLDER}/{year}/{draft.society or UNDECIDED}/{UNDECIDED}.yml"
        text = yaml_text(Activity, draft.values)
        source, problems = read_source(text, path)
        if source is not None:
            problems = problems + parse_activity(source, self.known)[1]
        labels = {line.key: line.label for line in fields_of(Activity)}
        order = list(labels)
        places = {fact.key: fact.place for fact in draft.facts}
        understood = [
            Understood(
                fact.key,
                labels.get(fact.key, "学会"),
                self._shown(fact.key, draft),
                fact.place,
                fact.label.strip("：:＊* "),
            )
            for fact in sorted(draft.facts, key=lambda fact: order.index(fact.key) if fact.key in order else -1)
        ]
        faults = [_fault(problem, source, labels, places) for problem in problems]
        title = str(draft.values.get("title", ""))
        name = self.known.society_names.get(draft.society, "")
        return ActivityRead(title, draft.society, name, year, draft.values, text, by_key(understood), faults)

    def _shown(self, key: str, draft: Draft) -> str:
        if key == "society":
            return self.known.society_names.get(draft.society, draft.society)
        line = next(line for line in fields_of(Activity) if line.key == key)
        return in_words(draft.values.get(key, ""), line.value)


def read_document(data: bytes) -> Document:
    """The document of a form. Raises Unreadable."""
    package = Package(data)
    return read_word(package) if package.kind == "docx" else read_sheet(package)


def refused(file: str, code: str) -> FormRead:
    """A form that was not read, with the sentence that says why and the one that says what to do."""
    error, cure = REASONS[code]
    return FormRead(file, error, cure, code)


def in_words(value: Any, kind: Value | None = None) -> str:
    """A value on one line, for a reader of reports; parts under their labels."""
    inner = kind.one if isinstance(kind, Many) else kind
    if isinstance(value, dict):
        labels = {part.key: part.label for part in fields_of(inner.cls)} if isinstance(inner, Group) else {}
        return "；".join(f"{labels.get(key, key)} {in_words(part)}" for key, part in value.items() if part != "")
    if isinstance(value, list):
        return (" / " if any(isinstance(one, dict) for one in value) else "、").join(
            in_words(one, inner) for one in value
        )
    return " ".join(str(value).split())


def year_of(values: dict[str, Any]) -> str:
    """The first year stated: of the period, the sessions, the words about the time, the day of filing."""
    period = values.get("period", {})
    sessions = values.get("sessions") or [{}]
    texts = (period.get("start", ""), sessions[0].get("start", ""), period.get("text", ""), values.get("filed", ""))
    for text in texts:
        match = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
        if match:
            return match.group()
    return "undated"


def _fault(problem: Problem, source: Source | None, labels: dict[str, str], places: dict[str, str]) -> Fault:
    """A fault of the record, told of the form: the place is the form's, the cure needs no YAML."""
    key = _key_at(problem, source)
    cure = problem.cure
    if problem.code in ("missing-field", "advised-field"):
        missing = re.search(r"“(.*?)”", problem.message)
        key = next((one for one, label in labels.items() if missing and label == missing[1]), key)
        example = next((line.example for line in fields_of(Activity) if missing and line.label == missing[1]), "")
        example = example or (_part_example(key, missing[1]) if missing else "")
        cure = "请在表里补上" + (
            f"，例如：{example.strip('[]。').replace(', ', '、')}。"
            if example and not example.startswith(("{", "|", "-"))
            else "。"
        )
    return Fault(problem.code, problem.level, key, labels.get(key, ""), problem.message, cure, places.get(key, ""))


def _part_example(key: str, label: str) -> str:
    """How a part of a group is written."""
    line = next((line for line in fields_of(Activity) if line.key == key), None)
    inner = line.value.one if line and isinstance(line.value, Many) else line.value if line else None
    parts = fields_of(inner.cls) if isinstance(inner, Group) else ()
    return next((part.example for part in parts if part.label == label), "")


def _key_at(problem: Problem, source: Source | None) -> str:
    """The top key whose lines hold a problem."""
    root: Mapping | None = source.root if source else None
    found = ""
    for name, node in root.keys.items() if root else ():
        if node.line <= problem.line:
            found = name
    return found if problem.line > 1 or problem.column > 1 else ""
