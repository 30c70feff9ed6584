"""The words of a typed query that mean something: vocabularies, days and places in, one table for Python and the browser out.

Places come as spots: what a name can mean, with every county's code in it. The browser gets the names and derives the spellings by the
rule of ``cut``; theme/assets/query.js repeats that rule, and a test compares the two readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.model.places import CORPS, NATIONAL, NATIONAL_WORDS, Places
from generator.model.query_dates import PATTERNS, RELATIVE
from generator.model.reader import Known

# A word of several meanings (义诊: a form and an alias of a kind) is read as the first: names before aliases, then in this order.
FACETS = {"forms": "forms", "audiences": "audiences", "fields": "fields", "modes": "mode", "kinds": "kind"}
MONTH, REGIONS = "month", "regions"
LISTS = ("plain", "bodies", "negations", "fillers", "no_place", "ask")  # ids of content/vocabulary/reading.yml
SPACES = "".join(
    map(
        chr,
        [*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200E), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF],
    )
)
SEPARATORS = SPACES + ',，。、；;：:!！?？|()（）[]【】{}<>《》〈〉"“”「」『』…'
MARKS = "-–—~·_/\\'‘’`´^=*"  # dropped at the ends of a stretch of text, kept within: C-01
QUOTES = ('"“”', "「」", "『』")  # the first: any of the three opens, any closes
SAID = {"150000": ("内蒙",), CORPS: ("新疆兵团", "建设兵团")}  # what people also say
PEOPLES = (
    "满族|蒙古族|蒙古|回族|朝鲜族|畲族|土家族|苗族|瑶族|侗族|壮族|仫佬族|毛南族|黎族|羌族|彝族|藏族|仡佬族|布依族|水族|傣族|纳西族|哈尼族|拉祜族|佤族|布朗族|独龙族|怒族|"
    "白族|普米族|傈僳族|裕固族|哈萨克族|哈萨克|保安族|东乡族|撒拉族|土族|塔吉克|锡伯|柯尔克孜|达斡尔族|鄂温克族|景颇族|各族"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)((?:{PEOPLES})*族?自治[县旗州])")


def fold_characters(text: str) -> str:
    """NFKC and lower case, character by character, so that places in the text stay the same; what would become several stays as it is."""
    folded = (unicodedata.normalize("NFKC", character).lower() for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, folded, strict=True))


def cut(name: str) -> tuple[str, str]:
    """The short name and its ending: 阳曲|县, 景宁|畲族自治县, 喀什|地区. 唐县 and 城区 are never said shorter: no short name."""
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return match[1], match[2]
    for ending in ("地区", "林区", "特区", "新区"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending), ending
    return (name[:-1], name[-1]) if len(name) > 2 and name[-1] in "县市区旗盟州" else ("", name)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word chooses: values of one facet."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place. ``values``: its code, or those of all counties of a city; ``name``: with province and city."""

    values: tuple[str, ...]
    name: str

    def contains(self, other: Spot) -> bool:
        """Whether the other lies in it and is smaller. By codes: 14 is Shanxi, 6590 the Corps, which lies in Xinjiang."""
        if len(self.values) > 1 or self.values[0][2:] not in ("0000", CORPS[2:]):
            return len(other.values) < len(self.values) and set(other.values) <= set(self.values)
        front = "6590" if self.values[0] == CORPS else self.values[0][:2]
        if other.values == (CORPS,):
            return front == "65"
        return other.values != self.values and all(code.startswith(front) for code in other.values)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The table. ``words``: kind by spelling for what stays text; ``meanings``, ``spots`` and ``stems`` by spelling for the rest.

    ``spots``: names read anywhere. ``settled``: those whose first spot wins where nothing decides. ``stems``: short names that are
    read only as a stretch of text of their own; ``guarded``: those read only right behind a place they lie in.
    """

    words: dict[str, str]
    meanings: dict[str, tuple[Meaning, ...]]
    spots: dict[str, tuple[Spot, ...]]
    stems: dict[str, tuple[Spot, ...]]
    settled: frozenset[str]
    guarded: frozenset[str]
    fillers: frozenset[str]
    longest: int
    lists: dict[str, tuple[str, ...]]
    lines: dict[str, str]
    regions: dict[str, tuple[str, ...]]


def phrases_of(known: Known) -> Phrases:
    """The table made from the vocabularies and places. A vocabulary that is not there gives no words."""
    reading = known.vocabularies.get("reading")
    terms = reading.terms if reading else {}
    lists = {id: tuple(map(fold_characters, terms[id].aliases)) if id in terms else () for id in LISTS}
    words: dict[str, str] = {}
    for id, kind in (("plain", "plain"), ("bodies", "body"), ("negations", "negation"), ("fillers", "filler")):
        for word in lists[id]:
            if id != "fillers" or len(word) > 1:  # a filler of one character is no word of its own in running text
                words.setdefault(word, kind)
    meanings = _meanings(known)
    for term in known.vocabularies.get("seasons", ()):
        for word in map(fold_characters, (term.name, *term.aliases)):
            if term.months:
                meanings.setdefault(word, (Meaning(MONTH, tuple(sorted(term.months))),))
            else:
                words.setdefault(word, "plain")
    lists["plain"] = tuple(word for word, kind in words.items() if kind == "plain")
    regions = {
        region.id: (region.name, region.short, *SAID.get(region.id, ())) for region in known.places.regions.values()
    }
    regions = {id: tuple(dict.fromkeys(names)) for id, names in regions.items()}
    regions[NATIONAL] = tuple(word for word in NATIONAL_WORDS if word != NATIONAL)
    lines = {id: _lines(known.places, id) for id in known.places.regions}
    spots, stems, settled = _spots(regions, lines, lists["ask"], {*lists["no_place"]})
    longest = max(map(len, (*words, *meanings, *spots, *RELATIVE)), default=1)
    guarded = frozenset(lists["no_place"])
    return Phrases(
        words, meanings, spots, stems, settled, guarded, frozenset(lists["fillers"]), longest, lists, lines, regions
    )


def _meanings(known: Known) -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, dict[Meaning, None]] = {}
    for is_name in (True, False):
        for vocabulary, facet in FACETS.items():
            for term in known.vocabularies[vocabulary]:
                for word in map(fold_characters, (term.name,) if is_name else term.aliases):
                    if len(word) > 1:
                        found.setdefault(word, {})[Meaning(facet, (term.id,))] = None
    return {word: tuple(meanings) for word, meanings in found.items()}


def _lines(places: Places, region: str) -> str:
    """The counties of a region, a line a city: its name, then code and name of each county; ``+`` where a short name ends not before
    the last character. A code is written as its step from the one before, which packs five times as well:
    南京市|320102玄武区|2秦淮区; the first is empty where there is no city."""
    cities: dict[str, list[tuple[int, str]]] = {}
    for county in places.counties.values():
        if county.region == region:
            city = "" if county.is_direct else _marked(county.city)
            cities.setdefault(city, []).append((int(county.code), _marked(county.name)))
    lines, last = [], 0
    for city, counties in cities.items():
        line = [city]
        for code, name in counties:
            line.append(f"{code - last}{name}")
            last = code
        lines.append("|".join(line))
    return "\n".join(lines)


_STEP = re.compile(r"(-?\d+)(.*)")


def _read_lines(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each city of such lines, with code and marked name of its counties."""
    last = 0
    for line in filter(None, text.split("\n")):
        city, *steps = line.split("|")
        counties = []
        for step, name in (match.groups() for match in map(_STEP.fullmatch, steps) if match):
            last += int(step)
            counties.append((f"{last:06d}", name))
        yield city, counties


def _marked(name: str) -> str:
    stem, ending = cut(name)
    return f"{stem}+{ending}" if stem and len(ending) > 1 else name


def _spellings(marked: str) -> tuple[list[str], str]:
    """The full names and the short name (or nothing) of a name as it stands in the lines."""
    stem, plus, ending = marked.partition("+")
    if plus:
        return [stem + ending, *([stem + ending[-1]] if "自治" in ending else [])], stem
    if len(marked) == 2 and marked[-1] == "区":  # 城区, 郊区, 矿区: a word of every day
        return [], marked
    return [marked], marked[:-1] if len(marked) > 2 else ""


def _places(regions: dict[str, tuple[str, ...]], lines: dict[str, str]) -> Iterator[tuple[list[str], str, Spot, bool]]:
    """Full names, short name, spot, whether it is a city: cities before their counties."""
    for region, text in lines.items():
        for city, counties in _read_lines(text):
            front = regions[region][0] + city.replace("+", "")
            if city:
                yield *_spellings(city), Spot(tuple(code for code, _ in counties), front), True
            for code, marked in counties:
                name = marked.replace("+", "")
                if name != city:  # 东莞 has no county but itself
                    yield *_spellings(marked), Spot((code,), front + name), False


Named = dict[str, tuple[Spot, ...]]


def _spots(
    regions: dict[str, tuple[str, ...]], lines: dict[str, str], ask: Iterable[str], guarded: set[str]
) -> tuple[Named, Named, frozenset[str]]:
    """Names read anywhere, names read with care, and the former whose first spot wins.

    A short name without 县, 市, 区 is read anywhere only for cities: 2,300 counties' short names would be found across the borders of
    words. A city wins over districts of its name (西安, not 西安区 of 牡丹江), whose people say 区; over a county it does not.
    """
    spots: dict[str, list[Spot]] = {}
    stems: dict[str, list[Spot]] = {}
    for id, names in regions.items():
        for name in names:
            spots[name] = [Spot((id,), names[0])]
    taken = set(spots)
    cities: dict[str, None] = {}
    for full, stem, spot, is_city in _places(regions, lines):
        for name in full:
            if name not in taken:
                spots.setdefault(name, []).append(spot)
        if stem and stem not in taken and not any(other.contains(spot) for other in stems.get(stem, ())):
            stems.setdefault(stem, []).append(spot)
            if is_city and stem not in guarded:
                cities[stem] = None
    settled = set()
    for stem in cities:
        found = sorted(stems.pop(stem), key=lambda spot: _ending(spot) != "city")
        spots[stem] = found
        if stem not in ask and all(_ending(spot) in ("city", "区") for spot in found):
            settled.add(stem)
    return _frozen(spots), _frozen(stems), frozenset(settled)


def _ending(spot: Spot) -> str:
    """区 or another last character; "city" for a city."""
    return "city" if len(spot.values) > 1 or spot.values[0].endswith("00") else spot.name[-1]


def _frozen(named: dict[str, list[Spot]]) -> Named:
    return {name: tuple(spots) for name, spots in named.items()}


def phrases_table(phrases: Phrases) -> dict[str, Any]:
    """What theme/assets/query.js reads: only lists, texts and numbers."""
    terms: dict[Meaning, list[str]] = {}
    for word, meanings in phrases.meanings.items():
        terms.setdefault(meanings[0], []).append(word)
    return {
        "separators": SEPARATORS,
        "marks": MARKS,
        "quotes": list(QUOTES),
        "lists": {id: "|".join(words) for id, words in phrases.lists.items()},
        "terms": [[meaning.facet, list(meaning.values), "|".join(words)] for meaning, words in terms.items()],
        "regions": [[id, "|".join(names), phrases.lines.get(id, "")] for id, names in phrases.regions.items()],
        "relative": {word: list(step) for word, step in RELATIVE.items()},
        "dates": PATTERNS,
    }
