"""The records of a pull request in, their cards as text out; a report in, the comment under the pull request out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.activity import Activity
from generator.model.catalog import Catalog
from generator.model.need import Need
from generator.model.pairing import Pairing
from generator.model.pairing_rules import NEEDS, PAIRINGS
from generator.model.problem import LEVEL_WORDS
from generator.model.pull import Change
from generator.model.report import Card, Report
from generator.render import words
from generator.render.templates import Templates

ACTIVITIES = "activities"
MARK = "<!-- catalog:pull -->"  # the first line of the comment, by which it is found again

Rows = tuple[tuple[str, str], ...]


def cards(catalog: Catalog, changes: Iterable[Change]) -> Iterator[Card]:
    """The records that a pull request adds or changes, in the order of their files; faulty ones have no card."""
    records: dict[str, Activity | Need | Pairing] = {
        **{f"{ACTIVITIES}/{activity.id}.yml": activity for activity in catalog.activities},
        **{f"{NEEDS}/{need.id}.yml": need for need in catalog.exchange.needs.values()},
        **{f"{PAIRINGS}/{pairing.id}.yml": pairing for pairing in catalog.exchange.pairings.values()},
    }
    for change in changes:
        record = records.get(change.path)
        if record is not None:
            title, rows = _shown(catalog, record)
            yield Card(change.path, title, change.status == "A", rows)


def _shown(catalog: Catalog, record: Activity | Need | Pairing) -> tuple[str, Rows]:
    if isinstance(record, Activity):
        return record.title, _activity(catalog, record)
    if isinstance(record, Need):
        return record.title, _need(catalog, record)
    return words.pairing_title(catalog, record), _pairing(catalog, record)


def _activity(catalog: Catalog, activity: Activity) -> Rows:
    return (
        ("学会", catalog.societies[activity.society].name),
        ("何时", activity.period.words),
        ("何地", words.where(catalog, activity.regions)),
        ("为谁", words.names(catalog, "audiences", activity.audiences)),
        ("怎么做", words.how(catalog, activity)),
        ("简介", words.cut(activity.summary, 300)),
    )


def _need(catalog: Catalog, need: Need) -> Rows:
    return (
        ("县（市、区）", catalog.known.places.name(need.county)),
        ("何时", need.period.words),
        ("为谁", words.names(catalog, "audiences", need.audiences)),
        ("讲什么", words.names(catalog, "fields", need.fields)),
        ("说明", words.cut(need.summary, 300)),
    )


def _pairing(catalog: Catalog, pairing: Pairing) -> Rows:
    return (
        ("学会", "、".join(catalog.societies[id].name for id in pairing.societies)),
        ("县（市、区）", catalog.known.places.name(pairing.county)),
        ("进展", catalog.vocabulary("statuses").name(pairing.status)),
        ("活动", "、".join(pairing.activities) or "没有写"),
    )


def comment(templates: Templates, report: Report) -> str:
    """The comment, which is the summary of the check as well."""
    return templates.text("parts/comment.html", report=report, levels=LEVEL_WORDS)
