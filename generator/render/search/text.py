"""A record in, the texts that are searched out; and how a text is cut into terms.

Terms are overlapping pairs of characters, single characters, and whole words of Latin letters and digits. Users of Chinese sites expect
any part of a name to be found, so finding never depends on a segmenter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.model.activity import Activity
from generator.model.catalog import Catalog

GAP = "\n"  # parts a field from the next, and one name in it from another: no pair crosses it
WORD = re.compile(r"[a-z0-9]{3,24}")


@dataclass(frozen=True, slots=True)
class TextField:
    """A searched field. ``boost``: what a match in it counts. ``most``: of a term's records so many are kept, those it means most to.

    ``is_name``: the places of a pair are kept, so that a part of a name can be told exactly. ``singles``: single characters
    are terms, too. ``letters``: only pairs of letters and digits are terms. ``by_term``: records have it from a term of a vocabulary
    or their society, so it is searched once for each of these, and the browser knows from the facets which records have which.
    """

    key: str
    boost: float
    most: int = 16_384
    is_name: bool = False
    singles: bool = True
    letters: bool = False
    by_term: bool = False


FIELDS = (
    TextField("title", 8, is_name=True),
    TextField("society", 4, is_name=True, by_term=True),
    TextField("place", 4, is_name=True),
    TextField("words", 3, by_term=True),
    TextField("summary", 1.5),
    TextField("description", 1, most=1_024, singles=False, letters=True),
)
MOST_SINGLES = 4_096  # of a single character's records in one field: nobody reads them all


def fold(text: str) -> str:
    """A text as it is searched: NFKC, small letters, one space for every gap. The browser folds what is typed the same way."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    folded = text.lower()
    if not _FOLDED.fullmatch(folded):
        folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(folded.split())


# Nearly every text holds nothing but these, and looking at it is a tenth of the work of normalising it.
_WIDE = tuple(zip("，：；！？（）％＋＝\u3000", ",:;!?()%+= ", strict=True))
_FOLDED = re.compile(r"[\s!-@\[-~\u4e00-\u9fff、。“”‘’—《》【】「」·a-z]*")


def is_letter(character: str) -> bool:
    """Letters and digits of any script (Unicode's categories L and N)."""
    return unicodedata.category(character)[0] in "LN"


def terms_of(text: str, field: TextField) -> Iterator[str]:
    """The terms of a field's text, in order: what the shards hold, said once more in plain words for the tests."""
    for part in text.split(GAP):
        if field.singles:
            yield from (character for character in part if character != " ")
        for at in range(len(part) - 1):
            pair = part[at : at + 2]
            if field.letters and not (is_letter(pair[0]) and is_letter(pair[1])):
                continue
            if field.is_name or " " not in pair:
                yield pair
        yield from WORD.findall(part)


class TermText(NamedTuple):
    """What is searched of a society or a term of a vocabulary. ``facet`` and ``id`` tell which; ``field`` is its place in ``FIELDS``."""

    facet: str
    id: str
    field: int
    text: str


def term_texts(catalog: Catalog) -> list[TermText]:
    """The names of all societies that have activities, and of all terms of the vocabularies that are searched."""
    society, words = (next(at for at, field in enumerate(FIELDS) if field.key == key) for key in ("society", "words"))
    return [
        *(
            TermText("society", id, society, _joined((catalog.societies[id].name, *catalog.societies[id].aliases)))
            for id in catalog.societies
            if id in catalog.groups["society"]
        ),
        *(
            TermText(facet, term.id, words, _joined((term.name, *term.aliases)))
            for facet, vocabulary in WORDS.items()
            for term in catalog.vocabulary(vocabulary)
        ),
    ]


# The facets whose terms are searched, and their vocabularies.
WORDS = {"kind": "kinds", "fields": "fields", "audiences": "audiences", "forms": "forms"}


class Texts:
    """The texts of records; the names of places are folded once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._places: dict[str, str] = {}

    def of(self, activity: Activity) -> tuple[str, ...]:
        """One text for each of ``FIELDS``; none where terms are searched for it."""
        return (
            fold(activity.title),
            "",
            GAP.join(self._place(code) for code in activity.regions),
            "",
            fold(activity.summary),
            fold(activity.description),
        )

    def _place(self, code: str) -> str:
        if code not in self._places:
            self._places[code] = fold(self._catalog.known.places.name(code))
        return self._places[code]


def _joined(names: Iterable[str]) -> str:
    return GAP.join(map(fold, names))
