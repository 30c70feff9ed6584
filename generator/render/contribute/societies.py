"""Societies in, rows for choosing one by typing out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from generator.model.catalog import Catalog
from generator.model.pinyin import initials


def societies_data(catalog: Catalog) -> list[list[Any]]:
    """Id, name, initials, the years it has records of, other names: of every society."""
    years: dict[str, dict[str, None]] = defaultdict(dict)
    for activity in catalog.activities:
        years[activity.society][activity.year] = None
    return [
        [one.id, one.name, initials(one.name), sorted(years[one.id]) if one.id in years else [], *one.aliases]
        for one in catalog.societies.values()
    ]
