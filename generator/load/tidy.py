"""A file that can be read in, hints out: what is right but not in the canonical spelling, each with the edit that makes it so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.load.canonical import scalar
from generator.load.edits import edit_at, line_starts
from generator.load.yaml_text import Mark, marks_of
from generator.model import tidy_faults as faults
from generator.model.field import Field, fields_of, keys_of
from generator.model.problem import Place, Problem
from generator.model.reader import Known, Reader
from generator.model.source import Items, Mapping, Node, Source, Text
from generator.model.values import Group, Many
from generator.model.vocabulary import fold


def hints_of(source: Source, cls: type, known: Known) -> list[Problem]:
    """Every hint of a file, for a source that was read without a fault of YAML."""
    tidy = _Tidy(source, known)
    return [*tidy.record(cls, source.root), *tidy.spaces(), *tidy.order(cls)]


_KEEPS = ("|", ">", '"', "'")  # scalars that may span lines and keep the spaces at their ends


class _Tidy:
    def __init__(self, source: Source, known: Known) -> None:
        self.path, self.text, self.root, self.known = source.path, source.text, source.root, known
        self.starts = line_starts(self.text)
        self.marks = list(marks_of(self.text))
        self.by_start = {mark.start: mark for mark in self.marks if mark.scalar}

    def record(self, cls: type, node: Mapping) -> Iterator[Problem]:
        """Keys and values of a mapping, by the table of ``cls``."""
        keys = keys_of(cls, fold)
        for word, child in node.values.items():
            line = keys.get(word) or keys.get(fold(word))
            if line is None:
                continue
            if word != line.key:
                yield from self._told(faults.key_spelling, node.keys[word], word, line.key)
            yield from self.value(line, child)

    def value(self, line: Field, node: Node) -> Iterator[Problem]:
        """A field's value: groups part by part, words one by one."""
        one = line.value.one if isinstance(line.value, Many) else line.value
        if isinstance(one, Group):
            for child in node.values if isinstance(node, Items) else (node,):
                if isinstance(child, Mapping):
                    yield from self.record(one.cls, child)
        else:
            for child in node.values if isinstance(node, Items) else (node,):
                if isinstance(child, Text) and child.value.strip():
                    reader = Reader(self.path, self.known)
                    value = one.read(child, reader, line.label)
                    written = "" if reader.problems else str(one.write(value, self.known, names=True))
                    if written and written != child.value.strip():
                        yield from self._told(faults.value_spelling, child, line.label, child.value.strip(), written)

    def _told(self, fault: object, node: Text, *words: str) -> Iterator[Problem]:
        start = self.starts[node.line - 1] + node.column - 1
        mark = self.by_start.get(start)
        raw = self.text[start : mark.end].rstrip(" \t\n") if mark else "\n"  # U+3000 is part of what was written
        if "\n" not in raw:
            problem: Problem = fault(Place(self.path, node.line, node.column), *words)  # type: ignore[operator]
            yield replace(problem, edit=edit_at(self.text, start, start + len(raw), scalar(words[-1])))

    def spaces(self) -> Iterator[Problem]:
        """Spaces at the ends of lines, save in text where they count; the end of the file."""
        spans = [
            (mark.start, mark.end) for mark in self.marks if mark.scalar and self.text.startswith(_KEEPS, mark.start)
        ]
        for number, line in enumerate(self.text.split("\n"), start=1):
            bare = line.rstrip(" \t\u3000\u00a0")
            end = self.starts[number - 1] + len(line)
            if bare != line and not any(start < end <= last for start, last in spans):
                place = Place(self.path, number, len(bare) + 1)
                edit = edit_at(self.text, end - len(line) + len(bare), end, "")
                yield replace(faults.trailing_space(place), edit=edit)
        bare = self.text.rstrip("\n")
        if self.text != f"{bare}\n" and bare == bare.rstrip():
            place = Place(self.path, bare.count("\n") + 1, len(bare) - bare.rfind("\n"))
            yield replace(faults.final_newline(place), edit=edit_at(self.text, len(bare), len(self.text), "\n"))

    def order(self, cls: type) -> Iterator[Problem]:
        """Keys of the record itself that are not in the order of the table: all lines move at once, with their comments."""
        keys = keys_of(cls, fold)
        table = [line.key for line in fields_of(cls)]
        tops = [mark for mark in self.marks if mark.kind == "key" and mark.depth == 0]
        ranks: list[int] = []
        for mark in tops:
            ranks.append(self._rank(mark, keys, table, ranks))
        wrong = next((at for at in range(1, len(tops)) if ranks[at] < ranks[at - 1]), None)
        begins = [self._begin(mark, at == 0) for at, mark in enumerate(tops)]
        at_line_start = all(self.text[mark.start - 1 : mark.start] in ("", "\n") for mark in tops)
        if wrong is None or not at_line_start or not self.text.endswith("\n"):
            return
        pieces = [self.text[begin:end] for begin, end in zip(begins, [*begins[1:], len(self.text)], strict=True)]
        order = sorted(range(len(tops)), key=lambda at: ranks[at])
        place = Place(self.path, self.text.count("\n", 0, tops[wrong].start) + 1, 1)
        words = [str(tops[at].name) for at in (wrong, order[order.index(wrong) + 1])]
        edit = edit_at(self.text, begins[0], len(self.text), "".join(pieces[at] for at in order))
        yield replace(faults.key_order(place, *words), edit=edit)

    @staticmethod
    def _rank(mark: Mark, keys: dict[str, Field], table: list[str], above: list[int]) -> int:
        """A key's place in the table; one that no table knows, a slip most likely, stays below the key it stands below."""
        line = keys.get(str(mark.name)) or keys.get(fold(str(mark.name)))
        return table.index(line.key) if line else (above[-1] if above else 0)

    def _begin(self, mark: Mark, first: bool) -> int:
        """Where a key's lines begin: with the comments right above it, save those at the top of the file."""
        begin = mark.start
        while not first and begin:
            above = self.text.rfind("\n", 0, begin - 1) + 1
            if not self.text[above:begin].startswith("#"):
                break
            begin = above
        return begin
