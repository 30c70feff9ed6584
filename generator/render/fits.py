"""Matches in, cards with 为什么推荐 and the way to reach the society out."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from generator.model.matching import Match
from generator.render.site import Site


def fit(site: Site, match: Match) -> Markup:
    """An entry: the card of a match with its reasons, score and contact."""
    activity = site.catalog.activities[match.position]
    return site.templates.render(
        "parts/fit.html",
        card=site.pasted([match.position]),
        score=match.score,
        reasons=match.reasons,
        contact=activity.contact,
    )


def fits(site: Site, matches: Iterable[Match]) -> Markup:
    """A list of entries; empty where there are none."""
    return listed(site, [fit(site, match) for match in matches])


def listed(site: Site, entries: list[Markup]) -> Markup:
    """Entries, ranked, as one list."""
    return site.templates.render("parts/fits.html", entries=entries) if entries else Markup("")
