"""What each part of the site costs: processor seconds to list and to make all its files, made by this process and those it starts.

    python -m tests.bench.parts ROOT

Prints a table in Markdown, to be added up with reading and writing, which every part shares.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from generator.build import catalog_of, load
from generator.plugin import render_host
from generator.publish import Scope, open_site, parts

Made = TypeVar("Made")
HEAD = "| part | files | MB | CPU s | ms a record |\n|---|---|---|---|---|"


def spent() -> float:
    """Processor seconds of this process and of those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def timed(make: Callable[[], Made]) -> tuple[Made, float]:
    """What is made, and the processor seconds it took."""
    begun = spent()
    return make(), spent() - begun


def main(root: Path) -> None:
    """Make everything once, nothing is written."""
    gc.disable()  # as the build does
    host, rendering = timed(lambda: render_host(root))
    loaded, reading = timed(lambda: load(root))
    records = len(loaded.activities)
    site, opening = timed(lambda: open_site(catalog_of(loaded, date(2026, 11, 23)), host, Scope.WHOLE))
    print(HEAD)
    for name, seconds in (("host", rendering), ("reading", reading), ("catalogue and cards", opening)):
        print(f"| {name} | | | {seconds:.2f} | {seconds / records * 1000:.3f} |")
    for part in (part for part in parts(site, host, loaded.problems, root) if part.scope <= Scope.WHOLE):
        sizes, seconds = timed(lambda files=part.files: [len(file.make()) for file in files()])
        row = f"{len(sizes):,} | {sum(sizes) / 1e6:.1f} | {seconds:.2f} | {seconds / records * 1000:.3f}"
        print(f"| {part.name} | {row} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
