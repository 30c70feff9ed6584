"""The catalogue in, the figures that provinces, calls and the centre coordinate by out: coverage, progress, gaps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.model.call import Call
from generator.model.catalog import Catalog
from generator.model.matching import Matching
from generator.model.pairing_rules import paired_societies
from generator.model.places import NATIONAL


@dataclass(frozen=True, slots=True)
class Coverage:
    """The counties of a region by code: with a pairing that stands, with an open need, and with neither. The first two may overlap."""

    paired: tuple[str, ...]
    asking: tuple[str, ...]
    neither: tuple[str, ...]

    @classmethod
    def of(cls, catalog: Catalog, region: str) -> Coverage:
        """Of one region."""
        counties = [code for code, county in catalog.known.places.counties.items() if county.region == region]
        asking = {need.county for need in catalog.exchange.open_needs}
        served = catalog.exchange.served
        return cls(
            tuple(code for code in counties if served.get(code)),
            tuple(code for code in counties if code in asking),
            tuple(code for code in counties if not served.get(code) and code not in asking),
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Who answered a call: ids of societies that filed in time, and only after the deadline; those asked who did not; and what is paired."""

    in_time: tuple[str, ...]
    late: tuple[str, ...]
    missing: tuple[str, ...]
    paired: tuple[str, ...]
    unpaired: tuple[str, ...]

    @classmethod
    def of(cls, catalog: Catalog, call: Call) -> Progress | None:
        """Of one call; None where the list did not collect: then nobody can be said not to have filed."""
        if not call.collected_here:
            return None
        filed: dict[str, bool] = {}
        for at in catalog.chosen("call", call.id):
            activity = catalog.activities[at]
            on_time = call.submit_by is not None and activity.filed is not None and activity.filed <= call.submit_by
            filed[activity.society] = filed.get(activity.society, False) or on_time
        asked = [id for id, one in catalog.societies.items() if one.level in ("national", "provincial")]
        paired = paired_societies(call, catalog.exchange.pairings)
        return cls(
            tuple(id for id, on_time in sorted(filed.items()) if on_time),
            tuple(id for id, on_time in sorted(filed.items()) if not on_time),
            tuple(id for id in asked if id not in filed),
            tuple(id for id in call.supported if id in paired),
            tuple(id for id in call.supported if id not in paired),
        )


@dataclass(frozen=True, slots=True)
class Gaps:
    """By (field, region): open needs, those of them that nothing of the field can come to, and offers that name a place there.

    Offers for the whole country stand under ``NATIONAL``: they would fill every cell.
    """

    asked: Counter[tuple[str, str]]
    unmet: Counter[tuple[str, str]]
    offered: Counter[tuple[str, str]]

    @classmethod
    def of(cls, catalog: Catalog, matching: Matching) -> Gaps:
        """Of one day."""
        asked, unmet, offered = (Counter[tuple[str, str]]() for _ in range(3))
        places = catalog.known.places
        for need in catalog.exchange.open_needs:
            reached = matching.fields_reaching(need)
            for field in need.fields:
                asked[field, places.region_of(need.county)] += 1
                unmet[field, places.region_of(need.county)] += field not in reached
        for activity, standing in zip(catalog.activities, catalog.standings, strict=True):
            if standing == "offer":
                regions = {places.region_of(code) for code in activity.regions}
                for region in {NATIONAL} if NATIONAL in regions else regions:
                    offered.update((field, region) for field in activity.fields)
        return cls(asked, unmet, offered)
