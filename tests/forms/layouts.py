"""Records no two values of which are alike, laid out in every way a form may have; what each says beside it.

A value that lands in another record or another field is seen at once. Labels are any of the words the vocabulary knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from generator.load.forms.document import Block, Cell, Document, Piece, Table
from generator.load.forms.labels import Labels
from generator.model.reader import Known

Said = dict[str, str]  # our key -> what a form says
Asked = list[tuple[str, str]]  # our key, the label

NAMES = ["青贮窖封存", "耳石复位", "电梯困人自救", "蓝藻辨认", "沼渣还田", "矿灯检修", "堤坝巡查", "助听器验配"]
OFFICES = ["甲科普处", "乙学术处", "丙组织处", "丁培训处", "戊宣传处", "己联络处", "庚农技处", "辛医务处"]
BODIES = [
    "甲测试医院",
    "乙测试学校",
    "丙测试公司",
    "丁测试农场",
    "戊测试书店",
    "己测试剧院",
    "庚测试工厂",
    "辛测试电台",
]
OTHERS = [
    "备注",
    "创新点",
    "联系人",
    "获奖时间",
    "填表说明事项",
    "推荐专家",
    "单位性质",
    "监督部门",
    "往年名次",
    "手机",
]
MOST = 4  # records of a form


@dataclass(frozen=True)
class Words:
    """What a clerk may write: labels of each key, terms of each vocabulary, names of provinces and societies."""

    labels: dict[str, list[str]]
    terms: dict[str, list[str]]
    provinces: list[str]
    societies: list[tuple[str, str]]

    @classmethod
    def of(cls, known: Known, labels: Labels) -> Words:
        """Only labels that mean their key wherever they stand."""
        spelled = {
            term.id: [word for word in (term.name, *term.aliases) if labels.read(word) == (term.id,)]
            for term in known.vocabularies["labels"]
        }
        names = ("kinds", "fields", "audiences", "forms", "modes")
        return cls(
            {key: spelled[key] for key in KEYS},
            {name: [term.name for term in known.vocabularies[name]] for name in names},
            [region.name for region in known.places.regions.values()],
            [(id, name) for id, name in known.society_names.items() if name.endswith("学会")],
        )


KEYS = [
    "title", "summary", "kind", "fields", "audiences", "forms", "mode", "period", "regions", "capacity.sessions", "capacity.people",
    "partners", "host_provides", "cost", "results_before", "contact.office", "contact.phone", "contact.email", "society",
]  # fmt: skip


def records(random: Random, words: Words, count: int) -> list[tuple[str, Said, dict[str, Any]]]:
    """(society, what is said, what it means) of some records that share no value."""
    sign = random.choice(["、", "，", "；", "\n"])
    picked = {name: random.sample(terms, min(len(terms), 2 * count)) for name, terms in words.terms.items()}
    provinces = random.sample(words.provinces, 2 * count)
    societies = random.sample(words.societies, count)
    names, offices, bodies = (random.sample(one, count) for one in (NAMES, OFFICES, BODIES))
    days = random.sample(range(1, 13), count)
    found = []
    for at in range(count):
        two = slice(2 * at, 2 * at + random.randint(1, 2))
        lists = {name: picked[name][two] for name in ("fields", "audiences", "forms")} | {"regions": provinces[two]}
        name, month, number = names[at], days[at], random.randint(10, 19) + 10 * at
        said = {key: sign.join(one) for key, one in lists.items()} | {
            "title": name + random.choice(["课堂", "进乡村", "技术培训", "科普行"]),
            "summary": f"请专家到现场讲{name}的要点，边看边学，让来的人都能自己动手做一遍。",
            "kind": picked["kinds"][at],
            "mode": picked["modes"][at % len(picked["modes"])],
            "period": f"2027年{month}月",
            "capacity.sessions": str(number),
            "capacity.people": str(100 + number),
            "partners": bodies[at],
            "host_provides": f"能放下{number}套器材的{offices[at][0]}号教室",
            "cost": f"由{offices[at][0]}方承担差旅",
            "results_before": f"去年办过{number}场，{name}反响好",
            "contact.office": offices[at],
            "contact.phone": f"010-6000{number}{month:02}",
            "contact.email": f"kp{number}@example.org",
            "society": societies[at][1],
        }
        true: dict[str, Any] = {
            key: one for key, one in said.items() if "." not in key and key not in ("society", "period")
        }
        true |= lists | {
            "partners": [said["partners"]],
            "period.start": f"2027-{month:02}",
            "period.text": said["period"],
        }
        true |= {key: one for key, one in said.items() if "." in key} | {"contact.phone": [said["contact.phone"]]}
        found.append((societies[at][0], said, true))
    return found


def cells(rows: list[list[str]]) -> Table:
    """A table; ``<`` and ``^`` join a cell with the one before or above it."""
    made: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                owner = made[r, c] = made[(r, c - 1) if text == "<" else (r - 1, c)]
                owner.rows, owner.columns = max(owner.rows, r - owner.row + 1), max(owner.columns, c - owner.column + 1)
            else:
                place = f"第{r + 1}行第{c + 1}列"
                made[r, c] = Cell(r, c, blocks=[Piece(line, place) for line in text.split("\n")])
    return Table("表1", list({id(cell): cell for cell in made.values()}.values()))


Layout = Callable[[Random, Asked, list[Said]], list[Block]]


def _lines(*texts: str) -> list[Block]:
    return [Piece(text, f"第{number}段") for number, text in enumerate(texts, 1)]


def _two_columns(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [
        one
        for said in told
        for one in (*_lines("科技志愿服务活动信息表"), cells([[label, said[key]] for key, label in asked]))
    ]


def _one_table_of_two_columns(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [cells([[label, said[key]] for said in told for key, label in asked])]


def _four_columns(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [one for said in told for one in (*_lines("科技志愿服务活动信息表"), cells(list(_in_fours(asked, said))))]


def _in_fours(asked: Asked, said: Said) -> Iterator[list[str]]:
    waiting: list[str] = []
    for key, label in asked:
        if len(said[key]) > 20:
            yield [label, said[key], "<", "<"]
        elif waiting:
            yield [*waiting, label, said[key]]
            waiting = []
        else:
            waiting = [label, said[key]]
    if waiting:
        yield [*waiting, "<", "<"]


def _list(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    head = ["序号", *(label for _, label in asked)]
    return [cells([head, *([str(at), *(said[key] for key, _ in asked)] for at, said in enumerate(told, 1))])]


def _columns(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    rows = [[label, *(said[key] for said in told)] for key, label in asked]
    counted = [random.choice(["项目", "栏目", "类别"]), *(f"活动{'一二三四'[at]}" for at in range(len(told)))]
    return [cells([counted, *rows] if random.random() < 0.5 else rows)]


def _columns_in_groups(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    groups = random.sample(["基本情况", "活动安排", "组织保障", "联系方式", "要点", "其他"], 3)
    width = -(-len(asked) // 3)
    rows = []
    for at, (key, label) in enumerate(asked):
        rows.append([groups[at // width] if at % width == 0 else "^", label, *(said[key] for said in told)])
    return [cells(rows)]


def _paragraphs(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    sign = random.choice(["：", ": ", "：　"])
    return _lines(
        *(f"{label}{sign}{said[key].replace(chr(10), '、')}" for said in told for key, label in asked if said[key])
    )


def _headings(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    numbers = [*"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九")]
    lines = []
    for said in told[:1]:
        for number, (key, label) in zip(numbers, [one for one in asked if said[one[0]]], strict=False):
            lines += [f"{number}、{label}", said[key].replace("\n", "、")]
    return _lines(*lines)


def _brackets(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return _lines(
        *(f"【{label}】{said[key].replace(chr(10), '、')}" for said in told for key, label in asked if said[key])
    )


def _stacked(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    width = random.randint(2, 4)
    blocks: list[Block] = []
    for said in told:
        rows = []
        for at in range(0, len(asked), width):
            part = asked[at : at + width]
            rest = ["<"] * (width - len(part))
            rows += [[label for _, label in part] + rest, [said[key] for key, _ in part] + rest]
        blocks += [*_lines("科技志愿服务活动信息表"), cells(rows)]
    return blocks


def _beside(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    gap = [""] if random.random() < 0.3 else []
    rows = []
    for key, label in asked:
        row = [one for said in told[:2] for one in (label, said[key], *gap)]
        rows.append(row[:-1] if gap else row)
    return [cells(rows)]


def _lists_beside(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    half = len(told) // 2
    if not half or len(told) % 2:
        return _list(random, asked, told)
    head = [label for _, label in asked]
    rows = [[one[key] for one in (told[at], told[at + half]) for key, _ in asked] for at in range(half)]
    return [cells([head + head, *rows])]


def _beside_in_lines(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [cells([[f"{label}：{said[key].replace(chr(10), '、')}" for said in told] for key, label in asked])]


def _cells_of_lines(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [
        cells([["\n".join(f"{label}：{said[key].replace(chr(10), '、')}" for key, label in asked)] for said in told])
    ]


def _by_label(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    """活动一名称, 活动二名称, then what each is about."""
    return [
        cells([[f"活动{'一二三四'[at]}{label}", said[key]] for key, label in asked for at, said in enumerate(told)])
    ]


def _below_names(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    lines = []
    for at, said in enumerate(told):
        lines.append(f"活动{'一二三四'[at]}：{said['title']}")
        lines += [
            f"{label}：{said[key].replace(chr(10), '、')}" for key, label in asked if key != "title" and said[key]
        ]
    return _lines(*lines)


def _list_under_groups(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    half = len(asked) // 2
    head = ["活动情况", *["<"] * (half - 1), "其他情况", *["<"] * (len(asked) - half - 1)]
    return [cells([head, [label for _, label in asked], *([said[key] for key, _ in asked] for said in told)])]


def _list_in_two_rows(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    """Every record in two rows under a header of two rows."""
    half = len(asked) // 2 + 1
    parts = [asked[:half], asked[half:]]
    rest = [""] * (half - len(parts[1]))
    rows = [[label for _, label in parts[0]], [label for _, label in parts[1]] + rest]
    for said in told:
        rows += [[said[key] for key, _ in parts[0]], [said[key] for key, _ in parts[1]] + rest]
    return [cells(rows)]


def _beside_above(random: Random, asked: Asked, told: list[Said]) -> list[Block]:
    return [cells([row for key, label in asked for row in ([label for _ in told], [said[key] for said in told])])]


LAYOUTS: list[Layout] = [
    _two_columns, _one_table_of_two_columns, _four_columns, _list, _columns, _columns_in_groups, _paragraphs, _headings, _brackets,
    _stacked, _beside, _lists_beside, _beside_in_lines, _cells_of_lines, _beside_above,
    _by_label, _below_names, _list_under_groups, _list_in_two_rows,
]  # fmt: skip


def form(random: Random, words: Words, layout: Layout) -> tuple[Document, list[tuple[str, dict[str, Any]]]]:
    """A document, and society and values of each record it tells of."""
    told = records(random, words, 1 if layout is _headings else random.randint(2, MOST))
    told = told[:2] if layout is _beside else told
    others = random.sample([key for key in KEYS if key != "title"], random.randint(4, 12))
    keys = ["title", *others] if random.random() < 0.7 else random.sample(["title", *others], len(others) + 1)
    if layout in ANEW:
        keys = ["title", *others]
    asked = [(key, random.choice(words.labels[key])) for key in keys]
    for number, label in enumerate(random.sample(OTHERS, random.choice([0, 0, 1, 2]))):
        asked.insert(random.randint(1, len(asked)), (f"other.{number}", label))
        for at, (_, said, _) in enumerate(told):
            value = random.choice(["", "孙小明", "视天气而定", f"{at + 1}个奖项", "2019年1月", "测试茶学会"])
            said[f"other.{number}"] = "孙小明" if label in ("联系人", "手机") else value
    body = max(at for at, key in enumerate(keys) if not key.startswith(FOOT))
    may_lack = [key for key in keys[: body + 1] if key != "title"]  # what stands at the foot may be meant for all
    for _, said, _ in told:
        for key in random.sample(may_lack, min(len(may_lack), random.choice([0, 0, 1, 2]))):
            said[key] = ""
    blocks = layout(random, asked, [said for _, said, _ in told])
    return Document(blocks), [
        (society if "society" in keys and said["society"] else "", _only(true, said, keys))
        for society, said, true in told
    ]


FOOT = ("society", "contact")
ANEW = (
    _one_table_of_two_columns,
    _paragraphs,
    _brackets,
    _cells_of_lines,
)  # nothing but the name says where one begins


def _only(true: dict[str, Any], said: Said, keys: list[str]) -> dict[str, Any]:
    """What a form says of a record."""
    tops = {"period": ("period.start", "period.text")}
    return {one: true[one] for key in keys if key != "society" and said[key] for one in tops.get(key, (key,))}
