"""One audit as rows by kind: what the window shows, the score is computed from, and the database stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from auditor_app.models.entities import (
    Assessment,
    AuditInfo,
    Bonus,
    Company,
    Document,
    Eligibility,
    Evidence,
    Finding,
    PreviousCertificate,
    Sample,
    Site,
    SpecialDeduction,
    Subcontract,
    TeamMember,
)
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.ids import AuditId, Clause, RowId


class Kind(StrEnum):
    """Kind of row; the word is the table that holds it and the entity named in the history."""

    AUDIT = "audit_info"
    COMPANY = "company"
    ELIGIBILITY = "eligibility"
    PREVIOUS_CERTIFICATE = "previous_certificate"
    TEAM = "team_member"
    SITE = "site"
    SUBCONTRACT = "subcontract"
    DOCUMENT = "document"
    ASSESSMENT = "assessment"
    SAMPLE = "sample"
    SPECIAL_DEDUCTION = "special_deduction"
    BONUS = "bonus"
    FINDING = "finding"
    EVIDENCE = "evidence"


ENTITY_TYPES: Mapping[Kind, type[Any]] = MappingProxyType(
    {
        Kind.AUDIT: AuditInfo,
        Kind.COMPANY: Company,
        Kind.ELIGIBILITY: Eligibility,
        Kind.PREVIOUS_CERTIFICATE: PreviousCertificate,
        Kind.TEAM: TeamMember,
        Kind.SITE: Site,
        Kind.SUBCONTRACT: Subcontract,
        Kind.DOCUMENT: Document,
        Kind.ASSESSMENT: Assessment,
        Kind.SAMPLE: Sample,
        Kind.SPECIAL_DEDUCTION: SpecialDeduction,
        Kind.BONUS: Bonus,
        Kind.FINDING: Finding,
        Kind.EVIDENCE: Evidence,
    }
)

# Exactly one row an audit; the row's id is the kind's own word.
SINGLE = frozenset({Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY})
# None or one row an audit, under the same fixed id.
AT_MOST_ONE = frozenset({Kind.PREVIOUS_CERTIFICATE, Kind.BONUS})
# Rows that name themselves within the audit, so that two laptops mean the same row: the id is that field.
NATURAL_KEY: Mapping[Kind, str] = MappingProxyType({Kind.DOCUMENT: "id", Kind.ASSESSMENT: "clause"})
# What evidence is about when that is a row, named by its row id.
KIND_OF_SUBJECT: Mapping[EvidenceSubject, Kind] = MappingProxyType(
    {EvidenceSubject.SAMPLE: Kind.SAMPLE, EvidenceSubject.FINDING: Kind.FINDING}
)


def only_row(kind: Kind) -> RowId:
    """Return the fixed row id of a kind that has at most one row."""
    return RowId(kind.value)


@dataclass(frozen=True)
class StandardRef:
    """Which standard pack an audit was scored with."""

    id: str
    version: str


Rows = Mapping[Kind, Mapping[RowId, Any]]


@dataclass(frozen=True)
class Audit:
    """One audit; `rows` holds every entity by kind and row id, lists ordered by id (the order they were added)."""

    id: AuditId
    standard: StandardRef
    rows: Rows

    def of(self, kind: Kind) -> Mapping[RowId, Any]:
        """Return the rows of one kind by row id."""
        return self.rows.get(kind, {})

    def row(self, kind: Kind, row_id: RowId) -> Any:
        """Return a row; an assessment or document that is not stored is its default (unjudged, awaited)."""
        found = self.of(kind).get(row_id)
        if found is None and kind in NATURAL_KEY:
            return ENTITY_TYPES[kind](row_id)
        return self.of(kind)[row_id] if found is None else found

    @property
    def info(self) -> AuditInfo:
        """Return number, type, dates and meetings."""
        return self.of(Kind.AUDIT)[only_row(Kind.AUDIT)]  # type: ignore[no-any-return]

    @property
    def company(self) -> Company:
        """Return the profile of the auditee."""
        return self.of(Kind.COMPANY)[only_row(Kind.COMPANY)]  # type: ignore[no-any-return]

    @property
    def eligibility(self) -> Eligibility:
        """Return the six conditions of application."""
        return self.of(Kind.ELIGIBILITY)[only_row(Kind.ELIGIBILITY)]  # type: ignore[no-any-return]

    @property
    def previous_certificate(self) -> PreviousCertificate | None:
        """Return the certificate held before, if any."""
        return self.of(Kind.PREVIOUS_CERTIFICATE).get(only_row(Kind.PREVIOUS_CERTIFICATE))

    @property
    def bonus(self) -> Bonus | None:
        """Return the bonus, if given."""
        return self.of(Kind.BONUS).get(only_row(Kind.BONUS))

    @property
    def team(self) -> tuple[TeamMember, ...]:
        """Return the audit team in the order it was entered."""
        return tuple(self.of(Kind.TEAM).values())

    @property
    def sites(self) -> tuple[Site, ...]:
        """Return the sites in the order they were entered."""
        return tuple(self.of(Kind.SITE).values())

    @property
    def subcontracting(self) -> tuple[Subcontract, ...]:
        """Return the subcontracted activities."""
        return tuple(self.of(Kind.SUBCONTRACT).values())

    @property
    def special_deductions(self) -> tuple[SpecialDeduction, ...]:
        """Return the special deductions in the order they were entered."""
        return tuple(self.of(Kind.SPECIAL_DEDUCTION).values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings in the order they were entered."""
        return tuple(self.of(Kind.FINDING).values())

    @property
    def samples(self) -> tuple[Sample, ...]:
        """Return the listed samples in the order they were entered."""
        return tuple(self.of(Kind.SAMPLE).values())

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the evidence in the order it was added."""
        return tuple(self.of(Kind.EVIDENCE).values())

    @property
    def assessments(self) -> Mapping[Clause, Assessment]:
        """Return the assessments by clause; an indicator without one is unjudged."""
        return self.of(Kind.ASSESSMENT)  # type: ignore[return-value]

    def assessment(self, clause: Clause) -> Assessment:
        """Return the assessment of an indicator, the unjudged one when there is none."""
        return self.row(Kind.ASSESSMENT, RowId(clause))  # type: ignore[no-any-return]

    def document(self, document_id: str) -> Document:
        """Return the state of a document, the awaited one when there is none."""
        return self.row(Kind.DOCUMENT, RowId(document_id))  # type: ignore[no-any-return]


def same_content(one: Audit, other: Audit) -> bool:
    """Say whether two audits say the same; row ids of lists are local, and what is not stored is its default."""

    def same_rows(kind: Kind) -> bool:
        mine, theirs = one.of(kind), other.of(kind)
        if kind in NATURAL_KEY:
            return all(one.row(kind, key) == other.row(kind, key) for key in {*mine, *theirs})
        if kind is Kind.EVIDENCE:
            return list(_evidence_by_place(one)) == list(_evidence_by_place(other))
        return list(mine.values()) == list(theirs.values())

    return one.standard == other.standard and all(map(same_rows, Kind))


def _evidence_by_place(audit: Audit) -> Iterator[tuple[int, Evidence]]:
    """Yield the evidence with the place of the sample or finding it is about, instead of its local row id."""
    places = {
        subject_kind: {row_id: place for place, row_id in enumerate(audit.of(kind), 1)}
        for subject_kind, kind in KIND_OF_SUBJECT.items()
    }
    for row in audit.evidence:
        place = places.get(row.subject_kind, {}).get(RowId(row.subject), 0)
        yield place, replace(row, subject="") if place else row


def new_audit(audit_id: AuditId, standard: StandardRef) -> Audit:
    """Return an empty audit: its single rows with their defaults, nothing judged."""
    rows = {kind: {only_row(kind): ENTITY_TYPES[kind]()} if kind in SINGLE else {} for kind in Kind}
    return Audit(audit_id, standard, rows)
