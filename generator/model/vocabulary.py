"""Closed lists with aliases: a word as people write it in, a term out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process


def fold(text: str) -> str:
    """A word as it is compared: NFKC, case folded, no spaces. For looking up only, never for keeping."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word people most likely meant, or None when nothing is near (two thirds alike, rapidfuzz' ratio)."""
    found = process.extractOne(fold(word), list(words), scorer=fuzz.ratio, processor=fold, score_cutoff=49)
    return str(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a vocabulary. ``months`` (01 to 12): those that a day or season of seasons.yml falls in."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    english: str = ""
    standard: bool = False
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list, in its own order. ``find`` takes an id, a name or an alias."""

    id: str
    title: str
    note: str
    terms: dict[str, Term]
    _words: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, id: str, title: str, note: str, terms: Iterable[Term]) -> Vocabulary:
        """Names and ids win over aliases, earlier terms over later ones."""
        by_id = {term.id: term for term in terms}
        words: dict[str, str] = {}
        for term in by_id.values():
            words.setdefault(fold(term.id), term.id)
            words.setdefault(fold(term.name), term.id)
        for term in by_id.values():
            for alias in term.aliases:
                words.setdefault(fold(alias), term.id)
        return cls(id, title, note, by_id, words)

    def find(self, word: str) -> str | None:
        """The term's id, or None."""
        return self._words.get(word) or self._words.get(fold(word))

    def nearest(self, word: str) -> str | None:
        """The name of the nearest term, by its name or one of its aliases."""
        spelled = {name: term.name for term in self.terms.values() for name in (term.name, *term.aliases)}
        found = nearest(word, spelled)
        return spelled[found] if found else None

    def name(self, id: str) -> str:
        """The Chinese name of a term."""
        return self.terms[id].name

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in order: what is allowed."""
        return tuple(term.name for term in self.terms.values())

    def __iter__(self) -> Iterator[Term]:
        """The terms, in order."""
        return iter(self.terms.values())
