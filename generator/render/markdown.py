"""The only door to Markdown: a contributor's text in, safe markup out."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
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


def markdown(text: str) -> Markup:
    """CommonMark with tables; no HTML, images, attributes or includes; links only to http, https and mailto."""
    if not text:
        return Markup("")
    tokens = _PARSER.parse(text)
    for token in tokens:
        token.tag = _DEEPER.get(token.tag, token.tag)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
        url_relative="deny",
    )
    return Markup(clean)  # noqa: S704 - nh3 let only the tags above through
