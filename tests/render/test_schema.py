"""JSON Schemas: valid themselves, fresh in the repository, content with every good record, and not with bad shapes or words."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.build import CHECKOUT, load
from generator.cli import catalog
from generator.load.canonical import yaml_text
from generator.load.fix import KINDS as FOLDERS
from generator.load.fix import faults_of
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.values import stated
from generator.render.schema import KINDS, schema_of

VILLAGE = CHECKOUT / "tests" / "village"
LOADED = load(VILLAGE)
KNOWN = LOADED.content.known
GOOD = (CHECKOUT / "tests" / "cases" / "good-record.yml").read_text("utf-8")
CASES = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((CHECKOUT / "tests" / "cases" / "check").glob("*.yml"))
}
OF_SHAPE = {"unknown-key", "missing-field", "wrong-shape", "unknown-term", "too-short", "too-long", "too-many", "too-few", "bad-number", "line-break", "colon-inside"}  # fmt: skip


def as_editors_read(text: str, *, words: bool = False) -> Any:
    """A file as an editor's YAML 1.2 reads it: whole numbers, true and false, nothing; with ``words`` all of it text."""
    return resolved(yaml.load(text, yaml.CBaseLoader), words)  # noqa: S506 - everything stays text


def resolved(value: Any, words: bool) -> Any:
    if isinstance(value, dict):
        return {key: resolved(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [resolved(one, words) for one in value]
    if value == "":
        return None
    if words or not re.fullmatch(r"-?(?:0|[1-9]\d{0,17})|true|false", value):
        return value
    return json.loads(value)


@cache
def validator(kind: str) -> Draft202012Validator:
    schema = schema_of(kind, KNOWN)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(kind: str, text: str) -> list[str]:
    read = [as_editors_read(text), as_editors_read(text, words=True)]
    return [f"{list(error.path)}: {error.message[:200]}" for one in read for error in validator(kind).iter_errors(one)]


def kind_for(folder: str) -> str:
    return next(kind for kind, (_, cls) in KINDS.items() if cls is FOLDERS.get(folder))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_speaks_chinese_of_every_field(kind: str) -> None:
    schema = validator(kind).schema
    assert isinstance(schema, dict)
    properties = schema["$defs"]["Society"]["properties"] if kind == "society" else schema["properties"]
    for line in fields_of(KINDS[kind][1]):
        assert properties[line.key]["title"] == line.label
        assert properties[line.label] == {"$ref": properties[line.label]["$ref"]} or line.label == line.key
    references = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(schema)))
    assert references <= set(schema["$defs"])


@pytest.mark.parametrize("root", [CHECKOUT, VILLAGE], ids=["real", "village"])
def test_every_record_is_valid(root: Path) -> None:
    files = [(kind_for(folder), path) for folder in FOLDERS for path in sorted((root / folder).rglob("*.yml"))]
    files += [("society", path) for path in sorted((root / "content/societies").glob("*.yml"))]
    assert len(files) > 40
    for kind, path in files:
        assert faults(kind, path.read_text("utf-8")) == [], path


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_what_the_canonical_form_writes_is_valid(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(LOADED.activities))
    values = stated(record, KNOWN, names=True)
    keys = data.draw(st.sets(st.sampled_from([line.key for line in fields_of(Activity) if line.duty == "optional"])))
    assert faults("activity", yaml_text(Activity, {key: one for key, one in values.items() if key not in keys})) == []


def text_of(given: dict[str, Any]) -> str | None:
    if "text" in given:
        return str(given["text"])
    if set(given) <= {"lines", "add"}:
        lines: list[str | None] = [*GOOD.splitlines()]
        for number, line in given.get("lines", {}).items():
            lines[number - 1] = line
        return "".join(f"{line}\n" for line in lines if line is not None) + str(given.get("add", ""))
    return None


def test_cases_that_fail_by_shape_or_word_fail_and_those_that_pass_pass() -> None:
    seen = {True: 0, False: 0}
    for promise, case in CASES.items():
        text = text_of(case["given"])
        path = case["given"].get("path", "activities/2026/C-01/a.yml")
        if text is None or not path.startswith("activities/") or len(text) > 30_000:
            continue
        codes = {one.code for one in faults_of(text, path, KNOWN, hints=False) if one.level == "error"}
        if not codes <= OF_SHAPE:
            continue  # what libyaml refuses, an editor tells by itself; what only rules know, no schema does
        wrong = faults("activity", text)
        if codes:
            assert wrong, promise
        else:
            assert not wrong, (promise, wrong)
        seen[bool(codes)] += 1
    assert min(seen.values()) > 10, seen


def test_the_schemas_in_the_repository_are_fresh(tmp_path: Path) -> None:
    done = CliRunner().invoke(catalog, ["schema", "--out", str(tmp_path), "--root", str(CHECKOUT)])
    assert done.exit_code == 0, done.output
    for kind in KINDS:
        kept = CHECKOUT / "content" / "schema" / f"{kind}.json"
        assert kept.read_bytes() == (tmp_path / kept.name).read_bytes(), "run `make schema`"


def test_editors_find_the_schema_of_every_kind() -> None:
    found = json.loads((CHECKOUT / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    for folder in (*FOLDERS, "content/societies"):
        (schema,) = [name for name, globs in found.items() if any(glob.startswith(f"{folder}/") for glob in globs)]
        assert (CHECKOUT / schema).is_file()


def test_the_command_shows_one_schema_and_wants_to_know_which() -> None:
    shown = CliRunner().invoke(catalog, ["schema", "need"])
    assert json.loads(shown.stdout)["title"] == "需求"
    assert CliRunner().invoke(catalog, ["schema"]).exit_code == 2
