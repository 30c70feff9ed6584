"""The command ``catalog``. Exit codes: 0 fine, 1 the data has errors, 2 the call is wrong or the machine lacks something."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

import click

from generator.commands import (
    build,
    check,
    comment,
    digest,
    export,
    forge,
    format,
    import_forms,
    links,
    match,
    new,
    pull,
    schema,
    serve,
)
from generator.load.yaml_text import HAS_LIBYAML


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def catalog() -> None:
    """科技志愿服务品牌活动清单：检查记录，生成网站。"""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy multiplies no matrices here: its threads would only spin
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not HAS_LIBYAML:
        click.echo(
            "缺少 libyaml：请用 pip 重新安装 PyYAML 的二进制包（pip install --force-reinstall --only-binary :all: pyyaml）。",
            err=True,
        )
        sys.exit(2)


for command in (
    check.check,
    build.build,
    serve.serve,
    match.match,
    import_forms.import_forms,
    export.export,
    digest.digest,
    format.format_records,
    new.new,
    schema.schema,
    pull.pull,
    comment.comment,
    links.links,
    forge.forge,
):
    catalog.add_command(command)


def main() -> NoReturn:
    """The command as a process of its own. It ends at once: taking all it has read apart, object by object, would help nobody."""
    try:
        catalog()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        atexit._run_exitfuncs()  # noqa: SLF001 - nothing public does it
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code)
    raise AssertionError("click ends a command by SystemExit")
