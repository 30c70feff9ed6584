"""Problems in, a report out: text, JSON, GitHub's workflow commands, GitLab's code quality, reviewdog's rdjsonl.

Everything a contributor wrote is escaped as the format wants it; no line of text or of a command begins with it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from generator.model.privacy import private_data
from generator.model.problem import Edit, Problem, shown_path

Lines = Callable[[str], Sequence[str]]  # a path's lines, empty where they cannot be read
_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}
_SEVERITIES = {"error": "major", "warning": "minor", "hint": "info"}  # GitLab's
_RDF_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "hint": "INFO"}


def text(problems: Sequence[Problem]) -> str:
    """One line a problem."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of path, line, column, code, level, message, cure. Edits travel as rdjsonl's suggestions."""
    return json.dumps([_data(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"


def _data(problem: Problem) -> dict[str, Any]:
    data = asdict(problem)
    del data["edit"]
    return data


def public_edit(problem: Problem) -> Edit | None:
    """The edit, unless it would repeat what may not be public: reports go into public logs."""
    return problem.edit if problem.edit is not None and not private_data(problem.edit.text) else None


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands, from which GitHub makes annotations."""
    return "".join(_command(problem) for problem in problems)


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[problem.level]} {listed}::{_escaped(f'{problem.message}，{problem.cure}')}\n"


def _escaped(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _escaped(words).replace(":", "%3A").replace(",", "%2C")


def gitlab(problems: Sequence[Problem]) -> str:
    """A code quality report. Fingerprints hold no line, so that they stay when lines above come and go."""
    seen: Counter[str] = Counter()
    issues = []
    for problem in problems:
        what = "\0".join((problem.path, problem.code, problem.message))
        seen[what] += 1
        issues.append(
            {
                "description": f"{problem.message}，{problem.cure}",
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{what}\0{seen[what]}".encode("utf-8", "replace")).hexdigest(),
                "severity": _SEVERITIES[problem.level],
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def rdjsonl(problems: Sequence[Problem], lines_of: Lines) -> str:
    """Reviewdog's diagnostics, one JSON a line; columns count bytes of UTF-8."""
    return "".join(json.dumps(_diagnostic(problem, lines_of)) + "\n" for problem in problems)


def _diagnostic(problem: Problem, lines_of: Lines) -> dict[str, Any]:
    lines = lines_of(problem.path)

    def position(line: int, column: int) -> dict[str, int]:
        before = lines[line - 1][: column - 1] if line <= len(lines) else ""
        return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}

    diagnostic: dict[str, Any] = {
        "message": f"{problem.message}，{problem.cure}",
        "location": {"path": problem.path, "range": {"start": position(problem.line, problem.column)}},
        "severity": _RDF_SEVERITIES[problem.level],
        "source": {"name": "catalog"},
        "code": {"value": problem.code},
    }
    if edit := public_edit(problem):
        span = {"start": position(edit.line, edit.column), "end": position(edit.end_line, edit.end_column)}
        diagnostic["location"]["range"] = span if edit.line == problem.line else diagnostic["location"]["range"]
        diagnostic["suggestions"] = [{"range": span, "text": edit.text}]
    return diagnostic


def made_text(made: Sequence[Problem]) -> str:
    """What was mended, one line each."""
    return "".join(f"已改 {shown_path(one.path)}:{one.line}:{one.column}: {one.message}[{one.code}]\n" for one in made)
