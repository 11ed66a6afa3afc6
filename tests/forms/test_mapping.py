"""What is remembered of a body's form: decisions, and which placeholders there were."""

from __future__ import annotations

import json

import pytest

from auditor_app.forms import mapping
from auditor_app.forms.mapping import Body, body_of, with_body
from auditor_app.forms.preview import previewed
from auditor_app.forms.problems import FormProblem
from auditor_app.forms.scan import scanned
from auditor_app.models.forms import Choice
from tests.forms.filling import fields, form_with

CHOICES = {"法人": Choice(field="company.legal_representative"), "章": Choice(text="（盖章）"), "空": Choice()}


def test_what_was_decided_is_read_back_the_same() -> None:
    bodies = with_body({}, " 华信\n认证 ", CHOICES, ["score", "法人", "score"])
    assert mapping.read(mapping.written(bodies)) == {"华信 认证": Body(CHOICES, ("score", "法人"))}


def test_a_form_is_known_again_by_its_placeholders() -> None:
    bodies = with_body({}, "甲", {}, ["a", "b", "c", "d"])
    bodies = with_body(bodies, "乙", {}, ["x", "y"])
    assert body_of(bodies, ["a", "b", "c", "new"]) == "甲"
    assert body_of(bodies, ["x", "y"]) == "乙"
    assert body_of(bodies, ["a", "q"]) == ""
    assert body_of({}, ["a"]) == ""


def test_of_two_bodies_with_the_same_form_the_one_used_last_is_meant() -> None:
    bodies = with_body(with_body({}, "甲", {}, ["a"]), "乙", {}, ["a"])
    assert body_of(bodies, ["a"]) == "乙"
    assert body_of(with_body(bodies, "甲", {}, ["a"]), ["a"]) == "甲"


def test_a_form_that_drifted_says_what_is_gone_and_what_is_new() -> None:
    form = scanned(form_with({"A1": "{{score}}", "A2": "{{组长}}"}))
    preview = previewed(form, fields(), {}, Body({}, ("score", "leader.name", "report.number")))
    assert preview.lost == ("leader.name", "report.number")
    assert [(each.key, each.is_new) for each in preview.placeholders] == [("score", False), ("组长", True)]


def test_the_first_time_nothing_is_new() -> None:
    form = scanned(form_with({"A1": "{{score}}"}))
    assert not any(each.is_new for each in previewed(form, fields(), {}, None).placeholders)
    assert not any(each.is_new for each in previewed(form, fields(), {}, Body(CHOICES)).placeholders)


def test_bodies_used_longest_ago_are_forgotten_when_there_are_too_many() -> None:
    bodies: mapping.Bodies = {}
    for number in range(mapping.MOST_BODIES + 2):
        bodies = with_body(bodies, str(number), {}, [])
    assert len(bodies) == mapping.MOST_BODIES
    assert "0" not in bodies


def stored(version: int, bodies: object) -> bytes:
    """Return what is remembered as a file might hold it."""
    return json.dumps({"format": mapping.FORMAT, "version": version, "bodies": bodies}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"format": "auditor-workbench.forms"}',
        stored(1, {"a": {"choices": [], "placeholders": []}}),
        stored(1, {"a": {"choices": {}, "placeholders": [1]}}),
        b"[" * 100_000,
    ],
)
def test_content_that_is_not_ours_is_refused(data: bytes) -> None:
    with pytest.raises(FormProblem) as problem:
        mapping.read(data)
    assert problem.value.code == "memory_unreadable"


def test_what_a_newer_program_wrote_is_said_to_be_newer() -> None:
    with pytest.raises(FormProblem) as problem:
        mapping.read(stored(2, {}))
    assert problem.value.code == "memory_newer"
