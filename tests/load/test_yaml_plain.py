"""What is read without libyaml is read as libyaml reads it: the same values, at the same places, without a fault."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from generator.build import CHECKOUT
from generator.load.text import decode
from generator.load.yaml_plain import read_plain
from generator.load.yaml_text import MOST_VALUES, read_source
from generator.model.source import Items, Mapping, Node

PATH = "a.yml"
GOOD = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8")
RECORDS = [file.read_text("utf-8") for file in sorted((CHECKOUT / "activities").rglob("*.yml"))]

SMALL = [
    "# 测试\na: b\n", "a:\n  b: c\n  d: 'e'\n", "a:\n  - b\n  - c: d\n    e: f\n", "a:\n- b\n- c: d\n  e: f\ng: h\n",
    "a: |-\n  b\n\n    - c\n\nd: e\n", "a: |\n  b\n", "a: [b, c d]\ne: {f: g, h: i}\n", "a:\n  - {b: c}\n  - [d]\n", 'a: "b"\n\nc: http://d/#e\n',
]  # fmt: skip
PIECES = [
    " ", "  ", "    ", "\n", "\n\n", "\n  ", "\n    ", "- ", "\n- ", "\n  - ", ": ", ":", "：", " #", "#", '"', "'", "|", "|+", "|2", "-",
    ">", "[", "]", "{", "}", ", ", ",", "&", "*", "!", "%", "@", "`", "? ", "---\n", "...\n", "<<: x", "\t", "\\", "~", "\u3000",
    "\u00a0", "a", "果", "a: b\n", "key:\n", "- a: b\n", "x:\n  - y\n", "k: |\n  p\n", '""', "''", "[]", "{a: b}",
]  # fmt: skip
changes = some.lists(
    some.tuples(some.integers(0, 400), some.sampled_from([0, 0, 0, 1, 2, 5]), some.sampled_from(PIECES)), max_size=4
)


def is_plain(text: str) -> bool:
    """Whether a text is read without libyaml; if so, it has to say the same."""
    clean, faults = decode(text.encode(), PATH)
    root = None if clean is None or faults else read_plain(clean, MOST_VALUES)
    if root is None or clean is None:
        return False
    source, problems = read_source(clean, PATH)
    assert source is not None
    assert not problems
    assert source.root == root
    same_order(source.root, root)
    return True


def same_order(one: Node, other: Node) -> None:
    """Keys and values come in the order of the file."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        assert list(one.keys) == list(one.values) == list(other.keys) == list(other.values)
        for key, value in one.values.items():
            same_order(value, other.values[key])
    elif isinstance(one, Items) and isinstance(other, Items):
        for left, right in zip(one.values, other.values, strict=True):
            same_order(left, right)


@pytest.mark.parametrize("text", [GOOD, *SMALL])
def test_what_records_are_written_in_is_plain(text: str) -> None:
    assert is_plain(text)


def test_nearly_every_record_is_plain() -> None:
    assert sum(map(is_plain, RECORDS)) >= 0.9 * len(RECORDS)


@settings(max_examples=1500, deadline=None)
@given(some.sampled_from([GOOD, *SMALL, *SMALL, *SMALL]), changes)
def test_what_is_plain_says_what_libyaml_reads(text: str, changes: list[tuple[int, int, str]]) -> None:
    for place, cut, piece in changes:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + cut :]
    is_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: b\na: c\n", "a: b\n  c\n", "a: &b c\n", "a: !b c\n", "a: b #c\n", "a: >\n  b\n", "a:\n", "a: b: c\n", "- a\n", "a\n", "",
        "a: b\n---\nc: d\n", "a: [b,c]\n", "a: {b: c, b: d}\n", "a:\tb\n", "a: b", 'a: "\\x41"\n', "? a\n: b\n", "<<: a\n",
        "a:\n  b:\n    c:\n      d: e\n", "a: b\n" * 2_000,
    ],
)  # fmt: skip
def test_the_rest_is_left_to_libyaml(text: str) -> None:
    assert read_plain(text, MOST_VALUES) is None


@pytest.mark.parametrize(
    "text",
    ["a: b" + ":" * 60_000, "a: b" + "#" * 60_000, "a: [" + "b, " * 20_000, "a: |\n  b" + "\n" * 60_000 + "c", "a: " + "b: " * 20_000],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    assert read_plain(text + " \n", 1_000_000) is None
    assert time.process_time() - begun < 1
