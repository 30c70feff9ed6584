"""The shipped search without a browser: its files written for some records, and its own code asked in node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from playwright._impl._driver import compute_driver_executable

from generator.build import CHECKOUT
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.reader import Known
from generator.render.search.columns import numbers_script
from generator.render.search.encode import digits, script
from generator.render.search.files import fields_table
from generator.render.search.numbers import bits_for, numbers_of
from generator.render.search.postings import Corpus
from generator.render.search.shards import Shard, boundaries, shard_path, shards
from generator.render.search.text import FIELDS, GAP, Texts, term_texts
from tests.bench import corpus, matching

ENGINE = ("terms.js", "facets.js", "vendor/lunr.js")


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
    """The searched texts of every row, those that it has from terms too."""
    texts = Texts(catalog)
    words = {(term.facet, term.id): term.text for term in term_texts(catalog)}
    found = []
    for activity in in_rows(catalog)[1]:
        title, _, place, _, *rest = texts.of(activity)
        ids = {
            "kind": [activity.kind],
            "fields": activity.fields,
            "audiences": activity.audiences,
            "forms": activity.forms,
        }
        of_terms = GAP.join(words[facet, id] for facet, held in ids.items() for id in held)
        found.append((title, words["society", activity.society], place, of_terms, *rest))
    return found


@dataclass(frozen=True)
class ByTerm:
    """Texts of rows with those taken out that rows have from terms: here each name in such a field is a term.

    ``terms``: number, field and text of each; ``held``: for each row their numbers; ``rest``: the rows' other texts.
    """

    terms: list[tuple[int, int, str]]
    held: list[list[int]]
    rest: list[list[str]]

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> ByTerm:
        """Take them out. No row must have a name twice."""
        numbers: dict[tuple[int, str], int] = {}
        held = []
        for row in texts:
            parts = [
                (at, part) for at, field in enumerate(FIELDS) if field.by_term for part in row[at].split(GAP) if part
            ]
            held.append([numbers.setdefault(part, len(numbers)) for part in parts])
        rest = [["" if field.by_term else text for field, text in zip(FIELDS, row, strict=True)] for row in texts]
        return cls([(number, at, part) for (at, part), number in numbers.items()], held, rest)

    def facet(self) -> dict[str, Any]:
        """A facet of all terms, as a column of the page."""
        count = np.array([number for number, _, _ in self.terms], np.int64)
        names = [[str(number), text] for number, _, text in self.terms]
        ranks = digits(np.arange(len(self.held), dtype=np.int64))
        return {"key": "terms", "label": "", "terms": names, "numbers": digits(count), "sets": self.held, "data": ranks}


def write_index(folder: Path, numbers: Sequence[int], texts: Sequence[Sequence[str]], *, capped: bool) -> list[Shard]:
    """What the engine needs of a site: manifest, numbers, columns, shards and its code. Gives the shards."""
    split = ByTerm.of(texts)
    cut = list(shards(Corpus.of(numbers, [text for row in split.rest for text in row], split.terms), capped=capped))
    files = {shard_path(shard): shard.data for shard in cut}
    files["search/columns.js"] = script("catalogColumns", {"past": "", "states": [], "facets": [split.facet()]})
    files["search/numbers.js"] = numbers_script(numbers)
    files["search/manifest.js"] = script(
        "catalogManifest",
        {
            "count": len(numbers),
            "fields": fields_table(),
            **boundaries([(shard.begin, shard.check, shard.is_heavy) for shard in cut]),
            "files": {"numbers": "numbers", "columns": "columns"},
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
