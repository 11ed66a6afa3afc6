"""A library of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Finding, Site, SpecialDeduction, TeamMember
from auditor_app.models.enums import Grade, Ground, Verdict
from auditor_app.models.standard import Standard
from auditor_app.storage import connection
from auditor_app.storage.library import Library
from tests.builders import all_met, empty_audit, sampled, with_rows, with_sheet, with_verdict


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds until a lock is given up."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Give a library in a folder that it makes itself."""
    opened = Library(tmp_path / "library", who="李工")
    yield opened
    opened.close()


@pytest.fixture
def audit(library: Library, standard: Standard) -> Audit:
    """Give an audit that is stored in the library, with rows of several kinds."""
    sheet = with_verdict(all_met(standard), Verdict.NOT_MET, "5.1.2.2")
    stored = with_rows(
        with_sheet(empty_audit(standard), sampled(sheet, "5.2.4.1", 3, 1)),
        (Kind.TEAM, "row-1", TeamMember("李工")),
        (Kind.SITE, "row-1", Site("S1", "总部")),
        (Kind.SPECIAL_DEDUCTION, "row-1", SpecialDeduction(Ground.LAW, "5.2.5", "no recall", "S1")),
        (Kind.FINDING, "row-1", Finding(Grade.MINOR, "5.1.1.1", "one post vacant", "S1")),
    )
    library.add(stored, standard)
    return stored
