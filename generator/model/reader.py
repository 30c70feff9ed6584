"""Nodes in, records out: walks a record class's table over a source and gathers every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as AbstractMapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from generator.model import faults
from generator.model.field import asked_for, fields_of, keys_of
from generator.model.problem import Place, Problem
from generator.model.source import Items, Mapping, Node, Text
from generator.model.vocabulary import Vocabulary, fold, nearest

if TYPE_CHECKING:
    from generator.model.call import Call
    from generator.model.places import Places

Record = TypeVar("Record", bound=object)


class Fault:
    """Stands for a value that could not be read; the problem is already told."""


FAULT = Fault()

QUOTES = "“”‘’「」\"'"  # round a term, a date, a number they can only be a slip
_COLON = re.compile(r"(?:^|\s)([^\s：]{1,20})\s*：")
PATTERNS = {"colon": _COLON}  # the web form reads with the same

SHAPES: dict[type, str] = {Text: "一句话", Items: "清单（方括号，或每行以“- ”开头）", Mapping: "分小项的内容"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a record may point at."""

    vocabularies: AbstractMapping[str, Vocabulary]
    places: Places
    societies: AbstractMapping[str, str] = field(default_factory=dict)  # folded id, name or alias -> id
    society_names: AbstractMapping[str, str] = field(default_factory=dict)  # id -> name
    calls: AbstractMapping[str, Call] = field(default_factory=dict)

    @property
    def society_ids(self) -> AbstractSet[str]:
        """All registered societies."""
        return self.society_names.keys()


@dataclass(slots=True)
class Reader:
    """Reads one file. ``problems`` grows; ``duty`` says whether it is a submission, which has to state more."""

    path: str
    known: Known
    problems: list[Problem] = field(default_factory=list)
    lost: tuple[str, ...] = ()  # lines that could not be read, and were told

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.path, node.line, node.column)

    def add(self, problem: Problem) -> Fault:
        """Note a fault and go on."""
        self.problems.append(problem)
        return FAULT

    def wrong_shape(self, node: Node, label: str, wanted: str) -> Fault:
        """A list where text was wanted, and so on; a Chinese colon is the usual cause."""
        if isinstance(node, Text) and "：" in node.value and wanted == SHAPES[Mapping]:
            return self.add(faults.colon_inside(self.place(node), label, _COLON.findall(node.value)))
        return self.add(faults.wrong_shape(self.place(node), label, wanted, SHAPES[type(node)]))

    def text(self, node: Node, label: str, *, free: bool = False) -> str | Fault:
        """A scalar, stripped. In free text nothing may be cut off by `` #``."""
        if type(node) is not Text:
            return self.wrong_shape(node, label, SHAPES[Text])
        if node.cut and free:
            return self.add(faults.comment_cut(self.place(node), label))
        text = node.value.strip()
        bare = text if free else text.strip(QUOTES)
        if bare != text:
            self.add(faults.chinese_quotes(self.place(node), label, text))
        return bare

    def record(
        self, cls: type[Record], node: Mapping, *, source: bool = True, call: bool = False, **given: Any
    ) -> tuple[Record, bool]:
        """Read a mapping by the table of ``cls``: what could be read of it, and whether that is all without error.

        ``source``: the record is a report, so what only submissions must state is not asked for.
        ``call``: the record answers a call. ``given``: attributes that do not stand in the file.
        """
        before = len(self.problems)
        values = self._values(cls, node)
        table: type = cls
        lost = self._lost(table, node) if self.lost else ()
        for line in asked_for(table):
            if line.key in values or line.key in lost:
                continue
            if (
                line.duty == "always"
                or (line.duty == "submission" and not source)
                or (line.duty == "with call" and call)
            ):
                self.add(faults.missing_field(self.place(node), line.label, line.key, line.example))
            elif line.duty == "advised" and not source:
                self.add(faults.advised_field(self.place(node), line.label, line.key))
        read = values if len(self.problems) == before else {k: v for k, v in values.items() if v is not FAULT}
        record = cls(**given, **read)
        check: Callable[[Callable[[str], Place]], Iterable[Problem]] | None = getattr(record, "faults", None)
        if check is not None and len(read) == len(values):
            self.problems.extend(check(lambda key: self.place(node.values.get(key, node))))
        told = self.problems[before:]
        return record, not told or all(problem.level != "error" for problem in told)

    def _lost(self, cls: type, node: Mapping) -> set[str]:
        """The keys that unreadable lines of this depth begin with: what is written there badly is not missing."""
        keys = keys_of(cls, fold)
        spellings = sorted(keys, key=len, reverse=True)
        found: set[str] = set()
        for line in self.lost:
            if (line[:1] in " -") != (node.column > 1):
                continue
            words = line.lstrip(" -").casefold()
            for spelling in spellings:
                rest = words.removeprefix(spelling.casefold())
                if rest != words and not (rest[:1].isascii() and rest[:1].isalpha()):
                    found.add(keys[spelling].key)
                    break
        return found

    def _values(self, cls: type, node: Mapping) -> dict[str, Any]:
        keys = keys_of(cls, fold)
        values: dict[str, Any] = {}
        said: dict[str, str] = {}
        for word, child in node.values.items():
            line = keys.get(word) or keys.get(fold(word))
            if line is None:
                names = [field.key for field in fields_of(cls)]
                near = nearest(word, [*names, *(field.label for field in fields_of(cls))])
                self.add(faults.unknown_key(self.place(node.keys[word]), word, near, names))
                continue
            key = line.key
            if key in said:
                first = node.keys[said[key]]
                self.add(faults.repeated_key(self.place(node.keys[word]), word, first.line))
                continue
            said[key] = word
            if type(child) is Text and (not child.value or child.value.isspace()):
                continue  # a key with nothing behind it, as in a template: absent
            values[key] = line.value.read(child, self, line.label)
        return values
