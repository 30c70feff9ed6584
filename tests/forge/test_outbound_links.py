"""The nightly look at outbound links: every address that a record names, asked once, in three states, and nothing blocks."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import links
from generator.build import CHECKOUT, load
from generator.cli import catalog
from generator.load.link_check import NoAnswer, read_found
from generator.model.links import DEAD, OPENS, UNSURE, Stated, checked, links_of

TODAY = date(2026, 11, 23)
ANSWERS = {"/ok": 200, "/gone": 404, "/really-gone": 410, "/refused": 403, "/busy": 429, "/broken": 500}


def test_every_address_of_every_record_is_looked_at() -> None:
    loaded = load(CHECKOUT)
    stated = links.stated(CHECKOUT)
    urls = {link.url for link in stated}
    for activity in loaded.activities:
        assert activity.source is None or activity.source.url in urls
        assert {report.url for report in activity.media} <= urls
        for url in links_of(activity):
            assert Stated(url, f"activities/{activity.id}.yml") in stated
    assert {society.homepage for society in loaded.content.societies.values() if society.homepage} <= urls
    assert {call.url for call in loaded.content.calls.values() if call.url} <= urls


def test_one_night_asks_for_so_many_and_all_have_their_turn() -> None:
    urls = [f"https://example.org/{number}" for number in range(25)]
    assert links.tonight([*urls, *urls], TODAY) == sorted(urls)
    nights = [links.tonight(urls, TODAY + timedelta(days=night), most=10) for night in range(3)]
    assert [len(night) for night in nights] == [10, 10, 10]
    assert {url for night in nights for url in night} == set(urls)
    assert links.tonight(urls, TODAY, most=10) == links.tonight(reversed(urls), TODAY, most=10)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(ANSWERS[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def lychee(folder: Path, urls: list[str], *more: str) -> dict[str, tuple[str, str]]:
    (folder / "urls.txt").write_text("".join(f"{url}\n" for url in urls), "utf-8")
    program = Path(sys.executable).parent / "lychee"
    settings = ["--config", str(CHECKOUT / ".ci/lychee.toml"), "--format", "json", "--output", "found.json", *more]
    done = subprocess.run([program, *settings, "urls.txt"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2), done.stderr
    return read_found((folder / "found.json").read_text("utf-8"), urls)


def test_only_what_is_gone_is_dead(site: str, tmp_path: Path) -> None:
    urls = [f"{site}{path}" for path in ANSWERS] + ["http://127.0.0.1:1/"]
    local = ("--exclude-all-private=false", "--host-request-interval", "1ms", "--max-retries", "0")
    found = lychee(tmp_path, urls, *local)
    assert {url.removeprefix(site): state for url, (state, _) in found.items()} == {
        "/ok": OPENS, "/gone": DEAD, "/really-gone": DEAD, "/refused": UNSURE, "/busy": UNSURE, "/broken": UNSURE,
        "http://127.0.0.1:1/": UNSURE,
    }  # fmt: skip


def test_addresses_inside_a_network_are_never_asked(site: str, tmp_path: Path) -> None:
    inside = [
        f"{site}/ok",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
    ]
    assert lychee(tmp_path, inside) == {}
    assert {link.state for link in checked([Stated(url, "a.yml") for url in inside], {})} == {UNSURE}


def test_dead_addresses_come_first_with_every_record_that_names_them() -> None:
    stated = [
        Stated("https://example.org/a", "a.yml"),
        Stated("https://example.org/b", "b.yml"),
        Stated("https://example.org/b", "c.yml"),
    ]
    result = checked(
        stated, {"https://example.org/a": (OPENS, "200"), "https://example.org/b": (DEAD, "网页没有了（404）")}
    )
    assert [(link.state, link.places) for link in result] == [(DEAD, ("b.yml", "c.yml")), (OPENS, ("a.yml",))]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"success_map": {}}', '{"success_map": [], "error_map": {}, "timeout_map": {}}']
)
def test_what_lychee_did_not_write_is_told(text: str) -> None:
    with pytest.raises(NoAnswer):
        read_found(text, [])


def test_dead_links_never_fail_the_run_and_stand_in_its_summary(tmp_path: Path) -> None:
    urls, found, page = tmp_path / "links" / "urls.txt", tmp_path / "found.json", tmp_path / "page.html"
    given = ["links", str(urls), "--root", str(CHECKOUT), "--today", TODAY.isoformat()]
    assert CliRunner().invoke(catalog, given).exit_code == 0
    asked = urls.read_text("utf-8").splitlines()
    gone = {"url": asked[0], "status": {"text": "404", "code": 404}, "span": {"line": 1, "column": 1}}
    slow = {"url": asked[1], "status": {"text": "timeout"}, "span": {"line": 2, "column": 1}}
    answer = {"success_map": {}, "error_map": {"urls.txt": [gone]}, "timeout_map": {"urls.txt": [slow]}}
    found.write_text(json.dumps(answer), "utf-8")
    done = CliRunner().invoke(catalog, [*given, "--found", str(found), "--summary", str(page)])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith(f"{DEAD}\t网页没有了（404）\t{asked[0]}\t")
    assert f"{DEAD} 1 个" in page.read_text("utf-8")
    assert "很久没有回答" in page.read_text("utf-8")
