"""Which phrases fit what is typed, in either width and case, and how a long one shows in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.phrases import LONGEST_SHOWN, fitting, is_enough, shown

WORDS = st.text(alphabet="均在承诺时限内到场 AbcXyz019，。", min_size=1, max_size=40)


def full_width(text: str) -> str:
    """Return the text as an input method in full width writes it."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize("typed", ["缺", "缺记", "ab", "AB", "ａｂ", "５份", "第 3", "é1", "1-2"])
def test_one_chinese_character_or_two_of_others_are_enough(typed: str) -> None:
    assert is_enough(typed)


@pytest.mark.parametrize("typed", ["", " ", "a", "Ａ", "3", "，", "。。", "--", "( ", "1/"])
def test_less_is_not(typed: str) -> None:
    assert not is_enough(typed)


@given(WORDS.filter(lambda text: bool(text.strip())), st.data())
def test_any_part_of_a_phrase_finds_it_in_either_width_and_case(phrase: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(phrase) - 1))
    part = phrase[start : data.draw(st.integers(start + 1, len(phrase)))]
    for typed in (part, part.upper(), full_width(part), part.lower()):
        is_whole = typed.strip() != "" and len(typed.strip()) == len(phrase.strip())
        assert fitting([phrase], typed) == ([] if is_whole else [phrase])


@given(st.lists(WORDS), WORDS)
def test_phrases_that_fit_keep_their_order_and_say_more_than_what_is_typed(phrases: list[str], typed: str) -> None:
    found = fitting(phrases, typed)
    assert found == [phrase for phrase in phrases if phrase in found]
    assert all(len(phrase.strip()) > len(typed.strip()) for phrase in found)


@given(st.text(max_size=200))
def test_a_phrase_shows_in_one_short_line(phrase: str) -> None:
    assert "\n" not in shown(phrase)
    assert len(shown(phrase)) <= LONGEST_SHOWN


def test_what_is_left_out_of_a_line_is_marked() -> None:
    assert shown(" 均在时限内到场 ") == "均在时限内到场"
    assert shown("均在时限内到场\n查 5 份记录") == "均在时限内到场 …"
    assert shown("长" * 81) == "长" * 79 + "…"
    assert shown("长" * 80) == "长" * 80
    assert shown("长" * 79 + "\n短") == "长" * 78 + " …"
