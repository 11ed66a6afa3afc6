"""Facts of one audit as frozen dataclasses; names and defaults are those of the audit file (docs/FORMAT.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from auditor_app.models.enums import (
    ActionResult,
    AppliedLevel,
    Applies,
    AuditKind,
    AuditMode,
    CompanyKind,
    DocumentStatus,
    EvidenceSubject,
    Grade,
    Ground,
    Judgement,
    Operated,
    Role,
    SampleResult,
    SiteKind,
    Verdict,
)


@dataclass(frozen=True)
class Meeting:
    """Opening or closing meeting; `at` is local time to the minute, `2026-03-02T09:00`."""

    at: str | None = None
    place: str = ""
    attendees: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuditInfo:
    """The audit itself: number, type, dates, man-days, level applied for."""

    number: str = ""
    kind: AuditKind = AuditKind.INITIAL
    mode: AuditMode = AuditMode.ON_SITE
    starts: date | None = None
    ends: date | None = None
    man_days: Decimal = Decimal(0)
    applied_level: AppliedLevel | None = None
    opening_meeting: Meeting = Meeting()
    closing_meeting: Meeting = Meeting()


@dataclass(frozen=True)
class TeamMember:
    """One person of the audit team; `clauses` are the chapters, groups or indicators assigned to them."""

    name: str = ""
    registration: str = ""
    role: Role = Role.AUDITOR
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Whom to call at the auditee."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Company:
    """Profile of the auditee; staff figures are heads."""

    name: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    registered_address: str = ""
    operating_address: str = ""
    kinds: tuple[CompanyKind, ...] = ()
    industry: str = ""
    products: str = ""
    scope: str = ""
    employees: int = 0
    after_sales_staff: int = 0
    service_management_staff: int = 0
    certified_service_managers: int = 0
    three_in_one: bool = True
    needs_licence: bool = False
    hotline: str = ""
    website: str = ""
    contact: Contact = Contact()


@dataclass(frozen=True)
class PreviousCertificate:
    """The certificate held before this audit."""

    number: str = ""
    level: AppliedLevel | None = None
    issued: date | None = None
    expires: date | None = None


@dataclass(frozen=True)
class Eligibility:
    """The six conditions of application; one that is not met does not stop the audit."""

    rules: Judgement = Judgement.UNJUDGED
    dedicated_person: Judgement = Judgement.UNJUDGED
    budget: Judgement = Judgement.UNJUDGED
    no_major_failure: Judgement = Judgement.UNJUDGED
    trained_team: Judgement = Judgement.UNJUDGED
    legal_person: Judgement = Judgement.UNJUDGED


@dataclass(frozen=True)
class Site:
    """A place where the auditee serves customers; `id` is the short name other rows refer to (`S1`)."""

    id: str
    name: str = ""
    address: str = ""
    kind: SiteKind = SiteKind.HEAD_OFFICE
    operated: Operated = Operated.OWN
    staff: int = 0
    sampled: bool = True


@dataclass(frozen=True)
class Subcontract:
    """An activity that somebody else carries out for the auditee."""

    activity: str = ""
    contractor: str = ""


@dataclass(frozen=True)
class Document:
    """State of one document of the checklist; `id` is that of the standard pack (`D1`)."""

    id: str
    status: DocumentStatus = DocumentStatus.AWAITED
    applies: Applies = Applies.AUTO
    override_reason: str = ""
    number: str = ""
    issued: date | None = None
    expires: date | None = None
    copies: int = 1
    remark: str = ""


@dataclass(frozen=True)
class Assessment:
    """Verdict on one indicator; `checked` (n) and `failed` (k) count samples, for a sampled verdict only."""

    clause: str
    verdict: Verdict = Verdict.UNJUDGED
    checked: int = 0
    failed: int = 0
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sample:
    """One of the samples checked for an indicator; `site` is a site id or empty.

    While an indicator is judged by samples and any are listed, its counts are those of the list.
    """

    clause: str
    what: str = ""
    checked_on: date | None = None
    result: SampleResult = SampleResult.CONFORMS
    remark: str = ""
    site: str = ""


@dataclass(frozen=True)
class Evidence:
    """A photo or file at what it is about; the content itself is kept apart, under its sha256.

    `subject` is a clause, a document id, the row id of a sample or finding, or `opening` and `closing` for a meeting.
    `size` is in bytes, `taken_at` local time as the camera wrote it, `rotation` degrees clockwise. `marks` are drawn
    on top and never into the file (models/marks.py).
    """

    subject_kind: EvidenceSubject
    subject: str
    sha256: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    taken_at: str | None = None
    caption: str = ""
    rotation: int = 0
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class SpecialDeduction:
    """One point off, outside the weights; `site` is a site id or empty."""

    ground: Ground
    clause: str = ""
    facts: str = ""
    site: str = ""


@dataclass(frozen=True)
class Bonus:
    """The one bonus point and why it is given."""

    reason: str = ""


@dataclass(frozen=True)
class CorrectiveAction:
    """What the auditee does about a finding, and whether that was accepted."""

    correction: str = ""
    cause: str = ""
    measure: str = ""
    owner: str = ""
    due: date | None = None
    verified_by: str = ""
    verified_on: date | None = None
    result: ActionResult = ActionResult.OPEN


@dataclass(frozen=True)
class Finding:
    """A nonconformity or observation."""

    grade: Grade
    clause: str = ""
    facts: str = ""
    site: str = ""
    found_by: str = ""
    found_on: date | None = None
    action: CorrectiveAction = CorrectiveAction()


Entity = (
    AuditInfo
    | Company
    | Eligibility
    | PreviousCertificate
    | TeamMember
    | Site
    | Subcontract
    | Document
    | Assessment
    | Sample
    | Evidence
    | SpecialDeduction
    | Bonus
    | Finding
)
