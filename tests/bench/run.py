"""The bench: our walk and our whole build, Hugo's build of the same records, the floor and Pagefind, side by side on generated records.

    python -m tests.bench.run [--sizes 1000,10000,50000] [--runs 3] [--skip-hugo] [--skip-matching] [--work DIR] [--check]

The walk is what Hugo does, too: pages and lists (`--pages-only`). The whole build has search, data and all else; Pagefind, where a command
for it is there, indexes the activity pages of the walk, so that Hugo and Pagefind together do most of what the whole build does.

Runs are interleaved (walk, whole, Hugo, the floor, and again), each into a new folder, so that the machine's drift hits all
alike; medians are reported. What each part of the site costs is told for every size. A busy disk is the largest noise: `--work /dev/shm/bench` keeps it out. Prints Markdown.
With --check the exit code is 1 when a target is missed; a target that was not measured is said so and does not count.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan, nan
from pathlib import Path
from statistics import median

from tests.bench import corpus, hugo_site, matching, measure, pagefind, weight

PROJECT = Path(__file__).parents[2]
HEAD = (
    "| records | | CPU s | of it system | wall s | largest process MB | all processes MB (PSS) | files | MB | runs |\n"
    + "|---" * 10
    + "|"
)
COLUMNS = (("cpu", 2), ("system", 2), ("wall", 2), ("largest", 0), ("tree", 0))

Results = dict[tuple[str, int], list[measure.Figures]]  # of a tool at a size: one a round
Target = tuple[str, float, float]  # what, measured, allowed


def main() -> int:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description="The speed and weight of the build.")
    parser.add_argument("--sizes", default="1000,10000,50000", help="numbers of records, with commas")
    parser.add_argument("--runs", type=int, default=3, help="runs of each at each size")
    parser.add_argument("--skip-hugo", action="store_true", help="leave Hugo out; its two targets stay unjudged")
    parser.add_argument("--skip-matching", action="store_true", help="leave matching out; its targets stay unjudged")
    parser.add_argument("--work", type=Path, help="a folder to work in and keep; default: a temporary one, removed")
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    args = parser.parse_args()
    hugo = None if args.skip_hugo else shutil.which("hugo")
    if not hugo:
        print("Hugo: left out.\n" if args.skip_hugo else f"Hugo: not measured; {hugo_site.HOW_TO_GET}.\n")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start\n\n{HEAD}", flush=True)
    results: Results = {}
    facts: list[str] = []
    targets: list[Target] = []
    with workspace(args.work) as work:
        for size in sorted({int(size) for size in args.sizes.split(",")}):
            folder = work / str(size)
            results |= measure_size(folder, size, args.runs, hugo)
            targets = weights(folder / "whole", facts)  # those of the largest size stand
            facts += [one_changed(folder, size), parts_of(folder, size)]
            if not args.work:
                shutil.rmtree(folder)
    targets += matching.targets(facts, args.skip_matching)
    print("", *facts, "", "| target | measured | allowed | |", "|---|---|---|---|", sep="\n")
    targets += ratios(results)
    for what, measured, allowed in targets:
        print(f"| {what} | {measured:,.3g} | {allowed:,.3g} | {verdict(measured, allowed)} |")
    return int(args.check and any(measured > allowed for _, measured, allowed in targets))


def verdict(measured: float, allowed: float) -> str:
    """Met, missed, or not measured."""
    if isnan(measured) or isnan(allowed):
        return "not measured"
    return "met" if measured <= allowed else "**missed**"


@contextmanager
def workspace(wanted: Path | None) -> Iterator[Path]:
    """The folder to work in."""
    if wanted:
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            yield Path(name)


def build(folder: Path, name: str, *options: str) -> list[str]:
    """Our command, into ``folder``/``name``."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--root",
        str(folder / "root"),
        "--site",
        str(folder / name),
    ]
    return [*command, "--today", "2026-11-23", *options]


def measure_size(folder: Path, size: int, runs: int, hugo: str | None) -> Results:
    """All runs of one size, each into a new folder; prints the row of each tool."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    material = corpus.read_material(PROJECT)
    corpus.write_root(PROJECT, folder / "root", size, material)
    commands = {"walk": build(folder, "walk", "--pages-only"), "whole": build(folder, "whole")}
    tools = ["walk", "whole", *(["hugo"] if hugo else []), "floor", *(["pagefind"] if pagefind.commands() else [])]
    took: dict[str, list[measure.Figures]] = {tool: [] for tool in tools}
    for turn in range(runs):
        for tool, figures in took.items():
            if (
                tool not in commands
            ):  # the first walk stands: it gives Hugo the frame, the floor its sizes, Pagefind its pages
                commands |= others(folder, size, hugo, material)
            shutil.rmtree(folder / tool, ignore_errors=True)
            figures.append(measure.run(commands[tool], PROJECT, folder / f"{tool}-{turn}.log"))
    for tool, figures in took.items():
        files = measure.listing(folder / tool)
        pages = sum(weight.is_record(Path(name)) for name in files)
        if tool not in ("floor", "pagefind") and pages != size:
            raise measure.FailedError(f"{tool} made {pages} activity pages of {size} records: not the same work")
        cells = [f"{middle(figures, name):.{digits}f}" for name, digits in COLUMNS]
        cells += [f"{len(files):,}", f"{measure.total(files) / 1e6:.1f}", str(runs)]
        print(f"| {size:,} | {tool} |", " | ".join(cells), "|", flush=True)
    return {(tool, size): figures for tool, figures in took.items()}


def middle(figures: list[measure.Figures], name: str) -> float:
    """The median of one figure over the rounds; not a number where there was none."""
    values: list[float] = [getattr(each, name) for each in figures]
    return median(values) if values else nan


def others(folder: Path, size: int, hugo: str | None, material: corpus.Material) -> dict[str, list[str]]:
    """The commands of Hugo, the floor and Pagefind; writes what they read, unmeasured."""
    site, sizes = folder / "walk", folder / "sizes.txt"
    files = measure.listing(site)
    sizes.write_text("".join(f"{bytes_}\t{name}\n" for name, (bytes_, _, _) in sorted(files.items())), "utf-8")
    floor = [sys.executable, "-m", "tests.bench.floor", str(folder / "root"), str(sizes), str(folder / "floor")]
    commands = {"floor": floor}
    if found := pagefind.commands():
        pages = pagefind.copy_pages(site, folder / "pagefind-source")
        output = ["--output-path", str(folder / "pagefind"), "--root-selector", "main"]
        commands["pagefind"] = [*found[0], "--site", str(pages), *output]
    if not hugo:
        return commands
    hugo_site.write_site(site, folder / "hugo-source", size, material)
    source = ["--source", str(folder / "hugo-source"), "--cacheDir", str(folder / "hugo-cache")]
    return commands | {"hugo": [hugo, "--quiet", *source, "--destination", str(folder / "hugo")]}


def weights(site: Path, facts: list[str]) -> list[Target]:
    """What activity pages weigh."""
    found = weight.weigh(site)
    parts = "、".join(f"{name} {size:,}" for name, size in sorted(found.parts.items(), key=lambda part: -part[1]))
    facts.append(
        f"- {found.pages:,} activity pages, gzip: median {found.median:,} B, most {found.most:,} B ({found.heaviest}); with it: {parts}"
    )
    return [
        ("activity page, KB gzip (heaviest)", found.most / 1000, 7),
        ("first visit to it, KB gzip", found.visit / 1000, 120),
    ]


def one_changed(folder: Path, size: int) -> str:
    """Build again after one record changed, into the site that stands; which files were written anew."""
    record = min((folder / "root/activities").rglob("*.yml"))
    text = record.read_text("utf-8")
    record.write_text(text.replace("\nsummary: ", "\nsummary: 改动一处。", 1), "utf-8", newline="\n")
    before = measure.listing(folder / "whole")
    took = measure.run(build(folder, "whole"), PROJECT, folder / "again.log")
    after = measure.listing(folder / "whole")
    written = [name for name, stat in after.items() if before.get(name) != stat]
    gone = len(before.keys() - after.keys())
    return (
        f"- {size:,} records, built again after one record changed: {len(written):,} of {len(after):,} files written, "
        f"{gone} removed, {took.cpu:.2f} CPU s, {took.wall:.2f} s"
    )


def parts_of(folder: Path, size: int) -> str:
    """What each part of the site costs, made by one process."""
    command = [sys.executable, "-m", "tests.bench.parts", str(folder / "root")]
    measure.run(command, PROJECT, folder / "parts.log")
    return f"\n{size:,} records, one process:\n\n{(folder / 'parts.log').read_text('utf-8')}"


def ratios(results: Results) -> list[Target]:
    """The targets of speed and memory, not a number where a size or tool was not measured. Ratios are taken within a round, then the median."""
    found: list[Target] = []
    for other, allowed in (("hugo", 0.6), ("floor", 3.0)):
        for name in ("cpu", "wall"):
            rounds = zip(results.get(("walk", 10_000), []), results.get((other, 10_000), []), strict=False)
            shares = [getattr(ours, name) / getattr(theirs, name) for ours, theirs in rounds]
            found.append((f"{name}, walk / {other}, 10,000", median(shares) if shares else nan, allowed))
    found += beside_pagefind(results)
    for tool in ("walk", "whole"):
        for name in ("cpu", "wall"):
            small, ten, fifty = (middle(results.get((tool, size), []), name) for size in (1_000, 10_000, 50_000))
            what = f"{name} ms a further record, {tool}, 10,000 to 50,000"
            found.append((what, (fifty - ten) / 40, 1.25 * (ten - small) / 9))
        peaks = [each.tree for each in results.get((tool, 50_000), [])]
        found.append((f"peak memory MB, {tool}, 50,000, all processes", max(peaks, default=nan), 1000))
    return found


def beside_pagefind(results: Results) -> list[Target]:
    """The whole build beside Hugo's and Pagefind's together."""
    whole, hugo, found = (results.get((tool, 10_000), []) for tool in ("whole", "hugo", "pagefind"))
    cpu = [ours.cpu / (pages.cpu + index.cpu) for ours, pages, index in zip(whole, hugo, found, strict=False)]
    memory = [ours.tree / index.tree for ours, index in zip(whole, found, strict=False)]
    return [
        ("cpu, whole / Hugo and Pagefind, 10,000", median(cpu) if cpu else nan, 0.25),
        ("memory of all processes, whole / Pagefind, 10,000", median(memory) if memory else nan, 0.2),
    ]


if __name__ == "__main__":
    sys.exit(main())
