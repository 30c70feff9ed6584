"""Nobody is shut out: axe on the village's pages that differ from the real ones, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PAGES = (
    "activities/1.html",
    "activities/2026/C-01/every-field.html",
    "activities/2026/E-01/hostile-title.html",
    "activities/2026/A-01/longest.html",
    "activities/2026/D-01/cancelled.html",
    "counties/140122.html",
    "calls/2026.html",
    "regions/140000.html",
    "societies/140000-ceshi.html",
    "needs/index.html",
    "needs/gaps.html",
    "needs/2026/140122/apple-pruning.html",
    "needs/2026/140122/hostile-title.html",
    "pairings/2026/140122/orchard.html",
)


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(village: Any, audit: Callable[[str], list[str]], path: str) -> None:
    assert audit(village.url(path)) == []
