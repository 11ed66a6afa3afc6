"""The application form at the window: out empty or filled, back into profile and checklist as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox

from auditor_app.models.audit import Kind
from auditor_app.models.enums import DocumentStatus
from auditor_app.ui.application_dialog import ApplicationDialog
from auditor_app.ui.reply_out import WorkbookOut
from auditor_app.ui.taking_in import TakingIn
from tests.replies.workbooks import Opened
from tests.ui.desk import PROFILE, Desk, one, visible_text
from tests.ui.test_replies import in_dialog, offer, press

pytestmark = pytest.mark.long


def written(desk: Desk, path: Path, *, filled: bool) -> Opened:
    """Write the form by the menu and open it as the applicant does."""

    def write(dialog: WorkbookOut) -> None:
        if filled:
            one(dialog, QCheckBox).click()
        desk.answer_file_dialog(path)
        press(dialog, "生成工作簿")
        assert str(path) in visible_text(dialog)

    in_dialog(desk, ApplicationDialog, write, offer(desk, "application_out"))
    return Opened(path.read_bytes())


def taken(desk: Desk, path: Path, what: Callable[[TakingIn], None]) -> None:
    """Choose a form by the menu and do something in the preview."""
    desk.answer_file_dialog(path)
    in_dialog(desk, TakingIn, what, offer(desk, "application_in"))


def test_a_form_goes_out_empty_or_with_what_is_known(desk: Desk, tmp_path: Path) -> None:
    name = ("company.name", "value", "profile")
    assert written(desk, tmp_path / "a.xlsx", filled=False).value(*name) is None
    assert written(desk, tmp_path / "b.xlsx", filled=True).value(*name) == desk.audit.company.name


def test_a_filled_form_comes_into_profile_and_checklist_as_one_step(blank: Desk, tmp_path: Path) -> None:
    path = tmp_path / "申请.xlsx"
    opened = written(blank, path, filled=False)
    answers: tuple[tuple[str, str, Any, str], ...] = (
        ("company.name", "value", "台州泵业", "profile"),
        ("previous_certificate.number", "value", "R0-1", "profile"),
        ("new-1", "name", "总部", "sites"),
        ("new-1", "staff", "很多", "sites"),
        ("D1", "enclosed", "是 Yes", "documents"),
        ("D1", "number", "申-1", "documents"),
    )
    for answer in answers:
        opened.fill(*answer)
    path.write_bytes(opened.saved())
    before, facts = blank.audit, blank.facts

    def look(dialog: TakingIn) -> None:
        assert "“很多”" in dialog._notes.toPlainText()
        press(dialog, "采纳 5 项")

    taken(blank, path, look)
    after = blank.stored
    assert (after.company.name, [site.name for site in after.sites]) == ("台州泵业", ["总部"])
    assert after.previous_certificate is not None
    assert (after.document("D1").status, after.document("D1").number) == (DocumentStatus.RECEIVED, "申-1")
    blank.show(PROFILE)
    assert blank.editor(Kind.COMPANY, "name").text() == "台州泵业"  # type: ignore[attr-defined]
    blank.undo()
    assert blank.stored == before
    assert blank.facts == facts
