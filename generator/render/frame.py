"""The host's frame page in, pieces out: a record's page is frame + markup, cut once and joined many times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.render.address import root_from
from generator.render.templates import ROOT

POLICY_MARK = "<!-- catalog:policy -->"
FRESH_MARK = "<!-- catalog:fresh -->"
HEAD_MARK = "<!-- catalog:head -->"
MAIN_MARK = "<!-- catalog:main -->"

_LINK = re.compile(r'\b(href|src|action)="(?![a-z]+:|#|/)([^"]*)"')
_GAPS = re.compile(r">\s*\n\s*<")
_INDENT = re.compile(r"\n\s+")
_NOT_HTML = (' autocomplete="off"', "")  # Material prints it on its two check boxes, where HTML does not know it


def tidy(html: str, policy: str, fresh: str) -> str:
    """A page of the host, with the policy and the day of the data in place."""
    return html.replace(*_NOT_HTML).replace(POLICY_MARK, policy).replace(FRESH_MARK, fresh)


@dataclass(frozen=True, slots=True)
class Frame:
    """Three pieces of the frame page; links in them start at ``ROOT``."""

    before_head: str
    before_main: str
    after_main: str

    @classmethod
    def cut(cls, html: str, policy: str, fresh: str) -> Frame:
        """Cut the frame page, which stands at the site's root, at its two marks. Raises ValueError when one is missing."""
        html = _LINK.sub(rf'\1="{ROOT}\2"', _INDENT.sub("\n", _GAPS.sub(">\n<", tidy(html, policy, fresh))))
        if html.count(HEAD_MARK) != 1 or html.count(MAIN_MARK) != 1:
            raise ValueError(f"the frame page must hold {HEAD_MARK} and {MAIN_MARK} once each")
        before_head, rest = html.split(HEAD_MARK)
        before_main, after_main = rest.split(MAIN_MARK)
        return cls(before_head, before_main, after_main)

    def page(self, path: str, head: str, main: str, root: str | None = None) -> bytes:
        """The whole page for an address; ``root``: the way to the site's root where the address does not tell it."""
        html = "".join((self.before_head, head, self.before_main, main, self.after_main))
        return html.replace(ROOT, root_from(path) if root is None else root).encode()


def fill_slots(html: str, path: str, slots: dict[str, str]) -> str:
    """A handwritten page with its ``<!-- catalog:NAME -->`` places filled; its own links are relative already."""
    for name, markup in slots.items():
        mark = f"<!-- catalog:{name} -->"
        if mark in html:
            html = html.replace(mark, markup.replace(ROOT, root_from(path)))
    return html
