"""Every address of the site, relative to its root. An address once published keeps working."""

from __future__ import annotations

from uuid import UUID, uuid5

HOME = "index.html"
ALL = "activities/index.html"
SOCIETIES = "societies/index.html"
REGIONS = "regions/index.html"
CALLS = "calls/index.html"
CONTRIBUTE = "contribute/index.html"
NEEDS = "needs/index.html"
GAPS = "needs/gaps.html"
PAIRINGS = "pairings/index.html"
ASKING = "contribute/needs.html"
ABOUT = "about.html"
FAULTS = "faults.html"
CHANGES = "changes/index.html"
STATISTICS = "statistics/index.html"
DATA_FOLDER = "data/"
DATA = "data/index.html"
OFFLINE = "data/offline.zip"
FEED = "feed.xml"
CALENDAR = "calendar.ics"
_OURS = UUID("6f1c0a52-9d3e-4c8b-8a57-2e64d0b91f3c")  # chosen by chance, once


def activity(id: str) -> str:
    """The page of an activity."""
    return f"activities/{id}.html"


def form(way: str, id: str) -> str:
    """The web form with a record opened: ``way`` is ``edit`` or ``renew``."""
    return f"{CONTRIBUTE}?{way}={id}#form"


def picture(id: str, number: int) -> str:
    """A picture of an activity, counted from 1: beside its page."""
    return f"activities/{id}-{number}.jpg"


def society(id: str) -> str:
    """The page of a society."""
    return f"societies/{id}.html"


def region(id: str) -> str:
    """The page of a region."""
    return f"regions/{id}.html"


def county(code: str) -> str:
    """The page of a county."""
    return f"counties/{code}.html"


def call(id: str) -> str:
    """The page of a call."""
    return f"calls/{id}.html"


def need(id: str) -> str:
    """The page of a need."""
    return f"needs/{id}.html"


def needs_by(key: str, term: str) -> str:
    """The folder of a list of needs, with its last slash."""
    return f"needs/by/{key}/{term}/"


def pairing(id: str) -> str:
    """The page of a pairing."""
    return f"pairings/{id}.html"


def statistics(key: str) -> str:
    """The numbers of one figure."""
    return f"data/statistics/{key}.csv"


def share(field: str) -> str:
    """The picture shown beside a link to a page of a field; of no field, to any other page."""
    return f"assets/share/{field or 'catalog'}.png"


def facet(key: str, term: str) -> str:
    """The folder of a list, with its last slash."""
    return f"activities/by/{key}/{term}/"


def record(stem: str) -> str:
    """The page of a record by its stem."""
    return f"{stem}.html"


def official(stem: str, ending: str) -> str:
    """A file of an official list; ``stem``: its name without the ending."""
    return f"data/lists/{stem}.{ending}"


def identity(stem: str, what: str) -> UUID:
    """The lasting name of something that happens to a record: the same in every build, wherever the site stands."""
    return uuid5(_OURS, f"{stem}#{what}")


def root_from(path: str) -> str:
    """The way from a page back to the site's root: ``../`` for each folder."""
    return "../" * path.count("/")
