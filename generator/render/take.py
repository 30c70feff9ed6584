"""A list in, what can be taken along from it out: its feed and its calendar, with a code that a telephone reads."""

from __future__ import annotations

from collections.abc import Sequence

from generator.render import address
from generator.render.calendars import Calendars
from generator.render.qr import qr_code
from generator.render.site import Json, Site
from generator.render.templates import ROOT


class Take:
    """Makes the foot of lists (``parts/take.html``); pages that share a feed and a calendar share it."""

    def __init__(self, site: Site, calendars: Calendars | None) -> None:
        self.site, self.calendars = site, calendars
        self._made: dict[str, Json] = {}

    def __call__(self, folder: str, name: str, positions: Sequence[int]) -> Json | None:
        """``folder``: where feed and calendar lie, empty for those of all; ``name``: of the list they are of. None where the site has none."""
        if self.calendars is None:
            return None
        made = self._made.get(folder)
        if made is None:
            made = self._made[folder] = self._make(self.calendars, folder, name, positions)
        return made

    def _make(self, calendars: Calendars, folder: str, name: str, positions: Sequence[int]) -> Json:
        calendar, feed = f"{folder}{address.CALENDAR}", f"{folder}{address.FEED}"
        url = self.site.address(calendar)
        webcal = f"webcal://{url.split('://', 1)[1]}" if "://" in url else ""
        return {
            "name": name,
            "subscriptions": [
                *([("在手机日历里订阅", webcal)] if webcal else []),
                ("下载日历文件", f"{ROOT}{calendar}"),
                ("订阅更新", f"{ROOT}{feed}"),
            ],
            "calendar": url,
            "feed": self.site.address(feed),
            "code": qr_code(webcal, "日历订阅二维码") if webcal else "",
            "dated": calendars.dated(positions),
            "undated": calendars.undated(positions),
            "changes": address.CHANGES,
        }
