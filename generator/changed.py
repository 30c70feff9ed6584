"""A revision in, the files that differ from it out; asks git, and says in Chinese why it cannot answer."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.model.problem import shown

MOST_SECONDS = 60
_IS_TREE = ("rev-parse", "--is-inside-work-tree")


class Unanswered(Exception):
    """Git cannot say; the message is Chinese."""


def changed_since(root: Path, revision: str) -> set[str]:
    """Paths below ``root``, with ``/``: changed, added or moved since ``revision``, new files not yet under git included."""
    if not revision or revision.startswith("-"):
        raise Unanswered(f"“{shown(revision)}”不是版本，请写提交号、分支或标签，如 origin/main")
    differ = _git(
        root, revision, "diff", "--relative", "--name-only", "--no-renames", "-z", "--end-of-options", revision, "--"
    )
    new = _git(root, revision, "ls-files", "--others", "--exclude-standard", "-z")
    return {path for path in (*differ, *new) if path}


def _git(root: Path, revision: str, *arguments: str) -> list[str]:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments in a list
            ["git", *arguments],  # noqa: S607 - the git of whoever calls
            cwd=root,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        raise Unanswered("找不到 git，没法知道改了哪些文件；请安装 git，或不用 --changed-since") from None
    except subprocess.TimeoutExpired:
        raise Unanswered("git 太久没有回答") from None
    if done.returncode and arguments != _IS_TREE:
        if _git(root, revision, *_IS_TREE) != ["true\n"]:
            raise Unanswered("这里不是 git 仓库，没法知道改了哪些文件")
        raise Unanswered(f"git 里没有“{shown(revision)}”这个版本（浅克隆要先取回它）")
    return [part.decode("utf-8", "replace") for part in done.stdout.split(b"\0")]
