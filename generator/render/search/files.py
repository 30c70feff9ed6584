"""The catalogue in, all files of the search out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from generator.model.phrases import phrases_of, phrases_table
from generator.render.output import OutputFile
from generator.render.search.cards import IN_BUNDLE, card_files, cell_shift
from generator.render.search.columns import columns_script, county_scripts, days_script, numbers_script, points_script
from generator.render.search.encode import content_name, script
from generator.render.search.numbers import bits_for, numbers_of, term_numbers
from generator.render.search.postings import Corpus
from generator.render.search.shards import boundaries, shard_path, shards
from generator.render.search.suggestions import page_entries, suggestions_script
from generator.render.search.text import FIELDS, TermText, Texts, term_texts
from generator.render.site import Site

MANIFEST = "search/manifest.js"


def files(site: Site, pages: Mapping[str, bytes], *, capped: bool = True) -> Iterator[OutputFile]:
    """Manifest, shards, columns, cards, suggestions. ``pages``: the handwritten ones, as HTML by address.

    ``capped``: of a frequent term's records only those are kept to whom it means most; without it shards say all.

    Everything but the manifest, the cards and the suggestions is named by its content.
    """
    catalog = site.catalog
    bits = bits_for(len(catalog.activities))
    number_of = numbers_of(catalog.activities, bits)
    order = sorted(range(len(number_of)), key=number_of.__getitem__)
    numbers = [number_of[position] for position in order]
    texts = Texts(catalog)
    rows = (text for position in order for text in texts.of(catalog.activities[position]))
    known: list[tuple[int, str, bool]] = []
    terms = sorted(numbered(term_texts(catalog)), key=itemgetter(0))
    entries = [(number, term.field, term.text) for number, term in terms]
    for shard in shards(Corpus.of(numbers, rows, entries), capped=capped):
        known.append((shard.begin, shard.check, shard.is_heavy))
        yield OutputFile.of(shard_path(shard), shard.data)
    written = [*page_entries(pages)]
    term_number = {(term.facet, term.id): number for number, term in terms}
    named = {
        "numbers": numbers_script(numbers),
        "columns": columns_script(
            catalog, order, term_number, [(name, path, others) for _, name, path, others, _ in written]
        ),
        "days": days_script(catalog, order),
        "points": points_script(catalog, order),
        "suggestions": suggestions_script(catalog, written),
        "phrases": script("catalogPhrases", phrases_table(phrases_of(catalog.known))),
        **{f"counties/{region}": data for region, data in county_scripts(catalog, number_of)},
    }
    names = {name: f"{name}-{content_name(data)}" for name, data in named.items()}
    for name, data in named.items():
        yield OutputFile.of(f"search/{names[name]}.js", data)
    shift = cell_shift(len(numbers), bits)
    yield from card_files(catalog, numbers, order, shift)
    manifest = {
        "count": len(numbers),
        "shift": shift,
        "bundle": IN_BUNDLE,
        "fields": fields_table(),
        **boundaries(known),
        "files": names,
    }
    yield OutputFile.of(MANIFEST, script("catalogManifest", manifest))


def numbered(terms: Iterable[TermText]) -> list[tuple[int, TermText]]:
    """Each term with its number."""
    terms = [*terms]
    return [*zip(term_numbers([f"{term.facet}/{term.id}" for term in terms]), terms, strict=True)]


def fields_table() -> list[list[str | float]]:
    """The fields as the browser has them."""
    return [[field.key, field.boost, int(field.is_name), int(field.by_term)] for field in FIELDS]
