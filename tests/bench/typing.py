"""The search as people use it, in headless Chromium: keys pressed and boxes ticked until the answer is painted, and what it shows.

Times run from the event of the last key (or tick) to the frame after the last change of the results, in the page's own clock.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

LIST = "activities/index.html"
SETTLED = 250  # milliseconds without a change: the answer stands
SLOWED = 4
# Installed before the page's own scripts: when the last key or tick came, and when the frame after the last change was painted.
_CLOCK = """
window.benchClock = { asked: 0, painted: 0 }
const note = event => { window.benchClock.asked = event.timeStamp; window.benchClock.painted = 0 }
for (const name of ['input', 'change']) document.addEventListener(name, note, true)
document.addEventListener('DOMContentLoaded', () => {
  const seen = new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => { window.benchClock.painted = performance.now() }
    channel.port2.postMessage(0)
  }))
  const wide = { childList: true, subtree: true, characterData: true, attributes: true }
  for (const it of [document.getElementById('results'), document.querySelector('[data-total]')]) seen.observe(it, wide)
})
"""
_TOOK = "benchClock.painted ? benchClock.painted - benchClock.asked : null"
_SHOWN = "[...document.querySelectorAll('#results [data-id]')].map(it => it.dataset.id)"
_TOTAL = "Number(document.querySelector('[data-total]').dataset.total)"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


class Typist:
    """A tab on the list of activities."""

    def __init__(self, browser: Any, address: str, slowed: int = 1) -> None:
        """Open a tab of its own, with nothing at hand."""
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.page.add_init_script(_CLOCK)
        self.asked: list[str] = []  # paths of the site, in the order they were asked for
        self.page.on("request", lambda request: self.asked.append(request.url.removeprefix(address)))
        self.page.goto(address + LIST)
        self.page.wait_for_selector(".boxes input", state="attached")
        self.page.wait_for_timeout(SETTLED)
        if slowed > 1:
            self.context.new_cdp_session(self.page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})

    def types(self, text: str) -> float:
        """Milliseconds from the last key to the painted answer."""
        box = self.page.locator("#q")
        box.fill("")
        self.page.wait_for_timeout(SETTLED)
        box.press_sequentially(text, delay=20)
        return self.settled()

    def ticks(self, facet: str) -> float:
        """Milliseconds from the tick of a facet's first enabled box to the painted answer; the tick is taken back."""
        box = self.page.locator(f"input[type=checkbox][name={facet}]:not([disabled])").first
        box.evaluate("it => it.click()")
        took = self.settled()
        self.page.locator(f"input[type=checkbox][name={facet}]:checked").first.evaluate("it => it.click()")
        self.settled()
        return took

    def settled(self) -> float:
        """Wait until nothing changes; the time of the last change."""
        before: float | None = None
        for _ in range(40):
            self.page.wait_for_timeout(SETTLED)
            took: float | None = self.page.evaluate(_TOOK)
            if took is not None and took == before:
                return took
            before = took
        return before or 0.0

    @property
    def shown(self) -> tuple[int, list[str]]:
        """The total and the ids of the cards."""
        return self.page.evaluate(_TOTAL), self.page.evaluate(_SHOWN)

    def close(self) -> None:
        """Forget all that was loaded."""
        self.context.close()


class Measured(NamedTuple):
    """Milliseconds of each kind of use; what each query showed, and the files it asked for: in a new tab, or after another."""

    times: dict[str, list[float]]
    answers: list[tuple[int, list[str]]]
    first: list[list[str]]
    further: list[list[str]]


def measure(site: Path, queries: Sequence[str], facets: Sequence[str], visit: int) -> Measured:
    """Type queries, ``visit`` of them in each tab, and some again; tick boxes."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    times: dict[str, list[float]] = {"far": [], "near": [], "slow": [], "ticks": []}
    answers = []
    loads: tuple[list[list[str]], list[list[str]]] = ([], [])
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        typist = Typist(browser, address)
        for at, text in enumerate(queries):
            if at and at % visit == 0:
                typist.close()
                typist = Typist(browser, address)
            before = len(typist.asked)
            times["far"].append(typist.types(text))
            answers.append(typist.shown)
            held = {*typist.asked[:before]}  # the icon is asked for again with every address, and is at hand
            loads[at % visit > 0].append([path for path in typist.asked[before:] if path not in held])
        for text in queries[:60]:
            typist.types(text)
        for text in queries[:60]:  # again: what they need is at hand
            times["near"].append(typist.types(text))
        for measured in (False, True):  # the first time loads what the second has at hand
            for facet in facets:
                took = typist.ticks(facet)
                times["ticks"] += [took] if measured else []
        typist.close()
        slow = Typist(browser, address, SLOWED)
        times["slow"] = [slow.types(text) for text in queries[:60]]
        slow.close()
        browser.close()
    return Measured(times, answers, *loads)


def p95(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]
