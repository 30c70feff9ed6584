"""A figure in, the sentence that says what to see in it out: every name and number in it comes from the figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.model.figures import NO_MODE, Figure, Figures
from generator.model.places import NATIONAL

Names = Callable[[str], str]

FEW = 4  # names in a row


def ranking(figure: Figure, names: Names, unit: str = "项") -> str:
    """The first and the second, and what has none yet."""
    total = figure.total
    levels = sorted({number for number in total.values() if number}, reverse=True)
    if not levels:
        return "还没有活动。"
    said = f"最多的是{_those(total, levels[0], names, unit)}"
    if len(levels) > 1:
        said += f"，其次是{_those(total, levels[1], names, unit)}"
    none = [id for id, number in total.items() if not number]
    return f"{said}{f'；{_listed(none, names)}还没有' if none else ''}。"


def _those(total: Mapping[str, int], number: int, names: Names, unit: str) -> str:
    """The terms with a number, and it: 山西、河南（各3项）."""
    ids = [id for id, one in total.items() if one == number]
    return f"{_listed(ids, names)}（{'各' if len(ids) > 1 else ''}{number}{unit}）"


def several(figure: Figure, names: Names) -> str:
    """The same, where an activity can stand in several rows."""
    return ranking(figure, names) + ("一项活动可以占几行。" if sum(figure.total.values()) > figure.stated else "")


def standings(figure: Figure, names: Names) -> str:
    """What can be invited, what goes on, what is over."""
    total = figure.total
    return "，".join(f"{names(id)}的{number}项" for id, number in total.items()) + "。"


def years(figure: Figure, names: Names) -> str:
    """Years, and what has none."""
    unknown = figure.total.get("undated", 0)
    return ranking(figure.without("undated"), names) + (f"另有{unknown}项没有写明年份。" if unknown else "")


def months(figure: Figure, names: Names, records: int) -> str:
    """The fullest and the emptiest month, and what is not certain."""
    if not figure.stated:
        return "还没有能确定月份的活动。"
    total = figure.total
    most, least = max(total.values()), min(total.values())
    said = f"{figure.stated}项能确定月份。最多的是{_those(total, most, names, '项')}"
    if least < most:
        said += f"，最少的是{_those(total, least, names, '项')}"
    return said + "。" + (f"另有{records - figure.stated}项没有写明。" if records > figure.stated else "")


def regions(figure: Figure, names: Names) -> str:
    """Regions that activities name; what is for the whole country stands apart."""
    return f"{ranking(figure.without(NATIONAL), names)}面向全国的{figure.total[NATIONAL]}项不算在各格里。"


def societies(figure: Figure, names: Names, registered: int) -> str:
    """How many have any, and who has most."""
    return f"名录里的{registered}个学会、科协等单位中，{len(figure.rows)}个有活动。{ranking(figure, names)}"


def modes(figure: Figure, names: Names) -> str:
    """Modes; what does not state any is no mode."""
    missing = figure.total[NO_MODE]
    stated = figure.without(NO_MODE).total
    if not any(stated.values()):
        return f"{missing}项都没有写明在线下还是线上。" if missing else "还没有活动。"
    said = "，".join(f"{names(id)}{number}项" for id, number in stated.items())
    return f"{said}。" + (f"另有{missing}项没有写明。" if missing else "")


def supply(figure: Figure, names: Names) -> str:
    """Fields in which somebody asks and nobody offers, and the other way round."""
    if not any(figure.total.values()):
        return "现在没有待对接的需求，也没有可以邀请的活动。"
    parts = (
        ("有需求、没有活动可邀请的领域", [id for id, (asked, offered) in figure.rows.items() if asked and not offered]),
        ("有活动、没有需求的领域", [id for id, (asked, offered) in figure.rows.items() if offered and not asked]),
    )
    said = "；".join(f"{what}：{_listed(which, names)}" for what, which in parts if which)
    return f"{said or '有需求的领域都有活动可以邀请'}。"


def needs(figure: Figure, names: Names) -> str:
    """What became of the needs."""
    if not figure.stated:
        return "还没有登记的需求。"
    said = "，".join(f"{names(id)}{number}条" for id, number in figure.total.items())
    return f"登记过的{figure.stated}条需求里，{said}。"


def completeness(figure: Figure, names: Names, records: Mapping[str, int]) -> str:
    """What submissions state most and least often; the same for reports."""
    said = []
    for source, what in (("submission", "学会申报"), ("report", "公开报道")):
        whole = records[source]
        if not whole:
            said.append("还没有学会申报的活动" if source == "submission" else "没有根据公开报道整理的活动")
            continue
        stated = figure.of_series(source)
        said.append(
            f"{what}的{whole}项里，"
            + "，".join(
                f"写明{word}的是{_listed([id for id, one in stated.items() if one == number], names)}（{share(number, whole)}）"
                for word, number in (("最多", max(stated.values())), ("最少", min(stated.values())))
            )
        )
    return "；".join(said) + "。"


def whole(figures: Figures) -> str:
    """How many records there are, and where they come from."""
    filed, reported = figures.records["submission"], figures.records["report"]
    said = f"清单里共有{filed + reported}项活动：学会申报{filed}项，本站根据公开报道整理{reported}项。"
    return said + ("还没有学会申报，下面说的都是公开报道里的活动。" if reported and not filed else "")


def share(part: int, of: int) -> str:
    """In whole per cent, halves upwards."""
    return f"{(200 * part + of) // (2 * of)}%"


def _listed(ids: list[str], names: Names) -> str:
    shown = "、".join(names(id) for id in ids[:FEW])
    return shown if len(ids) <= FEW else f"{shown}等{len(ids)}个"
