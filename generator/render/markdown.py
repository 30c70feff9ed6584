"""The only door to Markdown: a contributor's text in, safe markup out."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape


class _Parser(MarkdownIt):
    """What is no link to the web or to a mailbox stays text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return url.lower().startswith(("http://", "https://", "mailto:")) and super().validateLink(url)


_PARSER = _Parser("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
_TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "blockquote", "a", "br", "hr", "code", "pre"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_DEEPER = {
    "h1": "h3",
    "h2": "h3",
    "h3": "h4",
    "h4": "h5",
    "h5": "h6",
    "h6": "h6",
}  # the page's own headings are h1 and h2
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener nofollow ugc",
    url_relative="deny",
)

# Text with none of these is paragraphs and nothing else, and needs no parser: ten times as fast, the same markup.
_MARKS = re.compile(
    r"[\\`*_{}\[\]<>#|&~=+!]|^\s*(?:[-+]|\d{1,9}[.)])(?:\s|$)|^ {4}|^\t|^\s*-[\s-]*$|:/| $", re.MULTILINE
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_OPEN, _PARAGRAPHS, _CLOSE = Markup("<p>"), Markup("</p>\n<p>"), Markup("</p>\n")


def markdown(text: str) -> Markup:
    """CommonMark with tables; no HTML, images, attributes or includes; links only to http, https and mailto."""
    if not _MARKS.search(text):
        return (
            _PARAGRAPHS.join(escape(part) for part in _BLANK_LINES.split(text.strip())).join((_OPEN, _CLOSE))
            if text
            else Markup("")
        )
    tokens = _PARSER.parse(text)
    for token in tokens:
        token.tag = _DEEPER.get(token.tag, token.tag)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = _CLEANER.clean(html)
    return Markup(clean)  # noqa: S704 - nh3 let only the tags above through
