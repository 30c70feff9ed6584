"""The society record (学会、科协): the class is the table of its fields."""

from __future__ import annotations

from generator.model.activity import SOCIETY
from generator.model.field import described, record
from generator.model.parts import Contact
from generator.model.places import Places, short_name
from generator.model.pointers import Link, PlaceCode
from generator.model.values import Choice, Group, Line, Many, Pattern

_CASTS = ("科协", "科学技术协会")


@record
class Society:
    """Who offers activities: a learned society, or an association for science and technology (科协)."""

    id: str = described(
        "编号",
        Pattern(SOCIETY, "C-01 或 140000-xxx 这样的编号"),
        "always",
        "全国学会用代码，其他单位用“地区代码-拼音”。",
        "C-01",
        default="",
    )
    name: str = described("名称", Line(3, 60), "always", "全称。", "测试学会", default="")
    level: str = described(
        "层级", Choice("levels"), "always", "全国、省级、市级、县级学会，或各级科协。", "全国学会", default=""
    )
    english: str = described("英文名", Line(2, 200), example="Test Society", default="")
    code: str = described("代码", Line(2, 10), help="名录里的代码，可带后缀。", example="C-01", default="")
    abbr: str = described("英文简称", Line(1, 30), example="TS", default="")
    category: str = described(
        "学科类别", Line(1, 10), help="理科、工科、农科、医科、交叉学科的代号。", example="C", default=""
    )
    group: str = described("类型", Line(1, 20), help="团体会员、委托管理或国际组织。", example="member", default="")
    region: str = described("所在省份", PlaceCode(), help="全国学会不写。", example="山西省", default="")
    county: str = described("所在县（市、区）", PlaceCode(), help="县级单位写。", example="山西省阳曲县", default="")
    aliases: tuple[str, ...] = described(
        "别名", Many(Line(1, 60), 20), help="旧名、简称。", example="[测试协会]", default=()
    )
    homepage: str = described("网站", Link(), example="https://example.org/", default="")
    contact: Contact | None = described("联系方式", Group(Contact))
    source: str = described("出处", Line(1, 60), example="S1", default="")
    english_source: str = described("英文名出处", Line(1, 60), example="E1", default="")
    note: str = described("备注", Line(1, 200), default="")

    def also_called(self, places: Places) -> set[str]:
        """山西省测试学会 for 山西测试学会, 阳曲县科学技术协会 for 阳曲科协, and the other way round."""
        county, region = places.counties.get(self.county), places.regions.get(self.region)
        full = county.name if county else region.name if region else ""
        short = short_name(full) if county else region.short if region else ""
        called: set[str] = set()
        for name in (self.name, *self.aliases):
            of, to = (full, short) if name.startswith(full) else (short, full)
            heads = {name, to + name.removeprefix(of)} if of and name.startswith(of) else {name}
            called |= heads | {
                head.removesuffix(old) + new
                for head in heads
                for old, new in (_CASTS, _CASTS[::-1])
                if head.endswith(old)
            }
        return called

    @property
    def is_national(self) -> bool:
        """Whether it is on the list of national societies."""
        return self.level == "national"
