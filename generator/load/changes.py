"""Two revisions of a checkout in, the files that differ out: git's own word, never a forge's list, which stops at 3,000 files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from generator.load.git import Unanswered, commit, git, parts
from generator.model.pull import Change

RECORDS = ("activities", "content")


def changed_since(root: Path, revision: str) -> set[str]:
    """Paths below ``root``, with ``/``: changed, added or moved since ``revision``, new files not yet under git included.

    Raises Unanswered.
    """
    differ = git(root, "diff", "--relative", "--name-only", "--no-renames", "-z", commit(root, revision), "--")
    new = git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return {*parts(differ), *parts(new)}


def changes(root: Path, base: str, head: str) -> list[Change]:
    """What ``head`` changes since it left ``base``, sorted by path; a renamed file is one deleted and one added. Raises Unanswered."""
    if git(root, "rev-parse", "--show-prefix").strip():
        raise Unanswered(f"{root} 不是仓库的最上一级文件夹")
    both = f"{commit(root, base)}...{commit(root, head)}"
    fields = parts(git(root, "diff", "--raw", "-z", "--no-renames", "--no-ext-diff", both))
    found = []
    for about, path in zip(fields[::2], fields[1::2], strict=True):
        _, mode, _, _, status = about.split(" ")
        found.append(Change(path, mode, status[0]))
    return sorted(found, key=lambda change: change.path)


def tree(root: Path, head: str) -> list[str]:
    """Every path of a revision. Raises Unanswered."""
    return parts(git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit(root, head)))


def write_before(root: Path, base: str, head: str, folder: Path) -> None:
    """Put the records and lists, as they were where ``head`` left ``base``, below ``folder``. Raises Unanswered."""
    left = git(root, "merge-base", commit(root, base), commit(root, head)).decode().strip()
    held = parts(git(root, "ls-tree", "-z", "--name-only", left, *RECORDS))
    with zipfile.ZipFile(io.BytesIO(git(root, "archive", "--format=zip", "-0", left, "--", *held))) as archive:
        archive.extractall(folder)
