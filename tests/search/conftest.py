"""What the tests of the search share: catalogues, their search files on the disk, and the shipped code in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable

from generator.build import CHECKOUT, load
from generator.model.catalog import Catalog
from generator.render.search import files
from generator.render.search.numbers import bits_for, numbers_of
from generator.render.search.text import Texts
from tests.bench import corpus

GENERATED = 2_000


@dataclass(frozen=True)
class Searched:
    """A catalogue with its search files in ``site``. ``rows``: the texts of each record by field, in the order of their numbers."""

    catalog: Catalog
    site: Path
    rows: list[tuple[str, ...]]
    ids: list[str]

    def node(self, jobs: list[dict[str, Any]]) -> list[Any]:
        """What the shipped code answers to jobs (browserless.cjs), in the node that Playwright brings."""
        command = [
            str(compute_driver_executable()[0]),
            str(Path(__file__).with_name("browserless.cjs")),
            str(self.site),
        ]
        done = subprocess.run(
            command, input=json.dumps(jobs), capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


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
    texts = Texts(catalog)
    activities = [catalog.activities[position] for position in order]
    return Searched(
        catalog, site, [texts.of(activity) for activity in activities], [activity.id for activity in activities]
    )


@pytest.fixture(scope="session")
def generated_root(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """``generated_root(count)``: invented records of the real shape."""

    def make(count: int) -> Path:
        root = tmp_path_factory.mktemp("generated") / "root"
        corpus.write_root(CHECKOUT, root, count, corpus.read_material(CHECKOUT))
        return root

    return make


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    """The real records, as they are published."""
    return searched(catalog_of(CHECKOUT), tmp_path_factory.mktemp("real"), capped=True)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory, generated_root: Callable[[int], Path]) -> Searched:
    """Two thousand invented records, with nothing cut off the postings; of their long texts the beginning, as lunr.py takes its time."""
    catalog = catalog_of(generated_root(GENERATED))
    short = [
        replace(activity, description=activity.description[:40], summary=activity.summary[:80])
        for activity in catalog.activities
    ]
    return searched(replace(catalog, activities=tuple(short)), tmp_path_factory.mktemp("generated"), capped=False)
