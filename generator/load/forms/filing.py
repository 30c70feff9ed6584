"""What came of forms in, activity files out: where each goes, never over another."""

from __future__ import annotations

from pathlib import Path

from generator.load.forms.outcome import ActivityRead, FormRead
from generator.load.forms.reading import UNDECIDED
from generator.model.pinyin import slug_of


def file_activities(forms: list[FormRead], out: Path, base: Path) -> None:
    """Write every activity below ``out`` and note its path, as seen from ``base``. One that stands there word for word is not written again."""
    for form in forms:
        for activity in form.activities:
            folder = out / UNDECIDED if not activity.society else out / activity.year / activity.society
            folder.mkdir(parents=True, exist_ok=True)
            target = _write(folder, slug_of(activity.title), activity)
            activity.path = target.relative_to(base).as_posix() if target.is_relative_to(base) else target.as_posix()


def _write(folder: Path, slug: str, activity: ActivityRead) -> Path:
    number = 1
    while True:
        target = folder / (f"{slug}.yml" if number == 1 else f"{slug}-{number}.yml")
        try:
            with target.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(activity.text)
        except FileExistsError:
            if target.is_file() and target.read_text("utf-8", "replace") == activity.text:
                return target
            number += 1
        else:
            return target
