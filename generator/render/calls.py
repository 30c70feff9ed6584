"""Calls in, a page each and the list out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model.call import Call, Form
from generator.model.period import ENDED, ONGOING, UPCOMING, State
from generator.render import address, words
from generator.render.coverage import call_part
from generator.render.downloads import beside
from generator.render.output import OutputFile
from generator.render.site import Site

MOST = 12
NOT_COLLECTED = "本站未收集申报情况，所以不显示哪些单位报了、哪些没有报。"


def files(site: Site) -> Iterator[OutputFile]:
    """One page a call, and the list, newest first."""
    for call in site.catalog.calls.values():
        yield _page(site, call)
    yield site.page(
        address.CALLS, "pages/calls.html", "通知", (), lambda: _index(site), "征集科技志愿服务品牌活动的通知。"
    )


def state(site: Site, call: Call) -> State:
    """Whether the call's window is still to come, open, or over."""
    today = site.catalog.today
    if call.window.end is not None and today > call.window.end:
        return ENDED
    return UPCOMING if call.issued is not None and today < call.issued else ONGOING


def _page(site: Site, call: Call) -> OutputFile:
    def context() -> dict[str, Any]:
        catalog = site.catalog
        answers = catalog.chosen("call", call.id)
        return {
            "call": {
                "id": call.id,
                "number": call.number,
                "title": call.title,
                "url": call.url,
                "issuer": call.issuer,
                "issued": words.chinese_day(call.issued),
                "submit_by": words.chinese_day(call.submit_by),
                "window": {"start": words.chinese_day(call.window.start), "end": words.chinese_day(call.window.end)},
                "window_note": call.window_note,
                "addressees": call.addressees,
                "aim": call.aim,
                "steps": call.steps,
                "requirements": call.requirements,
                "collected_here": call.collected_here,
                "forms": [_form_words(form) for form in call.forms],
                "contacts": [
                    {"office": item.office, "phones": item.phone, "email": item.email} for item in call.contacts
                ],
            },
            "state": state(site, call),
            "downloads": beside(site, "call", call.id) if answers else [],
            "progress": call_part(site, call),
            "answers": site.pasted(answers[: -MOST - 1 : -1]),
            "answers_more": f"{address.facet('call', call.id)}index.html" if len(answers) > MOST else None,
            "progress_note": f"按这份通知已收到 {len(answers)} 项活动。" if call.collected_here else NOT_COLLECTED,
        }

    return site.page(
        address.call(call.id),
        "pages/call.html",
        call.title,
        (("通知", address.CALLS),),
        context,
        call.aim or call.title,
    )


def _form_words(form: Form) -> str:
    parts = [form.name, f"由{form.by}填写" if form.by else "", "、".join(form.formats)]
    return "，".join(filter(None, parts))


def _index(site: Site) -> dict[str, Any]:
    calls = sorted(site.catalog.calls.values(), key=lambda call: (str(call.issued), call.id), reverse=True)
    return {
        "calls": [
            {
                "title": call.title,
                "number": call.number,
                "href": address.call(call.id),
                "submit_by": words.chinese_day(call.submit_by),
                "state": state(site, call),
            }
            for call in calls
        ]
    }
