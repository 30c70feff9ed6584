"""The comment under a pull request: made from a report that anyone may have forged, and never more than text."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import unicodedata
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import reports
from generator.build import CHECKOUT
from generator.load.artefact import read_artefact
from generator.load.known import read_content
from generator.model.problem import Problem
from generator.model.pull import Change, check_pull, home
from generator.model.report import (
    MOST_BYTES,
    MOST_CARDS,
    MOST_PROBLEMS,
    MOST_TEXT,
    Card,
    Refused,
    Report,
    read,
    written,
)
from generator.publish import THEME
from generator.render.pull import MARK, comment
from generator.render.templates import Templates

TEMPLATES = Templates(THEME)
KNOWN = read_content(CHECKOUT, CHECKOUT).known
HOSTILE = (
    "\n::error file=a::pwned", "::stop-commands::x", "##[error]x", "%0A::add-mask::x", "</pre><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "@everyone @org/team", "#1 GH-1 org/repo#2", "[x](https://evil.example)", "https://evil.example",
    "www.evil.example a@evil.example", "![](https://evil.example/p.gif)", "```\n# x\n```", "<!-- catalog:pull -->", "&lt;/pre&gt; &#60;b>",
    "\r\n\r\n# heading", "\u2028\u2029\u202e", "{{ 7*7 }} {% raw %}", "${{ github.token }}", "| a | b |\n|---|---|", "\x00\x1b[31m", "\ud800",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=90),
    st.builds("{}{}".format, st.sampled_from(HOSTILE), st.text(max_size=30)),
)
problems = st.builds(
    Problem, texts, st.integers(-5, 10**9), st.integers(-5, 10**9), st.sampled_from(["needs-owner", "unknown-term"]),
    st.sampled_from(["error", "warning"]), texts, texts,
)  # fmt: skip
cards = st.builds(Card, texts, texts, st.booleans(), st.lists(st.tuples(texts, texts), max_size=10).map(tuple))
whole_reports = st.builds(
    Report.of, st.integers(0, 10**9), st.booleans(), st.lists(problems, max_size=6), st.integers(0, 10**9), st.lists(cards, max_size=4)
)  # fmt: skip


class Page(HTMLParser):
    """The elements of a page, and the text inside and outside ``code``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[Any] = []
        self.depth = 0
        self.inside = self.outside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        self.elements.add(tag)
        self.attributes += attrs
        self.depth += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "code"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.inside += data
        else:
            self.outside += data


@settings(max_examples=100, deadline=None)
@given(whole_reports)
def test_whatever_a_report_says_stays_text_inside_code(report: Report) -> None:
    text = comment(TEMPLATES, report)
    page = Page(str(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_GFM)))
    assert page.elements <= {"h3", "h4", "p", "ol", "li", "br", "table", "tr", "th", "td", "code"}
    assert not page.attributes
    said = "".join(character for character in page.outside if character.isascii() and not character.isspace())
    assert not set(said) - set("0123456789")
    assert text.startswith(f"{MARK}\n")
    assert text.count("<!--") == 1
    assert "\n\n" not in text  # a blank line would end the HTML, and Markdown begin


@settings(max_examples=60, deadline=None)
@given(whole_reports)
def test_no_line_of_the_comment_begins_with_what_a_contributor_wrote(report: Report) -> None:
    for line in comment(TEMPLATES, report).splitlines():
        assert not line.lstrip().startswith(("::", "##[", "```", "|"))
        assert not [one for one in line if unicodedata.category(one)[0] == "C"]


@given(problems)
def test_a_line_of_the_log_is_no_command(problem: Problem) -> None:
    line = str(problem)
    assert not line.lstrip().startswith("::")
    assert "##[" not in line


@settings(max_examples=100, deadline=None)
@given(whole_reports)
def test_what_is_written_is_read_back(report: Report) -> None:
    assert read(written(report).encode()) == report


@pytest.mark.parametrize("character", ["果", "<", '"', "\U00020000", "\x01"])
@pytest.mark.parametrize("length", [1, 40, 10_000])
def test_a_report_as_long_as_it_may_be_can_be_posted(character: str, length: int) -> None:
    long = character * length
    many = [Problem(long, 1, 1, "needs-owner", "error", long, long)] * 1000
    rows = tuple((long, long) for _ in range(50))
    report = Report.of(1, True, many, 0, [Card(long, long, True, rows)] * 100)
    assert report.problems
    assert len(report.problems) + report.more == 1000
    assert len(report.cards) + report.cards_left_out == 100
    assert read(written(report).encode()) == report
    assert len(comment(TEMPLATES, report)) <= 65_536


GOOD = json.loads(
    written(
        Report.of(1, False, [Problem("a.yml", 1, 1, "x", "error", "m", "c")], 0, [Card("a", "t", True, (("l", "v"),))])
    )
)
FORGED: dict[str, Any] = {
    "no JSON": b"\xff{",
    "no mapping": [],
    "empty": {},
    "another version": {**GOOD, "version": 2},
    "a further key": {**GOOD, "number": 7},
    "a key missing": {key: value for key, value in GOOD.items() if key != "cards"},
    "a number as text": {**GOOD, "changed": "1"},
    "a flag as number": {**GOOD, "changed": True},
    "a negative number": {**GOOD, "changed": -1},
    "a huge number": {**GOOD, "changed": 10**30},
    "a fraction": {**GOOD, "changed": 1.5},
    "too many problems": {**GOOD, "problems": GOOD["problems"] * (MOST_PROBLEMS + 1)},
    "too many cards": {**GOOD, "cards": GOOD["cards"] * (MOST_CARDS + 1)},
    "a long text": {**GOOD, "cards": [{**GOOD["cards"][0], "title": "x" * (MOST_TEXT + 1)}]},
    "markup as a rule": {**GOOD, "problems": [{**GOOD["problems"][0], "code": "<b>"}]},
    "another level": {**GOOD, "problems": [{**GOOD["problems"][0], "level": "fatal"}]},
    "a row of three": {**GOOD, "cards": [{**GOOD["cards"][0], "rows": [["a", "b", "c"]]}]},
    "deep lists": b"[" * 100_000,
    "deep problems": {**GOOD, "problems": [[[[]]]]},
    "not a number": b'{"version": NaN}',
    "too much to post": {**GOOD, "problems": [{**GOOD["problems"][0], "message": "<" * MOST_TEXT}] * MOST_PROBLEMS},
    "too many bytes": b" " * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_report_is_refused(what: str, tmp_path: Path) -> None:
    data = FORGED[what]
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    for name, packed in (("report.json", data), ("report.zip", zipped({"report.json": data}))):
        (tmp_path / name).write_bytes(packed)
        with pytest.raises(Refused, match="报告"):
            read_artefact(tmp_path / name)


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "packed",
    [
        zipped({"report.json": b" " * 50_000_000}),
        zipped({"../report.json": b"{}"}),
        zipped({}),
        zipped({"report.json": json.dumps(GOOD).encode()})[:-40] + b"\0" * 40,
        b"",
    ],
    ids=["a bomb", "another path", "nothing in it", "broken", "no bytes"],
)
def test_a_forged_artefact_is_refused(packed: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.zip").write_bytes(packed)
    with pytest.raises(Refused):
        read_artefact(tmp_path / "report.zip")


GH = '''#!{python}
"""Stands for GitHub: answers from a file, and keeps what it was asked."""
import json, pathlib, sys
folder = pathlib.Path({folder!r})
arguments = sys.argv[1:]
given = sys.stdin.read() if "--input" in arguments else None
with (folder / "asked.jsonl").open("a") as stream:
    stream.write(json.dumps([arguments, given]) + "\\n")
answers = json.loads((folder / "answers.json").read_text())
for part, answer in answers.items():
    if part in " ".join(arguments):
        sys.stdout.buffer.write((folder / "report.zip").read_bytes() if answer == "zip" else json.dumps(answer).encode())
        break
'''
PULL = {"number": 7, "head": {"sha": "abc"}, "base": {"ref": "main", "repo": {"full_name": "org/list"}}}
ARTEFACT = {"id": 5, "name": "pull-report", "expired": False, "size_in_bytes": 900}


class Forge:
    """A GitHub of this machine, and the event that a check of ``someone:fork`` has finished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pulls: list[Any] = [PULL]
        self.artefacts: list[Any] = [ARTEFACT]
        self.comments: list[Any] = []
        (folder / "report.zip").write_bytes(zipped({"report.json": json.dumps(GOOD).encode()}))
        program = folder / "gh"
        program.write_text(GH.format(python=sys.executable, folder=str(folder)))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        run = {
            "id": 11,
            "head_sha": "abc",
            "head_branch": "x;$(touch pwned)&state=closed",
            "head_repository": {"owner": {"login": "someone"}},
        }
        repository = {"full_name": "org/list", "default_branch": "main"}
        (folder / "event.json").write_text(json.dumps({"workflow_run": run, "repository": repository}))

    def run(self) -> subprocess.CompletedProcess[str]:
        answers = {
            "/zip": "zip",
            "/artifacts": {"artifacts": self.artefacts},
            "repos/org/list/pulls": self.pulls,
            "comments?per_page": [self.comments],
        }
        (self.folder / "answers.json").write_text(json.dumps(answers))
        environment = {
            **os.environ,
            "PATH": f"{self.folder}:{os.environ['PATH']}",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "PYTHONPATH": str(CHECKOUT),
        }
        return subprocess.run(
            [sys.executable, CHECKOUT / ".ci/comment.py"],
            env=environment, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def posted(self) -> list[tuple[list[str], str]]:
        asked = [json.loads(line) for line in (self.folder / "asked.jsonl").read_text().splitlines()]
        return [(arguments, json.loads(given)["body"]) for arguments, given in asked if given]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def test_the_first_check_posts_a_comment(forge: Forge) -> None:
    assert forge.run().returncode == 0
    ((arguments, body),) = forge.posted
    assert "POST" in arguments
    assert "repos/org/list/issues/7/comments" in arguments
    assert body.startswith(MARK)
    asked = (forge.folder / "asked.jsonl").read_text()
    assert '"head=someone:x;$(touch pwned)&state=closed"' in asked
    assert not (forge.folder / "pwned").exists()


def test_later_checks_renew_the_same_comment_and_nobody_else_s(forge: Forge) -> None:
    forge.comments = [
        {"id": 1, "user": {"login": "someone"}, "body": MARK},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"other {MARK}"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"},
    ]
    assert forge.run().returncode == 0
    ((arguments, _),) = forge.posted
    assert "PATCH" in arguments
    assert "repos/org/list/issues/comments/3" in arguments


@pytest.mark.parametrize(
    "change",
    [
        {"pulls": []},
        {"pulls": [{**PULL, "head": {"sha": "newer"}}]},
        {"pulls": [{**PULL, "base": {**PULL["base"], "ref": "release"}}]},
        {"pulls": [{**PULL, "base": {"ref": "main", "repo": {"full_name": "other/list"}}}]},
        {"pulls": [PULL, {**PULL, "number": 8}]},
        {"artefacts": []},
        {"artefacts": [{**ARTEFACT, "expired": True}]},
        {"artefacts": [{**ARTEFACT, "name": "other"}]},
        {"artefacts": [{**ARTEFACT, "size_in_bytes": 10**9}]},
    ],
    ids=["no pull request", "it moved on", "another branch", "another repository", "two of them", "no report", "expired", "another artefact", "too large"],
)  # fmt: skip
def test_where_it_is_not_certain_nothing_is_posted(forge: Forge, change: dict[str, Any]) -> None:
    for name, value in change.items():
        setattr(forge, name, value)
    done = forge.run()
    assert done.returncode == 0, done.stderr
    assert not forge.posted


def test_where_the_fork_is_gone_nothing_is_posted(forge: Forge) -> None:
    event = json.loads((forge.folder / "event.json").read_text())
    event["workflow_run"]["head_repository"] = None
    (forge.folder / "event.json").write_text(json.dumps(event))
    assert forge.run().returncode == 0
    assert not (forge.folder / "asked.jsonl").exists()


def test_a_forged_report_posts_nothing_and_fails(forge: Forge) -> None:
    (forge.folder / "report.zip").write_bytes(zipped({"report.json": b'{"number": 1}'}))
    done = forge.run()
    assert done.returncode == 1
    assert "没有写评论" in done.stderr
    assert not forge.posted


paths = st.builds(
    "{}{}".format,
    st.sampled_from(("activities/2026/C-01/", "activities/", "", "content/needs/2026/140121/")),
    texts.filter(lambda text: text.strip("/")),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(Change, paths, st.sampled_from(["100644", "120000"])), max_size=4, unique_by=lambda one: one.path
    )
)
def test_no_file_name_writes_a_line_or_a_command_of_its_own_into_a_log(changed: list[Change]) -> None:
    found = check_pull(changed, [change.path for change in changed], KNOWN)
    assert len(found) >= len({change.path for change in changed if home(change.path) is None})
    for line in reports.text(found).split("\n")[:-1]:
        assert re.fullmatch(r".+:\d+:\d+: .+\[[a-z-]+\]", line)
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    lines = reports.github(found).split("\n")[:-1]
    assert len(lines) == len(found)
    for line in lines:
        assert re.fullmatch(r"::(?:error|warning) file=[^:,\r\n]*,line=\d+,col=\d+,title=[a-z-]+::[^\r\n]+", line)
