"""A script in node, on the one that Playwright brings: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

Ask = Callable[[Any], Any]


@contextmanager
def talking(script: Path, first: Any) -> Iterator[Ask]:
    """``ask(value)`` sends a value and gives the answer. ``first``: what the script is told beforehand; it answers nothing to that."""
    command = [str(compute_driver_executable()[0]), str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as node:
        sending, answers = node.stdin, node.stdout
        assert sending
        assert answers

        def send(value: Any) -> None:
            sending.write(json.dumps(value) + "\n")
            sending.flush()

        def ask(value: Any) -> Any:
            send(value)
            return json.loads(answers.readline())

        send(first)
        yield ask
        sending.close()
