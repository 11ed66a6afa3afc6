"""An edit goes through one door: checked, written, told once; refused or failed, it leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import Change, ChangeSet, add, edit, remove
from auditor_app.models.entities import Assessment, Site, SpecialDeduction
from auditor_app.models.enums import Ground, Verdict
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from tests.builders import fields_changed
from tests.session.conftest import Heard, undo_steps
from tests.session.tables import read_anew, tables

COMPANY = only_row(Kind.COMPANY)


def name_company(session: Session, name: str, merge_key: str = "") -> None:
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"name": name}), "company name", merge_key)


def type_name(session: Session, name: str) -> None:
    """Have an editor hold a name that is handed in once it is asked for."""
    typed = [name]

    def hand_in() -> None:
        while typed:
            name_company(session, typed.pop())

    session.flush_requested.connect(hand_in)


def judge(session: Session, clause: str, verdict: Verdict, **values: object) -> None:
    changes = edit(session.audit, Kind.ASSESSMENT, RowId(clause), {"verdict": verdict, **values})
    session.submit(changes, f"verdict on {clause}")


def test_an_edit_is_stored_and_told_once_with_exactly_what_changed(
    session: Session, heard: Heard, folder: Path
) -> None:
    name_company(session, "泵业")
    assert heard.changed == [ChangeSet(session.audit.id, (Change(Kind.COMPANY, COMPANY, "name", "", "泵业"),))]
    assert heard.failed == []
    assert session.audit.company.name == "泵业"
    assert read_anew(folder, session.audit.id) == session.audit


def test_when_the_views_hear_of_an_edit_it_is_on_disk_and_in_the_score(session: Session, folder: Path) -> None:
    seen: list[tuple[bool, int]] = []

    def look(_change_set: object) -> None:
        same = read_anew(folder, session.audit.id) == session.audit
        seen.append((same, session.result.whole.judged))

    assert session.result.whole.judged == 0
    session.changed.connect(look)
    judge(session, "5.1.1.1", Verdict.MET)
    assert seen == [(True, 1)]


def test_an_edit_that_changes_nothing_is_no_step_and_is_not_told(session: Session, heard: Heard) -> None:
    name_company(session, "")
    assert heard.changed == []
    assert undo_steps(session) == []


REFUSED = {
    "a sampled verdict without samples": (Kind.ASSESSMENT, "5.1.1.2", {"verdict": Verdict.SAMPLED}),
    "samples on an indicator that is all or nothing": (
        *(Kind.ASSESSMENT, "5.1.1.1"),
        {"verdict": Verdict.SAMPLED, "checked": 3},
    ),
    "a deletion without a reason": (Kind.ASSESSMENT, "5.1.1.1", {"verdict": Verdict.DELETED}),
    "staff below zero": (Kind.COMPANY, COMPANY, {"employees": -1}),
    "a meeting at no time of day": (Kind.AUDIT, only_row(Kind.AUDIT), {"opening_meeting.at": "noon"}),
    "an indicator the standard does not have": (Kind.ASSESSMENT, "9.9.9.9", {"verdict": Verdict.MET}),
}


@pytest.mark.parametrize(("kind", "row_id", "values"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refused_edit_writes_nothing_and_is_no_step(
    session: Session, heard: Heard, folder: Path, kind: Kind, row_id: str, values: dict[str, object]
) -> None:
    before, audit = tables(folder), session.audit
    with pytest.raises(ValidationError):
        session.submit(edit(audit, kind, RowId(row_id), values), "refused")
    assert tables(folder) == before
    assert session.audit is audit
    assert (heard.changed, heard.failed, undo_steps(session)) == ([], [], [])


def test_one_refused_change_among_good_ones_holds_all_of_them_back(session: Session, folder: Path) -> None:
    before = tables(folder)
    good = edit(session.audit, Kind.COMPANY, COMPANY, {"name": "泵业"})
    bad = edit(session.audit, Kind.COMPANY, COMPANY, {"employees": -1})
    with pytest.raises(ValidationError):
        session.submit((*good, *bad), "both")
    assert tables(folder) == before


def test_a_site_that_a_deduction_names_cannot_be_removed(session: Session) -> None:
    site = Site("S1", "总部")
    session.submit((add(Kind.SITE, RowId("site"), site),), "add site")
    deduction = SpecialDeduction(Ground.LAW, site="S1")
    session.submit((add(Kind.SPECIAL_DEDUCTION, RowId("deduction"), deduction),), "add deduction")
    with pytest.raises(ValidationError) as refused:
        session.submit((remove(Kind.SITE, RowId("site"), site),), "remove site")
    assert refused.value.code == "site_in_use"
    assert session.audit.sites == (site,)


def elsewhere(folder: Path, session: Session, **values: object) -> None:
    """Edit the company in another window on the same library."""
    other = Library(folder, "王工")
    other.apply(fields_changed(other.load(session.audit.id)[1], Kind.COMPANY, COMPANY, **values))
    other.close()


def test_a_stale_edit_fails_and_the_session_shows_what_the_other_window_stored(
    session: Session, heard: Heard, folder: Path
) -> None:
    elsewhere(folder, session, name="从另一窗口")
    before = tables(folder)
    name_company(session, "从这一窗口")
    assert tables(folder) == before
    assert heard.problems == ["changed_elsewhere"]
    assert heard.changed == []
    assert undo_steps(session) == []
    assert session.audit.company.name == "从另一窗口"
    assert len(heard.opened) == 1


def test_after_a_stale_edit_the_next_one_works(session: Session, heard: Heard, folder: Path) -> None:
    elsewhere(folder, session, name="从另一窗口")
    name_company(session, "从这一窗口")
    name_company(session, "这一次")
    assert [change_set.changes[0].after for change_set in heard.changed] == ["这一次"]
    assert read_anew(folder, session.audit.id).company.name == "这一次"
    session.undo()
    assert read_anew(folder, session.audit.id).company.name == "从另一窗口"


def test_an_undo_that_another_window_made_impossible_says_so_and_leaves_the_stack(
    session: Session, heard: Heard, folder: Path
) -> None:
    judge(session, "5.1.1.1", Verdict.MET)
    name_company(session, "从这一窗口")
    elsewhere(folder, session, name="从另一窗口")
    session.undo()
    assert heard.problems == ["changed_elsewhere"]
    assert session.audit.company.name == "从另一窗口"
    assert undo_steps(session) == ["verdict on 5.1.1.1"]
    session.undo()
    assert read_anew(folder, session.audit.id).assessments == {}


def set_space(session: Session, pages: int) -> None:
    """Let the database grow by so many pages from now on, and no more."""
    connection = session._library._connection
    now = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {now + pages}")


LONG = "在现场看到的情况。" * 2_000


def test_an_edit_on_a_full_disk_fails_in_the_open_and_the_next_works_once_there_is_space(
    session: Session, heard: Heard, folder: Path
) -> None:
    name_company(session, "泵业")
    before = tables(folder)
    set_space(session, 0)
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"scope": LONG}), "scope")
    assert heard.problems == ["disk_full"]
    assert tables(folder) == before
    assert session.audit.company.scope == ""
    assert undo_steps(session) == ["company name"]
    set_space(session, 1_000)
    session.submit(edit(session.audit, Kind.COMPANY, COMPANY, {"scope": LONG}), "scope")
    assert read_anew(folder, session.audit.id).company.scope == LONG
    session.undo()
    session.undo()
    assert read_anew(folder, session.audit.id).company == session.audit.company
    assert session.audit.company.name == ""


def test_a_failed_keystroke_is_not_part_of_the_step_it_would_have_joined(
    session: Session, heard: Heard, folder: Path
) -> None:
    name_company(session, "泵", "visit")
    set_space(session, 0)
    name_company(session, LONG, "visit")
    assert heard.problems == ["disk_full"]
    set_space(session, 1_000)
    session.undo()
    assert heard.problems == ["disk_full"]
    assert read_anew(folder, session.audit.id).company.name == ""
    session.redo()
    assert read_anew(folder, session.audit.id).company.name == "泵"


def test_a_failed_edit_after_an_undo_leaves_the_audit_as_it_is_shown(
    session: Session, heard: Heard, folder: Path
) -> None:
    name_company(session, "泵业")
    session.undo()
    set_space(session, 0)
    name_company(session, LONG)
    assert heard.problems == ["disk_full"]
    assert read_anew(folder, session.audit.id) == session.audit
    assert session.audit.company.name == ""


def test_an_audit_read_anew_after_the_other_window_judged_shows_its_score(
    session: Session, folder: Path, standard: Standard
) -> None:
    assert session.result.whole.judged == 0
    other = Library(folder, "王工")
    rows = tuple(add(Kind.ASSESSMENT, RowId(clause), Assessment(clause, Verdict.MET)) for clause in standard.indicators)
    other.apply(ChangeSet(session.audit.id, rows))
    other.close()
    judge(session, "5.1.1.1", Verdict.MET)
    assert session.result.exact == 100
    assert not session.remarks or all(remark.kind is not Kind.ASSESSMENT for remark in session.remarks)


def test_flush_asks_every_editor_to_hand_in_what_was_typed(session: Session, folder: Path) -> None:
    type_name(session, "泵业")
    session.flush()
    assert read_anew(folder, session.audit.id).company.name == "泵业"


@pytest.mark.parametrize("leave", ["open", "create", "close", "undo"])
def test_what_was_typed_is_handed_in_before(
    qapp: QCoreApplication, tmp_path: Path, standard: Standard, leave: str
) -> None:
    session = Session(Library(tmp_path, "李工"))
    other = session.create(standard)
    audit_id = session.create(standard)
    type_name(session, "泵业")
    match leave:
        case "open":
            session.open(other)
        case "create":
            session.create(standard)
        case "undo":
            session.undo()
            session.redo()
    session.close()
    assert read_anew(tmp_path, audit_id).company.name == "泵业"


def test_an_audit_that_cannot_be_read_leaves_the_open_one_open(session: Session, heard: Heard) -> None:
    audit = session.audit
    with pytest.raises(ValidationError):
        session.open(type(audit.id)("no such audit"))
    assert session.audit is audit
    assert heard.opened == []
    name_company(session, "泵业")
    assert len(heard.changed) == 1
