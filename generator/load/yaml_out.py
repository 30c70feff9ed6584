"""Data in, YAML text out, for other programs to read; records are written by their own module, in their own form."""

from __future__ import annotations

from typing import Any

import yaml

_BREAKS = set("\r\x85\u2028\u2029")  # line breaks of YAML 1.1 that are none of ours


class _Dumper(yaml.SafeDumper):
    """Lists stand indented under their keys, texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _BREAKS & set(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def yaml_of(data: Any) -> str:
    """Mappings keep their order; every other reader of YAML understands the text as it was given."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
