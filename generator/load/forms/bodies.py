"""The bodies that people name in; the ids of registered societies and the names of partners out."""

from __future__ import annotations

import re

from generator.load.forms.document import KNOWN, Words
from generator.load.forms.terms import STAMP, is_nothing, pieces
from generator.model.reader import Known
from generator.model.vocabulary import fold, nearest

_PART = re.compile(
    r"(?:科普部|科普工作?委员会|秘书处|办公室|科普部（普委会）|普委会|科普中心|普及部|科普处|组织部|学会部|综合部)$"
)
_BRANCH = re.compile(r"[\u4e00-\u9fff、]{1,16}(?:分会|专业委员会|专委会|工作委员会|学组)")


def society(words: Words, known: Known) -> str:
    """The id of the registered society that is named, by full, short or old name."""
    text = words.text
    bare = STAMP.sub("", text).strip(" \t\n\u3000_＿：:。")
    if not bare:
        words.claim_all(KNOWN)
        return ""
    for word in (bare, _PART.sub("", bare), re.sub(r"[（(].*?[)）]", "", bare), _without_branch(bare, known)):
        id = known.societies.get(fold(word))
        if id:
            words.claim_all()
            return id
    found = {known.societies.get(fold(part.text), "") for part in pieces(words)}
    if len(found - {""}) == 1 and "" not in found:
        words.claim_all()
        return found.pop()
    first = re.match(r"\s*(\S+?)(?:[ \t\u3000]{2,}|\t)", text)
    if first and (id := known.societies.get(fold(STAMP.sub("", first[1])))):
        words.claim(*first.span(1))
        return id
    near = nearest(bare, known.society_names.values())
    words.doubt("没有登记过这个学会" + (f"，最接近的是“{near}”" if near else ""))
    return ""


def _without_branch(name: str, known: Known) -> str:
    """The society whose branch is named: 测试医学会神经病学分会."""
    ends = (end for end in range(len(name) - 3, 3, -1) if fold(name[:end]) in known.societies)
    end = next(ends, 0)
    return name[:end] if _BRANCH.fullmatch(name[end:]) else ""


def bodies(words: Words, known: Known) -> list[str]:
    """Partners: registered ones by their full name, others as written."""
    text = words.text
    pattern = (
        re.compile("\n")
        if "\n" in text.strip()
        else re.compile("[；;]")
        if re.search("[；;]", text)
        else re.compile("[、，,]|\\s{2,}|\u3000+")
    )
    found = []
    for part in pieces(words, pattern):
        name = re.sub(r"^(?:[（(]?\d{1,2}[)）]?[.．、)）]|[①-⑳]|[-•·])\s*", "", part.text).strip("；;。 ")
        if is_nothing(name) or len(name) < 2 or len(name) > 60:
            continue
        part.claim_all()
        name = known.society_names.get(known.societies.get(fold(name), ""), name)
        if name not in found:
            found.append(name)
    return found
