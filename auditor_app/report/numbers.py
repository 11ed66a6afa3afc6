"""Numbers by which sheets refer to one another: evidence `E01`, samples within their indicator, findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.findings import numbers
from auditor_app.models.ids import RowId

# So many in a row are shortened to the first and the last.
_SHORTENED_FROM = 3


class Numbers:
    """The numbers of one audit; rows count in the order they were added, so that a later one moves no other."""

    def __init__(self, audit: Audit) -> None:
        self._evidence = {row_id: number for number, row_id in enumerate(audit.of(Kind.EVIDENCE), 1)}
        self._findings = numbers(audit)
        self._samples: dict[RowId, int] = {}
        self._samples_of: dict[str, list[RowId]] = defaultdict(list)
        for row_id, sample in audit.of(Kind.SAMPLE).items():
            self._samples_of[sample.clause].append(row_id)
            self._samples[row_id] = len(self._samples_of[sample.clause])
        self._on: dict[tuple[EvidenceSubject, str], list[int]] = defaultdict(list)
        for row_id, evidence in audit.of(Kind.EVIDENCE).items():
            self._on[evidence.subject_kind, evidence.subject].append(self._evidence[row_id])

    def sample(self, row_id: RowId) -> int:
        """Return the number of a sample among those of its indicator."""
        return self._samples[row_id]

    def finding(self, row_id: RowId) -> int:
        """Return the number of a finding."""
        return self._findings[row_id]

    def evidence(self, row_id: RowId) -> str:
        """Return the number of a piece of evidence."""
        return _name(self._evidence[row_id])

    def evidence_on(self, kind: EvidenceSubject, subject: str) -> str:
        """Return the numbers of the evidence at one place."""
        return _list(self._on.get((kind, subject), ()))

    def evidence_of_indicator(self, clause: str) -> str:
        """Return the numbers of the evidence on an indicator and on its samples."""
        found = list(self._on.get((EvidenceSubject.INDICATOR, clause), ()))
        for row_id in self._samples_of.get(clause, ()):
            found += self._on.get((EvidenceSubject.SAMPLE, row_id), ())
        return _list(found)


def _name(number: int) -> str:
    return f"E{number:02d}"


def _list(numbers: Iterable[int]) -> str:
    """Return numbers in words, `E01–E04 E09`: a cell may break between them and nowhere else."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return " ".join(_run(run) for run in runs)


def _run(numbers: list[int]) -> str:
    if len(numbers) < _SHORTENED_FROM:
        return " ".join(map(_name, numbers))
    return f"{_name(numbers[0])}–{_name(numbers[-1])}"
