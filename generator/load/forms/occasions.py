"""The cells of one row of a schedule in, a session of the record out: start, end, county, place and title, as far as they are certain."""

from __future__ import annotations

import re

from generator.load.forms.document import KNOWN, VALUE, Words
from generator.load.forms.moments import moment_of
from generator.model.reader import Known

LONGEST = 60  # characters of a place or title
_EDGE = " \t\n\u3000\u00a0_＿"
_COUNT = re.compile(r"第?[\d一二三四五六七八九十]{1,3}[场次期]?")


def occasion(parts: dict[str, list[Words]], known: Known, front: str) -> list[dict[str, str]]:
    """One session, or none without a whole day; ``front``: the province a county lies in."""
    start, until = _moment(parts.get("start", [])), _moment(parts.get("end", []))
    if start is None or ("end" in parts and until is None):
        for words in (one for cells in parts.values() for one in cells):
            words.doubt("场次要写完整的日期")
        return []
    county, place = _where(parts.get("place", []), known, front)
    found = {"start": start[0], "end": until[0] if until else start[1], "county": county, "place": place}
    for words in parts.get("title", []):
        text = words.text.strip(_EDGE)
        if _COUNT.fullmatch(text):
            words.claim_all(KNOWN)
        elif len(text) > LONGEST or "\n" in text or "title" in found:
            words.doubt("场次的主题没有读入")
        else:
            words.claim_all()
            found["title"] = text
    return [{key: value for key, value in found.items() if value}]


def _moment(cells: list[Words]) -> tuple[str, str] | None:
    """The day and hours that cells tell together: 2026年5月1日 | 9:00-11:00."""
    moment = moment_of(" ".join(words.text.strip(_EDGE) for words in cells))
    if moment is None or moment[2].strip(_EDGE):
        return None
    for words in cells:
        words.claim_all()
    return moment[:2]


def _where(cells: list[Words], known: Known, front: str) -> tuple[str, str]:
    """A cell that is nothing but a county is the county, a province beside it is said by that; the rest is the place."""
    county, province, spots = "", "", []
    for words in cells:
        text = words.text.strip(_EDGE)
        region = known.places.regions.get(front)
        codes = known.places.find(text) or known.places.find((region.name if region else "") + text)
        codes = codes if len(codes) < 2 or region is None else known.places.find(region.name + text)
        code = codes[0] if len(codes) == 1 else ""
        words.claim_all(VALUE)
        if code in known.places.counties and not county:
            county = known.places.name(code)
        elif code in known.places.regions and len(cells) > 1:
            province, front = text, code
        else:
            spots.append(text.replace("\n", ""))
    place = "".join(spots) if county else province + "".join(spots)
    return county, place[:LONGEST]
