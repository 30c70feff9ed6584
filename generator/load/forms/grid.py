"""A table in, its answers out: a list with a header (one activity a row), the same turned round, or labels beside or above values."""

from __future__ import annotations

from generator.load.forms.document import Table
from generator.load.forms.flow import Flow
from generator.load.forms.labels import Keys, Labels
from generator.load.forms.lists import Lists, Section
from generator.load.forms.pairs import Pairs

Headers = list[tuple[int, list[Keys]]]  # of the last list: its width and the keys of its columns


class _Grid(Pairs, Lists):
    """A table, read either way."""


def read_table(table: Table, labels: Labels, flow: Flow, headers: Headers) -> None:
    """Hand the answers of a table to ``flow``."""
    if not table.cells:
        return
    reader = _Grid(table, labels, flow)
    spans = reader.headers(table)
    if not spans:
        turned = table.turned()
        if reader.is_turned(turned):
            table, spans = turned, reader.headers(turned)
    if not spans:
        if headers and headers[-1][0] == table.width and not reader.has_labels():
            reader.rows(0, table.height, [(keys, "") for keys in headers[-1][1]], table)  # a list that goes on
        elif answers := reader.pairs(0, table.height):
            flow.table_answers(answers)
        return
    _lists(reader, table, spans, headers)


def _lists(reader: _Grid, table: Table, spans: list[tuple[int, int]], headers: Headers) -> None:
    """One list or more, with what stands above and below them."""
    reader.above(reader.pairs(0, spans[0][0]))
    sections: list[Section] = []
    rest: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        stop = spans[number + 1][0] if number + 1 < len(spans) else table.height
        body = reader.body(table, end, stop)
        rest += [(body, stop)] if body < stop else []
        sections.append((reader.columns(table, start, end), end, body))
    titles = sum(any("title" in keys for keys, _ in columns) for columns, _, _ in sections)
    if (
        (len(sections) > 1 or rest)
        and titles <= 1
        and all(reader.filled_rows(table, one[1], one[2]) <= 1 for one in sections)
    ):
        reader.flow.table_answers(
            reader.stacked(table, sections) + [one for span in rest for one in reader.pairs(*span)]
        )
        return
    for columns, end, stop in sections:
        reader.rows(end, stop, columns, table)
        headers.append((table.width, [keys for keys, _ in columns]))
    for span in rest:
        reader.above(reader.pairs(*span))
