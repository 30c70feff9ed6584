"""The catalogue in, the data of the form's scripts out: what all need at once, and places, societies, records as they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from generator.model.activity import Activity
from generator.render.contribute.societies import societies_data
from generator.render.contribute.table import places_data, rules_data
from generator.render.output import OutputFile
from generator.render.search.encode import script
from generator.render.site import Json, Site

FOLDER = "assets/contribute"


def files(site: Site, written: Json, text_of: Callable[[Activity], str]) -> Iterator[OutputFile]:
    """The scripts. ``written``: see ``rules_data``, how files are; ``text_of``: the text of a record's file, read by whichever process writes."""
    known = site.catalog.known
    yield OutputFile(f"{FOLDER}/data.js", lambda: script("catalogForm.learn", rules_data(Activity, known, written)))
    yield OutputFile(f"{FOLDER}/places-data.js", lambda: script("catalogForm.takePlaces", *places_data(known)))
    yield OutputFile(
        f"{FOLDER}/societies-data.js", lambda: script("catalogForm.takeSocieties", societies_data(site.catalog))
    )
    bundles: dict[str, list[Activity]] = defaultdict(list)
    for activity in site.catalog.activities:
        bundles[f"{activity.year}/{activity.society}"].append(activity)
    for name, records in bundles.items():
        yield OutputFile(f"{FOLDER}/records/{name}.js", partial(_bundle, name, records, text_of))


def _bundle(name: str, records: list[Activity], text_of: Callable[[Activity], str]) -> bytes:
    """The records of one society and year: id, title, regions, what it renews, and its file as it stands."""
    rows = [
        [one.id, one.title, one.regions, one.renews, text_of(one)] for one in sorted(records, key=lambda one: one.id)
    ]
    return script("catalogForm.takeRecords", name, rows)
