"""The walk itself, one line a step: content, records, catalogue, pages, site."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.load.exchange import read_needs, read_pairings
from generator.load.files import Found
from generator.load.history import read_history, were_published
from generator.load.known import Content, read_content, read_file
from generator.load.records import FOLDER, find_activities, read_activities
from generator.load.redirects import read_redirects
from generator.load.versions import with_fields
from generator.model.activity import Activity
from generator.model.history import stem_in
from generator.model.memory import Memory
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS, Stated, check_pairings
from generator.model.problem import Place, Problem
from generator.model.redirect import Addresses, check_redirects
from generator.model.rules import Keys, check_catalog

if TYPE_CHECKING:  # what makes pages is loaded when pages are made: ``catalog check`` does without
    from generator.model.catalog import Catalog
    from generator.publish import Host, Scope, Step
    from generator.write import Written

CHECKOUT = Path(__file__).resolve().parents[1]


def _silent(step: str) -> AbstractContextManager[Any]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Loaded:
    """All records without an error, and all that is wrong with the others."""

    content: Content
    activities: list[Activity]
    problems: list[Problem]
    needs: list[Need] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)

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


def load(root: Path, step: Step = _silent, published: AbstractSet[str] = frozenset()) -> Loaded:
    """Read and check everything below ``root``: content first, then the activities, then the rules among all.

    ``published``: stems of records that are known to have been published, beside those that version control remembers.
    """
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
    with step("读取版本记录"):
        present = {
            stem_in(folder, id)
            for folder, some in ((FOLDER, ids), (NEEDS, needs.ids), (PAIRINGS, pairings.ids))
            for id in some
        }
        memory = _remember(root, present, published, content, problems)
    refused = {problem.path for problem in problems if problem.level == "error"}
    return Loaded(
        content,
        [activity for activity in records if f"{FOLDER}/{activity.id}.yml" not in refused],
        sorted(set(problems)),
        [need for need in needs.records.values() if f"{NEEDS}/{need.id}.yml" not in refused],
        [pairing for pairing in pairings.records.values() if f"{PAIRINGS}/{pairing.id}.yml" not in refused],
        memory,
    )


def _remember(
    root: Path, present: set[str], published: AbstractSet[str], content: Content, problems: list[Problem]
) -> Memory:
    """History and redirects; a record that was published and is at none of the addresses of files or redirects is a fault."""
    moves = read_redirects(root, content.known, problems)
    history = read_history(root)
    lost = were_published(root, history.seen - present - {one.old for one in moves.redirects})
    addresses = Addresses(moves.redirects, present, lost | (published - present))
    problems.extend(check_redirects(addresses, moves.place))
    return Memory(history, moves.redirects)


def _place_in(root: Path, path: str, keys: Keys) -> Place:
    """Where a value of a file stands; a call that ``root`` took from the checkout is read there."""
    home = root if (root / path).exists() else CHECKOUT
    source, _ = read_file(Found(path, str(home / path)))
    return source.place(*keys) if source else Place(path)


def check(root: Path, paths: Sequence[Path] = (), published: AbstractSet[str] = frozenset()) -> list[Problem]:
    """All problems below ``root``, or those of some files and folders; files from elsewhere are checked as drafts."""
    if not paths:
        return load(root, published=published).problems
    inside: list[str] = []
    problems: list[Problem] = []
    content: Content | None = None
    for path in paths:
        relative = within(root, path)
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
            for problem in load(root, published=published).problems
            if any(problem.path == at or problem.path.startswith(f"{at}/") or at == "." for at in chosen)
        ]
    return sorted(set(problems))


def within(root: Path, path: Path) -> str | None:
    """A path below ``activities/`` or ``content/`` as it is reported; ``.`` for the root itself, None for one elsewhere."""
    try:
        relative = (path.parent.resolve() / path.name).relative_to(root.resolve()).as_posix()
    except ValueError:
        return "." if path.resolve() == root.resolve() else None
    return relative if re.match(r"(?:activities|content)(?:/|$)", relative) else None


def build(
    root: Path,
    site: Path,
    today: date,
    host: Callable[[], Host],
    strict: bool = False,
    step: Step = _silent,
    scope: Scope | None = None,
) -> Built:
    """The whole walk. ``host`` gives the handwritten pages and the frame, and is asked last: it may be rendering meanwhile.
    Without a ``scope`` the whole site is made, save what only a release has.

    A faulty record is left out; with ``strict`` nothing is written while there is one. Raises Refused when the site cannot be written.
    """
    gc.disable()  # records and pages hold no cycles; walking them again and again would cost more the more there are
    try:
        from generator.publish import Scope

        return _build(root, site, today, host, strict, step, Scope.WHOLE if scope is None else scope)
    finally:
        gc.enable()


def _build(
    root: Path, site: Path, today: date, host: Callable[[], Host], strict: bool, step: Step, scope: Scope
) -> Built:
    from generator.offline import pack
    from generator.publish import Scope, count_pages, open_site, parts, site_files
    from generator.published import published_stems
    from generator.write import write_site

    before = published_stems(str(site)) if strict and site.is_dir() else set()  # what is online must not get lost
    loaded = load(root, step, before)
    if strict and loaded.errors:
        return Built(len(loaded.activities), loaded.problems)
    with step("汇总"):
        memory = replace(loaded.memory, history=with_fields(loaded.memory.history, root, loaded.content.known))
        loaded = replace(loaded, memory=memory)
        catalog = catalog_of(loaded, today)
    with step("等待页面框架"):
        rendered = host()
    with step("生成卡片"):
        pages = open_site(catalog, rendered, scope)
    chosen = [part for part in parts(pages, rendered, loaded.problems, root) if part.scope <= scope]
    files = site_files(chosen, pages, step)
    with step("生成和写入网页"):
        count_pages(catalog, files)
        written = write_site(files, site, partial(pack, pages) if scope >= Scope.RELEASE else None)
    return Built(len(loaded.activities), loaded.problems, written)


def catalog_of(loaded: Loaded, today: date) -> Catalog:
    """The catalogue of one day."""
    from generator.model.catalog import Catalog

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
        loaded.memory,
    )
