"""The one writer: refuses before it touches anything, keeps what is unchanged, and leaves the old site or the new one, whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from generator.render.output import OutputFile
from generator.spool import spooled
from generator.write import MARKER, Refused, check_addresses, write_site
from tests.conftest import VILLAGE

Manifest = Callable[[Path], dict[str, str]]


def files(**contents: str) -> list[OutputFile]:
    """Output files by name, ``__`` for ``/``."""
    return [OutputFile.of(name.replace("__", "/") + ".html", text.encode()) for name, text in contents.items()]


@pytest.mark.parametrize(
    "paths",
    [
        ["a.html", "a.html"],
        ["activities/a.html", "Activities/A.html"],
        ["straße.html", "STRASSE.html"],
        ["a", "a/b.html"],
        ["A", "a/b/c.html"],
        ["/etc/passwd"],
        ["../a.html"],
        ["a/../b.html"],
        ["a//b.html"],
        ["./a.html"],
        ["a/"],
        [""],
        ["a\\b.html"],
        ["a\0b.html"],
    ],
)
def test_bad_and_doubled_addresses_are_refused_before_anything_is_written(
    tmp_path: Path, paths: list[str], manifest: Manifest
) -> None:
    site = tmp_path / "site"
    write_site(files(old="old"), site)
    before = manifest(site)
    made: list[str] = []

    def make(path: str) -> Callable[[], bytes]:
        return lambda: made.append(path) or b""  # type: ignore[func-returns-value]

    with pytest.raises(Refused):
        write_site([OutputFile("fine.html", make("fine")), *(OutputFile(path, make(path)) for path in paths)], site)
    assert not made
    assert manifest(site) == before


def test_good_addresses_pass() -> None:
    check_addresses(["a.html", "a/b.html", "a/b/c.html", "ab", "活动/一.html", ".nojekyll"])


def test_a_first_build_writes_all(tmp_path: Path) -> None:
    done = write_site(files(index="1", a__b="2"), tmp_path / "deep" / "site")
    assert (tmp_path / "deep/site/index.html").read_text() == "1"
    assert (tmp_path / "deep/site/a/b.html").read_text() == "2"
    assert (done.changed, done.kept, done.removed) == (3, 0, 0)  # with the marker


def test_unchanged_files_keep_their_inode_changed_ones_do_not_and_gone_ones_vanish(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_site(files(same="1", changed="1", gone__page="1"), site)
    held = {name: (site / name).stat() for name in ("same.html", "changed.html")}
    done = write_site(files(same="1", changed="2", fresh="1"), site)
    assert (site / "same.html").stat().st_ino == held["same.html"].st_ino
    assert (site / "same.html").stat().st_mtime_ns == held["same.html"].st_mtime_ns
    assert (site / "changed.html").stat().st_ino != held["changed.html"].st_ino
    assert (site / "changed.html").read_text() == "2"
    assert not (site / "gone").exists()
    assert (done.changed, done.kept, done.removed) == (2, 2, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]


def test_many_files_are_written_by_several_processes_and_stay_the_same(tmp_path: Path) -> None:
    many = [OutputFile.of(f"{number % 7}/{number}.html", str(number).encode()) for number in range(1000)]
    write_site(many, tmp_path / "site")
    held = {path: path.stat().st_ino for path in (tmp_path / "site").rglob("*.html")}
    assert len(held) == 1000
    done = write_site(many, tmp_path / "site")
    assert (done.changed, done.kept, done.removed) == (0, 1001, 0)
    assert all(path.stat().st_ino == inode for path, inode in held.items())


def test_a_file_where_a_folder_was_and_a_folder_where_a_file_was(tmp_path: Path) -> None:
    write_site([OutputFile.of("a", b"1"), OutputFile.of("b/c", b"1")], tmp_path / "site")
    write_site([OutputFile.of("a/c", b"2"), OutputFile.of("b", b"2")], tmp_path / "site")
    assert (tmp_path / "site/a/c").read_bytes() == (tmp_path / "site/b").read_bytes() == b"2"


def test_a_folder_with_other_things_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.doc").write_text("dear")
    with pytest.raises(Refused, match="别的东西"):
        write_site(files(index="1"), tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["thesis.doc"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_site_that_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").write_text("x") if kind == "file" else (tmp_path / "site").symlink_to("elsewhere")
    with pytest.raises(Refused, match="普通文件夹"):
        write_site(files(index="1"), tmp_path / "site")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(files(index="1"), tmp_path / "site")
    assert (tmp_path / "site" / MARKER).exists()


def test_a_second_build_at_work_is_refused(tmp_path: Path, manifest: Manifest) -> None:
    write_site(files(index="1"), tmp_path / "site")
    before = manifest(tmp_path / "site")
    code = "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / ".site.lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="正在进行"):
            write_site(files(index="2"), tmp_path / "site")
        assert manifest(tmp_path / "site") == before
        other.communicate("")
    write_site(files(index="2"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "2"


@pytest.mark.parametrize("chunks", [1, 5])
def test_other_processes_make_what_is_heavy_and_begin_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunks: int
) -> None:
    monkeypatch.setattr("generator.writers._life", lambda: chunks)  # of a writer, before another follows it
    begun = tmp_path / "begun"

    def heavy(name: str) -> Callable[[], bytes]:
        def make() -> bytes:
            with begun.open("a", encoding="utf-8") as stream:
                stream.write(f"{name} {os.getpid()}\n")
            return name.encode()

        return make

    light = [OutputFile(f"{number}.html", heavy("light")) for number in range(300)]
    last = [OutputFile(f"{name}.pdf", heavy(name), heavy=True) for name in "abcdefg"]
    write_site([*light, *last], tmp_path / "site")
    lines = [line.split() for line in begun.read_text(encoding="utf-8").splitlines()]
    others = [name for name, process in lines if process != str(os.getpid())]
    assert others[0] in "abcdefg"
    assert sorted({*others} - {"light"}) == [*"abcdefg"], (
        "their libraries start threads: a process forked later would hang"
    )
    assert all((tmp_path / f"site/{name}.pdf").read_bytes() == name.encode() for name in "abcdefg")
    assert len(list((tmp_path / "site").glob("*.html"))) == 300


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the threads of a process")
def test_what_this_process_makes_starts_no_thread() -> None:
    """A process that is forked from one with threads can hang."""
    script = """if True:
        import os, sys
        from datetime import date
        from pathlib import Path
        from generator.build import catalog_of, load
        from generator.plugin import render_host
        from generator.publish import Scope, open_site, parts
        root = Path(sys.argv[1])
        loaded = load(root)
        site = open_site(catalog_of(loaded, date(2026, 11, 23)), render_host(root), Scope.RELEASE)
        before = set(os.listdir("/proc/self/task"))
        number = 0
        for part in parts(site, render_host(root), loaded.problems, root):
            for file in part.files():
                if not file.heavy or part.at_once:
                    number += len(file.make()) > 0
                new = set(os.listdir("/proc/self/task")) - before
                assert not new, file.path
        print(number)
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(VILLAGE)], check=False, capture_output=True, text=True, timeout=100
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 1000


def test_files_that_wait_in_a_spool_are_the_same_and_a_full_disk_is_told() -> None:
    wanted = {f"{number}.js": os.urandom(number * 100) for number in range(30)}
    found = spooled(OutputFile.of(path, data) for path, data in wanted.items())
    assert {file.path: file.make() for file in reversed(found)} == wanted

    def full() -> bytes:
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused, match="没有动"):
        spooled([OutputFile("a.js", full)])


@pytest.mark.parametrize("many", [0, 1000])
def test_a_maker_that_fails_leaves_the_old_site_whole(tmp_path: Path, manifest: Manifest, many: int) -> None:
    site = tmp_path / "site"
    write_site(files(index="1", a="1"), site)
    before = manifest(site)

    def fail() -> bytes:
        raise ZeroDivisionError

    rest = [OutputFile.of(f"{number}.html", b"2") for number in range(many)]
    with pytest.raises(ZeroDivisionError):
        write_site([*files(index="2"), *rest, OutputFile("z.html", fail)], site)
    assert manifest(site) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]
    write_site(files(index="2"), site)


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"), reason="needs to mount a small disk"
)
def test_a_full_disk_leaves_the_old_site_whole(tmp_path: Path, manifest: Manifest) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        write_site(files(index="1"), disk / "site")
        before = manifest(disk / "site")
        with pytest.raises(Refused, match="没有动"):
            write_site([OutputFile.of(f"{number}", bytes(10_000)) for number in range(60)], disk / "site")
        assert manifest(disk / "site") == before
        assert not (disk / ".site.new").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


# -- whole builds ------------------------------------------------------------------------------------------------------


def test_two_builds_in_other_folders_zones_languages_and_seeds_are_the_same_bytes(
    tmp_path: Path, small_root: Callable[..., Path], command: Callable[..., Any], manifest: Manifest, today: Any
) -> None:
    one, two = small_root(tmp_path / "one"), small_root(tmp_path / "elsewhere" / "two")
    for path in sorted(two.rglob("*.yml"), reverse=True):  # another order on the disk, other times
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        os.utime(path, (1, 1))
    command(
        "build",
        "--root",
        one,
        "--site",
        tmp_path / "a",
        "--today",
        today,
        TZ="Asia/Shanghai",
        LANG="zh_CN.UTF-8",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="1",
    )
    command(
        "build", "--root", two, "--site", tmp_path / "b" / "c", "--today", today,
        TZ="America/Los_Angeles", LANG="C", LC_ALL="C", PYTHONHASHSEED="4242", SOURCE_DATE_EPOCH="1", PYTHONUTF8="0",
    )  # fmt: skip
    a, b = manifest(tmp_path / "a"), manifest(tmp_path / "b" / "c")
    assert {path for path in a.keys() | b.keys() if a.get(path) != b.get(path)} == set()


@pytest.mark.slow
def test_mkdocs_build_gives_the_same_bytes_as_catalog_build(
    tmp_path: Path, real_folder: Path, manifest: Manifest, today: Any
) -> None:
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / ".git").exists():  # the same history, too
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", checkout, tmp_path / "root"], check=True)
    for name in ("activities", "content", "theme"):
        shutil.copytree(checkout / name, tmp_path / "root" / name)
    own = (checkout / "mkdocs.yml").read_text(encoding="utf-8")
    assert "\n  - catalog\n" in own
    (tmp_path / "root/mkdocs.yml").write_text(
        own.replace("\n  - catalog\n", f'\n  - catalog: {{today: "{today}"}}\n'), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", tmp_path / "root/mkdocs.yml", "-d", tmp_path / "site"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours, theirs = manifest(real_folder), manifest(tmp_path / "site")
    assert {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)} == set()


def test_a_faulty_record_is_left_out_and_told_and_with_strict_stops_the_build(
    tmp_path: Path, small_root: Callable[..., Path], command: Callable[..., Any], manifest: Manifest, today: Any
) -> None:
    root, site = small_root(tmp_path / "root"), tmp_path / "site"
    arguments = ("build", "--root", root, "--site", site, "--today", today)
    command(*arguments, "--strict")
    before = manifest(site)
    faulty = root / "activities/2026/C-01/crop-02.yml"
    faulty.write_text(
        faulty.read_text(encoding="utf-8").replace("audiences: [农民]", "audiences: [农名]"), encoding="utf-8"
    )

    done = command(*arguments, "--strict", code=1)
    assert "activities/2026/C-01/crop-02.yml:6:" in done.stdout
    assert "[unknown-term]" in done.stdout
    assert "没有更新" in done.stderr
    assert manifest(site) == before

    done = command(*arguments)
    assert "[unknown-term]" in done.stdout
    assert "40 项活动" in done.stderr
    assert "1 个有错误的文件没有发布" in done.stderr
    after = manifest(site)
    lists = ("activities/by/", "search/")  # files of the search are named by what they hold
    gone = {path for path in before.keys() - after.keys() if not path.startswith(lists)}
    assert gone == {"activities/2026/C-01/crop-02.html"}
    assert not {path for path in after.keys() - before.keys() if not path.startswith(lists)}


def test_a_new_build_writes_only_what_changed(
    tmp_path: Path, small_root: Callable[..., Path], command: Callable[..., Any], today: Any
) -> None:
    root, site = small_root(tmp_path / "root"), tmp_path / "site"
    command("build", "--root", root, "--site", site, "--today", today)
    held = {path: path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    record = root / "activities/2026/C-01/crop-02.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("测试主办单位", "只有这一页变"), encoding="utf-8")
    done = command("build", "--root", root, "--site", site, "--today", today)
    changed = {path.relative_to(site).as_posix() for path, inode in held.items() if path.stat().st_ino != inode}
    assert f"写入 {len(changed)} 个文件" in done.stderr
    assert {path for path in changed if not path.startswith("data/")} == {
        "activities/2026/C-01/crop-02.html",
        "assets/contribute/records/2026/C-01.js",
    }
    kept = ("societies", "calls", "needs", "pairings", "terms", "regions", "counties", "statistics/")
    assert not {path for path in changed if path.removeprefix("data/").startswith(kept)}


def test_what_is_made_of_the_whole_site_comes_and_goes_with_it(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def finish(folder: Path) -> list[str]:
        (folder / "all.txt").write_text(" ".join(sorted(path.name for path in folder.iterdir())), encoding="utf-8")
        return ["all.txt"]

    for _ in range(2):
        written = write_site(files(a="1", b="2"), site, finish)
        assert (site / "all.txt").read_text(encoding="utf-8") == f"{MARKER} a.html b.html"
        assert written.removed == 0
    assert (written.changed, written.kept) == (1, 3)
    assert write_site(files(a="1", b="2"), site).removed == 1
    assert not (site / "all.txt").exists()


def test_a_site_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path, manifest: Manifest) -> None:
    site = tmp_path / "site"
    write_site(files(a="1"), site)
    before = manifest(site)

    def finish(folder: Path) -> list[str]:
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused):
        write_site(files(a="2"), site, finish)
    assert manifest(site) == before


def _retitle(record: Path, title: str) -> None:
    lines = record.read_text(encoding="utf-8").splitlines()
    record.write_text(
        "\n".join(f'title: "{title}"' if line.startswith("title:") else line for line in lines) + "\n", encoding="utf-8"
    )


@pytest.mark.slow
def test_kill_9_at_any_moment_leaves_the_old_site_or_the_new_one_whole(
    tmp_path: Path, small_root: Callable[..., Path], command: Callable[..., Any], manifest: Manifest, today: Any
) -> None:
    root, site = small_root(tmp_path / "root"), tmp_path / "out" / "site"
    record = root / "activities/2026/C-01/crop-02.yml"
    arguments = ("build", "--root", root, "--site", site, "--today", today)
    known = {}
    begun = time.monotonic()
    for title in ("测试：旧的题目在这里", "测试：新的题目在这里"):
        _retitle(record, title)
        command(*arguments)
        known[title] = manifest(site)
    usual = (time.monotonic() - begun) / 2
    old, new = known
    assert known[old] != known[new]
    moments = random.Random(20261123)  # noqa: S311 - moments, not secrets
    fresh, found, interrupted = site.parent / ".site.new", [], 0
    for number in range(6):
        wanted = old if manifest(site) == known[new] else new
        _retitle(record, wanted)
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *map(str, arguments)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, "TMPDIR": str(tmp_path)},
        )  # fmt: skip
        if number % 3 == 0:  # anywhere
            time.sleep(moments.uniform(0, usual))
        else:  # while it writes, exchanges, clears away
            while process.poll() is None and not fresh.exists():
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.3 * usual))
        if process.poll() is None:
            interrupted += 1
            # the whole group as a full machine would, or the leader alone as a person would
            os.killpg(process.pid, signal.SIGKILL) if number % 4 < 2 else process.kill()
        process.wait()
        now = manifest(site)
        assert now in known.values(), f"kill {number}: neither the old site nor the new one"
        found.append(now == known[wanted])
        # Orphans of a killed leader may still hold the lock; a builder waits for them, and so does the test.
        FileLock(site.parent / ".site.lock", timeout=20).acquire().lock.release()
    print(
        f"killed {interrupted} of 6 builds; the old site stood after {found.count(False)}, the new one after {found.count(True)}"
    )
    assert interrupted >= 2
    _retitle(record, old)
    command(*arguments)
    assert manifest(site) == known[old]
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.lock", "site"]


def test_a_preview_is_told_as_such_where_it_has_nothing(
    tmp_path: Path, small_root: Callable[..., Path], command: Any
) -> None:
    command("build", "--root", small_root(tmp_path / "root"), "--site", tmp_path / "site", "--pages-only")
    for page in ("data", "statistics"):
        assert "这是预览" in (tmp_path / "site" / page / "index.html").read_text("utf-8")
