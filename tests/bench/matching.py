"""The bench of matching: every county and many needs against generated offers, in seconds, memory, and time a candidate.

    python -m tests.bench.matching [--counties 2851 --activities 10000] [--needs 3000]

Ranks twelve offers with reasons for each county, or for each need, and prints one line. All offers are open on the day,
which is the worst case: nothing is ruled out because it is over. The records are those of corpus.py, made in memory.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import time
from datetime import date
from math import nan
from pathlib import Path

from generator import build
from generator.model.activity import Activity
from generator.model.asking import asked_by, asked_for
from generator.model.catalog import Catalog
from generator.model.matching import Matching
from generator.model.need import Need
from generator.model.parts import Capacity, Period
from generator.model.period import Day
from generator.model.reader import Known
from tests.bench import corpus

PROJECT = Path(__file__).parents[2]
TODAY = date(2021, 1, 1)
SHOWN = 12


def main() -> None:
    """Make the records, rank, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.matching", description="The speed of matching.")
    parser.add_argument("--activities", type=int, default=10_000, help="number of offers")
    parser.add_argument("--counties", type=int, default=2_851, help="counties to rank for; 0 with --needs")
    parser.add_argument("--needs", type=int, default=0, help="needs to rank for, instead of counties")
    args = parser.parse_args()
    content = build.read_content(PROJECT, PROJECT)
    material = corpus.read_material(PROJECT)
    activities = [activity(number, material, content.known) for number in range(args.activities)]
    counties = list(content.known.places.counties)[: args.counties]
    needs = [need(number, material, content.known) for number in range(args.needs)]
    catalog = Catalog.of(activities, content.societies, content.calls, content.known, {}, TODAY, needs)
    begun, ticks = time.perf_counter(), time.process_time()
    matching = Matching.of(catalog)
    ready = time.perf_counter() - begun
    asked = [asked_by(one, TODAY) for one in needs] or [asked_for(code, TODAY, "2021-09") for code in counties]
    candidates = 0
    for one in asked:
        candidates += len(matching.candidates(one))
        matching.ranked(one, SHOWN)
    wall, cpu = time.perf_counter() - begun, time.process_time() - ticks
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = (wall - ready) / max(candidates, 1) * 1e9
    print(
        f"{len(asked):,} {'needs' if needs else 'counties'} x {len(activities):,} offers: {wall:.2f} s ({ready:.2f} s to prepare), "
        f"{cpu:.2f} CPU s, {candidates:,} candidates, {each:.0f} ns each, {peak:.0f} MB with the records"
    )


RUNS = {
    "2,851 counties x 10,000 offers": ["--counties", "2851", "--activities", "10000"],
    "3,000 needs x 12,500 offers": ["--needs", "3000", "--activities", "12500"],
    "3,000 needs x 50,000 offers": ["--needs", "3000", "--activities", "50000"],
}


def targets(facts: list[str], skip: bool) -> list[tuple[str, float, float]]:
    """What the issue asks of matching: (what, measured, allowed); not a number where it was left out. ``facts`` grows."""
    seconds, memory, each = (dict.fromkeys(RUNS, nan) for _ in range(3))
    for name, options in {} if skip else RUNS.items():
        command = [sys.executable, "-m", "tests.bench.matching", *options]
        line = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.strip()
        facts.append(f"- matching, {line}")
        figures = re.search(r": ([\d.]+) s .* (\d+) ns each, (\d+) MB", line)
        assert figures, line
        seconds[name], each[name], memory[name] = map(float, figures.groups())
    counties, few, many = RUNS
    return [
        (f"matching, s: {counties}", seconds[counties], 10),
        (f"matching, MB: {counties}", memory[counties], 1000),
        (f"matching, s: {many}", seconds[many], 60),
        (f"matching, ns a candidate: {many}, against a quarter of them", each[many], 1.25 * each[few]),
    ]


def activity(number: int, material: corpus.Material, known: Known) -> Activity:
    """Record ``number`` of the corpus without its file."""
    made = corpus.record(number, material)
    days = {key: Day.read(made["period"][key]) for key in ("start", "end") if key in made["period"]}
    return Activity(
        id=f"{made['year']}/{made['society']}/{made['slug']}",
        year=made["year"],
        society=made["society"],
        title=made["title"],
        summary=made["summary"],
        kind=ids(known, "kinds", [made["kind"]])[0],
        fields=ids(known, "fields", made["fields"]),
        audiences=ids(known, "audiences", made["audiences"]),
        forms=ids(known, "forms", made["forms"]),
        mode=ids(known, "modes", [made["mode"]])[0],
        period=Period(**days, text=made["period"].get("text", "")),
        regions=tuple(known.places.find(word)[0] for word in made["regions"]),
        capacity=Capacity(**made["capacity"]),
    )


def need(number: int, material: corpus.Material, known: Known) -> Need:
    """A need in the words of the corpus, from a county of its own."""
    made = corpus.record(10_000_000 + number, material)
    codes = list(known.places.counties)
    county = codes[number * 7919 % len(codes)]
    start = date(2021 + number % 4, number % 12 + 1, 1).isoformat()[:7]
    return Need(
        id=f"{start[:4]}/{county}/{made['slug']}",
        year=start[:4],
        county=county,
        title=made["title"][:20],
        summary=made["summary"],
        kind=ids(known, "kinds", [made["kind"]])[0],
        fields=ids(known, "fields", made["fields"]),
        audiences=ids(known, "audiences", made["audiences"]),
        forms=ids(known, "forms", made["forms"]),
        period=Period(start=Day.read(start), end=Day.read(f"{start[:4]}-12")),
        people=made["capacity"]["people"],
    )


def ids(known: Known, vocabulary: str, names: list[str]) -> tuple[str, ...]:
    """The ids of terms by name."""
    return tuple(filter(None, (known.vocabularies[vocabulary].find(name) for name in names)))


if __name__ == "__main__":
    main()
