"""The table of fields: each line of a record class says its key, label, type, duty, meaning and example.

A record class is the table: ``fields_of(Activity)`` feeds the parser, the page 字段说明 and every form made from it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from generator.model.values import Value

Duty = Literal["always", "submission", "advised", "optional", "report", "with call"]

DUTY_WORDS: dict[str, str] = {
    "always": "必填",
    "submission": "申报必填",
    "advised": "建议填",
    "optional": "选填",
    "report": "公开报道必填",
    "with call": "答复通知时填",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the table."""

    key: str
    label: str
    value: Value
    duty: Duty
    help: str
    example: str
    aliases: tuple[str, ...]


Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[Made]) -> type[Made]:
    """A frozen dataclass with slots that travels between processes fast: half a million parts go from the readers to the catalogue."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    names = tuple(line.name for line in dataclasses.fields(made))  # type: ignore[arg-type]
    setters = tuple(made.__dict__[name].__set__ for name in names)
    values = attrgetter(*names)

    def reduce(self: Made) -> tuple[Any, ...]:
        return _restore, (made, values(self) if len(names) > 1 else (values(self),))

    _SETTERS[made] = setters
    made.__reduce__ = reduce  # type: ignore[method-assign, assignment]
    return made


_SETTERS: dict[type, tuple[Callable[[Any, Any], None], ...]] = {}


def _restore(cls: type[Made], values: tuple[Any, ...]) -> Made:
    self = object.__new__(cls)
    for set_value, value in zip(_SETTERS[cls], values, strict=True):
        set_value(self, value)
    return self


def described(
    label: str,
    value: Value,
    duty: Duty = "optional",
    help: str = "",
    example: str = "",
    aliases: tuple[str, ...] = (),
    default: Any = None,
) -> Any:
    """A line of the table, as the default of a dataclass attribute whose name is the key."""
    return dataclasses.field(
        default=default,
        metadata={"label": label, "value": value, "duty": duty, "help": help, "example": example, "aliases": aliases},
    )


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The lines of a record class, in order; attributes without a line (id, society) are not written in the file."""
    return tuple(Field(line.name, **line.metadata) for line in dataclasses.fields(record) if line.metadata)


@cache
def asked_for(record: type) -> tuple[Field, ...]:
    """The lines of a record class that may be missed where nothing stands."""
    return tuple(line for line in fields_of(record) if line.duty not in ("optional", "report"))


@cache
def keys_of(record: type, fold: Callable[[str], str]) -> dict[str, Field]:
    """Every accepted spelling of a key: the English key, the Chinese label, other labels of forms."""
    keys: dict[str, Field] = {}
    for field in fields_of(record):
        for spelling in (field.key, field.label, *field.aliases):
            keys.setdefault(fold(spelling), field)
            keys.setdefault(spelling, field)
    return keys
