"""The one table of weights: what speaks for an activity, at most how many points, and why as many.

All points are whole numbers, so that the reasons shown add up to the score exactly.
"""

from __future__ import annotations

from typing import NamedTuple


class Weight(NamedTuple):
    """One line: ``most`` points; ``why`` it weighs as it does, in words for the page that explains the ranking."""

    label: str
    most: int
    why: str


WEIGHTS: dict[str, Weight] = {
    "field": Weight("领域", 30, "领域不对，专家再好也解决不了问题，所以分量最重；需求里写在最前面的领域占三分之二。"),
    "audience": Weight("服务对象", 20, "讲给谁听决定怎么讲；面向社会公众的活动谁都能听，记一小半。"),
    "title": Weight(
        "名称相近",
        16,
        "需求名称里的词（苹果、冬剪）最能说明要什么；每对上两个字记4分，“茶”“枣”这样一个字就是一样东西的也算；活动名称、简介和学会名称里有就算。",
    ),
    "form": Weight("活动形式", 12, "想要田间指导的，发资料代替不了；形式可以商量，所以比领域和对象轻。"),
    "text": Weight(
        "说明相近",
        12,
        "需求说明和活动的名称、简介、学会名称说的是不是一回事；按需求里的词有多少对得上来算，不看别的活动。",
    ),
    "near": Weight("离得近", 10, "同县、同市、同省的学会来得方便、来得勤；全国学会面向各省，记4分。"),
    "kind": Weight("服务类别", 8, "五类服务差别明显，但许多需求没有写类别。"),
    "time": Weight("时间合适", 8, "写明这个月能来的，比“农闲时节”这样要再商量的有把握。"),
    "named": Weight("点名能来", 8, "点名能来本县的最有把握，面向全省的其次。"),
    "been": Weight("来过附近", 6, "学会来过本县、邻县（同市），熟悉情况，县里也打听得到。"),
    "load": Weight("还有余力", 6, "学会手上的结对越少，越来得了，也让机会分得匀一些。"),
    "mode": Weight("线上线下", 5, "要到现场的，线上代替不了全部；可以商量。"),
    "fresh": Weight("材料新", 4, "一年内报送的材料更可靠，两年内的其次。"),
    "size": Weight("规模够", 3, "一场能来的人数够不够；不够可以多办一场，所以分量最轻。"),
}

SOFT = sum(weight.most for weight in WEIGHTS.values())
"""The most that everything above can add up to."""

FAIR = SOFT + 2
"""For ordering needs: a county nobody came to gets so much that no fit of a third visit elsewhere can outweigh it; one visit, half."""

FIRST_FIELD = 20  # of the field's points, for the need's first field, where it names several
ANY_AUDIENCE = 14  # of the audience's points, for any group shared; the rest by share
PUBLIC_AUDIENCE = 8  # for an activity for the general public
ANY_FORM = 8  # of the form's points, for any form shared; the rest by share
TITLE_PAIR = 4  # a pair of characters of the need's title
TEXT_ENOUGH = 3  # a third of the pairs of the need's words is as alike as two descriptions get
NEAR = {"county": 10, "city": 9, "region": 8, "national": 4}
NAMED = {"county": 8, "region": 4}
BEEN = {"county": 6, "city": 4, "region": 2}
LOAD = (6, 4, 2)  # with no, one, two pairings under way
FRESH = (4, 2)  # filed within a year, two years
