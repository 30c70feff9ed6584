"""Whatever a contributor writes appears as text, also where no policy would stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

PAGES = (
    "activities/2026/E-01/hostile-title.html",
    "activities/2026/E-01/script-in-title.html",
    "activities/2026/E-01/hostile-description.html",
    "activities/index.html",
    "societies/E-01.html",
    "regions/360000.html",
    "counties/140122.html",
    "index.html",
)


@pytest.fixture(scope="module")
def unguarded(browser: Any) -> Iterator[Any]:
    """A browser that ignores the policy."""
    context = browser.new_context(bypass_csp=True)
    yield context
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("path", PAGES)
def test_nothing_a_contributor_wrote_is_executed_or_fetched(
    village: Any, unguarded: Any, served: Callable[..., str], path: str
) -> None:
    address = served(village)
    page = unguarded.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(address + path, wait_until="load")
    page.wait_for_timeout(50)
    assert page.evaluate("window.hit") is None
    assert not [url for url in asked if not url.startswith(address)]
    assert (
        page.evaluate(
            "document.querySelectorAll('iframe, base, object, embed, [onerror], [onload], [onmouseover], [style]').length"
        )
        == 0
    )
    page.close()


@pytest.mark.browser
def test_a_browser_shows_exactly_what_was_written(village: Any, unguarded: Any, served: Callable[..., str]) -> None:
    page = unguarded.new_page()
    for activity in village.loaded.activities:
        if activity.society != "E-01":
            continue
        page.goto(served(village) + f"activities/{activity.id}.html")
        assert page.text_content("h1") == activity.title
        assert page.text_content(".lead") == activity.summary
        assert page.title().startswith(activity.title)
        name = village.loaded.content.societies["E-01"].name
        assert page.text_content("article.activity > header .by a") == name
    page.goto(served(village) + "activities/2026/E-01/hostile-title.html")
    facts = dict(
        page.eval_on_selector_all(
            ".glance dl > div", "rows => rows.map(row => [row.children[0].textContent, row.children[1].textContent])"
        )
    )
    assert facts["费用"] == "<script>window.hit=1</script>免费 & 不收钱"
    assert facts["需要当地准备什么"] == "</dd></dl><script>window.hit=1</script>"
    assert facts["何时"] == "<i>11月</i> & {{7*7}}"
    assert '--8<-- ".git/config"' in page.text_content("article.activity")
    page.close()


def test_templates_snippets_attributes_and_front_matter_have_no_effect(village: Any) -> None:
    rich = village.activity("2026/E-01/hostile-description").one("div", "rich")
    words = rich.words
    for written in (
        "{{7*7}}",
        '{{ lipsum.globals.os.popen("id").read() }}',
        '--8<-- ".git/config"',
        "template: x.html",
        "<script>window.hit=1</script>",
    ):
        assert written.replace('"', "") in words.replace('"', ""), written
    assert "uid=" not in words
    assert "repositoryformatversion" not in words
    allowed = {
        "div",
        "p",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "blockquote",
        "a",
        "br",
        "hr",
        "code",
        "pre",
    }
    assert {node.tag for node in rich.walk()} <= allowed
    for node in rich.walk():
        assert set(node.attributes) <= ({"href", "rel"} if node.tag == "a" else {"class"}), node


def test_links_of_contributors_lead_only_to_the_web_and_say_so(village: Any) -> None:
    rich = village.activity("2026/E-01/hostile-description").one("div", "rich")
    hrefs = {node.attributes.get("href", "") for node in rich.all("a")} - {""}
    assert hrefs == {
        "https://example.org/good",
        "https://example.org/auto",
        "https://evil.example/p.gif",
    }  # a picture becomes a link
    for node in rich.all("a"):
        assert {"noopener", "nofollow", "ugc"} <= set(node.attributes["rel"].split())


def test_markdown_of_contributors_keeps_its_structure(village: Any) -> None:
    rich = village.activity("2026/C-01/every-field").one("div", "rich")
    assert rich.one("h3").text == "讲什么"
    assert [node.text for node in rich.one("ol").all("li")] == ["修剪", "施肥"]
    assert [node.text for node in rich.one("table").all("td")] == ["苹果", "冬季"]
    assert rich.one("strong").text == "示范"
