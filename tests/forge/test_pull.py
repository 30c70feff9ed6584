"""A pull request: what it may touch, what git says it touches, and the report on it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.build import CHECKOUT
from generator.cli import catalog
from generator.load.changes import changes, tree
from generator.load.git import Unanswered
from generator.load.known import read_content
from generator.model.problem import Problem
from generator.model.pull import Change, check_pull
from generator.pull import Pull, look

Command = Callable[..., "subprocess.CompletedProcess[str]"]

CASES = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((CHECKOUT / "tests/cases/pull").glob("*.yml"))
}
KNOWN = read_content(CHECKOUT, CHECKOUT).known
TODAY = date(2026, 11, 23)
GOOD = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8")
RECORD = "activities/2026/C-01/orchard-guidance.yml"


@pytest.mark.parametrize("promise", CASES)
def test_case(promise: str) -> None:
    given, expected = CASES[promise]["given"], CASES[promise]["expect"]
    changed = [Change(**{"mode": "100644", "status": "M", **change}) for change in given["changes"]]
    left = [change.path for change in changed if not change.deleted]
    found = check_pull(changed, [*given.get("tree", ()), *left], KNOWN, approved=given.get("approved", False))
    assert [(one.path, one.code, one.level) for one in found] == [
        (one["path"], one["code"], one.get("level", "error")) for one in expected
    ]


class Repository:
    """A checkout with one commit on ``main`` and a pull request on top of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self) -> None:
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("before")
        self.git("switch", "--quiet", "--create", "pull")

    def git(self, *arguments: str) -> str:
        settings = ("user.name=t", "user.email=t@example.org", "commit.gpgsign=false", "core.protectNTFS=false")
        given = [part for setting in settings for part in ("-c", setting)]
        return subprocess.run(
            ["git", *given, "-C", str(self.root), *arguments], check=True, capture_output=True, text=True
        ).stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def write(self, path: str, text: str = GOOD) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def look(self, **more: Any) -> Pull:
        self.commit("pull")
        return look(self.root, "main", TODAY, **more)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, small_root: Callable[..., Path]) -> Path:
    begun = Repository(small_root(tmp_path_factory.mktemp("pull") / "root"))
    begun.begin()
    return begun.root


@pytest.fixture
def repository(tmp_path: Path, begun: Path) -> Repository:
    return Repository(shutil.copytree(begun, tmp_path / "root", symlinks=True))


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems if problem.level == "error"}


def test_git_is_asked_what_changed_whatever_the_names_are(repository: Repository) -> None:
    names = [
        "activities/2026/C-01/nl\n::error::pwn.png",
        "activities/2026/C-01/a\\b.png",
        "-rf",
        "果树 修剪.yml",
        '"q".txt',
    ]
    for name in names:
        repository.write(name, "x")
    (repository.root / "link").symlink_to("/etc/hostname")
    repository.commit("names")
    found = changes(repository.root, "main", "HEAD")
    assert {change.path: change.mode for change in found} == {**dict.fromkeys(names, "100644"), "link": "120000"}
    assert {change.status for change in found} == {"A"}
    assert set(names) < set(tree(repository.root, "HEAD"))


def test_only_what_the_pull_request_changed_counts_not_what_happened_on_main_meanwhile(repository: Repository) -> None:
    repository.write(RECORD)
    repository.commit("pull")
    repository.git("switch", "--quiet", "main")
    repository.write("mkdocs.yml", "site_name: x\n")
    repository.commit("main moved on")
    repository.git("switch", "--quiet", "pull")
    assert [change.path for change in changes(repository.root, "main", "HEAD")] == [RECORD]


def test_the_merge_and_what_it_merges_are_history_enough(repository: Repository, tmp_path: Path) -> None:
    broken = "activities/2026/C-02/broken.yml"
    repository.write(RECORD)
    repository.commit("pull")
    repository.git("switch", "--quiet", "main")
    repository.write(broken, "title: x\n")
    repository.commit("main moved on")
    repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "pull")
    shallow = Repository(tmp_path / "shallow")
    subprocess.run(["git", "clone", "--quiet", "--depth", "2", f"file://{repository.root}", shallow.root], check=True)
    looked = look(shallow.root, "HEAD^1", TODAY)
    assert not codes(looked.problems)
    assert looked.report.elsewhere > 0
    assert [card.path for card in looked.report.cards] == [RECORD]


@pytest.mark.parametrize("name", ["nothing", "--output=x", "main:mkdocs.yml", ""])
def test_a_revision_that_is_none_is_told(repository: Repository, name: str) -> None:
    with pytest.raises(Unanswered, match="版本"):
        changes(repository.root, name, "HEAD")
    assert not (repository.root / "x").exists()


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(catalog, ["pull", "--root", str(tmp_path), "--base", "main"])
    assert done.exit_code == 2
    assert "不是 git 仓库" in done.output


def test_a_good_contribution_passes_and_its_card_is_shown(repository: Repository) -> None:
    repository.write(RECORD)
    looked = repository.look()
    assert not codes(looked.problems)
    assert not looked.report.needs_owner
    (card,) = looked.report.cards
    assert (card.title, card.new, card.path) == ("果树春季修剪技术下乡", True, RECORD)
    assert [label for label, _ in card.rows] == ["学会", "何时", "何地", "为谁", "怎么做", "简介"]
    assert dict(card.rows)["为谁"] == "农民"


def test_needs_and_pairings_have_cards_as_well(repository: Repository) -> None:
    for folder in ("needs", "pairings"):
        for path in sorted((repository.root / "content" / folder).rglob("*.yml")):
            path.write_text(path.read_text("utf-8") + "\n# 改\n", "utf-8")
    cards = repository.look().report.cards
    assert {card.path.split("/")[1] for card in cards} == {"needs", "pairings"}
    assert not any(card.new for card in cards)
    assert all(card.title and all(value for _, value in card.rows) for card in cards)


def test_a_faulty_record_is_told_and_has_no_card(repository: Repository) -> None:
    repository.write(RECORD, GOOD.replace("技术服务类", "技术服物类"))
    looked = repository.look()
    assert codes(looked.problems) == {"unknown-term"}
    assert not looked.report.cards


def test_faults_that_were_there_before_do_not_block(repository: Repository) -> None:
    repository.git("switch", "--quiet", "main")
    repository.write("activities/2026/C-02/broken.yml", "title: x\n")
    repository.commit("broken before")
    repository.git("switch", "--quiet", "pull")
    repository.git("merge", "--quiet", "main")
    repository.write(RECORD)
    looked = repository.look()
    assert not codes(looked.problems)
    assert looked.report.elsewhere > 0


def test_deleting_an_activity_that_a_pairing_names_is_told_where_the_pairing_is(repository: Repository) -> None:
    named = next(
        path
        for path in sorted((repository.root / "activities").rglob("*.yml"))
        for pairing in (repository.root / "content/pairings").rglob("*.yml")
        if path.relative_to(repository.root / "activities").as_posix().removesuffix(".yml")
        in pairing.read_text("utf-8")
    )
    named.unlink()
    looked = repository.look()
    assert any(problem.path.startswith("content/pairings/") for problem in looked.problems if problem.level == "error")
    assert looked.report.errors


def test_settings_need_an_owner_and_a_later_push_needs_the_word_again(repository: Repository) -> None:
    repository.write("mkdocs.yml", "site_name: x\nhooks: [evil.py]\n")
    repository.write("evil.py", "raise SystemExit\n")
    assert codes(repository.look().problems) == {"needs-owner"}
    assert repository.look().report.needs_owner
    assert not codes(repository.look(approved=True).problems)
    assert not repository.look(approved=True).report.needs_owner


def test_the_command_writes_report_and_summary_and_exits_as_the_check_went(
    repository: Repository, tmp_path: Path, command: Command
) -> None:
    repository.write(RECORD, GOOD.replace("title: 果树春季", "title: '::error::@all <b>果树'\n# "))
    repository.write("mkdocs.yml", "site_name: x\n")
    repository.commit("pull")
    report, page = tmp_path / "report.json", tmp_path / "page.html"
    page.write_text("before\n", "utf-8")
    given = ("--root", repository.root, "--base", "main", "--report", report, "--summary", page, "--today", TODAY)
    done = command("pull", *given, code=1)
    assert "mkdocs.yml:1:1:" in done.stdout
    shown = page.read_text("utf-8").removeprefix("before\n")
    assert shown.startswith("<!-- catalog:pull -->\n<h3>还要改 1 处</h3>")
    assert "<th><code>::error::@all &lt;b&gt;果树</code></th>" in shown
    command("pull", *given, "--approved", code=0)
    assert command("comment", report).stdout != shown
    assert not [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("::")]


def test_every_case_is_told_in_chinese_with_a_cure() -> None:
    for case in CASES.values():
        changed = [Change(**{"mode": "100644", "status": "M", **change}) for change in case["given"]["changes"]]
        for problem in check_pull(changed, [*case["given"].get("tree", ()), *(one.path for one in changed)], KNOWN):
            assert problem.cure.endswith("。"), asdict(problem)
            assert "\n" not in str(problem)


@pytest.mark.parametrize(
    "path",
    [
        "activities/2026/C-01/果树修剪.yml", "activities/2026/C-01/orchard.yaml", "activities/2026/中国农学会/orchard.yml",
        "activities/二〇二六/C-01/orchard.yml", "activities/2026/Z-99/orchard.yml", "activities/2026/C-01/Photo 1.yml",
        "content/needs/2026/阳曲县/apples.yml", "content/pairings/26/140122/apples.yml",
    ],
)  # fmt: skip
def test_what_counts_as_an_own_record_by_its_place_is_refused_where_the_place_is_wrong(
    repository: Repository, path: str
) -> None:
    repository.write(path)
    looked = repository.look()
    assert "needs-owner" not in codes(looked.problems)
    assert codes(looked.problems) & {"file-name", "unknown-society", "unknown-county"}
    assert not looked.report.cards
