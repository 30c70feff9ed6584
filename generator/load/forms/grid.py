"""A table in, its answers out: a list with a header (one activity a row), the same turned round, or labels beside or above values."""

from __future__ import annotations

from generator.load.forms.arranged import arranged, part, unfolded
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
    first, *others = arranged(reader, table)
    if not others:
        _read(reader, first, headers)
        return
    *blocks, foot = others
    reader.above(reader.pairs_of(first))
    for block in blocks:
        _read(reader, block, headers)
    reader.above(reader.pairs_of(foot))


def _read(reader: _Grid, table: Table, headers: Headers) -> None:
    """One plain table."""
    spans = reader.headers(table)
    start, rows = reader.rows_of_one(table)
    if rows:
        reader.above(reader.pairs_of(part(table, 0, start)))
        table = unfolded(part(table, start, table.height), rows)
        spans = [(0, 1)]
    if not spans:
        lead, foot = reader.lines_round(table)
        turned = part(table, lead, foot).turned()
        if header := reader.turned_header(turned):
            reader.above(reader.pairs_of(part(table, 0, lead)))
            _lists(reader, turned, [header], headers)
            reader.above(reader.pairs_of(part(table, foot, table.height)))
            return
    if spans:
        _lists(reader, table, spans, headers)
    elif headers and headers[-1][0] == table.width and not reader.has_labels(table):
        reader.rows(0, table.height, [(keys, "") for keys in headers[-1][1]], table)  # a list that goes on
    elif answers := reader.pairs_of(table):
        reader.flow.table_answers(answers)


def _lists(reader: _Grid, table: Table, spans: list[tuple[int, int]], headers: Headers) -> None:
    """One list or more, with what stands above and below them."""
    reader.table = table
    reader.above(reader.pairs(0, spans[0][0]) if spans else [])
    sections: list[Section] = []
    rest: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(spans):
        stop = spans[number + 1][0] if number + 1 < len(spans) else table.height
        body = reader.body(table, end, stop)
        rest += [(body, stop)] if body < stop else []
        sections.append((reader.columns(table, start, end), end, body))
    if _is_stacked(reader, table, sections, rest):
        told = [(one[1], reader.stacked(table, [one])) for one in sections]
        told += [(span[0], reader.pairs(*span)) for span in rest]
        reader.flow.table_answers([answer for _, answers in sorted(told, key=lambda one: one[0]) for answer in answers])
        return
    for columns, end, stop in sections:
        reader.rows(end, stop, columns, table)
        headers.append((table.width, [keys for keys, _ in columns]))
    for span in rest:
        reader.above(reader.pairs(*span))


def _is_stacked(reader: _Grid, table: Table, sections: list[Section], rest: list[tuple[int, int]]) -> bool:
    """Whether rows of labels over rows of values, again and again, tell of one activity, or of one after another."""
    titles = sum(any("title" in keys for keys, _ in columns) for columns, _, _ in sections)
    is_short = all(len(reader.filled_rows(table, start, stop)) <= 1 for _, start, stop in sections)
    return is_short and bool(len(sections) > 1 or rest) and bool(titles <= 1 or titles < len(sections) or rest)
