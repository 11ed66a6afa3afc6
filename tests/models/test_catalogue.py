"""Every word and message exists in both languages, and says the same with the same values in it."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from string import Formatter

import pytest

from auditor_app.models import enums
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import EnvironmentProblem, ValidationError

I18N = RESOURCES / "i18n"
PACKAGE = RESOURCES.parent / "auditor_app"
LANGUAGES = ("zh", "en")
NAMES = sorted({path.name.split(".")[0] for path in I18N.glob("*.json")})
ENUMS = [kind for _, kind in inspect.getmembers(enums, inspect.isclass) if kind.__module__ == enums.__name__]

Words = dict[str, dict[str, str]]


def words_in(name: str, language: str) -> Words:
    found: Words = json.loads((I18N / f"{name}.{language}.json").read_text("utf-8"))
    return found


def all_words(language: str) -> Words:
    return {section: words for name in NAMES for section, words in words_in(name, language).items()}


def placeholders(text: str) -> list[str]:
    return sorted(field for _, field, _, _ in Formatter().parse(text) if field is not None)


def entries(name: str, language: str) -> dict[tuple[str, str], str]:
    found = words_in(name, language).items()
    return {(section, key): text for section, words in found for key, text in words.items()}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_entries_in_the_same_order(name: str) -> None:
    zh, en = (entries(name, language) for language in LANGUAGES)
    assert list(zh) == list(en)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_put_in_the_same_values(name: str) -> None:
    zh, en = (entries(name, language) for language in LANGUAGES)
    differing = {key for key in zh.keys() & en.keys() if placeholders(zh[key]) != placeholders(en[key])}
    assert differing == set()
    names = {field for text in zh.values() for field in placeholders(text)}
    assert {field for field in names if not field.isidentifier()} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_words_in_both_languages(name: str) -> None:
    zh, en = (entries(name, language) for language in LANGUAGES)
    assert [key for key, text in zh.items() if not text.strip()] == []
    # English has nothing to say for a Chinese measure word.
    assert [key for key, text in en.items() if not text.strip() and len(zh[key]) > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_entry_shouts(name: str, language: str) -> None:
    assert [key for key, text in entries(name, language).items() if re.search("[!！]", text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_english_words_are_english(name: str) -> None:
    chinese = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
    assert [key for key, text in entries(name, "en").items() if chinese.search(text)] == []


def test_no_two_files_have_a_section_of_the_same_name() -> None:
    shared = {
        (one, other): both
        for one, other in combinations(NAMES, 2)
        if (both := words_in(one, "en").keys() & words_in(other, "en").keys())
    }
    assert shared == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_value_of_a_closed_set_has_its_word(kind: type[StrEnum], language: str) -> None:
    words = Catalogue.load(language).words(kind)
    assert list(words) == list(kind)
    assert len(set(words.values())) == len(words)
    assert all_words(language)[kind.__name__].keys() == {value.value for value in kind}


def test_words_are_read_in_the_language_asked_for() -> None:
    assert Catalogue.load("zh").word(Verdict.MET) != Catalogue.load("en").word(Verdict.MET)
    with pytest.raises(KeyError):
        Catalogue.load("en").text("problem", "no_such_message")


def test_a_problem_is_told_with_the_values_it_carries() -> None:
    words = Catalogue.load("en")
    assert "70x" in words.error(ValidationError("company.employees", "not_a_count", value="70x"))
    curly = ValidationError("company.employees", "not_a_count", value="{value}")
    assert "{value}" in words.error(curly)
    problem = EnvironmentProblem("library_newer", path=Path("library.db"), version=7, known=1)
    assert all(part in words.error(problem) for part in ("library.db", "7", "1"))


# Which section of the catalogue tells a message, and which argument of the call is its code.
MESSAGES = {
    "ValidationError": ("problem", 1),
    "EnvironmentProblem": ("environment", 0),
    "Refusal": ("problem", 1),
    "Remark": ("remark", 3),
}


def messages_in(source: str) -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield section, code and names of the values of every message; None for names decided elsewhere."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MESSAGES:
            continue
        section, position = MESSAGES[node.func.id]
        code = node.args[position] if len(node.args) > position else None
        if isinstance(code, ast.Constant):
            yield section, str(code.value), _names(node, position + 1)


def _names(call: ast.Call, after: int) -> set[str] | None:
    if len(call.args) > after:
        values = call.args[after]
        keys = values.keys if isinstance(values, ast.Dict) else [None]
        names = [key.value if isinstance(key, ast.Constant) else None for key in keys]
    else:
        names = [keyword.arg for keyword in call.keywords]
    return None if None in names else set(map(str, names))


MESSAGES_SENT = {
    (section, code, frozenset(names) if names is not None else None)
    for path in sorted(PACKAGE.rglob("*.py"))
    for section, code, names in messages_in(path.read_text("utf-8"))
}


def test_messages_are_found_in_the_source() -> None:
    source = 'ValidationError("id", "gone", value=1); Refusal("f", "odd", {"value": v}); Remark(k, r, f, code)'
    assert list(messages_in(source)) == [("problem", "gone", {"value"}), ("problem", "odd", {"value"})]
    assert len(MESSAGES_SENT) > 30


def test_every_message_the_program_sends_has_its_sentence_and_the_values_for_it() -> None:
    words = all_words("en")
    missing = [(section, code) for section, code, _ in MESSAGES_SENT if code not in words[section]]
    assert missing == []
    starved = {
        (code, field)
        for section, code, names in MESSAGES_SENT
        if names is not None
        for field in placeholders(words[section][code])
        if field not in names
    }
    assert starved == set()
