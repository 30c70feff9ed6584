"""The guide of the three ways: what it shows is so. Its example passes the check, its messages are the check's, its pictures are there."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from PIL import Image

from generator.build import CHECKOUT, check, load
from generator.load.canonical import formatted
from generator.model.activity import Activity

PAGES = ("contribute/index.html", "contribute/web.html", "contribute/word.html", "contribute/yaml.html")
PICTURES = "contribute/pictures/"
GUIDE = CHECKOUT / "content" / "pages" / "contribute" / "yaml.md"
PATH = "activities/2026/C-01/orchard-guidance.yml"


def shown(kind: str) -> str:
    """The first block of a kind of code in the guide of files."""
    found = re.search(rf"(?ms)^```{kind}\n(.*?)^```", GUIDE.read_text(encoding="utf-8"))
    assert found
    return found[1]


def problems(root: Path, text: str) -> list[str]:
    (root / PATH).parent.mkdir(parents=True, exist_ok=True)
    (root / PATH).write_text(text, encoding="utf-8")
    return [str(problem) for problem in check(root)]


def test_the_example_passes_the_check_without_even_a_hint_and_is_laid_out_as_files_are(tmp_path: Path) -> None:
    assert problems(tmp_path, shown("yaml")) == []
    assert formatted(shown("yaml"), Activity, load(tmp_path).content.known, PATH) == shown("yaml")


def test_the_message_that_is_explained_is_what_the_check_says_of_that_mistake(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, shown("yaml").replace("[农民]", "[农名]"))
    head, code = shown("text").strip().split("……")
    assert said.startswith(head)
    assert said.endswith(code)


def test_every_picture_has_words_and_its_size_and_few_bytes_and_none_is_left_over(real: Any) -> None:
    used = set()
    for page in PAGES:
        for image in real.tree(page).one("article").all("img"):
            said = image.attributes
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), said["src"]))
            used.add(path)
            assert len(said["alt"]) > 10, path
            with Image.open(real.folder / path) as picture:  # twice as many points as the page gives it
                assert (2 * int(said["width"]), 2 * int(said["height"])) == picture.size, path
                assert not picture.info.keys() & {"exif", "Comment", "Software"}, path
    there = {path for path in real.files if path.startswith(PICTURES)}
    assert used == there
    assert len(there) <= 12
    assert max((real.folder / path).stat().st_size for path in there) <= 60_000
