"""What every page needs: the catalogue, the templates, the frame and the site's own settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from generator.model.catalog import Catalog, Standing
from generator.render import address, words
from generator.render.cards import Cards
from generator.render.frame import Frame
from generator.render.official import OfficialLists
from generator.render.output import OutputFile
from generator.render.qr import qr_code
from generator.render.templates import ROOT, Templates

Json = dict[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Crumb = tuple[str, str]  # name, address


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``mkdocs.yml`` says. ``url``: the public address with its last slash, or empty; ``serving``: for writers, without the policy."""

    name: str
    description: str
    url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    serving: bool = False


@dataclass(slots=True)
class Site:
    """Renders pages. ``cards`` holds every activity's card, made once; ``whole``: with feeds and calendars, which previews do without;
    ``formats``: those that official lists are made in, by ending.
    """

    catalog: Catalog
    templates: Templates
    frame: Frame
    settings: Settings
    cards: Cards = field(default_factory=Cards)
    whole: bool = True
    formats: tuple[str, ...] = ("xlsx",)
    official: OfficialLists = field(init=False, repr=False)
    _links: dict[str, Markup] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.official = OfficialLists(self.catalog, self.settings.extra.get("operator", ""), self.settings.url)

    def page(
        self,
        path: str,
        template: str,
        heading: str,
        crumbs: Iterable[Crumb],
        context: Callable[[], Mapping[str, Any]],
        description: str = "",
        schema: Callable[[], list[Json]] | None = None,
        root: str | None = None,
        feeds: str | None = None,
        moved: str | None = None,
        field: str = "",
    ) -> OutputFile:
        """A page to be made when it is asked for. ``crumbs``: the way to it, without the page itself.

        ``feeds``: the folder of its feed and calendar. ``moved``: the address that has taken its place, empty where nothing has.
        ``field``: whose picture it is shared with.
        """
        trail = (("首页", address.HOME), *crumbs)

        def make() -> bytes:
            main = self.templates.text(template, heading=heading, crumbs=trail, **context())
            things = schema() if schema else []
            head = self.head(path, heading, description, trail, things, feeds if self.whole else None, moved, field)
            foot = self.foot(path) if root is None else ""
            return self.frame.page(path, head, self.cards.put_in(main + foot), root)

        return OutputFile(path, make)

    def head(
        self,
        path: str,
        heading: str,
        description: str,
        trail: Sequence[Crumb],
        things: list[Json],
        feeds: str | None = None,
        moved: str | None = None,
        field: str = "",
    ) -> str:
        """Title, description, social metadata and JSON-LD of a page."""
        url = self.address(moved or path)
        if url:
            steps = [*trail, (heading, path)]
            items = [
                {"@type": "ListItem", "position": number, "name": name, "item": self.address(step)}
                for number, (name, step) in enumerate(steps, start=1)
            ]
            things = [*things, {"@type": "BreadcrumbList", "itemListElement": items}]
        return self.templates.text(
            "parts/head.html",
            title=f"{heading}－{self.settings.name}",
            heading=heading,
            description=words.cut(description, 80) or self.settings.description,
            site_name=self.settings.name,
            url=url,
            feeds=feeds,
            moved=moved,
            image=self.address(address.share(field)),
            schema=_json_ld(things),
        )

    def foot(self, path: str) -> str:
        """The page's address and its QR code, for print and 转发; empty where the site does not know its own address."""
        url = self.address(path)
        return self.templates.text("parts/foot.html", address=url, code=qr_code(url, "本页的二维码")) if url else ""

    def address(self, path: str) -> str:
        """The public address of a page, or nothing where the site does not know its own."""
        return self.settings.url + quote(path.removesuffix("index.html")) if self.settings.url else ""

    def edit_url(self, id: str) -> str:
        """Where a record is changed: at the forge, or in our own form."""
        template = self.settings.extra.get("edit_url", "")
        return _filled(template, f"activities/{id}.yml", "") if template else f"{ROOT}{address.form('edit', id)}"

    def problem_url(self, id: str, title: str) -> str:
        """Where a problem with a record is reported."""
        template = self.settings.extra.get("problem_url", "")
        return _filled(template, f"activities/{id}.yml", title) if template else f"{ROOT}{address.ABOUT}#problems"

    def link(self, text: str, href: str) -> Markup:
        """A link to a page of the site. The same few thousand are wanted again and again."""
        made = self._links.get(href)
        if made is None:
            made = self._links[href] = self.templates.render("parts/link.html", text=text, href=href).strip()
        return made

    def pasted(self, positions: Iterable[int]) -> Markup:
        """The cards of some activities, one after the other; empty where there are none."""
        return self.cards.named(positions)

    def shown(self, positions: Iterable[int], standing: Standing, most: int | None = None) -> Markup:
        """Cards of one standing, newest first."""
        return self.pasted(self.catalog.of_standing(positions, standing)[:most])

    def missing_page(self) -> OutputFile:
        """The page for addresses that do not exist. It is shown at any depth, so its links start at the site's own path where that is known."""
        root = urlsplit(self.settings.url).path if self.settings.url else None
        return self.page("404.html", "pages/missing.html", "没有这一页", (), dict, root=root)

    def fresh(self) -> str:
        """The day of the data."""
        return f"数据截至{words.chinese_day(self.catalog.today)}"


def _filled(template: str, path: str, title: str) -> str:
    return template.replace("{path}", quote(path)).replace("{title}", quote(title))


def _json_ld(things: list[Json]) -> Markup:
    """JSON that no text can break out of: ``<``, ``>`` and ``&`` are written as escapes."""
    if not things:
        return Markup("")
    text = _JSON.encode({"@context": "https://schema.org", "@graph": things})
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - escaped just now
