"""Elements of Office files by their local names, so that transitional, strict and other programs' files read alike."""

from __future__ import annotations

from lxml import etree


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element along a path of names."""
    for name in path:
        element = next((one for one in element if local(one) == name), None) if element is not None else None
    return element


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not turned off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def chosen(element: etree._Element) -> etree._Element:
    """One of two renderings of the same: the newer where it says anything."""
    options = [one for one in element if local(one) in ("Choice", "Fallback")]
    newer = next((one for one in options if local(one) == "Choice" and len(one)), None)
    return newer if newer is not None else options[-1] if options else etree.Element("none")
