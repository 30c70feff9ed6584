"""The layers: who may import whom, and which module is the only door to a library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = {
    "model": {"model"},
    "load": {"load", "model"},
    "render": {"render", "model"},
}
DOORS: dict[str, str | tuple[str, ...]] = {
    "yaml": ("load/yaml_text.py", "load/yaml_out.py"),
    "jinja2": "render/templates.py",
    "pandas": ("model/catalog.py", "model/counting.py"),
    "numpy": ("model/columns/", "render/search/", "render/qr.py"),
    "mkdocs": "plugin.py",
    "pyromark": "render/markdown.py",
    "anyascii": "model/pinyin.py",
    "lunr": "render/search/suggestions.py",
    "icalendar": "render/calendars.py",
    "feedgenerator": "render/feeds.py",
    "nh3": "render/markdown.py",
    "csv": "load/known.py",
    "PIL": ("load/pictures.py", "render/share.py"),
    "subprocess": "load/git.py",
    "zxingcpp": "render/qr.py",
    "rcssmin": "render/small.py",
    "rjsmin": "render/small.py",
    "typst": "render/pdf.py",
    "fontTools": "render/pdf.py",
    "docx": "render/word",
    "lxml": "load/forms/",
    "openpyxl": "load/forms/sheet.py",
    "xlsxwriter": "render/sheet.py",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
MOST_LINES = 300


def imports(module: Path) -> set[str]:
    """The dotted names a module imports, those inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_imports_only_from_its_own_layer_and_the_model(module: Path) -> None:
    layer = name_of(module).split("/")[0]
    if layer not in LAYERS:
        return
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "generator":
            assert parts[1] in LAYERS[layer], f"{name_of(module)} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_library_has_one_door(module: Path) -> None:
    for name in imports(module):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or name_of(module).startswith(doors), f"{name_of(module)} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_goes_in_and_out(module: Path) -> None:
    text = module.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert not VAGUE & set(module.relative_to(PACKAGE).with_suffix("").parts)


def test_only_the_commands_and_the_plugin_read_the_clock_and_the_environment() -> None:
    for module in MODULES:
        if name_of(module) not in ("cli.py", "plugin.py", "today.py"):
            text = module.read_text("utf-8")
            for word in ("os.environ", "getenv", "date.today", "datetime.now", "time.time(", "locale."):
                assert word not in text, f"{name_of(module)}: {word}"
