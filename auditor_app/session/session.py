"""The open audit and the one way to edit it: validate, write, remember for undo, tell every view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from auditor_app.models.audit import Audit, StandardRef, new_audit
from auditor_app.models.changes import WHOLE_ROW, Change, ChangeSet, apply
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.fields import with_value
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.remarks import Remark, remarks
from auditor_app.models.rules import check_change
from auditor_app.models.scoring import ScoreResult, score_audit
from auditor_app.models.standard import Standard
from auditor_app.models.summary import AuditSummary
from auditor_app.storage.library import Library


class Session(QObject):
    """Hold the open audit; `submit` is the only way anything in it changes."""

    opened = Signal()
    """Another audit is shown, or the same one was read anew; views start over."""
    changed = Signal(object)
    """A `ChangeSet` was written; views patch what it touched."""
    failed = Signal(object)
    """An `AuditorError`: nothing was written, the window shows what is stored."""
    saved = Signal()
    """An edit reached the disk."""
    listed = Signal()
    """Audits came into the library."""
    flush_requested = Signal()
    """Editors hand in what was typed and not yet submitted."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._audit: Audit | None = None
        self._standard: Standard | None = None
        self._result: ScoreResult | None = None
        self._remarks: tuple[Remark, ...] | None = None
        self._stacks: dict[AuditId, QUndoStack] = {}
        self.undo_group = QUndoGroup(self)

    @property
    def is_open(self) -> bool:
        """Say whether an audit is open."""
        return self._audit is not None

    @property
    def audit(self) -> Audit:
        """Return the open audit as it is stored."""
        assert self._audit is not None
        return self._audit

    @property
    def standard(self) -> Standard:
        """Return the standard pack of the open audit."""
        assert self._standard is not None
        return self._standard

    @property
    def result(self) -> ScoreResult:
        """Return the score of the open audit."""
        if self._result is None:
            self._result = score_audit(self.standard, self.audit)
        return self._result

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what to look at in the open audit today."""
        if self._remarks is None:
            self._remarks = remarks(self.standard, self.audit, date.today())
        return self._remarks

    def holds(self, audit_id: AuditId) -> bool:
        """Say whether the library has an audit with this id."""
        return self._library.holds(audit_id)

    def summaries(self) -> list[AuditSummary]:
        """Return what the list of audits shows."""
        return self._library.summaries()

    def summary(self) -> AuditSummary:
        """Return what the list of audits shows of the open one."""
        info = self.audit.info
        return AuditSummary(self.audit.id, info.number, info.kind, self.audit.company.name)

    def result_of(self, audit_id: AuditId) -> ScoreResult:
        """Return the score of any audit of the library; raises `AuditorError`."""
        is_open = self._audit is not None and audit_id == self._audit.id
        return self.result if is_open else self._library.result(audit_id)

    def newest(self) -> AuditId | None:
        """Return the audit that was edited last."""
        return self._library.newest()

    def setting(self, key: str, default: str = "") -> str:
        """Return a stored setting of the library."""
        return self._library.setting(key, default)

    def set_setting(self, key: str, value: str) -> None:
        """Store a setting of the library; raises `EnvironmentProblem`."""
        self._library.set_setting(key, value)

    def create(self, standard: Standard) -> AuditId:
        """Make an empty audit and open it; raises `EnvironmentProblem`."""
        return self.add(standard, new_audit(AuditId(new_id()), StandardRef(standard.id, standard.version)))

    def add(self, standard: Standard, audit: Audit) -> AuditId:
        """Take an audit into the library and open it; one that is there already and says the same is just opened.

        Raises `ValidationError` when one with its id says something else, `EnvironmentProblem` when the disk refuses.
        """
        self.flush()
        if self._library.add(audit, standard):
            self.listed.emit()
        self.open(audit.id)
        return audit.id

    def open(self, audit_id: AuditId) -> None:
        """Hand in what is typed, then show another audit; raises `AuditorError`, the open one stays then."""
        if self._audit is not None:
            self.flush()
        self._standard, self._audit = self._library.load(audit_id)
        self._result = self._remarks = None
        if audit_id not in self._stacks:
            self._stacks[audit_id] = QUndoStack(self.undo_group)
        self.undo_group.setActiveStack(self._stacks[audit_id])
        self.opened.emit()

    def flush(self) -> None:
        """Have every editor submit what was typed."""
        self.flush_requested.emit()

    def submit(self, changes: Iterable[Change], text: str, merge_key: str = "") -> None:
        """Write changes as one transaction and one undo step; `text` names it in the undo menu.

        Steps in a row with the same `merge_key` (one visit to one text field) are one undo step.
        Raises `ValidationError` when the domain refuses; nothing is written then. When the disk refuses,
        `failed` is emitted, nothing is written and no step is kept.
        """
        change_set = ChangeSet(self.audit.id, tuple(changes))
        if not change_set.changes:
            return
        check_change(self.standard, apply(self.audit, change_set), change_set)
        self.undo_group.activeStack().push(_Edit(self, change_set, text, merge_key))

    def undo(self) -> None:
        """Take the last step back; text still being typed is handed in first and is that step."""
        self.flush()
        self.undo_group.undo()

    def redo(self) -> None:
        """Do the step again that was taken back."""
        self.flush()
        self.undo_group.redo()

    def close(self) -> None:
        """Hand in what is typed and close the library."""
        self.flush()
        self._library.close()

    def _write(self, change_set: ChangeSet) -> bool:
        """Write a change set and tell the views; say whether it was written."""
        try:
            self._library.apply(change_set)
        except EnvironmentProblem as problem:
            if problem.code == "changed_elsewhere":
                self._read_again()
            self.failed.emit(problem)
            return False
        self._audit = apply(self.audit, change_set)
        self._result = self._remarks = None
        self.changed.emit(change_set)
        self.saved.emit()
        return True

    def _read_again(self) -> None:
        try:
            self._standard, self._audit = self._library.load(self.audit.id)
        except AuditorError:
            return
        self._result = self._remarks = None
        self.opened.emit()


class _Edit(QUndoCommand):
    """One undo step: a change set, and its inverse through the same door."""

    def __init__(self, session: Session, change_set: ChangeSet, text: str, merge_key: str) -> None:
        super().__init__(text)
        self._session = session
        self._change_set = change_set
        self._merge_key = merge_key

    def redo(self) -> None:
        self._write(self._change_set)

    def undo(self) -> None:
        self._write(self._change_set.inverse)

    def _write(self, change_set: ChangeSet) -> None:
        # Qt would keep a command that did nothing, whatever kept it from doing it.
        written = False
        try:
            written = self._session._write(change_set)
        finally:
            if not written:
                self.setObsolete(True)

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        later = cast(_Edit, other)
        # Qt offers a failed command too: nothing of it was written, so nothing of it may be taken back.
        if later._merge_key != self._merge_key or later.isObsolete():
            return False
        merged = _merged(self._change_set, later._change_set)
        if merged is None:
            return False
        self._change_set = merged
        return True


def _merged(earlier: ChangeSet, later: ChangeSet) -> ChangeSet | None:
    """Return one change set for two edits in a row of one field, None when they are not that."""
    if len(earlier.changes) != 1 or len(later.changes) != 1:
        return None
    (mine,), (its,) = earlier.changes, later.changes
    if (mine.kind, mine.id) != (its.kind, its.id) or its.field == WHOLE_ROW:
        return None
    if mine.field == its.field:
        after = its.after
    elif mine.field == WHOLE_ROW and mine.after is not None:
        # The first keystroke made the row; the later ones are part of making it.
        after = with_value(mine.after, its.field, its.after)
    else:
        return None
    return ChangeSet(earlier.audit_id, (replace(mine, after=after),))
