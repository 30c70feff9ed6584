"""The types of fields. Each reads a node into a value, or tells what is wrong with it, and writes the value back; ``what`` says it to people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from generator.model import faults
from generator.model.field import fields_of
from generator.model.reader import FAULT, SHAPES, Fault, Known, Reader
from generator.model.source import Items, Mapping, Node, Text

_DASHES = "－—–−•"  # not "-": 010-60000000
_SEVERAL = re.compile(rf"[，、；;,]|(?:^|\s)[{_DASHES}]\s*")
_DIGITS = re.compile(r"0|[1-9]\d{0,8}")
_FLAGS = {"是": True, "true": True, "yes": True, "有": True, "否": False, "false": False, "no": False, "无": False}
PATTERNS = {"several": _SEVERAL, "digits": _DIGITS}  # the web form reads with the same
DASHES, FLAGS = _DASHES, _FLAGS


class Value(Protocol):
    """What a field's type must do."""

    @property
    def what(self) -> str:
        """What is accepted, in one Chinese sentence."""

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """The value, or FAULT after the problem was told."""

    def write(self, value: Any, known: Known, *, names: bool) -> Any:
        """The value as text, number, list or mapping, which ``read`` takes back; ``names``: by its Chinese name where it has one, else by its id."""


class Written:
    """A value that is written as it is kept."""

    def write(self, value: Any, known: Known, *, names: bool) -> Any:
        """The value itself."""
        return value


@dataclass(frozen=True)
class Line(Written):
    """One line of text, ``least`` to ``most`` characters."""

    least: int = 1
    most: int = 200

    @property
    def what(self) -> str:
        """In words."""
        return f"一行文字，{self.least}—{self.most}字" if self.least > 1 else f"一行文字，最多{self.most}字"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The text, stripped."""
        text = reader.text(node, label, free=True)
        if not isinstance(text, str):
            return text
        if "\n" in text:
            return reader.add(faults.line_break(reader.place(node), label))
        return _sized(text, self.least, self.most, node, reader, label)


@dataclass(frozen=True)
class Paragraph(Line):
    """Plain text; line breaks are kept."""

    @property
    def what(self) -> str:
        """In words."""
        return f"一段文字，{self.least}—{self.most}字" if self.least > 1 else f"一段文字，最多{self.most}字"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The text, stripped."""
        text = reader.text(node, label, free=True)
        return _sized(text, self.least, self.most, node, reader, label) if isinstance(text, str) else text


class Markdown(Paragraph):
    """Text with headings, lists, links and emphasis; HTML in it is shown as text."""

    @property
    def what(self) -> str:
        """In words."""
        return f"可以分段、列清单、加粗、加链接（Markdown 安全子集），最多{self.most}字"


def _sized(text: str, least: int, most: int, node: Node, reader: Reader, label: str) -> str | Fault:
    if len(text) < least:
        return reader.add(faults.too_short(reader.place(node), label, len(text), least))
    if len(text) > most:
        return reader.add(faults.too_long(reader.place(node), label, len(text), most))
    return text


@dataclass(frozen=True)
class Choice:
    """One term of a vocabulary; read as its id."""

    vocabulary: str
    one_word: ClassVar = True  # no comma can stand in it

    @property
    def what(self) -> str:
        """In words."""
        return "从词表里选一个"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The term's id."""
        word = reader.text(node, label)
        if not isinstance(word, str):
            return word
        vocabulary = reader.known.vocabularies[self.vocabulary]
        found = vocabulary.find(word)
        if found is not None:
            return found
        return reader.add(
            faults.unknown_term(reader.place(node), label, word, vocabulary.nearest(word), vocabulary.names)
        )

    def write(self, value: str, known: Known, *, names: bool) -> str:
        """The term's name or id."""
        return known.vocabularies[self.vocabulary].name(value) if names else value


@dataclass(frozen=True)
class Many:
    """A list of one type, 1 to ``most`` long, without repetitions; a single value may stand without a dash."""

    one: Value
    most: int = 50

    @property
    def what(self) -> str:
        """In words."""
        return f"清单，每行以“- ”开头，最多{self.most}个；每个：{self.one.what}"

    def read(self, node: Node, reader: Reader, label: str) -> tuple[Any, ...] | Fault:
        """The values, in the order written."""
        if type(node) is Text and not isinstance(self.one, Group):
            node = Items((node,), node.line, node.column)
        if type(node) is not Items:
            return reader.wrong_shape(node, label, SHAPES[Items])
        if getattr(self.one, "one_word", False):
            node = self._apart(node, reader, label)
        if not node.values:
            return reader.add(faults.too_few(reader.place(node), label, 1))
        if len(node.values) > self.most:
            return reader.add(faults.too_many(reader.place(node), label, len(node.values), self.most))
        values: list[Any] = []
        for child in node.values:
            value = self.one.read(child, reader, label)
            if value is FAULT:
                continue
            if value in values and isinstance(child, Text):
                reader.add(faults.repeated_value(reader.place(child), label, child.value))
                continue
            values.append(value)
        return tuple(values)

    def write(self, value: tuple[Any, ...], known: Known, *, names: bool) -> list[Any]:
        """A list."""
        return [self.one.write(each, known, names=names) for each in value]

    def _apart(self, node: Items, reader: Reader, label: str) -> Items:
        """The list with what Chinese commas or wrong dashes keep together taken apart, where a value is one word."""
        for child in node.values:
            if type(child) is Text and _SEVERAL.search(child.value):
                break
        else:
            return node
        values: list[Node] = []
        for child in node.values:
            words = _SEVERAL.split(child.value) if isinstance(child, Text) else []
            words = [word for word in words if word.strip()]
            if not isinstance(child, Text) or words in ([], [child.value]):
                values.append(child)
                continue
            dash = child.value.lstrip()[0] in _DASHES
            told = faults.list_dash(reader.place(child), child.value[0]) if dash else None
            reader.add(told or faults.list_comma(reader.place(child), label, child.value))
            values.extend(Text(word, child.line, child.column) for word in words)
        return Items(tuple(values), node.line, node.column)


@dataclass(frozen=True)
class WholeNumber(Written):
    """A whole number in digits."""

    least: int = 0
    most: int = 100_000_000

    @property
    def what(self) -> str:
        """In words."""
        return "整数，只写数字"

    def read(self, node: Node, reader: Reader, label: str) -> int | Fault:
        """The number; a leading zero, a unit or a fraction is refused."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        folded = unicodedata.normalize("NFKC", text)
        if _DIGITS.fullmatch(folded) and self.least <= int(folded) <= self.most:
            return int(folded)
        return reader.add(faults.bad_number(reader.place(node), label, text, self.least, self.most))


class Flag:
    """Yes or no."""

    what = "“是”或“否”"

    def read(self, node: Node, reader: Reader, label: str) -> bool | Fault:
        """True or False."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        flag = _FLAGS.get(text.casefold())
        return reader.add(faults.bad_flag(reader.place(node), label, text)) if flag is None else flag

    def write(self, value: bool, known: Known, *, names: bool) -> str | bool:
        """是 or 否; true or false."""
        return ("否", "是")[value] if names else value


@dataclass(frozen=True)
class Pattern(Written):
    """A short text of a set form, such as an id."""

    pattern: str
    what: str

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The text."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        return (
            text
            if re.fullmatch(self.pattern, text)
            else reader.add(faults.bad_name(reader.place(node), label, text, self.what))
        )


@dataclass(frozen=True)
class Group:
    """A value with parts of its own, described by another record class."""

    cls: type

    @property
    def what(self) -> str:
        """In words."""
        return "分小项填写"

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """An instance of the class; one line of text is taken as the class's ``short`` part where it names one."""
        short = getattr(self.cls, "SHORT", None)
        if isinstance(node, Text) and short and "：" not in node.value:
            key = Text(short, node.line, node.column)
            node = Mapping({short: key}, {short: node}, node.line, node.column)
        if not isinstance(node, Mapping):
            return reader.wrong_shape(node, label, SHAPES[Mapping])
        record: Any
        record, whole = reader.record(self.cls, node)
        return record if whole else FAULT

    def write(self, value: Any, known: Known, *, names: bool) -> dict[str, Any]:
        """A mapping of the parts that are stated."""
        return stated(value, known, names=names)


def stated(record: Any, known: Known, *, names: bool) -> dict[str, Any]:
    """What a record states, in the order of its table, by English keys: what stands in its file (``names``) or in data."""
    table: type = type(record)
    values = ((line, getattr(record, line.key)) for line in fields_of(table))
    written = {
        line.key: line.value.write(value, known, names=names) for line, value in values if value not in (None, "", ())
    }
    return {key: value for key, value in written.items() if value != {}}
