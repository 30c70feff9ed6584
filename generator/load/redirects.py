"""``content/redirects.yml`` in, where moved and withdrawn records are out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.load.files import MOST_LIST_BYTES, Found
from generator.load.known import MOST_LIST_VALUES, read_file
from generator.model.problem import Place, Problem
from generator.model.reader import SHAPES, Known, Reader
from generator.model.redirect import REDIRECTS, Redirect
from generator.model.rules import check_text
from generator.model.source import Items, Mapping

_KEY = "redirects"


@dataclass(frozen=True, slots=True)
class Moves:
    """The redirects that could be read, in order, and where a key of one stands."""

    redirects: tuple[Redirect, ...] = ()
    place: Callable[[int, str], Place] = lambda number, key: Place(REDIRECTS)


def read_redirects(root: Path, known: Known, problems: list[Problem]) -> Moves:
    """The redirects of ``root``; ``problems`` grows."""
    path = root / REDIRECTS
    if not path.exists() and not path.is_symlink():
        return Moves()
    source, wrong = read_file(Found(REDIRECTS, str(path)), MOST_LIST_BYTES, MOST_LIST_VALUES)
    problems.extend(wrong)
    if source is None:
        return Moves()
    problems.extend(check_text(source))
    reader = Reader(REDIRECTS, known)
    rows = source.root.values.get(_KEY)
    if not isinstance(rows, Items):
        reader.wrong_shape(rows or source.root, _KEY, SHAPES[Items])
    redirects: list[Redirect] = []
    nodes: list[Mapping] = []
    for row in rows.values if isinstance(rows, Items) else ():
        if not isinstance(row, Mapping):
            reader.wrong_shape(row, _KEY, SHAPES[Mapping])
            continue
        redirect, whole = reader.record(Redirect, row)
        if whole:
            redirects.append(redirect)
            nodes.append(row)
    problems.extend(reader.problems)
    return Moves(tuple(redirects), lambda number, key: reader.place(nodes[number].values.get(key, nodes[number])))
