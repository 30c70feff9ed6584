"""The web form's rules: what Python says of a record, the browser's code says in the same words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from generator.build import CHECKOUT
from generator.load import text
from generator.load.canonical import yaml_text
from generator.load.known import read_content
from generator.load.records import parse_activity
from generator.load.yaml_text import read_source
from generator.model import parts
from generator.model.activity import Activity
from generator.model.field import keys_of
from generator.model.pinyin import initials
from generator.model.problem import Place, Problem, shown
from generator.model.rules import check_catalog
from generator.model.source import Items, Mapping, Node, Source, Text
from generator.model.values import stated
from generator.model.vocabulary import fold, nearest
from generator.publish import FILES
from generator.render.contribute.table import places_data, rules_data
from tests.node import talking
from tests.test_check import ALL_CASES, data_of

CONTENT = read_content(CHECKOUT, CHECKOUT)
KNOWN = CONTENT.known
CASES = Path(__file__).resolve().parents[1] / "cases" / "form"
PATH = "activities/2026/C-01/a.yml"

Browser = Callable[[str, list[Any]], list[Any]]


@pytest.fixture(scope="module")
def browser_code() -> Iterator[Browser]:
    """``browser_code(job, values)``: what theme/assets/contribute makes of each, in the node that Playwright brings."""
    first = {
        "rules": rules_data(Activity, KNOWN, FILES),
        "places": places_data(KNOWN),
        "societies": [[one.id, one.name, initials(one.name), [], *one.aliases] for one in CONTENT.societies.values()],
    }
    with talking(Path(__file__).with_name("form_node.js"), first) as ask:
        yield lambda job, values: ask([job, values])


def as_data(node: Node) -> Any:
    """A node as the browser's code takes it."""
    place = {"line": node.line, "column": node.column}
    if isinstance(node, Mapping):
        return {"map": [[as_data(node.keys[key]), as_data(value)] for key, value in node.values.items()], **place}
    if isinstance(node, Items):
        return {"items": [as_data(value) for value in node.values], **place}
    return {"text": node.value, "cut": node.cut, **place}


def source_data(source: Source) -> Any:
    return {"path": source.path, "root": as_data(source.root), "text": source.text, "lost": list(source.lost)}


def verdict(problem: Any) -> tuple[Any, ...]:
    said = asdict(problem) if isinstance(problem, Problem) else problem
    return tuple(said[key] for key in ("line", "column", "code", "level", "message", "cure"))


def by_python(source: Source) -> list[tuple[Any, ...]]:
    return sorted(verdict(problem) for problem in parse_activity(source, KNOWN)[1])


def of_one_record() -> dict[str, Source]:
    """The check's case files that hold one activity which can be read at all."""
    sources = {}
    for promise, case in ALL_CASES.items():
        given = case["given"]
        if {"edit", "picture", "also", "repeat", "numbered"} & set(given):
            continue
        content, _ = text.decode(data_of(given), PATH)
        source = read_source(content, given.get("path", PATH))[0] if content else None
        if source is not None and source.path.startswith("activities/"):
            sources[promise] = source
    return sources


def texts_of(written: str) -> Any:
    """YAML of which every scalar is text."""
    return yaml.load(written, yaml.BaseLoader)  # noqa: S506 - makes no objects


def changed_records() -> dict[str, Source]:
    """The form's own cases: the good record with some values changed, one a case."""
    good = (CHECKOUT / "tests" / "cases" / "good-record.yml").read_text("utf-8")
    sources = {}
    for file in sorted(CASES.glob("*.yml")):
        for number, case in enumerate(texts_of(file.read_text("utf-8"))):
            whole = {**texts_of(good), **case["given"]}
            written = yaml.safe_dump(
                {key: value for key, value in whole.items() if value != ""}, allow_unicode=True, default_style='"'
            )
            source, problems = read_source(written, PATH)
            assert source is not None
            assert not problems, problems
            sources[f"{file.stem} {number}"] = source
            CODES[f"{file.stem} {number}"] = case["codes"]
    return sources


CODES: dict[str, list[str]] = {}
SHARED = {**of_one_record(), **changed_records()}


def test_there_are_enough_shared_cases() -> None:
    assert len(SHARED) >= 300
    codes = {said[2] for source in SHARED.values() for said in by_python(source)}
    assert len(codes) >= 30


def test_on_every_shared_case_the_browser_says_what_python_says(browser_code: Browser) -> None:
    answers = browser_code("check", [source_data(source) for source in SHARED.values()])
    for promise, source, answer in zip(SHARED, SHARED.values(), answers, strict=True):
        assert sorted(map(verdict, answer["problems"])) == by_python(source), promise
        if promise in CODES:
            assert sorted(problem["code"] for problem in answer["problems"]) == CODES[promise], promise


# -- generated ---------------------------------------------------------------------------------------------------------

PIECES = (
    *[
        "农民",
        "农户",
        "科谱",
        "科普类",
        "技术服务类",
        "种植",
        "山西省",
        "鼓楼区",
        "阳曲县",
        "全国",
        "火星",
        "线下",
        "全年",
        "测试学会科普部",
        "中国农学会",
        "C-01",
        "2021",
        "免费",
        "总队",
    ],
    *[
        "2026-03",
        "2026/3/1",
        "2026-02-30",
        "２０２６年５月",
        "1899",
        "010-60000000",
        "13800138000",
        "（010）6500-5187",
        "test@163.com",
        "a@b.cn",
    ],
    *[
        "https://example.org/",
        "www.x.cn",
        "012",
        "12",
        "１２",
        "6222021234567890128",
        "11010519491231002X",
        "京A12345",
        "report",
        "a.jpg",
    ],
    "农民、青少年",
    "“科普类”",
    "办公室：测试",
    " 空 格 ",
    "两\n行",
    "😀" * 5,
    "字" * 25,
    "字" * 70,
    "ﬁß①㎡",
    "微信 abc12345",
    "",
)
GROUPS = ("period", "contact", "capacity", "team", "safety", "source")
LISTS = {
    "sessions": ("start", "end", "county", "place", "title"),
    "media": ("title", "url", "date"),
    "images": ("file", "alt", "credit"),
}
PARTS = {
    "period": ("start", "end", "text"),
    "contact": ("office", "phone", "email"),
    "capacity": ("sessions", "people", "volunteers"),
    "team": ("name", "level", "registration"),
    "safety": ("plan", "insurance", "qualifications"),
    "source": ("type", "url", "publisher"),
}
WORD = st.sampled_from(PIECES) | st.text(st.sampled_from("农科普县 0123456789-年月日：、，“”#&a.@\n１①"), max_size=24)
VALUE = WORD | st.lists(WORD, max_size=3)


def parts_of(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.dictionaries(st.sampled_from((*names, "多余")), VALUE, max_size=4)


DRAFTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(
            [
                "title",
                "summary",
                "description",
                "kind",
                "fields",
                "audiences",
                "forms",
                "mode",
                "regions",
                "partners",
                "responsible",
                "cost",
                "call",
                "filed",
                "renews",
                "服务对象",
                "tilte",
            ],
            VALUE,
        ),
        **{key: parts_of(PARTS[key]) | VALUE for key in GROUPS},
        **{key: st.lists(parts_of(names) | WORD, max_size=2) | WORD for key, names in LISTS.items()},
    },
)


def source_of(draft: Any) -> Source:
    """A draft as a file would hold it, every node at a place of its own."""
    line = iter(range(1, 1_000_000))

    def node(value: Any) -> Node:
        number = next(line)
        if isinstance(value, dict):
            return Mapping(
                {key: Text(key, number, 1) for key in value}, {key: node(one) for key, one in value.items()}, number, 1
            )
        return Items(tuple(map(node, value)), number, 3) if isinstance(value, list) else Text(value, number, 5)

    root = node(draft)
    assert isinstance(root, Mapping)
    return Source(PATH, root, "\n".join(str(draft).split(",")))


@given(DRAFTS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_on_generated_drafts_the_browser_says_what_python_says(browser_code: Browser, draft: Any) -> None:
    source = source_of(draft)
    (answer,) = browser_code("check", [source_data(source)])
    assert sorted(map(verdict, answer["problems"])) == by_python(source)


def canonical(source: Source) -> str:
    record, _ = parse_activity(source, KNOWN)
    return yaml_text(Activity, stated(record, KNOWN, names=True))


@given(DRAFTS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_record_is_written_in_the_same_canonical_form(browser_code: Browser, draft: Any) -> None:
    source = source_of(draft)
    (text,) = browser_code("yaml", [source_data(source)])
    assert text == canonical(source)


def files_of_records() -> dict[str, str]:
    roots = (CHECKOUT, CHECKOUT / "tests" / "village")
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8")
        for root in roots
        for path in sorted((root / "activities").rglob("*.yml"))
    }


RECORD_FILES = files_of_records()


def test_every_records_file_is_read_as_python_reads_it_and_written_alike(browser_code: Browser) -> None:
    sources = [read_source(text, path)[0] for path, text in RECORD_FILES.items()]
    read = [source for source in sources if source is not None]
    answers = browser_code("read", [source.text for source in read])
    assert [without_lines(answer) for answer in answers] == [without_cut(as_data(source.root)) for source in read]
    assert browser_code("yaml", [source_data(source) for source in read]) == [canonical(source) for source in read]


def without_lines(node: Any) -> Any:
    """A node of the browser's reader without what only it knows."""
    return without_cut({key: value for key, value in node.items() if key not in ("written", "from", "to")})


def without_cut(node: Any) -> Any:
    kept = {
        key: value
        for key, value in node.items()
        if key not in ("cut", "written", "line", "column") or ("text" in node and key in ("line", "column"))
    }
    if "map" in kept:
        kept["map"] = [[without_cut(key), without_cut(value)] for key, value in kept["map"]]
    if "items" in kept:
        kept["items"] = [without_cut(one) for one in kept["items"]]
    return kept


CHANGES = st.sampled_from(
    [
        {"title": "换过的活动名称"},
        {"title": "带“#”和 : 的：名称 # 不是注释"},
        {"cost": "由学会承担"},
        {"cancelled": "场地维修"},
        {"summary": "换过的一段话，有二十个字以上：谁、给谁、做什么、怎么做。"},
        {"description": "第一段\n\n- 一\n- 二"},
        {"audiences": [KNOWN.vocabularies["audiences"].find("农民")]},
        {"regions": ["100000"]},
        {"period": {"start": "2027-01", "text": "农闲时"}},
        {"contact": {"office": "换过的部门", "phone": ["010-60000001"]}},
        {"capacity": {"people": 5}},
        {"sessions": [{"start": "2027-01-02 09:30", "place": "测试村"}]},
        {"partners": [], "cost": ""},
    ]
)


@given(st.sampled_from(sorted(RECORD_FILES)), CHANGES, st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_file_reads_as_the_change_and_keeps_every_other_line(
    browser_code: Browser, path: str, change: Any, commented: bool
) -> None:
    text = RECORD_FILES[path]
    if commented:
        text = "# 开头的注释\n" + text.replace("\nkind:", "\n# 中间的注释\nkind:") + "# 末尾的注释\n"
    before, _ = read_source(text, path)
    assert before is not None
    (after,) = browser_code("edit", [{"path": path, "text": text, "change": change}])
    source, problems = read_source(after, path)
    assert source is not None
    assert not problems
    (wanted,) = browser_code("check", [source_data(before)])
    (found,) = browser_code("check", [source_data(source)])
    expected = {key: value for key, value in {**wanted["record"], **change}.items() if value not in ("", [])}
    assert found["record"] == expected
    keys = keys_of(Activity, fold)
    starts = [key.line for word, key in before.root.keys.items() if keys[word].key in change]
    untouched = [line for number, line in enumerate(text.split("\n"), 1) if not _in_entry(before, number, starts)]
    rest = iter(after.split("\n"))
    assert all(line in rest for line in untouched), after  # all of them, in their order


def _in_entry(source: Source, number: int, starts: list[int]) -> bool:
    """Whether a line belongs to one of the entries that begin at some lines."""
    begins = sorted(key.line for key in source.root.keys.values())
    entry = max((line for line in begins if line <= number), default=0)
    return entry in starts


def test_of_a_group_over_several_lines_only_the_part_that_changed_is_written_anew(browser_code: Browser) -> None:
    text = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8").replace("  office: ", "  # 部门\n  部门: ")
    contact = {"office": "换过的部门", "phone": ["010-60000000"], "email": "office@example.org"}
    (after,) = browser_code("edit", [{"path": PATH, "text": text, "change": {"contact": contact}}])
    assert after == text.replace("  部门: 测试学会科普部", "  部门: 换过的部门")


def test_a_comment_behind_a_value_stays_behind_it(browser_code: Browser) -> None:
    text = (CHECKOUT / "tests/cases/good-record.yml").read_text("utf-8").replace("mode: 线下", "mode: 线下  # 问过了")
    (after,) = browser_code("edit", [{"path": PATH, "text": text, "change": {"mode": "online"}}])
    assert after == text.replace("mode: 线下  # 问过了", 'mode: "线上" # 问过了')


# -- the pieces --------------------------------------------------------------------------------------------------------

TEXTS = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cn"]) | st.sampled_from("果树修剪技术下乡ABCß"),
    max_size=12,
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_are_folded_shown_and_compared_alike(browser_code: Browser, pairs: list[tuple[str, str]]) -> None:
    assert browser_code("ratio", pairs) == pytest.approx([fuzz.ratio(one, other) for one, other in pairs], abs=1e-9)
    words = [one for one, _ in pairs]
    assert browser_code("fold", words) == list(map(fold, words))
    assert browser_code("shown", words) == list(map(shown, words))
    assert browser_code("nearest", [[words[0], words[1:]]]) == [nearest(words[0], words[1:])]


def test_every_character_is_folded_alike(browser_code: Browser) -> None:
    characters = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) not in ("Cs", "Cn")]
    assert browser_code("fold", characters) == list(map(fold, characters))


def test_every_place_is_found_by_its_names_and_its_neighbours_misspelt(browser_code: Browser) -> None:
    words = [word for one in KNOWN.places.counties.values() for word in (one.name, KNOWN.places.name(one.code))][::9]
    words += [f"{word[:-1]}镇" for word in words[::10]]
    answers = browser_code("places", words)
    assert answers == [[list(KNOWN.places.find(word)), KNOWN.places.nearest(word)] for word in words]


TITLES = st.sampled_from(
    [
        "果树修剪技术下乡",
        "果树修剪技术下乡活动",
        "果树春季修剪技术下乡",
        "老年人用药安全讲座",
        "老年人安全用药讲座",
        "科普",
    ]
)


@given(
    st.lists(
        st.tuples(TITLES, st.sampled_from([("140000",), ("130000", "140000"), ("100000",)])), min_size=2, max_size=6
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_records_alike_are_named_by_the_same_measure(
    browser_code: Browser, rows: list[tuple[str, tuple[str, ...]]]
) -> None:
    records = [
        Activity(id=f"2026/C-01/r{number}", year="2026", society="C-01", title=title, regions=regions)
        for number, (title, regions) in enumerate(rows)
    ]
    last = records[-1]
    by_id = {record.id: record for record in records}
    said = [
        (problem.message, problem.cure)
        for problem in check_catalog(by_id.values(), set(by_id), lambda id, _: Place(id))
        if problem.path == last.id
    ]
    data = [{"id": one.id, "title": one.title, "regions": one.regions, "renews": ""} for one in records]
    (answer,) = browser_code("alike", [[data[-1], data[:-1]]])
    assert sorted((one["message"], one["cure"]) for one in answer) == sorted(said)


def test_every_class_that_checks_itself_is_checked_in_the_browser_too() -> None:
    named = set(rules_data(Activity, KNOWN, FILES)["tables"])
    checking = {cls.__name__ for cls in vars(parts).values() if hasattr(cls, "faults") and cls.__name__ in named}
    code = (CHECKOUT / "theme/assets/contribute/rules.js").read_text("utf-8")
    assert checking == {"Period", "Session"}
    assert all(f"    {name}: function" in code for name in checking)
