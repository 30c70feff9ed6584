"""Text in, its nodes out, where it is written as nearly every record is: ``key: words``, ``- item``, ``[a, b]``, ``|``.

So much of YAML one regular expression reads in less than half the time that libyaml and its objects take. It takes no text
that it is not sure of: whatever is more than that, or wrong, is left to libyaml. A test has both read texts: they say the same.
"""

from __future__ import annotations

import re

from generator.model.source import Items, Mapping, Node, Text

_KEY = r"\w{1,60}"
_START = r"[^\s\-?:,\[\]{}\#&*!|>'\"%@`]"  # of words without quotes
_FLOW = r"[^\n?:,\[\]{}\#&*!|>'\"%@`]"
_FLOWING = rf"(?={_START}){_FLOW}+(?::(?=[\w/]){_FLOW}*)*(?<!\ )"  # words in brackets

# A line, or a key with the paragraphs below it. A line that is neither does not match, and the lines do not add up.
_LINE = re.compile(
    rf"""^(?:
    (\ *+)(-\ )?(?:({_KEY}+):(?:\ (?=\S)|$))?
    (?:
        (
        {_START}[^\n:\#]*(?:(?::(?!\ |$)|(?<!\ )\#)[^\n:\#]*)*(?<!\ )
        | "[^"\\\n]*" | '[^'\n]*'
        | \[{_FLOWING}(?:,\ {_FLOWING})*\]
        | \{{{_KEY}:\ {_FLOWING}(?:,\ {_KEY}:\ {_FLOWING})*\}}
        )
        | (?(2)|\|(-?)(\n\1\ \ \S[^\n]*(?:\n+\1\ \ \ *\S[^\n]*)*))
    )?
    | \#[^\n]*
    )$""",
    re.VERBOSE | re.MULTILINE,
)
_MARKED = frozenset("\"'[{")
_MOST_WITHIN = 3  # lists and mappings on lines of their own in each other: no record has more
_new_text = tuple.__new__  # what the named tuple does itself, without the call between

Line = tuple[int, str, str, Node | None, int]  # column (from 0), dash, key, what stands behind them, number (from 1)
_END: Line = (-1, "", "", None, 0)


class _Unsure(Exception):
    """Libyaml has to look."""


def read_plain(text: str, most_values: int) -> Mapping | None:
    """The mapping that a text is; None where libyaml has to look."""
    if 3 * text.count("\n") + 2 * text.count(",") > most_values or text[-1:] != "\n" or "\t" in text:
        return None
    try:
        lines = _lines(text)
        root, end = _mapping(lines, 0, 0, 1)
    except _Unsure:
        return None
    return root if root.keys and lines[end] is _END else None


def _lines(text: str) -> list[Line]:
    """The lines of a text that say something."""
    lines: list[Line] = []
    append = lines.append
    number = 0
    for indent, dash, word, value, strip, paragraphs in _LINE.findall(text):
        number += 1
        column = len(indent)
        start = column + len(dash)
        if word:
            start += len(word) + 2
        elif not dash:
            if indent or value or paragraphs:
                raise _Unsure
            continue
        node: Node | None = None
        below = 0
        if paragraphs:
            body = paragraphs.replace("\n  " + indent, "\n")[1:]
            node = Text(body if strip else body + "\n", number, start + 1)
            below = paragraphs.count("\n")
        elif value:
            node = _new_text(Text, (value, number, start + 1, False))
            node = _marked(node) if value[0] in _MARKED else node
        append((column, dash, word, node, number))
        number += below
    if number != text.count("\n") + 1:
        raise _Unsure
    lines.append(_END)
    return lines


def _marked(text: Text) -> Node:
    """What stands in quotes or brackets."""
    value, line, start, _ = text
    inner, column = value[1:-1], start + 1
    if value[0] in "\"'":
        return Text(inner, line, start)
    words: list[Node] = []
    keys: dict[str, Text] = {}
    values: dict[str, Node] = {}
    for piece in inner.split(", "):
        if value[0] == "[":
            words.append(Text(piece, line, column))
        else:
            key, _, word = piece.partition(": ")
            if key in keys:
                raise _Unsure
            keys[key], values[key] = Text(key, line, column), Text(word, line, column + len(key) + 2)
        column += len(piece) + 2
    return Items(tuple(words), line, start) if words else Mapping(keys, values, line, start)


def _mapping(lines: list[Line], at: int, column: int, within: int) -> tuple[Mapping, int]:
    """The mapping whose keys stand at ``column``, the first perhaps behind a dash; and the line after it."""
    keys: dict[str, Text] = {}
    values: dict[str, Node] = {}
    first = lines[at][4]
    stands, dash, word, node, line = lines[at]
    if dash:
        stands, dash = stands + 2, ""
    while stands == column and not dash:
        if word in keys:
            raise _Unsure
        keys[word] = _new_text(Text, (word, line, column + 1, False))
        at += 1
        if node is None:
            node, at = _below(lines, at, column, within)
        values[word] = node
        stands, dash, word, node, line = lines[at]
    return Mapping(keys, values, first, column + 1), at


def _below(lines: list[Line], at: int, column: int, within: int) -> tuple[Node, int]:
    """The list or mapping on the lines below a key at ``column``; and the line after it."""
    stands, dash, _, _, _ = lines[at]
    if within == _MOST_WITHIN or stands < column or (stands == column and not dash):
        raise _Unsure
    return _items(lines, at, stands, within + 1) if dash else _mapping(lines, at, stands, within + 1)


def _items(lines: list[Line], at: int, column: int, within: int) -> tuple[Items, int]:
    """The list whose dashes stand at ``column``; and the line after it."""
    values: list[Node] = []
    first = lines[at][4]
    stands, dash, word, node, _ = lines[at]
    while stands == column and dash:
        if word:
            node, at = _mapping(lines, at, column + 2, within)
        elif node is None:
            raise _Unsure
        else:
            at += 1
        values.append(node)
        stands, dash, word, node, _ = lines[at]
    return Items(tuple(values), first, column + 1), at
