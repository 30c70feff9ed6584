"""Checking: every case file keeps the promise of its name, and the command tells all of it in one run."""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import build
from generator.cli import catalog
from generator.load import pictures
from generator.model.activity import Activity
from generator.model.fault import FAULTS, LEVELS
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.pairing import Booking, Pairing
from generator.model.pairing_rules import PAIRING_RULES
from generator.model.problem import LEVEL_WORDS, Problem
from generator.model.redirect import REDIRECT_RULES, Redirect
from generator.model.rules import CATALOG_RULES, RECORD_RULES, TEXT_RULES

Command = Callable[..., "subprocess.CompletedProcess[str]"]

CHECKOUT = build.CHECKOUT
CASES = CHECKOUT / "tests" / "cases"
PATH = "activities/2026/C-01/a.yml"
ALL_CASES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((CASES / "check").glob("*.yml"))}
RULES = (*RECORD_RULES, *TEXT_RULES, *CATALOG_RULES, *PAIRING_RULES, *REDIRECT_RULES)
CONTENT = build.read_content(CHECKOUT, CHECKOUT)
MOST_SECONDS = 1.0


def data_of(given: dict[str, Any]) -> bytes:
    """The bytes of a case's file: written out, repeated, or the good record with lines changed and added."""
    if "bytes" in given:
        return bytes.fromhex(given["bytes"])
    if "picture" in given:
        return painted(**given["picture"])
    if "repeat" in given:
        repeat = given["repeat"]
        text = repeat.get("before", "") + repeat["piece"] * repeat["times"] + repeat.get("after", "")
    elif "numbered" in given:
        text = "".join(given["numbered"]["piece"].format(number) for number in range(given["numbered"]["times"]))
    elif "text" in given:
        text = given["text"]
    else:
        lines: list[str | None] = [*(CASES / "good-record.yml").read_text("utf-8").splitlines()]
        for number, line in given.get("lines", {}).items():
            lines[number - 1] = line
        text = "".join(f"{line}\n" for line in lines if line is not None) + given.get("add", "")
    encoded: bytes = text.encode(given.get("encoding", "utf-8"))
    return encoded


def painted(
    format: str,
    size: Sequence[int] = (64, 48),
    mode: str = "RGB",
    frames: int = 1,
    cut: int = 0,
    pad: int = 0,
    scans: int = 0,
    exif: str = "",
) -> bytes:
    """A small picture, made to be odd: of several frames, cut short, padded, with its last scan over and over, with some EXIF."""
    from PIL import Image

    sheets = [Image.new(mode, tuple(size), number * 40) for number in range(frames)]
    stream = io.BytesIO()
    more: dict[str, Any] = {"save_all": True, "append_images": sheets[1:]} if frames > 1 else {}
    if scans:
        more["progressive"] = True
    sheets[0].save(stream, format, **more, **({"exif": bytes.fromhex(exif)} if exif else {}))
    data = stream.getvalue()
    if scans:
        data = data[:-2] + data[data.rindex(b"\xff\xda") : -2] * scans + data[-2:]
    return data[: -cut or None] + bytes(pad)


def write_case(given: dict[str, Any], root: Path, path: str | None = None) -> None:
    """The case's file, the other files it names, and its edits of the checkout's own content."""
    files = {path or given.get("path", PATH): data_of(given)}
    for other, text in given.get("also", {}).items():
        files[other] = text.encode() if isinstance(text, str) else data_of(text)
    for other, (old, new) in given.get("edit", {}).items():
        text = (CHECKOUT / other).read_text("utf-8")
        assert old in text, f"{other} no longer holds {old!r}"
        files[other] = text.replace(old, new, 1).encode()
    for name, data in files.items():
        folder = Path(*Path(name).parts[:2])
        if name.startswith("content/") and (CHECKOUT / folder).exists() and not (root / folder).exists():
            shutil.copytree(CHECKOUT / folder, root / folder)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


@pytest.fixture(autouse=True)
def content_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A root without content/ takes the checkout's, which need not be read for every case."""
    read = build.read_content
    monkeypatch.setattr(build, "read_content", lambda root, fallback: read(root, fallback) if own(root) else CONTENT)


def own(root: Path) -> bool:
    """Whether a root brings lists of its own; needs and pairings are no lists."""
    return any((root / "content" / name).exists() for name in ("vocabulary", "societies", "calls"))


def checked(*arguments: object, code: int) -> Result:
    """``catalog check`` in this process: its exit code, and what it said."""
    done = CliRunner().invoke(catalog, ["check", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done


def timed_check(root: Path) -> tuple[list[Problem], float]:
    begun = time.process_time()  # other work on the machine does not count
    problems = build.check(root)
    return problems, time.process_time() - begun


# -- cases -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("promise", ALL_CASES)
def test_case(promise: str, tmp_path: Path) -> None:
    case = ALL_CASES[promise]
    given = case["given"]
    write_case(given, tmp_path)
    problems, seconds = timed_check(tmp_path)
    limit = MOST_SECONDS if not own(tmp_path) else 4 * MOST_SECONDS  # a whole content/ is read then
    assert seconds < limit
    if "codes" in case:
        assert Counter(problem.code for problem in problems) == case["codes"]
        return
    expected = [{"path": given.get("path", PATH), "level": "error", **one} for one in case["expect"]]
    says = [one.pop("says", "") for one in expected]
    found = [
        {key: value for key, value in asdict(problem).items() if key not in ("message", "cure")} for problem in problems
    ]
    order = ("path", "line", "column", "code", "level")
    assert [[one[key] for key in order] for one in found] == [[one[key] for key in order] for one in expected], problems
    for problem, words in zip(problems, says, strict=True):
        assert words in problem.message + problem.cure


def test_every_fault_and_rule_has_a_case() -> None:
    told = {one["code"] for case in ALL_CASES.values() for one in case.get("expect", ())}
    told |= {code for case in ALL_CASES.values() for code in case.get("codes", ())}
    told |= {
        one["code"]
        for path in (CASES / "pull").glob("*.yml")
        for one in yaml.safe_load(path.read_text("utf-8"))["expect"]
    }
    elsewhere = {"not-a-file", "unreadable", "lost-address"}  # the tests of trees below, and of history
    elsewhere |= {code for code, level in LEVELS.items() if level == "hint"}  # told only where asked for: test_fix
    assert (set(FAULTS) | {rule.code for rule in RULES}) - told - elsewhere == set()


def all_problems(tmp_path: Path) -> Iterator[Problem]:
    """What every case tells, each from a folder of its own."""
    for number, case in enumerate(ALL_CASES.values()):
        if not {"edit", "numbered"} & set(case["given"]) and not any(
            "content" in name for name in case["given"].get("also", {})
        ):
            write_case(case["given"], tmp_path / str(number))
            yield from build.check(tmp_path / str(number))


def test_every_message_and_cure_is_chinese_and_holds_no_other_words(tmp_path: Path) -> None:
    keys = {field.key for kind in (Activity, Need, Pairing, Booking, Redirect) for field in fields_of(kind)}
    known = {"activities", "undated", "content", "societies", "start", "end", "text", "https", "http", "example", "org",
             "office", "phone", "email", "report", "url", "publisher", "type", "yml", "GBK", "Big", "QQ", "Tab", "code", "city", "province", "ANSI", "UTF", "YAML", "KB", "U",
             "filed", "title", "name", "id", "JPEG", "PNG", "WEBP", "GIF", "MB", "jpg", "jpeg", "png", "webp", "gif", "redirects"}  # fmt: skip
    for problem in all_problems(tmp_path):
        for words in (problem.message, problem.cure):
            assert re.search(r"[\u4e00-\u9fff]", words), problem
        ours = re.sub(r"“.*”|[a-z]+\.yml|“?[\w/-]+/[\w/-]+”?", "", problem.message, flags=re.DOTALL)
        ours += re.sub(r"“.*?”", "", problem.cure)
        foreign = set(re.findall(r"[A-Za-z]+", re.sub(r"U\+[0-9A-F]{4,6}", "", ours))) - known - keys
        assert not foreign - {"C", "X", "XPCC"}, problem
        assert problem.cure.endswith(("。", "？")), problem


def test_no_private_number_is_echoed(tmp_path: Path) -> None:
    for promise, case in ALL_CASES.items():
        if "private" not in promise and "echoed" not in promise:
            continue
        write_case(case["given"], tmp_path / promise)
        problems = build.check(tmp_path / promise)
        assert any(problem.code == "private-numbers" for problem in problems), promise
        for problem in problems:
            digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", problem.message + problem.cure))
            assert not re.search("13800138000|11010519491231|110105491231", digits), promise


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_has_a_title_an_example_and_a_cure(code: str) -> None:
    documented(FAULTS[code].__doc__)
    assert LEVELS[code] in LEVEL_WORDS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_title_an_example_and_a_cure(rule: Any) -> None:
    documented(rule.find.__doc__)


def documented(docstring: str | None) -> None:
    lines = [line.strip() for line in inspect.cleandoc(docstring or "").splitlines()]
    assert lines[0]
    assert not lines[0].endswith("。")
    assert any(line.startswith("例：") for line in lines)
    assert any(line.startswith("改：") for line in lines)


# -- trees -------------------------------------------------------------------------------------------------------------


def good(root: Path, path: str = PATH) -> Path:
    write_case({}, root, path)
    return root / path


def codes_of(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in problems]


def test_a_link_to_a_file_outside_is_told_and_not_read(tmp_path: Path) -> None:
    good(tmp_path)
    secret = tmp_path / "secret.yml"
    secret.write_text("title: geheim\n")
    (tmp_path / "activities/2026/C-01/b.yml").symlink_to(secret)
    problems = build.check(tmp_path)
    assert codes_of(problems) == [("activities/2026/C-01/b.yml", "not-a-file")]
    assert "geheim" not in str(problems)


def test_a_link_to_a_folder_outside_is_told_and_not_followed(tmp_path: Path) -> None:
    good(tmp_path)
    good(tmp_path / "elsewhere", "a.yml")
    (tmp_path / "activities/2026/C-02").symlink_to(tmp_path / "elsewhere")
    assert codes_of(build.check(tmp_path)) == [("activities/2026/C-02", "not-a-file")]


def test_a_picture_that_is_a_link_is_told_and_not_read(tmp_path: Path) -> None:
    write_case(ALL_CASES["a-picture-beside-the-record-is-fine"]["given"], tmp_path)
    picture = (tmp_path / PATH).with_name("xiu-jian.jpg")
    picture.rename(tmp_path / "elsewhere.jpg")
    picture.symlink_to(tmp_path / "elsewhere.jpg")
    assert codes_of(build.check(tmp_path)) == [("activities/2026/C-01/xiu-jian.jpg", "not-a-file")]
    assert not build.load(tmp_path).activities


@pytest.mark.parametrize("harm", ["dies", "hangs", "raises"])
def test_a_decoder_that_dies_or_hangs_takes_only_its_own_picture_along(
    tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def published(data: bytes) -> None:
        if harm == "raises":
            raise MemoryError
        while harm == "hangs":
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(pictures, "published", published)
    monkeypatch.setattr(pictures, "MOST_SECONDS", 1)
    monkeypatch.setattr(pictures, "_told", {})
    write_case(ALL_CASES["a-picture-beside-the-record-is-fine"]["given"], tmp_path)
    good(tmp_path, "activities/2026/C-01/b.yml")
    problems = [problem for problem in build.check(tmp_path) if problem.level == "error"]
    assert codes_of(problems) == [(PATH, "broken-picture")]


def test_a_link_in_place_of_the_whole_tree_is_told(tmp_path: Path) -> None:
    good(tmp_path / "elsewhere")
    (tmp_path / "activities").symlink_to(tmp_path / "elsewhere/activities")
    assert codes_of(build.check(tmp_path)) == [("activities", "not-a-file")]


@pytest.mark.parametrize("sort", ["fifo", "socket", "broken link", "loop"])
def test_what_is_no_file_is_told_and_keeps_nobody_waiting(
    tmp_path: Path, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = good(tmp_path).with_name("b.yml")
    if sort == "fifo":
        os.mkfifo(place)
    elif sort == "socket":
        monkeypatch.chdir(place.parent)  # the name of a socket may be 108 bytes long
        socket.socket(socket.AF_UNIX).bind(place.name)
    else:
        place.symlink_to("b.yml" if sort == "loop" else "nowhere")
    problems, seconds = timed_check(tmp_path)
    assert codes_of(problems) == [("activities/2026/C-01/b.yml", "not-a-file")]
    assert seconds < MOST_SECONDS
    assert codes_of(build.check(tmp_path, [place])) == [("activities/2026/C-01/b.yml", "not-a-file")]


@pytest.mark.parametrize("piece", ["长", "a\n", "- "])
def test_a_file_of_ten_megabytes_is_told_at_once(tmp_path: Path, piece: str) -> None:
    good(tmp_path).write_text(piece * (10 * 2**20 // len(piece.encode())))
    problems, seconds = timed_check(tmp_path)
    assert codes_of(problems) == [(PATH, "too-large")]
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize(
    "name",
    [
        "A.yml",
        "果树.yml",
        "con.yml",
        "com1.yml",
        "a b.yml",
        "a?.yml",
        "-a.yml",
        "a\n::error::pwn.yml",
        "a.yaml",
        f"{'a' * 65}.yml",
    ],
)
def test_a_name_that_fails_elsewhere_is_told(tmp_path: Path, name: str) -> None:
    good(tmp_path, f"activities/2026/C-01/{name}")
    assert codes_of(build.check(tmp_path)) == [(f"activities/2026/C-01/{name}", "file-name")]


def test_bytes_of_a_name_that_are_no_utf_8_are_told(tmp_path: Path) -> None:
    folder = good(tmp_path).parent
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yml")).write_bytes(b"title: x\n")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    problems = build.check(tmp_path)
    assert "file-name" in {problem.code for problem in problems}
    json.dumps([asdict(problem) for problem in problems], ensure_ascii=False).encode()


def test_folders_without_end_are_told(tmp_path: Path) -> None:
    good(tmp_path)
    (tmp_path / "activities" / "/".join("a" * 300)).mkdir(parents=True)
    assert {problem.code for problem in build.check(tmp_path)} == {"file-name"}


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    good(tmp_path)
    shutil.copytree(CHECKOUT / "content/vocabulary", tmp_path / "content/vocabulary")
    (tmp_path / "content/vocabulary/counties.csv").unlink()
    (tmp_path / "content/vocabulary/counties.csv").mkdir()
    assert ("content/vocabulary/counties.csv", "not-a-file") in codes_of(build.check(tmp_path))


@pytest.mark.parametrize("name", sorted(path.name for path in (CHECKOUT / "content/vocabulary").glob("[!s]*.[yc]*")))
@pytest.mark.parametrize(
    "text",
    [None, "", "title: [", "terms:\n  - {id: [a], name: {b: c}, aliases: [{d: e}]}\n", 'code,name\n"' + "x" * 200_000],
)
def test_a_missing_or_broken_list_is_told_and_breaks_nothing(tmp_path: Path, name: str, text: str | None) -> None:
    good(tmp_path)
    shutil.copytree(CHECKOUT / "content/vocabulary", tmp_path / "content/vocabulary")
    (tmp_path / "content/societies").mkdir()
    (tmp_path / "content/societies/x.yml").write_text("societies:\n  - {id: C-01, name: 测试学会, level: national}\n")
    (tmp_path / "content/calls").mkdir()
    broken = tmp_path / "content/vocabulary" / name
    broken.unlink() if text is None else broken.write_text(text)
    problems = build.check(tmp_path)
    if text is None and name in (
        "reading.yml",
        "statuses.yml",
        "labels.yml",
    ):  # a list of the program's own: a root need not bring it
        assert not problems
    else:
        assert any(problem.path == f"content/vocabulary/{name}" for problem in problems)


# -- one file, many faults; the command --------------------------------------------------------------------------------

TWELVE = {
    1: "title: 科普: 走进社区",
    2: "summary: 太短",
    3: "kind：技术服务类",
    4: "fields: [种植与圆艺]",
    5: "audiences: [农名]",
    6: "forms: [田间指导, 田间指导]",
    9: "\tstart: 2026-02-30",
    11: "regions: [鼓楼区]",
    13: "responsibel: 测试学会",
    17: "  office: 测试学会 # 科普部",
    18: "  phone: 13800138000",
    19: "  email: office.example.org",
}
TWELVE_FAULTS = [
    (1, 1, "missing-field"),  # responsible, misspelt below
    (1, 8, "needs-quotes"),
    (2, 10, "too-short"),
    (3, 5, "fullwidth-colon"),
    (4, 10, "unknown-term"),
    (5, 13, "unknown-term"),
    (6, 15, "repeated-value"),
    (9, 1, "tab-indent"),
    (9, 10, "bad-date"),
    (11, 11, "ambiguous-place"),
    (13, 1, "unknown-key"),
    (17, 11, "comment-cut"),
    (18, 10, "private-numbers"),
    (19, 10, "bad-email"),
]


def test_twelve_faults_of_one_file_are_told_in_one_run(tmp_path: Path, command: Command) -> None:
    write_case({"lines": TWELVE}, tmp_path)
    done = command("check", "--root", tmp_path, "--format", "json", code=1)
    told = json.loads(done.stdout)
    assert [(one["line"], one["column"], one["code"]) for one in told] == TWELVE_FAULTS
    for one in told:
        assert list(one) == ["path", "line", "column", "code", "level", "message", "cure"]
        assert one["path"] == PATH
        assert len(one["cure"]) > 3
    text = checked("--root", tmp_path, code=1)
    assert len(text.stdout.splitlines()) == len(TWELVE_FAULTS)
    assert f"{PATH}:5:13: 服务对象“农名”不在词表中，您是不是想写“农民”？" in text.stdout
    assert "[unknown-term]" in text.stdout


@pytest.fixture
def folder_of_all(tmp_path: Path) -> dict[str, Path]:
    """Every case file in one root, and where each lies."""
    places: dict[str, Path] = {}
    for number, (promise, case) in enumerate(ALL_CASES.items()):
        given = case["given"]
        if "path" in given or "also" in given or "edit" in given:
            continue
        path = f"activities/2026/C-01/case-{number}.yml"
        write_case(given, tmp_path, path)
        places[promise] = Path(path)
    return places


def test_a_folder_of_all_cases_is_told_in_one_run(
    tmp_path: Path, folder_of_all: dict[str, Path], command: Command
) -> None:
    done = command("check", tmp_path / "activities", "--root", tmp_path, "--format", "json", code=1)
    told: dict[str, set[str]] = {}
    for one in json.loads(done.stdout):
        told.setdefault(one["path"], set()).add(one["code"])
    for promise, path in folder_of_all.items():
        case = ALL_CASES[promise]
        codes = set(case["codes"]) if "codes" in case else {one["code"] for one in case["expect"]}
        assert codes <= told.get(path.as_posix(), set()), promise


def test_the_exit_code_says_whether_there_are_errors(tmp_path: Path) -> None:
    good(tmp_path)
    assert checked("--root", tmp_path, "--format", "json", code=0).stdout.strip() == "[]"
    write_case({"lines": {19: "  email: test@163.com"}}, tmp_path)
    warned = checked("--root", tmp_path, code=0)  # a warning blocks nobody
    assert "（提醒）" in warned.stdout
    write_case({"lines": {3: "kind: 科谱"}}, tmp_path)
    checked("--root", tmp_path, code=1)
    checked(tmp_path / "no-such-file.yml", "--root", tmp_path, code=2)
    checked("--root", tmp_path / "nowhere", code=2)
    checked("--format", "xml", code=2)


def test_a_draft_elsewhere_is_checked_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    draft = tmp_path / "草稿.yml"
    draft.write_bytes(data_of({"lines": {3: "kind: 科谱"}}))
    problems = build.check(tmp_path / "root", [draft])
    assert codes_of(problems) == [(draft.as_posix(), "unknown-term")]


def test_hostile_names_and_values_stay_inside_their_line(tmp_path: Path, command: Command) -> None:
    evil = "x\\n::error file=a::pwn\\r\\e[31m\\u202e"
    write_case(
        {
            "lines": {
                1: f'title: "{evil}"',
                3: f'kind: "{evil}"',
                5: f'audiences: ["{evil}"]',
                11: f'regions: ["{evil}"]',
            },
            "add": f'"{evil}": {evil}\n',
        },
        tmp_path,
    )
    good(tmp_path, "activities/2026/C-01/b\n::error::pwn.yml")
    good(tmp_path, "activities/2026/C-01/b\x1b[31m\r::error::pwn.zip")
    done = command("check", "--root", tmp_path, code=1)
    for line in done.stdout.splitlines():
        assert re.match(r"activities/2026/C-01/", line)
    assert not [character for character in done.stdout.replace("\n", "") if unicodedata.category(character)[0] == "C"]
    assert not any(line.startswith("::") for line in done.stdout.split("\n"))
