"""Nobody is shut out: axe on every kind of page of the real site, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

KINDS = (
    "home", "all", "numbered", "facet", "activity", "society", "national society", "societies", "region", "empty region",
    "county", "hall", "pairings", "gaps", "needs guide", "regions", "call", "calls", "statistics", "data", "changes", "guide", "web guide", "word guide",
    "yaml guide", "fields",
    "rules", "about", "handbook", "missing",
)  # fmt: skip


def test_no_kind_of_page_is_forgotten(real: Any) -> None:
    assert set(KINDS) == set(real.kinds)


@pytest.mark.browser
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_is_too_wide(real: Any, audit: Callable[[str], list[str]], kind: str) -> None:
    assert audit(real.url(real.kinds[kind])) == []
