"""What happened to records in, the words visitors read out: on the page of changes, in feeds, on a record's own page."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.history import FieldChange
from generator.model.memory import Event

WORDS = {
    "added": "新增",
    "changed": "修改",
    "cancelled": "取消",
    "moved": "换了网址",
    "ended": "结束",
    "removed": "撤下",
}


def changes(event: Event) -> list[str]:
    """What changed, a sentence a field."""
    return list(in_words(event.fields or ()))


def in_words(fields: Iterable[FieldChange]) -> Iterable[str]:
    """地区：由“山西省”改为“全国”."""
    for change in fields:
        if change.manner == "replaced":
            yield f"{change.label}：由“{change.old}”改为“{change.new}”"
        elif change.manner == "filled":
            yield f"{change.label}：补上“{change.new}”" if change.new else f"{change.label}：补上了"
        else:
            yield f"{change.label}：{'删去了' if change.manner == 'emptied' else '改写了'}"
