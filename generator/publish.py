"""The catalogue and the host's pages in, every file of the site out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.load import canonical
from generator.load.pictures import Unfit, published
from generator.load.records import FOLDER
from generator.load.text import FORBIDDEN, WHY, decode
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.matching import Matching
from generator.model.memory import Event
from generator.model.problem import LEVEL_WORDS, Problem
from generator.render import (
    activities,
    address,
    calls,
    changes,
    data,
    exchange,
    figures,
    home,
    lists,
    manual,
    redirects,
    regions,
    sitemap,
    societies,
)
from generator.render.calendars import Calendars
from generator.render.contribute.page import form_part
from generator.render.desk import Desk
from generator.render.frame import Frame, fill_slots, slot, tidy
from generator.render.output import OutputFile
from generator.render.partners import Partners
from generator.render.site import Settings, Site
from generator.render.small import small
from generator.render.take import Take
from generator.render.templates import Templates
from generator.spool import spooled
from generator.write import Refused

THEME = Path(__file__).resolve().parents[1] / "theme"
FRAME = "frame.html"
FILES = {"patterns": {"forbidden": FORBIDDEN, **canonical.PATTERNS}, "why": WHY, "special": canonical.SPECIAL}
"""How records' files are read and written, for the web form."""

Step = Callable[[str], AbstractContextManager[Any]]
"""Tells that a step of the walk is at work."""


@dataclass(frozen=True, slots=True)
class Host:
    """What the host rendered: its settings, its pages (HTML) and its assets, by address."""

    settings: Settings
    files: dict[str, bytes]


class Scope(IntEnum):
    """How much of the site is made; each holds what the one before it holds."""

    PAGES = 1  # pages and lists: a quick look
    SERVED = 2  # what one wants to try while writing
    WHOLE = 3
    RELEASE = 4  # Word and PDF as well

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of official lists."""
        return {Scope.WHOLE: ("xlsx",), Scope.RELEASE: ("xlsx", "docx", "pdf")}.get(self, ())


def open_site(catalog: Catalog, host: Host, scope: Scope) -> Site:
    """The site with its frame cut and its cards made."""
    templates = Templates(THEME)
    templates.compile()
    policy = "" if host.settings.serving else str(templates.render("parts/policy.html")).strip()
    fresh = Site(catalog, templates, Frame("", "", ""), host.settings).fresh()
    frame = Frame.cut(host.files[FRAME].decode(), policy, fresh)
    site = Site(catalog, templates, frame, host.settings, whole=scope >= Scope.WHOLE, formats=scope.formats)
    site.cards.fill(activities.cards(site))
    return site


class Part(NamedTuple):
    """A part of the site: its name, the least scope that has it, its files; ``at_once``: each of them looks at every record."""

    name: str
    scope: Scope
    files: Callable[[], Iterable[OutputFile]]
    at_once: bool = False


def parts(site: Site, host: Host, problems: Sequence[Problem], root: Path) -> tuple[Part, ...]:
    """What the site consists of, one line a part."""
    matching = Matching.of(site.catalog)
    events = site.catalog.events()
    calendars = Calendars(site) if site.whole else None
    take = Take(site, calendars)
    return (
        Part("数据", Scope.WHOLE, lambda: data.files(site), at_once=True),
        Part("Excel", Scope.WHOLE, lambda: data.sheets(site)),
        Part("空白表", Scope.WHOLE, lambda: _blank_forms(site)),
        Part("Word 和 PDF", Scope.RELEASE, lambda: data.releases(site)),
        Part("手写页面", Scope.PAGES, lambda: host_files(site, host)),
        Part("活动", Scope.PAGES, lambda: activities.files(site)),
        Part("列表", Scope.PAGES, lambda: lists.files(site, take)),
        Part("学会", Scope.PAGES, lambda: societies.files(site, Partners(site), take)),
        Part("地区", Scope.PAGES, lambda: regions.files(site, Desk(site, matching), take)),
        Part("对接", Scope.PAGES, lambda: exchange.files(site, matching)),
        Part("通知", Scope.PAGES, lambda: calls.files(site)),
        Part("变更", Scope.PAGES, lambda: changes.files(site, events, changes.Titles(site))),
        Part("旧网址", Scope.PAGES, lambda: redirects.files(site)),
        Part("图片", Scope.PAGES, lambda: picture_files(site.catalog, root)),
        Part("错误", Scope.PAGES, lambda: fault_pages(site, problems) if host.settings.serving else ()),
        Part("预览", Scope.PAGES, lambda: () if site.whole else left_out(site)),
        Part("填报", Scope.SERVED, lambda: form_files(site, root)),
        Part("转发用的图", Scope.WHOLE, lambda: _share_pictures(site)),
        Part("统计", Scope.WHOLE, lambda: figures.files(site)),
        Part("检索", Scope.SERVED, lambda: _search_files(site, host), at_once=True),
        Part("日历", Scope.WHOLE, lambda: calendars.files() if calendars else ()),
        Part("订阅", Scope.WHOLE, lambda: _feed_files(site, events)),
    )


def site_files(chosen: Iterable[Part], site: Site, step: Step) -> list[OutputFile]:
    """Every file of some parts, listed; what is dear is made when it is written."""
    files = [site.missing_page()]
    for part in chosen:
        with step(f"准备{part.name}"):
            files += spooled(part.files()) if part.at_once else part.files()
    memory = site.catalog.memory
    days = {address.record(stem): day for stem in memory.history.steps if (day := memory.history.changed(stem))}
    moved = {address.record(one.old) for one in memory.redirects}
    return [*files, *sitemap.files(site.settings.url, (file.path for file in files if file.path not in moved), days)]


def host_files(site: Site, host: Host) -> Iterator[OutputFile]:
    """The host's pages with their slots filled, and its assets as they are."""
    policy = "" if host.settings.serving else str(site.templates.render("parts/policy.html")).strip()
    slots: dict[str, Callable[[], Markup]] = {
        "home": lambda: home.part(site),
        "form": lambda: form_part(site),
        "fields": lambda: manual.fields_part(site.templates, site.catalog.known.vocabularies),
        "rules": lambda: manual.rules_part(site.templates),
        "weights": lambda: manual.weights_part(site.templates),
    }
    for path, raw in host.files.items():
        if path in (FRAME, "404.html"):
            continue
        if not path.endswith(".html"):
            yield OutputFile.of(path, raw if host.settings.serving else small(path, raw))
            continue
        html = tidy(raw.decode(), policy, site.fresh())
        filled = {name: site.cards.put_in(part()) for name, part in slots.items() if slot(name) in html}
        yield OutputFile.of(path, fill_slots(html.encode(), path, filled))


def left_out(site: Site) -> Iterator[OutputFile]:
    """What stands, in a preview, where every page leads but a preview has nothing."""
    for path, name in ((address.DATA, "数据下载"), (address.STATISTICS, "统计")):
        yield site.page(path, "pages/left_out.html", name, (), dict)


# What a preview does without is loaded where it is asked for: python-docx, Pillow and the like take as long as a thousand pages.


def _blank_forms(site: Site) -> Iterable[OutputFile]:
    from generator.render import printed

    return printed.files(site)


def _share_pictures(site: Site) -> Iterable[OutputFile]:
    from generator.render import share

    return share.files(site)


def _search_files(site: Site, host: Host) -> Iterable[OutputFile]:
    from generator.render import search

    return search.files(site, _handwritten(host))


def _feed_files(site: Site, events: Sequence[Event]) -> Iterable[OutputFile]:
    from generator.render.feeds import Feeds

    return Feeds(site, events).files()


def _handwritten(host: Host) -> dict[str, bytes]:
    return {path: raw for path, raw in host.files.items() if path.endswith(".html") and path not in (FRAME, "404.html")}


def picture_files(catalog: Catalog, root: Path) -> Iterator[OutputFile]:
    """The pictures of the activities, each painted anew by whichever process writes it."""
    for activity in catalog.activities:
        for number, picture in enumerate(activity.images, 1):
            source = root / FOLDER / activity.year / activity.society / picture.file
            yield OutputFile(address.picture(activity.id, number), partial(_published, source))


def form_files(site: Site, root: Path) -> Iterator[OutputFile]:
    """What the web form's scripts load; the text of a record is what stands in its file."""

    def text_of(activity: Activity) -> str:
        path = f"{FOLDER}/{activity.id}.yml"
        return decode((root / path).read_bytes(), path)[0] or ""

    from generator.render.contribute import files as contribute

    yield from contribute.files(site, FILES, text_of)


def _published(source: Path) -> bytes:
    try:
        return published(source.read_bytes())[0]
    except (OSError, Unfit) as error:  # it was fit when it was checked, a moment ago
        raise Refused(f"图片 {source.name} 刚才变了，请再来一次；原来的网站没有动") from error


def fault_pages(site: Site, problems: Sequence[Problem]) -> Iterator[OutputFile]:
    """While serving: all faults on one page, and each faulty record's at its own address."""
    yield _fault_page(site, address.FAULTS, problems)
    shown = {activity.id for activity in site.catalog.activities}
    for path in sorted({problem.path for problem in problems if problem.path.startswith(f"{FOLDER}/")}):
        id = path.removeprefix(f"{FOLDER}/").removesuffix(".yml")
        if id not in shown and re.fullmatch(r"[\w/-]+", id, re.ASCII):
            yield _fault_page(site, address.activity(id), [problem for problem in problems if problem.path == path])


def _fault_page(site: Site, path: str, problems: Sequence[Problem]) -> OutputFile:
    shown = [
        {
            "place": problem.path,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "level": LEVEL_WORDS[problem.level],
            "message": problem.message,
            "cure": problem.cure,
        }
        for problem in problems
    ]
    return site.page(path, "pages/faults.html", "要改的地方", (), lambda: {"faults": shown})


def count_pages(catalog: Catalog, files: Iterable[OutputFile]) -> None:
    """Every record has its page; a host that loses pages in silence must not go unnoticed. Raises Refused."""
    paths = {file.path for file in files}
    wanted = [address.activity(one.id) for one in catalog.activities]
    wanted += [*map(address.need, catalog.exchange.needs), *map(address.pairing, catalog.exchange.pairings)]
    lost = [path for path in wanted if path not in paths]
    if lost:
        raise Refused(f"有{len(lost)}条记录没有网页，例如 {lost[0]}")
