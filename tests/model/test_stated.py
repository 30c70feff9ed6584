"""What a record states, read again, is the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.build import load
from generator.load.known import Content
from generator.model.field import fields_of
from generator.model.reader import Reader
from generator.model.source import Items, Mapping, Node, Text
from generator.model.values import stated

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS = {"real": CHECKOUT, "village": CHECKOUT / "tests" / "village"}


def node_of(value: Any) -> Node:
    """A value as a source would hold it."""
    if isinstance(value, dict):
        return Mapping(
            {key: Text(key, 1, 1) for key in value}, {key: node_of(each) for key, each in value.items()}, 1, 1
        )
    return Items(tuple(map(node_of, value)), 1, 1) if isinstance(value, list) else Text(str(value), 1, 1)


@pytest.mark.parametrize("names", [True, False], ids=["by name", "by id"])
@pytest.mark.parametrize("root", ROOTS)
def test_every_record_is_read_again_from_what_it_states(root: str, names: bool) -> None:
    loaded = load(ROOTS[root])
    content: Content = loaded.content
    records = [
        *loaded.activities,
        *loaded.needs,
        *loaded.pairings,
        *content.societies.values(),
        *content.calls.values(),
    ]
    assert len(records) > 50
    for record in records:
        reader = Reader("a.yml", content.known)
        written = node_of(stated(record, content.known, names=names))
        assert isinstance(written, Mapping)
        in_file = {line.key for line in fields_of(type(record))}
        kept = {key: getattr(record, key) for key in ("id", "year", "society", "county") if hasattr(record, key)}
        given = {key: value for key, value in kept.items() if key not in in_file}
        again, whole = reader.record(type(record), written, **given)
        assert whole, [str(problem) for problem in reader.problems]
        if getattr(record, "images", ()):  # their sizes are known from the pictures, not from the file
            assert stated(again, content.known, names=names) == stated(record, content.known, names=names)
        else:
            assert again == record
