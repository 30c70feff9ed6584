"""Cards of one list in, pages of thirty with a pager out: the newest first, for lists whose order is not by age."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from generator.render.output import OutputFile
from generator.render.site import Crumb, Json, Site

PER_PAGE = 30
_AROUND = 2  # numbers shown on each side of the current one
Item = TypeVar("Item")


def numbered(
    site: Site,
    folder: str,
    template: str,
    name: str,
    crumbs: tuple[Crumb, ...],
    items: Sequence[Item],
    context: Callable[[Sequence[Item], bool], dict[str, Any]],
    description: str = "",
) -> Iterator[OutputFile]:
    """``folder``/index.html, 2.html and so on. ``context``: of a page's items, and whether it is the first page."""
    last = max(1, -(-len(items) // PER_PAGE))
    for number in range(1, last + 1):
        first = number == 1
        yield site.page(
            _href(folder, number),
            template,
            name if first else f"{name}（第{number}页）",
            crumbs if first else (*crumbs, (name, _href(folder, 1))),
            _filled(context, items[(number - 1) * PER_PAGE : number * PER_PAGE], first, _pager(folder, number, last)),
            description or name,
        )


def _filled(
    context: Callable[[Sequence[Item], bool], dict[str, Any]], items: Sequence[Item], first: bool, pager: Json | None
) -> Callable[[], dict[str, Any]]:
    return lambda: {**context(items, first), "pager": pager}


def _href(folder: str, number: int) -> str:
    return f"{folder}index.html" if number == 1 else f"{folder}{number}.html"


def _pager(folder: str, number: int, last: int) -> Json | None:
    if last == 1:
        return None
    shown = sorted({1, last, *range(max(1, number - _AROUND), min(last, number + _AROUND) + 1)})
    numbers: list[Json | None] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            numbers.append(None)
        numbers.append({"number": page, "href": _href(folder, page), "current": page == number})
    return {
        "numbers": numbers,
        "newer": _href(folder, number - 1) if number > 1 else None,
        "older": _href(folder, number + 1) if number < last else None,
    }
