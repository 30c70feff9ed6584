"""The web form's rules: what Python says of a record, the browser's code says in the same words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright._impl._driver import compute_driver_executable

from generator.build import CHECKOUT, load
from generator.load import text
from generator.load.known import read_content
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model.activity import Activity
from generator.model.problem import Problem
from generator.model.source import Items, Mapping, Node, Source
from generator.render.contribute.societies import initials
from generator.render.contribute.table import places_data, rules_data
from tests.test_check import ALL_CASES, data_of

CONTENT = read_content(CHECKOUT, CHECKOUT)
KNOWN = CONTENT.known
CASES = Path(__file__).resolve().parents[1] / "cases" / "form"
PATH = "activities/2026/C-01/a.yml"
CHARACTERS = {"pattern": text.FORBIDDEN, "why": text.WHY}

Browser = Callable[[str, list[Any]], list[Any]]


@pytest.fixture(scope="module")
def browser_code() -> Iterator[Browser]:
    """``browser_code(job, values)``: what theme/assets/contribute makes of each, in the node that Playwright brings."""
    command = [str(compute_driver_executable()[0]), str(Path(__file__).with_name("form_node.js"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as node:
        assert node.stdin
        assert node.stdout

        def send(value: Any) -> None:
            assert node.stdin
            node.stdin.write(json.dumps(value) + "\n")
            node.stdin.flush()

        def ask(job: str, values: list[Any]) -> list[Any]:
            send([job, values])
            assert node.stdout
            answer: list[Any] = json.loads(node.stdout.readline())
            return answer

        send(
            {
                "rules": rules_data(Activity, KNOWN, CHARACTERS),
                "places": places_data(KNOWN),
                "societies": [[one.id, one.name, initials(one.name), [], *one.aliases] for one in CONTENT.societies.values()],
            }
        )
        yield ask
        node.stdin.close()


def as_data(node: Node) -> Any:
    """A node as the browser's code takes it."""
    place = {"line": node.line, "column": node.column}
    if isinstance(node, Mapping):
        return {"map": [[as_data(node.keys[key]), as_data(value)] for key, value in node.values.items()], **place}
    if isinstance(node, Items):
        return {"items": [as_data(value) for value in node.values], **place}
    return {"text": node.value, "cut": node.cut, **place}


def source_data(source: Source) -> Any:
    return {"path": source.path, "root": as_data(source.root), "text": source.text, "lost": list(source.lost)}


def verdict(problem: Any) -> tuple[Any, ...]:
    said = asdict(problem) if isinstance(problem, Problem) else problem
    return tuple(said[key] for key in ("line", "column", "code", "level", "message", "cure"))


def by_python(source: Source) -> list[tuple[Any, ...]]:
    return sorted(verdict(problem) for problem in parse_activity(source, KNOWN)[1])


def of_one_record() -> dict[str, Source]:
    """The check's case files that hold one activity which can be read at all."""
    sources = {}
    for promise, case in ALL_CASES.items():
        given = case["given"]
        if {"edit", "picture", "also", "repeat", "numbered"} & set(given):
            continue
        content, _ = text.decode(data_of(given), PATH)
        source = read_source(content, given.get("path", PATH))[0] if content else None
        if source is not None and source.path.startswith("activities/"):
            sources[promise] = source
    return sources


def changed_records() -> dict[str, Source]:
    """The form's own cases: the good record with some values changed, one a case."""
    good = (CHECKOUT / "tests" / "cases" / "good-record.yml").read_text("utf-8")
    sources = {}
    for file in sorted(CASES.glob("*.yml")):
        for number, case in enumerate(yaml.load(file.read_text("utf-8"), yaml.BaseLoader)):
            whole = {**yaml.load(good, yaml.BaseLoader), **case["given"]}
            written = yaml.safe_dump({key: value for key, value in whole.items() if value != ""}, allow_unicode=True, default_style='"')
            source, problems = read_source(written, PATH)
            assert source is not None
            assert not problems, problems
            sources[f"{file.stem} {number}"] = source
            CODES[f"{file.stem} {number}"] = case["codes"]
    return sources


CODES: dict[str, list[str]] = {}
SHARED = {**of_one_record(), **changed_records()}


def test_there_are_enough_shared_cases() -> None:
    assert len(SHARED) >= 300
    codes = {said[2] for source in SHARED.values() for said in by_python(source)}
    assert len(codes) >= 30


def test_on_every_shared_case_the_browser_says_what_python_says(browser_code: Browser) -> None:
    answers = browser_code("check", [source_data(source) for source in SHARED.values()])
    for promise, source, answer in zip(SHARED, SHARED.values(), answers, strict=True):
        assert sorted(map(verdict, answer["problems"])) == by_python(source), promise
        if promise in CODES:
            assert sorted(problem["code"] for problem in answer["problems"]) == CODES[promise], promise
