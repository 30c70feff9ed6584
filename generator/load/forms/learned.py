"""A document in, the labels of our table and what others of its own mean out: 送技题目 is the title, where nothing else is.

A society's own word for a label is told by its head word and by what answers it, all answers together. What a listed label asks
for needs no other; of several that may ask for the same the likeliest is taken, and only one.
"""

from __future__ import annotations

from dataclasses import replace

from generator.load.forms.asked import Asked, asked_in
from generator.load.forms.document import Document
from generator.load.forms.fitting import VOCABULARIES, fits, fits_exactly, is_sentence
from generator.load.forms.headwords import asked_by, has_last_word, is_about_else
from generator.load.forms.labels import Labels
from generator.model.reader import Known

LEAST_FITTING = 0.7  # of the answers under a label
LEAST_TERMS = 0.5  # the same, of a vocabulary: a society has words of its own
BY_ANSWER = ("contact.phone", "contact.email", "period", "regions", "mode", "audiences", "forms")
LEAST_OWN = 3  # labels, or that for the name: fewer among listed ones are rather about something else
SURE = (
    "host_provides", "results_before", "conditions", "safety.qualifications", "safety.insurance", "safety.plan", "contact.email",
    "mode", "cost", "capacity.sessions", "capacity.people", "capacity.volunteers",
)  # fmt: skip
_SAME = {
    "content": {"content", "summary", "description"},
    "period": {"period", "period.start"},
    "team": {"team", "team.name"},
    "capacity.sessions": {"capacity.sessions", "sessions"},
}


def learned(document: Document, labels: Labels, known: Known) -> Labels:
    """The labels of one document."""
    asked = list(asked_in(document, labels, known))
    taken = {key for one in asked for key in one.keys}
    unknown = [one for one in asked if not one.keys]
    found: dict[str, str] = {}
    for rank in range(5):
        for one in unknown:
            if one.spelling not in found and (key := _meant(one, rank, taken, known)):
                found[one.spelling] = key
                taken.add(key)
    if "title" not in found.values() and len(found) < LEAST_OWN:
        found = {spelling: key for spelling, key in found.items() if key in SURE}
    return replace(labels, words=labels.words | found) if found else labels


def _meant(asked: Asked, rank: int, taken: set[str], known: Known) -> str:
    """What a label means: by its words and answers (0), by its answers alone (1), by being sentences (2),
    by where it stands (3), though nothing answers it (4).
    """
    if is_about_else(asked.spelling):
        return ""
    headed = asked_by(asked.spelling)
    is_told = bool(headed) or has_last_word(asked.spelling)
    if rank == 4:  # a name that was left blank: so that no heading is taken for it
        fitting = ["title"] if headed[:1] == ["title"] and not asked.answers else []
    elif not asked.answers:
        return ""
    elif rank == 0:
        keys = list(dict.fromkeys(key for one in headed for key in (one, "mode" if one == "forms" else one)))
        fitting = [key for key in keys if _is_answered(key, asked, known, exactly=False)]
    elif rank == 1:
        fitting = [] if is_told else [key for key in BY_ANSWER if _is_answered(key, asked, known, exactly=True)]
        fitting = fitting if len(fitting) == 1 else []
    elif rank == 2:
        is_text = not is_told and all(is_sentence(answer) for answer in asked.answers)
        fitting = ["content"] if is_text else []
    else:
        fitting = ["title"] if not is_told and asked.leads and _is_answered("title", asked, known, exactly=True) else []
    return next((key for key in fitting if not _SAME.get(key, {key}) & taken), "")


def _is_answered(key: str, asked: Asked, known: Known, *, exactly: bool) -> bool:
    test = fits_exactly if exactly or (key == "mode") else fits
    fitting = sum(test(key, answer, known) for answer in asked.answers)
    if key == "title" and len(asked.answers) > 1 and len(set(asked.answers)) == 1:
        return False
    least = (LEAST_FITTING if exactly else LEAST_TERMS) if key in VOCABULARIES else 1 if exactly else LEAST_FITTING
    return fitting >= least * len(asked.answers)
