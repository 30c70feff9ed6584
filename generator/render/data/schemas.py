"""A kind of records in, the JSON Schema (2020-12) of a line of its NDJSON out: that of its files, with what a file's path says."""

from __future__ import annotations

import json
from typing import Any

from generator.model.field import fields_of
from generator.model.reader import Known
from generator.render.data.documents import path_of
from generator.render.schema import KINDS, schema_of

_KINDS = {"activities": "activity", "societies": "society", "calls": "call", "needs": "need", "pairings": "pairing"}


def schema(name: str, known: Known) -> bytes:
    """``name``: of the NDJSON file without its ending."""
    kind = _KINDS[name]
    word, cls = KINDS[kind]
    made: dict[str, Any] = schema_of(kind, known)
    if kind == "society":  # their file is a list
        made = {**made["$defs"]["Society"], "$defs": made["$defs"], "$schema": made["$schema"]}
    path = path_of(cls)
    made["properties"] = {**{key: {"type": "string"} for key in path}, **made["properties"]}
    made["required"] = [*path] or ["id"]
    made |= {"title": word, "description": f"{word}的数据，一行一条，词语写编号。字段：{len(fields_of(cls))} 个。"}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
