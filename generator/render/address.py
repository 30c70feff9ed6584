"""Every address of the site, relative to its root. An address once published keeps working."""

from __future__ import annotations

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


def facet(key: str, term: str) -> str:
    """The folder of a list, with its last slash."""
    return f"activities/by/{key}/{term}/"


def root_from(path: str) -> str:
    """The way from a page back to the site's root: ``../`` for each folder."""
    return "../" * path.count("/")
