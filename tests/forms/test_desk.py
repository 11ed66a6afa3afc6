"""The desk of forms: the form is never changed, and what is remembered is safe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor_app.deliveries.forms import MEMORY, Forms
from auditor_app.forms.problems import FormProblem
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.forms import Choice
from auditor_app.models.progress import Cancelled, unwatched
from tests.forms.body_form import body_form
from tests.forms.filling import form_with, sample, sheet_of

CHOICES = {"企业法人": Choice(field="company.legal_representative")}


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """Give the form of a body, as a file."""
    path = tmp_path / "审核报告 空白.xlsx"
    path.write_bytes(body_form())
    return path


def test_a_copy_is_filled_and_the_form_stays_as_it_was(form: Path, tmp_path: Path) -> None:
    before = form.read_bytes()
    target = tmp_path / "filled.xlsx"
    desk = Forms(tmp_path)
    done = desk.open(form).fill(CHOICES, *sample(), "zh", target, unwatched)
    assert done.places > 0
    assert form.read_bytes() == before
    assert sheet_of(target.read_bytes(), "审核报告")["E6"].value == sample()[1].company.legal_representative


def test_the_form_itself_is_never_the_target(form: Path, tmp_path: Path) -> None:
    other = tmp_path / "link.xlsx"
    os.link(form, other)
    before = form.read_bytes()
    for target in (form, other):
        with pytest.raises(FormProblem) as problem:
            Forms(tmp_path).open(form).fill({}, *sample(), "zh", target, unwatched)
        assert problem.value.code == "is_the_form"
    assert form.read_bytes() == before


def test_what_was_there_stays_when_filling_is_cancelled(form: Path, tmp_path: Path) -> None:
    target = tmp_path / "filled.xlsx"
    target.write_bytes(b"last year's")

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        Forms(tmp_path).open(form).fill({}, *sample(), "zh", target, stop)
    assert target.read_bytes() == b"last year's"
    assert {path.name for path in tmp_path.iterdir()} == {form.name, target.name}


def test_decisions_come_back_for_the_body_and_its_changed_form(form: Path, tmp_path: Path) -> None:
    desk = Forms(tmp_path)
    desk.remember("华信", desk.open(form), CHOICES)
    again = Forms(tmp_path)
    changed = tmp_path / "v2.xlsx"
    changed.write_bytes(form_with({"A1": "{{score}}", "A2": "{{企业法人}}", "A3": "{{report.no}}"}))
    assert again.bodies() == ("华信",)
    assert again.body_of(again.open(form)) == "华信"
    assert again.choices("华信") == CHOICES
    preview = again.open(changed).preview("华信", again.choices("华信"), *sample(), "zh")
    assert "company.name" in preview.lost
    assert [each.key for each in preview.placeholders if each.is_new] == ["report.no"]


def test_a_memory_that_cannot_be_read_is_left_as_it_is(form: Path, tmp_path: Path) -> None:
    (tmp_path / MEMORY).write_bytes(b"{}")
    desk = Forms(tmp_path)
    for ask in (desk.bodies, lambda: desk.remember("华信", desk.open(form), {})):
        with pytest.raises(FormProblem):
            ask()
    assert (tmp_path / MEMORY).read_bytes() == b"{}"
    # The form can be filled all the same.
    desk.open(form).fill({}, *sample(), "zh", tmp_path / "x.xlsx", unwatched)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormProblem) as problem:
        Forms(tmp_path).open(tmp_path / "gone.xlsx")
    assert problem.value.code == "no_such_form"
    with pytest.raises(FormProblem):
        Forms(tmp_path).open(tmp_path)
    (tmp_path / "f.xlsx").write_bytes(form_with({"A1": "x"}))
    form = Forms(tmp_path).open(tmp_path / "f.xlsx")
    with pytest.raises(EnvironmentProblem):
        form.fill({}, *sample(), "zh", tmp_path / "no" / "x.xlsx", unwatched)
