"""The workflows: every step runs on any machine through make, with the least rights, and zizmor has nothing to say."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import CHECKOUT

FOLDER = CHECKOUT / ".github" / "workflows"
# `on` is a word of YAML 1.1 for true; BaseLoader leaves every scalar the text that it is.
WORKFLOWS: dict[str, Any] = {
    path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only
    for path in sorted(FOLDER.glob("*.yml"))
}
GITLAB: dict[str, Any] = yaml.load((CHECKOUT / ".gitlab-ci.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
MAKE = re.compile(r'make [a-z][a-z -]*(?: [A-Z]+=(?:[\w./^-]+|"\$[A-Z_]+"))*')
TARGETS = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text("utf-8"), re.MULTILINE))


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, workflow in WORKFLOWS.items():
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                yield name, step


def lines() -> Iterator[str]:
    """Every shell line of every forge."""
    for _, step in steps():
        yield from step.get("run", "").splitlines()
    for job in GITLAB.values():
        if isinstance(job, dict):
            yield from job.get("script", ())


def test_every_shell_line_is_a_make_call_without_expressions() -> None:
    found = list(lines())
    assert found
    for line in found:
        assert MAKE.fullmatch(line), line
        for target in re.findall(r" ([a-z-]+)(?= |$)", line):
            assert target in TARGETS, line


@pytest.mark.parametrize("target", sorted({line.split()[1] for line in lines()}))
def test_every_target_is_known_to_make_on_this_machine(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "--silent", target, "BASE=HEAD"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [zizmor, "--offline", "--pedantic", "--no-progress", ".github"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout


def test_what_zizmor_is_told_to_pass_over_is_one_trigger_with_its_reason() -> None:
    passed = [
        (path.name, line)
        for path in (CHECKOUT / ".github").rglob("*.yml")
        for line in path.read_text("utf-8").splitlines()
        if "zizmor" in line
    ]
    assert [name for name, _ in passed] == ["comment.yml"]
    assert "ignore[dangerous-triggers] " in passed[0][1]


def test_every_action_is_github_s_own_pinned_by_its_commit_and_says_its_version() -> None:
    used = [line for path in FOLDER.glob("*.yml") for line in re.findall(r"uses:.*", path.read_text("utf-8"))]
    assert used
    for line in used:
        assert re.fullmatch(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    pins = {re.split("[@ ]", line)[1]: line for line in used}
    assert {pins[re.split("[@ ]", line)[1]] for line in used} == set(used), "one action, two versions"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_starts_with_rights_and_each_job_says_what_it_needs(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert 0 < int(job["timeout-minutes"]) <= 60
        assert job["permissions"]


def test_only_commenting_and_publishing_may_write_and_neither_runs_a_pull_request() -> None:
    writing = {
        (name, right)
        for name, workflow in WORKFLOWS.items()
        for job in workflow["jobs"].values()
        for right, level in job["permissions"].items()
        if level == "write"
    }
    assert writing == {("comment.yml", "pull-requests"), ("publish.yml", "pages"), ("publish.yml", "id-token")}
    for name in ("comment.yml", "publish.yml"):
        assert "pull_request" not in WORKFLOWS[name]["on"]
    for name, step in steps():
        assert "secrets." not in str(step)
        if name != "comment.yml":
            assert "github.token" not in str(step)


def test_no_checkout_keeps_its_token_and_none_of_the_comment_s_is_of_the_pull_request() -> None:
    checkouts = [(name, step["with"]) for name, step in steps() if "actions/checkout" in step.get("uses", "")]
    assert checkouts
    for name, given in checkouts:
        assert given["persist-credentials"] == "false"
        assert name != "comment.yml" or set(given) == {"persist-credentials"}


def test_the_required_check_looks_at_every_pull_request() -> None:
    assert set(WORKFLOWS["check.yml"]["on"]["pull_request"]) == {"types"}
    assert not any("if" in job for job in WORKFLOWS["check.yml"]["jobs"].values())


def test_records_are_checked_by_the_program_of_the_branch_to_be_merged_into() -> None:
    first, second = [step["with"] for step in WORKFLOWS["check.yml"]["jobs"]["records"]["steps"][:2]]
    assert first["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert "path" not in first
    assert second["path"] == "build/pull"


def test_an_owner_s_word_does_not_outlive_a_push() -> None:
    (step,) = [step for step in WORKFLOWS["check.yml"]["jobs"]["records"]["steps"] if "run" in step]
    assert "github.event.action == 'labeled' && github.event.label.name == '主办单位同意'" in step["env"]["APPROVED"]


def test_the_site_is_published_daily_at_ten_past_midnight_in_shanghai() -> None:
    assert WORKFLOWS["publish.yml"]["on"]["schedule"] == [{"cron": "10 16 * * *"}]


def test_the_comment_follows_the_check_by_its_name() -> None:
    assert WORKFLOWS["comment.yml"]["on"]["workflow_run"]["workflows"] == [WORKFLOWS["check.yml"]["name"]]
    (packed,) = [step["with"] for name, step in steps() if name == "check.yml" and "upload" in step.get("uses", "")]
    assert f'ARTEFACT = "{packed["name"]}"' in (CHECKOUT / ".ci/comment.py").read_text("utf-8")
