"""The only door to Jinja2: names and contexts in, markup out. Autoescape is on, a missing name is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

ROOT = "\x02"  # stands for the way to the site's root until a page knows its address; no contributor can write it


class Templates:
    """The templates of ``theme/``; ``root`` is known in all of them."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["root"] = ROOT
        self._compiled: dict[str, Template] = {}

    def render(self, name: str, **context: Any) -> Markup:
        """A part, filled, to be put into another template."""
        return Markup(self.text(name, **context))  # noqa: S704 - the template escaped every value

    def text(self, name: str, **context: Any) -> str:
        """A template of ``theme/``, filled."""
        template = self._compiled.get(name)
        if template is None:
            template = self._compiled[name] = self._environment.get_template(name)
        return template.render(context)
