"""No value of a form lands in another record or in another field, however it is laid out and whatever its labels are called."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from generator.load.forms.reading import FormReader
from tests.forms import layouts

FORMS = 40  # of each layout
LEAST_READ = 0.9  # of what is said


@pytest.fixture(scope="module")
def words(reader: FormReader) -> layouts.Words:
    return layouts.Words.of(reader.known, reader.labels)


@pytest.mark.parametrize("layout", layouts.LAYOUTS, ids=lambda layout: layout.__name__.strip("_"))
def test_no_value_crosses(layout: layouts.Layout, reader: FormReader, words: layouts.Words) -> None:
    read = said = 0
    for seed in range(FORMS):
        document, true = layouts.form(Random(f"{layout.__name__}{seed}"), words, layout)  # noqa: S311 - the same every time
        got = [(draft.society, flat(draft.values)) for draft in reader._drafts(document) if draft.values]
        assert crossings(got, true) == [], (seed, document)
        read += sum(len(values) for _, values in got)
        said += sum(len(values) for _, values in true)
    assert read >= LEAST_READ * said


def flat(values: dict[str, Any]) -> dict[str, Any]:
    """Groups taken apart; numbers as text."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict):
            found |= {f"{key}.{part}": one if isinstance(one, list) else str(one) for part, one in value.items() if one}
        else:
            found[key] = value
    return found


def crossings(got: list[tuple[str, dict[str, Any]]], true: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """What stands where nobody said it."""
    by_name = {values["title"]: (society, values) for society, values in true}
    wrong = [] if len(got) <= len(true) else [f"{len(got)} activities of {len(true)}"]
    for society, values in got:
        own, meant = by_name.get(values.get("title", ""), ("", {}))
        if society not in ("", own):
            wrong.append(f"{society} for {own}")
        for key, value in values.items():
            told = meant.get(key)
            is_part = isinstance(value, list) and isinstance(told, list) and set(value) <= set(told)
            if value != told and not is_part:
                wrong.append(f"{values.get('title')}.{key}: {value!r} for {told!r}")
    return wrong
