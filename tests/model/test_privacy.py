"""Private numbers: found in every disguise, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.model.privacy import doubtful_data, is_suspect, private_data
from generator.model.problem import shown


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138—0013—8000",
        "138.0013.8000",
        "138  0013  8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "0086-138-0013-8000",
        "013800138000",
        "（+86）13800138000",
        "１３８００１３８０００",
        "１３８－００１３－８０００",
        "138‑0013‑8000",
        "138．0013．8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "电话.13800138000",
        "手机13800138000转李老师",
        "138\n0013\n8000",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "身份证110105-19491231-002X",
        "110105491231002",
    ],
)
def test_a_private_number_is_found_in_every_disguise(text: str) -> None:
    assert private_data(text)
    assert is_suspect(text)


@pytest.mark.parametrize(
    "text",
    [
        "010-65005187",
        "0351-4123456转801",
        "(010)65005187",
        "+86-10-65005187",
        "400-800-1234",
        "4008001234",
        "12396",
        "2026-05-01至2026-10-31",
        "2026年5月1日9:30—11:30",
        "服务 12000 人次，办了 350 场",
        "110105199013310000",  # month 13: no identity number
        "110105194912310021",  # a wrong check digit
        "12345678901",
        "ISBN 978-7-110-10105-2",
        "科协普函基字〔2021〕23号",
        "138",
        "",
    ],
)
def test_what_is_no_private_number_passes(text: str) -> None:
    assert private_data(text) is None


@pytest.mark.parametrize(
    "text", ["卡号6222021234567890128", "加微信 test12345", "QQ群：123456789", "车牌京A12345", "test@163.com"]
)
def test_what_may_be_private_is_doubtful(text: str) -> None:
    assert doubtful_data(text)
    assert is_suspect(text)


@given(some.text())
def test_no_text_breaks_the_search(text: str) -> None:
    private_data(text)
    doubtful_data(text)


@given(some.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), some.text("王老师电话 :：", max_size=9))
def test_what_is_shown_never_holds_a_number(number: str, words: str) -> None:
    assert private_data(words + number)
    assert number not in shown(words + number)


@given(some.text())
def test_what_is_shown_is_one_short_line(text: str) -> None:
    words = shown(text)
    assert words.isprintable()
    assert len(words) <= 40 * 8  # a control character becomes U+0000
