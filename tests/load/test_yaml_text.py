"""Whatever a file holds, reading it raises nothing and says where the fault is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as some

from generator.build import CHECKOUT
from generator.load.files import Found
from generator.load.known import read_content
from generator.load.records import parse_activity, read_activity
from generator.load.text import decode
from generator.load.yaml_text import HAS_LIBYAML, read_source
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.source import Items, Mapping, Node

PATH = "activities/2026/C-01/a.yml"
GOOD = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8")
KNOWN = read_content(CHECKOUT, CHECKOUT).known
FIELDS = [field.key for field in fields_of(Activity)]

PIECES = [
    "title", "period", "contact", "- ", "? ", ": ", "：", ":", "[", "]", "{", "}", ",", "，", "&a ", "*a", "!x ", "!!set ",
    '"', "'", "“", "”", "|", ">", "\n", "\n  ", "\n    ", "\t", "\u3000", " #", "#", "<<", "---\n", "...\n", "%YAML 1.1\n",
    "果树", "2026-05", "no", "\\", "\\u202e", "\ufeff", "\r\n", "~", "@", "`", "13800138000",
]  # fmt: skip
soup = some.lists(some.sampled_from(PIECES), max_size=60).map("".join)


def checked(data: bytes) -> None:
    """Read bytes as a record; every problem must lie inside the file."""
    begun = time.process_time()
    text, problems = decode(data, PATH)
    record: Activity | None = None
    if text is not None:
        source, more = read_source(text, PATH)
        problems += more
        if source is not None:
            record, more = parse_activity(source, KNOWN)
            problems += more
    assert time.process_time() - begun < 1
    assert record is not None or problems
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert str(problem).isprintable()


def test_libyaml_is_there() -> None:
    assert HAS_LIBYAML


@settings(max_examples=300, deadline=None)
@given(soup)
@example("? " * 5000)
@example("- " * 5000)
@example("a: " * 5000)
@example("title: [" + "[" * 5000)
@example('title: "' + "\\" * 999)
def test_no_soup_of_yaml_breaks_the_reading(text: str) -> None:
    checked(text.encode())


@settings(max_examples=150, deadline=None)
@given(some.binary(max_size=200))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    checked(data)


@settings(max_examples=150, deadline=None)
@given(some.sampled_from(FIELDS), some.text(max_size=60))
def test_no_text_in_any_field_breaks_the_reading(key: str, text: str) -> None:
    checked(f"{GOOD}{yaml.safe_dump({key: text}, allow_unicode=True)}".encode("utf-8", "replace"))
    checked(f"{GOOD}{key}: {text}\n".encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None)
@given(
    some.sampled_from(FIELDS),
    some.recursive(
        some.sampled_from(["x", "", "2026", "全国"]),
        lambda below: (
            some.lists(below, max_size=3)
            | some.dictionaries(some.sampled_from([*FIELDS, "start", "office", "phone"]), below, max_size=3)
        ),
        max_leaves=8,
    ),
)
def test_no_shape_in_any_field_breaks_the_reading(key: str, value: object) -> None:
    record = {**yaml.safe_load(GOOD), key: value}
    checked(yaml.safe_dump(record, allow_unicode=True, default_flow_style=None).encode())


@settings(max_examples=300, deadline=None)
@given(some.integers(0, len(GOOD) - 1), some.integers(0, 4), some.sampled_from(["", *PIECES]), some.booleans())
def test_no_slip_of_the_keyboard_breaks_the_reading(at: int, dropped: int, put: str, twice: bool) -> None:
    piece = GOOD[at : at + dropped]
    checked((GOOD[:at] + put + (piece * 2 if twice else "") + GOOD[at + dropped :]).encode())


def places(node: Node) -> list[tuple[int, int]]:
    below = node.values if isinstance(node, Items) else node.values.values() if isinstance(node, Mapping) else ()
    return [(node.line, node.column), *(place for child in below for place in places(child))]


def test_every_value_has_its_line_and_column() -> None:
    source, problems = read_source(
        "title: 甲\nperiod:\n  start: 2026-03\nforms: [培训, 讲座]\nmedia:\n  - {title: 乙}\n", PATH
    )
    assert not problems
    assert source
    assert places(source.root) == [(1, 1), (1, 8), (3, 3), (3, 10), (4, 8), (4, 9), (4, 13), (6, 3), (6, 5), (6, 13)]
    assert source.place("period", "start") == (PATH, 3, 10)
    assert source.place("period", "end") == (PATH, 3, 3)  # not written: the nearest above
    assert source.place("forms", 1) == (PATH, 4, 13)


@pytest.mark.parametrize("path", sorted((CHECKOUT / "activities").rglob("*.yml")), ids=lambda path: path.stem)
def test_the_text_of_every_real_record_is_kept_as_it_stands(path: Path) -> None:
    source, problems = read_source(path.read_text("utf-8"), PATH)
    assert not problems
    assert source
    assert source.root.values.keys() == yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader).keys()  # noqa: S506 - text only


def test_a_record_is_read_or_told_never_neither(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text(GOOD)
    record, problems = read_activity(Found(PATH, str(file)), KNOWN)
    assert record
    assert not problems
    file.write_text(GOOD.replace("技术服务类", "技术"))
    record, problems = read_activity(Found(PATH, str(file)), KNOWN)
    assert record is None
    assert len(problems) == 1
