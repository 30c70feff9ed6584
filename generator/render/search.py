"""Activities in, the list of names that the search box of ``/activities/`` looks through out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.render import words
from generator.render.output import OutputFile
from generator.render.site import Site

COLUMNS = (
    "id",
    "title",
    "society",
    "level",
    "state",
    "sign",
    "word",
    "past",
    "report",
    "when",
    "where",
    "whom",
    "how",
    "summary",
    "fields",
)

MOST_SUMMARIES = (
    1_000  # with more activities, names, places and words of the vocabularies have to do: the list is loaded whole
)


def files(site: Site) -> Iterator[OutputFile]:
    """One classic script that calls one function, so that it also loads from a disk."""
    yield OutputFile("search/names.js", lambda: _script(site))


def _script(site: Site) -> bytes:
    rows = [_row(site, position) for position in range(len(site.catalog.activities) - 1, -1, -1)]
    parts = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (COLUMNS, rows))
    return f"catalogNames({','.join(parts)})\n".encode()


def _row(site: Site, position: int) -> list[str]:
    catalog = site.catalog
    activity = catalog.activities[position]
    society = catalog.societies[activity.society]
    state = catalog.states[position]
    return [
        activity.id,
        activity.title,
        society.name,
        catalog.vocabulary("levels").name(society.level),
        state.id,
        state.sign,
        state.word,
        "往年活动" if catalog.standings[position] == "past" else "",
        "来源：公开报道" if activity.is_report else "",
        activity.period.words,
        words.where(catalog, activity.regions),
        words.names(catalog, "audiences", activity.audiences),
        words.how(catalog, activity),
        activity.summary if len(catalog.activities) <= MOST_SUMMARIES else "",
        words.names(catalog, "fields", activity.fields),
    ]
