"""The runs of a paragraph of Word in, what a reader sees of them out; what is deleted or hidden is kept apart, to be told."""

from __future__ import annotations

from lxml import etree

from generator.load.forms.document import Document
from generator.load.forms.elements import attribute, child, chosen, is_on, local
from generator.load.forms.marks import EMPTY, TICKED, box, pictogram
from generator.load.forms.terms import is_placeholder
from generator.load.text import without_forbidden

_THROUGH = {
    "ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "bdo", "dir", "oMath", "oMathPara",
    "Choice", "Fallback", "rubyBase", "tbl",
}  # fmt: skip
GONE = {"del", "moveFrom"}
_GREYS = {"808080", "7F7F7F", "A6A6A6", "999999", "666666"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Line:
    """The text of a paragraph while it is gathered. ``spans``: tagged stretches."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[tuple[str, int, int]] = []
        self.boxes: list[etree._Element] = []
        self.field: list[str] = []

    def add(self, text: str) -> None:
        text = without_forbidden(text)
        self.parts.append(text)
        self.length += len(text)


class Runs:
    """Gathers text run by run."""

    def __init__(self) -> None:
        """Nothing read yet."""
        self.document = Document()
        self.hidden: list[str] = []
        self.deleted: list[str] = []
        self.embedded = 0

    def runs(self, parent: etree._Element, text: Line) -> None:
        """Gather what is visible below a paragraph or a wrapper in it."""
        for element in parent:
            name = local(element)
            if name == "r":
                self.run(element, text)
            elif name == "sdt":
                self._inline_control(element, text)
            elif name in GONE:
                self.delete(element)
            elif name == "AlternateContent":
                self.runs(chosen(element), text)
            elif name == "ruby":
                self.runs(child(element, "rubyBase") or etree.Element("none"), text)
            elif name == "t":
                text.add(element.text or "")
            elif name in _THROUGH or name.startswith(("sub", "sup", "num", "den", "rad", "f", "e")):
                self.runs(element, text)

    def _inline_control(self, element: etree._Element, text: Line) -> None:
        properties, content = child(element, "sdtPr"), child(element, "sdtContent")
        tick = child(properties, "checkbox")
        if tick is not None and child(tick, "checked") is not None:
            text.add(_tick(is_on(child(tick, "checked")), content))
            return
        tag = attribute(child(properties, "tag"), "val") or ""
        start, before = text.length, len(text.parts)
        if content is not None:
            self.runs(content, text)
        if shows_placeholder(element, "".join(text.parts[before:])):
            del text.parts[before:]
            text.length = start
        if tag.startswith("catalog:"):
            text.spans.append((tag.removeprefix("catalog:"), start, text.length))

    def run(self, element: etree._Element, text: Line) -> None:
        """One run of characters of one look."""
        properties = child(element, "rPr")
        if is_on(child(properties, "strike")) or is_on(child(properties, "dstrike")):
            self.delete(element)
            return
        if is_on(child(properties, "vanish")) or is_on(child(properties, "specVanish")):
            self.hidden.append("".join(str(one.text or "") for one in element.iter() if local(one) == "t"))
            return
        font = attribute(child(properties, "rFonts"), "ascii") or ""
        for one in element:
            name = local(one)
            if name == "t":
                text.add(pictogram(one.text or "", font))
            elif name in _CHARACTERS:
                text.add(_CHARACTERS[name])
            elif name == "sym":
                text.add(box(attribute(one, "font") or "", attribute(one, "char") or ""))
            elif name == "fldChar":
                _legacy(one, text)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawing(one, text)
            elif name == "ruby":
                self.runs(child(one, "rubyBase") or etree.Element("none"), text)

    def _drawing(self, element: etree._Element, text: Line) -> None:
        """Text boxes are read after the paragraph, each once: Word writes them twice, for old and new programs."""
        if local(element) == "AlternateContent":
            element = chosen(element)
        stack = [element]
        while stack:
            one = stack.pop()
            name = local(one)
            if name == "txbxContent":
                text.boxes.append(one)
            elif name == "AlternateContent":
                stack.append(chosen(one))
            else:
                self.document.pictures += name in ("blip", "imagedata")
                self.embedded += name == "OLEObject"
                stack.extend(reversed(one))

    def delete(self, element: etree._Element) -> None:
        self.deleted.append("".join(str(one.text or "") for one in element.iter() if local(one) in ("t", "delText")))


def shows_placeholder(control: etree._Element, text: str) -> bool:
    """Whether a control still shows what asks to be written over: not every program takes the mark away when it is.

    What Word or WPS put there is known by its words, what the maker of a form did by its look.
    """
    if child(control, "sdtPr", "showingPlcHdr") is None:
        return False
    looks = [child(run, "rPr") for run in control.iter() if local(run) == "r"]
    return not text.strip() or is_placeholder(text) or (bool(looks) and all(map(_is_pale, looks)))


def _is_pale(look: etree._Element | None) -> bool:
    """Whether a run has the style or the grey of a placeholder."""
    style = attribute(child(look, "rStyle"), "val") or ""
    return "placeholder" in style.casefold() or (attribute(child(look, "color"), "val") or "") in _GREYS


def _tick(is_on: bool, content: etree._Element | None) -> str:
    """A box as it is seen: who types √ over a box, as WPS allows, leaves its state as it was."""
    seen = "".join(content.itertext()).strip() if content is not None else ""
    if seen and seen[0] in TICKED:
        return "☑" + seen[1:]
    return ("☑" if is_on else "□") + (seen[1:] if seen[:1] in EMPTY else seen)


def _legacy(element: etree._Element, text: Line) -> None:
    """A form field of old Word: a check box, or a list whose chosen line stands nowhere else."""
    tick = child(element, "ffData", "checkBox")
    if tick is not None:
        mark = child(tick, "checked")
        text.add(
            "☑"
            if is_on(mark if mark is not None else child(tick, "default") or etree.Element("none", val="0"))
            else "□"
        )
    choice = child(element, "ffData", "ddList")
    if choice is not None:
        entries = [attribute(one, "val") or "" for one in choice if local(one) == "listEntry"]
        at = number_of(child(choice, "result"), 0)
        text.add(entries[at] if at < len(entries) else "")


def number_of(element: etree._Element | None, default: int) -> int:
    text = attribute(element, "val") or ""
    return min(int(text), 100_000) if text.isdecimal() and len(text) < 7 else default
