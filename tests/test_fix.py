"""Mending: what is mechanical is mended and nothing else; reports are what their readers expect, whatever a file is called."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import build, reports
from generator.cli import catalog
from generator.load.fix import faults_of, hints_in, laid_out, mended
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model.problem import Edit, Problem

Command = Callable[..., "subprocess.CompletedProcess[str]"]

CHECKOUT = build.CHECKOUT
GOOD = (CHECKOUT / "tests" / "cases" / "good-record.yml").read_text("utf-8")
GOOD = GOOD.replace("[田间指导]", "[田间指导, 培训]").replace("start: 2026-03", "start: 2026-02-01")
GOOD = GOOD.replace("safety: 有", "safety:\n  plan: 有").replace("contact:\n", "cost: 免费\ncontact:\n")
PATH = "activities/2026/C-01/a.yml"
KNOWN = build.read_content(CHECKOUT, CHECKOUT).known

# Mechanical slips of the good record, line by line: as written, and as meant.
SLIPS = {
    "title: 果树春季修剪技术下乡": ["title：果树春季修剪技术下乡", "title:果树春季修剪技术下乡", "活动名称: 果树春季修剪技术下乡"],
    "kind: 技术服务类": ["kind: “技术服务类”", "kind:　技术服务类", "服务类别：技术服务类", "kind: 技术服务类   "],
    "audiences: [农民]": ["audiences: [农户]", "服务对象: [“农民”]", "audiences：[农民]"],
    "forms: [田间指导, 培训]": ["forms: [田间指导、培训]", "forms: 田间指导，培训", "forms:\n  － 田间指导\n  － 培训"],
    "  start: 2026-02-01": ["\tstart: 2026-02-01", "　start: 2026/2/1", "  start: 2026年2月1日", "  start：２０２６-２-１"],
    "regions: [山西省]": ["regions: [山西]", "regions: [140000]", "可服务地区: [山西省]  "],
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """``root(text)``: a root with one activity of this text."""

    def make(text: str | bytes) -> Path:
        (tmp_path / PATH).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / PATH).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return make


def run(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(catalog, list(map(str, arguments)))
    assert done.exit_code == code, done.output
    return done


def record_of(text: str) -> Any:
    source, problems = read_source(text, PATH)
    assert source is not None
    assert not problems
    return parse_activity(source, KNOWN)[0]


# -- fix ---------------------------------------------------------------------------------------------------------------


def test_the_good_record_has_nothing_to_mend() -> None:
    assert mended(GOOD.encode(), PATH, KNOWN) == (GOOD.encode(), [])
    for line in SLIPS:
        assert f"{line}\n" in GOOD, line


@pytest.mark.parametrize(("right", "slip"), [(right, slip) for right, slips in SLIPS.items() for slip in slips])
def test_a_mechanical_slip_is_mended_to_what_was_meant(right: str, slip: str) -> None:
    text = GOOD.replace(right, slip)
    new, made = mended(text.encode(), PATH, KNOWN)
    assert made
    assert record_of(new.decode()) == record_of(GOOD)
    assert not [one for one in faults_of(new.decode(), PATH, KNOWN, hints=True) if one.edit]


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    slips=st.fixed_dictionaries({right: st.sampled_from([right, *slips]) for right, slips in SLIPS.items()}),
    mark=st.booleans(),
    windows=st.booleans(),
    end=st.sampled_from(["", "\n\n"]),
)
def test_any_mix_of_mechanical_slips_is_mended(slips: dict[str, str], mark: bool, windows: bool, end: str) -> None:
    text = GOOD
    for right, slip in slips.items():
        text = text.replace(f"{right}\n", f"{slip}\n")
    data = (text.rstrip("\n") + end).encode()
    data = (b"\xef\xbb\xbf" if mark else b"") + (data.replace(b"\n", b"\r\n") if windows else data)
    new, _ = mended(data, PATH, KNOWN)
    assert record_of(new.decode()) == record_of(GOOD)
    assert mended(new, PATH, KNOWN) == (new, [])


TWELVE = {
    "title: 果树春季修剪技术下乡": "title: 科普: 走进社区",
    "kind: 技术服务类": "kind：技术服务类",
    "fields: [种植与园艺]": "fields: [种植与圆艺]",
    "audiences: [农民]": "audiences: [农名]",
    "forms: [田间指导, 培训]": "forms: [田间指导、咨询]",
    "mode: 线下": "mode: “线下”",
    "  start: 2026-02-01": "\tstart: 2026-02-30",
    "regions: [山西省]": "regions: [鼓楼区]",
    "responsible: ": "responsibel: ",
    "  phone: 010-60000000": "  phone: 13800138000",
    "cost: 免费": "cost:免费",
}


def test_of_twelve_faults_the_mechanical_ones_are_mended_and_only_those(root: Callable[[str], Path]) -> None:
    text = GOOD
    for right, wrong in TWELVE.items():
        assert right in text, right
        text = text.replace(right, wrong)
    text += "# 甲\u200b\n"
    folder = root(text)
    told = json.loads(run("check", "--root", folder, "--format", "json", code=1).stdout)
    errors = [one for one in told if one["level"] == "error"]
    assert len({one["code"] for one in errors}) >= 12
    assert all(one["line"] and one["column"] and one["cure"] for one in errors)
    done = run("check", "--root", folder, "--fix", "--format", "json", code=1)
    left = {one["code"] for one in json.loads(done.stdout) if one["level"] == "error"}
    assert left == {"unknown-term", "bad-date", "ambiguous-place", "unknown-key", "private-numbers", "missing-field"}
    wanted = text
    for wrong, mend in {
        "title: 科普: 走进社区": 'title: "科普: 走进社区"', "kind：技术服务类": "kind: 技术服务类", "[田间指导、咨询]": "[田间指导, 咨询]",
        "“线下”": "线下", "\tstart": "  start", "cost:免费": "cost: 免费", "甲\u200b": "甲",
    }.items():  # fmt: skip
        assert wrong in wanted
        wanted = wanted.replace(wrong, mend)
    assert (folder / PATH).read_text("utf-8") == wanted
    assert "13800138000" not in done.output


def test_every_case_file_stays_readable_and_keeps_its_other_faults() -> None:
    import yaml

    for path in sorted((CHECKOUT / "tests" / "cases" / "check").glob("*.yml")):
        given_text = yaml.safe_load(path.read_text("utf-8"))["given"].get("text")
        if not given_text or len(given_text) > 20_000:
            continue
        new, _ = mended(given_text.encode(), PATH, KNOWN)
        again, more = mended(new, PATH, KNOWN)
        assert again == new, path.name
        assert not more, path.name


@pytest.mark.parametrize(
    "line",
    [
        "title: \"重点\"科普活动", "title: 科普活动 #1", "title: [重要] 科普活动", "audiences: [农民, 青少年", 'cost: "见 D:\\费用"', "contact: office: 测试",
        "title: 科普: 走进 # 说明", "period: - 2026", "start: 2026-02-30", "people: 012", "%TAG ! tag:example.org,2026:", "title: 甲\ufffd乙活动",
    ],
)  # fmt: skip
def test_what_could_be_meant_in_two_ways_is_left_to_people(line: str) -> None:
    text = "\n".join(
        [line, "kind: 技术服务类", ""] if line.startswith(("title", "%")) else ["kind: 技术服务类", line, ""]
    )
    new, _ = mended(text.encode(), PATH, KNOWN)
    assert new.decode() == text


def test_bytes_that_are_no_utf_8_are_left_alone() -> None:
    for data in (GOOD.encode("gb18030"), b"\xff\xfe" + GOOD.encode("utf-16-le"), b"title\xef\xbc\x9a\xff\n"):
        assert mended(data, PATH, KNOWN) == (data, [])


def test_links_are_not_followed_and_rights_are_kept(root: Callable[[str], Path], tmp_path: Path) -> None:
    folder = root(GOOD.replace("kind: ", "kind："))
    outside = tmp_path / "outside.yml"
    outside.write_text("title：甲\n", encoding="utf-8")
    (folder / PATH).with_name("b.yml").symlink_to(outside)
    (folder / PATH).chmod(0o640)
    run("check", "--root", folder, "--fix", code=1)
    assert outside.read_text("utf-8") == "title：甲\n"
    assert (folder / PATH).read_text("utf-8") == GOOD
    assert (folder / PATH).stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (folder / PATH).parent.iterdir()) == ["a.yml", "b.yml"]


def test_hints_are_told_only_where_asked_for(root: Callable[[str], Path]) -> None:
    folder = root(GOOD.replace("audiences: [农民]", "服务对象: [农户]"))
    assert (
        run("check", "--root", folder, "--format", "json").stdout
        == run("check", "--root", root(GOOD), "--format", "json").stdout
    )
    folder = root(GOOD.replace("audiences: [农民]", "服务对象: [农户]"))
    told = json.loads(run("check", "--root", folder, "--format", "json", "--hints").stdout)
    assert {one["code"] for one in told if one["level"] == "hint"} == {"key-spelling", "value-spelling"}


def test_real_and_village_records_carry_no_hint_that_changes_what_they_say() -> None:
    for path in (CHECKOUT / "activities").rglob("*.yml"):
        data = path.read_bytes()
        new, _ = mended(data, PATH, KNOWN)
        assert record_of(new.decode()) == record_of(data.decode()), path
        assert hints_in(new, PATH, KNOWN) == []


# -- format ------------------------------------------------------------------------------------------------------------


def test_format_lays_out_what_can_be_read_and_leaves_the_rest(root: Callable[[str], Path]) -> None:
    folder = root("# 说明\nkind: 技术服务类\n活动名称: 果树修剪\n")
    (folder / PATH).with_name("b.yml").write_text("title：甲\n", encoding="utf-8")
    run("format", "--root", folder, "--check", code=1)
    assert (folder / PATH).read_text("utf-8").startswith("# 说明\nkind")
    done = run("format", "--root", folder, code=1)
    assert "b.yml:1:6:" in done.output
    assert (folder / PATH).read_text("utf-8") == "# 说明\ntitle: 果树修剪\nkind: 技术服务类\n"
    assert (folder / PATH).with_name("b.yml").read_text("utf-8") == "title：甲\n"
    run("format", "--root", folder, "--check", folder / PATH)


# -- reports -----------------------------------------------------------------------------------------------------------

HOSTILE = "activities/2026/C-01/a,b:c%0A\n::error::x\r\n@all [x](javascript:1)\u2028.yml"
PROBLEMS = [
    Problem(HOSTILE, 2, 3, "unknown-term", "error", "坏“::error::%0A\n::stop-commands::x”", "改。", Edit(2, 1, 2, 3, "\n::set-output::")),
    Problem("activities/2026/C-01/b.yml", 1, 1, "advised-field", "warning", "提醒", "改。"),
    Problem("activities/2026/C-01/b.yml", 9, 1, "advised-field", "warning", "提醒", "改。"),
    Problem("activities/2026/C-01/b.yml", 1, 1, "key-order", "hint", "先后", "改。", Edit(1, 1, 1, 1, "电话 13800138000")),
]  # fmt: skip

CODE_QUALITY = {  # docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
POSITION = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "properties": {"start": POSITION, "end": POSITION},
    "additionalProperties": False,
}
DIAGNOSTIC = {  # reviewdog's proto/rdf/reviewdog.proto, message Diagnostic
    "type": "object",
    "required": ["message", "location"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string"},
        "location": {
            "type": "object",
            "required": ["path"],
            "properties": {"path": {"type": "string"}, "range": RANGE},
            "additionalProperties": False,
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO", "UNKNOWN_SEVERITY"]},
        "source": {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}},
        "code": {"type": "object", "properties": {"value": {"type": "string"}, "url": {"type": "string"}}},
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "properties": {"range": RANGE, "text": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "original_output": {"type": "string"},
    },
}


def test_github_gets_one_command_a_problem_whatever_a_file_is_called() -> None:
    assert reports.github(PROBLEMS).count("\n") == len(PROBLEMS)
    assert "\r" not in reports.github(PROBLEMS)
    commands = [
        re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        for line in reports.github(PROBLEMS).split("\n")[:-1]
    ]
    assert all(commands)
    first = commands[0]
    assert first is not None
    properties = dict(part.split("=", 1) for part in first[2].split(","))
    assert list(properties) == ["file", "line", "col", "title"]
    undone = (
        properties["file"]
        .replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%")
    )
    assert undone == HOSTILE


def test_gitlab_gets_a_code_quality_report_with_stable_unique_fingerprints() -> None:
    report = json.loads(reports.gitlab(PROBLEMS))
    Draft202012Validator(CODE_QUALITY).validate(report)
    prints = [one["fingerprint"] for one in report]
    assert len(set(prints)) == len(prints)
    moved = [Problem(one.path, one.line + 7, 1, one.code, one.level, one.message, one.cure) for one in PROBLEMS]
    assert [one["fingerprint"] for one in json.loads(reports.gitlab(moved))] == prints


def test_reviewdog_gets_one_diagnostic_a_line_and_no_private_number() -> None:
    out = reports.rdjsonl(PROBLEMS, lambda path: ["", "甲乙丙"])
    assert "13800138000" not in out
    diagnostics = [json.loads(line) for line in out.splitlines()]
    assert len(diagnostics) == len(PROBLEMS)
    for one in diagnostics:
        Draft202012Validator(DIAGNOSTIC).validate(one)
    assert diagnostics[0]["suggestions"][0]["range"] == {
        "start": {"line": 2, "column": 1},
        "end": {"line": 2, "column": 7},
    }


def test_suggestions_made_byte_by_byte_mend_the_file(root: Callable[[str], Path]) -> None:
    folder = root(GOOD.replace("kind: 技术服务类", "kind: “技术服务类”").replace("title: ", "title："))
    out = run("check", "--root", folder, "--format", "rdjsonl", code=1).stdout
    lines = (folder / PATH).read_bytes().split(b"\n")
    for one in map(json.loads, out.splitlines()):
        Draft202012Validator(DIAGNOSTIC).validate(one)
        for suggestion in one.get("suggestions", ()):
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            assert start["line"] == end["line"]
            line = lines[start["line"] - 1]
            lines[start["line"] - 1] = (
                line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]
            )
    assert b"\n".join(lines) == GOOD.encode()


@pytest.mark.parametrize("style", ["text", "json", "github", "gitlab", "rdjsonl"])
def test_every_format_reports_every_problem_of_a_hostile_file(style: str, tmp_path: Path) -> None:
    folder = tmp_path / "activities/2026/C-01"
    folder.mkdir(parents=True)
    (folder / "a\n::error::pwn.yml").write_text(
        "title: '::set-env name=x::'\nkind: \"::error::甲\\n::error::乙\"\n", encoding="utf-8"
    )
    out = run("check", "--root", tmp_path, "--format", style, code=1).stdout
    assert not re.search(r"(?m)^\s*::(?!(?:error|warning|notice) file=activities/)", out)
    assert not re.search(r"(?m)^\s*##\[", out)


# -- changed since -----------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True, env=environment
    ).stdout


def test_only_faults_of_files_changed_since_a_revision_decide(root: Callable[[str], Path]) -> None:
    folder = root(GOOD.replace("kind: 技术服务类", "kind: 技术"))
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "old fault")
    odd = (folder / PATH).with_name('果 树\n"a".yml')
    odd.write_text(GOOD, encoding="utf-8")
    done = run("check", "--root", folder, "--changed-since", "HEAD", "--format", "json", code=1)
    errors = [one["code"] for one in json.loads(done.stdout) if one["level"] == "error"]
    assert errors == ["file-name", "unknown-term"]
    odd.rename(odd.with_name("b.yml"))
    git(folder, "add", ".")
    done = run("check", "--root", folder, "--changed-since", "HEAD")
    assert "以前就有的" in done.output
    assert "unknown-term" in done.stdout
    run("check", "--root", folder, code=1)
    (folder / PATH).write_text(GOOD.replace("kind: 技术服务类", "kind: 科技"), encoding="utf-8")
    run("check", "--root", folder, "--changed-since", "HEAD", code=1)


def test_a_root_inside_a_repository_is_asked_about_by_its_own_paths(
    root: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = root(GOOD)
    git(tmp_path.parent, "init", str(tmp_path))
    below = tmp_path / "below"
    (below / PATH).parent.mkdir(parents=True)
    (below / PATH).write_text(GOOD.replace("kind: 技术服务类", "kind: 技术"), encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "all")
    run("check", "--root", below, "--changed-since", "HEAD")
    (below / PATH).write_text(GOOD.replace("kind: 技术服务类", "kind: 科普活"), encoding="utf-8")
    run("check", "--root", below, "--changed-since", "HEAD", code=1)


@pytest.mark.parametrize("revision", ["no-such-branch", "-x", "--output=x", ""])
def test_an_unknown_revision_is_a_wrong_call(root: Callable[[str], Path], revision: str) -> None:
    folder = root(GOOD)
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "one")
    assert "版本" in run("check", "--root", folder, f"--changed-since={revision}", code=2).output


def test_without_a_repository_or_git_the_call_is_wrong(
    root: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = root(GOOD)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    assert "不是 git 仓库" in run("check", "--root", folder, "--changed-since", "HEAD", code=2).output
    monkeypatch.setenv("PATH", str(folder))
    assert "找不到 git" in run("check", "--root", folder, "--changed-since", "HEAD", code=2).output


# -- damage ------------------------------------------------------------------------------------------------------------

HARM = st.sampled_from(
    ["：", ": ", "“", "”", '"', "、", ",", "\t", "　", "- ", "－ ", "#", " # x", "\n", "[", "]", "{", "2026/5/1", "农户", "\r\n", "|", "\u200b", "*", "&a", "?", ""]
)  # fmt: skip


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(harms=st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 2), HARM), max_size=5))
@example(harms=[(GOOD.index("name:") + 4, 0, "　")])
def test_whatever_is_damaged_mending_and_formatting_end_and_change_nothing_the_second_time(
    harms: list[tuple[int, int, str]],
) -> None:
    text = GOOD
    for at, gone, harm in harms:
        text = text[:at] + harm + text[at + gone :]
    once, _ = mended(text.encode(), PATH, KNOWN)
    assert mended(once, PATH, KNOWN) == (once, [])
    laid = laid_out(once, PATH, KNOWN)
    if isinstance(laid, bytes):
        assert laid_out(laid, PATH, KNOWN) == laid
