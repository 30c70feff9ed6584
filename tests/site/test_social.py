"""Links in chats and social networks: each page names a picture, by its whole address, and the picture is there."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from generator.build import CHECKOUT, load

BASE = "https://example.org/kepu/"


def picture(page: Any) -> str:
    (found,) = [node.attributes["content"] for node in page.all("meta", property="og:image")]
    return str(found)


def test_every_page_names_a_picture_that_is_there(configured: Any) -> None:
    for path in configured.html:
        if path == "404.html":
            continue
        page = configured.tree(path)
        address = picture(page)
        assert address.startswith(BASE)
        assert address.removeprefix(BASE) in configured.files, path
        assert [node.attributes["content"] for node in page.all("meta", name="twitter:card")] == ["summary_large_image"]


def test_an_activity_and_the_list_of_a_field_are_shared_with_the_picture_of_the_field(configured: Any) -> None:
    for activity in configured.loaded.activities:
        assert picture(configured.activity(activity.id)) == f"{BASE}assets/share/{activity.fields[0]}.png"
    assert picture(configured.tree("activities/by/fields/crop/index.html")) == f"{BASE}assets/share/crop.png"
    assert picture(configured.tree("index.html")) == f"{BASE}assets/share/catalog.png"


def test_the_pictures_are_of_the_size_networks_ask_for_small_and_all_different(configured: Any) -> None:
    fields = list(load(CHECKOUT).content.known.vocabularies["fields"].terms)
    pictures = {name: (configured.folder / f"assets/share/{name}.png").read_bytes() for name in ["catalog", *fields]}
    for data in pictures.values():
        with Image.open(io.BytesIO(data)) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))
        assert len(data) < 40_000
    assert len(set(pictures.values())) == len(pictures)


def test_a_site_that_does_not_know_its_address_has_no_pictures_to_share(village: Any) -> None:
    assert not [path for path in village.files if path.startswith("assets/share/")]
    assert not [path for path, html in village.html.items() if "og:image" in html or "twitter:card" in html]
