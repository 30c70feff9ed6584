"""The pictures of the guide, made anew: our own pages and forms with the village's data, cut out and made small. ``make pictures``

Everything shown is test data. What is typed is the example of the guide itself (``contribute/yaml.md``).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import sync_playwright

from generator.build import CHECKOUT
from generator.load.known import read_content
from generator.render.form import form_page
from generator.render.printed import form_docx, form_pdf
from tests.conftest import TODAY, _run, _small_root

GUIDE = CHECKOUT / "content" / "pages" / "contribute"
PICTURES = GUIDE / "pictures"
EXAMPLE = GUIDE / "yaml.md"
WIDTH = 360  # CSS pixels, as wide as a small telephone; twice as many in the file
COLOURS = 24
MOST = 60_000  # bytes
SOCIETY = "测试农学会"
FORM = "contribute/index.html"
RECORD = "activities/2026/C-01/every-field.html"


def example() -> str:
    """The file that the guide shows."""
    (text, *_) = re.findall(r"(?ms)^ *```yaml\n(.*?)^ *```", EXAMPLE.read_text(encoding="utf-8"))
    return str(text)


def keep(name: str, data: bytes, most_high: int = 0) -> None:
    """One picture: few colours, no metadata. ``most_high``: cut below, in CSS pixels."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    high = min(image.height, 2 * most_high or image.height)
    image = image.crop((0, 0, image.width // 2 * 2, high // 2 * 2))
    stream = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    path = PICTURES / f"{name}.png"
    path.write_bytes(stream.getvalue())
    _state_size(name, image.width // 2, image.height // 2)
    print(f"{path.name}: {image.width // 2} × {image.height // 2}, {len(stream.getvalue()) / 1000:.0f} kB")
    if len(stream.getvalue()) > MOST:
        raise SystemExit(f"{path.name} is over {MOST / 1000:.0f} kB: show less")


def _state_size(name: str, width: int, height: int) -> None:
    """The guide says how large a picture is, so that nothing jumps when it comes."""
    for page in GUIDE.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        sized = re.sub(
            rf"(\(pictures/{name}\.png\){{) width=\d+ height=\d+ ", rf"\g<1> width={width} height={height} ", text
        )
        if sized != text:
            page.write_text(sized, encoding="utf-8")


def around(page: Any, *selectors: str, below: str = "", space: int = 10) -> bytes:
    """The part of a page from the first to the last of some elements, and what hangs ``below`` them."""
    boxes = [page.locator(selector).first.bounding_box() for selector in (*selectors, *([below] if below else []))]
    top = min(box["y"] for box in boxes) - space
    bottom = max(box["y"] + box["height"] for box in boxes) + space
    scrolled = page.evaluate("scrollY")
    clip = {"x": 0, "y": top + scrolled, "width": WIDTH, "height": bottom - top}
    return bytes(page.screenshot(clip=clip, full_page=True, animations="disabled"))


def opened(page: Any, site: Path, path: str, query: str = "") -> None:
    page.goto((site / path).as_uri() + query)
    if path == FORM:
        page.wait_for_selector("#filing[data-ready]")


def web(page: Any, site: Path, values: dict[str, Any]) -> None:
    """First way: choose, fill, be refused, mend, hand in."""
    opened(page, site, FORM)
    page.click("#f-society")
    page.keyboard.type("csn")
    page.wait_for_selector("[data-field=society] [role=option]")
    keep("web-society", around(page, "#part-who", "[data-field=society]", below="[data-field=society] [role=listbox]"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.evaluate(
        """values => { catalogForm.fill(document.querySelector('.filing form'), values)
        return catalogForm.open().then(() => null) }""",
        values,
    )
    keep("web-ticks", around(page, "[data-field=audiences]"))
    page.click("#f-regions")
    page.keyboard.type("阳曲")
    page.wait_for_selector("[data-field=regions] [role=option]")
    keep("web-regions", around(page, "[data-field=regions]", below="[data-field=regions] [role=listbox]"))
    page.keyboard.press("Escape")
    page.fill("#f-regions", "")
    page.fill("#f-summary", "到村里示范修剪")
    page.fill("[name^='contact.phone.']", "13800138000")
    page.click(".filing form > .acts button")
    page.wait_for_selector(".summary:not([hidden])")
    keep("web-refused", around(page, ".summary"))
    page.fill("#f-summary", values["summary"])
    page.fill("[name^='contact.phone.']", values["contact"]["phone"][0])
    page.click(".filing form > .acts button")
    page.wait_for_selector(".made:not([hidden])")
    page.evaluate("""() => { const code = document.querySelector('.made code')
        code.textContent = code.textContent.split('\\n').slice(0, 6).join('\\n') + '\\n……' }""")
    keep("web-made", around(page, ".made"))


def word(page: Any, site: Path, values: dict[str, Any], folder: Path) -> None:
    """Second way: the form, blank and filled; what the page and the report say of it."""
    known = read_content(folder / "root", CHECKOUT).known
    for name, society, stated in (("word-blank", "", {}), ("word-filled", "C-01", values)):
        (folder / "form.pdf").write_bytes(
            form_pdf("national", [form_page(known, "national", society, "", stated)], TODAY, is_demonstration=False)
        )
        # The upper left of the first page, from the table on: there stand the questions and where the answers go.
        part = ["-x", "115", "-y", "374", "-W", str(2 * WIDTH), "-H", "760"]
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", "170", *part, "form.pdf", "form"], cwd=folder, check=True
        )
        keep(name, (folder / "form.png").read_bytes())
    filled = folder / "附件1.docx"
    filled.write_bytes(
        form_docx("national", [form_page(known, "national", "C-01", "", values)], TODAY, is_demonstration=False)
    )
    page.evaluate("localStorage.clear()")  # no draft of the first way
    opened(page, site, FORM)
    page.set_input_files("#word-file", filled)
    page.wait_for_function("() => document.querySelector('.understood').textContent")
    keep("word-read", around(page, ".start .acts", ".understood"))
    values = {key: value for key, value in values.items() if key != "responsible"}
    faulty = values | {"contact": {"office": "测试农学会科普部", "phone": "13800138000"}}
    filled.write_bytes(
        form_docx("national", [form_page(known, "national", "C-01", "", faulty)], TODAY, is_demonstration=False)
    )
    importing = [sys.executable, "-m", "generator", "import", filled.name, "--root", "root", "--out", "root/activities"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    subprocess.run([*importing, "--report", "report.html"], cwd=folder, env=environment, check=False)
    page.goto((folder / "report.html").as_uri())
    keep("word-report", page.screenshot(full_page=True), most_high=520)


def file(page: Any, text: str, folder: Path) -> None:
    """Third way: a file with its line numbers and a fault in it."""
    lines = text.replace("[农民]", "[农名]").splitlines()[:11]
    templates = Environment(loader=FileSystemLoader(CHECKOUT / "tests"), autoescape=True)
    wrong = next(number for number, line in enumerate(lines, 1) if "农名" in line)
    (folder / "file.html").write_text(
        templates.get_template("pictures.html").render(lines=lines, wrong=wrong), encoding="utf-8"
    )
    page.goto((folder / "file.html").as_uri())
    keep("yaml-file", page.locator("body").screenshot())


@contextmanager
def telephone() -> Iterator[Any]:
    """A page as a telephone shows it, light, twice as sharp."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(shutil.which, names)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        size = {"width": WIDTH, "height": 740}
        context = browser.new_context(
            viewport=size, device_scale_factor=2, color_scheme="light", reduced_motion="reduce"
        )
        page = context.new_page()
        yield page
        browser.close()


def main() -> None:
    text = example()
    values = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes nothing but texts, lists and maps
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, telephone() as page:
        folder = Path(name)
        operator = {"operator": "测试单位", "mail": "kepu@example.org", "repository": "https://github.com/ORG/REPO"}
        root, site = _small_root(folder / "root", **operator), folder / "site"
        _run("build", "--root", root, "--site", site, "--today", TODAY)
        web(page, site, values)
        word(page, site, values, folder)
        file(page, text, folder)
        opened(page, site, RECORD)
        keep("again", around(page, ".mend"))


if __name__ == "__main__":
    main()
