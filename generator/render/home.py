"""The home page's slot: search box, ways in, tile grid, what goes on now and what is new."""

from __future__ import annotations

from markupsafe import Markup

from generator.render import address, words
from generator.render.regions import tiles
from generator.render.site import Site

MOST = 6
EXAMPLES = (("果树修剪", "果树"), ("老年人义诊", "义诊"), ("乡村学校科学课", "科学课"))
DOORS = (
    ("我在县里，想请活动来", "选本县，看哪些活动能来、怎么联系", address.REGIONS),
    ("我是学会，要报活动", "看申报指南，照例子填一份", address.CONTRIBUTE),
    ("我在省科协，要汇总", "看本省学会报了什么，省里还缺什么", address.SOCIETIES),
    ("我在农技中心，要发布清单", "看通知和申报情况，核对全部活动", address.CALLS),
    ("我想看看附近有什么", "按对象、领域、月份随便看看", address.ALL),
)


def part(site: Site) -> Markup:
    """The filled slot."""
    catalog = site.catalog
    newest = range(len(catalog.activities) - 1, -1, -1)
    ongoing = [at for at in newest if catalog.states[at].id == "ongoing"][:MOST]
    current = [at for at in newest if catalog.standings[at] != "past"]
    covered = sum(1 for id in catalog.known.places.regions if catalog.chosen("regions", id))
    return site.templates.render(
        "parts/home.html",
        intro=Markup(""),
        examples=[{"text": text, "href": f"{address.ALL}?q={query}"} for text, query in EXAMPLES],
        doors=[{"title": title, "text": text, "href": href} for title, text, href in DOORS],
        **tiles(catalog),
        ongoing=site.pasted(ongoing),
        newest=site.pasted(newest[:MOST]),
        numbers=[
            {"value": len(newest), "label": "项活动", "href": address.ALL},
            {"value": len(current), "label": "项可以邀请或仍在开展", "href": address.ALL},
            {"value": len(catalog.groups["society"]), "label": "个学会、科协", "href": address.SOCIETIES},
            {"value": covered, "label": "个省级地区有专门的活动", "href": address.REGIONS},
        ],
        fresh={"day": words.chinese_day(catalog.today), "count": len(newest)},
    )
