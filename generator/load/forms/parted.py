"""An answer whose words hold labels of their own in, an answer for each out: 安全保障 | 安全预案：有、保险：已投保."""

from __future__ import annotations

from generator.load.forms.answers import Answer
from generator.load.forms.document import LABEL
from generator.load.forms.labels import GROUPS, Labels

_TOGETHER = {"conditions": {"conditions", "safety"}, "safety": {"conditions", "safety"}}


def parted(answer: Answer, labels: Labels) -> list[Answer]:
    """The parts, where all of it is parts of what the answer is about; else the answer as it is."""
    top = answer.keys[0].split(".")[0] if len(answer.keys) == 1 else ""
    if top not in (*GROUPS, "conditions") or top == "contact":  # a contact is read by what its words look like
        return [answer]
    meant = _TOGETHER.get(top, {top})
    lines = [(line, labels.inline(line.text)) for line in answer.words.lines()]
    keys = {key for _, found in lines for _, _, inner in found for key in inner}
    is_all = bool(lines) and bool(lines[0][1]) and {key.split(".")[0] for key in keys} <= meant
    if not is_all or keys <= set(answer.keys):
        return [answer]
    parts: list[Answer] = []
    for line, found in lines:
        if not found:
            parts[-1].words.parts += line.parts
        ends = [start for start, _, _ in found[1:]] + [len(line.text)]
        for (start, colon, inner), end in zip(found, ends, strict=True):
            line.claim(start, colon, LABEL)
            parts.append(Answer(inner, line.text[start:colon].strip(), line.sub(colon, end)))
    return parts
