"""The bench of the search: what it finds, what it weighs on the wire, what it costs to build; Pagefind beside it.

    python -m tests.bench.search [--size 10000] [--queries 5000] [--typed 300] [--pagefind COMMAND ...] [--skip-pagefind]

Queries are parts of one to eight characters of titles, societies and places, read and answered by the shipped code in node; a
"visit" is five of them one after the other. Some are typed in headless Chromium, where the times are taken too. Pagefind is run where a command for it is there. Prints Markdown with the targets.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any, NamedTuple

from generator.build import load
from generator.model.catalog import Catalog
from generator.render.search import files
from generator.render.search.text import GAP
from tests.bench import corpus, measure, pagefind, typing, weight
from tests.search import browserless

PROJECT = Path(__file__).parents[2]
TODAY = "2026-11-23"
SHOWN, VISIT, LONGEST = 10, 5, 8
SUMMARY = 4  # the place of the summary among a row's texts

Row = tuple[str, float, float]  # what, measured, allowed


class Query(NamedTuple):
    """A part of some record's name, and which rows bear it."""

    text: str
    holders: set[int]


def main() -> int:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.search", description="What the search finds and weighs."
    )
    parser.add_argument("--size", type=int, default=10_000, help="number of records")
    parser.add_argument("--queries", type=int, default=5_000, help="number of queries")
    parser.add_argument("--typed", type=int, default=300, help="how many of them are typed in a browser; 0: none")
    parser.add_argument("--pagefind", action="append", help="a command that runs Pagefind; may be given more than once")
    parser.add_argument("--skip-pagefind", action="store_true", help="leave Pagefind out")
    parser.add_argument("--part", nargs=2, metavar=("ROOT", "WHAT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        part(Path(args.part[0]), args.part[1])
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-search-") as name:
        folder = Path(name)
        corpus.write_root(PROJECT, folder / "root", args.size, corpus.read_material(PROJECT))
        build = [
            sys.executable,
            "-m",
            "generator",
            "build",
            "--root",
            str(folder / "root"),
            "--site",
            str(folder / "site"),
        ]
        whole = measure.run([*build, "--today", TODAY], PROJECT, folder / "build.log")
        print(f"{args.size:,} records, whole build {whole.cpu:.1f} CPU s, {whole.tree:.0f} MB\n")
        rows = [*costs(folder, args.size), *finding(folder, args.queries)]
        rows += typed(folder, args.typed, args.size) if args.typed else []
        print("| | measured | allowed | |\n|---|---|---|---|")
        for what, measured, allowed in rows:
            verdict = (
                ""
                if not allowed
                else "met"
                if (measured >= allowed if what.startswith("share") else measured <= allowed)
                else "**missed**"
            )
            print(f"| {what} | {measured:,.4g} | {f'{allowed:,.4g}' if allowed else ''} | {verdict} |", flush=True)
        print()
        commands = [command.split() for command in args.pagefind or []] or pagefind.commands()
        if args.skip_pagefind or not commands:
            print("Pagefind: left out." if args.skip_pagefind else f"Pagefind: not measured; {pagefind.HOW_TO_GET}.")
        else:
            texts = [query.text for query in chosen(texts_of(folder / "root"), 20)]
            for command in commands:
                print(pagefind.line(command, folder, texts), flush=True)
    return 0


def catalog_of(root: Path) -> Catalog:
    """The records below a root."""
    loaded = load(root)
    content = loaded.content
    return Catalog.of(loaded.activities, content.societies, content.calls, content.known, {}, date.fromisoformat(TODAY))


@cache
def texts_of(root: Path) -> list[tuple[str, ...]]:
    """The searched texts of every row."""
    return browserless.texts_of(catalog_of(root))


def part(root: Path, what: str) -> None:
    """Load the records, or load them and make all files of the search: the difference is what the search costs."""
    catalog = catalog_of(root)
    if what == "search":
        for file in files(SimpleNamespace(catalog=catalog), {}):
            file.make()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def costs(folder: Path, size: int) -> list[Row]:
    """Processor time and memory that the search adds, and its size on the disk."""
    took = {}
    for what in ("load", "search"):
        command = [sys.executable, "-m", "tests.bench.search", "--part", str(folder / "root"), what]
        took[what] = measure.run(command, PROJECT, folder / f"{what}.log")
    held = measure.listing(folder / "site" / "search")
    return [
        ("build: ms of processor time a record", (took["search"].cpu - took["load"].cpu) / size * 1000, 0.8),
        ("build: MB above loading the records, all processes", took["search"].tree - took["load"].tree, 0),
        ("on the disk: MB", measure.total(held) / 1e6, 0),
        ("on the disk: files", len(held), 0),
    ]


def chosen(rows: list[tuple[str, ...]], number: int) -> list[Query]:
    """Random parts of random names, each with the rows that bear it; the same whenever the records are."""
    random = Random(20261124)  # noqa: S311
    names = [GAP.join(row[:3]) for row in rows]
    found = []
    while len(found) < number:
        name = random.choice(random.choice(rows)[random.randrange(3)].split(GAP))
        size = min(random.randint(1, LONGEST), len(name))
        at = random.randrange(len(name) - size + 1)
        if text := name[at : at + size].strip():
            found.append(Query(text, {row for row, held in enumerate(names) if text in held}))
    return found


def finding(folder: Path, number: int) -> list[Row]:
    """Whether queries find first what bears them, whether parts of summaries find their record, and how fast."""
    site = folder / "site"
    rows = texts_of(folder / "root")
    queries = chosen(rows, number)
    jobs = [{"kind": "typed", "text": query.text, "today": TODAY, "first": SHOWN, "fresh": True} for query in queries]
    answers = browserless.ask(site, jobs, seconds=600)
    good = sum(is_first(query, answer["rows"]) for query, answer in zip(queries, answers, strict=True))
    for query, answer in zip(queries, answers, strict=True):
        if not is_first(query, answer["rows"]):
            print(
                f"- not found first: {query.text!r}: {len({*answer['rows']} & query.holders)} of {len(query.holders)}"
            )
    times = sorted(answer["ms"] for answer in answers)
    return [
        ("share of parts of names whose first ten are right", good / number, 1),
        *recall(site, rows, number // 5),
        *cap(site, queries[: number // 20]),
        ("search in node with all shards to read, ms, p95", times[int(len(times) * 0.95)], 0),
        *opening(site),
    ]


def is_first(query: Query, rows: list[int]) -> bool:
    """Whether the first ten bear the text, and all of them are there where ten or fewer do."""
    least = min(SHOWN, len(query.holders))
    return {*rows[:least]} <= query.holders and len(rows) >= least


def typed(folder: Path, number: int, size: int) -> list[Row]:
    """Queries typed in a browser: whether the first ten are right, what they load, and how long a person waits."""
    place = {activity.id: row for row, activity in enumerate(browserless.in_rows(catalog_of(folder / "root"))[1])}
    queries = chosen(texts_of(folder / "root"), number)
    facets = ["fields", "audiences", "forms", "kind", "mode", "state", "month", "regions"] * 3
    site = folder / "site"
    times, answers, first, further = typing.measure(site, [query.text for query in queries], facets, VISIT)
    good = 0
    for query, (total, ids) in zip(queries, answers, strict=True):
        right = is_first(query, [place[id] for id in ids]) and total >= min(SHOWN, len(query.holders))
        good += right
        if not right:
            print(f"- typed, not found first: {query.text!r}: {total} in all")
    return [
        ("share of typed parts of names whose first ten are right", good / number, 1),
        *spread("first query", site, first, 60, 12),
        *spread("further query", site, further, 40 if size < 100_000 else 150, 0),
        ("last key to painted results, nothing at hand, ms, p95", typing.p95(times["far"]), 300),
        ("last key to painted results, shards at hand, ms, p95", typing.p95(times["near"]), 100),
        (
            f"last key to painted results, processor slowed {typing.SLOWED} times, ms, p95",
            typing.p95(times["slow"]),
            500,
        ),
        ("tick to painted results, all at hand, ms, p95", typing.p95(times["ticks"]), 50),
    ]


def recall(site: Path, rows: list[tuple[str, ...]], number: int) -> list[Row]:
    """Of parts of summaries, how many find their record anywhere: what caps on frequent terms cost."""
    random = Random(7)  # noqa: S311
    found = []
    for what, field, size, allowed in (
        ("three characters of a summary", SUMMARY, 3, 1),
        ("two characters of a summary", SUMMARY, 2, 0),
        ("one character of a summary", SUMMARY, 1, 0),
    ):
        wanted = []
        while len(wanted) < number:
            row = random.randrange(len(rows))
            text = rows[row][field]
            at = random.randrange(len(text) - size + 1)
            if text[at : at + size].strip():
                wanted.append((row, text[at : at + size]))
        answers = browserless.ask(
            site, [{"kind": "search", "text": text, "anywhere": True} for _, text in wanted], seconds=600
        )
        held = sum(row in answer["rows"] for (row, _), answer in zip(wanted, answers, strict=True))
        found.append((f"share of {what} that find their record", held / number, allowed))
    return found


def cap(site: Path, queries: list[Query]) -> list[Row]:
    """What it changes that lunr ranks only the 200 of the most impact, against all."""
    few, many = (
        browserless.ask(
            site, [{"kind": "search", "text": query.text, "first": SHOWN, "most": most} for query in queries]
        )
        for most in (200, 1 << 20)
    )
    same = [
        len({*one["rows"]} & {*other["rows"]}) / max(1, len(other["rows"]))
        for one, other in zip(few, many, strict=True)
    ]
    return [("share of lunr's first ten of all that are the first ten with 200 candidates", sum(same) / len(same), 0)]


@cache
def packed(path: Path) -> int:
    """Bytes of a file after gzip."""
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def opening(site: Path) -> list[Row]:
    """What /activities/ loads before a key is pressed."""
    page = site / "activities/index.html"
    named = manifest(site)["files"]
    own = [site / "search" / f"{named[name]}.js" for name in ("numbers", "columns", "phrases")]
    sizes = {path.name: packed(path) for path in {page, *weight.loaded(page), site / "search/manifest.js", *own}}
    columns = sum(packed(path) for path in own[:2])
    print(
        "- opening /activities/, gzip:",
        "、".join(f"{name} {size:,}" for name, size in sorted(sizes.items(), key=lambda line: -line[1])),
        "\n",
    )
    return [
        ("opening /activities/: KB gzip", sum(sizes.values()) / 1000, 200),
        ("of it facet columns and numbers: KB gzip", columns / 1000, 90),
        ("opening /activities/: requests", len(sizes), 0),
    ]


def manifest(site: Path) -> Any:
    """What search/manifest.js says."""
    return pagefind.call((site / "search/manifest.js").read_text("utf-8"))


def spread(what: str, site: Path, loads: Iterable[list[str]], most: float, requests: int) -> list[Row]:
    """Median, 95th percentile and greatest of the bytes and requests of queries. ``loads``: the files each asked for."""
    numbers = [len(files) for files in loads]
    sizes = [sum(packed(site / file) for file in files) for files in loads]
    return [
        (f"{what}: KB gzip, median", median(sizes) / 1000, 0),
        (f"{what}: KB gzip, p95", quantiles(sizes, n=20)[-1] / 1000, most),
        (f"{what}: KB gzip, most", max(sizes) / 1000, most),
        (f"{what}: requests, p95", quantiles(numbers, n=20)[-1], requests),
        (f"{what}: requests, most", max(numbers), requests),
    ]


if __name__ == "__main__":
    sys.exit(main())
