"""Serving for writers: a changed record shows at once, a broken one shows its faults, and the server lives on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
RECORD = "2026/C-01/crop-02"
LONGEST = 30.0  # seconds; two are promised on an idle machine, see the printed figures


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running ``serve`` for a root."""

    def __init__(self, root: Path, arguments: list[str], port: int, log: Path) -> None:
        self.root, self.port, self.log = root, port, log
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=CHECKOUT, stdout=log.open("wb"), stderr=subprocess.STDOUT, start_new_session=True, env={**os.environ, "TMPDIR": str(log.parent)},
        )  # fmt: skip

    @property
    def record(self) -> Path:
        """The record that is changed."""
        return self.root / f"activities/{RECORD}.yml"

    def get(self, path: str) -> str:
        """A page, or nothing while it is not there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10) as answer:
                text: str = answer.read().decode()
                return text
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def wait(self, path: str, words: str) -> tuple[str, float]:
        """The page once it shows the words, and how long that took."""
        begun = time.monotonic()
        while time.monotonic() - begun < LONGEST:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            page = self.get(path)
            if words in page:
                return page, time.monotonic() - begun
            time.sleep(0.05)
        return pytest.fail(
            f"{path} did not show “{words}” within {LONGEST} s\n{self.log.read_text(encoding='utf-8')[-3000:]}"
        )


@pytest.fixture(params=["catalog serve", "mkdocs serve"])
def server(request: pytest.FixtureRequest, tmp_path: Path, small_root: Callable[..., Path]) -> Iterator[Any]:
    """Both ways to serve the same small root."""
    port = free_port()
    if request.param == "catalog serve":
        root = small_root(tmp_path / "root")
        arguments = ["generator", "serve", "--root", str(root), "--port", str(port)]
    else:
        root = small_root(tmp_path / "root", docs_dir=CHECKOUT / "content" / "pages", custom_dir=CHECKOUT / "theme")
        arguments = ["mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"]
    running = Server(root, arguments, port, tmp_path / "log.txt")
    yield running
    os.killpg(running.process.pid, signal.SIGTERM)
    running.process.wait(timeout=20)


def test_a_changed_record_shows_a_broken_one_tells_its_faults_and_the_server_lives(
    server: Server, request: pytest.FixtureRequest
) -> None:
    page, begun = server.wait(f"activities/{RECORD}.html", "测试：梨树")
    assert "Content-Security-Policy" not in page
    for path in ("index.html", "activities/index.html", "about.html"):
        assert "Content-Security-Policy" not in server.get(path)
        assert "演示数据" in server.get(path)
    whole = server.record.read_text(encoding="utf-8")
    time.sleep(1)  # the watcher has looked once

    server.record.write_text(whole.replace("测试：梨树种植技术", "测试：改过的名称"), encoding="utf-8")
    _, changed = server.wait(f"activities/{RECORD}.html", "测试：改过的名称")
    assert "测试：改过的名称" in server.get("activities/by/society/C-01/index.html")

    server.record.write_text(whole.replace("[农民]", "[农名]"), encoding="utf-8")
    page, broken = server.wait(f"activities/{RECORD}.html", "unknown-term")
    assert "农名" in page
    assert "怎么改" in page
    assert "unknown-term" in server.get("faults.html")
    assert RECORD not in server.get("activities/by/society/C-01/index.html")
    assert server.get("activities/2026/C-01/every-field.html")

    server.record.write_bytes(b"title: [" + b"[" * 3000)
    server.wait(f"activities/{RECORD}.html", "too-deep")
    server.record.unlink()
    (server.root / "activities/2026/C-01/no-such.docx").write_text("x")
    server.wait("faults.html", "no-such.docx")

    server.record.write_text(whole, encoding="utf-8")
    _, mended = server.wait(f"activities/{RECORD}.html", "测试：梨树")
    print(
        f"{request.node.callspec.id}: ready after {begun:.1f} s; a change shows after {changed:.2f} s, a fault after {broken:.2f} s, the cure after {mended:.2f} s"
    )
    assert server.process.poll() is None
