"""What moved or went in, a page at each old address out: an address once published keeps working."""

from __future__ import annotations

from collections.abc import Iterator

from generator.render import address
from generator.render.output import OutputFile
from generator.render.site import Site


def files(site: Site) -> Iterator[OutputFile]:
    """One page a redirect: it leads on by itself to a page of ours that is there, or says why nothing is here any more."""
    catalog = site.catalog
    shown = {f"activities/{one.id}": one.title for one in catalog.activities}
    shown |= {f"needs/{id}": need.title for id, need in catalog.exchange.needs.items()}
    shown |= {f"pairings/{id}": "结对记录" for id in catalog.exchange.pairings}
    taken: set[str] = set()
    for one in catalog.memory.redirects:
        if one.old in shown or one.old in taken:
            continue  # told as a fault; the record itself stays reachable
        taken.add(one.old)
        new = address.record(one.new) if one.new in shown else ""
        yield _page(site, one.old, new, shown.get(one.new, ""), one.gone)


def _page(site: Site, old: str, new: str, title: str, gone: str) -> OutputFile:
    return site.page(
        address.record(old),
        "pages/moved.html",
        "已换网址" if new else "已撤下",
        (("活动", address.ALL),),
        lambda: {"new": new, "title": title, "gone": gone},
        moved=new,
    )
