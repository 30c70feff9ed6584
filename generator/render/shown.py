"""The figures of the page 统计, in its order: how each is called, drawn and told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.model.figures import Figure, Figures
from generator.render import address, findings
from generator.render.chart import Form
from generator.render.findings import Names

_BARS = "每行一条，越长越多"
_BY_SOURCE = "深色是学会申报的，浅色带边的是根据公开报道整理的。"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a figure is shown. ``term``: what a row is; ``how``: the drawing in words; ``sentence``: what to see in it."""

    key: str
    title: str
    term: str
    form: Form
    how: str
    sentence: Callable[[Figure, Names, Figures], str]
    ranked: bool = False
    only_some: bool = False  # whether terms without any are left out of the drawing
    adds_up: bool = True  # whether the series of a term may be added up
    links: tuple[tuple[str, str], ...] = ()


SHOWN = (
    Shown(
        "standing",
        "能不能邀请",
        "情况",
        "stacked",
        f"{_BARS}：可以邀请、仍在开展、往年活动各有几项。{_BY_SOURCE}",
        lambda figure, names, _: findings.standings(figure, names),
    ),
    Shown(
        "year",
        "按年份",
        "年份",
        "stacked",
        f"{_BARS}：每年有几项活动，从近到远。{_BY_SOURCE}",
        lambda figure, names, _: findings.years(figure, names),
    ),
    Shown(
        "month",
        "按月份",
        "月份",
        "columns",
        f"从1月到12月，每月一根柱子，越高能来的活动越多。{_BY_SOURCE}",
        lambda figure, names, figures: findings.months(figure, names, sum(figures.records.values())),
    ),
    Shown(
        "kind",
        "按服务类别",
        "服务类别",
        "stacked",
        f"{_BARS}：五类服务各有几项活动。{_BY_SOURCE}",
        lambda figure, names, _: findings.ranking(figure, names),
        ranked=True,
        only_some=True,
    ),
    *(
        Shown(
            key,
            f"按{title}",
            title,
            "stacked",
            f"{_BARS}：每个{unit}有几项活动，从多到少。{_BY_SOURCE}",
            lambda figure, names, _: findings.several(figure, names),
            ranked=True,
            only_some=True,
        )
        for key, title, unit in (
            ("fields", "领域", "领域"),
            ("audiences", "服务对象", "服务对象"),
            ("forms", "活动形式", "形式"),
        )
    ),
    Shown(
        "mode",
        "线上还是线下",
        "线上/线下",
        "stacked",
        f"{_BARS}：到现场的、在网上的、两样都有的、没有写明的各有几项。{_BY_SOURCE}",
        lambda figure, names, _: findings.modes(figure, names),
    ),
    Shown(
        "regions",
        "按地区",
        "地区",
        "tiles",
        "方格图：每格一个省级地区，格里是写明能去那里（或者其中的市、县）的活动项数，颜色越深越多。",
        lambda figure, names, _: findings.regions(figure, names),
    ),
    Shown(
        "society",
        "按学会、科协",
        "单位",
        "stacked",
        f"{_BARS}：活动最多的单位各有几项，至多15个。{_BY_SOURCE}",
        lambda figure, names, figures: findings.societies(figure, names, figures.registered),
        ranked=True,
        only_some=True,
    ),
    Shown(
        "supply",
        "供给和需求",
        "领域",
        "beside",
        "每个领域两条：深色是待对接的需求，浅色带边的是可以邀请的活动；越长越多。",
        lambda figure, names, _: findings.supply(figure, names),
        only_some=True,
        adds_up=False,
        links=((address.GAPS, "到“供需缺口”看各地区"),),
    ),
    Shown(
        "needs",
        "需求的去向",
        "情况",
        "stacked",
        f"{_BARS}：待对接、已对接、已过期、已撤回的需求各有几条。",
        lambda figure, names, _: findings.needs(figure, names),
        adds_up=False,
        links=((address.NEEDS, "到“对接大厅”看需求"),),
    ),
    Shown(
        "completeness",
        "写得全不全",
        "栏目",
        "shares",
        f"每个栏目两条，满格是百分之百：写明了这一栏的活动占多少。{_BY_SOURCE}",
        lambda figure, names, figures: findings.completeness(figure, names, figures.records),
        adds_up=False,
    ),
)
