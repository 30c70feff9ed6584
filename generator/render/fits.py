"""Matches in, cards with 为什么推荐 and the way to reach the society out."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from generator.model.matching import Match
from generator.render.site import Site


def fits(site: Site, matches: Iterable[Match]) -> Markup:
    """The card of each match with its reasons, score and contact; empty where there are none."""
    shown = [
        {
            "card": site.pasted([match.position]),
            "score": match.score,
            "reasons": match.reasons,
            "contact": site.catalog.activities[match.position].contact,
        }
        for match in matches
    ]
    return site.templates.render("parts/fits.html", fits=shown) if shown else Markup("")
