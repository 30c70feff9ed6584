"""Regions and counties: a place as people write it in, a code out. 同名的县 are asked about, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.model.vocabulary import fold, nearest

NATIONAL = "100000"  # GB/T 2260 code of the country: 全国
NATIONAL_WORDS = ("全国", "全国各地", "全国范围", "不限地区", NATIONAL)
MUNICIPALITIES = {"110000", "120000", "310000", "500000"}
CORPS = "XPCC"


@dataclass(frozen=True, slots=True)
class Region:
    """A province, autonomous region, municipality, the Corps, Taiwan, Hong Kong or Macao; ``row`` and ``col``: its tile; ``group``: of the seven customary ones."""

    id: str
    name: str
    short: str
    row: int
    col: int
    abbr: str = ""
    pinyin: str = ""
    english: str = ""
    cast: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """A county-level unit (or one of the four cities without any)."""

    code: str
    name: str
    city: str
    region: str  # id of its region

    @property
    def is_direct(self) -> bool:
        """Whether the city only repeats the municipality or says that there is none."""
        return self.region in MUNICIPALITIES or "直辖县级" in self.city


@dataclass(frozen=True, slots=True)
class Places:
    """All regions and counties. Codes of 35 regions, 2,851 counties, and ``NATIONAL``."""

    regions: dict[str, Region]
    counties: dict[str, County]
    _words: dict[str, tuple[str, ...]] = field(repr=False)
    _full: dict[str, str] = field(repr=False)
    _cities: dict[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, regions: Iterable[Region], counties: Iterable[County]) -> Places:
        """Prepare every spelling once: code, name, short name; province, city or both before a county's name."""
        by_id = {region.id: region for region in regions}
        by_code = {county.code: county for county in counties}
        words: dict[str, dict[str, None]] = {}

        def say(code: str, *spellings: str) -> None:
            for spelling in spellings:
                words.setdefault(spelling, {})[code] = None

        for region in by_id.values():
            say(region.id, region.id, region.name, region.short, *filter(None, [region.cast]))
        for word in NATIONAL_WORDS:
            say(NATIONAL, word)
        taken = set(words)  # 吉林 is the province, not 吉林市
        names: dict[tuple[str, str], int] = {}
        for county in by_code.values():
            key = (county.region, county.name)
            names[key] = names.get(key, 0) + 1
        full: dict[str, str] = {}
        for county in by_code.values():
            region = by_id[county.region]
            city = "" if county.is_direct else county.city
            twice = names[county.region, county.name] > 1
            full[county.code] = region.name + (city if twice and city != region.name else "") + county.name
            fronts = {
                "",
                region.name,
                region.short,
                city,
                city.removesuffix("市"),
                region.name + city,
                region.short + city,
            }
            spelled = {front + name for name in {county.name, short_name(county.name)} for front in fronts}
            say(county.code, *(spelled - taken), county.code)
        spellings = {word: tuple(codes) for word, codes in words.items()}
        return cls(by_id, by_code, spellings, full, _cities(by_code.values()))

    def find(self, word: str) -> tuple[str, ...]:
        """All codes a spelling can mean: none, one, or several (鼓楼区)."""
        word = "".join(word.split())
        return self._words.get(word) or self._words.get(fold(word).upper(), ())

    def name(self, code: str) -> str:
        """The full, unambiguous name: 全国, 山西省, 福建省德化县, 江苏省南京市鼓楼区."""
        if code == NATIONAL:
            return "全国"
        if code in self.regions:
            return self.regions[code].name
        return self._full[code]

    def region_of(self, code: str) -> str:
        """The region a code lies in; ``NATIONAL`` for the country."""
        return code if code == NATIONAL or code in self.regions else self.counties[code].region

    def city_of(self, code: str) -> str:
        """The city a county belongs to, as region and name; empty where there is none of its own."""
        county = self.counties.get(code)
        return "" if county is None or county.is_direct else f"{county.region} {county.city}"

    def region_of_city(self, word: str) -> str:
        """The region a prefecture-level city lies in, by its name or a short one (太原市, 恩施州, 山西太原); empty where none or several do."""
        word = "".join(word.split())
        found = set()
        for city in self._cities:
            id, _, name = city.partition(" ")
            region = self.regions[id]
            front = next((one for one in (region.name, region.short) if word.startswith(one) and word != one), "")
            stem = name.removesuffix("市").removesuffix("地区").removesuffix("盟")
            is_it = not {word, word.removeprefix(front)}.isdisjoint((name, stem))
            if name.endswith("自治州"):  # 恩施州 for 恩施土家族苗族自治州
                bare = word.removeprefix(front).removesuffix("自治州").removesuffix("州")
                is_it = is_it or (len(bare) > 1 and name.startswith(bare))
            if is_it and "直辖县级" not in name:
                found.add(id)
        return found.pop() if len(found) == 1 else ""

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The other counties of a county's city: 邻县, as far as the list of counties can tell."""
        city = self.city_of(code)
        return tuple(one for one in self._cities.get(city, ()) if one != code) if city else ()

    def region_named_in(self, word: str) -> str | None:
        """The region whose name a longer spelling begins with."""
        for region in self.regions.values():
            if word.startswith((region.name, region.short)):
                return region.id
        return None

    def nearest(self, word: str) -> str | None:
        """The nearest full name."""
        region = self.region_named_in(word)
        names = [self._full[code] for code, county in self.counties.items() if region in (None, county.region)]
        return nearest(word, [*(region.name for region in self.regions.values()), *names])

    def full_names(self, codes: Iterable[str]) -> list[str]:
        """City and county spelled out, for a choice between places of one name."""
        return [self._with_city(code) for code in codes]

    def _with_city(self, code: str) -> str:
        county = self.counties.get(code)
        if county is None:
            return self.name(code)
        return self.regions[county.region].name + ("" if county.is_direct else county.city) + county.name


def _cities(counties: Iterable[County]) -> dict[str, tuple[str, ...]]:
    """The counties of each city, by region and name."""
    cities: dict[str, tuple[str, ...]] = {}
    for county in counties:
        city = f"{county.region} {county.city}"
        cities[city] = (*cities.get(city, ()), county.code)
    return cities


def short_name(name: str) -> str:
    """景宁县 for 景宁畲族自治县, 景宁 for 景宁县: the name without its ending, where two characters are left."""
    for ending in ("自治县", "自治旗", "县", "市", "区", "旗"):
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= 2:
            return stem
    return name
