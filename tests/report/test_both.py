"""A report in both languages says everything in Chinese and in English, side by side, in one workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from auditor_app.models.enums import Level, Verdict
from auditor_app.report.bilingual import Both, paired, spoken, stacked
from auditor_app.report.words import Words
from tests.report.audits import in_language, sample
from tests.report.read import below, beside, opened, texts


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    """Give the report of the elevator service in each language."""
    made = sample("elevator-service")
    return {language: opened(in_language(made, language)) for language in ("zh", "en", "both")}


@pytest.fixture
def words() -> Words:
    """Give the words of a report in both languages."""
    return Words(in_language(sample("pump-maker"), "both"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_either_language_is_in_the_report_in_both(books: dict[str, Workbook], language: str) -> None:
    for one, both in zip(books[language].worksheets, books["both"].worksheets, strict=True):
        # The recalculation quotes formulas, and those compare words of the language of the report.
        if one.title not in ("复算", "Recalculation"):
            said = " ".join(_plain(texts(both)))
            assert [text for text in _plain(texts(one)) if text not in said] == []


def _plain(cells: Iterable[str]) -> list[str]:
    """Return texts on one line, without the clause or number that both languages share, days and lists joined alike."""
    lines = (re.sub(r"^\d[\d.]* ", "", " ".join(cell.split())) for cell in cells)
    return [re.sub(r"(?<=\d) (至|to) (?=\d)", " – ", line).replace(", ", "、") for line in lines]


def test_titles_of_sheets_are_short_enough_in_both(books: dict[str, Workbook]) -> None:
    assert all(len(title) <= 31 for title in books["both"].sheetnames)
    assert "评分表 Scoring sheet" in books["both"].sheetnames


def test_score_and_level_are_those_of_either_language(books: dict[str, Workbook]) -> None:
    cover = books["both"]["封面 Cover"]
    assert below(cover, "评分 Score") == below(books["zh"]["封面"], "评分")
    level = below(books["zh"]["封面"], "等级"), below(books["en"]["Cover"], "Level")
    assert below(cover, "等级 Level") == " ".join(map(str, level))


def test_the_points_are_the_same_numbers(books: dict[str, Workbook]) -> None:
    sheets = books["zh"]["评分表"], books["both"]["评分表 Scoring sheet"]
    zh, both = ([[cell.value for cell in row[5:10]] for row in sheet.iter_rows(min_row=5)] for sheet in sheets)
    numbers = [[value for value in row if isinstance(value, int | float)] for row in zh]
    assert [[value for value in row if isinstance(value, int | float)] for row in both] == numbers


def test_a_drop_down_offers_the_words_that_the_cells_hold(books: dict[str, Workbook]) -> None:
    helper = books["both"]["辅助 Helper"]
    offered = [helper.cell(row, 1).value for row in range(2, 7)]
    assert offered == ["未评 Unjudged", "符合 Met", "不符合 Not met", "抽样 Sampled", "删减 Deleted"]
    sheet = books["both"]["评分表 Scoring sheet"]
    verdicts = {row[4].value for row in sheet.iter_rows() if re.fullmatch(r"5(\.\d+){3}", str(row[0].value))}
    assert verdicts <= set(offered)


def test_names_and_days_are_said_once(books: dict[str, Workbook]) -> None:
    dates = beside(books["zh"]["封面"], "审核日期")
    assert beside(books["both"]["封面 Cover"], "审核日期\nAudit dates") == str(dates).replace("至", "–")


def test_a_sentence_holds_the_words_of_its_own_language_only(words: Words) -> None:
    level = words.word(Level.FIVE_STAR)
    told = words("conclusion", "certificate_told", number="N1", level=level, expires="2026-01-01")
    assert isinstance(told, Both)
    assert (told.zh, told.en) == ("N1，五星级，有效期至 2026-01-01", "N1, Five stars, expires 2026-01-01")
    assert words.choice(Verdict.MET) == "符合 Met"
    assert words.joined(("甲", "", "乙")) == "甲、乙"
    assert words.joined((words.word(Verdict.MET), "x")) == "符合、x Met, x"


@settings(max_examples=30)
@given(st.text(max_size=8), st.text(max_size=8))
def test_words_that_are_the_same_are_said_once(zh: str, en: str) -> None:
    said = paired(zh, en)
    assert spoken(said, "zh") == (zh or en)
    assert spoken(said, "en") == (en or zh)
    assert stacked(said) == (f"{zh}\n{en}" if isinstance(said, Both) else said)
    assert isinstance(said, Both) == (zh != en and bool(zh) and bool(en))
