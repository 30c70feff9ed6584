"""Tables and the digests of their files in, the data package's description out (Frictionless Data Package 1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from generator.render.data.tables import Head, Table

Json = dict[str, Any]
_TYPES = {"number": "integer", "date": "date", "flag": "boolean"}
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/deed.zh-hans",
    "title": "知识共享 署名 4.0 国际",
}


class Digest(NamedTuple):
    """What a file can be known by: its bytes counted, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


def package(head: Json, tables: Sequence[Table], others: Iterable[str], digest: Callable[[str], Digest]) -> bytes:
    """``others``: the files beside the tables' CSV, by their path below ``/data/``."""
    described = {
        "profile": "data-package",
        "name": "science-volunteering-activities",
        "title": "科技志愿服务品牌活动清单",
        "description": " ".join(filter(None, (head["notice"], head["caution"]))),
        "version": f"{head['version']}.0.0",
        "created": f"{head['day']}T00:00:00+08:00",
        **({"homepage": head["homepage"]} if head["homepage"] else {}),
        "licenses": [LICENCE],
        "keywords": ["科技志愿服务", "品牌活动", "学会", "县级科协"],
        "resources": [_table(table, digest(f"{table.name}.csv")) for table in tables]
        + [_file(path, digest(path)) for path in others],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _table(table: Table, digest: Digest) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256}",
        "schema": {
            "fields": [_field(head, head.key in table.key) for head in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [mine], "reference": {"resource": other, "fields": [theirs]}}
                for mine, other, theirs in table.links
            ],
        },
    }


def _field(head: Head, required: bool) -> Json:
    field: Json = {"name": head.key, "type": _TYPES.get(head.kind, "string"), "title": head.label}
    if head.help:
        field["description"] = head.help
    if head.kind == "flag":
        field |= {"trueValues": ["是"], "falseValues": ["否"]}
    if required:
        field["constraints"] = {"required": True}
    return field


def _file(path: str, digest: Digest) -> Json:
    stem, _, ending = path.rpartition(".")
    return {
        "profile": "data-resource",
        "type": "file",  # not a table that validators could read cell by cell
        "name": f"{stem}-{ending}".replace("/", "-"),
        "path": path,
        "format": ending,
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256}",
    }
