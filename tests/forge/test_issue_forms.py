"""Issue forms and CODEOWNERS: as fresh as the fields, and such that a forge takes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator import for_forges
from generator.build import CHECKOUT
from generator.cli import catalog
from generator.load.known import read_content
from generator.load.yaml_out import yaml_of
from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.owners import Area, Owners, lines
from generator.model.values import Choice, Group, Many
from generator.render.forge import ASKED

TEXTS, PROBLEMS = for_forges.files(CHECKOUT)
DATA: dict[str, Any] = {path: yaml.safe_load(text) for path, text in TEXTS.items() if path.endswith(".yml")}
FORMS = {path: data for path, data in DATA.items() if not path.endswith("config.yml")}
KNOWN = read_content(CHECKOUT, CHECKOUT).known
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder"},
    "textarea": {"label", "description", "placeholder"},
    "dropdown": {"label", "description", "options", "multiple"},
    "checkboxes": {"label", "options"},
}


def questions(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {element["id"]: element for element in form["body"] if element["type"] != "markdown"}


@pytest.mark.parametrize("path", TEXTS)
def test_the_file_in_the_repository_is_the_one_that_make_forge_writes(path: str) -> None:
    assert not PROBLEMS
    assert (CHECKOUT / path).read_text("utf-8") == TEXTS[path], "run: make forge"


def test_no_other_form_lies_beside_them() -> None:
    there = {
        path.relative_to(CHECKOUT).as_posix() for folder in for_forges.FOLDERS for path in (CHECKOUT / folder).iterdir()
    }
    assert there == set(DATA)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_keeps_the_rules_of_issue_forms(path: str) -> None:
    form = FORMS[path]
    assert form.keys() == {"name", "description", "title", "labels", "body"}
    assert all(isinstance(form[key], str) and form[key].strip() for key in ("name", "description", "title"))
    assert len(form["description"]) <= 200
    assert [type(label) for label in form["labels"]] == [str]
    ids = [element["id"] for element in form["body"] if "id" in element]
    labels = [element["attributes"]["label"] for element in form["body"] if "label" in element["attributes"]]
    assert len(ids) == len(set(ids)) == len(form["body"]) - 1
    assert len(labels) == len(set(labels)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id) for id in ids)
    for element in form["body"]:
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert element["attributes"].keys() <= ATTRIBUTES[element["type"]]
        texts = [value for value in element["attributes"].values() if not isinstance(value, bool | list)]
        assert all(isinstance(text, str) and text.strip() for text in texts), element
        if "validations" in element:
            assert element["validations"] in ({"required": True}, {"required": False})


@pytest.mark.parametrize("path", FORMS)
def test_choices_are_different_words_and_none_is_reserved(path: str) -> None:
    for element in FORMS[path]["body"]:
        options = element["attributes"].get("options", ["x"])
        words = [option["label"] if isinstance(option, dict) else option for option in options]
        assert words
        assert all(isinstance(word, str) and word.strip() for word in words)
        assert len(words) == len(set(words))
        assert "none" not in [word.casefold() for word in words]


def test_forms_have_different_names_and_a_blank_issue_is_not_offered() -> None:
    for folder in for_forges.FOLDERS:
        names = [form["name"] for path, form in FORMS.items() if path.startswith(folder)]
        assert len(names) == len(set(names)) == 3
        assert DATA[f"{folder}/config.yml"]["blank_issues_enabled"] is False


@pytest.mark.parametrize(("name", "record"), [("activity", Activity), ("need", Need)])
def test_what_a_submission_must_state_is_asked_for_and_required(name: str, record: type) -> None:
    asked = questions(FORMS[f".github/ISSUE_TEMPLATE/{name}.yml"])
    assert asked["owner"]["validations"]["required"]
    for line in fields_of(record):
        if line.key in ("filed", "withdrawn", "cancelled") or line.duty == "report":
            continue
        if isinstance(line.value, Many) and isinstance(line.value.one, Group):
            assert line.key not in asked
            continue
        mine = [element for id, element in asked.items() if id == line.key or id.startswith(f"{line.key}-")]
        assert mine, line.key
        assert any(element["validations"]["required"] for element in mine) == (line.duty in ASKED)
        one = line.value.one if isinstance(line.value, Many) else line.value
        if isinstance(one, Choice):
            assert mine[0]["attributes"]["options"] == list(KNOWN.vocabularies[one.vocabulary].names)
            assert mine[0]["attributes"].get("multiple", False) == isinstance(line.value, Many)


def test_what_only_a_public_report_states_is_not_asked_for() -> None:
    assert not {"source", "cancelled", "source-url"} & questions(FORMS[".github/ISSUE_TEMPLATE/activity.yml"]).keys()


def test_words_that_yaml_reads_as_something_else_stay_words() -> None:
    data = {
        "no": [
            "no",
            "on",
            "~",
            "2026",
            "2026-05-01",
            "1e3",
            "a: b",
            "# x",
            "- x",
            "@a",
            "多\n行\n",
            " x ",
            "'",
            '"',
            "é\u0085",
        ]
    }
    assert yaml.safe_load(yaml_of(data)) == data


def test_the_command_tells_a_stale_file_and_writes_it_anew(tmp_path: Path) -> None:
    assert CliRunner().invoke(catalog, ["forge", "--root", str(tmp_path), "--check"]).exit_code == 1
    assert not list(tmp_path.iterdir())
    assert CliRunner().invoke(catalog, ["forge", "--root", str(tmp_path)]).exit_code == 0
    assert CliRunner().invoke(catalog, ["forge", "--root", str(tmp_path), "--check"]).exit_code == 0
    (tmp_path / "CODEOWNERS").write_text("* @someone\n", "utf-8")
    stale = CliRunner().invoke(catalog, ["forge", "--root", str(tmp_path), "--check"])
    assert stale.exit_code == 1
    assert "CODEOWNERS" in stale.output


def owners_in(tmp_path: Path, text: str) -> tuple[str, list[str]]:
    (tmp_path / "content").mkdir()
    (tmp_path / for_forges.OWNERS).write_text(text, "utf-8")
    texts, problems = for_forges.files(tmp_path)
    return texts.get("CODEOWNERS", ""), [problem.code for problem in problems]


def effective(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def test_without_owners_no_line_is_in_force_and_the_file_says_why() -> None:
    assert not effective(TEXTS["CODEOWNERS"])
    assert "还没有填审核人" in TEXTS["CODEOWNERS"]
    assert "@ORG/" in TEXTS["CODEOWNERS"]


def test_owners_of_the_program_the_records_a_province_a_county_and_a_society(tmp_path: Path) -> None:
    text, codes = owners_in(
        tmp_path,
        'program: ["@test/program"]\nrecords: ["@test/records", editor@example.org]\nareas:\n'
        '  - {societies: [中国农学会], owners: ["@test/farm"]}\n'
        '  - {places: [山西省], owners: ["@test/shanxi"]}\n'
        '  - {places: [新疆生产建设兵团, 山西省阳曲县], owners: ["@test/two"]}\n',
    )
    assert not codes
    assert effective(text) == [
        ["*", "@test/program"],
        ["/activities/", "@test/records", "editor@example.org"],
        ["/content/needs/", "@test/records", "editor@example.org"],
        ["/content/pairings/", "@test/records", "editor@example.org"],
        ["/activities/*/140000-*/", "@test/shanxi"],
        ["/content/needs/*/14*/", "@test/shanxi"],
        ["/content/pairings/*/14*/", "@test/shanxi"],
        ["/activities/*/XPCC-*/", "@test/two"],
        ["/content/needs/*/6590*/", "@test/two"],
        ["/content/pairings/*/6590*/", "@test/two"],
        ["/content/needs/*/140122/", "@test/two"],
        ["/content/pairings/*/140122/", "@test/two"],
        ["/activities/*/C-01/", "@test/farm"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('program: ["someone"]\n', "bad-name"),
        ('program: ["@a\\n* @evil"]\n', "bad-name"),
        ('program: ["@a b"]\n', "bad-name"),
        ('areas:\n  - {societies: [没有的学会], owners: ["@a"]}\n', "unknown-society"),
        ("areas:\n  - {societies: [中国农学会]}\n", "missing-field"),
        ("owner: x\n", "unknown-key"),
    ],
)
def test_a_faulty_list_of_owners_is_told_and_writes_no_codeowners(tmp_path: Path, text: str, code: str) -> None:
    made, codes = owners_in(tmp_path, text)
    assert codes == [code]
    assert not made


def test_every_region_and_every_society_can_have_owners() -> None:
    every = Owners(
        areas=(
            Area(societies=tuple(KNOWN.society_names), owners=("@a",)),
            Area(places=tuple(KNOWN.places.regions), owners=("@b",)),
        )
    )
    patterns = [pattern for pattern, _ in lines(every, KNOWN.places)]
    assert len(patterns) == len(set(patterns)) == len(KNOWN.society_names) + 3 * len(KNOWN.places.regions)
    assert all(re.fullmatch(r"/[\w*/-]+/", pattern, re.ASCII) for pattern in patterns)


def test_pull_request_templates_are_the_same_on_both_forges() -> None:
    texts = [
        (CHECKOUT / path).read_text("utf-8")
        for path in (".github/pull_request_template.md", ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md")
    ]
    assert texts[0] == texts[1]
    assert "主办单位同意" in texts[0]
