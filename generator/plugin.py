"""MkDocs' events in, the catalogue's build out: the only module that knows MkDocs."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's banner, on every build

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from generator.build import CHECKOUT, build
from generator.publish import THEME, Host, Scope
from generator.render.site import Settings
from generator.render.templates import kept
from generator.today import today_in_china
from generator.write import Refused

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.catalog")

# Of the host's files, what no page of ours asks for: its own scripts, maps and sitemap.
_UNUSED = (
    "assets/javascripts/",
    "assets/images/favicon.png",
    "sitemap.xml",
    "sitemap.xml.gz",
    "assets/_mkdocstrings.css",
)


POLLING = 0.15  # seconds between two looks at the watched files


class CatalogConfig(Config):  # type: ignore[no-untyped-call]
    """Options under ``plugins: - catalog:`` in mkdocs.yml."""

    today = Optional(Type(str))
    """The day to build for, YYYY-MM-DD; by default today's."""


class CatalogPlugin(BasePlugin[CatalogConfig]):  # type: ignore[no-untyped-call]
    """Lets ``mkdocs build`` and ``mkdocs serve`` make the whole site. MkDocs renders into a folder aside; the one writer does the rest."""

    root: Path | None = None
    """Where the records are; by default beside mkdocs.yml. A root without one borrows the checkout's."""

    def __init__(self) -> None:
        self.serving = False
        self.host_only = False
        self._site: Path | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember what was asked for; being defined, it also keeps this object over rebuilds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Send the host's own output aside."""
        if not self.host_only:
            self._site = Path(config.site_dir)
            config.site_dir = tempfile.mkdtemp(prefix="catalog-host-")
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the records, the lists and the theme as well, and look more often than MkDocs does: a writer waits."""
        from mkdocs.livereload import LiveReloadServer  # a web server, which a build does without

        host, port = config.dev_addr
        quick = LiveReloadServer(server.builder, host, port, server.root, server.mount_path, polling_interval=POLLING)
        quick.error_handler = server.error_handler
        root, settings = self._root(config), Path(config.config_file_path or "mkdocs.yml")
        for path in (settings, root / "activities", root / "content", Path(config.docs_dir), THEME):
            if path.exists():
                quick.watch(str(path))
        return quick

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Keep the host's compiled templates, too."""
        env.bytecode_cache = kept()
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Take the host's pages and walk on."""
        if self.host_only or self._site is None:
            return
        root = self._root(config)
        host = _collect(config, self.serving)
        shutil.rmtree(config.site_dir, ignore_errors=True)
        config.site_dir = str(self._site)
        day = date.fromisoformat(self.config.today) if self.config.today else today_in_china()
        try:
            strict, scope = bool(config.strict) and not self.serving, Scope.SERVED if self.serving else Scope.WHOLE
            built = build(root, self._site, day, lambda: host, strict=strict, scope=scope)
        except Refused as reason:
            raise Abort(str(reason)) from reason
        for problem in built.problems:
            if problem.level == "error":
                log.error("%s", problem)
        if built.written is None:
            raise Abort("有错误的记录，网站没有更新")

    def _root(self, config: MkDocsConfig) -> Path:
        return self.root or Path(config.config_file_path or "mkdocs.yml").resolve().parent

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing aside."""
        log.debug("build ended by %s", error)


def _collect(config: MkDocsConfig, serving: bool) -> Host:
    """The host's files and settings."""
    folder = Path(config.site_dir)
    files = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(_UNUSED) and not name.endswith(".map"):
            files[name] = path.read_bytes()
    return Host(_settings(config, serving), files)


def _settings(config: MkDocsConfig, serving: bool) -> Settings:
    extra = {str(key): str(value) for key, value in config.extra.items() if isinstance(value, (str, int))}
    url = "" if serving or not config.site_url else config.site_url.rstrip("/") + "/"
    return Settings(config.site_name, config.site_description or "", url, extra, serving)


def settings_of(root: Path) -> Settings:
    """What a root's mkdocs.yml says, without rendering. Raises Refused where it cannot be read."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        return _settings(load_config(**config_options(root)), serving=False)
    except (MkDocsException, SystemExit) as error:
        raise Refused(f"mkdocs.yml 有问题：{error}") from None


def config_options(root: Path) -> dict[str, Any]:
    """What ``load_config`` is told about a root: its mkdocs.yml, or the checkout's where it has none; pages and theme likewise."""
    own = root / "mkdocs.yml"
    options: dict[str, Any] = {"config_file": str(own if own.is_file() else CHECKOUT / "mkdocs.yml")}
    if not (root / "content" / "pages").is_dir():
        options["docs_dir"] = str(CHECKOUT / "content" / "pages")
    elif not own.is_file():
        options["docs_dir"] = str(root / "content" / "pages")
    if not (root / "theme").is_dir():
        options["theme"] = {"name": "material", "custom_dir": str(THEME), "language": "zh", "font": False}
    return options


def render_host(root: Path) -> Host:
    """Render the handwritten pages and the frame of a root, and nothing else. Raises Refused where the host cannot."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    try:
        return _render_host(root)
    except (MkDocsException, SystemExit) as error:  # mkdocs ends the process for a bad setting; that is ours to do
        raise Refused(f"手写页面或 mkdocs.yml 有问题，页面框架没有生成：{error}") from None


def _render_host(root: Path) -> Host:
    with tempfile.TemporaryDirectory(prefix="catalog-host-") as folder:
        config = load_config(site_dir=folder, **config_options(root))
        plugin = config.plugins.get("catalog")
        if isinstance(plugin, CatalogPlugin):
            plugin.host_only = True
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build.build(config)
        return _collect(config, serving=False)


def public_address(root: Path) -> str:
    """Where ``mkdocs.yml`` says the site is, with its last slash; empty where it does not, or cannot be read."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    try:
        url = load_config(**config_options(root)).site_url
    except (MkDocsException, SystemExit):
        return ""
    return url.rstrip("/") + "/" if url else ""


def serve(root: Path, port: int) -> None:
    """``mkdocs serve`` for a root, on this machine only, until interrupted."""
    from mkdocs.commands import serve as mkdocs_serve

    options = config_options(root)
    CatalogPlugin.root = root.resolve()
    mkdocs_serve.serve(options.pop("config_file"), dev_addr=f"127.0.0.1:{port}", **options)
