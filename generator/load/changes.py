"""Two revisions of a checkout in, the files that differ out: git's own word, never a forge's list, which stops at 3,000 files."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from generator.model.pull import Change

RECORDS = ("activities", "content")


class NoRevision(Exception):
    """Git is missing, the folder is no checkout, or it does not know the revision. Its text is Chinese."""


def changes(root: Path, base: str, head: str) -> list[Change]:
    """What ``head`` changes since it left ``base``, sorted by path; a renamed file is one deleted and one added. Raises NoRevision."""
    if _git(root, "rev-parse", "--show-prefix").strip():
        raise NoRevision(f"{root} 不是仓库的最上一级文件夹")
    names = [_commit(root, name) for name in (base, head)]
    fields = _git(root, "diff", "--raw", "-z", "--no-renames", "--no-ext-diff", "...".join(names)).split(b"\0")
    found = []
    for about, path in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, _, status = about.decode("ascii").split(" ")
        found.append(Change(_path(path), mode, status[0]))
    return sorted(found, key=lambda change: change.path)


def tree(root: Path, head: str) -> list[str]:
    """Every path of a revision. Raises NoRevision."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", _commit(root, head))
    return [_path(path) for path in listed.split(b"\0") if path]


def write_before(root: Path, base: str, head: str, folder: Path) -> None:
    """Put the records and lists, as they were where ``head`` left ``base``, below ``folder``. Raises NoRevision."""
    left = _git(root, "merge-base", _commit(root, base), _commit(root, head)).decode().strip()
    held = _git(root, "ls-tree", "-z", "--name-only", left, *RECORDS).decode().split("\0")
    packed = _git(root, "archive", "--format=zip", "-0", left, "--", *filter(None, held))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)


def _commit(root: Path, name: str) -> str:
    return (
        _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", about=name)
        .decode()
        .strip()
    )


def _path(path: bytes) -> str:
    return path.decode("utf-8", "replace")


def _git(root: Path, *arguments: str, about: str | None = None) -> bytes:
    command = ["git", "-C", str(root), "--literal-pathspecs", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - arguments, never a shell's line
    except (OSError, ValueError) as error:
        raise NoRevision("这台机器上没有 git，看不出改了哪些文件") from error
    if done.returncode:
        raise NoRevision(
            f"仓库里没有“{about}”这个版本" if about is not None else "这里不是 git 仓库，或者历史不全（需要完整克隆）"
        )
    return done.stdout
