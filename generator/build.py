"""The walk itself, one line a step: content, records, catalogue, pages, site."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from generator.load.exchange import read_needs, read_pairings
from generator.load.files import Found
from generator.load.known import Content, read_content, read_file
from generator.load.pictures import Unfit, published
from generator.load.records import FOLDER, find_activities, read_activities
from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.matching import Matching
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS, Stated, check_pairings
from generator.model.problem import LEVEL_WORDS, Place, Problem
from generator.model.rules import Keys, check_catalog
from generator.render import (
    activities,
    address,
    calls,
    exchange,
    home,
    lists,
    manual,
    regions,
    search,
    sitemap,
    societies,
)
from generator.render.desk import Desk
from generator.render.frame import Frame, fill_slots, tidy
from generator.render.output import OutputFile
from generator.render.partners import Partners
from generator.render.site import Settings, Site
from generator.render.templates import Templates
from generator.write import Refused, Written, write_site

CHECKOUT = Path(__file__).resolve().parents[1]
THEME = CHECKOUT / "theme"
FRAME = "frame.html"

Step = Callable[[str], AbstractContextManager[Any]]


def _silent(step: str) -> AbstractContextManager[Any]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Host:
    """What the host rendered: its settings, its pages (HTML) and its assets, by address."""

    settings: Settings
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Loaded:
    """All records without an error, and all that is wrong with the others."""

    content: Content
    activities: list[Activity]
    problems: list[Problem]
    needs: list[Need] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a record out."""
        return [problem for problem in self.problems if problem.level == "error"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``written`` is None where nothing was written."""

    records: int
    problems: list[Problem]
    written: Written | None = field(default=None)


def load(root: Path, step: Step = _silent) -> Loaded:
    """Read and check everything below ``root``: content first, then the activities, then the rules among all."""
    with step("读取词表、学会和通知"):
        content = read_content(root, CHECKOUT)
        problems = list(content.problems)
    with step("读取和检查活动"):
        files: list[Found] = []
        for found in find_activities(root):
            problems.append(found) if isinstance(found, Problem) else files.append(found)
        ids = {file.path.removeprefix(f"{FOLDER}/").removesuffix(".yml") for file in files}
        records: list[Activity] = []
        for activity, wrong in read_activities(files, content.known):
            problems.extend(wrong)
            if activity is not None:
                records.append(activity)
        problems.extend(check_catalog(records, ids, lambda id, keys: _place_in(root, f"{FOLDER}/{id}.yml", keys)))
    with step("读取和检查需求、结对"):
        needs = read_needs(root, content.known, problems)
        pairings = read_pairings(root, content.known, problems)
        by_id = {activity.id: activity for activity in records}
        stated = Stated(by_id, ids, needs.records, needs.ids, pairings.records, content.known)
        problems.extend(check_pairings(stated, lambda path, keys: _place_in(root, path, keys)))
    refused = {problem.path for problem in problems if problem.level == "error"}
    return Loaded(
        content,
        [activity for activity in records if f"{FOLDER}/{activity.id}.yml" not in refused],
        sorted(set(problems)),
        [need for need in needs.records.values() if f"{NEEDS}/{need.id}.yml" not in refused],
        [pairing for pairing in pairings.records.values() if f"{PAIRINGS}/{pairing.id}.yml" not in refused],
    )


def _place_in(root: Path, path: str, keys: Keys) -> Place:
    """Where a value of a file stands; a call that ``root`` took from the checkout is read there."""
    home = root if (root / path).exists() else CHECKOUT
    source, _ = read_file(Found(path, str(home / path)))
    return source.place(*keys) if source else Place(path)


def check(root: Path, paths: Sequence[Path] = ()) -> list[Problem]:
    """All problems below ``root``, or those of some files and folders; files from elsewhere are checked as drafts."""
    if not paths:
        return load(root).problems
    inside: list[str] = []
    problems: list[Problem] = []
    content: Content | None = None
    for path in paths:
        relative = _inside(root, path)
        if relative is not None:
            inside.append(relative)
            continue
        content = content or read_content(root, CHECKOUT)
        found = (
            [Found(path.as_posix(), str(path))]
            if path.is_symlink() or not path.is_dir()
            else find_activities(path.parent, path.name)
        )
        drafts: list[Found] = []
        for item in found:
            problems.append(item) if isinstance(item, Problem) else drafts.append(item)
        for _, wrong in read_activities(drafts, content.known):
            problems.extend(wrong)
    if inside:
        chosen = tuple(inside)
        problems += [
            problem
            for problem in load(root).problems
            if any(problem.path == at or problem.path.startswith(f"{at}/") or at == "." for at in chosen)
        ]
    return sorted(set(problems))


def _inside(root: Path, path: Path) -> str | None:
    try:
        relative = (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    except ValueError:
        return "." if path.resolve() == root.resolve() else None
    return relative if re.match(r"(?:activities|content)(?:/|$)", relative) else None


def build(
    root: Path, site: Path, today: date, host: Callable[[], Host], strict: bool = False, step: Step = _silent
) -> Built:
    """The whole walk. ``host`` gives the handwritten pages and the frame, and is asked last: it may be rendering meanwhile.

    A faulty record is left out; with ``strict`` nothing is written while there is one. Raises Refused when the site cannot be written.
    """
    gc.disable()  # records and pages hold no cycles; walking them again and again would cost more the more there are
    loaded = load(root, step)
    if strict and loaded.errors:
        return Built(len(loaded.activities), loaded.problems)
    with step("汇总"):
        catalog = catalog_of(loaded, today)
    with step("等待页面框架"):
        rendered = host()
    with step("生成卡片"):
        pages = open_site(catalog, rendered)
        gc.freeze()  # nor need the writers, which share this memory, ever look at them
        gc.enable()
    with step("生成和写入网页"):
        files = [*site_files(pages, rendered, loaded.problems), *picture_files(catalog, root)]
        count_pages(catalog, files)
        written = write_site(files, site)
    return Built(len(loaded.activities), loaded.problems, written)


def catalog_of(loaded: Loaded, today: date) -> Catalog:
    """The catalogue of one day."""
    content = loaded.content
    return Catalog.of(
        loaded.activities,
        content.societies,
        content.calls,
        content.known,
        content.notes,
        today,
        loaded.needs,
        loaded.pairings,
    )


def open_site(catalog: Catalog, host: Host) -> Site:
    """The site with its frame cut and its cards made."""
    templates = Templates(THEME)
    policy = "" if host.settings.serving else str(templates.render("parts/policy.html")).strip()
    fresh = Site(catalog, templates, Frame("", "", ""), host.settings).fresh()
    frame = Frame.cut(host.files[FRAME].decode(), policy, fresh)
    site = Site(catalog, templates, frame, host.settings)
    site.cards.extend(activities.cards(site, range(len(catalog.activities))))
    return site


def site_files(site: Site, host: Host, problems: Sequence[Problem]) -> Iterator[OutputFile]:
    """Every file of the site."""
    matching = Matching.of(site.catalog)
    files = [
        *host_files(site, host),
        *activities.files(site),
        *lists.files(site),
        *societies.files(site, Partners(site)),
        *regions.files(site, Desk(site, matching)),
        *exchange.files(site, matching),
        *calls.files(site),
        *search.files(site, _handwritten(host)),
        site.missing_page(),
        *(fault_pages(site, problems) if host.settings.serving else ()),
    ]
    yield from files
    yield from sitemap.files(site.settings.url, (file.path for file in files))


def host_files(site: Site, host: Host) -> Iterator[OutputFile]:
    """The host's pages with their slots filled, and its assets as they are."""
    policy = "" if host.settings.serving else str(site.templates.render("parts/policy.html")).strip()
    slots: dict[str, Callable[[], Markup]] = {
        "home": lambda: home.part(site),
        "fields": lambda: manual.fields_part(site.templates, site.catalog.known.vocabularies),
        "rules": lambda: manual.rules_part(site.templates),
        "weights": lambda: manual.weights_part(site.templates),
    }
    for path, data in host.files.items():
        if path in (FRAME, "404.html"):
            continue
        if not path.endswith(".html"):
            yield OutputFile.of(path, data)
            continue
        html = tidy(data.decode(), policy, site.fresh())
        filled = {name: str(part()) for name, part in slots.items() if f"<!-- catalog:{name} -->" in html}
        yield OutputFile.of(path, fill_slots(html, path, filled).encode())


def _handwritten(host: Host) -> dict[str, bytes]:
    return {
        path: data for path, data in host.files.items() if path.endswith(".html") and path not in (FRAME, "404.html")
    }


def picture_files(catalog: Catalog, root: Path) -> Iterator[OutputFile]:
    """The pictures of the activities, each painted anew by whichever process writes it."""
    for activity in catalog.activities:
        for number, picture in enumerate(activity.images, 1):
            source = root / FOLDER / activity.year / activity.society / picture.file
            yield OutputFile(address.picture(activity.id, number), partial(_published, source))


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
