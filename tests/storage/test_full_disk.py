"""On a full disk an edit is refused, all before it is safe, and the next one works once there is space."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import apply
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.standard import Standard
from auditor_app.storage.library import Library
from tests.builders import empty_audit, fields_changed

LONG = "在现场看到的情况。" * 400
COMPANY = only_row(Kind.COMPANY)


def edited_until_full(library: Library, audit: Audit) -> Audit:
    """Edit until the disk is full and return the audit as last saved."""
    for number in range(1_000):
        change_set = fields_changed(audit, Kind.COMPANY, COMPANY, scope=f"{number} {LONG}")
        try:
            library.apply(change_set)
        except EnvironmentProblem as problem:
            assert (problem.code, problem.params) == ("disk_full", {"path": library.path})  # noqa: PT017
            return audit
        audit = apply(audit, change_set)
    raise AssertionError("the disk never got full")


def check_saved(library: Library, audit: Audit) -> None:
    """Check that the last saved edit is there, whole, and the history ends with it."""
    assert library.load(audit.id)[1] == audit
    edits = [line for line in library.history(audit.id) if line.field == "scope"]
    assert len(edits) == int(audit.company.scope.split()[0]) + 1


def test_an_edit_on_a_full_disk_is_refused_and_works_again_after_space_returns(library: Library, audit: Audit) -> None:
    pages = library._connection.execute("PRAGMA page_count").fetchone()[0]
    library._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    saved = edited_until_full(library, audit)
    check_saved(library, saved)
    library._connection.execute(f"PRAGMA max_page_count = {pages + 1_000}")
    library.apply(fields_changed(saved, Kind.COMPANY, COMPANY, name="泵业"))
    assert library.load(audit.id)[1].company.name == "泵业"


def test_a_disk_that_really_is_full_costs_no_saved_edit(small_disk: Path, standard: Standard) -> None:
    library = Library(small_disk / "library", who="李工")
    audit = empty_audit(standard)
    library.add(audit, standard)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    saved = edited_until_full(library, audit)
    check_saved(library, saved)
    ballast.unlink()
    library.apply(fields_changed(saved, Kind.COMPANY, COMPANY, name="泵业"))
    library.close()
    reopened = Library(small_disk / "library", who="李工")
    assert reopened.load(audit.id)[1].company.name == "泵业"
    check_saved(reopened, reopened.load(audit.id)[1])
    reopened.close()


def test_a_library_on_a_disk_that_fills_up_at_once_is_told(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_020_000))
    with pytest.raises(EnvironmentProblem) as told:
        Library(small_disk / "library", who="李工")
    assert told.value.code == "disk_full"
