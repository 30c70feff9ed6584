"""Places: every full name is its own, and a name that several share is asked about."""

from __future__ import annotations

from collections import defaultdict

import pytest

from generator.build import CHECKOUT
from generator.load.known import read_content
from generator.model.places import NATIONAL

KNOWN = read_content(CHECKOUT, CHECKOUT).known
PLACES = KNOWN.places


def test_every_county_s_full_name_and_code_are_its_own() -> None:
    for code in PLACES.counties:
        assert PLACES.find(PLACES.name(code)) == (code,)
        assert PLACES.find(code) == (code,)


def test_the_names_offered_for_a_choice_lead_to_the_choice() -> None:
    for code in PLACES.counties:
        assert code in PLACES.find(PLACES.full_names([code])[0])


def test_every_region_is_found_by_its_names() -> None:
    assert len(PLACES.regions) == 35
    for region in PLACES.regions.values():
        for word in (region.id, region.name, region.short):
            assert PLACES.find(word) == (region.id,)


def test_a_name_that_several_counties_share_is_never_guessed() -> None:
    holders = defaultdict(set)
    for county in PLACES.counties.values():
        holders[county.name].add(county.code)
    shared = {name: codes for name, codes in holders.items() if len(codes) > 1}
    assert len(shared["鼓楼区"]) == 4
    for name, codes in shared.items():
        assert set(PLACES.find(name)) == codes


@pytest.mark.parametrize("word", ["全国", "全国各地", "不限地区", " 全 国 "])
def test_the_whole_country_has_several_names(word: str) -> None:
    assert PLACES.find(word) == (NATIONAL,)


@pytest.mark.parametrize(
    ("word", "name"),
    [("吉林", "吉林省"), ("阳曲", "山西省阳曲县"), ("xpcc", "新疆生产建设兵团")],
)
def test_a_short_name_is_found(word: str, name: str) -> None:
    assert [PLACES.name(code) for code in PLACES.find(word)] == [name]


# A label may stand for two things, by where it stands: that is for the layout to say.
@pytest.mark.parametrize("name", sorted(KNOWN.vocabularies.keys() - {"labels"}))
def test_a_vocabulary_finds_each_id_and_name_and_leads_each_alias_to_one_term(name: str) -> None:
    vocabulary = KNOWN.vocabularies[name]
    for term in vocabulary:
        assert vocabulary.find(term.id) == term.id
        assert vocabulary.find(term.name) == term.id
        assert vocabulary.find(f" {term.name} ") == term.id
        for alias in term.aliases:
            assert vocabulary.find(alias) is not None
        assert vocabulary.nearest(term.name) == term.name
    assert vocabulary.find("没有这个词") is None
