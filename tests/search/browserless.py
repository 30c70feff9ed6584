"""The shipped search without a browser: its files written for some records, and its own code asked in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from generator.build import CHECKOUT
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.reader import Known
from generator.render.search.columns import numbers_script
from generator.render.search.encode import script
from generator.render.search.numbers import bits_for, numbers_of
from generator.render.search.postings import Corpus
from generator.render.search.shards import Shard, shard_path, shards
from generator.render.search.text import FIELDS, Texts
from tests.bench import corpus, matching

ENGINE = ("terms.js", "vendor/lunr.js")


def ask(site: Path, jobs: Sequence[dict[str, Any]], *, seconds: int = 120) -> list[Any]:
    """What browserless.cjs answers to jobs, in one process, on the node that Playwright brings."""
    command = [str(compute_driver_executable()[0]), str(Path(__file__).with_name("browserless.cjs")), str(site)]
    done = subprocess.run(
        command, input=json.dumps(jobs), capture_output=True, check=True, encoding="utf-8", timeout=seconds
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


def in_rows(catalog: Catalog) -> tuple[list[int], list[Activity]]:
    """The numbers of all records, ascending, and the records in this order: a record's place is its row in the browser."""
    number_of = numbers_of(catalog.activities, bits_for(len(catalog.activities)))
    order = sorted(range(len(number_of)), key=number_of.__getitem__)
    return [number_of[position] for position in order], [catalog.activities[position] for position in order]


def texts_of(catalog: Catalog) -> list[tuple[str, ...]]:
    """The searched texts of every row."""
    texts = Texts(catalog)
    return [texts.of(activity) for activity in in_rows(catalog)[1]]


def write_index(folder: Path, numbers: Sequence[int], texts: Sequence[Sequence[str]], *, capped: bool) -> list[Shard]:
    """What the engine needs of a site: manifest, numbers, shards and its code. Gives the shards."""
    cut = list(shards(Corpus.of(numbers, [text for row in texts for text in row]), capped=capped))
    files = {shard_path(shard): shard.data for shard in cut}
    files["search/numbers.js"] = numbers_script(numbers)
    files["search/manifest.js"] = script(
        "catalogManifest",
        {
            "count": len(numbers),
            "fields": [[field.key, field.boost, int(field.is_name)] for field in FIELDS],
            "firsts": "\n".join(shard.first for shard in cut),
            "checks": "".join(shard.check for shard in cut),
            "files": {"numbers": "numbers"},
        },
    )
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    for name in ENGINE:
        (folder / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / "theme" / "assets" / name, folder / "assets" / name)
    return cut


def invented(number: int, material: corpus.Material, known: Known) -> Activity:
    """Record ``number`` of the bench's corpus, its description included."""
    activity = matching.activity(number, material, known)
    return replace(activity, description=corpus.record(number, material)["description"])
