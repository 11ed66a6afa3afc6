"""What becomes of files that are being added, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import EvidenceSubject
from auditor_app.session.batch import Batch

_NAMED_BY_SUBJECT = (EvidenceSubject.INDICATOR, EvidenceSubject.DOCUMENT)
# More lines than these nobody reads; the files are still where they came from.
MOST_LINES = 6


class BatchWords(QObject):
    """Say how far a batch is, and how it ended."""

    def __init__(self, words: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def progress(self, batch: Batch, is_here: bool) -> str:
        """Return how far a batch is, and where it goes unless that is here."""
        number, place = min(batch.done + 1, batch.total), batch.place
        if is_here or place.subject_kind not in _NAMED_BY_SUBJECT:
            return self.tr("Adding {0} of {1} …").format(number, batch.total)
        return self.tr("Adding {0} of {1} to {2} …").format(number, batch.total, place.subject)

    def summary(self, batch: Batch) -> str:
        """Return in one line how a batch ended."""
        if batch.total == 1:
            return self.tr("Added: {0}").format(batch.added[0]) if batch.added else self.troubles(batch)
        parts = [self.tr("{0} of {1} files added").format(len(batch.added), batch.total)]
        if batch.repeated:
            parts.append(self.tr("{0} already here").format(len(batch.repeated)))
        if missed := len(batch.refused) + batch.left_out:
            parts.append(self.tr("{0} not added").format(missed))
        return self.tr(", ").join(parts)

    def troubles(self, batch: Batch) -> str:
        """Return what a batch did not add and why, a line each; empty when it added everything."""
        lines = [self.tr("“{0}” is already here.").format(name) for name in batch.repeated]
        lines += [self._words.error(refused.error) for refused in batch.refused]
        more = len(lines) - MOST_LINES
        if more > 0:
            lines[MOST_LINES:] = [self.tr("… and {0} more of the same kind.").format(more)]
        if batch.problem is not None:
            lines.append(self._words.error(batch.problem))
        if batch.left_out:
            lines.append(self.tr("Left out: {0}. Add them again when you want them.").format(batch.left_out))
        if lines and batch.added:
            lines.insert(0, self.tr("{0} of {1} files added.").format(len(batch.added), batch.total))
        return "\n".join(lines)
