"""The ``.git`` of a root in, the steps of its records out: one ``git log``, no library.

Only files' paths, versions and days are read; who made a change is nobody's business here. Merges count as one step on
the line that was merged into, so a record comes on the day it was merged. A root that is no checkout of its own has no history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from generator.load.git import Unanswered, git
from generator.model.history import RECORDS, History, Sort, Step, file_of, stem_of

_CHINA = timezone(timedelta(hours=8))  # Asia/Shanghai, as far back as there is a git
_LAST = 253_402_271_999  # the last second of the year 9999 there
_HEAD = "\x02"
# Whatever the user's own settings say: no signatures, no programs of others, no mailmap, renames found, the first commit shown.
_LOG = [
    "--no-pager", "-c", "log.showRoot=true", "-c", "log.showSignature=false", "-c", "diff.renameLimit=1000",
    "log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev", "-z", "-M",
    "--no-ext-diff", "--no-textconv", "--ignore-submodules", "--decorate=full",
]  # fmt: skip
_SORTS: dict[str, Sort] = {"A": "added", "M": "changed", "T": "changed", "R": "moved", "D": "removed"}
_MAINS = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "main", "master")


def read_history(root: Path) -> History:
    """What version control remembers of the records of ``root``; nothing where there is no git, or no commit yet."""
    if not (root / ".git").exists():
        return History()
    out = _said(root, *_LOG, f"--format={_HEAD}%ct%d", "--", *RECORDS)
    return _history(out) if out is not None else History()


def were_published(root: Path, stems: Iterable[str]) -> set[str]:
    """Those of some stems that were ever on the main line: a name tried on a branch and dropped before the merge was not published.

    Where no main line is known, all of them.
    """
    files = [file_of(stem) for stem in stems]
    for main in _MAINS if files else ():
        out = _said(root, *_LOG, "--no-renames", "--format=", main, "--", *files)
        if out is not None:
            return {stem_of(path) for path in out.split("\0") if path.endswith(".yml")}
    return {stem_of(file) for file in files}


def _said(root: Path, *arguments: str) -> str | None:
    """What git says; None where there is no git, no repository, no such commit."""
    try:
        return git(root, *arguments).decode("utf-8", "replace")
    except Unanswered:
        return None


def _history(out: str) -> History:
    steps: dict[str, list[Step]] = defaultdict(list)
    seen: set[str] = set()
    names: dict[str, str] = {}  # a former stem -> the stem its record has now; we walk from the newest to the oldest
    begins: date | None = None
    for day, is_boundary, sort, former, path, before, after in _changes(out):
        stem = stem_of(path)
        seen |= {stem, stem_of(former)}
        if is_boundary:  # everything that was there then: when it came is not known
            begins = day
            continue
        now = names.pop(stem, stem) if sort == "added" else names.get(stem, stem)
        if sort == "moved":
            names[stem_of(former)] = now
        steps[now].append(Step(day, sort, now, stem_of(former) if sort == "moved" else "", before, after))
    return History({stem: tuple(some) for stem, some in steps.items()}, frozenset(seen), begins, is_known=True)


def _changes(out: str) -> Iterator[tuple[date, bool, Sort, str, str, str, str]]:
    """Every change of a record's file: day, whether all before it is cut off, sort, former path, path, version before, version after."""
    day, is_boundary = date.min, False
    words = iter(out.split("\0"))
    for word in words:
        line = word.strip("\n")
        if line.startswith(_HEAD):
            seconds, _, names = line[1:].partition(" ")
            day = datetime.fromtimestamp(min(max(int(seconds), 0), _LAST), _CHINA).date()
            is_boundary = names.strip(" ()").split(", ")[0] == "grafted"
        elif line.startswith(":"):
            _, mode, before, after, letter = line[1:].split(" ")
            former = next(words)
            path = next(words) if letter[0] in "RC" else former
            sort = _SORTS.get(letter[0])
            if mode == "120000" or sort is None or not (_is_record(former) and _is_record(path)):
                continue
            gone, fresh = not before.strip("0"), not after.strip("0")
            yield day, is_boundary, sort, former, path, "" if gone else before, "" if fresh else after


def _is_record(path: str) -> bool:
    return path.endswith(".yml") and path.startswith(tuple(f"{folder}/" for folder in RECORDS))
