"""The points of a match in, the reasons in words out: 为什么推荐. No point without its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.model.activity import Activity
from generator.model.admission import EVERY_MONTH, Span, months_between
from generator.model.asking import Asked, shared_words, words_of
from generator.model.catalog import Catalog
from generator.model.weights import BEEN, FRESH, LOAD, NAMED, NEAR

MOST_WORDS = 3


class Reason(NamedTuple):
    """One thing that speaks for a match. ``key``: the line of the table of weights."""

    text: str
    points: int
    key: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked for, and an activity that is offered for it. ``span``: when the activity can come."""

    catalog: Catalog
    asked: Asked
    activity: Activity
    span: Span

    def shared(self, vocabulary: str, wanted: tuple[str, ...], given: tuple[str, ...]) -> str:
        """The terms of both, by name."""
        terms = self.catalog.vocabulary(vocabulary)
        return "、".join(terms.name(id) for id in wanted if id in given)

    @property
    def region(self) -> str:
        """The name of the county's region."""
        places = self.catalog.known.places
        return places.name(places.region_of(self.asked.county))

    @property
    def noun(self) -> str:
        """What the society is called: 学会, 科协 or 单位."""
        level = self.catalog.societies[self.activity.society].level
        return "科协" if level.endswith("cast") else "单位" if level == "other" else "学会"


def reasons_for(pair: Pair, points: Mapping[str, int]) -> tuple[Reason, ...]:
    """A reason for each criterion that gave points, those that weigh most first."""
    told = [Reason(WORDS[key](pair, given), given, key) for key, given in points.items() if given]
    return tuple(sorted(told, key=lambda reason: -reason.points))


def visits_reason(visits: int, points: int) -> Reason:
    """The reason of fairness, for a need."""
    return Reason("县里只有一次结对" if visits else "还没有学会去过这个县", points, "fair")


def _field(pair: Pair, _: int) -> str:
    return f"领域一致：{pair.shared('fields', pair.asked.fields, pair.activity.fields)}"


def _audience(pair: Pair, _: int) -> str:
    groups = pair.shared("audiences", pair.asked.audiences, pair.activity.audiences)
    return f"服务对象一致：{groups}" if groups else "面向社会公众"


def _form(pair: Pair, _: int) -> str:
    return f"形式一致：{pair.shared('forms', pair.asked.forms, pair.activity.forms)}"


def _kind(pair: Pair, _: int) -> str:
    return f"类别一致：{pair.catalog.vocabulary('kinds').name(pair.activity.kind)}"


def _mode(pair: Pair, _: int) -> str:
    return (
        f"{pair.catalog.vocabulary('modes').name(pair.activity.mode)}，合要求" if pair.activity.mode else "线上线下都行"
    )


def _size(pair: Pair, _: int) -> str:
    size = pair.activity.capacity
    return f"一场能来{size.people}人，够用" if size else "规模够用"


def _near(pair: Pair, points: int) -> str:
    words = {NEAR["county"]: "就是本县的", NEAR["city"]: "同市", NEAR["region"]: "同省", NEAR["national"]: "全国性"}
    return words[points] + pair.noun


def _named(pair: Pair, points: int) -> str:
    return "点名能到本县" if points == NAMED["county"] else f"面向{pair.region}"


def _been(pair: Pair, points: int) -> str:
    return {BEEN["county"]: "曾到本县", BEEN["city"]: "曾到邻县"}.get(points, f"曾到{pair.region}")


def _load(pair: Pair, points: int) -> str:
    busy = LOAD.index(points)
    return f"{pair.noun}手上只有{busy}个结对" if busy else f"{pair.noun}手上没有别的结对"


def _fresh(_: Pair, points: int) -> str:
    return "近一年的材料" if points == FRESH[0] else "近两年的材料"


def _title(pair: Pair, _: int) -> str:
    return _alike(pair, pair.asked.title)


def _text(pair: Pair, _: int) -> str:
    return _alike(pair, pair.asked.text)


def _alike(pair: Pair, wanted: tuple[str, ...]) -> str:
    society = pair.catalog.societies[pair.activity.society]
    words = shared_words(wanted, words_of(pair.activity.title, pair.activity.summary, society.name))
    words.sort(key=len, reverse=True)
    return "都说到" + "、".join(f"“{word}”" for word in words[:MOST_WORDS])


def _time(pair: Pair, _: int) -> str:
    """9月可来, 9月至12月可来, 全年可来: the months that both admit."""
    asked, span = pair.asked.span, pair.span
    first, last = max(asked.first, span.first), min(asked.last, span.last)
    months = months_between(first, last) & span.months & asked.months
    if months == EVERY_MONTH:
        return "全年可来"
    runs: list[list[int]] = []
    for month in ((first.month - 1 + step) % 12 + 1 for step in range(12)):
        if months >> month - 1 & 1:
            if runs and runs[-1][-1] % 12 + 1 == month:
                runs[-1].append(month)
            else:
                runs.append([month])
    return "、".join(f"{run[0]}月" if len(run) == 1 else f"{run[0]}月至{run[-1]}月" for run in runs) + "可来"


WORDS: dict[str, Callable[[Pair, int], str]] = {
    "field": _field,
    "audience": _audience,
    "title": _title,
    "form": _form,
    "text": _text,
    "near": _near,
    "kind": _kind,
    "time": _time,
    "named": _named,
    "been": _been,
    "load": _load,
    "mode": _mode,
    "fresh": _fresh,
    "size": _size,
}
