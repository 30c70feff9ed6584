"""A checkout and the revision a pull request starts from in, the report on it out: what it may touch, faults, cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build import catalog_of, load
from generator.load.changes import changes, tree, write_before
from generator.model.problem import Problem
from generator.model.pull import Change, check_pull, home
from generator.model.report import Report
from generator.render import pull

HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request that was looked at: all its problems, and the report, which may have had to leave some out."""

    problems: list[Problem]
    report: Report


def look(root: Path, base: str, today: date, *, approved: bool = False, head: str = HEAD) -> Pull:
    """Check what ``head``, which ``root`` has checked out, changes since ``base``.

    The faults of the changed files decide, and errors that the change brings into others, as where a record is deleted that
    a pairing names; errors that were there before are only counted. Raises Unanswered.
    """
    changed = changes(root, base, head)
    loaded = load(root)
    scope = check_pull(changed, tree(root, head), loaded.content.known, approved=approved)
    theirs = {change.path for change in changed}
    elsewhere = [problem for problem in loaded.errors if problem.path not in theirs]
    brought = _brought(root, base, head, elsewhere) if elsewhere else set()
    problems = sorted({*scope, *brought, *(problem for problem in loaded.problems if problem.path in theirs)})
    cards = list(pull.cards(catalog_of(loaded, today), changed))
    needs_owner = not approved and _needs_owner(changed)
    return Pull(problems, Report.of(len(changed), needs_owner, problems, len(elsewhere) - len(brought), cards))


def _brought(root: Path, base: str, head: str, elsewhere: Sequence[Problem]) -> set[Problem]:
    """Those of the errors that were not there before; lines may have moved."""
    with TemporaryDirectory() as folder:
        write_before(root, base, head, Path(folder))
        before = {(problem.path, problem.code, problem.message) for problem in load(Path(folder)).errors}
    return {problem for problem in elsewhere if (problem.path, problem.code, problem.message) not in before}


def _needs_owner(changed: Sequence[Change]) -> bool:
    """Whether it is more than a contribution of one society or county."""
    homes = {home(change.path) for change in changed}
    return None in homes or len(homes) > 1
