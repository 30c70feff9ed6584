"""The floor: read every record with CSafeLoader and write as many files of the same sizes as the built site has.

    python -m tests.bench.floor ROOT SIZES SITE

SIZES is a list of `bytes<TAB>path`, made beforehand from our built site. The bytes written are cut from one buffer that
is made once: a file system that does not compress writes them at the cost of the real ones, and nothing of the built
site has to be read, which would be time (or memory) the floor does not owe. One process, one thread, no rendering.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml


def main(root: Path, sizes: Path, site: Path) -> None:
    """Read, then write into the new folder ``site``."""
    records = 0
    for path in (root / "activities").rglob("*.yml"):
        with path.open("rb") as file:
            records += isinstance(yaml.load(file, yaml.CSafeLoader), dict)
    wanted = [line.split("\t", 1) for line in sizes.read_text("utf-8").splitlines()]
    buffer = memoryview(bytes(range(256)) * (max(int(size) for size, _ in wanted) // 256 + 1))
    target, made = str(site), set[str]()
    for size, name in wanted:
        folder = name.rpartition("/")[0]
        if folder not in made:
            Path(target, folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        with open(f"{target}/{name}", "wb", buffering=0) as file:
            file.write(buffer[: int(size)])
    print(records, "records,", len(wanted), "files")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
