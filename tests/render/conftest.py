"""The village's catalogue of the tests' day, and records with hostile text for what renders without a disk."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from generator.build import catalog_of, load
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.parts import Contact

VILLAGE = Path(__file__).resolve().parents[1] / "village"
HOSTILE = (
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0", "+86-010-60000000", "-2+3", "@SUM(A1)", "＝1＋1", "\t=1", " =1",
    "001", "1E5", "123456789012345678", "_x000D_", "_x0041_", "<script>alert(1)</script>", "]]>", "&amp;", "&#x0;", '"', "a,b;c",
    "#set text(red)", "#sys.inputs", "$x$", "*粗*", "@引用", "\\", "{{ 7*7 }}", "${7*7}", "'; DROP TABLE activities; --", "😀👩‍🌾",
    "𠮷野家", "مرحبا", "第一行\n=第二行", "a" * 200, "http://example.org/" + "a" * 2100, "NULL", "undefined", "1;2;3", "%s%n", "../../etc",
)  # fmt: skip


@pytest.fixture(scope="session")
def village_catalog(today: date) -> Catalog:
    """The village, ready to be rendered."""
    return catalog_of(load(VILLAGE), today)


@pytest.fixture(scope="session")
def hostile_catalog(today: date) -> Catalog:
    """Records whose every free text is one of ``HOSTILE``, as no rule would let all of them pass."""
    loaded = load(VILLAGE)
    model = next(one for one in loaded.activities if one.id == "2026/C-01/ends-today" or one.contact)
    records = [_with(model, number, text) for number, text in enumerate(HOSTILE)]
    return catalog_of(dataclasses.replace(loaded, activities=records), today)


def _with(model: Activity, number: int, text: str) -> Activity:
    return dataclasses.replace(
        model,
        id=f"2026/C-01/hostile-{number:02d}",
        title=text,
        summary=text,
        description=text,
        cost=text,
        host_provides=text,
        partners=(text,),
        contact=Contact(office=text, phone=(text,), email=text),
    )
