"""Who reviews what: the record of ``content/owners.yml`` in, the lines of CODEOWNERS out."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.field import described, record
from generator.model.places import CORPS, NATIONAL, Places
from generator.model.pointers import PlaceCode, SocietyId
from generator.model.values import Group, Many, Pattern

OWNER = r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[A-Za-z0-9._-]{1,100})*|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,190}"
_CORPS_COUNTIES = "6590"

_OWNERS = Many(Pattern(OWNER, "“@单位/小组”、“@账号”或者邮箱"), 20)


@record
class Area:
    """Some societies or places, and who reviews their records."""

    societies: tuple[str, ...] = described("学会", Many(SocietyId(), 300), example="[测试学会]", default=())
    places: tuple[str, ...] = described("地区", Many(PlaceCode(), 300), example="[山西省]", default=())
    owners: tuple[str, ...] = described("审核人", _OWNERS, "always", example='["@ORG/TEAM"]', default=())


@record
class Owners:
    """Who reviews the program and lists, who the records, and who those of some societies and places."""

    program: tuple[str, ...] = described("审核程序", _OWNERS, default=())
    records: tuple[str, ...] = described("审核记录", _OWNERS, default=())
    areas: tuple[Area, ...] = described("分区审核", Many(Group(Area), 500), default=())


def lines(owners: Owners, places: Places) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pattern and owners, from the widest to the narrowest: of several that match, the last one counts."""
    if owners.program:
        yield "*", owners.program
    if owners.records:
        for folder in ("/activities/", "/content/needs/", "/content/pairings/"):
            yield folder, owners.records
    areas = sorted(owners.areas, key=lambda area: not any(place in places.regions for place in area.places))
    for area in areas:
        for pattern in (
            *map(_of_society, area.societies),
            *(one for place in area.places for one in _of_place(place, places)),
        ):
            yield pattern, area.owners


def _of_society(id: str) -> str:
    return f"/activities/*/{id}/"


def _of_place(code: str, places: Places) -> Iterator[str]:
    """A province: its own societies, and its counties' needs and pairings; a county: its needs and pairings."""
    if code == NATIONAL:
        return
    counties = code
    if code in places.regions:
        yield f"/activities/*/{code}-*/"
        counties = f"{_CORPS_COUNTIES if code == CORPS else code[:2]}*"
    yield f"/content/needs/*/{counties}/"
    yield f"/content/pairings/*/{counties}/"
