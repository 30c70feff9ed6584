"""The catalogue in, its figures out: the one place where pandas counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from generator.model.activity import Activity
from generator.model.catalog import Catalog, facets
from generator.model.field import fields_of
from generator.model.figures import MONTHS, NO_MODE, SOURCES, STANDINGS, Figure, Figures
from generator.model.need import NEED_STATES, OPEN
from generator.model.places import NATIONAL

_OF_THE_FILE = {"call", "filed", "renews", "source", "cancelled"}  # these tell of the record, not of the activity


def count(catalog: Catalog) -> Figures:
    """Count everything."""
    source = pd.Series(["report" if one.is_report else "submission" for one in catalog.activities], dtype=object)
    standing = pd.Series(catalog.standings, dtype=object)
    terms = {facet.key: _terms(catalog, facet.key) for facet in facets(catalog.known.places)}
    terms["standing"] = standing
    terms["mode"] = pd.Series([one.mode or NO_MODE for one in catalog.activities], dtype=object)
    orders = _orders(catalog)
    by = {key: _figure(terms[key], source, order) for key, order in orders.items()}
    for key in ("year", "society"):
        by[key] = _figure(terms[key], source, sorted(terms[key].unique()))
    by["supply"] = _supply(catalog, terms["fields"], standing)
    by["needs"] = _needs(catalog)
    by["completeness"] = _completeness(catalog.activities, source)
    records = {id: int((source == id).sum()) for id in SOURCES}
    return Figures(records, len(catalog.societies), by)


def _orders(catalog: Catalog) -> dict[str, list[str]]:
    """Every term a figure must show, also those that no record has."""
    return {
        "standing": list(STANDINGS),
        "month": list(MONTHS),
        "kind": list(catalog.vocabulary("kinds").terms),
        **{key: list(catalog.vocabulary(key).terms) for key in ("fields", "audiences", "forms")},
        "mode": [*catalog.vocabulary("modes").terms, NO_MODE],
        "regions": [NATIONAL, *catalog.known.places.regions],
    }


def _terms(catalog: Catalog, key: str) -> pd.Series[str]:
    """The terms of a facet by position of the activity, one entry for each."""
    facet = next(facet for facet in facets(catalog.known.places) if facet.key == key)
    return pd.Series([facet.terms(one) for one in catalog.activities], dtype=object).explode().dropna()


def _figure(terms: pd.Series[str], source: pd.Series[str], order: list[str]) -> Figure:
    """Activities by term and source. A term that is not in ``order``, as a county is not among regions, is not shown."""
    shown = terms[terms.isin(order)]
    counts = pd.crosstab(shown.to_numpy(), source.loc[shown.index].to_numpy())
    table = counts.reindex(index=order, columns=list(SOURCES), fill_value=0).astype(int)
    return _figured(table, shown.index.nunique())


def _supply(catalog: Catalog, fields: pd.Series[str], standing: pd.Series[str]) -> Figure:
    """By field: open needs, and activities that can be invited."""
    needs = pd.Series([need.fields for need in catalog.exchange.open_needs], dtype=object).explode().dropna()
    offers = fields[standing.loc[fields.index].to_numpy() == "offer"]
    order = list(catalog.vocabulary("fields").terms)
    columns = {"asked": needs.value_counts(), "offered": offers.value_counts()}
    table = pd.DataFrame({key: counts.reindex(order, fill_value=0) for key, counts in columns.items()}, dtype=int)
    return _figured(table, len(catalog.exchange.open_needs))


def _needs(catalog: Catalog) -> Figure:
    """Needs by what became of them."""
    states = pd.Series([state.id for state in catalog.exchange.states.values()], dtype=object)
    order = [state.id for state in (OPEN, *(state for state in NEED_STATES if state is not OPEN))]
    return _figured(states.value_counts().reindex(order, fill_value=0).to_frame("needs"), len(states))


def _completeness(activities: Sequence[Activity], source: pd.Series[str]) -> Figure:
    """How many records state each field that need not be stated always."""
    lines = [line.key for line in fields_of(Activity) if line.duty != "always" and line.key not in _OF_THE_FILE]
    rows = [[getattr(one, key) not in (None, "", ()) for key in lines] for one in activities]
    stated = pd.DataFrame(rows, columns=lines, dtype=bool)
    table = stated.groupby(source).sum().T.reindex(index=lines, columns=list(SOURCES), fill_value=0).astype(int)
    return _figured(table, len(activities))


def _figured(table: pd.DataFrame, stated: int) -> Figure:
    """From a table with a row a term and a column a series."""
    numbers = (tuple(map(int, row)) for row in table.itertuples(index=False))
    return Figure(tuple(map(str, table.columns)), dict(zip(map(str, table.index), numbers, strict=True)), stated)
