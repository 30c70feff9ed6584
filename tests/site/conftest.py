"""What the tests of the built site share: pages as trees, the browser, a server in a sub-folder."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from generator.build import CHECKOUT, Loaded, load

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TAG = re.compile(r"<[a-z][^<>]*>")
_LINK = re.compile(r'\s(href|src|action|srcset)="([^"]*)"')
_DATA = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)


@dataclass(eq=False)
class Node:
    """An element with its attributes and what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", cls: str = "", **attributes: str) -> list[Node]:
        """The elements below with a tag, a class, attributes (``_`` for ``-``)."""
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not cls or cls in node.attributes.get("class", "").split())
            and all(node.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> Node:
        """The only such element."""
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} class={cls}> {attributes}"
        return found[0]

    @property
    def text(self) -> str:
        """All text in it, as written."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """All text in it, white space folded."""
        return " ".join(self.text.split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in _VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def _tree(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.stack) == 1, f"<{builder.stack[-1].tag}> is never closed"
    return builder.stack[0]


@dataclass
class Website:
    """A built site and the root it was built from."""

    folder: Path
    root: Path
    _trees: dict[str, Node] = field(default_factory=dict)

    @cached_property
    def loaded(self) -> Loaded:
        """The records it was built from."""
        return load(self.root)

    @cached_property
    def files(self) -> set[str]:
        """Every file, relative to the site."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    @cached_property
    def html(self) -> dict[str, str]:
        """Every page as text."""
        return {
            path: (self.folder / path).read_text(encoding="utf-8")
            for path in sorted(self.files)
            if path.endswith(".html")
        }

    def tree(self, path: str) -> Node:
        """A page as a tree."""
        if path not in self._trees:
            self._trees[path] = _tree(self.html[path])
        return self._trees[path]

    def activity(self, id: str) -> Node:
        """An activity's page as a tree."""
        return self.tree(f"activities/{id}.html")

    def links(self, path: str) -> list[tuple[str, str]]:
        """Attribute and value of all links of a page; fast, for thousands of pages."""
        tags = "".join(_TAG.findall(_DATA.sub("", self.html[path])))
        return [(key, unescape(value)) for key, value in _LINK.findall(tags)]

    def url(self, path: str) -> str:
        """Its address on the disk."""
        return (self.folder / path).as_uri()

    @property
    def kinds(self) -> dict[str, str]:
        """One page of every kind: name and path."""
        activity = self.loaded.activities
        call = next(iter(self.loaded.content.calls))
        report = next(item for item in activity if item.is_report)
        society = activity[0].society
        national = next(id for id, item in self.loaded.content.societies.items() if item.english)
        exchange = {f"need {need.id}": f"needs/{need.id}.html" for need in self.loaded.needs[:1]}
        exchange |= {f"pairing {one.id}": f"pairings/{one.id}.html" for one in self.loaded.pairings[-1:]}
        return {
            **exchange,
            "hall": "needs/index.html",
            "pairings": "pairings/index.html",
            "gaps": "needs/gaps.html",
            "needs guide": "contribute/needs.html",
            "home": "index.html",
            "all": "activities/index.html",
            "numbered": "activities/1.html",
            "facet": "activities/by/fields/crop/index.html",
            "activity": f"activities/{report.id}.html",
            "society": f"societies/{society}.html",
            "national society": f"societies/{national}.html",
            "societies": "societies/index.html",
            "region": "regions/140000.html",
            "empty region": "regions/820000.html",
            "county": "counties/140122.html",
            "regions": "regions/index.html",
            "call": f"calls/{call}.html",
            "calls": "calls/index.html",
            "statistics": "statistics/index.html",
            "data": "data/index.html",
            "guide": "contribute/index.html",
            "web guide": "contribute/web.html",
            "word guide": "contribute/word.html",
            "yaml guide": "contribute/yaml.html",
            "fields": "contribute/fields.html",
            "rules": "contribute/rules.html",
            "about": "about.html",
            "handbook": "handbook.html",
            "changes": "changes/index.html",
            "missing": "404.html",
        }


@pytest.fixture(scope="session")
def real(real_folder: Path) -> Website:
    """The site of the checkout's own records."""
    return Website(real_folder, CHECKOUT)


@pytest.fixture(scope="session")
def village(village_folder: Path) -> Website:
    """The site of ``tests/village``."""
    return Website(village_folder, CHECKOUT / "tests" / "village")


@pytest.fixture(scope="session", params=["real", "village"])
def website(request: pytest.FixtureRequest) -> Website:
    """Both, one after the other."""
    site: Website = request.getfixturevalue(request.param)
    return site


RENAMED = "测试：从前叫这个<b>名称</b>的培训"


def _remember(root: Path) -> None:
    """Three days of history: all but one record come, it comes under another title, it gets its title; two addresses moved or went."""

    def git(*arguments: str, day: str = "2026-08-01") -> None:
        stamp = f"{day}T10:00:00+08:00"
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
               "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}  # fmt: skip
        subprocess.run(["git", "-C", root, *arguments], check=True, env={**os.environ, **who})

    def commit(day: str) -> None:
        git("add", "--all")
        git("commit", "--quiet", "--message", day, day=day)

    record = root / "activities/2026/C-01/crop-03.yml"
    text = record.read_text(encoding="utf-8")
    record.unlink()
    git("init", "--quiet", "--initial-branch=main")
    commit("2026-08-01")
    record.write_text(re.sub(r"(?m)^title: .*$", f'title: "{RENAMED}"', text), encoding="utf-8")
    commit("2026-09-02")
    record.write_text(text, encoding="utf-8")
    (root / "content/redirects.yml").write_text(
        "redirects:\n"
        "  - {old: activities/2025/C-01/old-name, new: activities/2026/C-01/crop-03}\n"
        "  - {old: activities/2025/C-01/withdrawn, gone: 应<i>主办单位</i>要求撤下}\n",
        encoding="utf-8",
    )
    commit("2026-10-03")


@pytest.fixture(scope="session")
def configured(shared: Path, small_root: Callable[..., Path], built_once: Callable[..., Path]) -> Website:
    """A small site that knows its address and its operator, and stands under version control."""

    def root(folder: Path) -> Path:
        made = small_root(
            folder,
            site_url="https://example.org/kepu/",
            operator="测试<单位> & 办公室",
            contact="测试单位测试处 010-60000000",
            icp="测试ICP备1号",
            police="测试公网安备1号",
            edit_url='"https://example.org/edit/{path}"',
            repository="https://github.com/ORG/REPO",
            mail="office@example.org",
            problem_url='"https://example.org/new?title={title}&body={path}"',
        )
        _remember(made)
        return made

    return Website(built_once("configured", root), shared / "configured" / "root")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium. Its absence is a failure, not a reason to skip."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        pytest.fail("Chromium is missing: run `bash .ci/browser`, or install the package chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Website], str]]:
    """``served(site)``: the address of a site on this machine, below a sub-folder."""
    top = tmp_path_factory.mktemp("served")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=top))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(site: Website) -> str:
        below = top / "some" / site.folder.parent.name
        below.parent.mkdir(exist_ok=True)
        if not below.exists():
            below.symlink_to(site.folder, target_is_directory=True)
        return f"http://127.0.0.1:{server.server_port}/some/{below.name}/"

    yield serve
    server.shutdown()


_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]  # what another colour scheme can change
# Cards, rows and entries of one list come from one template: axe looks at two of every shape and at six of a tag, but at all tiles.
_SHORTEN = """() => { const shape = it => `${it.tagName}.${it.className}(${[...it.children].map(shape)})`
    for (const list of document.querySelectorAll('#main, #main *')) if (!list.closest('.tiles')) { const seen = {}
        const often = key => seen[key] = (seen[key] ?? 0) + 1
        for (const it of [...list.children]) if (often(shape(it)) > 2 || often(it.tagName) > 6) it.remove() } }"""
_RUN_AXE = """only => axe.run({runOnly: only, resultTypes: ['violations'], preload: false}).then(result => result.violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${node.target} ${node.html.slice(0, 150)}`)))"""
_WIDE = """() => { const most = innerWidth; return document.documentElement.scrollWidth <= most ? [] :
    [...document.body.querySelectorAll('*')].filter(it => it.getBoundingClientRect().right > most + 0.5)
        .map(it => it.outerHTML.slice(0, 100)) }"""


@pytest.fixture(scope="session")
def audit(browser: Any) -> Callable[..., list[str]]:
    """``audit(url, act)``: all that axe finds, and what is wider than the window, at both widths in both colour schemes; ``act``: done first."""
    from axe_playwright_python.base import AXE_SCRIPT

    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()

    def run(url: str, act: str = "") -> list[str]:
        found = []
        page.emulate_media(color_scheme="light")
        page.goto(url)
        if act:
            page.wait_for_selector("[data-ready]")
            page.evaluate(act)
            page.wait_for_timeout(300)
        for width in (360, 1280):  # loaded once; the width and the colours change under it
            page.set_viewport_size({"width": width, "height": 740})
            found += [f"{width}: wider than the window: {part}" for part in page.evaluate(_WIDE)[:3]]
        page.evaluate(_SHORTEN)
        page.evaluate(AXE_SCRIPT)
        for scheme, width in (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 740})
            only = _AXE_TAGS if scheme == "light" else {"type": "rule", "values": _COLOUR_RULES}
            found += [f"{width} {scheme}: {fault}" for fault in page.evaluate(_RUN_AXE, only)]
        return found

    return run
