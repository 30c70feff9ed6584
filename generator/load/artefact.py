"""The artefact of an unprivileged check in, its report out: at most so many bytes are read, nothing is unpacked to the disk."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from generator.model.report import MOST_BYTES, Refused, Report, read

NAME = "report.json"


def read_artefact(path: Path) -> Report:
    """The report in a JSON file, or in the zip that a forge packs it into. Raises Refused."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed, packed.open(NAME) as stream:
                return read(stream.read(MOST_BYTES + 1))
        with path.open("rb") as stream:
            return read(stream.read(MOST_BYTES + 1))
    except (OSError, KeyError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise Refused("报告打不开") from error
