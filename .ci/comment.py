"""A finished check of a pull request in (the event of ``workflow_run``), its one comment on GitHub out: ``make pull-comment``.

It runs with the right to comment. Which pull request is meant follows from the event and from GitHub's own answers, never from
the artefact; the artefact becomes text only through ``catalog comment``. All that GitHub is asked goes through ``gh api``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ARTEFACT = "pull-report"
MOST_BYTES = 1_000_000  # of the artefact as GitHub packed it
BOT = "github-actions[bot]"
CATALOG = [sys.executable, "-m", "generator", "comment"]


def gh(*arguments: str, given: str | None = None) -> bytes:
    """What ``gh api`` answers."""
    return subprocess.run(
        ["gh", "api", *arguments], input=given.encode() if given else None, stdout=subprocess.PIPE, check=True
    ).stdout


def pull_number(repository: str, run: dict[str, Any], default_branch: str) -> int | None:
    """The open pull request whose newest commit was checked; None where it moved on, was closed, or is not to be told apart."""
    if not run["head_repository"]:  # the fork is gone
        return None
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    fields = ["--raw-field", f"head={head}", "--raw-field", "state=open", "--raw-field", "per_page=100"]
    pulls = json.loads(gh("--method", "GET", f"repos/{repository}/pulls", *fields))
    found = [
        pull["number"]
        for pull in pulls
        if pull["head"]["sha"] == run["head_sha"]
        and pull["base"]["repo"]["full_name"] == repository
        and pull["base"]["ref"] == default_branch
    ]
    return int(found[0]) if len(found) == 1 else None


def packed_report(repository: str, run: int) -> bytes | None:
    """The zip with the report; None where the check wrote none, or one that no report can be."""
    listed = json.loads(gh(f"repos/{repository}/actions/runs/{run}/artifacts"))["artifacts"]
    for artefact in listed:
        if artefact["name"] == ARTEFACT and not artefact["expired"] and artefact["size_in_bytes"] <= MOST_BYTES:
            return gh(f"repos/{repository}/actions/artifacts/{int(artefact['id'])}/zip")
    return None


def ours(repository: str, number: int, mark: str) -> int | None:
    """The comment that was posted before: the bot's own, with the mark as its first line."""
    pages = json.loads(gh("--paginate", "--slurp", f"repos/{repository}/issues/{number}/comments?per_page=100"))
    for comment in (comment for page in pages for comment in page):
        if comment["user"]["login"] == BOT and comment["body"].startswith(mark):
            return int(comment["id"])
    return None


def main() -> int:
    """Post the comment, or bring it up to date."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
    run, repository = event["workflow_run"], event["repository"]["full_name"]
    number = pull_number(repository, run, event["repository"]["default_branch"])
    packed = packed_report(repository, int(run["id"])) if number else None
    if number is None or packed is None:
        print("没有要写评论的合并请求，或者检查没有留下报告。")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.zip"
        report.write_bytes(packed)
        made = subprocess.run([*CATALOG, str(report)], stdout=subprocess.PIPE, check=False)
    if made.returncode:
        return made.returncode
    body = made.stdout.decode("utf-8")
    before = ours(repository, number, body.splitlines()[0])
    target = f"repos/{repository}/issues/" + (f"comments/{before}" if before else f"{number}/comments")
    gh("--method", "PATCH" if before else "POST", target, "--input", "-", given=json.dumps({"body": body}))
    print(f"合并请求 {number} 的评论已{'更新' if before else '写好'}。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
