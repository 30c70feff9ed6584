"""The host's frame page in, pieces out: a record's page is frame + markup, cut once and joined many times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

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
    _rooted: dict[str, tuple[bytes, bytes, bytes]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def cut(cls, html: str, policy: str, fresh: str) -> Frame:
        """Cut the frame page, which stands at the site's root, at its two marks. Raises ValueError when one is missing."""
        html = _LINK.sub(rf'\1="{ROOT}\2"', _INDENT.sub("\n", _GAPS.sub(">\n<", tidy(html, policy, fresh))))
        if html.count(HEAD_MARK) != 1 or html.count(MAIN_MARK) != 1:
            raise ValueError(f"the frame page must hold {HEAD_MARK} and {MAIN_MARK} once each")
        before_head, rest = html.split(HEAD_MARK)
        before_main, after_main = rest.split(MAIN_MARK)
        return cls(before_head, before_main, after_main)

    def page(self, path: str, head: str, main: bytes, root: str | None = None) -> bytes:
        """The whole page for an address; ``root``: the way to the site's root where the address does not tell it."""
        root = root_from(path) if root is None else root
        before_head, before_main, after_main = self._rooted.get(root) or self._root(root)
        middle = main.replace(ROOT.encode(), root.encode())
        return b"".join((before_head, head.replace(ROOT, root).encode(), before_main, middle, after_main))

    def _root(self, root: str) -> tuple[bytes, bytes, bytes]:
        """The pieces as bytes for one way to the root; there are only a few such ways."""
        pieces = (self.before_head, self.before_main, self.after_main)
        first, second, third = (piece.replace(ROOT, root).encode() for piece in pieces)
        self._rooted[root] = first, second, third
        return first, second, third


def fill_slots(html: bytes, path: str, slots: dict[str, bytes]) -> bytes:
    """A handwritten page with its ``<!-- catalog:NAME -->`` places filled; its own links are relative already."""
    for name, markup in slots.items():
        html = html.replace(slot(name).encode(), markup.replace(ROOT.encode(), root_from(path).encode()))
    return html


def slot(name: str) -> str:
    """The mark of a place that a handwritten page leaves to us."""
    return f"<!-- catalog:{name} -->"
