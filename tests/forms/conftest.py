"""What the tests of forms share: a reader with the village's societies."""

from __future__ import annotations

from typing import Any

import pytest

from generator.build import CHECKOUT
from generator.load.forms.reading import FormReader
from generator.load.known import read_content


@pytest.fixture(scope="session")
def reader() -> FormReader:
    """Reads forms by the village's societies and the checkout's vocabularies."""
    return FormReader(read_content(CHECKOUT / "tests" / "village", CHECKOUT).known)


def _words(value: Any) -> Any:
    """Values as a case file writes them: numbers as text, empty parts left out."""
    if isinstance(value, dict):
        return {key: _words(one) for key, one in value.items() if one != ""}
    return [_words(one) for one in value] if isinstance(value, list) else str(value)


@pytest.fixture(scope="session")
def words() -> Any:
    """``words(values)``: as a case file writes them."""
    return _words
