"""What came of imported forms in; the report that goes back to who filled them in, as text, HTML or Word, out."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.render.templates import Templates

THEME = Path(__file__).resolve().parents[2] / "theme"


def made(forms: Sequence[Any], style: str) -> bytes:
    """The report's bytes. ``forms``: outcomes of the import; ``style``: text, html or docx."""
    templates = Templates(THEME)
    if style == "text":
        return html.unescape(templates.text("reports/import.txt", forms=forms)).encode()
    if style == "html":
        return templates.text("reports/import.html", forms=forms).encode()
    from generator.render.form_report_word import report_word

    return report_word(forms)
