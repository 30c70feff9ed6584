"""Files that want to do harm or are something else: refused fast, with a sentence and a cure, and the others are read all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.build import CHECKOUT
from generator.importing import report
from generator.load.files import Found
from generator.load.forms import apart
from generator.load.forms.apart import read_forms
from generator.load.forms.archive import REASONS
from generator.load.forms.reading import FormReader
from tests.forms.builder import docx_of
from tests.forms.hostile import CASES, GOOD, GREEDY

MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss, used.ru_utime + used.ru_stime)
"""
STYLES = ("text", "json", "html", "docx")
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_with_a_reason(name: str, reader: FormReader) -> None:
    data, code = CASES[name]
    form = reader.read(data, name)
    assert form.code == code
    assert form.error
    assert form.cure.endswith("。")
    assert not form.activities


def test_a_bad_form_never_stops_the_others(tmp_path: Path, command: Command) -> None:
    some = dict(list(CASES.items())[::4])  # each has been read above; here they come together
    for name, (data, _) in some.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    (tmp_path / "good.docx").write_bytes(GOOD)
    done = command("import", tmp_path, "--root", "tests/village", "--out", tmp_path / "out", "--format", "json", code=1)
    told = {Path(form["file"]).stem: form for form in json.loads(done.stdout)["forms"]}
    assert told["good"]["activities"][0]["title"] == "好好的一张表"
    assert {name: told[name]["code"] for name in some} == {name: code for name, (_, code) in some.items()}
    assert "Traceback" not in done.stderr


def test_no_form_takes_more_than_its_share_of_time_and_memory(tmp_path: Path) -> None:
    for name, data in {**GREEDY, **{name: data for name, (data, _) in CASES.items()}}.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    command = [sys.executable, "-m", "generator", "import", str(tmp_path), "--root", "tests/village"]
    command += ["--out", str(tmp_path / "out"), "--report", str(tmp_path / "r.json")]
    # Started by a small process: what a large one has used is counted to whom it starts.
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    kilobytes, seconds = map(float, done.stdout.splitlines()[-1].split())
    assert kilobytes < 300 * 1024
    assert seconds < 2 * len(GREEDY) + 0.2 * len(CASES)
    forms = json.loads((tmp_path / "r.json").read_text("utf-8"))["forms"]
    assert [form["file"] for form in forms if not form["error"] or form["activities"]] == []


@pytest.mark.parametrize("crime", ["time", "memory", "death"])
def test_a_form_that_will_not_end_is_stopped_and_told(
    crime: str, tmp_path: Path, reader: FormReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misread(self: FormReader, data: bytes, file: str) -> object:
        while crime == "time" and "bad" in file:
            pass
        if crime == "memory" and "bad" in file:
            return bytearray(600 * 1024 * 1024)
        if crime == "death" and "bad" in file:
            os.kill(os.getpid(), 9)
        return real(self, data, file)

    real = FormReader.read
    monkeypatch.setattr(FormReader, "read", misread)
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.3)
    files = []
    for name in ("a", "bad", "c"):
        (tmp_path / f"{name}.docx").write_bytes(GOOD)
        files.append(Found(name, str(tmp_path / f"{name}.docx")))
    outcomes = {outcome.file: outcome for _, outcome in read_forms(files, reader)}
    assert outcomes["bad"].error == REASONS["too-long"][0]
    assert outcomes["a"].activities
    assert outcomes["c"].activities


def test_what_was_not_read_is_said(reader: FormReader) -> None:
    from tests.forms.hostile import body, package

    data = package(
        body("<w:p><w:r><w:t>活动名称：宏和批注的测试</w:t></w:r></w:p><w:altChunk/>"),
        **{
            "word/vbaProject.bin": "x",
            "word/comments.xml": "<w:comments xmlns:w='w'><w:comment/></w:comments>",
            "word/_rels/document.xml.rels": "<Relationships><Relationship TargetMode='External' Type='attachedTemplate'/></Relationships>".replace(
                "'", '"'
            ),
        },
    )
    form = reader.read(data, "x")
    assert form.activities
    for word in ("宏", "批注", "嵌入", "外部"):
        assert any(word in note for note in form.notes), form.notes


@pytest.mark.parametrize("style", STYLES)
def test_hostile_words_are_words_in_every_report(style: str, reader: FormReader) -> None:
    data = docx_of([{"table": [["活动名称", "<script>alert(1)</script>讲座"], ["服务对象", "=cmd|' /C calc'!A0"]]}])
    said = report([reader.read(data, "a<b>&.docx")], style, date(2026, 11, 23))
    assert len(said) > 200
    if style == "html":
        assert b"<script" not in said
        assert b"&lt;script&gt;" in said
