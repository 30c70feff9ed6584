"""A whole root of N invented records of the real shape: the project's content/ and mkdocs.yml, and activities/ of our own.

Record i is the same whatever N is, and on every machine: its random numbers are seeded by i alone. The text is put
together from words.txt; every file says that it is test data.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

import yaml

Record = dict[str, Any]
# No word stands in all titles.
TITLES = tuple(
    line.split()
    for line in (
        "quality thing does 与 thing gain lift quality title_end",
        "thing gain lift 和 thing does title_end",
        "quality place thing does title_end",
        "place who thing gain lift title_end",
        "who how thing does 及 gain lift title_end",
        "quality thing 、 thing does how title_end",
    )
)
PATH = ("year", "society", "slug")  # these stand in a record's path, not in its file


@dataclass(frozen=True)
class Material:
    """What records are made of: words and terms by group, regions, counties by region, societies and their weights."""

    words: dict[str, list[str]]
    terms: dict[str, list[str]]
    regions: list[str]
    counties: dict[str, list[str]]
    societies: list[str]
    names: dict[str, str]
    weights: list[float]


def read_material(project: Path) -> Material:
    """Read our own word list, and the places and national societies of ``project``."""
    lines = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
    words = {
        name: text.split() for name, _, text in (line.partition(":") for line in lines if not line.startswith("#"))
    }
    vocabulary = project / "content/vocabulary"
    terms = {
        name: [term["name"] for term in read_yaml(vocabulary / f"{name}.yml")["terms"]]
        for name in ("kinds", "fields", "audiences", "forms", "modes", "team_levels")
    }
    counties: dict[str, list[str]] = {}
    with (vocabulary / "counties.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            if row["code"].startswith("659"):  # cities of the Corps stand under two names
                continue
            city = "" if row["city"] == row["province"] or "直辖县级" in row["city"] else row["city"]
            counties.setdefault(row["province"], []).append(row["province"] + city + row["name"])
    names = {
        society["id"]: society["name"] for society in read_yaml(project / "content/societies/national.yml")["societies"]
    }
    societies = list(names)
    Random(1).shuffle(societies)  # noqa: S311
    weights = list(accumulate(1 / (rank + 4) for rank in range(len(societies))))  # a long tail: the first holds 6 %
    return Material(words, terms, sorted(counties), counties, societies, names, weights)


def read_yaml(path: Path) -> Any:
    """One file."""
    return yaml.load(path.read_bytes(), yaml.CSafeLoader)


def record(number: int, material: Material) -> Record:
    """Record ``number``; ``society``, ``year`` and ``slug`` (its address) stand beside the keys of design.md section 5."""
    random = Random(number * 2_654_435_761 % 2**32)  # noqa: S311
    word = {group: lambda group=group: random.choice(material.words[group]) for group in material.words}
    pick, terms = random.choice, material.terms
    society = random.choices(material.societies, cum_weights=material.weights)[0]
    home = pick(material.regions)
    near = random.sample(material.counties[home], min(3, len(material.counties[home])))
    start = date(2021, 1, 1) + timedelta(days=random.randrange(2400))
    end = start + timedelta(days=pick((0, 1, 2, 6, 13, 30, 60, 90, 180, 300)))
    in_window = date(2021, 8, 1) <= start and end <= date(2022, 6, 30)
    where = random.random()
    regions = ["全国"] if where < 0.1 else [home] if where < 0.5 else sorted(near[: random.randint(1, len(near))])
    title = "".join(word[part]() if part in word else part for part in pick(TITLES))
    when = period(random, start, end)
    made: Record = {
        "society": society,
        "year": when["start"][:4] if "start" in when else "undated",
        "slug": f"a{number:06d}",
        "title": title,
        "summary": text(random, material, 160, 275),
        "description": description(random, material),
        "kind": pick(terms["kinds"]),
        "fields": random.sample(terms["fields"], pick((1, 1, 2))),
        "audiences": random.sample(terms["audiences"], pick((1, 1, 2))),
        "forms": random.sample(terms["forms"], random.randint(1, 3)),
        "mode": pick(terms["modes"]),
        "period": when,
        "regions": regions,
        "capacity": {
            "sessions": random.randint(1, 40),
            "people": random.randint(2, 60) * 10,
            "volunteers": random.randint(3, 60),
        },
        "team": {"name": f"测试{word['thing']()}科技志愿服务队", "level": pick(terms["team_levels"])},
        "responsible": f"测试主办单位{word['place']()}负责内容审核与现场组织",
        "conditions": "提供" + text(random, material, 25, 40),
        "safety": {"plan": "有，" + text(random, material, 25, 40), "insurance": "已为志愿者投保意外险"},
        "host_provides": f"{word['place']()}一处，{word['who']()}约{random.randint(3, 20) * 10}人，{word['thing']()}样品若干",
        "cost": pick(("免费", "免费，交通由学会承担", "专家费用由学会承担，场地由当地承担")),
        "contact": {"office": "测试办公室", "phone": f"010-6{random.randrange(10**7):07d}"},
    }
    if random.random() < 0.12:
        days = sorted(start + timedelta(days=random.randrange(60)) for _ in range(random.randint(1, 4)))
        made["sessions"] = [{"start": f"{day} 09:30", "county": near[0], "place": word["place"]()} for day in days]
    if in_window:
        made["call"] = "2021"
        made["filed"] = f"2021-07-{random.randint(9, 22):02d}"
    if random.random() < 0.05:
        del made["contact"]
        publisher = f"测试{word['place']()}"
        made["source"] = {"type": "report", "url": f"https://example.org/report/{number}", "publisher": publisher}
    return made


def period(random: Random, start: date, end: date) -> dict[str, str]:
    """Days mostly, months or words now and then."""
    form = random.random()
    if form < 0.03:
        return {"text": "全年"}
    if form < 0.7:
        return {"start": start.isoformat(), "end": end.isoformat()}
    if form < 0.85:
        return {"start": start.isoformat()[:7], "end": end.isoformat()[:7]}
    return {"start": start.isoformat()[:7], "text": f"{start.year}年{start.month}月起，全年可安排"}


def description(random: Random, material: Material) -> str:
    """Two or three paragraphs, about 500 characters in all; a list in the middle of every fourth."""
    parts = [text(random, material, 160, 215) for _ in range(random.randint(2, 3))]
    if random.random() < 0.25:
        parts.insert(1, "\n".join(f"- {sentence(random, material.words)}" for _ in range(3)))
    return "\n\n".join(parts)


def text(random: Random, material: Material, least: int, most: int) -> str:
    """Sentences of words put together by chance, until ``least`` to ``most`` characters are there."""
    goal, pieces, length = random.randint(least, most) - 20, [], 0
    while length < goal:
        pieces.append(sentence(random, material.words))
        length += len(pieces[-1])
    return "".join(pieces)


def sentence(random: Random, words: dict[str, list[str]]) -> str:
    """One sentence of about thirty characters, in one of five shapes."""
    shape = random.choice(SHAPES)
    return "".join(random.choice(words[piece]) if piece in words else piece for piece in shape)


SHAPES = [
    shape.split()
    for shape in (
        "在 place 为 who how does thing 的 quality gain ，并就 thing does 给出 quality 建议。",
        "针对 quality thing 和 thing 的 gain ，专家 how does ， who 可以 how does 。",
        "每场 does thing 、 thing 、 thing 三项内容，由 who 和 who how does ，提高 quality gain 。",
        "活动走进 place ， how does 与 thing 有关的 gain ，帮助 who 减少 thing 的 gain 。",
        "结合 quality 实际， how does quality thing ，也为 who 准备了 thing does 材料。",
    )
]


def yaml_text(made: Record) -> str:
    """The record as its file: plain scalars, the description as a block, as `catalog format` would leave it."""
    lines = ["# 测试数据：由 tests/bench/corpus.py 生成，不是真实活动"]
    for key, value in made.items():
        if key == "description":
            lines += [f"{key}: |-", *("  " + line if line else "" for line in value.split("\n"))]
        elif isinstance(value, list):
            lines.append(f"{key}:")
            for item in value:
                pairs = [f"{name}: {part}" for name, part in item.items()] if isinstance(item, dict) else [item]
                lines += [("    " if place else "  - ") + pair for place, pair in enumerate(pairs)]
        elif isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {item}" for name, item in value.items())]
        else:
            lines.append(f"{key}: {value}")
    return "\n".join(lines) + "\n"


def write_root(project: Path, root: Path, count: int, material: Material) -> None:
    """Write a root of ``count`` records into the new folder ``root``."""
    shutil.copytree(project / "content", root / "content")
    shutil.copy(project / "mkdocs.yml", root / "mkdocs.yml")
    for kind in ("needs", "pairings"):  # those name activities that are not here
        shutil.rmtree(root / "content" / kind, ignore_errors=True)
    for number in range(count):
        made = record(number, material)
        path = root / "activities" / made["year"] / made["society"] / f"{made['slug']}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            yaml_text({key: value for key, value in made.items() if key not in PATH}), "utf-8", newline="\n"
        )
