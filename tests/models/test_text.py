"""What an auditor types or pastes comes out clean, in whatever width and with whatever rides along."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.errors import ValidationError
from auditor_app.models.text import (
    clean,
    clean_line,
    is_minute,
    parse_amount,
    parse_count,
    parse_date,
    parse_minute,
)

anything = st.text(st.characters())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("一号线\t二号线\n三号线", "一号线\t二号线\n三号线"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\vb\fc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\uffffc\ufdd0d\U0001ffffe\U0010fffff", "abcdef"),
        ("\ufeff91350100\u200bM000100Y43\u202c\xad", "91350100M000100Y43"),
        ("e\u0301", "é"),
        ("e\x00\u0301", "é"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("𠮷野家", "𠮷野家"),
        ("１２３，ＡＢＣ", "１２３，ＡＢＣ"),
    ],
)
def test_pasted_text_loses_what_nobody_sees_and_nothing_else(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_one_line_field_takes_pasted_lines_as_one() -> None:
    assert clean_line(" 上海市\r\n浦东新区 \u200b\n") == "上海市 浦东新区"


@given(anything)
def test_clean_text_is_normal_storable_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {unicodedata.category(c) for c in once if c not in "\n\t"} & {"Cc", "Cs"}
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 0),
        ("  ", 0),
        ("7", 7),
        ("70", 70),
        ("７０", 70),
        ("\u30007\u3000", 7),
        ("007", 7),
        ("7\u200b", 7),
    ],
)
def test_a_count_is_read_in_either_width(typed: str, count: int) -> None:
    assert parse_count(typed, "company.employees") == count


@pytest.mark.parametrize("typed", ["-1", "3.5", "1,000", "七", "7人", "1 0", "1234567890", "+7", "½"])
def test_what_is_no_count_is_refused_with_its_field_and_the_typed_text(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_count(f" {typed}", "company.employees")
    assert (refused.value.path, refused.value.code) == ("company.employees", "not_a_count")
    assert refused.value.params == {"value": typed}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", "0"),
        ("3.5", "3.5"),
        ("３．５", "3.5"),
        ("3。5", "3.5"),
        ("３。５", "3.5"),
        ("2.0", "2.0"),
        ("12", "12"),
        ("0.0001", "0.0001"),
    ],
)
def test_an_amount_is_read_in_either_width_and_keeps_its_decimals(typed: str, amount: str) -> None:
    assert str(parse_amount(typed, "audit_info.man_days")) == amount


@pytest.mark.parametrize("typed", ["-0.5", ".5", "5.", "1e3", "0.00001", "3,5", "NaN", "3..5", "两天"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_amount(typed, "audit_info.man_days")
    assert refused.value.code == "not_an_amount"


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02",
        "2026-3-2",
        "2026/3/2",
        "2026.3.2",
        "20260302",
        "2026年3月2日",
        "2026年3月2",
        "2026 年 3 月 2 日",
        "２０２６－０３－０２",
        "2026。3。2",
        "２０２６年３月２日",
        "2026 3 2",
        " 2026-03-02\n",
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert parse_date(typed, "audit_info.starts") == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-02-31", "no_such_date"),
        ("20260231", "no_such_date"),
        ("2025-02-29", "no_such_date"),
        ("2026-13-01", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("26-3-2", "not_a_date"),
        ("2/3/2026", "not_a_date"),
        ("明天", "not_a_date"),
        ("2026-03", "not_a_date"),
        ("202612", "not_a_date"),
        ("2026112", "not_a_date"),
        ("202603021", "not_a_date"),
    ],
)
def test_a_date_that_is_none_or_could_be_two_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_date(typed, "audit_info.starts")
    assert (refused.value.path, refused.value.code) == ("audit_info.starts", code)


def test_an_empty_date_is_no_date() -> None:
    assert parse_date(" ", "audit_info.starts") is None
    assert parse_minute("", "audit_info.opening_meeting.at") is None


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02T09:05",
        "2026-3-2 9:05",
        "2026年3月2日 9时05分",
        "2026/3/2  9：05",
        "２０２６－３－２ ９：０５",
    ],
)
def test_a_meeting_time_is_read_to_the_minute(typed: str) -> None:
    minute = parse_minute(typed, "audit_info.opening_meeting.at")
    assert minute == "2026-03-02T09:05"
    assert is_minute(minute)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-03-02", "not_a_minute"),
        ("9:05", "not_a_date"),
        ("2026-03-02 24:00", "not_a_minute"),
        ("2026-03-02 9:60", "not_a_minute"),
        ("2026-03-02 9", "not_a_minute"),
        ("2026-02-31 9:00", "no_such_date"),
        ("T09:00", "not_a_minute"),
    ],
)
def test_a_meeting_time_that_is_none_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_minute(typed, "audit_info.opening_meeting.at")
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["2026-03-02T09:00", "2024-02-29T23:59"])
def test_a_minute_of_the_audit_file_is_known(text: str) -> None:
    assert is_minute(text)


@pytest.mark.parametrize(
    "text",
    ["2026-03-02T9:00", "2026-02-31T09:00", "2026-03-02", "2026-03-02T09:00:00", "2026-03-02T09:00Z", "\x00"],
)
def test_anything_else_is_no_minute_of_the_audit_file(text: str) -> None:
    assert not is_minute(text)


@pytest.mark.parametrize("parse", [parse_count, parse_amount, parse_date, parse_minute])
@given(text=anything)
def test_whatever_is_typed_is_read_or_refused_never_a_crash(parse: Callable[[str, str], object], text: str) -> None:
    with suppress(ValidationError):
        assert isinstance(parse(text, "field"), int | Decimal | date | str | None)


@given(st.dates(), st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0.year:04}年{0.month}月{0.day}日"]))
def test_a_date_comes_back_from_every_way_to_write_it(day: date, form: str) -> None:
    written = form.format(day) if "%" not in form else form.replace("%Y", f"{day.year:04}").format(day)
    assert parse_date(written, "field") == day
