"""Private data in a text: found, named, never echoed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_GAP = r"[\s\-—–‐−.·_]{0,2}"
_MOBILE = re.compile(rf"(?<!\d)(?<!\d\.)(?:(?:\+|00)?86{_GAP}|0)?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_IDENTITY_18 = re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![\dXx])")
_IDENTITY_15 = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_CARD = re.compile(rf"(?<!\d)[3-6]\d(?:{_GAP}\d){{14,17}}(?!\d)")
_CHAT = re.compile(r"(?:微信|QQ|qq|WeChat|wechat)(?:号|群|ID)?\s*[:：]?\s*[A-Za-z0-9][-_A-Za-z0-9]{4,19}")
_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_PLATE = re.compile(rf"{_PROVINCE}[A-HJ-NP-Z][·・ ]?(?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|hotmail|outlook|aliyun|yahoo)\.(?:com|net|cn|com\.cn)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d|@|微信|QQ", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

# For a first look at a whole file, as it stands: every way to write a digit that NFKC would fold, gaps over line ends included.
_ANY_DIGIT = r"[\d⁰¹²³⁴-⁹₀-₉①-⑨⓪⑴-⑼⒈-⒐]"
_FIRST_DIGIT = r"[1-9１-９¹²³⁴-⁹₁-₉①-⑨⑴-⑼⒈-⒐\U0001d7cf-\U0001d7ff]"
_MORE_DIGITS = rf"(?:[\s\-—–‐‑−－﹣.．·_＿]*{_ANY_DIGIT}){{10}}"
_LONG = re.compile(_FIRST_DIGIT + _MORE_DIGITS)
_LETTER = "[A-ZＡ-Ｚ]"
_PLATE_HEAD = re.compile(_PROVINCE + _LETTER)
_HINTS: tuple[str, ...] = (
    "微信",
    "QQ",
    "qq",
    "Qq",
    "Ｑ",
    "ｑ",
    "echat",
    "eChat",
    "Ｗ",
    "ｗ",
    "＠",
    "@1",
    "@sina",
    "@sohu",
    "@yeah",
)
_HINTS += ("@foxmail", "@gmail", "@hotmail", "@outlook", "@aliyun", "@yahoo", "\\")


def _any_of(hints: Sequence[str]) -> tuple[str, str]:
    """The class of first characters of some words, and the pattern of a word whose first character has been read."""
    rests: dict[str, list[str]] = {}
    for hint in map(re.escape, hints):
        first = hint[: 1 + hint.startswith("\\")]
        rests.setdefault(first, []).append(hint[len(first) :])
    return f"[{''.join(rests)}]", "|".join(f"(?<={first})(?:{'|'.join(words)})" for first, words in rests.items())


# All of it in one look: only where a first character is one of these is more read; of digits in a row, only from the first.
_HINTING, _HINTED = _any_of([hint.removeprefix("e") for hint in _HINTS])  # that letter stands in nearly every key
_SUSPECT = re.compile(
    f"[{_FIRST_DIGIT[1:-1]}{_PROVINCE[1:-1]}{_HINTING[1:-1]}]"
    f"(?:(?<={_PROVINCE}){_LETTER}|(?<={_FIRST_DIGIT})(?<!{_FIRST_DIGIT}{_FIRST_DIGIT}){_MORE_DIGITS}|(?<={_HINTING})(?:{_HINTED}))"
)

IDENTITY, MOBILE, CARD, CHAT, PLATE, MAIL = "身份证号", "手机号", "银行卡号", "微信号或QQ号", "车牌号", "公共邮箱地址"
PATTERNS = {  # the web form looks with the same
    "identity18": _IDENTITY_18,
    "identity15": _IDENTITY_15,
    "mobile": _MOBILE,
    "card": _CARD,
    "chat": _CHAT,
    "plate": _PLATE,
    "mail": _MAIL,
    "anyDigit": _DIGIT,
    "long": _LONG,
    "plateHead": _PLATE_HEAD,
}
HINTS = _HINTS


def is_suspect(text: str) -> bool:
    """Whether a whole file may hold any of it, so that its values are worth looking at one by one; escapes can hide it."""
    return _SUSPECT.search(text) is not None


def private_data(text: str) -> tuple[str, str] | None:
    """What must not be published: (kind, last two characters), such as ("手机号", "78"); None where there is none.

    Mobile numbers 1[3-9]X… with or without gaps; identity numbers of 18 digits with a valid GB 11643 check digit and of 15.
    """
    folded = unicodedata.normalize("NFKC", text)
    if not _DIGIT.search(folded):
        return None
    for match in _IDENTITY_18.finditer(folded):
        if _is_identity_text(match.group()):
            return IDENTITY, match.group()[-2:]
    for kind, pattern in ((IDENTITY, _IDENTITY_15), (MOBILE, _MOBILE)):
        if found := pattern.search(folded):
            return kind, found.group()[-2:]
    return None


def private_spans(text: str) -> list[tuple[int, int, str]]:
    """Where such data stands in a text, to cut it out: (start, end, kind). Chat accounts and bank cards too."""
    if not _DIGIT.search(unicodedata.normalize("NFKC", text)):
        return []
    folds = [unicodedata.normalize("NFKC", character) for character in text]
    origin = [at for at, fold in enumerate(folds) for _ in fold]
    folded = "".join(folds)
    spans = [(*found.span(), IDENTITY) for found in _IDENTITY_18.finditer(folded) if _is_identity_text(found.group())]
    spans += [(*found.span(), IDENTITY) for found in _IDENTITY_15.finditer(folded)]
    spans += [(*found.span(), MOBILE) for found in _MOBILE.finditer(folded)]
    spans += [(*found.span(), CARD) for found in _CARD.finditer(folded) if _luhn(re.sub(r"\D", "", found.group()))]
    spans += [(*found.span(), CHAT) for found in _CHAT.finditer(folded)]
    return sorted((origin[start], origin[end - 1] + 1, kind) for start, end, kind in spans)


def _is_identity_text(text: str) -> bool:
    digits = re.sub(r"[^\dXx]", "", text)
    return len(digits) == 18 and _is_identity(digits)


def doubtful_data(text: str) -> str | None:
    """What may be private and is worth a second look: a bank card, a chat account, a plate, a mailbox at a public service."""
    folded = unicodedata.normalize("NFKC", text)
    if not _DIGIT.search(folded):
        return None
    for match in _CARD.finditer(folded):
        digits = re.sub(r"\D", "", match.group())
        if 16 <= len(digits) <= 19 and _luhn(digits):
            return CARD
    if _CHAT.search(folded):
        return CHAT
    if _PLATE.search(folded):
        return PLATE
    if _MAIL.search(folded):
        return MAIL
    return None


def _is_identity(digits: str) -> bool:
    month, day = int(digits[10:12]), int(digits[12:14])
    if not (1 <= month <= 12 and 1 <= day <= 31 and digits[6:8] in ("18", "19", "20")):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1].upper()


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
