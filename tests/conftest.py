"""What the tests share: the command, the real site and the village's, each built once a run, and small roots to play with."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

CHECKOUT = Path(__file__).resolve().parents[1]
VILLAGE = CHECKOUT / "tests" / "village"
TODAY = date(2026, 11, 23)

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def _run(*arguments: object, code: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if code is not None and done.returncode != code:
        pytest.fail(
            f"catalog {' '.join(map(str, arguments))}: exit {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}"
        )
    return done


@pytest.fixture(scope="session")
def command() -> Command:
    """``command("build", "--root", root, code=1, TZ="UTC")`` runs ``catalog``, expects the exit code (None: any) and gives the process."""
    return _run


@pytest.fixture(scope="session")
def today() -> date:
    """The day all sites of the tests are built for."""
    return TODAY


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that pytest-xdist's workers have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def built_once(shared: Path) -> Callable[..., Path]:
    """``built_once(name, root, *options)``: the site of a root, which ``root(folder)`` may make; one worker builds it, the others wait."""

    def build(name: str, root: Callable[[Path], Path], *options: str) -> Path:
        folder = shared / name
        folder.mkdir(exist_ok=True)
        with FileLock(shared / f"{name}.lock"):
            if not (folder / "done").exists():
                _run("build", "--root", root(folder / "root"), "--site", folder / "site", "--today", TODAY, *options)
                (folder / "done").touch()
        return folder / "site"

    return build


@pytest.fixture(scope="session")
def real_folder(built_once: Callable[..., Path]) -> Path:
    """The site of the checkout's own records."""
    return built_once("real", lambda _: CHECKOUT)


@pytest.fixture(scope="session")
def village_folder(built_once: Callable[..., Path]) -> Path:
    """The site of ``tests/village``, with the checkout's vocabularies and handwritten pages."""
    return built_once("village", lambda _: VILLAGE)


def _small_root(folder: Path, **settings: str) -> Path:
    """The village with few counties, so that it builds fast; ``settings`` give it a mkdocs.yml of its own."""
    shutil.copytree(VILLAGE, folder)
    vocabulary = folder / "content" / "vocabulary"
    shutil.copytree(CHECKOUT / "content" / "vocabulary", vocabulary)
    head, *rows = csv.reader(io.StringIO((vocabulary / "counties.csv").read_text(encoding="utf-8")))
    code = head.index("code")
    with (vocabulary / "counties.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *(row for row in rows if row[code].startswith(("1401", "3601", "659")))])
    if settings:
        own = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8")
        for key, value in settings.items():
            line = f"{key}: {value}".replace("\\", r"\\")
            own, found = re.subn(rf"(?m)^( *)(?:# )?{key}:.*$", rf"\g<1>{line}", own, count=1)
            assert found, key
        (folder / "mkdocs.yml").write_text(own, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_root() -> Callable[..., Path]:
    """``small_root(folder, site_url="https://…/", operator="…")`` makes a small whole root; settings are those of mkdocs.yml."""
    return _small_root


def _manifest(site: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def manifest() -> Callable[[Path], dict[str, str]]:
    """``manifest(site)``: every file with its hash."""
    return _manifest
