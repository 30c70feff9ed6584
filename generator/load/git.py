"""A question to git in, its answer's bytes out, or a Chinese sentence saying why there is none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_SECONDS = 60


class Unanswered(Exception):
    """Git cannot say. The message is Chinese, without a full stop."""


def git(root: Path, *arguments: str, revision: str | None = None) -> bytes:
    """What git says in a folder. ``revision``: the one that was asked about, for the message. Raises Unanswered."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments in a list
            ["git", "--literal-pathspecs", *arguments],  # noqa: S607 - the git of whoever calls
            cwd=root,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (FileNotFoundError, PermissionError):
        raise Unanswered("找不到 git，没法知道改了哪些文件；请安装 git") from None
    except subprocess.TimeoutExpired:
        raise Unanswered("git 太久没有回答") from None
    except ValueError:  # a null character
        raise Unanswered(f"“{revision}”不是版本") from None
    if done.returncode:
        if b"not a git repository" in done.stderr:
            raise Unanswered("这里不是 git 仓库，没法知道改了哪些文件")
        if revision is None:
            raise Unanswered("git 没有回答；历史不全的，请完整克隆")
        raise Unanswered(f"git 里没有“{revision}”这个版本（浅克隆要先取回它）")
    return done.stdout


def commit(root: Path, revision: str) -> str:
    """The full name of the commit that a revision means. Raises Unanswered."""
    if not revision or revision.startswith("-"):
        raise Unanswered(f"“{revision}”不是版本，请写提交号、分支或标签，如 origin/main")
    named = git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", revision=revision
    )
    return named.decode().strip()


def parts(answer: bytes) -> list[str]:
    """The parts of an answer to ``-z``."""
    return [part.decode("utf-8", "replace") for part in answer.split(b"\0") if part]


@contextmanager
def stored(root: Path, most: int) -> Iterator[Callable[[str], bytes]]:
    """Gives a function from the name of a stored file to its bytes, empty where it is missing or longer than ``most``. One process for all. Raises Unanswered."""
    try:
        process = subprocess.Popen(
            ["git", "cat-file", "--batch"],  # noqa: S607 - the git of whoever calls
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    except OSError:
        raise Unanswered("找不到 git") from None
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answers = process.stdin, process.stdout

    def read(name: str) -> bytes:
        try:
            asked.write(name.encode() + b"\n")
            asked.flush()
            words = answers.readline().split()
            if len(words) != 3:
                return b""
            left = int(words[2]) + 1  # a line end follows
            data = answers.read(left) if left <= most + 1 else b""
            while not data and left > 0 and (piece := answers.read(min(left, most))):
                left -= len(piece)
            return data[:-1]
        except (OSError, ValueError):
            raise Unanswered("仓库不全或者坏了") from None

    with process:
        try:
            yield read
        finally:
            process.kill()
