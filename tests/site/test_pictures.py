"""Pictures on the page of their activity: shown with their words, at their size, and nowhere else."""

from __future__ import annotations

import posixpath
from typing import Any

from PIL import Image

PAGE = "activities/2026/C-01/every-field.html"


def test_a_picture_is_shown_with_its_words_and_its_size(village: Any) -> None:
    record = next(activity for activity in village.loaded.activities if activity.images)
    figures = village.tree(PAGE).all("figure")
    assert len(figures) == len(record.images) == 2
    for figure, picture in zip(figures, record.images, strict=True):
        image = figure.one("img").attributes
        assert image["alt"] == picture.alt
        assert figure.one("figcaption").text == picture.credit
        assert image["loading"] == "lazy"
        file = village.folder / posixpath.normpath(posixpath.join(posixpath.dirname(PAGE), image["src"]))
        with Image.open(file, formats=["JPEG"]) as shown:
            assert (image["width"], image["height"]) == tuple(map(str, shown.size))
            assert not shown.getexif()
    assert record.images[0].alt.startswith('"><script>')


def test_only_what_is_shown_is_published_and_pages_without_pictures_show_none(village: Any, real: Any) -> None:
    others = (".html", "/feed.xml", "/calendar.ics")
    assert sorted(path for path in village.files if path.startswith("activities/") and not path.endswith(others)) == [
        "activities/2026/C-01/every-field-1.jpg",
        "activities/2026/C-01/every-field-2.jpg",
    ]
    for website in (village, real):
        with_pictures = {activity.id for activity in website.loaded.activities if activity.images}
        for activity in website.loaded.activities:
            article = website.activity(activity.id).one("article", "activity")
            assert bool(article.all("img")) == (activity.id in with_pictures)
