"""Every field is told in both languages, has a value in every audit, and stands on the page for the bodies."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from auditor_app.forms.catalogue import COLUMNS, SINGLES, Fields, names, title_of
from auditor_app.forms.names import key_of, same_name
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.scoring import score_audit, score_parts
from tests.builders import audits
from tests.forms.filling import TODAY, fields, sample

PAGE = Path(__file__).resolve().parents[2] / "docs" / "FORMS.md"


def words(language: str) -> dict[str, dict[str, str]]:
    """Return the words of forms."""
    text = (RESOURCES / "i18n" / f"forms.{language}.json").read_text("utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_has_a_title_and_no_title_is_left_over(language: str) -> None:
    found = words(language)
    assert set(found["form_field"]) == set(SINGLES)
    assert set(found["form_list"]) == set(COLUMNS)
    assert set(found["form_column"]) == {f"{name}.{each}" for name, columns in COLUMNS.items() for each in columns}
    # A form may name a field by its title.
    assert len(set(map(key_of, found["form_field"].values()))) == len(SINGLES)
    for name, columns in COLUMNS.items():
        assert len({key_of(found["form_column"][f"{name}.{each}"]) for each in columns}) == len(columns)


def test_every_field_has_a_value_in_an_audit() -> None:
    found = fields()
    assert set(found.singles) == set(SINGLES)
    for name, items in found.lists.items():
        assert all(set(item.row) == set(COLUMNS[name]) for item in items)
    assert len({same_name(name) for name in names()}) == len(names())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_is_found_by_its_name_and_by_its_title(language: str) -> None:
    found, catalogue = fields(language=language), Catalogue.load(language, "forms")
    for name in names():
        reference = found.reference(key_of(name))
        assert reference is not None
        if not reference.list:
            assert found.reference(key_of(title_of(catalogue, name))) == reference
        assert found.named(name.replace(".", "_").replace("[]", "")) == name


def test_fields_are_shown_with_what_they_hold() -> None:
    shown = {field.name: field for field in fields().choices()}
    assert list(shown) == list(names())
    assert shown["company.name"].example == sample()[1].company.name
    assert shown["score"].example == "".join(score_parts(score_audit(*sample())))


def test_the_page_for_bodies_lists_every_field() -> None:
    listed = set(re.findall(r"`([a-z_]+(?:\[\])?(?:\.[a-z_]+)?)`", PAGE.read_text("utf-8")))
    assert set(names()) <= listed


@pytest.mark.long
@settings(max_examples=8)
@given(audits())
def test_every_audit_has_values_for_all_fields(audit: Audit) -> None:
    standard, _ = sample()
    for language in ("zh", "en"):
        found = Fields(standard, audit, language, TODAY)
        assert set(found.singles) == set(SINGLES)
        assert all(isinstance(field.example, str) for field in found.choices())
