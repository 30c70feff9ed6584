"""Every link of every page leads somewhere inside the site, and nothing is loaded from elsewhere."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote, urlsplit


def broken(website: Any) -> list[str]:
    """Links that lead nowhere, are not relative, or load from another host."""
    ids = {path: set(re.findall(r'\sid="([^"]*)"', html)) for path, html in website.html.items()}
    faults = []
    for path in website.html:
        for key, written in website.links(path):
            # the page of missing addresses is shown at any depth, so its links start at the site's own path
            value = written.removeprefix("/kepu/") if path == "404.html" else written
            parts = urlsplit(value)
            if key == "href" and parts.scheme in ("http", "https", "mailto", "tel", "webcal"):
                continue
            if parts.scheme or parts.netloc or value.startswith("/"):
                faults.append(f"{path}: {key} {value} is not relative")
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if target not in website.files:
                faults.append(f"{path}: {key} {value} does not exist")
            elif parts.fragment and unquote(parts.fragment) not in ids.get(target, ()):
                faults.append(f"{path}: {key} {value} has no such place")
    return faults


def test_no_link_is_broken(website: Any) -> None:
    assert broken(website)[:20] == []


def test_no_link_is_broken_where_the_site_knows_its_address(configured: Any) -> None:
    assert broken(configured)[:20] == []


def test_links_to_other_hosts_are_only_followed_never_loaded(website: Any, configured: Any) -> None:
    for site in (website, configured):
        for path in {*site.kinds.values(), *(path for path in site.html if re.match(r"activities/(\d|u)", path))}:
            for node in site.tree(path).walk():
                for key in ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping"):
                    assert "//" not in node.attributes.get(key, ""), (path, node.tag)
                if node.tag == "link" and node.attributes["rel"] != "canonical":
                    assert "//" not in node.attributes["href"], path


def test_no_id_stands_twice_in_a_page(website: Any) -> None:
    for path, html in website.html.items():
        ids = re.findall(r'\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids)), path


def test_the_fast_way_to_find_links_finds_what_the_parser_finds(website: Any) -> None:
    for path in website.kinds.values():
        parsed = [
            (key, value)
            for node in website.tree(path).walk()
            for key, value in node.attributes.items()
            if key in ("href", "src", "action", "srcset")
        ]
        assert sorted(website.links(path)) == sorted(parsed), path


def test_telephone_links_can_be_dialled(village: Any) -> None:
    phones = [node.attributes["href"] for node in village.activity("2026/C-01/every-field").all("a", "phone")]
    assert phones == ["tel:010-60000000", "tel:010-60000003"]
