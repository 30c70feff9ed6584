"""The exchange of needs and activities in, all its pages out: the hall, needs, pairings, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.matching import Matching
from generator.render import coverage, needs, pairings
from generator.render.output import OutputFile
from generator.render.site import Site


def files(site: Site, matching: Matching) -> Iterator[OutputFile]:
    """Every page of the exchange; desks and parts stand on the pages of counties, regions, societies and calls."""
    yield from needs.files(site, matching)
    yield from pairings.files(site, matching)
    yield from coverage.files(site, matching)
