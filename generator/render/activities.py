"""Activities in, their cards and pages out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.model.activity import Activity
from generator.model.field import fields_of
from generator.model.places import NATIONAL
from generator.render import address, words
from generator.render.changes import Titles, of_record
from generator.render.markdown import markdown
from generator.render.output import OutputFile
from generator.render.site import Json, Site

LABELS = {line.key: line.label for line in fields_of(Activity)}
_NO_CONTACT = "没有写联系方式。可以向学会办公室或当地科协打听。"
_NO_CONTACT_REPORT = "报道没有提到联系方式。想了解，请看报道原文，或向学会办公室打听。"


def cards(site: Site) -> Iterator[str]:
    """The cards of all activities, each rendered once for all the lists it stands in."""
    return (_card(site, position) for position in range(len(site.catalog.activities)))


def _card(site: Site, position: int) -> str:
    catalog = site.catalog
    activity = catalog.activities[position]
    society = catalog.societies[activity.society]
    return site.templates.text(
        "parts/card.html",
        id=activity.id,
        href=address.activity(activity.id),
        title=activity.title,
        society=society.name,
        level=catalog.vocabulary("levels").name(society.level),
        state=catalog.states[position],
        report=activity.is_report,
        past=catalog.standings[position] == "past",
        when=activity.period.words,
        where=words.where(catalog, activity.regions),
        whom=words.names(catalog, "audiences", activity.audiences),
        how=words.how(catalog, activity),
        summary=words.cut(activity.summary, 80),
    )


def files(site: Site) -> Iterator[OutputFile]:
    """One page an activity."""
    related = site.catalog.related()
    titles = Titles(site)
    for position, activity in enumerate(site.catalog.activities):
        yield OutputFile(address.activity(activity.id), partial(_made, site, titles, position, related[position]))


def _made(site: Site, titles: Titles, position: int, related: tuple[int, ...]) -> bytes:
    return _page(site, titles, position, related).make()


def _page(site: Site, titles: Titles, position: int, related: tuple[int, ...]) -> OutputFile:
    activity = site.catalog.activities[position]
    society = site.catalog.societies[activity.society]
    return site.page(
        address.activity(activity.id),
        "pages/activity.html",
        activity.title,
        (("活动", address.ALL), (society.name, address.society(society.id))),
        lambda: _context(site, titles, position, activity, related),
        activity.summary,
        lambda: [_schema(site, activity)],
        field=activity.fields[0],
    )


def _context(
    site: Site, titles: Titles, position: int, activity: Activity, related: tuple[int, ...]
) -> Mapping[str, Any]:
    catalog = site.catalog
    society = catalog.societies[activity.society]
    return {
        "activity": activity,
        "society": society,
        "society_href": address.society(society.id),
        "level": catalog.vocabulary("levels").name(society.level),
        "state": catalog.states[position],
        "past": catalog.standings[position] == "past",
        "report": activity.source,
        "facts": _facts(site, activity),
        "missing_word": "报道未提及" if activity.is_report else "未填写",
        "contact": activity.contact,
        "contact_missing": _NO_CONTACT_REPORT if activity.is_report else _NO_CONTACT,
        "description": markdown(activity.description),
        "pictures": [
            (address.picture(activity.id, number), picture) for number, picture in enumerate(activity.images, 1)
        ],
        "sessions": [
            (
                words.moment(session.start, session.end),
                catalog.known.places.name(session.county) if session.county else "",
                session.place or "",
                session.title or "",
            )
            for session in activity.sessions
        ],
        "more": [(LABELS[key], text) for key, text in _more(site, activity) if text],
        "history": of_record(site, titles, f"activities/{activity.id}"),
        "related": site.pasted(related),
        "edit_url": site.edit_url(activity.id),
        "renew_href": address.form("renew", activity.id),
        "problem_url": site.problem_url(activity.id, activity.title),
        "form_href": address.CONTRIBUTE,
    }


def _facts(site: Site, activity: Activity) -> tuple[tuple[str, str], ...]:
    """一眼看懂, in the order people ask; what is not stated stays empty."""
    catalog = site.catalog
    society = catalog.societies[activity.society]
    places = catalog.known.places
    return (
        ("谁来", site.link(society.name, address.society(society.id))),
        ("为谁", _listed(_term_link(site, "audiences", id) for id in activity.audiences)),
        ("何时", activity.period.words),
        (
            "能去哪",
            _listed(site.link(places.name(code), _place_href(code, places.regions)) for code in activity.regions),
        ),
        ("怎么做", words.how(catalog, activity)),
        ("讲什么", _listed(_term_link(site, "fields", id) for id in activity.fields)),
        ("一次多少人", words.capacity(activity)),
        ("需要当地准备什么", activity.host_provides),
        ("费用", activity.cost),
    )


def _listed(links: Iterable[Markup]) -> Markup:
    return Markup("、".join(links))  # noqa: S704 - links are markup already


def _term_link(site: Site, facet: str, id: str) -> Markup:
    return site.link(site.catalog.vocabulary(facet).name(id), address.facet(facet, id) + "index.html")


def _place_href(code: str, regions: Mapping[str, object]) -> str:
    if code == NATIONAL:
        return address.facet("regions", code) + "index.html"
    return address.region(code) if code in regions else address.county(code)


def _more(site: Site, activity: Activity) -> tuple[tuple[str, str], ...]:
    """The rest of what the record states, by its label in the table of fields."""
    catalog = site.catalog
    team, safety = activity.team, activity.safety
    call = catalog.calls.get(activity.call)
    team_words = (
        [
            team.name,
            team.level and catalog.vocabulary("team_levels").name(team.level),
            team.registration and f"平台注册号 {team.registration}",
        ]
        if team
        else []
    )
    safety_words = (
        [
            safety.plan and f"预案：{safety.plan}",
            safety.insurance and f"保险：{safety.insurance}",
            safety.qualifications and f"资质：{safety.qualifications}",
        ]
        if safety
        else []
    )
    partners = [catalog.societies[name].name if name in catalog.societies else name for name in activity.partners]
    return (
        ("kind", catalog.vocabulary("kinds").name(activity.kind)),
        ("partners", "、".join(partners)),
        ("team", "，".join(filter(None, team_words))),
        ("responsible", activity.responsible),
        ("conditions", activity.conditions),
        ("safety", "；".join(filter(None, safety_words))),
        ("call", call.number or call.title if call else ""),
        ("filed", words.chinese_day(activity.filed)),
    )


def _schema(site: Site, activity: Activity) -> Json:
    """schema.org: an Event where a beginning is stated, else a Service."""
    catalog = site.catalog
    society = catalog.societies[activity.society]
    organisation = {"@type": "Organization", "name": society.name}
    where = [{"@type": "AdministrativeArea", "name": catalog.known.places.name(code)} for code in activity.regions[:20]]
    thing: Json = {"name": activity.title, "description": words.cut(activity.summary, 80)}
    if activity.period.start:
        thing |= {
            "@type": "Event",
            "startDate": activity.period.start.text,
            "organizer": organisation,
            "location": where,
        }
        if activity.period.end:
            thing["endDate"] = activity.period.end.text
        if activity.cancelled:
            thing["eventStatus"] = "https://schema.org/EventCancelled"
    else:
        thing |= {"@type": "Service", "provider": organisation, "areaServed": where}
    if activity.source:
        thing["isBasedOn"] = activity.source.url
    if url := site.address(address.activity(activity.id)):
        thing["url"] = url
    return thing
