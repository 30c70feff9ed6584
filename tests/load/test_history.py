"""Version control: what it tells of the records, also where it is cut short, odd or hostile; and that nothing published gets lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import build
from generator.load import versions
from generator.load.history import read_history
from generator.model.history import FieldChange

CHECKOUT = build.CHECKOUT
GOOD = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8")
A, B = "activities/2026/C-01/a", "activities/2026/C-01/b"
CONTENT = build.read_content(CHECKOUT, CHECKOUT)


class Repository:
    """A root under version control, written day by day."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2026-01-01T10:00:00+08:00", data: bytes = b"") -> str:
        who = {"GIT_AUTHOR_NAME": "测试\x02<b>", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_EMAIL": "a@example.org",
               "GIT_COMMITTER_NAME": "测试", "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
               "GIT_CONFIG_GLOBAL": "/dev/null"}  # fmt: skip
        done = subprocess.run(
            ["git", "-C", self.root, *arguments],
            env={**os.environ, **who},
            input=data,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def write(self, files: dict[str, str | None]) -> None:
        for stem, text in files.items():
            path = self.root / (stem if stem.endswith(".yml") else f"{stem}.yml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    def commit(self, day: str, **files: str | None) -> None:
        """Names of files as ``a``, ``b``: those of one society's records."""
        self.write({f"activities/2026/C-01/{name}": text for name, text in files.items()})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f":000000 {day}\n\n\x02 1 (grafted)", day=day)

    def clone(self, folder: Path, *options: str) -> Repository:
        subprocess.run(["git", "clone", "--quiet", *options, f"file://{self.root}", folder], check=True)
        copy = object.__new__(Repository)
        copy.root = folder
        return copy


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "root")


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "read_content", lambda root, fallback: CONTENT)


def changed(**lines: str | None) -> str:
    """The good record with other lines under some keys; None takes a line away."""
    text = GOOD
    for key, line in lines.items():
        old = next(one for one in GOOD.splitlines(keepends=True) if one.startswith(f"{key}:"))
        text = text.replace(old, "" if line is None else f"{key}: {line}\n")
    return text


def compared(root: Path) -> Any:
    return versions.with_fields(read_history(root), root, CONTENT.known)


def lost(root: Path, published: frozenset[str] = frozenset()) -> list[str]:
    return [problem.path for problem in build.check(root, published=published) if problem.code == "lost-address"]


# -- what is remembered ------------------------------------------------------------------------------------------------


def test_a_record_knows_the_day_it_came_and_was_changed_in_china_and_what_changed(repository: Repository) -> None:
    repository.commit("2026-03-01T20:00:00Z", a=GOOD)  # the 2nd in Shanghai
    repository.commit("2026-04-05T10:00:00+08:00", b=GOOD)
    repository.commit("2026-05-06T10:00:00+08:00", a=changed(audiences="[农民, 老年人]", title="果树夏季修剪技术下乡"))
    history = compared(repository.root)
    assert (history.added(A), history.changed(A), history.revisions(A)) == (date(2026, 3, 2), date(2026, 5, 6), 1)
    assert (history.added(B), history.changed(B), history.revisions(B)) == (date(2026, 4, 5), date(2026, 4, 5), 0)
    assert history.of(A)[0].fields == (
        FieldChange("活动名称", "replaced", "果树春季修剪技术下乡", "果树夏季修剪技术下乡"),
        FieldChange("服务对象", "replaced", "农民", "农民、老年人"),
    )


def test_another_way_of_writing_the_same_is_no_change_of_a_field(repository: Repository) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    repository.commit("2026-03-02T10:00:00Z", a=changed(audiences="[farmer]", fields="\n- 种植与园艺"))
    assert compared(repository.root).of(A)[0].fields == ()


def test_a_moved_record_takes_its_history_along(repository: Repository) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    repository.commit("2026-03-02T10:00:00Z", a=None, b=GOOD)
    repository.commit("2026-03-03T10:00:00Z", b=changed(title="果树夏季修剪技术下乡"))
    history = compared(repository.root)
    assert history.added(B) == date(2026, 3, 1)
    assert [(step.sort, step.former) for step in history.of(B)] == [("changed", ""), ("moved", A), ("added", "")]
    assert history.of(A) == ()


def test_a_record_comes_on_the_day_it_was_merged(repository: Repository) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    repository.git("switch", "--quiet", "--create", "branch")
    repository.commit("2026-03-02T10:00:00Z", b=GOOD)
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "branch", day="2026-03-09T10:00:00Z")
    assert read_history(repository.root).added(B) == date(2026, 3, 9)


def test_without_version_control_or_a_commit_nothing_is_known(tmp_path: Path, repository: Repository) -> None:
    assert not read_history(tmp_path).is_known
    repository.write({A: GOOD})
    assert not read_history(repository.root).is_known
    assert not lost(repository.root)


def test_a_machine_without_git_builds_all_the_same(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    monkeypatch.setenv("PATH", "/nowhere")
    assert not read_history(repository.root).is_known
    assert compared(repository.root).of(A) == ()


def test_a_shallow_clone_begins_at_its_edge_and_says_so(repository: Repository, tmp_path: Path) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD, b=GOOD)
    repository.commit("2026-03-02T10:00:00Z", b=changed(title="果树夏季修剪技术下乡"))
    repository.commit("2026-03-03T10:00:00Z", a=changed(title="果树秋季修剪技术下乡"))
    history = compared(repository.clone(tmp_path / "shallow", "--depth", "2").root)
    assert (history.is_known, history.begins) == (True, date(2026, 3, 2))
    assert history.added(A) is None
    assert [step.sort for step in history.of(A)] == ["changed"]
    assert history.of(B) == ()


def test_odd_file_names_and_settings_of_the_user_do_no_harm(repository: Repository) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    odd = repository.root / "activities/2026/C-01"
    for name in ("\x02 1 (grafted)\n.yml", ":000000 a b c A.yml", '"果树".yml', "-- .yml"):
        (odd / name).write_text(GOOD, encoding="utf-8")
    (odd / "link.yml").symlink_to("a.yml")
    repository.commit("2026-03-02T10:00:00Z")
    for key, value in (("log.showRoot", "false"), ("diff.renames", "false"), ("log.showSignature", "true"),
                       ("core.quotePath", "true"), ("log.date", "human"), ("diff.external", "false"), ("log.decorate", "no")):  # fmt: skip
        repository.git("config", key, value)
    repository.commit("2026-03-03T10:00:00Z", a=None, b=GOOD)
    history = compared(repository.root)
    assert [(step.sort, step.day.day) for step in history.of(B)] == [("moved", 3), ("added", 1)]
    assert history.begins is None
    assert f"{odd.relative_to(repository.root)}/link" not in history.seen


def test_of_thousands_of_changes_the_newest_are_compared(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "MOST_COMPARED", 20)
    stream = []
    for number in range(3000):
        text = changed(title=f"第{number}次改过名称的活动").encode()
        stream.append(
            b"commit refs/heads/main\ncommitter t <t@example.org> %d +0000\ndata 0\nM 100644 inline %s.yml\ndata %d\n%s\n"
            % (1_600_000_000 + number * 86_400, A.encode(), len(text), text)
        )
    repository.git("fast-import", "--quiet", data=b"".join(stream))
    repository.git("reset", "--quiet", "--hard")
    steps = compared(repository.root).of(A)
    assert len(steps) == 3000
    assert [step.fields is not None for step in steps] == [True] * 20 + [False] * 2980
    assert steps[0].fields == (FieldChange("活动名称", "replaced", "第2998次改过名称的活动", "第2999次改过名称的活动"),)


# -- what is not said again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("title", "果树修剪13800138000技术", "果树春季修剪技术下乡"),
        ("cost", "加微信 secret12345 交费", "免费"),
        ("responsible", "秘密主办单位", None),
        ("summary", "这一段简介里有一件后来要求删去的秘密，所以不能再说出来。", "这一段简介里没有别的，只是普普通通的一段简介。"),
        ("contact", "{office: 秘密办公室, phone: 010-60000001}", "{office: 测试学会科普部, phone: 010-60000000}"),
    ],
)  # fmt: skip
def test_an_old_text_that_was_taken_out_or_is_private_is_not_quoted(
    repository: Repository, key: str, before: str, after: str | None
) -> None:
    record = GOOD if key != "cost" else f"{GOOD}cost: 免费\n"
    lines = [line for line in record.splitlines() if not line.startswith(("contact", "  office", "  phone", "  email"))]
    rest = [line for line in lines if not line.startswith(f"{key}:")]

    def text(value: str | None) -> str:
        return "\n".join([*rest, *([f"{key}: {value}"] if value else []), ""])

    repository.commit("2026-03-01T10:00:00Z", a=text(before))
    repository.commit("2026-03-02T10:00:00Z", a=text(after))
    fields = compared(repository.root).of(A)[0].fields
    assert fields
    assert not any(word in str(fields) for word in ("13800138000", "secret", "秘密", "60000001"))


# -- what was published stays ------------------------------------------------------------------------------------------

Change = Callable[[Repository], None]


def _removed(repository: Repository) -> None:
    repository.write({A: None})


def _moved(repository: Repository) -> None:
    repository.write({A: None, B: GOOD})


@pytest.mark.parametrize("change", [_removed, _moved])
@pytest.mark.parametrize("committed", [False, True])
def test_a_record_that_is_removed_or_moved_without_a_redirect_is_an_error(
    repository: Repository, change: Change, committed: bool, command: Any
) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    assert not lost(repository.root)
    change(repository)
    if committed:
        repository.commit("2026-03-02T10:00:00Z")
    assert lost(repository.root) == [f"{A}.yml"]
    if committed and change is _moved:
        assert "[lost-address]" in command("check", "--root", repository.root, code=1).stdout
    goal = "new: activities/2026/C-01/b" if change is _moved else "gone: 不再举办"
    repository.write({"content/redirects.yml": f"redirects:\n  - {{old: {A}, {goal}}}\n"})
    assert [problem for problem in build.check(repository.root) if problem.level == "error"] == []


def test_a_name_tried_on_a_branch_and_dropped_before_the_merge_was_not_published(repository: Repository) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD)
    repository.git("switch", "--quiet", "--create", "branch")
    repository.commit("2026-03-02T10:00:00Z", b=GOOD)
    repository.commit("2026-03-03T10:00:00Z", b=None, c=GOOD)
    assert lost(repository.root) == []
    repository.commit("2026-03-04T10:00:00Z", a=None)
    assert lost(repository.root) == [f"{A}.yml"]


def test_a_shallow_clone_is_checked_from_its_edge_on_and_against_what_was_published(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit("2026-03-01T10:00:00Z", a=GOOD, b=GOOD)
    repository.commit("2026-03-02T10:00:00Z", a=None)
    repository.commit("2026-03-03T10:00:00Z", c=GOOD)
    copy = repository.clone(tmp_path / "shallow", "--depth", "1")
    assert lost(copy.root) == []
    assert lost(copy.root, frozenset({A, B})) == [f"{A}.yml"]
    copy.write({B: None})
    assert lost(copy.root) == [f"{B}.yml"]
