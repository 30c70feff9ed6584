"""The only door to Jinja2: names and contexts in, markup out. Autoescape is on, a missing name is an error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

ROOT = "\x02"  # stands for the way to the site's root until a page knows its address; no contributor can write it


class RootedLoader(FileSystemLoader):
    """Puts ``ROOT`` into a template's source: it is the same in all of them, and need not be looked up and escaped each time."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template's source, its file, and whether that is as it was."""
        source, path, is_current = super().get_source(environment, template)
        return source.replace("{{ root }}", ROOT), path, is_current


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept in a folder of the user's own among the temporary files: compiling them takes a quarter of a second.

    Jinja knows by a template's source whether what it kept still holds; how we have it compiled is part of the names.
    """

    def __init__(self) -> None:
        super().__init__(pattern=f"catalog-{crc32(Path(__file__).read_bytes()):x}-%s.cache")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one; where nothing can be written it is compiled again next time."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def kept() -> Compiled | None:
    """Where compiled templates are kept; None where nothing can be."""
    try:
        return Compiled()
    except RuntimeError:  # no folder that only this user can write to
        return None


class QuickTemplate(Template):
    """A template that escapes as all do, without making a ``Markup`` of each value just to join it: a million values, a twentieth of a build."""

    @classmethod
    def from_code(cls, *arguments: Any, **named: Any) -> Template:
        """A template from its compiled code, whose own ``escape`` is ours."""
        template = super().from_code(*arguments, **named)
        template.root_render_func.__globals__["escape"] = _escaped
        return template


def _escaped(value: object) -> str:
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


class QuickContext(Context):
    """A context that does not list the environment's own names each time; only templates that import from others need them, and none does."""

    def __init__(self, environment: Environment, parent: Any, name: Any, blocks: Any, globals: Any = None) -> None:
        super().__init__(environment, parent, name, blocks)


class QuickEnvironment(Environment):
    """An environment that finds a template that is included, many thousand times over, by its name alone."""

    template_class = QuickTemplate
    context_class = QuickContext

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=RootedLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=kept(),
        )
        self._found: dict[str, Template] = {}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> Template:
        """The template of a name; none of ours has a parent or names of its own."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute`` in a template; of a dictionary its value, which is looked for first."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


class Templates:
    """The templates of ``theme/``; ``{{ root }}`` and the macro ``section`` are known in all of them."""

    def __init__(self, folder: Path) -> None:
        self._environment = QuickEnvironment(folder)
        self._section: Any = vars(self._environment.get_template("parts/section.html").module)["section"]

    def compile(self) -> None:
        """Get all templates ready: processes that are forked afterwards need not do it each for itself."""
        for name in self._environment.list_templates(filter_func=lambda name: name.startswith(("pages/", "parts/"))):
            self._environment.get_template(name)

    def render(self, name: str, **context: Any) -> Markup:
        """A part, filled, to be put into another template."""
        return Markup(self.text(name, **context))  # noqa: S704 - the template escaped every value

    def text(self, name: str, **context: Any) -> str:
        """A template of ``theme/``, filled."""
        template = self._environment.get_template(name)
        context["section"] = self._section  # imported by each template, it would be looked up each time
        # `render` would copy the environment's own names, which no template here uses, into each of many thousand contexts.
        return "".join(template.root_render_func(template.new_context(context, shared=True)))
