"""The words about whom to call in, an office with its telephones and mailbox out. Names and mobile numbers of persons stay out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.load.forms.document import KNOWN, LABEL, PRIVATE, Words
from generator.model.privacy import private_spans

_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+?86[- ]?)?(?:[（(]0\d{2,3}[)）]|0\d{2,3})\s*[-—–－ ]?\s*(?:\d{7,8}|\d{3,4}[- ]\d{4}(?!\d))|(?:400|800)[- ]?\d{3}[- ]?\d{4}|[2-9]\d{6,7})"
    r"(?:\s*(?:转|[-—–－])\s*\d{1,6})?(?!\d)"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}[@＠](?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_FAX = re.compile(r"(?:传真|FAX|fax|Fax)\s*[：:]?\s*[\d()（）\- —]{7,20}")
_OFFICE_END = "部|处|室|科|中心|办|组|所|站|队|局|院|会|委|社|馆|办公厅|秘书处|委员会|学会|协会|科协"
_OFFICE = re.compile(rf"[\u4e00-\u9fff（()）A-Za-z·\d]{{1,40}}?(?:{_OFFICE_END})(?![\u4e00-\u9fff])")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{1,3}[\s\u3000]?[\u4e00-\u9fff]{1,2}(?:老师|主任|秘书长|部长|处长|教授|同志|先生|女士|经理|研究员)?"
)
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff][ \u3000\u00a0]+[\u4e00-\u9fff](?![\u4e00-\u9fff])")  # 陈　晨
_TITLE = re.compile(
    r"(?:联系人|负责人|姓名|联络人|联系部门|部门|办公电话|联系电话|电话|座机|手机号?|移动电话|固话|固定电话|邮箱|电子邮箱|电子邮件|E-?mail|email|单位|联系|Tel|TEL|微信|地址|邮编)\s*[：:]?",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?:老师|主任|秘书长|副秘书长|部长|处长|教授|同志|先生|女士|经理|研究员|主管|干事)")


def contact(words: Words, about: str = "contact") -> dict[str, Any]:
    """``office``, ``phone`` (a list), ``email``, whatever of them is said. ``about``: person, contact.office, contact.phone …"""
    text = words.text
    found: dict[str, Any] = {}
    _private_numbers(words)
    for match in _FAX.finditer(text):
        words.doubt("传真没有对应的项目", *match.span())
    free = _without(text, _FAX)
    mail = _MAIL.search(free)
    if mail:
        found["email"] = mail.group().replace("＠", "@")
        words.claim(*mail.span())
        for more in _MAIL.finditer(free, mail.end()):
            words.doubt("只登一个邮箱", *more.span())
    free = _without(free, _MAIL)
    hidden = _spans(words)
    phones = []
    for match in _PHONE.finditer(free):
        if not any(start < match.end() and end > match.start() for start, end in hidden):
            words.claim(*match.span())
            phones.append(_phone(match.group()))
    if phones:
        found["phone"] = list(dict.fromkeys(phones))
    free = _without(free, _PHONE)
    for start, end in hidden:
        free = free[:start] + " " * (end - start) + free[end:]
    for match in _TITLE.finditer(free):
        words.claim(*match.span(), LABEL)
    free = _without(free, _TITLE)
    office = _office(words, free, about)
    if office:
        found["office"] = office
    return found


def _private_numbers(words: Words) -> None:
    for start, end, kind in private_spans(words.text):
        words.claim(start, end, PRIVATE)
        words.doubt(kind, start, end)


def _spans(words: Words) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in private_spans(words.text)]


def _without(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: "\x00" * len(match.group()), text)


def _phone(text: str) -> str:
    """As the catalogue writes it: 010-60000000, 0351-6000000转801."""
    bare = re.sub(r"[—–－]", "-", re.sub(r"\s", "", text))
    if broken := re.fullmatch(r"([（(]?0\d{2,3}[)）]?)-?(\d{3,4})-(\d{4})", bare):  # (010)6500-0000
        bare = f"{broken[1]}-{broken[2]}{broken[3]}"
    match = re.fullmatch(r"[（(](0\d{2,3})[)）]-?(\d{7,8})(.*)", bare)
    if match:
        bare = f"{match[1]}-{match[2]}{match[3]}"
    match = re.fullmatch(r"(010|02\d|0[3-9]\d{2})(\d{7,8})(.*)", bare)
    return f"{match[1]}-{match[2]}{match[3]}" if match else bare


def _office(words: Words, free: str, about: str) -> str:
    """The department; what is left besides is taken for a person and kept out."""
    if about == "contact.office":
        name = free.replace("\x00", " ").strip(" \t\n\u3000：:，,、；;。/（(")
        parts = [part for part in re.split(r"[\s\u3000，,、；;/]+", name) if part]
        if len(parts) == 1 or (parts and all(re.search(rf"(?:{_OFFICE_END})[）)]?$", part) for part in parts)):
            start = free.index(parts[0])
            words.claim(start, free.index(parts[-1]) + len(parts[-1]))
            return (
                free[start : free.index(parts[-1]) + len(parts[-1])].replace("\n", " ")
                if len(parts) == 1
                else "".join(parts[:1])
            )
    office = ""
    for match in _SPACED.finditer(free):
        words.claim(*match.span(), PRIVATE)
        words.doubt("个人姓名", *match.span())
    for start, end in _chunks(free):
        chunk = free[start:end]
        if re.search(rf"(?:{_OFFICE_END})[）)]?$", chunk) and len(chunk) >= 2 and not _ROLE.search(chunk):
            if not office:
                office = chunk
                words.claim(start, end)
            else:
                words.doubt("只登一个部门", start, end)
        elif (
            _ROLE.fullmatch(chunk)
            or _PERSON.fullmatch(chunk)
            or (about == "person" and re.fullmatch(r"[\u4e00-\u9fff·A-Za-z]{2,12}", chunk))
        ):
            words.claim(start, end, PRIVATE)
            words.doubt("个人姓名", start, end)
    return office


def _chunks(free: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\s\u3000\x00，,、；;：:/|｜。（()）]+", free):
        yield match.span()


def person(words: Words) -> dict[str, Any]:
    """A person's cell: an office or number in it is kept, the name is not."""
    if not words:
        words.claim_all(KNOWN)
        return {}
    return contact(words, "person")
