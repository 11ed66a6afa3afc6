"""A session with one audit open, on a library of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.models.standard import Standard
from auditor_app.session.session import Session
from auditor_app.storage import connection
from auditor_app.storage.library import Library


@dataclass
class Heard:
    """What the session told its views."""

    changed: list[ChangeSet] = field(default_factory=list)
    failed: list[AuditorError] = field(default_factory=list)
    opened: list[None] = field(default_factory=list)

    def listen(self, session: Session) -> Heard:
        """Hear this session from now on."""
        session.changed.connect(self.changed.append)
        session.failed.connect(self.failed.append)
        session.opened.connect(lambda: self.opened.append(None))
        return self

    @property
    def problems(self) -> list[str]:
        """Return the codes of what failed."""
        return [error.code for error in self.failed]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds until a lock is given up."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the library."""
    return tmp_path / "library"


@pytest.fixture
def session(qapp: QCoreApplication, folder: Path, standard: Standard) -> Iterator[Session]:
    """Give a session with an empty audit open."""
    session = Session(Library(folder, "李工"))
    session.create(standard)
    yield session
    session.close()


@pytest.fixture
def heard(session: Session) -> Heard:
    """Give what the session tells from now on."""
    return Heard().listen(session)


def undo_steps(session: Session) -> list[Any]:
    """Return the names of the steps that could be taken back, oldest first."""
    stack = session.undo_group.activeStack()
    return [stack.text(place) for place in range(stack.index())]
