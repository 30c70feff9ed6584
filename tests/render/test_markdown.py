"""A contributor's Markdown becomes the few tags that are allowed, and what is not allowed appears as it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.markdown import markdown

PIECES = (
    "<",
    "<b>",
    "</b>",
    "<script>",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "]]>",
    "<div>\n",
    "&lt;",
    "&#106;",
    "\\",
    "`",
    "``",
)
PIECES += (
    "[",
    "]",
    "](",
    ")",
    "![",
    "!",
    "javascript:x",
    "http://a.b",
    "//e.f",
    "[1]: data:x\n",
    "[r][1]",
    "\n",
    "\n\n",
    "    ",
)
PIECES += ("- ", "> ", "1. ", "# ", "|", "|-|", "*", "**", "_", "~", " ", "字", "a")
TAG = re.compile(
    r"</?(?:p|h[3-6]|ul|ol|li|strong|em|blockquote|br|hr|code|pre|table|thead|tbody|tr|th|td)>"
    r'|</a>|<a href="(?:https?://|mailto:)[^"<>]*" rel="noopener nofollow ugc">'
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_only_allowed_tags_and_links_come_out(text: str) -> None:
    assert "<" not in TAG.sub("", str(markdown(text)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<b>粗</b>", "<p>&lt;b&gt;粗&lt;/b&gt;</p>\n"),
        ("<div>\n甲\n</div>", "<p>&lt;div&gt;\n甲\n&lt;/div&gt;</p>\n"),
        ("> <script>x\n> </script>", "<blockquote>\n<p>&lt;script&gt;x\n&lt;/script&gt;</p>\n</blockquote>\n"),
        ("[点我](javascript:alert(1))", "<p>[点我](javascript:alert(1))</p>\n"),
        ("[点我](&#106;avascript:x)", "<p>[点我](javascript:x)</p>\n"),
        ("[点我](//e.f)", "<p>[点我](//e.f)</p>\n"),
        ("![图](a.png)", "<p>![图](a.png)</p>\n"),
        ("<http://a.b>", '<p><a href="http://a.b" rel="noopener nofollow ugc">http://a.b</a></p>\n'),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>\n"),
        ("# 一\n## 二\n###### 三", "<h3>一</h3>\n<h3>二</h3>\n<h6>三</h6>\n"),
        ("甲 < 乙 & 丙", "<p>甲 &lt; 乙 &amp; 丙</p>\n"),
        ("{: onclick=x }", "<p>{: onclick=x }</p>\n"),
    ],
)
def test_what_is_not_allowed_appears_as_written(written: str, shown: str) -> None:
    assert str(markdown(written)) == shown
