"""An audit stored is the audit read back; an edit is one row and one line of history, or nothing at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.audit import Audit, Kind, StandardRef, only_row
from auditor_app.models.changes import ChangeSet, apply, edit
from auditor_app.models.entities import Assessment, AuditInfo, Company, TeamMember
from auditor_app.models.enums import AuditKind, Role, Verdict
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.ids import AuditId, Clause, RowId, new_id
from auditor_app.models.scoring import score_audit
from auditor_app.models.standard import Standard, parse_standard
from auditor_app.models.summary import AuditSummary
from auditor_app.storage.library import Library
from tests.builders import (
    STANDARD,
    audits,
    change_sets,
    empty_audit,
    fields_changed,
    raw_pack,
    row_added,
    row_removed,
    with_rows,
    with_sheet,
)

COMPANY = only_row(Kind.COMPANY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Give one library to all examples of a property; each audit in it has its own id."""
    opened = Library(tmp_path_factory.mktemp("shared"), who="李工")
    yield opened
    opened.close()


def written_by(library: Library, change_set: ChangeSet) -> int:
    """Apply an edit and return how many rows the database wrote for it."""
    before = library._connection.total_changes
    library.apply(change_set)
    return library._connection.total_changes - before


def in_order(audit: Audit) -> dict[Kind, list[tuple[RowId, Any]]]:
    return {kind: list(rows.items()) for kind, rows in audit.rows.items()}


@given(audits())
def test_every_audit_comes_back_as_it_was_stored(shared: Library, audit: Audit) -> None:
    audit = replace(audit, id=AuditId(new_id()))
    shared.add(audit, STANDARD)
    standard, back = shared.load(audit.id)
    assert back == audit
    assert in_order(back) == in_order(audit)
    assert standard == STANDARD


@given(st.data(), audits())
def test_every_edit_is_stored_as_it_is_shown_and_undo_restores_it_exactly(
    shared: Library, data: st.DataObject, audit: Audit
) -> None:
    audit = replace(audit, id=AuditId(new_id()))
    change_set = data.draw(change_sets(audit))
    shared.add(audit, STANDARD)
    shared.apply(change_set)
    assert in_order(shared.load(audit.id)[1]) == in_order(apply(audit, change_set))
    shared.apply(change_set.inverse)
    assert in_order(shared.load(audit.id)[1]) == in_order(audit)
    shared.apply(change_set)
    assert shared.load(audit.id)[1] == apply(audit, change_set)


def test_an_edit_of_one_field_writes_one_row_one_line_of_history_and_where_it_ends(
    library: Library, audit: Audit
) -> None:
    known = len(library.history(audit.id))
    assert written_by(library, fields_changed(audit, Kind.COMPANY, COMPANY, industry="泵业")) == 3
    (entry,) = library.history(audit.id)[known:]
    assert (entry.who, entry.kind, entry.row_id, entry.field) == ("李工", Kind.COMPANY, COMPANY, "industry")
    assert (entry.before, entry.after) == ('""', '"泵业"')
    # The name stands in the list of audits too.
    assert written_by(library, fields_changed(audit, Kind.COMPANY, COMPANY, name="泵业")) == 4
    assert datetime.fromisoformat(entry.at).tzinfo == UTC


def test_a_verdict_and_its_counts_are_one_row_and_a_line_of_history_each(library: Library, audit: Audit) -> None:
    known = len(library.history(audit.id))
    edit = fields_changed(audit, Kind.ASSESSMENT, "5.1.1.2", verdict=Verdict.SAMPLED, checked=5, failed=2)
    assert written_by(library, edit) == 1 + 3 + 1
    judged = library.load(audit.id)[1].assessment(Clause("5.1.1.2"))
    assert judged == Assessment("5.1.1.2", Verdict.SAMPLED, 5, 2)
    lines = library.history(audit.id)[known:]
    assert [(line.field, line.before, line.after) for line in lines] == [
        ("verdict", '"met"', '"sampled"'),
        ("checked", "0", "5"),
        ("failed", "0", "2"),
    ]
    assert len({line.change_set for line in lines}) == 1
    library.apply(edit.inverse)
    assert library.load(audit.id)[1] == audit


def test_two_edits_of_one_field_in_one_step_are_both_remembered(library: Library, audit: Audit) -> None:
    first = fields_changed(audit, Kind.COMPANY, COMPANY, name="甲")
    second = fields_changed(apply(audit, first), Kind.COMPANY, COMPANY, name="乙")
    library.apply(ChangeSet(audit.id, first.changes + second.changes))
    assert library.load(audit.id)[1].company.name == "乙"
    assert [line.after for line in library.history(audit.id)[-2:]] == ['"甲"', '"乙"']


def test_a_row_added_and_removed_is_remembered_whole(library: Library, audit: Audit) -> None:
    member = TeamMember("王敏", "2024-N1SC-2445678", Role.EXPERT)
    assert written_by(library, row_added(audit, Kind.TEAM, "row-2", member)) == 3
    library.apply(row_added(audit, Kind.TEAM, "row-2", member).inverse)
    added, removed = library.history(audit.id)[-2:]
    row = {"name": "王敏", "registration": "2024-N1SC-2445678", "role": "expert", "clauses": "[]"}
    assert (added.field, added.before, json.loads(added.after or "")) == ("", None, row)
    assert (removed.field, json.loads(removed.before or ""), removed.after) == ("", row, None)
    assert library.load(audit.id)[1] == audit


def test_storing_an_audit_remembers_every_row_it_came_with(library: Library, audit: Audit) -> None:
    lines = library.history(audit.id)
    assert {(line.kind, line.row_id) for line in lines} == {
        (kind, row_id) for kind, rows in audit.rows.items() for row_id in rows
    }
    assert all(line.before is None and line.after is not None for line in lines)


@pytest.fixture
def elsewhere(library: Library) -> Iterator[Library]:
    """Give a second window on the same library."""
    opened = Library(library.path.parent, who="王敏")
    yield opened
    opened.close()


def refused_as_changed_elsewhere(library: Library, change_set: ChangeSet) -> None:
    """Check that the library refuses an edit and that nothing of it was written."""
    content, history = library.load(change_set.audit_id), library.history(change_set.audit_id)
    with pytest.raises(EnvironmentProblem) as refused:
        library.apply(change_set)
    assert refused.value.code == "changed_elsewhere"
    assert library.load(change_set.audit_id) == content
    assert library.history(change_set.audit_id) == history


def test_an_edit_of_a_field_that_another_window_changed_first_writes_nothing(
    library: Library, elsewhere: Library, audit: Audit
) -> None:
    elsewhere.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="theirs"))
    both = fields_changed(audit, Kind.COMPANY, COMPANY, employees=5, name="mine")
    untouched = fields_changed(audit, Kind.AUDIT, only_row(Kind.AUDIT), number="R0-1")
    refused_as_changed_elsewhere(library, ChangeSet(audit.id, untouched.changes + both.changes))
    assert library.history(audit.id)[-1].who == "王敏"


def test_an_edit_of_another_field_of_the_same_row_is_welcome(
    library: Library, elsewhere: Library, audit: Audit
) -> None:
    elsewhere.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="theirs"))
    library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, employees=5))
    assert elsewhere.load(audit.id)[1].company == Company(name="theirs", employees=5)


def test_an_edit_of_a_row_that_another_window_removed_writes_nothing(
    library: Library, elsewhere: Library, audit: Audit
) -> None:
    elsewhere.apply(row_removed(audit, Kind.TEAM, "row-1"))
    refused_as_changed_elsewhere(library, fields_changed(audit, Kind.TEAM, "row-1", name="王敏"))
    refused_as_changed_elsewhere(library, row_removed(audit, Kind.TEAM, "row-1"))


def test_a_row_that_another_window_changed_is_not_removed(library: Library, elsewhere: Library, audit: Audit) -> None:
    elsewhere.apply(fields_changed(audit, Kind.FINDING, "row-1", facts="two posts vacant"))
    refused_as_changed_elsewhere(library, row_removed(audit, Kind.FINDING, "row-1"))


def test_an_indicator_that_another_window_judged_first_is_not_judged_over(
    library: Library, elsewhere: Library, audit: Audit
) -> None:
    mine = Assessment("5.1.1.1", Verdict.MET)
    library.apply(row_removed(audit, Kind.ASSESSMENT, "5.1.1.1"))
    elsewhere.apply(row_added(audit, Kind.ASSESSMENT, "5.1.1.1", Assessment("5.1.1.1", Verdict.NOT_MET)))
    refused_as_changed_elsewhere(library, row_added(audit, Kind.ASSESSMENT, "5.1.1.1", mine))


def test_history_can_be_neither_changed_nor_removed(library: Library, audit: Audit) -> None:
    lines = library.history(audit.id)
    writer = sqlite3.connect(library.path, isolation_level=None)
    for statement in (
        "UPDATE history SET who = 'nobody'",
        "DELETE FROM history",
        "DELETE FROM history WHERE seq = 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            writer.execute(statement)
    writer.close()
    assert library.history(audit.id) == lines


def test_an_audit_is_not_stored_twice(library: Library, audit: Audit, standard: Standard) -> None:
    with pytest.raises(ValidationError) as refused:
        library.add(replace(audit, rows=empty_audit(standard).rows), standard)
    assert (refused.value.path, refused.value.code) == ("id", "audit_exists")
    assert library.load(audit.id)[1] == audit
    assert library.count() == 1


def test_an_audit_keeps_the_pack_it_was_scored_with(library: Library, audit: Audit, standard: Standard) -> None:
    raw = raw_pack() | {"version": "2"}
    raw["scoring"]["levels"][-1]["from"] = "99"
    stricter = parse_standard(json.dumps(raw))
    later = replace(audit, id=AuditId(new_id()), standard=StandardRef(stricter.id, "2"))
    library.add(later, stricter)
    assert library.load(audit.id)[0] == standard
    pack, loaded = library.load(later.id)
    assert pack == stricter
    assert loaded.standard == StandardRef("gbt27922-2011", "2")
    assert library.result(audit.id) == score_audit(standard, audit)
    assert library.result(later.id) == score_audit(stricter, audit)


def test_an_audit_is_found_by_its_id_or_its_number(library: Library, standard: Standard) -> None:
    numbered = [
        with_rows(empty_audit(standard), (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(number=number)))
        for number in ("R0-2026-0031", "R0-2026-0032", "R0-2026-0032")
    ]
    for one in numbered:
        library.add(one, standard)
    assert library.find("R0-2026-0031") == numbered[0].id
    assert library.find(numbered[1].id) == numbered[1].id
    for key, code in (("R0-2026-0032", "number_not_unique"), ("R0", "no_such_audit"), ("%", "no_such_audit")):
        with pytest.raises(ValidationError) as refused:
            library.find(key)
        assert (refused.value.code, refused.value.params) == (code, {"value": key})


def test_an_audit_that_is_not_there_cannot_be_loaded(library: Library) -> None:
    with pytest.raises(ValidationError) as refused:
        library.load(AuditId("nowhere"))
    assert refused.value.code == "no_such_audit"


def test_the_list_shows_the_newest_first_with_number_company_and_score(library: Library, standard: Standard) -> None:
    assert library.summaries() == []
    assert library.newest() is None
    stored = []
    for number in ("1", "2", "3"):
        info = AuditInfo(number=number, man_days=Decimal("2.0"))
        audit = with_rows(
            empty_audit(standard),
            (Kind.AUDIT, only_row(Kind.AUDIT), info),
            (Kind.COMPANY, COMPANY, Company(name=f"company {number}")),
            (Kind.ASSESSMENT, "5.1.1.1", Assessment("5.1.1.1", Verdict.MET)),
        )
        library.add(audit, standard)
        stored.append(audit)
    found = library.summaries(limit=2)
    assert [(one.number, one.company) for one in found] == [("3", "company 3"), ("2", "company 2")]
    assert library.result(found[0].id) == score_audit(standard, stored[2])
    assert library.count() == 3
    library.apply(fields_changed(stored[1], Kind.COMPANY, COMPANY, name="edited last"))
    assert library.newest() == stored[1].id


def named(standard: Standard, number: str, company: str) -> Audit:
    """Return an empty audit with a number and a company."""
    info = AuditInfo(number=number, man_days=Decimal("2.0"))
    rows = ((Kind.AUDIT, only_row(Kind.AUDIT), info), (Kind.COMPANY, COMPANY, Company(name=company)))
    return with_rows(empty_audit(standard), *rows)


def test_the_list_is_read_page_by_page(library: Library, standard: Standard) -> None:
    for number in range(7):
        library.add(named(standard, f"A-{number}", "泵业"), standard)
    pages: list[list[AuditSummary]] = []
    last = None
    while page := library.summaries(3, after=last):
        pages.append(page)
        last = page[-1]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [one for page in pages for one in page] == library.summaries()
    assert [one.number for page in pages for one in page] == [f"A-{number}" for number in reversed(range(7))]


def test_the_list_says_which_audits_are_finalised(library: Library, standard: Standard) -> None:
    judged = [(Kind.ASSESSMENT, clause, Assessment(clause, Verdict.MET)) for clause in standard.indicators]
    audit, other = with_rows(empty_audit(standard), *judged), named(standard, "A-2", "泵业")
    library.add(audit, standard)
    library.add(other, standard)
    assert [one.is_finalised for one in library.summaries()] == [False, False]
    library.finalise(audit)
    assert {one.id: one.is_finalised for one in library.summaries()} == {audit.id: True, other.id: False}
    assert [one.is_finalised for one in library.summaries(words="A-2")] == [False]
    library.reopen(audit.id, "漏了一项")
    assert not any(one.is_finalised for one in library.summaries())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("维修", ["C_3", "A-1"]),
        ("电", ["C_3", "b-2", "A-1"]),
        ("a-1", ["A-1"]),
        ("B-2", ["b-2"]),
        ("电 c_", ["C_3"]),
        ("%", []),
        ("_", ["C_3"]),
        ("' OR 1 --", []),
        ("  ", ["C_3", "b-2", "A-1"]),
    ],
)
def test_audits_are_found_by_parts_of_number_and_company(
    library: Library, standard: Standard, words: str, found: list[str]
) -> None:
    for number, company in (("A-1", "华东电梯维修"), ("b-2", "华北电子"), ("C_3", "电器维修服务")):
        library.add(named(standard, number, company), standard)
    assert [one.number for one in library.summaries(words=words)] == found


def test_the_list_follows_every_edit_of_number_type_and_company(library: Library, standard: Standard) -> None:
    audit = named(standard, "A-1", "泵业")
    library.add(audit, standard)
    library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="新泵业"))
    values = {"number": "B-9", "kind": AuditKind.SPECIAL}
    library.apply(ChangeSet(audit.id, tuple(edit(audit, Kind.AUDIT, only_row(Kind.AUDIT), values))))
    found = library.summaries(words="新泵业 b-9")
    assert [(one.id, one.number, one.kind, one.company) for one in found] == [
        (audit.id, "B-9", AuditKind.SPECIAL, "新泵业")
    ]
    assert library.summaries(words="A-1") == []


def test_settings_stay_and_are_replaced(library: Library, tmp_path: Path) -> None:
    assert library.setting("language", "zh") == "zh"
    library.set_setting("language", "en")
    library.set_setting("language", "中")
    again = Library(library.path.parent, who="王敏")
    assert again.setting("language", "zh") == "中"
    again.close()


def test_the_auditor_keeps_phrases_for_an_indicator_and_for_any(library: Library) -> None:
    library.keep_phrase("5.2.4.1", "均在承诺时限内到场")
    library.keep_phrase("", "现场查阅记录，未见异常")
    library.keep_phrase("5.2.4.1", "均在承诺时限内到场")
    assert library.phrases("5.2.4.1") == ["均在承诺时限内到场", "现场查阅记录，未见异常"]
    assert library.phrases("5.1.1.1") == ["现场查阅记录，未见异常"]
    library.drop_phrase("5.2.4.1", "现场查阅记录，未见异常")
    library.drop_phrase("5.2.4.1", "均在承诺时限内到场")
    assert library.phrases("5.2.4.1") == []


def test_what_was_written_on_an_indicator_before_is_found_newest_first(library: Library, standard: Standard) -> None:
    for note, reason in (("应配 2 人", ""), ("配备 3 人，证书有效", "证书过期"), ("应配 2 人", "")):
        sheet = {Clause("5.1.2.2"): Assessment("5.1.2.2", Verdict.NOT_MET, reason=reason, note=note)}
        library.add(with_sheet(empty_audit(standard), sheet), standard)
    assert library.earlier_words("5.1.2.2") == ["应配 2 人", "配备 3 人，证书有效", "证书过期"]
    assert library.earlier_words("5.1.2.2", limit=1) == ["应配 2 人"]
    assert library.earlier_words("5.1.1.1") == []
