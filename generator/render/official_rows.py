"""An activity in, its cells in the official list out: words for Word and PDF, typed ones for Excel and CSV."""

from __future__ import annotations

from generator.model.activity import Activity
from generator.model.catalog import Catalog, Standing
from generator.render import words
from generator.render.flat import Cell
from generator.render.sheet import Column

STANDINGS: tuple[tuple[Standing, str, str], ...] = (
    ("offer", "可以邀请的活动", "学会申报，联系后可以请来。"),
    ("running", "仍在开展的活动", "根据公开报道整理，不是学会申报的材料；能不能来请先向学会打听。"),
    ("past", "往年活动", "已经办完，供了解和参考，不能据此邀请。"),
)

# Of Word and PDF: label and width in centimetres; together the width of a landscape A4 page without its margins.
PRINTED = (
    ("序号", 1.1),
    ("活动名称", 3.4),
    ("单位", 2.9),
    ("活动简介", 5.4),
    ("服务对象", 1.8),
    ("领域和形式", 2.7),
    ("可开展时间", 2.2),
    ("可服务地区", 2.2),
    ("联系方式", 2.7),
    ("来源", 2.3),
)

COLUMNS = (
    Column("序号", 6, "number"),
    Column("活动名称", 30),
    Column("单位", 22),
    Column("单位类别", 10),
    Column("单位所在地区", 12),
    Column("列为", 14),
    Column("状态", 8),
    Column("服务类别", 12),
    Column("领域", 18),
    Column("服务对象", 16),
    Column("活动形式", 18),
    Column("可开展时间", 18),
    Column("开始", 11, "date"),
    Column("结束", 11, "date"),
    Column("可服务地区", 20),
    Column("每年场次", 9, "number"),
    Column("每场人数", 9, "number"),
    Column("费用", 10),
    Column("需当地提供", 20),
    Column("联系部门", 18),
    Column("办公电话", 16),
    Column("单位邮箱", 20),
    Column("活动简介", 60, "long"),
    Column("来源", 24),
    Column("来源网址", 24),
    Column("活动编号", 28),
)


def printed(catalog: Catalog, activity: Activity) -> tuple[str, ...]:
    """An activity's cells for Word and PDF, without its number."""
    contact = activity.contact
    return (
        activity.title,
        catalog.societies[activity.society].name,
        activity.summary,
        words.names(catalog, "audiences", activity.audiences),
        f"{words.names(catalog, 'fields', activity.fields)}；{words.names(catalog, 'forms', activity.forms)}",
        activity.period.words,
        words.where(catalog, activity.regions),
        "\n".join(filter(None, (contact.office, "、".join(contact.phone), contact.email))) if contact else "",
        _source(activity),
    )


def typed(catalog: Catalog, position: int) -> tuple[Cell, ...]:
    """An activity's cells for Excel and CSV, without its number."""
    activity = catalog.activities[position]
    society, contact, capacity = catalog.societies[activity.society], activity.contact, activity.capacity
    standing = standing_name(catalog.standings[position])
    places = catalog.known.places
    return (
        activity.title,
        society.name,
        catalog.vocabulary("levels").name(society.level),
        places.name(society.region) if society.region else "",
        standing,
        catalog.states[position].word,
        catalog.vocabulary("kinds").name(activity.kind),
        words.names(catalog, "fields", activity.fields),
        words.names(catalog, "audiences", activity.audiences),
        words.names(catalog, "forms", activity.forms),
        activity.period.words,
        words.exact(activity.period.start),
        words.exact(activity.period.end),
        "、".join(places.name(code) for code in activity.regions),
        capacity.sessions if capacity else None,
        capacity.people if capacity else None,
        activity.cost,
        activity.host_provides,
        contact.office if contact else "",
        "、".join(contact.phone) if contact else "",
        contact.email if contact else "",
        activity.summary,
        _source(activity),
        activity.source.url if activity.source else "",
        activity.id,
    )


def standing_name(standing: Standing) -> str:
    """可以邀请的活动, 仍在开展的活动, 往年活动."""
    return next(name for id, name, _ in STANDINGS if id == standing)


def _source(activity: Activity) -> str:
    return f"公开报道：{activity.source.publisher}" if activity.source else "学会申报"
