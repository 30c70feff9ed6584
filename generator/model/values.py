"""The types of fields. Each reads a node into a plain value, or tells what is wrong with it; ``what`` says it to people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlsplit

from generator.model import faults
from generator.model.period import Day
from generator.model.privacy import private_data
from generator.model.reader import FAULT, SHAPES, Fault, Reader
from generator.model.source import Items, Mapping, Node, Text
from generator.model.vocabulary import fold, nearest

_DASHES = "－—–−•"  # not "-": 010-60000000
_SEVERAL = re.compile(rf"[，、；;,]|(?:^|\s)[{_DASHES}]\s*")
_DIGITS = re.compile(r"0|[1-9]\d{0,8}")
_PHONE = re.compile(
    r"(?:\+?86-?)?(?:(?:\(0\d{2,3}\)|0\d{2,3})-?)?\d{7,8}(?:(?:-|转)\d{1,6})?|(?:400|800)-?\d{3}-?\d{4}|1[12]\d{1,3}|9\d{4,5}"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
_TIME = re.compile(r"(.{4,12}?)[ T]([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?")
_FLAGS = {"是": True, "true": True, "yes": True, "有": True, "否": False, "false": False, "no": False, "无": False}


class Value(Protocol):
    """What a field's type must do."""

    @property
    def what(self) -> str:
        """What is accepted, in one Chinese sentence."""

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """The value, or FAULT after the problem was told."""


@dataclass(frozen=True)
class Line:
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
        if isinstance(node, Text) and not isinstance(self.one, Group):
            node = Items((node,), node.line, node.column)
        if not isinstance(node, Items):
            return reader.wrong_shape(node, label, SHAPES[Items])
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

    def _apart(self, node: Items, reader: Reader, label: str) -> Items:
        """The list with what Chinese commas kept together taken apart, and wrong dashes kept together taken apart, where no value can hold one."""
        if not isinstance(self.one, (Choice, PlaceCode, Phone)):
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


class PlaceCode:
    """A region, a county or 全国; read as its code."""

    what = "“全国”、省级名称、“省名＋县（市、区）名”，或六位区划代码"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The code."""
        word = reader.text(node, label)
        if not isinstance(word, str):
            return word
        places = reader.known.places
        codes = places.find(word)
        if len(codes) == 1:
            return codes[0]
        place = reader.place(node)
        if codes:
            return reader.add(faults.ambiguous_place(place, word, places.full_names(codes)))
        region = places.region_named_in(word)
        if region and word.endswith(("区", "农场", "兵团", "新城")) and len(word) > 4:
            reader.add(faults.place_not_listed(place, word, places.name(region)))
            return region
        return reader.add(faults.unknown_place(place, word, places.nearest(word)))


class PartialDay:
    """A day, a month or a year, exactly as exact as it is known."""

    what = "日期：2026-05-01；只知道月份写 2026-05，只知道年份写 2026"

    def read(self, node: Node, reader: Reader, label: str) -> Day | Fault:
        """The day."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        try:
            return Day.read(text)
        except ValueError as reason:
            return reader.add(faults.bad_date(reader.place(node), label, text, str(reason)))


class FullDay(PartialDay):
    """A whole date."""

    what = "完整的日期，如 2026-05-01"

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """A ``datetime.date``."""
        day = super().read(node, reader, label)
        if isinstance(day, Day) and len(day.text) != 10:
            return reader.add(faults.bad_date(reader.place(node), label, day.text, "没有写到日"))
        return day.first if isinstance(day, Day) else day


class Moment(FullDay):
    """A date, with a time of day where one is known; Asia/Shanghai is meant."""

    what = "日期，或日期加时间，如 2026-05-01 09:30"

    def read(self, node: Node, reader: Reader, label: str) -> Any:
        """``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM``."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        match = _TIME.fullmatch(unicodedata.normalize("NFKC", text))
        time = f" {int(match.group(2)):02d}:{match.group(3)}" if match else ""
        bare = Text(match.group(1), node.line, node.column) if match else node
        day = super().read(bare, reader, label)
        return day.isoformat() + time if isinstance(day, date) else day


@dataclass(frozen=True)
class WholeNumber:
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


class Link:
    """A whole web address."""

    what = "完整的网址，以 http:// 或 https:// 开头"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The address, unchanged."""
        text = reader.text(node, label, free=True)
        if not isinstance(text, str):
            return text
        return text if is_web_address(text) else reader.add(faults.bad_link(reader.place(node), label, text))


def is_web_address(text: str) -> bool:
    """http or https, a host, no white space, quotes, angle brackets or user name; at most 2,000 characters."""
    if len(text) > 2000 or re.search(r"[\s<>\"'`\\{}|^]", text):
        return False
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and (parts.port or 1) > 0
        )
    except ValueError:
        return False


class Phone:
    """An office telephone number."""

    what = "办公电话，带区号，如 010-65005187"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The number as written, folded to half width."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        folded = re.sub(r"[\s—–－]+", "-", unicodedata.normalize("NFKC", text).replace("（", "(").replace("）", ")"))
        if private_data(text):
            return text  # the rule on private data says it, once
        return folded if _PHONE.fullmatch(folded) else reader.add(faults.bad_phone(reader.place(node), label, text))


class Email:
    """An office mailbox."""

    what = "单位邮箱"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The address."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        return text if _EMAIL.fullmatch(text) else reader.add(faults.bad_email(reader.place(node), label, text))


@dataclass(frozen=True)
class Pattern:
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


class CallId:
    """The id of a call."""

    what = "通知的编号，如 2021"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The id; it must exist."""
        text = reader.text(node, label)
        if not isinstance(text, str) or text in reader.known.calls:
            return text
        return reader.add(faults.unknown_record(reader.place(node), label, text, nearest(text, reader.known.calls)))


class SocietyName:
    """A partner: a registered society by id or name, or any other body by its name."""

    what = "单位名称，或学会编号"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The id of a registered society, else the name as written."""
        name = Line(2, 60).read(node, reader, label)
        return reader.known.societies.get(fold(name), name) if isinstance(name, str) else name


class SocietyId(SocietyName):
    """A registered society."""

    what = "学会编号或全称，须已登记"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The id."""
        name = Line(2, 60).read(node, reader, label)
        if not isinstance(name, str):
            return name
        found = reader.known.societies.get(fold(name))
        near = nearest(name, reader.known.societies)
        cure = reader.known.societies[near] if near else None
        return found or reader.add(faults.unknown_society(reader.place(node), name, cure))


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
