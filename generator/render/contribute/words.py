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

    def inner(*nodes: ast.expr) -> list[Words]:
        return [_words(one, local) for one in nodes]

    match node:
        case ast.Constant(value=str() | int()):
            return node.value
        case ast.Name(id=name) if name in local:
            return _words(local[name], local)
        case ast.JoinedStr(values=parts):
            return ["+", *inner(*parts)]
        case ast.FormattedValue(value=value):
            return _words(value, local)
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            return ["if", *inner(test, body, otherwise)]
        case ast.BoolOp(op=ast.Or(), values=[one, other]):
            return ["or", *inner(one, other)]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return ["+", *inner(left, right)]
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            return ["is", *inner(left, right)]
        case ast.ListComp(elt=part, generators=[ast.comprehension(target=ast.Name(id=name), iter=several)]):
            return ["each", *inner(part), name, *inner(several)]
        case ast.Tuple(elts=parts):
            return ["list", *inner(*parts)]
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in _CALLS:
            return [name, *inner(*arguments)]
    return ["of", ast.unparse(node)]
