"""Where each piece of evidence goes in a bundle, and what it is about, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.findings import numbers
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.standard import Standard
from auditor_app.packages.names import folder_name, safe_text

LONGEST_ABOUT = 120


@dataclass(frozen=True)
class Place:
    """A folder of the bundle; `clause` is that of the row, or the id of the document, `about` what it is about."""

    folder: str
    clause: str
    about: str


@dataclass(frozen=True)
class Item:
    """A piece of evidence with its number, the same as in the report, and its place."""

    number: str
    row: Evidence
    place: Place


def plan(standard: Standard, audit: Audit, words: Catalogue) -> tuple[Item, ...]:
    """Return every piece of evidence by folder, and within a folder in the order they were added.

    The clauses come first, in the order of the standard, then documents, findings and meetings.
    """
    places = _Places(standard, audit, words)
    items = [
        Item(f"E{number:02d}", row, places.of(row)) for number, row in enumerate(audit.of(Kind.EVIDENCE).values(), 1)
    ]
    by_folder: dict[str, list[Item]] = {folder: [] for folder in places.folders}
    for item in items:
        by_folder.setdefault(item.place.folder, []).append(item)
    return tuple(item for folder in by_folder.values() for item in folder)


class _Places:
    def __init__(self, standard: Standard, audit: Audit, words: Catalogue) -> None:
        self._standard, self._audit, self._words = standard, audit, words
        self._findings = numbers(audit)
        self._samples: dict[RowId, int] = {}
        counted: dict[str, int] = defaultdict(int)
        for row_id, sample in audit.of(Kind.SAMPLE).items():
            counted[sample.clause] += 1
            self._samples[row_id] = counted[sample.clause]
        self._clauses = {
            clause: folder_name(clause, indicator.title.in_(words.language))
            for clause, indicator in standard.indicators.items()
        }
        self._named = {
            kind: safe_text(words.text("bundle", f"folder_{kind}"), 40)
            for kind in (EvidenceSubject.DOCUMENT, EvidenceSubject.FINDING, EvidenceSubject.MEETING)
        }

    @property
    def folders(self) -> tuple[str, ...]:
        """Return every folder in its order."""
        return *self._clauses.values(), *self._named.values()

    def of(self, row: Evidence) -> Place:
        """Return the place of a piece of evidence."""
        subject, say = row.subject, self._words.text
        match row.subject_kind:
            case EvidenceSubject.INDICATOR:
                return Place(self._folder_of(subject), subject, self._title_of(subject))
            case EvidenceSubject.SAMPLE:
                sample = self._audit.of(Kind.SAMPLE)[RowId(subject)]
                about = say("bundle", "sample", number=self._samples[RowId(subject)], what=_brief(sample.what))
                return Place(self._folder_of(sample.clause), sample.clause, about)
            case EvidenceSubject.DOCUMENT:
                document = self._standard.documents_by_id.get(subject)
                title = document.title.in_(self._words.language) if document is not None else ""
                return Place(self._named[row.subject_kind], subject, title)
            case EvidenceSubject.FINDING:
                finding = self._audit.of(Kind.FINDING)[RowId(subject)]
                about = say("bundle", "finding", number=self._findings[RowId(subject)], what=_brief(finding.facts))
                return Place(self._named[row.subject_kind], finding.clause, about)
            case EvidenceSubject.MEETING:
                return Place(self._named[row.subject_kind], "", say("bundle", f"meeting_{subject}"))

    def _folder_of(self, clause: str) -> str:
        return self._clauses.get(Clause(clause)) or folder_name(clause, "")

    def _title_of(self, clause: str) -> str:
        indicator = self._standard.indicators.get(Clause(clause))
        return indicator.title.in_(self._words.language) if indicator is not None else ""


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ABOUT else line[:LONGEST_ABOUT] + "…"
