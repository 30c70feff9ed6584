"""The same records as a Hugo site: our frame as its layout, the same facts on a page, the same cards in its lists.

Fair to Hugo: a record is its YAML file as front matter and its description as Markdown; regions are a taxonomy of
provinces (36 terms), not of counties; related activities, exports, feeds, sitemap and county pages are left out.
"""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

from tests.bench.corpus import Material, Record, record, yaml_text

HOW_TO_GET = "hugo is missing: apt-get install hugo (Debian's package, 0.111 or newer)"
MAIN = re.compile(r'(<div id="main"[^>]*>).*((?:</div>\s*){2}</main>)', re.DOTALL)


def write_site(site: Path, folder: Path, count: int, material: Material) -> None:
    """Write the Hugo site of ``count`` records into the new folder; ``site`` is our built site, for frame and assets."""
    shutil.copytree(Path(__file__).with_name("hugo"), folder)
    shutil.copytree(site / "assets", folder / "static/assets")
    page = min((site / "activities").glob("*/*/a*.html"))
    number = int(page.stem[1:])
    layout = folder / "layouts/_default/baseof.html"
    layout.write_text(frame(page.read_text("utf-8"), record(number, material)), "utf-8")
    for index in range(count):
        made = record(index, material)
        path = folder / "content/activities" / made["year"] / made["society"] / f"{made['slug']}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content(made, material), "utf-8")


def content(made: Record, material: Material) -> str:
    """The record as a content file."""
    provinces = {
        province: None for place in made["regions"] for province in material.regions if place.startswith(province)
    }
    front = {key: value for key, value in made.items() if key not in {"description", "year", "slug"}}
    front |= {"places": made["regions"], "regions": list(provinces) or ["全国"]}
    front |= {"id": f"{made['year']}/{made['society']}/{made['slug']}", "society_id": made["society"]}
    if "start" in made["period"]:
        front["date"] = (made["period"]["start"] + "-01")[:10]
    front["society"] = material.names[made["society"]]
    return f"---\n{yaml_text(front)}---\n{made['description']}\n"


def frame(page: str, made: Record) -> str:
    """One of our activity pages turned into a layout: what belongs to the record becomes Hugo's, the rest stays."""
    page, found = MAIN.subn(r'\1{{ block "main" . }}{{ end }}\2', page, count=1)
    if not found:
        raise ValueError("the activity page has no <div id=main> before </div></div></main>: the frame has changed")
    head, body, rest = page.partition("</head>")
    head = re.sub(
        r'<script type="application/ld\+json">.*?</script>', '{{ partial "ld.html" . }}', head, flags=re.DOTALL
    )
    head = re.sub(r'(<meta [^>]*description" content=")[^"]*', r"\1{{ .Params.summary }}", head)
    head = re.sub(r'(<link rel="canonical" href=")[^"]*', r"\1{{ .Permalink }}", head)
    head = re.sub(r'(<meta property="og:url" content=")[^"]*', r"\1{{ .Permalink }}", head)
    head = head.replace(html.escape(made["title"]), "{{ .Title }}")
    return re.sub(r'((?:href|src|action)=")(?:\.\./)+', r"\1/", head + body + rest)
