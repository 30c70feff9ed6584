"""What the tests of the search share: catalogues, their search files on the disk, and the shipped code in node."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.build import CHECKOUT, load
from generator.model.catalog import Catalog
from generator.render.search import files
from generator.render.search.numbers import bits_for, numbers_of
from tests.search import browserless


@dataclass(frozen=True)
class Searched:
    """A catalogue with its search files in ``site``. ``rows``: the texts of each record by field, in the order of their numbers."""

    catalog: Catalog
    site: Path
    rows: list[tuple[str, ...]]
    ids: list[str]

    def node(self, jobs: list[dict[str, Any]]) -> list[Any]:
        """What the shipped code answers to jobs (browserless.cjs)."""
        return browserless.ask(self.site, jobs)


def catalog_of(root: Path) -> Catalog:
    """A root's records as a catalogue."""
    loaded = load(root)
    content = loaded.content
    return Catalog.of(
        loaded.activities, content.societies, content.calls, content.known, content.notes, date(2026, 11, 23)
    )


def searched(catalog: Catalog, site: Path, *, capped: bool) -> Searched:
    """Write the search files of a catalogue."""
    for file in files(SimpleNamespace(catalog=catalog), {}, capped=capped):
        target = site / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.make())
    shutil.copytree(CHECKOUT / "theme/assets", site / "assets")
    numbers = numbers_of(catalog.activities, bits_for(len(catalog.activities)))
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    return Searched(catalog, site, browserless.texts_of(catalog), [catalog.activities[at].id for at in order])


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """The real records, as they are published."""
    return searched(catalog_of(CHECKOUT), tmp_path_factory.mktemp("real"), capped=True)
