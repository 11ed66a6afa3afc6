"""The files of one drop, paste or dialog on their way to the place they were meant for, whatever is shown meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, Signal

from auditor_app.models.audit import Kind
from auditor_app.models.changes import WHOLE_ROW, ChangeSet, add
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.models.evidence import evidence_on
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.stored import StoredFacts
from auditor_app.session.intake import Intake, Source
from auditor_app.session.session import Session

_numbers = count()


@dataclass(frozen=True)
class Place:
    """Where evidence goes: `subject` as in `Evidence`, of one audit."""

    audit_id: AuditId
    subject_kind: EvidenceSubject
    subject: str


@dataclass(frozen=True)
class Refused:
    """A file that did not become evidence, and why."""

    name: str
    error: AuditorError


class Batch(QObject):
    """Files that arrive together; those added are one undo step unless another edit came between."""

    progressed = Signal()
    arrived = Signal(str)
    """Content with this sha256 is stored."""
    ended = Signal()
    """Every file is accounted for."""

    def __init__(self, place: Place, total: int, text: str, pasted_name: str, intake: Intake, parent: QObject) -> None:
        """Expect so many files; `text` names the undo step, `pasted_name` is that of a picture that was no file."""
        super().__init__(parent)
        self.place = place
        self.total = total
        self.repeated: list[str] = []
        """Names of files whose content is at the place already."""
        self.refused: list[Refused] = []
        self.problem: AuditorError | None = None
        """Why the rest was not tried any more, unless the session has said so."""
        self.is_running = True
        self._text = text
        self._pasted_name = pasted_name
        self._merge_key = f"files-{next(_numbers)}"
        self._added: dict[RowId, str] = {}
        self._stored: deque[StoredFacts] = deque()
        self._is_taken = False
        self._is_cancelled = False
        self._is_given_up = False
        self._intake = intake
        intake.setParent(self)
        intake.added.connect(self._on_added)
        intake.refused.connect(self._on_refused)
        intake.finished.connect(self._on_finished)

    @property
    def added(self) -> list[str]:
        """Return the names of files that were made evidence, without those taken back while it ran."""
        return list(self._added.values())

    @property
    def done(self) -> int:
        """Return how many files are accounted for."""
        return len(self._added) + len(self.repeated) + len(self.refused)

    @property
    def left_out(self) -> int:
        """Return how many files were not tried or not written, once the batch has ended."""
        return 0 if self.is_running else self.total - self.done

    @property
    def is_waiting(self) -> bool:
        """Say whether something is stored and waits to be written."""
        return bool(self._stored)

    def take(self, sources: Sequence[Source]) -> None:
        """Store the files in the background."""
        if self._is_cancelled:
            self._on_finished()
        else:
            self._intake.add(sources)

    def cancel(self) -> None:
        """Leave out what is not stored yet; what was added stays."""
        self._is_cancelled = True
        self._intake.cancel()

    def close(self) -> None:
        """Leave out what is not stored yet, and wait for the file at hand."""
        self._is_cancelled = True
        self._intake.close()

    def take_back(self, change_set: ChangeSet) -> None:
        """Leave out the rest when a step was undone that added files of this batch: who undoes it wants none."""
        made = {change.id for change in change_set.changes if change.field == WHOLE_ROW and change.before is None}
        gone = self._added.keys() & made
        if gone:
            self._added = {row_id: name for row_id, name in self._added.items() if row_id not in gone}
            self._give_up(None)
            self.progressed.emit()
            self._end_if_done()

    def write(self, session: Session, limit: int) -> None:
        """Write rows for what is stored and waits, at most so many."""
        stored = [self._stored.popleft() for _ in range(min(limit, len(self._stored)))]
        try:
            self._write(session, stored)
        except AuditorError as error:
            self._give_up(error)
        self.progressed.emit()
        self._end_if_done()

    def _write(self, session: Session, stored: Sequence[StoredFacts]) -> None:
        rows = {RowId(new_id()): row for row in self._rows(session, stored)}
        changes = [add(Kind.EVIDENCE, row_id, row) for row_id, row in rows.items()]
        if session.submit_to(self.place.audit_id, changes, self._text, self._merge_key):
            self._added |= {row_id: row.name for row_id, row in rows.items()}
        else:
            self._give_up(None)

    def _rows(self, session: Session, stored: Sequence[StoredFacts]) -> list[Evidence]:
        """Return the evidence to add; what is at the place already is only noted."""
        place, audit = self.place, session.stored(self.place.audit_id)
        seen = {row.sha256 for row in evidence_on(audit, place.subject_kind, place.subject).values()}
        rows = []
        for facts in stored:
            row = self._row(facts)
            if facts.sha256 in seen:
                self.repeated.append(row.name)
            else:
                rows.append(row)
            seen.add(facts.sha256)
        return rows

    def _row(self, facts: StoredFacts) -> Evidence:
        return Evidence(
            *(self.place.subject_kind, self.place.subject, facts.sha256),
            name=facts.name or self._pasted_name,
            media_type=facts.media_type,
            size=facts.size,
            taken_at=facts.taken_at,
        )

    def _give_up(self, problem: AuditorError | None) -> None:
        """Write no more files, not even the one at hand: all would be refused, or nobody wants them."""
        self.problem = self.problem or problem
        self._is_given_up = True
        self._stored.clear()
        self.cancel()

    def _on_added(self, facts: StoredFacts) -> None:
        if not self._is_given_up:
            self._stored.append(facts)
        self.arrived.emit(facts.sha256)

    def _on_refused(self, name: str, error: AuditorError) -> None:
        self.refused.append(Refused(name or self._pasted_name, error))
        if isinstance(error, EnvironmentProblem):
            # A full disk takes none of the others either.
            self.cancel()
        self.progressed.emit()

    def _on_finished(self) -> None:
        self._is_taken = True
        self._end_if_done()

    def _end_if_done(self) -> None:
        if self.is_running and self._is_taken and not self._stored:
            self.is_running = False
            self.ended.emit()
