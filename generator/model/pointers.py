"""The types of fields that point elsewhere: at places, societies and other records, at web addresses, telephones, mailboxes."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from generator.model import reference_faults as faults
from generator.model.privacy import private_data
from generator.model.reader import Fault, Known, Reader
from generator.model.source import Node
from generator.model.values import Line, Written
from generator.model.vocabulary import fold, nearest

_PHONE = re.compile(
    r"(?:\+?86-?)?(?:(?:\(0\d{2,3}\)|0\d{2,3})-?)?\d{7,8}(?:(?:-|转)\d{1,6})?|(?:400|800)-?\d{3}-?\d{4}|1[12]\d{1,3}|9\d{4,5}"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
ZONES = ("区", "农场", "兵团", "新城")  # ends of the names of places that no list of counties has
PATTERNS = {"phone": _PHONE, "email": _EMAIL}  # the web form reads with the same


class PlaceCode:
    """A region, a county or 全国; read as its code."""

    one_word = True
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
        if region and word.endswith(ZONES) and len(word) > 4:
            reader.add(faults.place_not_listed(place, word, places.name(region)))
            return region
        return reader.add(faults.unknown_place(place, word, places.nearest(word)))

    def write(self, value: str, known: Known, *, names: bool) -> str:
        """The full name or the code."""
        return known.places.name(value) if names else value


class Link(Written):
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


class Phone(Written):
    """An office telephone number."""

    one_word = True
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


class Email(Written):
    """An office mailbox."""

    what = "单位邮箱"

    def read(self, node: Node, reader: Reader, label: str) -> str | Fault:
        """The address."""
        text = reader.text(node, label)
        if not isinstance(text, str):
            return text
        return text if _EMAIL.fullmatch(text) else reader.add(faults.bad_email(reader.place(node), label, text))


class CallId(Written):
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

    def write(self, value: str, known: Known, *, names: bool) -> str:
        """The full name, or the id of a registered society."""
        return known.society_names.get(value, value) if names else value


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
