"""Pagefind on the same activity pages and queries: its build, its weight, what it finds; in a real browser, as it has no other way."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import shutil
import sys
import threading
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import measure, weight

HOW_TO_GET = "`pip install 'pagefind[extended]'` or `npm install pagefind`, then --pagefind COMMAND"
SHOWN = 10
_SEARCH = """async ([address, text]) => {
    const engine = await import(address + 'pagefind/pagefind.js')
    await engine.init()
    const found = await engine.search(text)
    return (await Promise.all(found.results.slice(0, 10).map(it => it.data()))).map(it => it.url) }"""


def commands() -> list[list[str]]:
    """What is there to run it by."""
    found = [[sys.executable, "-m", "pagefind"]] if importlib.util.find_spec("pagefind") else []
    return [*found, *([path] for path in [shutil.which("pagefind")] if path)]


def call(text: str) -> Any:
    """The first argument of a script that calls one function."""
    return json.JSONDecoder().raw_decode(text[text.index("(") + 1 :])[0]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def copy_pages(site: Path, source: Path) -> Path:
    """Copy the activity pages of a site to ``source``, which is made anew."""
    shutil.rmtree(source, ignore_errors=True)
    for page in (site / "activities").glob("*/*/*.html"):
        if weight.is_record(page):
            target = source / page.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(page, target)
    return source


def line(command: list[str], folder: Path, texts: list[str]) -> str:
    """One line of Markdown: build, disk, and what first queries load."""
    source = copy_pages(folder / "site", folder / "pagefind")
    version = measure.run([*command, "--version"], folder, folder / "version.log")
    took = measure.run([*command, "--site", str(source), "--root-selector", "main"], folder, folder / "pagefind.log")
    held = measure.listing(source / "pagefind")
    loads = queried(source, texts)
    sizes, requests = sorted(size for size, _ in loads), [number for _, number in loads]
    assert version.wall >= 0
    name = (folder / "version.log").read_text("utf-8").strip()
    return (
        f"- {name}: {took.cpu:.1f} CPU s, {max(took.largest, took.tree):.0f} MB; on the disk {measure.total(held) / 1e6:.1f} MB, {len(held):,} files; "
        f"opening and a first query with ten results, as sent (packed by itself): median {median(sizes) / 1000:.0f} KB, most {sizes[-1] / 1000:.0f} KB, "
        f"{median(requests):.0f} requests"
    )


def queried(source: Path, texts: list[str]) -> list[tuple[int, int]]:
    """Bytes and requests of each text as the first query of a visit."""
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=source))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    (source / "empty.html").write_text("<!doctype html><title>-</title>", "utf-8")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    loads = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, names))), args=["--no-sandbox"]
        )
        for text in texts:
            context = browser.new_context()
            page = context.new_page()
            page.goto(address + "empty.html")
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.evaluate(_SEARCH, [address, text])
            paths = {url.removeprefix(address).partition("?")[0] for url in asked}
            own = [source / path for path in paths if (source / path).is_file()]
            loads.append((sum(weight.packed(path) for path in own), len(own)))
            context.close()
        browser.close()
    server.shutdown()
    return loads
