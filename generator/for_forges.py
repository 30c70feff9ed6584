"""The words of ``generator/forge/`` and a root's lists in, the files that forges read out: issue forms and CODEOWNERS."""

from __future__ import annotations

from pathlib import Path

from generator.build import CHECKOUT
from generator.load.files import Found
from generator.load.known import plain, read_content, read_file
from generator.load.yaml_out import yaml_of
from generator.model.owners import Owners, lines
from generator.model.problem import Problem
from generator.model.reader import Known, Reader
from generator.render import forge
from generator.render.site import Json

WORDS = "generator/forge/forms.yml"
OWNERS = "content/owners.yml"
FOLDERS = (".github/ISSUE_TEMPLATE", ".gitee/ISSUE_TEMPLATE")  # GitCode reads the first one
CODEOWNERS = "CODEOWNERS"  # at the top, where GitHub, GitLab and Gitee all look
_NOTE = f"# 由 make forge 生成；要改，改 {WORDS} 或者字段表。\n"


def files(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """Text by path, and what is wrong with ``content/owners.yml``: then there is no CODEOWNERS."""
    content = read_content(root, CHECKOUT)
    words = _words()
    made = {"config.yml": forge.chooser(words.get("links") or None)}
    for stated in words["forms"]:
        made[stated["file"]] = forge.form(stated, words["words"], content.known.vocabularies)
    texts = {f"{folder}/{name}": _NOTE + yaml_of(data) for folder in FOLDERS for name, data in made.items()}
    owners, problems = _owners(root, content.known)
    if not problems:
        texts[CODEOWNERS] = _codeowners(owners, content.known, words)
    return texts, problems


def _words() -> Json:
    source, problems = read_file(Found(WORDS, str(CHECKOUT / WORDS)))
    assert source is not None, problems
    words: Json = plain(source.root)
    return words


def _owners(root: Path, known: Known) -> tuple[Owners, list[Problem]]:
    if not (root / OWNERS).exists():
        return Owners(), []
    source, problems = read_file(Found(OWNERS, str(root / OWNERS)))
    if source is None:
        return Owners(), problems
    reader = Reader(OWNERS, known, problems)
    owners, _ = reader.record(Owners, source.root)
    return owners, problems


def _codeowners(owners: Owners, known: Known, words: Json) -> str:
    made = list(lines(owners, known.places))
    about: str = words["codeowners"] + ("" if made else words["codeowners_empty"])
    head = "".join(f"# {line}\n" for line in about.splitlines())
    return head + "".join(f"{pattern:<32} {' '.join(who)}\n" for pattern, who in made)
