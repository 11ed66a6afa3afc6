"""The program is killed at random moments, and everything that was on the screen is in the library afterwards."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, add
from auditor_app.models.ids import AuditId
from auditor_app.models.standard import Standard
from auditor_app.storage.backup import make_backup
from auditor_app.storage.columns import history_json
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import Library
from tests.builders import empty_audit, fields_changed
from tests.crash.__main__ import Crew, Result
from tests.crash.faults import need_compiler
from tests.crash.kills import Event, Round, compare
from tests.crash.soundness import damage
from tests.packages.sealing import small_audit

ROUNDS = 3
COMPANY = only_row(Kind.COMPANY)


@pytest.mark.long
def test_a_program_killed_at_random_moments_kept_everything_it_had_shown(tmp_path: Path) -> None:
    need_compiler()
    results: list[Result] = []
    assert Crew(tmp_path, workers=1).run([("kills", "1", str(ROUNDS))], results.append)
    assert len(results) == ROUNDS
    assert [result for result in results if result["wrong"]] == []
    assert sum(result["edits"] for result in results) > 0


# What the harness would notice.


@pytest.fixture
def audited(tmp_path: Path, standard: Standard) -> Audit:
    """Give an audit that is stored in a library in a folder of its own."""
    audit = empty_audit(standard)
    with closing(Library(tmp_path, "李工")) as library:
        library.add(audit, standard)
    return audit


def edited(audit: Audit, scope: str) -> Event:
    """Return what the program tells of an edit."""
    (change,) = fields_changed(audit, Kind.COMPANY, COMPANY, scope=scope).changes
    values = (history_json(change.kind, change.field, value) for value in (change.before, change.after))
    return {"event": "changed", "audit": audit.id, "changes": [[change.kind, change.id, change.field, *values]]}


def compared(folder: Path, audit_id: AuditId, *told: Event) -> Round:
    """Return what is noted of a library after these events."""
    round_ = Round(0, "")
    with closing(Library(folder, "checker")) as library:
        known = {audit_id: len(library.history(audit_id))}
    compare(folder, known, list(told), round_)
    return round_


def test_an_edit_that_was_shown_and_is_not_there_is_noticed(tmp_path: Path, audited: Audit) -> None:
    round_ = compared(tmp_path, audited.id, edited(audited, "泵"))
    assert round_.lost == 1
    assert round_.wrong


def test_an_audit_that_was_shown_and_is_not_there_is_noticed(tmp_path: Path, audited: Audit) -> None:
    assert compared(tmp_path, audited.id, {"event": "opened", "audit": "another"}).wrong


def test_a_finalised_audit_that_is_open_again_is_noticed(tmp_path: Path) -> None:
    audit = small_audit(tmp_path)[1]
    with closing(Library(tmp_path, "李工")) as library:
        library.add(audit, small_audit(tmp_path)[0])
        known = library.history(audit.id)
        sealing = library.finalise(audit)
    told: Event = {"event": "sealed", "audit": audit.id, "head": sealing.head, "rows": sealing.rows}
    compare(tmp_path, {audit.id: len(known)}, [told], kept := Round(0, ""))
    assert not kept.wrong
    compare(tmp_path, {audit.id: len(known)}, [told | {"head": known[-1].link}], lost := Round(0, ""))
    assert lost.lost == 1


def test_a_backup_that_was_told_of_and_is_not_there_is_noticed(tmp_path: Path, audited: Audit) -> None:
    made = make_backup(tmp_path)
    assert made is not None
    told: Event = {"event": "backed up", "made": made.made_at.isoformat()}
    assert not compared(tmp_path, audited.id, told).wrong
    made.path.write_bytes(made.path.read_bytes()[:-1] + b"x")
    assert any("not whole" in what for what in compared(tmp_path, audited.id, told).wrong)
    made.path.unlink()
    assert any("told of is not there" in what for what in compared(tmp_path, audited.id, told).wrong)


def test_a_text_that_rested_and_is_not_there_is_noticed(tmp_path: Path, audited: Audit) -> None:
    place = {"event": "rested", "audit": audited.id, "kind": "company", "row": COMPANY, "field": "scope"}
    opened = {"event": "opened", "audit": audited.id}
    assert compared(tmp_path, audited.id, opened, place | {"text": "泵"}).wrong
    assert not compared(tmp_path, audited.id, opened, place | {"text": ""}).wrong


def test_content_of_evidence_that_is_gone_or_changed_is_noticed(tmp_path: Path, standard: Standard) -> None:
    audit = small_audit(tmp_path)[1]
    row_id, row = next(iter(audit.of(Kind.EVIDENCE).items()))
    with closing(Library(tmp_path, "李工")) as library:
        empty = empty_audit(standard)
        library.add(empty, standard)
        library.apply(ChangeSet(empty.id, (add(Kind.EVIDENCE, row_id, row),)))
    assert damage(tmp_path) == []
    path = EvidenceStore(tmp_path).path(row.sha256)
    path.write_bytes(b"other")
    assert any("is not what its name says" in what for what in damage(tmp_path))
    path.unlink()
    assert any("is not there" in what for what in damage(tmp_path))
