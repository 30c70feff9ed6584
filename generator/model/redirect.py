"""The record of an address that no longer holds what it held (搬动或撤下): the class is the table of its fields; and its rules.

A rule takes all redirects and what is there, and yields (number of the redirect or path of a file, key, message, cure).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from generator.model.activity import SLUG, SOCIETY, YEAR
from generator.model.field import described, record
from generator.model.history import file_of
from generator.model.problem import Place, Problem, shown
from generator.model.rules import Rule, rules_of
from generator.model.values import Line, Pattern
from generator.model.vocabulary import nearest

REDIRECTS = "content/redirects.yml"
STEM = rf"(?:activities/(?:{YEAR})/{SOCIETY}|(?:needs|pairings)/(?:19|20)\d\d/\d{{6}})/{SLUG}"
_WHAT = "网址里网站名后面、.html 前面的部分，如“activities/2026/C-01/new-name”"


@record
class Redirect:
    """One address that was published and has moved or gone."""

    old: str = described(
        "原编号",
        Pattern(STEM, _WHAT),
        "always",
        "原来的网址，不带 .html。",
        "activities/2025/C-01/old-name",
        default="",
    )
    new: str = described(
        "现编号", Pattern(STEM, _WHAT), help="搬到了哪里。", example="activities/2026/C-01/new-name", default=""
    )
    gone: str = described(
        "撤下原因", Line(2, 120), help="撤下了，一句话说明。", example="应主办单位要求撤下", default=""
    )


@dataclass(frozen=True, slots=True)
class Addresses:
    """``redirects`` in the order of their file; ``present``: stems of all files; ``missing``: published ones that no file holds."""

    redirects: Sequence[Redirect]
    present: AbstractSet[str]
    missing: AbstractSet[str]

    @property
    def target(self) -> Mapping[str, str]:
        """Where each old address leads; empty where the record is gone."""
        return {one.old: one.new for one in self.redirects}


Finding = tuple[int | str, str, str, str]


def lost_address(stated: Addresses) -> Iterator[Finding]:
    """发布过的网址没有了

    发布过的记录被删除、改名或移动，别人收藏的网址就打不开了。要在 content/redirects.yml 里写明搬到了哪里，或者为什么撤下。
    例：把 activities/2025/C-01/old-name.yml 改名，却没有登记
    改：在 content/redirects.yml 里加一条 old 和 new；撤下的，写 old 和 gone。
    """
    known = {one.old for one in stated.redirects}
    for stem in sorted(stated.missing - known):
        yield (
            file_of(stem),
            "",
            f"发布过的记录“{stem}”不在了",
            f"请放回原处；搬动的，在 {REDIRECTS} 里加一条 old 和 new；撤下的，写 old 和 gone（原因）。",
        )


def redirect_without_target(stated: Addresses) -> Iterator[Finding]:
    """没有写明去向

    每一条要么写搬到了哪里（new），要么写撤下的原因（gone），只写一样。
    例：{old: activities/2025/C-01/old-name}
    改：{old: activities/2025/C-01/old-name, new: activities/2026/C-01/new-name}
    """
    for number, one in enumerate(stated.redirects):
        if bool(one.new) == bool(one.gone):
            found = "又写了搬到哪里，又写了撤下" if one.new else "没有写搬到了哪里，也没有写为什么撤下"
            yield number, "old", f"“{one.old}”{found}", "请写 new 或者 gone，只写一样。"


def redirect_from_record(stated: Addresses) -> Iterator[Finding]:
    """原来的网址上还有记录

    例：old 写的是一条还在的记录
    改：记录还在，就删去这一条；搬动的，把旧文件删去。
    """
    for number, one in enumerate(stated.redirects):
        if one.old in stated.present:
            yield number, "old", f"“{one.old}”还在，不能转到别处", "请删去这一条，或者删去旧文件。"


def redirect_repeated(stated: Addresses) -> Iterator[Finding]:
    """同一个网址写了两条

    例：两条的 old 都是 activities/2025/C-01/old-name
    改：只留一条。
    """
    seen: set[str] = set()
    for number, one in enumerate(stated.redirects):
        if one.old in seen:
            yield number, "old", f"“{one.old}”写了两条", "请只留一条。"
        seen.add(one.old)


def redirect_loop(stated: Addresses) -> Iterator[Finding]:
    """转来转去转回原处

    例：甲转到乙，乙又转到甲
    改：写现在真正所在的编号。
    """
    for number, one in enumerate(stated.redirects):
        if one.new and _end(one.old, stated.target) is None:
            yield number, "new", f"从“{one.old}”转来转去，又转回了原处", "请写现在真正所在的编号。"


def redirect_chain(stated: Addresses) -> Iterator[Finding]:
    """要转两次

    例：甲转到乙，乙又转到丙
    改：甲直接写丙。
    """
    for number, one in enumerate(stated.redirects):
        end = _end(one.old, stated.target)
        if one.new in stated.target and end is not None:
            cure = f"请直接写“{end}”。" if end else "那里也已经撤下，请改写 gone（原因）。"
            yield number, "new", f"“{one.new}”自己也搬走或撤下了", cure


def redirect_to_nothing(stated: Addresses) -> Iterator[Finding]:
    """转到的记录不存在

    例：new: activities/2026/C-01/no-such-activity
    改：写现在真正所在的编号。
    """
    for number, one in enumerate(stated.redirects):
        if one.new and one.new not in stated.present and one.new not in stated.target:
            near = nearest(one.new, sorted(stated.present))
            cure = f"您是不是想写“{near}”？" if near else "请写现在真正所在的编号。"
            yield number, "new", f"转到的“{shown(one.new)}”不存在", cure


def _end(stem: str, target: Mapping[str, str]) -> str | None:
    """Where one ends up from an old address; empty: at something gone; None: nowhere, it is a loop."""
    passed: set[str] = set()
    while stem in target:
        if stem in passed:
            return None
        passed.add(stem)
        stem = target[stem]
    return stem


REDIRECT_RULES: tuple[Rule, ...] = rules_of(
    "error",
    lost_address,
    redirect_without_target,
    redirect_from_record,
    redirect_repeated,
    redirect_loop,
    redirect_chain,
    redirect_to_nothing,
)


def check_redirects(stated: Addresses, place: Callable[[int, str], Place]) -> Iterator[Problem]:
    """All rules of redirects. ``place``: where a key of a redirect stands, by its number."""
    for rule in REDIRECT_RULES:
        for at, key, message, cure in rule.find(stated):
            where = Place(at) if isinstance(at, str) else place(at, key)
            yield Problem(*where, rule.code, rule.level, message, cure)
