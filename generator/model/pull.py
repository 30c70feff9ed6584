"""The changed files of a pull request in, what they touch and everything that is wrong with that out."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model import pull_faults
from generator.model.parts import PICTURE_ENDINGS
from generator.model.problem import Place, Problem
from generator.model.reader import Known

SYMLINK, SUBMODULE = "120000", "160000"
MOST_PATH = 200  # characters: Windows stops at 260, a clone lies in a folder of its own
MOST_NAME = 255  # bytes

_SORTS = {SYMLINK: "符号链接", SUBMODULE: "子模块"}
_NAME = r"[^/.][^/]*"  # whether it is a good one the reader of records says; hidden files it passes over
_PICTURE = "|".join(map(re.escape, PICTURE_ENDINGS))
_HOMES = (
    re.compile(rf"activities/{_NAME}/({_NAME})/{_NAME}(?:\.ya?ml|(?i:{_PICTURE}))"),
    re.compile(rf"content/(?:needs|pairings)/{_NAME}/({_NAME})/{_NAME}\.ya?ml"),
)
_FOLDERS = ("activities/", "content/needs/", "content/pairings/")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_BAD = re.compile(r'[\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a pull request adds, changes or deletes. ``mode``: git's, of the new file; ``000000`` where it is gone."""

    path: str
    mode: str = "100644"
    status: str = "M"

    @property
    def deleted(self) -> bool:
        """Whether the file is gone."""
        return self.status == "D"


def home(path: str) -> str | None:
    """Whose record a path holds: the id of a society, or the code of a county, as written; None for any other file."""
    for pattern in _HOMES:
        match = pattern.fullmatch(path)
        if match:
            return match[1]
    return None


def check_pull(
    changes: Sequence[Change], tree: Iterable[str], known: Known, *, approved: bool = False
) -> list[Problem]:
    """What a pull request may not do. ``tree``: every path once it is merged. ``approved``: an owner has agreed to what needs one."""
    theirs = list(_beyond(changes, known))
    if approved:
        theirs = [replace(problem, level="warning") for problem in theirs]
    return sorted({*theirs, *_names(changes), *_clashes(changes, tree)})


def _beyond(changes: Sequence[Change], known: Known) -> Iterator[Problem]:
    """What lies outside the records, or belongs to somebody else than the first one."""
    homes: dict[str, str] = {}
    for change in changes:
        owner = home(change.path)
        if owner is None:
            beside = change.path.startswith(_FOLDERS)
            yield pull_faults.needs_owner(Place(change.path), change.path, beside=beside)
        else:
            homes.setdefault(owner, change.path)
    if len(homes) > 1:
        mine, *others = homes
        names = [_name(other, known) for other in others]
        yield pull_faults.several_owners(Place(homes[others[0]]), _name(mine, known), names)


def _name(owner: str, known: Known) -> str:
    """A society or county as people say it, with its id where it is not known yet."""
    if owner in known.places.counties:
        return known.places.name(owner)
    return known.society_names.get(owner, owner)


def _names(changes: Iterable[Change]) -> Iterator[Problem]:
    """Links, submodules, and names that not every computer can hold; a deleted file may be called anything."""
    for change in changes:
        if change.deleted:
            continue
        place = Place(change.path)
        if change.mode in _SORTS:
            yield pull_faults.special_file(place, _SORTS[change.mode])
        reason = _unfit(change.path)
        if reason:
            yield pull_faults.unfit_name(place, reason)


def _unfit(path: str) -> str | None:
    if len(path) > MOST_PATH:
        return f"连文件夹一共有{len(path)}个字，最多{MOST_PATH}个"
    reasons = (reason for name in path.split("/") for reason, unfit in _UNFIT if unfit(name))
    return next(reasons, None)


def _strange(name: str) -> bool:
    return bool(_BAD.search(name)) or any(unicodedata.category(one)[0] in "CZ" and one != " " for one in name)


_UNFIT: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("太长", lambda name: len(name.encode("utf-8", "replace")) > MOST_NAME),
    ("是空的，或者只有点", lambda name: not name.strip(".")),
    ("以点或空格结尾", lambda name: name[-1] in " ."),
    ("是 Windows 留作他用的", _RESERVED.fullmatch),
    ("里有不能用的字符", _strange),
)


def _clashes(changes: Iterable[Change], tree: Iterable[str]) -> Iterator[Problem]:
    """Paths, folders included, that differ only in case, width or composition from others of the tree."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for path in dict.fromkeys(part for whole in tree for part in _parts(whole)):
        spellings[_folded(path)].add(path)
    for change in changes:
        if change.deleted:
            continue
        for path in _parts(change.path):
            others = spellings[_folded(path)] - {path}
            if others:
                yield pull_faults.clashing_name(Place(change.path), min(others))
                break


def _parts(path: str) -> Iterator[str]:
    """A path and every folder above it, the highest first."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)
    yield path


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())
