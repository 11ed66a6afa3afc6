"""The open audit and the one way to edit it: validate, write, remember for undo, tell every view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from auditor_app.models.audit import Audit, Kind, StandardRef, new_audit
from auditor_app.models.changes import Change, ChangeSet, apply
from auditor_app.models.errors import AuditorError, EnvironmentProblem, ValidationError
from auditor_app.models.history import HistoryEntry, Sealing
from auditor_app.models.ids import AuditId, Clause, new_id
from auditor_app.models.remarks import Remark, remarks
from auditor_app.models.rules import check_change
from auditor_app.models.scoring import ScoreResult, score_audit
from auditor_app.models.standard import Standard
from auditor_app.models.summary import AuditSummary
from auditor_app.session.merging import Outcome, merged
from auditor_app.storage.library import Library
from auditor_app.storage.sealing import Sign


@dataclass
class Flush:
    """One round of handing in what was typed; an editor that cannot says so."""

    is_complete: bool = True


class Session(QObject):
    """Hold the open audit; `submit` is the only way anything in it changes."""

    opened = Signal()
    """Another audit is shown, or the same one was read anew; views start over."""
    changed = Signal(object)
    """A `ChangeSet` was written; views patch what it touched."""
    undone = Signal(object)
    """The `ChangeSet` of a step that was taken back, as it was made."""
    failed = Signal(object)
    """An `AuditorError`: nothing was written, the window shows what is stored."""
    read_only = Signal()
    """An edit was not taken because the audit is finalised."""
    saved = Signal()
    """An edit reached the disk."""
    listed = Signal()
    """Audits came into the library."""
    flush_requested = Signal(object)
    """Editors hand in what was typed and not yet submitted, and tell the `Flush` when they cannot."""
    phrases_changed = Signal()
    """The auditor keeps other phrases than before."""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._audit: Audit | None = None
        self._standard: Standard | None = None
        self._result: ScoreResult | None = None
        self._remarks: tuple[Remark, ...] | None = None
        self._sealing: Sealing | None = None
        self._step_refused = self._steps_back = self._is_undisturbed = False
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

    @property
    def sealing(self) -> Sealing | None:
        """Return how the open audit was finalised or reopened last, None when it never was."""
        return self._sealing

    @property
    def is_finalised(self) -> bool:
        """Say whether the open audit is read-only until it is reopened."""
        return self._sealing is not None and self._sealing.is_final

    def history(self) -> list[HistoryEntry]:
        """Return every change of the open audit, oldest first; raises `EnvironmentProblem`."""
        return self._library.history(self.audit.id)

    def holds(self, audit_id: AuditId) -> bool:
        """Say whether the library has an audit with this id."""
        return self._library.holds(audit_id)

    def summaries(self, limit: int, words: str = "", after: AuditSummary | None = None) -> list[AuditSummary]:
        """Return a page of what the list of audits shows, as `Library.summaries` does; raises `EnvironmentProblem`."""
        return self._library.summaries(limit, words=words, after=after)

    def count_audits(self) -> int:
        """Return how many audits there are; raises `EnvironmentProblem`."""
        return self._library.count()

    def stored(self, audit_id: AuditId) -> Audit:
        """Return an audit as it is stored, the open one or another; raises `AuditorError`."""
        return self._state_of(audit_id)[1]

    def result_of(self, audit_id: AuditId) -> ScoreResult:
        """Return the score of an audit as it is stored; raises `AuditorError`."""
        return self._library.result(audit_id)

    def newest(self) -> AuditId | None:
        """Return the audit that was edited last."""
        return self._library.newest()

    def setting(self, key: str, default: str = "") -> str:
        """Return a stored setting of the library."""
        return self._library.setting(key, default)

    @property
    def is_read_only(self) -> bool:
        """Say whether the library was opened for reading only: every edit is refused then."""
        return self._library.is_read_only

    def set_setting(self, key: str, value: str) -> None:
        """Store a setting of the library; for reading only it is forgotten. Raises `EnvironmentProblem`."""
        if not self.is_read_only:
            self._library.set_setting(key, value)

    def phrases(self, clause: str) -> list[str]:
        """Return the phrases kept for an indicator, then those for any; raises `EnvironmentProblem`."""
        return self._library.phrases(clause)

    def keep_phrase(self, clause: str, text: str) -> None:
        """Keep a phrase for an indicator, or with an empty clause for any; raises `EnvironmentProblem`."""
        self._library.keep_phrase(clause, text)
        self.phrases_changed.emit()

    def drop_phrase(self, clause: str, text: str) -> None:
        """Keep a phrase no more, neither for this indicator nor for any; raises `EnvironmentProblem`."""
        self._library.drop_phrase(clause, text)
        self.phrases_changed.emit()

    def earlier_words(self, clause: str) -> list[str]:
        """Return the notes and reasons on an indicator in other audits, newest first; raises `EnvironmentProblem`."""
        mine = self.audit.assessment(Clause(clause))
        return [text for text in self._library.earlier_words(clause) if text not in (mine.note, mine.reason)]

    def create(self, standard: Standard) -> AuditId:
        """Make an empty audit and open it; raises `EnvironmentProblem`."""
        return self.add(standard, new_audit(AuditId(new_id()), StandardRef(standard.id, standard.version)))

    def add(self, standard: Standard, audit: Audit, origin: str = "") -> AuditId:
        """Take an audit into the library and open it; one that is there already and says the same is just opened.

        Its history tells the origin. Raises `ValidationError` where one with its id differs, `EnvironmentProblem`.
        """
        self.open(audit.id, is_new=self._library.add(audit, standard, origin))
        return audit.id

    def open(self, audit_id: AuditId, *, is_new: bool = False) -> None:
        """Hand in what is typed, then show another audit, `is_new` where it just came into the library, here or aside.

        Raises `AuditorError`, the open one stays then.
        """
        if is_new:
            self.listed.emit()
        if self._audit is not None:
            self.flush()
        self._read(audit_id)
        self.undo_group.setActiveStack(self._stack_of(audit_id))
        self.opened.emit()

    def finalise(self, sign: Sign | None = None, signer: str = "") -> None:
        """Make the open audit read-only; what was done can be undone no more.

        Raises `ValidationError` while an indicator is unjudged, `EnvironmentProblem` when the disk refuses or another
        window changed something; the audit is not finalised then.
        """
        self._seal(lambda: self._library.finalise(self.audit, sign, signer))

    def reopen(self, reason: str) -> None:
        """Let the open audit be edited again; raises `ValidationError` without a reason, `EnvironmentProblem`."""
        self._seal(lambda: self._library.reopen(self.audit.id, reason))

    def look_again(self) -> None:
        """Read the open audit anew if it was finalised or reopened elsewhere; raises `EnvironmentProblem`."""
        # What is still being typed is refused by the library, told, and read anew for; what is no value waits.
        if self._is_sealed_elsewhere() and self.flush() and self._is_sealed_elsewhere():
            self._stack_of(self.audit.id).clear()
            self._read_again()

    def _is_sealed_elsewhere(self) -> bool:
        return self.is_open and self._library.is_finalised(self.audit.id) != self.is_finalised

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Do something that nobody asked for, such as filling a tab nobody sees: what is being typed goes on."""
        self._is_undisturbed = True
        try:
            yield
        finally:
            self._is_undisturbed = False

    def flush(self) -> bool:
        """Have every editor submit what was typed; say whether all of it is stored now."""
        flush = Flush()
        if not self._is_undisturbed:
            self.flush_requested.emit(flush)
        return flush.is_complete

    def submit(self, changes: Iterable[Change], text: str, merge_key: str = "") -> bool:
        """Write changes as one transaction and one undo step; `text` names it in the undo menu.

        Steps in a row with the same `merge_key` (one visit to one text field) are one undo step.
        Raises `ValidationError` when the domain refuses; nothing is written then. When the disk refuses,
        `failed` is emitted, nothing is written and no step is kept; the answer is False when the same changes may
        be offered again, and True after a change from elsewhere, for which the views start over. So they do when the
        audit is finalised, and `read_only` tells that it is.
        """
        return self.submit_to(self.audit.id, changes, text, merge_key)

    def submit_to(self, audit_id: AuditId, changes: Iterable[Change], text: str, merge_key: str = "") -> bool:
        """Do as `submit` does in an audit that may have been left meanwhile; the step waits in its own undo menu."""
        change_set = ChangeSet(audit_id, tuple(changes))
        if not change_set.changes:
            return True
        if self.is_read_only or self._is_final(audit_id):
            self.opened.emit()
            if self.is_read_only:
                self.failed.emit(ValidationError("audit", "opened_read_only"))
            else:
                self.read_only.emit()
            return True
        standard, audit = self._state_of(audit_id)
        check_change(standard, apply(audit, change_set), change_set)
        edit = _Edit(self, change_set, text, merge_key)
        self._stack_of(audit_id).push(edit)
        return edit.outcome is not Outcome.REFUSED

    def undo(self) -> None:
        """Take the last step back; text still being typed is handed in first and is that step.

        A step that the disk refuses to take back stays in force, and so stays the last one.
        """
        self.flush()
        self.undo_group.undo()
        if self._step_refused:
            self._without_writing(self.undo_group.redo)

    def redo(self) -> None:
        """Do the step again that was taken back."""
        self.flush()
        self.undo_group.redo()
        if self._step_refused:
            self._without_writing(self.undo_group.undo)

    def close(self) -> None:
        """Hand in what is typed, forget the undo steps and close the library."""
        self.flush()
        for stack in self._stacks.values():
            # Now, for PySide deletes commands twice when stack and session are thrown away together, and crashes.
            stack.clear()
        self._library.close()

    def _without_writing(self, move: Callable[[], None]) -> None:
        """Move the place in the undo stack, and nothing else."""
        self._step_refused, self._steps_back = False, True
        try:
            move()
        finally:
            self._steps_back = False

    def _write(self, change_set: ChangeSet) -> Outcome:
        """Write a change set and tell the views."""
        try:
            self._library.apply(change_set)
        except EnvironmentProblem as problem:
            is_stale = problem.code in ("changed_elsewhere", "audit_finalised")
            if is_stale:
                self._read_again()
            self.failed.emit(problem)
            return Outcome.STALE if is_stale else Outcome.REFUSED
        if change_set.audit_id == self.audit.id:
            before, self._audit = self.result, apply(self.audit, change_set)
            clauses = {Clause(change.id) for change in change_set.changes if change.kind is Kind.ASSESSMENT}
            self._result, self._remarks = score_audit(self.standard, self._audit, before, clauses), None
            self.changed.emit(change_set)
        self.saved.emit()
        return Outcome.WRITTEN

    def _state_of(self, audit_id: AuditId) -> tuple[Standard, Audit]:
        return (self.standard, self.audit) if audit_id == self.audit.id else self._library.load(audit_id)

    def _stack_of(self, audit_id: AuditId) -> QUndoStack:
        if audit_id not in self._stacks:
            self._stacks[audit_id] = QUndoStack(self.undo_group)
        return self._stacks[audit_id]

    def _is_final(self, audit_id: AuditId) -> bool:
        sealing = self._sealing if audit_id == self.audit.id else self._library.sealing(audit_id)
        return sealing is not None and sealing.is_final

    def _seal(self, write: Callable[[], Sealing]) -> None:
        """Finalise or reopen the open audit, with what was typed; the views start over."""
        self.flush()
        try:
            self._sealing = write()
        except EnvironmentProblem as problem:
            if problem.code == "changed_elsewhere":
                self._read_again()
            raise
        self._stack_of(self.audit.id).clear()
        self.opened.emit()
        self.saved.emit()

    def _read(self, audit_id: AuditId) -> None:
        (self._standard, self._audit), self._sealing = self._library.load(audit_id), self._library.sealing(audit_id)
        self._result = self._remarks = None

    def _read_again(self) -> None:
        try:
            self._read(self.audit.id)
        except AuditorError:
            return
        self.opened.emit()


class _Edit(QUndoCommand):
    """One undo step: a change set, and its inverse through the same door."""

    def __init__(self, session: Session, change_set: ChangeSet, text: str, merge_key: str) -> None:
        super().__init__(text)
        self.outcome = Outcome.REFUSED
        self._was_written = False
        self._session = session
        self._change_set = change_set
        self._merge_key = merge_key

    def redo(self) -> None:
        self._step(self._change_set)

    def undo(self) -> None:
        self._step(self._change_set.inverse)
        if self.outcome is Outcome.WRITTEN:
            self._session.undone.emit(self._change_set)

    def _step(self, change_set: ChangeSet) -> None:
        if self._session._steps_back:
            return
        self.outcome = Outcome.REFUSED
        try:
            self.outcome = self._session._write(change_set)
        finally:
            is_refused = self.outcome is Outcome.REFUSED
            # Qt would keep a command that did nothing, whatever kept it from doing it.
            if self.outcome is Outcome.STALE or (is_refused and not self._was_written):
                self.setObsolete(True)
            self._session._step_refused = is_refused and self._was_written
            self._was_written = self._was_written or not is_refused

    def id(self) -> int:
        return 1 if self._merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        later = cast(_Edit, other)
        # Qt offers a failed command too: nothing of it was written, so nothing of it may be taken back.
        if later._merge_key != self._merge_key or later.isObsolete():
            return False
        whole = merged(self._change_set, later._change_set)
        if whole is None:
            return False
        self._change_set = whole
        # A visit that ends where it began is no step.
        self.setObsolete(not whole.changes)
        return True
