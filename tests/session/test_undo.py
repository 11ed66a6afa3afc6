"""Undo and redo walk the same way as edits, each audit with its own steps, one visit to a field one step."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import add, edit
from auditor_app.models.entities import Site
from auditor_app.models.enums import Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from tests.builders import STANDARD, audits, change_sets
from tests.session.conftest import Heard, undo_steps
from tests.session.tables import facts, read_anew

COMPANY = only_row(Kind.COMPANY)
VISIT = "visit-1"


def write(session: Session, text: str, merge_key: str = "", field: str = "name") -> None:
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {field: text}), field, merge_key)


def note(session: Session, clause: str, text: str, merge_key: str = VISIT) -> None:
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId(clause), {"note": text}), "note", merge_key)


@given(st.data())
def test_undoing_everything_and_doing_it_again_ends_exactly_where_it_was(
    qapp: QCoreApplication, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = Session(Library(folder, "李工"))
        session.add(STANDARD, data.draw(audits()))
        first, first_facts = session.audit, facts(folder)
        for number in range(data.draw(st.integers(1, 6))):
            try:
                session.submit(data.draw(change_sets(session.audit)).changes, f"step {number}")
            except ValidationError:
                continue
        last, last_facts = session.audit, facts(folder)
        steps = len(undo_steps(session))
        for _ in range(steps):
            session.undo()
        assert session.audit == first
        assert facts(folder) == first_facts
        assert read_anew(folder, first.id) == first
        for _ in range(steps):
            session.redo()
        assert session.audit == last
        assert facts(folder) == last_facts
        session.close()
        assert read_anew(folder, first.id) == last


@given(st.data())
def test_wherever_undo_and_redo_stop_the_screen_shows_what_is_stored(
    qapp: QCoreApplication, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = Session(Library(folder, "李工"))
        session.add(STANDARD, data.draw(audits()))
        states = [session.audit]
        for _ in range(data.draw(st.integers(2, 8))):
            match data.draw(st.sampled_from(["edit", "undo", "redo"])):
                case "edit":
                    try:
                        changes = data.draw(change_sets(session.audit)).changes
                        before = undo_steps(session)
                        session.submit(changes, "edit")
                    except ValidationError:
                        continue
                    if undo_steps(session) != before:
                        states = [*states[: len(before) + 1], session.audit]
                case "undo":
                    session.undo()
                case "redo":
                    session.redo()
            assert session.audit == states[len(undo_steps(session))]
            assert read_anew(folder, session.audit.id) == session.audit
            assert session.result == score_audit(STANDARD, session.audit)
        session.close()


def test_a_closed_session_is_thrown_away_without_a_crash_whatever_could_be_undone(
    qapp: QCoreApplication, tmp_path: Path
) -> None:
    for number in range(5):
        session = Session(Library(tmp_path / str(number), "李工"))
        session.create(STANDARD)
        for step in range(60):
            write(session, f"泵业 {step}")
        session.close()
        del session
        gc.collect()


def test_one_visit_to_a_text_field_is_one_step(session: Session, folder: Path) -> None:
    for typed in ("泵", "泵业", "泵业有限", "泵业有限公司"):
        write(session, typed, VISIT)
    assert undo_steps(session) == ["name"]
    session.undo()
    assert read_anew(folder, session.audit.id).company.name == ""
    session.redo()
    assert read_anew(folder, session.audit.id).company.name == "泵业有限公司"


def test_two_visits_to_a_text_field_are_two_steps(session: Session) -> None:
    write(session, "泵业", "visit-1")
    write(session, "泵业有限公司", "visit-2")
    session.undo()
    assert session.audit.company.name == "泵业"


def test_a_visit_is_one_step_even_when_its_first_keystroke_made_the_row(session: Session, folder: Path) -> None:
    for typed in ("看", "看了", "看了手册"):
        note(session, "5.1.4.1", typed)
    assert undo_steps(session) == ["note"]
    assert read_anew(folder, session.audit.id).assessments["5.1.4.1"].note == "看了手册"  # type: ignore[index]
    session.undo()
    assert read_anew(folder, session.audit.id).assessments == {}
    session.redo()
    assert read_anew(folder, session.audit.id) == session.audit
    assert session.audit.assessments["5.1.4.1"].note == "看了手册"  # type: ignore[index]


def test_an_edit_between_two_keystrokes_of_a_visit_stays_a_step_of_its_own(session: Session, folder: Path) -> None:
    note(session, "5.1.4.1", "看")
    session.submit(edit(session.audit, Kind.ASSESSMENT, RowId("5.1.4.1"), {"verdict": Verdict.MET}), "verdict")
    note(session, "5.1.4.1", "看了")
    assert undo_steps(session) == ["note", "verdict", "note"]
    for _ in range(3):
        session.undo()
    assert read_anew(folder, session.audit.id).assessments == {}


def test_a_visit_that_fills_several_fields_of_a_row_is_one_step(session: Session, folder: Path) -> None:
    write(session, "泵业", VISIT)
    write(session, "制造", VISIT, field="industry")
    write(session, "泵业公司", VISIT)
    session.undo()
    company = read_anew(folder, session.audit.id).company
    assert (company.name, company.industry) == ("", "")
    session.redo()
    company = read_anew(folder, session.audit.id).company
    assert (company.name, company.industry) == ("泵业公司", "制造")


def test_a_visit_to_one_row_does_not_swallow_an_edit_of_another(session: Session) -> None:
    note(session, "5.1.4.1", "看")
    note(session, "5.1.4.2", "看")
    session.undo()
    assert list(session.audit.assessments) == ["5.1.4.1"]


def test_typing_on_after_an_undo_starts_a_new_step(session: Session, folder: Path) -> None:
    write(session, "甲", "visit-1")
    write(session, "甲乙", "visit-2")
    session.undo()
    write(session, "甲丙", "visit-3")
    assert not session.undo_group.canRedo()
    session.undo()
    assert read_anew(folder, session.audit.id).company.name == "甲"
    session.undo()
    assert read_anew(folder, session.audit.id).company.name == ""


def test_undo_takes_back_only_what_was_done_in_this_audit(session: Session, standard: Standard, folder: Path) -> None:
    first = session.audit.id
    write(session, "第一家")
    second = session.create(standard)
    write(session, "第二家")
    session.open(first)
    session.undo()
    assert not session.undo_group.canUndo()
    session.undo()
    assert read_anew(folder, first).company.name == ""
    assert read_anew(folder, second).company.name == "第二家"
    session.open(second)
    assert not session.undo_group.canRedo()
    session.undo()
    assert read_anew(folder, second).company.name == ""
    session.open(first)
    session.redo()
    assert read_anew(folder, first).company.name == "第一家"


def test_undo_in_a_fresh_audit_does_nothing(session: Session, heard: Heard) -> None:
    session.undo()
    session.redo()
    assert (heard.changed, heard.failed) == ([], [])


def test_a_row_that_comes_back_by_undo_takes_its_old_place(session: Session) -> None:
    for row_id, name in (("a", "S1"), ("b", "S2"), ("c", "S3")):
        session.submit((add(Kind.SITE, RowId(row_id), Site(name)),), "add")
    site = session.audit.of(Kind.SITE)[RowId("b")]
    session.submit((add(Kind.SITE, RowId("b"), site).inverse,), "remove")
    assert [site.id for site in session.audit.sites] == ["S1", "S3"]
    session.undo()
    assert [site.id for site in session.audit.sites] == ["S1", "S2", "S3"]


def test_undo_hands_in_what_is_being_typed_and_takes_back_that(session: Session) -> None:
    write(session, "泵业")
    typed = ["制造"]

    def hand_in() -> None:
        while typed:
            write(session, typed.pop(), field="industry")

    session.flush_requested.connect(hand_in)
    session.undo()
    assert (session.audit.company.name, session.audit.company.industry) == ("泵业", "")
    session.redo()
    assert session.audit.company.industry == "制造"
