"""What happened to activities in, Atom feeds out, one for each list and one for all: the only door to feedgenerator.

The feed of all holds the newest ``MOST`` things that happened, that of a list its newest ``MOST_OF_LIST``. Dates are those of version control, else of the records; an
entry is written once a process and pasted into every feed it stands in.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from generator.model.memory import Event
from generator.render import address, words
from generator.render.happenings import WORDS, changes
from generator.render.lists import all_lists
from generator.render.output import OutputFile
from generator.render.site import Site

MOST = 200
MOST_OF_LIST = 50
_CHINA = timezone(timedelta(hours=8))
_NEVER = date(1970, 1, 1)  # of a feed in which nothing happened yet
_END = "</feed>"


class _Dated(Atom1Feed):  # type: ignore[misc]
    """A feed that knows its own day instead of asking the clock."""

    day = _NEVER

    def latest_post_date(self) -> datetime:
        return _moment(self.day)


class Feeds:
    """All feeds of a site. ``events``: newest first."""

    def __init__(self, site: Site, events: Sequence[Event]) -> None:
        self.site = site
        self.events = events
        self._one = _Dated("", "", None)  # takes one entry after the other, to be written on its own
        self._written: dict[tuple[int, str], str] = {}
        self._activities = {f"activities/{one.id}": one for one in site.catalog.activities}
        positions = {stem: at for at, stem in enumerate(self._activities)}
        self._of: dict[int, list[int]] = defaultdict(list)  # numbers of the events of an activity, by its position
        for number, event in enumerate(events):
            at = positions.get(event.stem)
            if at is not None and (event.what not in ("changed", "moved") or event.fields):
                self._of[at].append(number)

    def files(self) -> Iterator[OutputFile]:
        """One feed for all, and one beside each list."""
        yield self._file("", "", "activities/index.html", range(len(self.site.catalog.activities)), MOST)
        for one in all_lists(self.site.catalog):
            yield self._file(one.folder, one.name, f"{one.folder}index.html", one.positions, MOST_OF_LIST)

    def _file(self, folder: str, name: str, page: str, positions: Iterable[int], most: int) -> OutputFile:
        path = f"{folder}{address.FEED}"

        def make() -> bytes:
            chosen = sorted(number for at in positions for number in self._of.get(at, ()))[:most]
            root = self.site.settings.url or address.root_from(path)
            feed = _Dated(
                title=words.plain("－".join(filter(None, (name, self.site.settings.name)))),
                link=self.site.address(page) or f"{root}{page}",
                description=None,
                subtitle=f"新增、修改和结束的活动，最近{most}条。",
                language="zh-CN",
                author_name=words.plain(self.site.settings.name),
                feed_url=self.site.address(path) or None,
                feed_guid=address.identity(folder, "feed").urn,
            )
            feed.day = self.events[chosen[0]].day if chosen else _NEVER
            shell: str = feed.writeString("utf-8")
            entries = (self._entry(number, root) for number in chosen)
            return "".join((shell.removesuffix(_END), *entries, _END)).encode()

        return OutputFile(path, make)

    def _entry(self, number: int, root: str) -> str:
        """One entry; ``root``: the site's address or the way to it."""
        written = self._written.get((number, root))
        if written is None:
            written = self._written[number, root] = self._write(self.events[number], root)
        return written

    def _write(self, event: Event, root: str) -> str:
        catalog = self.site.catalog
        activity = self._activities[event.stem]
        page = address.activity(activity.id)
        society = catalog.societies[activity.society].name
        lasting = event.what if event.what == "added" else f"{event.what} {event.day}"
        self._one.add_item(
            title=words.plain(f"{WORDS[event.what]}：{activity.title}"),
            link=self.site.address(page) or f"{root}{page}",
            description=words.plain(
                self.site.templates.text(
                    "feed/entry.html",
                    society=society,
                    activity=activity,
                    where=words.where(catalog, activity.regions),
                    whom=words.names(catalog, "audiences", activity.audiences),
                    changes=changes(event),
                )
            ),
            author_name=words.plain(society),
            updateddate=_moment(event.day),
            unique_id=address.identity(event.stem, lasting).urn,
            categories=[catalog.vocabulary("fields").name(id) for id in activity.fields],
        )
        out = io.StringIO()
        handler = SimplerXMLGenerator(out, "utf-8")
        handler.startElement("entry", {})
        self._one.add_item_elements(handler, self._one.items.pop())
        handler.endElement("entry")
        return out.getvalue()


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=_CHINA)
