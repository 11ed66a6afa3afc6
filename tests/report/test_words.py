"""The words of the report: both languages say the same things, plainly."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from auditor_app.models.catalogue import RESOURCES

LANGUAGES = ("zh", "en")


def _words(language: str) -> dict[str, dict[str, str]]:
    content = (RESOURCES / "i18n" / f"report.{language}.json").read_text("utf-8")
    words: dict[str, dict[str, str]] = json.loads(content)
    return words


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_with_the_same_parameters() -> None:
    zh, en = (
        {(section, key): _places(text) for section, words in _words(language).items() for key, text in words.items()}
        for language in LANGUAGES
    )
    assert zh == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_shouts(language: str) -> None:
    texts = [text for words in _words(language).values() for text in words.values()]
    assert [text for text in texts if "!" in text or "！" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_titles_are_titles_excel_accepts(language: str) -> None:
    for title in _words(language)["report_sheets"].values():
        assert 0 < len(title) <= 31
        assert not re.search(r"[\[\]:*?/\\']", title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_at_a_cell_fit_what_excel_shows(language: str) -> None:
    scoring = _words(language)["report_scoring"]
    assert all(len(scoring[key]) <= 255 for key in ("choose", "count"))
    assert len(scoring["choose_title"]) <= 32
