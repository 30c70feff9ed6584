"""A new record: asked for in Chinese, answered at once or by options, written as a valid file that never replaces another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build
from generator.cli import catalog
from generator.model.pinyin import slug_of

CHECKOUT = build.CHECKOUT
VILLAGE = CHECKOUT / "tests" / "village"

ANSWERS = {
    "title": "果树春季修剪技术下乡", "summary": "组织果树专家到村里示范修剪和施肥，现场解答果农提问，留下技术明白纸。", "kind": "1",
    "fields": "种植与园艺、4", "audiences": "农户，老年人", "forms": "[田间指导, 培训]", "mode": "线下", "period": "{start: 2027年2月, end: 2027/4}",
    "regions": "山西；河北省", "responsible": "测试农学会", "contact.office": "测试: 科普部", "contact.phone": "010-60000000，010-60000001",
    "sessions.0.start": "2027-03-01 9:30", "sessions.0.county": "山西省阳曲县", "sessions.1.start": "2027-03-08",
}  # fmt: skip

WRITTEN = """\
# yaml-language-server: $schema=../../../content/schema/activity.json
title: 果树春季修剪技术下乡
summary: 组织果树专家到村里示范修剪和施肥，现场解答果农提问，留下技术明白纸。
kind: 技术服务类
fields: [种植与园艺, 食品与营养]
audiences: [农民, 老年人]
forms: [田间指导, 培训]
mode: 线下
period: {start: 2027-02, end: 2027-04}
regions: [山西省, 河北省]
sessions:
  - {start: 2027-03-01 09:30, county: 山西省阳曲县}
  - {start: 2027-03-08}
responsible: 测试农学会
contact: {office: "测试: 科普部", phone: [010-60000000, 010-60000001]}
"""


def run(root: Path, *arguments: str, code: int = 0, input: str | None = None) -> Result:
    done = CliRunner().invoke(catalog, ["new", *arguments, "--root", str(root)], input=input)
    assert done.exit_code == code, done.output
    return done


def sets(answers: dict[str, str]) -> list[str]:
    return [word for key, value in answers.items() for word in ("--set", f"{key}={value}")]


def files(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.yml")}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    for folder in ("societies", "calls", "needs", "pairings"):
        shutil.copytree(VILLAGE / "content" / folder, tmp_path / "content" / folder)
    shutil.copytree(VILLAGE / "activities", tmp_path / "activities")
    return tmp_path


def test_all_answers_by_options_make_a_canonical_valid_file(tmp_path: Path) -> None:
    done = run(tmp_path, "activity", "--society", "C-01", *sets(ANSWERS))
    assert "写好了：activities/2027/C-01/guo-shu-chun-ji-xiu-jian-ji-shu-xia-xiang.yml" in done.output
    assert list(files(tmp_path).values()) == [WRITTEN]
    assert not [one for one in build.check(tmp_path) if one.level == "error"]


def test_keys_may_be_chinese_and_the_first_file_stays(tmp_path: Path) -> None:
    run(tmp_path, "--society", "中国农学会", *sets(ANSWERS))
    chinese = {
        "活动名称" if key == "title" else key.replace("contact", "联系方式"): value for key, value in ANSWERS.items()
    }
    chinese["summary"] += "第二份。"
    run(tmp_path, "--society", "C-01", *sets(chinese))
    found = files(tmp_path)
    assert len(found) == 2
    assert found["activities/2027/C-01/guo-shu-chun-ji-xiu-jian-ji-shu-xia-xiang.yml"] == WRITTEN
    assert "第二份" in found["activities/2027/C-01/guo-shu-chun-ji-xiu-jian-ji-shu-xia-xiang-2.yml"]


def test_questions_are_asked_and_wrong_answers_told_at_once_in_the_words_of_check(tmp_path: Path) -> None:
    lines = [
        "没有这个学会", "C-01", "好", "果树春季修剪技术下乡", ANSWERS["summary"], "", "?", "99", "1", "1", "农名", "2", "3 ", "1",
        "2027年5月", "2027-04", "", "2027-02", "2027-04", "", "山西", "", "", "", "", "", "", "测试农学会", "", "", "", "", "", "",
        "测试科普部", "13800138000", "010-60000000", "", "", "", "", "",
    ]  # fmt: skip
    done = run(tmp_path, input="\n".join(lines) + "\n")
    for words in (
        "没有登记过的学会“没有这个学会”", "“活动名称”只有1个字，至少要4个字", "从词表里选一个", "不在词表中", "您是不是想写“农民”", "结束时间 2027-04 早于开始时间 2027-05",
        "有手机号（尾号00）", "1 技术服务类", "（必填）", "例：果树春季修剪技术下乡",
    ):  # fmt: skip
        assert words in done.output, words
    (text,) = files(tmp_path).values()
    assert "13800138000" not in text
    assert "period: {start: 2027-02, end: 2027-04}" in text
    assert "audiences: [农民]" in text
    assert not [one for one in build.check(tmp_path) if one.level == "error"]


def test_nothing_is_written_when_asking_is_broken_off(tmp_path: Path) -> None:
    assert "没有写文件" in run(tmp_path, input="C-01\n果树春季修剪\n", code=1).output
    assert not files(tmp_path)


def test_what_is_wrong_or_missing_is_told_and_nothing_written(tmp_path: Path) -> None:
    done = run(tmp_path, "--society", "C-01", "--set", "title=果树修剪", "--set", "kind=技术", "--no-input", code=1)
    assert "服务类别“技术”不在词表中" in done.output
    assert "缺少“活动简介”" in done.output
    assert not files(tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--set", "title"], ["--set", "titel=果树修剪"], ["--set", "contact.fax=1"], ["--society", "没有的"], ["--from", "2026/C-01/none"],
        ["--from", "../../etc/passwd"], ["--slug", "../a"], ["--year", "26"],
    ],
)  # fmt: skip
def test_a_wrong_call_is_told(tmp_path: Path, arguments: list[str]) -> None:
    given = [] if "--society" in arguments else ["--society", "C-01"]
    assert "Traceback" not in run(tmp_path, *given, *arguments, "--no-input", code=2).output
    assert not files(tmp_path)


def test_last_years_record_is_renewed_without_what_was_of_last_year(village: Path) -> None:
    before = files(village)
    run(village, "--from", "2026/C-01/every-field", "--set", "period={start: 2027-01, end: 2027-12}", "--no-input")
    (path,) = files(village).keys() - before.keys()
    assert path.startswith("activities/2027/C-01/")
    text = files(village)[path]
    assert "renews: 2026/C-01/every-field" in text
    for key in ("call", "filed", "sessions", "media", "images", "results_before", "source"):
        assert f"\n{key}:" not in text
    for key in ("title", "summary", "description", "team", "contact", "partners"):
        assert f"\n{key}:" in text
    assert {key: files(village)[key] for key in before} == before


def test_needs_and_pairings_are_made_alike(village: Path) -> None:
    before = set(files(village))
    need = {"title": "请果树专家来讲苹果冬剪", "summary": "全镇种了三千亩苹果，想请专家到地头示范。", "fields": "1", "audiences": "2", "period": "全年",
            "responsible": "测试县科协", "contact.office": "测试县科协", "contact.phone": "0351-6000000", "filed": "2026-10-08"}  # fmt: skip
    run(village, "need", "--county", "阳曲县", *sets(need))
    pairing = {"societies": "C-01", "activities": "2026/C-01/every-field", "status": "1", "agreed": "2026-11-01"}
    run(village, "pairing", "--county", "140122", *sets(pairing))
    made = sorted(set(files(village)) - before)
    assert [path.rsplit("/", 1)[0] for path in made] == ["content/needs/2026/140122", "content/pairings/2026/140122"]
    assert "$schema=../../../../content/schema/need.json" in files(village)[made[0]]
    assert not [one for one in build.check(village) if one.level == "error" and one.path in made]


@pytest.mark.parametrize(
    ("title", "slug"),
    [("果树修剪", "guo-shu-xiu-jian"), ("Open Day 2026", "open-day-2026"), ("……！！", "activity"), ("con", "activity"), ("果" * 60, "guo" + "-guo" * 11)],
)  # fmt: skip
def test_a_file_is_named_after_the_sounds_of_its_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug
