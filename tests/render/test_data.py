"""Open data: it rebuilds the records, its types are right, its package is valid, its bytes are the same."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from frictionless import Package
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.build import load
from generator.load.text import without_forbidden
from generator.model.activity import Activity
from generator.model.call import Call
from generator.model.catalog import Catalog
from generator.model.dates import FullDay, Moment, PartialDay
from generator.model.field import fields_of
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.period import Day
from generator.model.pointers import CallId, Email, Link, Phone, PlaceCode, SocietyId, SocietyName
from generator.model.problem import Place
from generator.model.reader import Reader
from generator.model.society import Society
from generator.model.source import Items, Mapping, Node, Text
from generator.model.values import Choice, Flag, Group, Line, Many, Pattern, Value, WholeNumber, stated
from generator.render.data import documents
from generator.render.data.database import database
from generator.render.data.tables import tables
from generator.render.flat import columns_of

LOADED = load(Path(__file__).resolve().parents[1] / "village")
KNOWN = LOADED.content.known
KINDS = {"activities": Activity, "societies": Society, "calls": Call, "needs": Need, "pairings": Pairing}
PATHS = {"id": "2026/C-01/one", "year": "2026", "society": "C-01", "county": "140122"}

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def texts(least: int, most: int, breaks: bool) -> st.SearchStrategy[str]:
    marks = "=+-@\"',;:#{}[]<>&|*!%`~？：，。、“”" + ("\n" if breaks else "")
    letters = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=marks)
    made = st.text(letters, min_size=least, max_size=min(most, least + 12)).map(
        lambda text: without_forbidden(text).strip()
    )
    return made.filter(lambda text: len(text) >= least)


def values_of(value: Value) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line a type
    simple: dict[type, st.SearchStrategy[Any]] = {
        Flag: st.just(True),
        PartialDay: DAYS.flatmap(lambda day: st.sampled_from([Day(day.isoformat()[:size]) for size in (4, 7, 10)])),
        FullDay: DAYS,
        Moment: DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), f"{day.isoformat()} 09:30"])),
        PlaceCode: st.sampled_from([*KNOWN.places.regions, *list(KNOWN.places.counties)[:50], "100000"]),
        SocietyId: st.sampled_from(sorted(KNOWN.society_ids)),
        SocietyName: st.sampled_from([*sorted(KNOWN.society_ids), "测试合作社"]),
        CallId: st.sampled_from(sorted(KNOWN.calls)),
        Link: st.just("https://example.org/a?b=1&c=%20"),
        Email: st.just("office@example.org"),
        Phone: st.sampled_from(["010-60000000", "400-000-0000"]),
    }
    if isinstance(value, Many):
        return st.lists(values_of(value.one), min_size=1, max_size=min(3, value.most), unique=True).map(tuple)
    if isinstance(value, Group):
        return records_of(value.cls)
    if isinstance(value, Choice):
        return st.sampled_from(list(KNOWN.vocabularies[value.vocabulary].terms))
    if isinstance(value, WholeNumber):
        return st.integers(value.least, value.most)
    if isinstance(value, Pattern):
        return st.from_regex(value.pattern, fullmatch=True).filter(str.isascii)
    if type(value) in simple:
        return simple[type(value)]
    assert isinstance(value, Line), value
    return texts(value.least, value.most, type(value) is not Line)


def records_of(cls: type) -> st.SearchStrategy[Any]:
    """Any record of a class that keeps to its table. What the rules of a group forbid is left out."""
    always = {line.key: values_of(line.value) for line in fields_of(cls) if line.duty == "always"}
    maybe = {line.key: values_of(line.value) for line in fields_of(cls) if line.duty != "always"}
    keys = {line.key for line in fields_of(cls)}
    path = {key: value for key, value in PATHS.items() if key in cls.__dataclass_fields__ and key not in keys}  # type: ignore[attr-defined]

    def made(values: dict[str, Any]) -> Any:
        record = cls(**path, **values)
        faults = getattr(record, "faults", None)
        wrong = faults is not None and list(faults(lambda key: Place("a.yml")))
        return None if wrong or not values else record

    return st.fixed_dictionaries(always, optional=maybe).map(made).filter(lambda record: record is not None)


def node_of(value: Any) -> Node:
    """A value of JSON as a source would hold it."""
    if isinstance(value, dict):
        return Mapping(
            {key: Text(key, 1, 1) for key in value}, {key: node_of(each) for key, each in value.items()}, 1, 1
        )
    if isinstance(value, list):
        return Items(tuple(map(node_of, value)), 1, 1)
    return Text(str(value).lower() if isinstance(value, bool) else str(value), 1, 1)


@pytest.mark.parametrize("name", KINDS)
@settings(
    deadline=None, max_examples=30, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_a_line_of_ndjson_read_again_is_the_record_and_the_record_is_the_line(name: str, data: st.DataObject) -> None:
    cls = KINDS[name]
    record = data.draw(records_of(cls))
    line = json.loads(json.dumps(documents.data_of(record, _Only(KNOWN)), ensure_ascii=False))  # type: ignore[arg-type]
    in_file = {field.key for field in fields_of(cls)}
    path = {key: line.pop(key) for key in PATHS if key in line and key not in in_file}
    node = node_of(line)
    assert isinstance(node, Mapping)
    reader = Reader("a.yml", KNOWN)
    again, whole = reader.record(cls, node, **path)
    assert whole, [str(problem) for problem in reader.problems]
    assert again == record
    assert {**path, **stated(again, KNOWN, names=False)} == {**path, **line}


class _Only:
    """A catalogue of which only what is known is asked for."""

    def __init__(self, known: Any) -> None:
        self.known = known


def test_the_columns_of_a_table_have_names_of_their_own() -> None:
    for cls in KINDS.values():
        keys = [column.key for column in columns_of(cls)]
        assert len(keys) == len(set(keys))
        assert all(column.label for column in columns_of(cls))


def test_the_database_is_sound_and_its_bytes_depend_on_nothing_else(village_catalog: Catalog) -> None:
    data = database(village_catalog, tables(village_catalog))
    assert data == database(village_catalog, tables(village_catalog))
    store = sqlite3.connect(":memory:")
    store.deserialize(data)
    assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    assert store.execute("SELECT count(*) FROM activities").fetchone() == (len(village_catalog.activities),)
    crops = "SELECT activity FROM activity_terms WHERE vocabulary = 'fields' AND term = 'crop'"
    wanted = {activity.id for activity in village_catalog.activities if "crop" in activity.fields}
    assert {id for (id,) in store.execute(crops)} == wanted


@pytest.fixture(params=["real_folder", "village_folder"])
def data_folder(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder / "data"


def test_the_package_is_valid_and_names_every_file_with_its_digest(data_folder: Path) -> None:
    package = Package(str(data_folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    described = json.loads((data_folder / "datapackage.json").read_text(encoding="utf-8"))
    beside = {path.relative_to(data_folder).as_posix() for path in data_folder.rglob("*.*")}
    named = {resource["path"] for resource in described["resources"]}
    assert {path for path in beside - named if not path.startswith(("lists/", "statistics/", "forms/"))} == {
        "datapackage.json",
        "index.html",
    }
    for resource in described["resources"]:
        data = (data_folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


@pytest.mark.parametrize("name", KINDS)
def test_every_line_keeps_to_the_published_schema(data_folder: Path, name: str) -> None:
    schema = json.loads((data_folder / "v1" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    check = Draft202012Validator(schema)
    lines = (data_folder / f"{name}.ndjson").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        assert not list(check.iter_errors(line)), line["id"]
        assert list(check.iter_errors({key: value for key, value in line.items() if key != "id"}))


def test_the_csv_opens_with_the_right_types(data_folder: Path) -> None:
    table = pd.read_csv(data_folder / "activities.csv", dtype_backend="numpy_nullable")
    assert table["id"].is_unique
    for key in ("capacity_sessions", "capacity_people"):
        assert pd.api.types.is_integer_dtype(table[key]) or table[key].isna().all()
    pd.to_datetime(table["filed"], format="%Y-%m-%d")
    assert set(table["standing"]) <= {"可以邀请的活动", "仍在开展的活动", "往年活动"}


def test_one_document_a_kind_with_version_day_licence_and_caution(data_folder: Path, today: date) -> None:
    for path in sorted((data_folder / "v1").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        assert document["version"] == 1
        assert document["day"] == today.isoformat()
        assert document["licence"] == "CC-BY-4.0"
        assert document["notice"] == "演示数据，非中国科协发布"
        assert isinstance(document[path.stem], list)
    activities = json.loads((data_folder / "v1" / "activities.json").read_text(encoding="utf-8"))["activities"]
    lines = (data_folder / "activities.ndjson").read_text(encoding="utf-8").splitlines()
    assert [{**json.loads(line)} for line in lines] == [
        {key: value for key, value in one.items() if key not in ("state", "standing")} for one in activities
    ]
    reports = [one for one in activities if "source" in one]
    assert reports
    assert all(one["standing"] != "offer" for one in reports)


def test_export_list_writes_a_file_and_refuses_what_does_not_exist(
    command: Callable[..., Any], tmp_path: Path, today: date
) -> None:
    root = Path(__file__).resolve().parents[1] / "village"
    out = tmp_path / "清单.xlsx"
    done = command(
        "export", "list", "--root", root, "--year", "2026", "--region", "山西省", "--out", out, "--today", today
    )
    assert "已写到" in done.stderr
    assert out.read_bytes()[:2] == b"PK"
    for wrong in (["--call", "1999"], ["--year", "1900"], ["--region", "火星"], ["--format", "rtf"]):
        refused = command("export", "list", "--root", root, "--out", tmp_path / "x", *wrong, code=2)
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "x").exists()
    missing = tmp_path / "没有" / "x.xlsx"
    assert "写不进" in command("export", "list", "--root", root, "--out", missing, code=2).stderr
