"""Activities of test societies told as different clerks would tell them, in layouts of every kind; what is true of them beside it.

``form(random)`` gives the bytes of a file, its kind, and the truth: for each activity society and values.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.forms.builder import docx_of, xlsx_of

SOCIETIES = {
    "C-01": ["测试农学会", "测试农学会（盖章）", "测试农学会科普部"],
    "D-01": ["测试医学会", "测试医学会（公章）"],
    "A-01": ["测试物理学会", "测试物理协会"],
    "140000-ceshi": ["山西测试学会", " 山西测试学会 "],
    "360000-ceshi": ["江西测试学会"],
}
SUBJECTS = [
    "果树修剪",
    "水稻育秧",
    "用药安全",
    "近视防控",
    "垃圾分类",
    "防震避险",
    "观星",
    "编程启蒙",
    "茶叶采制",
    "智能手机使用",
]
ACTS = ["进乡村", "大讲堂", "技术培训", "科普行", "志愿服务周", "公益课", "示范日"]
KINDS = {
    "技术服务类": ["技术服务", "技术服务类志愿服务"],
    "民生类": ["民生"],
    "科普类": ["科普", "科普类志愿服务"],
    "应急类": ["应急"],
}
FIELDS = {
    "种植与园艺": ["果树", "种植业", "农业技术"],
    "医疗与健康": ["健康", "中医药"],
    "数字技术与人工智能": ["人工智能"],
    "航空航天与天文": ["天文"],
}
AUDIENCES = {
    "农民": ["果农", "村民", "广大农民", "农民朋友"], "青少年": ["中小学生", "留守儿童", "学生"], "老年人": ["老人", "空巢老人"],
    "领导干部和公务员": ["基层干部", "村干部"], "社会公众": ["社区居民", "群众"], "基层医务人员": ["村医"],
}  # fmt: skip
FORMS = {
    "报告讲座": ["讲座", "科普报告"],
    "培训": ["培训班", "技能培训"],
    "田间指导": ["现场指导", "田间课堂"],
    "义诊": ["健康义诊"],
    "展览展示": ["展览", "展板"],
    "咨询": ["专家咨询", "现场答疑"],
}
MODES = {"线下": ["线下", "现场"], "线上": ["线上"], "线上线下结合": ["线上线下结合", "线上+线下", "线上、线下"]}
PLACES = {
    "山西省": ["山西", "山西省"],
    "江西省": ["江西"],
    "河北省": ["河北省"],
    "全国": ["全国", "全国各地"],
    "山西省阳曲县": ["山西省阳曲县", "太原市阳曲县", "阳曲县"],
    "江西省南昌县": ["江西省南昌县"],
}
PERIODS: list[tuple[str, dict[str, str]]] = [
    ("2026年5月—10月", {"start": "2026-05", "end": "2026-10"}), ("2026年4月1日至4月30日", {"start": "2026-04-01", "end": "2026-04-30"}),
    ("2026.7.1-8.31", {"start": "2026-07-01", "end": "2026-08-31"}), ("全年", {}), ("每年9月", {}), ("2026年11月", {"start": "2026-11"}),
    ("2026年8月中旬", {"start": "2026-08"}), ("2026/9/12", {"start": "2026-09-12"}), ("长期", {}), ("2026年10月至2027年3月", {"start": "2026-10", "end": "2027-03"}),
    ("7月下旬至10月上旬，具体日期待定", {}),
]  # fmt: skip
LABELS: dict[str, list[str]] = {
    "title": [
        "活动名称",
        "品牌活动名称",
        "活动主题",
        "项目名称",
        "活动题目",
        "活 动 名 称",
        "＊活动名称",
        "志愿服务项目名称",
    ],
    "summary": [
        "活动简介",
        "简介",
        "活动简介（300字以内）",
        "项目简介",
        "活动概述",
        "内容简介",
        "主要内容",
        "活动内容",
    ],
    "kind": ["服务类别", "服务类型", "活动类别", "志愿服务类别", "项目类型"],
    "fields": ["领域", "所属领域", "服务领域", "学科领域"],
    "audiences": [
        "服务对象",
        "面向人群",
        "受众",
        "参与对象",
        "目标人群",
        "服务对象（可多选）",
        "受益人群",
        "主要服务对象",
    ],
    "forms": ["活动形式", "服务形式", "开展形式", "服务方式", "形式", "活动开展形式"],
    "mode": ["线上/线下", "线上或线下", "开展方式"],
    "period": ["活动时间", "可开展时间", "拟开展时间", "时间", "计划开展时间", "起止时间", "活动 时间", "实施时间"],
    "regions": ["活动地点", "服务地区", "实施地域", "开展地点", "可服务地区", "服务范围", "覆盖区域", "活动区域"],
    "sessions": ["每年场次", "计划场次", "年活动场次"],
    "people": ["每场人数", "每场规模", "每次可服务人数"],
    "responsible": ["主办单位", "主管、主办单位", "主办方"],
    "partners": ["承办单位", "协办单位", "合作单位"],
    "host": ["需当地提供", "需当地配合", "对当地的要求", "所需条件"],
    "cost": ["费用", "是否收费", "经费来源"],
    "results": ["往期成效", "活动成效", "前期成效"],
    "office": ["联系部门", "部门"],
    "phone": ["联系电话", "办公电话", "电话", "固定电话"],
    "email": ["电子邮箱", "邮箱", "电子邮件", "E-mail"],
    "society": ["学会名称", "申报单位", "填报单位", "单位名称", "学会全称"],
}
NOISE = [
    ("备注", "可协商"),
    ("创新点", "专家一对一"),
    ("邮政编码", "030000"),
    ("传真", "010-60007777"),
    ("预期效益", "提高素质"),
    ("联系人", "孙小明"),
]
SEPARATORS = ["、", "，", "；", " / ", "\n", ","]


def activity(random: Random) -> tuple[dict[str, str], dict[str, Any], str]:
    """What a clerk writes, by our keys; what it means; the society's id."""
    society = random.choice(list(SOCIETIES))
    title = random.choice(SUBJECTS) + random.choice(ACTS) + random.choice(["", "（第二季）", "活动"])
    summary = f"组织专家围绕{title[:4]}开展服务，{random.choice(['现场示范并解答疑问', '发放资料并面对面交流', '讲解要点后分组练习'])}，让参加的人学得会、用得上。"
    said: dict[str, str] = {"title": title, "summary": summary}
    true: dict[str, Any] = {"title": title, "summary": summary}
    kind = random.choice(list(KINDS))
    said["kind"], true["kind"] = random.choice([kind, *KINDS[kind]]), kind
    for key, words, most in (("fields", FIELDS, 2), ("audiences", AUDIENCES, 3), ("forms", FORMS, 3)):
        chosen = random.sample(list(words), random.randint(1, most))
        sign = random.choice(SEPARATORS)
        said[key] = sign.join(random.choice([one, *words[one]]) for one in chosen)
        true[key] = chosen
    mode = random.choice(list(MODES))
    said["mode"], true["mode"] = random.choice(MODES[mode]), mode
    said["period"], days = random.choice(PERIODS)
    true["period"] = days | {"text": said["period"]}
    places = random.sample(list(PLACES), random.randint(1, 2))
    places = ["全国"] if "全国" in places else places
    said["regions"] = random.choice(["、", "，", "；"]).join(random.choice(PLACES[one]) for one in places)
    true["regions"] = places
    sessions, people = random.randint(1, 60), random.randint(20, 300)
    said["sessions"], said["people"] = (
        random.choice([f"{sessions}", f"约{sessions}场", f"每年{sessions}场次"]),
        random.choice([f"{people}人", f"约{people}人/场", f"{people}"]),
    )
    true["capacity"] = {"sessions": sessions, "people": people}
    name = SOCIETIES[society][0]
    said["responsible"] = true["responsible"] = name
    said["partners"], true["partners"] = "某测试医院、某测试中学", ["某测试医院", "某测试中学"]
    said["host"] = true["host_provides"] = "一间能坐五十人的会议室，组织听众"
    said["cost"] = true["cost"] = random.choice(["免费", "学会承担差旅费"])
    said["results"] = true["results_before"] = "去年办了十场，反响很好"
    office = random.choice(["科普部", "办公室", "秘书处", "学术与科普处"])
    phone = f"010-6{random.randint(1000000, 9999999)}"
    said["office"], said["phone"] = office, random.choice([phone, phone.replace("-", " - "), f"（010）{phone[4:]}"])
    said["email"] = f"kp{random.randint(1, 99)}@example.org"
    true["contact"] = {"office": office, "phone": [phone], "email": said["email"]}
    said["society"] = random.choice(SOCIETIES[society])
    return said, true, society


_PARTS = {
    "sessions": ("capacity", "sessions"),
    "people": ("capacity", "people"),
    "office": ("contact", "office"),
    "phone": ("contact", "phone"),
    "email": ("contact", "email"),
}
_WHOLE = {"host": "host_provides", "results": "results_before"}


def _only(true: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """The truth about the keys a form asks for."""
    found: dict[str, Any] = {}
    for key in keys:
        if key in _PARTS:
            group, part = _PARTS[key]
            found.setdefault(group, {})[part] = true[group][part]
        elif key != "society":
            found[_WHOLE.get(key, key)] = true[_WHOLE.get(key, key)]
    return found


def form(random: Random, layout: Layout | None = None) -> tuple[bytes, str, list[tuple[str, dict[str, Any]]]]:
    """A file, its ending, the truth."""
    keys = [
        "title",
        "society",
        *random.sample([key for key in LABELS if key not in ("title", "society")], random.randint(5, 15)),
    ]
    labels = {key: random.choice(LABELS[key]) for key in keys}
    layout = layout or random.choice(LAYOUTS)
    many = 1 if layout in SINGLE else random.randint(2, 4)
    told = [activity(random) for _ in range(many)]
    random.shuffle(keys)
    ending, data = layout(random, keys, labels, told)
    return data, ending, [(society, _only(true, keys)) for _, true, society in told]


def _pairs(random: Random, keys: list[str], labels: dict[str, str], said: dict[str, str]) -> list[tuple[str, str]]:
    pairs = [(labels[key], said[key]) for key in keys]
    for noise in random.sample(NOISE, random.randint(0, 2)):
        pairs.insert(random.randint(0, len(pairs)), noise)
    return pairs


Told = list[tuple[dict[str, str], dict[str, Any], str]]
Layout = Callable[[Random, list[str], dict[str, str], Told], tuple[str, bytes]]


def two_columns(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """A table of labels and values."""
    return "docx", docx_of(
        [
            "附件2",
            "科技志愿服务品牌活动登记表",
            {"table": [list(pair) for pair in _pairs(random, keys, labels, told[0][0])]},
            "注：本表一式两份。",
        ]
    )


def four_columns(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """Two labels a row; long texts over the whole width."""
    rows, waiting = [], []
    for label, value in _pairs(random, keys, labels, told[0][0]):
        if len(value) > 24:
            rows.append([label, value, "<", "<"])
        else:
            waiting.append((label, value))
    for at in range(0, len(waiting), 2):
        row = [part for pair in waiting[at : at + 2] for part in pair]
        rows.insert(random.randint(0, len(rows)), row if len(row) == 4 else [*row, "<", "<"])
    return "docx", docx_of([{"h": "品牌活动信息表"}, {"table": rows}])


def lines(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """标签：值, numbered or not."""
    colon = random.choice(["：", ":", "： "])
    blocks = []
    for number, (label, value) in enumerate(_pairs(random, keys, labels, told[0][0]), 1):
        head = random.choice([f"{number}. ", ""]) if random.random() < 0.5 else ""
        blocks.append(f"{head}{label}{colon}{value.replace(chr(10), '、')}")
    return "docx", docx_of(["品牌活动申报表", *blocks])


def headings(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """一、标签, the value below."""
    numbers = "一二三四五六七八九十"
    blocks: list[Any] = ["科技志愿服务品牌活动申报书"]
    for number, (label, value) in enumerate(_pairs(random, keys, labels, told[0][0])):
        if number < 10:
            blocks += [f"{numbers[number]}、{label}", value]
        else:
            blocks += [f"十{numbers[number - 10]}、{label}", value]
    return "docx", docx_of(blocks)


def a_list(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """One activity a row."""
    rows = [
        ["序号", *(labels[key] for key in keys)],
        *([str(at), *(said[key] for key in keys)] for at, (said, _, _) in enumerate(told, 1)),
    ]
    rows.append(["合计", *([""] * len(keys))])
    return "docx", docx_of(["2026年品牌活动汇总表", {"table": rows}, "填报人：孙小明"])


def columns(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """One activity a column."""
    return "docx", docx_of(
        [
            {
                "table": [
                    [labels[key], *(said[key] for said, _, _ in told)]
                    for key in ["title", *(one for one in keys if one != "title")]
                ]
            }
        ]
    )


def repeated(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """A form for each activity, one after another."""
    blocks: list[Any] = []
    for said, _, _ in told:
        blocks += ["品牌活动信息表", {"table": [list(pair) for pair in _pairs(random, keys, labels, said)]}]
    return "docx", docx_of(blocks)


def sheet_list(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """A list in Excel under a title."""
    rows = [["品牌活动一览表", *["<"] * len(keys)], ["序号", *(labels[key] for key in keys)]]
    rows += [[at, *(said[key] for key in keys)] for at, (said, _, _) in enumerate(told, 1)]
    return "xlsx", xlsx_of({"汇总": rows})


def sheet_pairs(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """Labels and values in Excel."""
    return "xlsx", xlsx_of(
        {"Sheet1": [["品牌活动信息表", "<"], *(list(pair) for pair in _pairs(random, keys, labels, told[0][0]))]}
    )


def sheets(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """An activity a sheet."""
    return "xlsx", xlsx_of(
        {
            f"活动{at}": [list(pair) for pair in _pairs(random, keys, labels, said)]
            for at, (said, _, _) in enumerate(told)
        }
    )


def mixed(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """Who files it above the table, the rest in it, a box with the mailbox."""
    said = told[0][0]
    inside = [key for key in keys if key not in ("society", "email")]
    rows = [[labels[key], said[key]] for key in inside]
    after = [{"box": [f"{labels['email']}：{said['email']}"]}] if "email" in keys else []
    return "docx", docx_of(
        ["全国学会科技志愿品牌活动信息表", f"{labels['society']}：{said['society']}", {"table": rows}, *after]
    )


def brackets(random: Random, keys: list[str], labels: dict[str, str], told: Told) -> tuple[str, bytes]:
    """【标签】值."""
    return "docx", docx_of(
        [f"【{label}】{value.replace(chr(10), '、')}" for label, value in _pairs(random, keys, labels, told[0][0])]
    )


SINGLE: list[Layout] = [two_columns, four_columns, lines, headings, sheet_pairs, mixed, brackets]
LAYOUTS: list[Layout] = [*SINGLE, a_list, columns, repeated, sheet_list, sheets]


def score(
    got: list[tuple[str, dict[str, Any]]], true: list[tuple[str, dict[str, Any]]]
) -> tuple[int, int, int, list[str]]:
    """Fields right, fields given, fields true, and what was wrong. Parts of groups count each."""
    right = given = wanted = 0
    wrong: list[str] = []
    for at in range(max(len(got), len(true))):
        found = _flat(*got[at]) if at < len(got) else {}
        truth = _flat(*true[at]) if at < len(true) else {}
        given += len(found)
        wanted += len(truth)
        right += sum(truth.get(key) == value for key, value in found.items())
        wrong += [
            f"{at}.{key}: {found.get(key)!r} for {truth.get(key)!r}"
            for key in {**found, **truth}
            if found.get(key) != truth.get(key)
        ]
    return right, given, wanted, wrong


def _flat(society: str, values: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {"society": society} if society else {}
    for key, value in values.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{part}": str(one) for part, one in value.items() if one not in ("", None)}
        else:
            flat[key] = sorted(map(str, value)) if isinstance(value, list) else value
    return flat
