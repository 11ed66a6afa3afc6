"""Beside each indicator stands how to audit it, in our own words, and it can be folded away."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from shiboken6 import isValid

from auditor_app import files
from auditor_app.exchange.standards import default_standard
from auditor_app.models.audit import StandardRef
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.ui.guidance_view import GuidanceView
from tests.ui.conftest import Sit
from tests.ui.desk import CONTROL, Desk, Key, one, settle, visible_text
from tests.ui.test_refused_writes import held

CLAUSE = "5.2.4.1"
View = Callable[[Desk], GuidanceView]


@pytest.fixture
def view() -> Iterator[View]:
    """Give a way to look at the guidance by itself, as wide as the panel it is made for."""
    views: list[GuidanceView] = []

    def show(desk: Desk) -> GuidanceView:
        views.append(GuidanceView(desk.space._context))
        views[-1].resize(330, 600)
        views[-1].show_clause(CLAUSE)
        views[-1].show()
        assert QTest.qWaitForWindowActive(views[-1])
        return views[-1]

    yield show
    for one_view in views:
        if isValid(one_view):
            one_view.close()
            one_view.deleteLater()
    settle()


def older_pack(**changes: object) -> Standard:
    """Return the shipped pack as it was before packs had guidance, with changes."""
    raw = json.loads(default_standard().content)
    del raw["guidance"], raw["guidance_source"]
    return parse_standard(json.dumps(raw | {"version": "0"} | changes))


def open_with(desk: Desk, standard: Standard) -> None:
    """Open the sample audit scored with another pack."""
    _, audit = files.read_audit(files.SAMPLE)
    pinned = StandardRef(standard.id, standard.version)
    desk.bench.session.add(standard, replace(audit, id=AuditId(new_id()), standard=pinned))


def fold(view: GuidanceView) -> QAbstractButton:
    return one(view, QAbstractButton)


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_indicator_says_what_to_look_at_whom_to_ask_and_what_is_often_wrong(
    sit: Sit, view: View, language: str
) -> None:
    shown = view(sit(language=language))
    for clause in ("5.1.1.1", CLAUSE):
        shown.show_clause(clause)
        text = visible_text(shown)
        guidance = default_standard().guidance[clause]  # type: ignore[index]
        for part in (guidance.look_at, guidance.ask, guidance.evidence, guidance.deviations):
            assert part.in_(language) in text


@pytest.mark.long
def test_the_guidance_says_that_it_is_not_the_text_of_the_standard(sit: Sit, view: View) -> None:
    assert "not the text of the standard" in visible_text(view(sit(language="en")))


def test_another_indicator_makes_no_new_widgets(desk: Desk, view: View) -> None:
    shown = view(desk)
    before = shown.findChildren(QWidget)
    for clause in default_standard().indicators:
        shown.show_clause(clause)
    assert shown.findChildren(QWidget) == before


def test_guidance_folded_away_stays_so_until_it_is_unfolded(desk: Desk, view: View) -> None:
    shown = view(desk)
    words = default_standard().guidance[CLAUSE].look_at.zh  # type: ignore[index]
    desk.click(fold(shown))
    assert words not in visible_text(shown)
    again = view(desk)
    assert words not in visible_text(again)
    assert not again.is_open
    desk.click(fold(again))
    assert words in visible_text(again)
    assert view(desk).is_open


def test_guidance_is_folded_by_the_keyboard_too(desk: Desk, view: View) -> None:
    shown = view(desk)
    fold(shown).setFocus()
    desk.press(Key.Key_Space)
    assert not shown.is_open
    desk.press(Key.Key_Space)
    assert shown.is_open


def test_guidance_still_folds_when_the_disk_refuses_to_remember_it(desk: Desk, view: View) -> None:
    shown = view(desk)
    with held(desk.folder):
        desk.click(fold(shown))
    assert not shown.is_open
    assert view(desk).is_open


@pytest.mark.long
def test_an_audit_pinned_to_an_older_pack_borrows_the_guidance_and_says_from_where(sit: Sit, view: View) -> None:
    desk = sit(language="en")
    open_with(desk, older_pack())
    text = visible_text(view(desk))
    assert default_standard().guidance[CLAUSE].ask.en in text  # type: ignore[index]
    assert "from pack 1." in text


@pytest.mark.long
def test_a_pack_of_another_standard_without_guidance_says_so(sit: Sit, view: View) -> None:
    desk = sit(language="en")
    open_with(desk, older_pack(id="another-standard"))
    shown = view(desk)
    assert "gives no guidance" in visible_text(shown)
    assert "What to look at" not in visible_text(shown)


def test_guidance_that_looks_like_markup_is_shown_as_it_is(desk: Desk, view: View) -> None:
    raw = json.loads(default_standard().content)
    raw["guidance"][CLAUSE]["ask"]["zh"] = "<b>谁</b> &amp; 谁"
    open_with(desk, parse_standard(json.dumps(raw | {"version": "0"})))
    shown = view(desk)
    label = one(shown, QLabel, lambda label: "<b>" in label.text())
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<b>谁</b> &amp; 谁" in visible_text(shown)


def test_a_sentence_of_the_guidance_can_be_selected_and_copied(desk: Desk, view: View) -> None:
    shown = view(desk)
    words = default_standard().guidance[CLAUSE].look_at.zh  # type: ignore[index]
    label = one(shown, QLabel, lambda label: label.text() == words)
    desk.click(label)
    desk.press(Key.Key_A, CONTROL)
    desk.press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == words
