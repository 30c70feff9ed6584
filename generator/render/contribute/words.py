"""The fault functions' own source in, their words as data out: the browser says a fault as the functions word it, from no second copy.

A word function is an expression of f-strings, conditions and three functions (``shown``, ``either``, ``instead``). It travels as nested
lists: ``["+", part, …]``, ``["if", test, then, otherwise]``, ``["or", one, other]``, ``["is", one, other]``, ``["each", part, name, list]``,
``["shown", text]`` and so on; what the browser has to fill in is ``["of", name]``, named as it is written in the source.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from generator.model import dates, fault, faults, period, reference_faults, rules
from generator.model.fault import FAULTS, LEVELS
from generator.render.site import Json

Words = Any  # text, or a list as above
_OF_FILES = ("forbidden-character", "file-name")  # what a form can do wrong of the faults of files
_CALLS = ("shown", "either", "instead", "list")


def words_table() -> Json:
    """Level, names of the arguments, message and cure of every fault of values and of every rule of one record, by code."""
    table: Json = {}
    for code, make in FAULTS.items():
        if make.__module__ in (faults.__name__, reference_faults.__name__) or code in _OF_FILES:
            message, cure = _returned(make)
            table[code] = {"level": LEVELS[code], "names": _arguments(make), "message": message, "cure": cure}
    for rule in (*rules.RECORD_RULES, *rules.TEXT_RULES):
        table[rule.code] = {"level": rule.level, "names": [], **_yielded(rule.find)}
    table["near-duplicates"] = {"level": "warning", "names": [], **_yielded(rules.alike)}
    return table


def phrases_table() -> Json:
    """The words that several faults have in common: the cure ``instead``, and why a date is none, in the order of ``Day.read`` and ``FullDay.read``."""
    (instead,) = _returned(fault.instead)
    reasons = [
        _words(node.exc.args[0], {})
        for node in ast.walk(_tree(period.Day.read))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]
    return {"instead": instead, "reasons": [*reasons, dates.NO_DAY]}


def _tree(function: Callable[..., Any]) -> ast.FunctionDef:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function)))).body
    assert isinstance(tree, ast.FunctionDef)
    return tree


def _arguments(function: Callable[..., Any]) -> list[str]:
    return [argument.arg for argument in _tree(function).args.args]


def _returned(function: Callable[..., Any]) -> list[Words]:
    """What a function of one return gives, each part of a tuple by itself; its few local names are put in their places."""
    local: dict[str, ast.expr] = {}
    for step in _tree(function).body:
        if isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name):
            local[step.targets[0].id] = step.value
        elif isinstance(step, ast.Return) and step.value is not None:
            parts = step.value.elts if isinstance(step.value, ast.Tuple) else [step.value]
            return [_words(part, local) for part in parts]
    raise ValueError(f"{function.__name__} returns no words")


def _yielded(function: Callable[..., Any]) -> Json:
    """Message and cure of a rule: the last two of what it yields."""
    (found,) = _yields(_tree(function))
    return {"message": _words(found.elts[-2], {}), "cure": _words(found.elts[-1], {})}


def _yields(tree: ast.FunctionDef) -> Iterator[ast.Tuple]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield node.value


def _words(node: ast.expr, local: dict[str, ast.expr]) -> Words:
    """An expression as data."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int):
        return node.value
    if isinstance(node, ast.Name) and node.id in local:
        return _words(local[node.id], local)
    if isinstance(node, ast.FormattedValue):
        return _words(node.value, local)
    if isinstance(node, ast.ListComp) and isinstance(node.generators[0].target, ast.Name):
        (several,) = node.generators
        return ["each", _words(node.elt, local), ast.unparse(several.target), _words(several.iter, local)]
    name, parts = _operation(node)
    return [name, *(_words(part, local) for part in parts)] if name else ["of", ast.unparse(node)]


def _operation(node: ast.expr) -> tuple[str, list[ast.expr]]:
    """What is done with which parts; nothing where the browser has to know the value."""
    name, parts = "", list[ast.expr]()
    match node:
        case ast.JoinedStr(values=parts):
            name = "+"
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            name, parts = "+", [left, right]
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            name, parts = "if", [test, body, otherwise]
        case ast.BoolOp(op=ast.Or(), values=parts):
            name = "or"
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            name, parts = "is", [left, right]
        case ast.Tuple(elts=parts):
            name = "list"
        case ast.Call(func=ast.Name(id=called), args=parts) if called in _CALLS:
            name = called
    return name, parts
