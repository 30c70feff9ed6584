"""统计: every number is counted again from the YAML files and the records' own pages, by other means than the generator's."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import CHECKOUT

PAGE = "statistics/index.html"
VOCABULARY = CHECKOUT / "content" / "vocabulary"
FACETS = ("kind", "fields", "audiences", "forms")
ALL_YEAR = ("全年", "常年", "长期", "每月", "每周", "随时", "不限")
NO_END = ("起", "至今", "每年", *ALL_YEAR)
# What a record need not always state, by the words of design.md section 5.
OPTIONAL = {
    "description": "详细介绍",
    "mode": "线上/线下",
    "sessions": "场次",
    "capacity": "规模",
    "team": "志愿服务队",
    "partners": "联合单位",
    "responsible": "主管、主办单位",
    "conditions": "志愿者保障",
    "safety": "安全保障",
    "host_provides": "需当地提供",
    "cost": "费用",
    "contact": "联系方式",
    "results_before": "往期成效",
    "media": "新闻宣传",
    "images": "图片",
}

Counts = dict[str, tuple[int, ...]]


@cache
def vocabulary(name: str) -> dict[str, str]:
    """Every spelling of a term and its id."""
    terms = yaml.safe_load((VOCABULARY / f"{name}.yml").read_text(encoding="utf-8"))["terms"]
    return {word: term["id"] for term in terms for word in (*term.get("aliases", ()), term["id"], term["name"])}


@cache
def regions() -> dict[str, str]:
    """Names and ids of the regions."""
    content = yaml.safe_load((VOCABULARY / "regions.yml").read_text(encoding="utf-8"))
    rows = next(value for value in content.values() if isinstance(value, list) and "row" in value[0])
    return {region["name"]: region["id"] for region in rows} | {"全国": "100000"}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def months(period: Any) -> set[int]:
    """The months a record names: walked day by day where both ends say a month, else read from its words."""
    if isinstance(period, str):
        period = {"text": period}
    start, end, text = (str(period.get(key, "")) for key in ("start", "end", "text"))
    no_end = not end and any(word in text for word in NO_END)
    if len(start) > 4 and len(end) != 4 and not no_end:
        year, month = map(int, start.split("-")[:2])
        last = tuple(map(int, (end or start).split("-")[:2]))
        found = set()
        while (year, month) <= last:
            found.add(month)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return found
    if any(word in text for word in ALL_YEAR):
        return set(range(1, 13))
    found, before = set(), (0, "")
    for number, after in re.findall(r"(\d+)月([^月]*?)(?=\d+月|$)", text):
        if "至" in before[1] and before[0]:
            month = before[0]
            while month != int(number):
                found.add(month := month % 12 + 1)
        found.add(int(number))
        before = int(number), after
    return found


class Recount:
    """The records whose pages stand on a site: their YAML, and what their pages say of them."""

    def __init__(self, website: Any) -> None:
        self.website = website
        self.records: dict[str, dict[str, Any]] = {}
        for path in sorted((website.root / "activities").rglob("*.yml")):
            id = path.relative_to(website.root / "activities").with_suffix("").as_posix()
            if f"activities/{id}.html" in website.files:
                self.records[id] = self._read(path)
        self.chips = {id: self._marks(f"activities/{id}.html") for id in self.records}
        self.needs = {
            path.relative_to(website.root / "content" / "needs").with_suffix("").as_posix(): self._read(path)
            for path in (website.root / "content" / "needs").rglob("*.yml")
        }

    @staticmethod
    def _read(path: Path) -> dict[str, Any]:
        record: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - text only, our own files
        return record

    def _marks(self, path: str) -> str:
        return self.website.tree(path).all("article")[0].all("p", "marks")[0].words

    def split(self, terms: dict[str, Iterable[str]]) -> Counts:
        """By term: how many submissions and how many reports."""
        filed, told = Counter[str](), Counter[str]()
        for id, found in terms.items():
            (told if "source" in self.records[id] else filed).update(set(found))
        return {term: (filed[term], told[term]) for term in {*filed, *told}}

    def facet(self, key: str) -> Counts:
        words = vocabulary("kinds" if key == "kind" else key)
        return self.split({id: [words[word] for word in listed(record[key])] for id, record in self.records.items()})

    def figures(self) -> dict[str, Counts]:
        """Every figure again; terms without any are left out."""
        modes = vocabulary("modes")
        return {
            **{key: self.facet(key) for key in FACETS},
            "standing": self.split({id: [self.standing(id)] for id in self.records}),
            "year": self.split({id: [id.split("/")[0]] for id in self.records}),
            "society": self.split({id: [id.split("/")[1]] for id in self.records}),
            "month": self.split(
                {id: [f"{month:02d}" for month in months(record["period"])] for id, record in self.records.items()}
            ),
            "mode": self.split(
                {id: [modes[record["mode"]] if "mode" in record else "none"] for id, record in self.records.items()}
            ),
            "regions": self.split(
                {id: map(region_of, listed(record["regions"])) for id, record in self.records.items()}
            ),
            "completeness": self.split(
                {id: [key for key in OPTIONAL if key in record] for id, record in self.records.items()}
            ),
            "supply": self.supply(),
            "needs": {id: (number,) for id, number in Counter(map(self.need_state, self.needs)).items()},
        }

    def standing(self, id: str) -> str:
        if "往年活动" in self.chips[id]:
            return "past"
        return "running" if "source" in self.records[id] else "offer"

    def need_state(self, id: str) -> str:
        words = {"待对接": "open", "已对接": "answered", "已过期": "expired", "已撤回": "withdrawn"}
        return next(state for word, state in words.items() if word in self._marks(f"needs/{id}.html"))

    def supply(self) -> Counts:
        fields = vocabulary("fields")
        asked = Counter(
            fields[word]
            for id, need in self.needs.items()
            if self.need_state(id) == "open"
            for word in listed(need["fields"])
        )
        offered = Counter(
            fields[word]
            for id, one in self.records.items()
            if self.standing(id) == "offer"
            for word in listed(one["fields"])
        )
        return {term: (asked[term], offered[term]) for term in {*asked, *offered}}


def region_of(place: str) -> str:
    return next(id for name, id in regions().items() if place.startswith(name))


@pytest.fixture(scope="session", params=["real", "village"])
def recount(request: pytest.FixtureRequest) -> Recount:
    return Recount(request.getfixturevalue(request.param))


def shown(website: Any) -> dict[str, dict[str, list[str]]]:
    """The cells of every table of the page, by figure and term."""
    sections = website.tree(PAGE).all("section", "figure")
    return {
        section.attributes["id"]: {
            row.attributes["data-term"]: [cell.words for cell in row.all("td")]
            for row in section.all("tr")
            if "data-term" in row.attributes
        }
        for section in sections
    }


def test_every_number_on_the_page_is_counted_again_from_the_records(recount: Recount) -> None:
    tables, expected = shown(recount.website), recount.figures()
    assert tables.keys() == expected.keys()
    whole = [
        sum("source" not in one for one in recount.records.values()),
        sum("source" in one for one in recount.records.values()),
    ]
    for key, rows in tables.items():
        assert expected[key].keys() <= rows.keys(), key
        for term, cells in rows.items():
            numbers = expected[key].get(term, (0,) * (1 if key == "needs" else 2))
            if key == "completeness":
                wanted = [
                    f"{n}（{int(100 * n / of + 0.5)}%）" if of else "—" for n, of in zip(numbers, whole, strict=True)
                ]
            else:
                wanted = [*map(str, numbers), *([] if key in ("supply", "needs") else [str(sum(numbers))])]
            assert cells == wanted, f"{key}: {term}"


def test_every_csv_file_says_the_same(recount: Recount) -> None:
    for key, expected in recount.figures().items():
        data = (recount.website.folder / f"data/statistics/{key}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        _, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        found = {row[0]: tuple(map(int, row[2 : 2 + (1 if key == "needs" else 2)])) for row in rows}
        assert {term: numbers for term, numbers in found.items() if any(numbers)} == expected, key


def test_the_numbers_at_the_top_and_in_the_sentences_are_those_of_the_records(recount: Recount) -> None:
    page, expected = recount.website.tree(PAGE), recount.figures()
    total = {key: Counter({term: sum(numbers) for term, numbers in rows.items()}) for key, rows in expected.items()}
    reports = sum("source" in one for one in recount.records.values())
    head = page.one("header", "lede").words
    assert (
        f"共有{len(recount.records)}项活动：学会申报{len(recount.records) - reports}项，本站根据公开报道整理{reports}项"
        in head
    )
    numbers = [int(node.one("b").words) for node in page.one("ul", "numbers").all("li")]
    assert numbers == [
        total["standing"]["offer"],
        total["standing"]["running"],
        len(total["society"]),
        total["needs"]["open"],
    ]
    for section in page.all("section", "figure"):
        key, sentence = section.attributes["id"], section.all("p")[0].words
        if key in ("year", "kind", "fields", "audiences", "forms", "regions", "society"):
            ranked = Counter({term: number for term, number in total[key].items() if term not in ("undated", "100000")})
            most = ranked.most_common(1)[0][1]
            first = re.search(r"最多的是(.*?)（各?(\d+)项）", sentence)
            assert first is not None, sentence
            assert int(first[2]) == most, key
            names = {
                row.one("th").words: row.attributes["data-term"]
                for row in section.all("tr")
                if "data-term" in row.attributes
            }
            named = re.sub(r"等\d+个$", "", first[1])
            at_top = [name for name, term in names.items() if ranked[term] == most]
            assert all(name in at_top for name in named.split("、")), sentence
        for missing in re.findall(r"另有(\d+)项没有写明", sentence):
            without = {
                "month": sum(not months(record["period"]) for record in recount.records.values()),
                "year": total["year"]["undated"],
                "mode": total["mode"]["none"],
            }
            assert int(missing) == without[key], sentence
    assert f"可以邀请的{total['standing']['offer']}项" in page.one("section", id="standing").words
    assert f"面向全国的{total['regions']['100000']}项" in page.one("section", id="regions").words


def test_every_chart_has_a_title_a_description_a_table_and_a_file(website: Any) -> None:
    page = website.tree(PAGE)
    ids = {node.attributes["id"]: node for node in page.walk() if "id" in node.attributes}
    drawn = 0
    for section in page.all("section", "figure"):
        assert section.all("p")[0].words
        assert len(section.one("table").all("tr")) > 1 or section.attributes["id"] == "society"
        csv_file = section.one("details").all("a")[-1].attributes["href"]
        assert csv_file.removeprefix("../") in website.files
        for picture in section.all("svg", role="img"):
            drawn += 1
            names = [ids[id] for id in picture.attributes["aria-labelledby"].split()]
            assert [name.tag for name in names] == ["title", "desc"]
            assert all(name.words for name in names)
    assert drawn >= 10
    assert "style=" not in website.html[PAGE]
    assert "<style" not in website.html[PAGE]


def test_the_marks_are_as_long_as_the_numbers(website: Any) -> None:
    for section in website.tree(PAGE).all("section", "figure"):
        rows = {
            row.attributes["data-term"]: row.all("td") for row in section.all("tr") if "data-term" in row.attributes
        }
        if section.attributes["id"] not in ("fields", "audiences", "kind", "forms", "standing", "year", "mode"):
            continue
        per_row: dict[str, float] = Counter()
        for mark in section.one("svg", role="img").all("rect"):
            per_row[mark.attributes["y"]] += float(mark.attributes["width"].rstrip("%"))
        totals = [int(cells[-1].words) for cells in rows.values() if cells[-1].words != "0"]
        lengths = [length for _, length in sorted(per_row.items(), key=lambda one: float(one[0].removesuffix("em")))]
        assert lengths == pytest.approx([100 * total / max(totals) for total in totals], abs=0.02)


def test_the_tiles_of_the_chart_are_as_many_as_the_regions_and_carry_their_numbers(website: Any) -> None:
    section = website.tree(PAGE).one("section", id="regions")
    words = [node.words for node in section.one("svg", role="img").all("text")]
    numbers = [
        row.all("td")[-1].words for row in section.all("tr") if row.attributes.get("data-term", "100000") != "100000"
    ]
    assert words[1::2] == numbers
    assert len(numbers) == 35
    assert "示意性排列，不表示行政区域界线" in section.words
