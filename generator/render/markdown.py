"""The only door to Markdown: a contributor's text in, safe markup out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
import pyromark
from markupsafe import Markup

_TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br", "hr", "code", "pre"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
    url_relative="deny",
)
_SCHEMES = ("http://", "https://", "mailto:")
_ACTIVE = re.compile(r"[<\[]")  # without one of these there is no HTML, link or image in a text
_MOST_ROUNDS = 20

_HEADING = re.compile(r"<(/?)h([1-6])>")
# Markup with no other tags than these has nothing to clean, and cleaning is most of what a text costs.
_NOT_BARE = re.compile(r"<(?!/?(?:p|h[3-6]|[uo]l|li|strong|em|blockquote)>)")


def markdown(text: str) -> Markup:
    """CommonMark with tables; no HTML, images, attributes or includes; links only to http, https and mailto.

    What is not allowed appears as it was written.
    """
    if not text:
        return Markup("")
    if _ACTIVE.search(text):
        inert = _inert(text)
        if inert is None:
            return Markup("<p>{}</p>\n").format(text)
        text = inert
    html = pyromark.html(text, options=pyromark.Options.ENABLE_TABLES)
    html = _HEADING.sub(_deeper, html)
    return Markup(_CLEANER.clean(html) if _NOT_BARE.search(html) else html)  # noqa: S704 - only the tags above are left


def _deeper(tag: re.Match[str]) -> str:
    """The page's own headings are h1 and h2."""
    return f"<{tag[1]}h{min(6, max(3, int(tag[2]) + 1))}>"


def _inert(text: str) -> str | None:
    """The text with a backslash before all that would be HTML, an image or a link elsewhere; None where that never ends."""
    source = text.encode()
    for _ in range(_MOST_ROUNDS):
        places = sorted(set(_active(source)), reverse=True)
        if not places:
            return source.decode()
        for place in places:
            source = source[:place] + b"\\" + source[place:]
    return None


def _active(source: bytes) -> Iterator[int]:
    """Where such a thing begins, in bytes."""
    for event, place in pyromark.events_with_range(source.decode(), options=pyromark.Options.ENABLE_TABLES):
        match event:
            case {"InlineHtml": _} | {"Html": _}:
                at = source.find(b"<", place["start"], place["end"])
                if at >= 0:
                    yield at
            case {"Start": {"Image": _}}:
                yield place["start"]
            case {"Start": {"Link": {"dest_url": url, "link_type": how}}} if not (
                how == "Email" or url.lower().startswith(_SCHEMES)
            ):
                yield place["start"]
            case _:
                pass
