"""The call record (通知): the class is the table of its fields."""

from __future__ import annotations

from datetime import date

from generator.model.dates import FullDay
from generator.model.field import described, record
from generator.model.parts import Contact
from generator.model.pointers import Link, SocietyId
from generator.model.values import Flag, Group, Line, Many, Paragraph


@record
class Window:
    """From when to when the activities of a call can take place."""

    start: date | None = described("开始", FullDay(), "always", example="2021-07-09")
    end: date | None = described("结束", FullDay(), "always", example="2022-07-08")


@record
class Form:
    """A form the call asks for."""

    name: str = described("表名", Line(2, 120), "always", default="")
    by: str = described("由谁填", Line(2, 120), default="")
    formats: tuple[str, ...] = described("格式", Many(Line(1, 20), 5), default=())


@record
class Requirement:
    """What a call asks of those who take part."""

    id: str = described("编号", Line(1, 40), default="")
    text: str = described("要求", Paragraph(2, 500), "always", default="")


@record
class Platform:
    """The platform teams and volunteers register on."""

    name: str = described("名称", Line(2, 60), "always", default="")
    url: str = described("网址", Link(), default="")


@record
class Call:
    """A notice that asks societies for activities. ``id`` is the file's name."""

    id: str

    title: str = described("标题", Line(4, 120), "always", "通知全称。", "关于报送测试活动的通知", default="")
    number: str = described("文号", Line(2, 60), example="测试〔2026〕1号", default="")
    url: str = described("网址", Link(), default="")
    issuer: str = described("发文单位", Line(2, 60), default="")
    issued: date | None = described("发文日期", FullDay(), "always", example="2026-07-09")
    submit_by: date | None = described("报送截止", FullDay(), "always", example="2026-07-22")
    window: Window = described(
        "活动时间",
        Group(Window),
        "always",
        "征集的是哪段时间里可以开展的活动。",
        "{start: 2026-07-09, end: 2027-07-08}",
        default=Window(),
    )
    window_note: str = described("活动时间说明", Line(2, 200), default="")
    addressees: tuple[str, ...] = described("发给谁", Many(Line(2, 120), 60), default=())
    aim: str = described("目的", Paragraph(2, 500), default="")
    builds_on: tuple[str, ...] = described("依据", Many(Line(2, 200), 20), default=())
    forms: tuple[Form, ...] = described("表格", Many(Group(Form), 10), default=())
    submit_to: str = described("报送给", Line(2, 120), default="")
    steps: tuple[str, ...] = described("工作步骤", Many(Paragraph(2, 300), 20), default=())
    requirements: tuple[Requirement, ...] = described("有关要求", Many(Group(Requirement), 20), default=())
    contacts: tuple[Contact, ...] = described("联系方式", Many(Group(Contact), 10), default=())
    platform: Platform | None = described("登记平台", Group(Platform))
    collected_here: bool = described(
        "本站收集", Flag(), help="是否由本站收集申报；不是的话，不显示谁还没报。", example="否", default=False
    )
    supported: tuple[str, ...] = described(
        "择优支持的学会", Many(SocietyId(), 500), help="须与县级科协结对。", default=()
    )
