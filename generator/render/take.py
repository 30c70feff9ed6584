"""A list in, what can be taken along from it out: its feed, its calendar, its address as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from generator.render import address
from generator.render.calendars import Calendars
from generator.render.site import Json, Site
from generator.render.templates import ROOT


class Take:
    """Makes the foot of lists (``parts/take.html``)."""

    def __init__(self, site: Site, calendars: Calendars) -> None:
        self.site, self.calendars = site, calendars

    def __call__(self, folder: str, page: str, positions: Sequence[int]) -> Json:
        """``folder``: where feed and calendar lie, empty for those of all; ``page``: the address the list is known by."""
        calendar, feed = f"{folder}{address.CALENDAR}", f"{folder}{address.FEED}"
        url = self.site.address(calendar)
        webcal = [("在手机日历里订阅", f"webcal://{url.split('://', 1)[1]}")] if "://" in url else []
        return {
            "subscriptions": [
                *webcal,
                ("下载日历文件（.ics）", f"{ROOT}{calendar}"),
                ("订阅更新（Atom）", f"{ROOT}{feed}"),
            ],
            "calendar": url,
            "feed": self.site.address(feed),
            "dated": self.calendars.dated(positions),
            "undated": self.calendars.undated(positions),
            "address": self.site.address(page),
        }
