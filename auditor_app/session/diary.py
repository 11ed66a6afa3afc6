"""Notes in the log what is done in a session: kinds and counts."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject

from auditor_app.models.changes import ChangeSet
from auditor_app.models.errors import AuditorError
from auditor_app.models.events import note
from auditor_app.session.session import Session


class Diary(QObject):
    """Listen to a session for as long as it lasts."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.undone.connect(self._on_undone)
        session.failed.connect(self._on_failed)
        session.listed.connect(self._on_listed)

    def _on_opened(self) -> None:
        note("audit_opened", rows=sum(map(len, self._session.audit.rows.values())))

    def _on_changed(self, change_set: ChangeSet) -> None:
        fields = Counter((change.kind, change.field or "row") for change in change_set.changes)
        for (kind, field), times in fields.items():
            note("changed", kind=kind, field=field, times=times)

    def _on_undone(self, change_set: ChangeSet) -> None:
        note("undone", changes=len(change_set.changes))

    def _on_failed(self, error: AuditorError) -> None:
        note("not_written", code=error.code)

    def _on_listed(self) -> None:
        note("audit_added")
