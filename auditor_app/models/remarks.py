"""What an auditor should look at before the audit is done: missing, doubtful or contradictory, never blocking."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as CodeError

from auditor_app.models.applicability import applicability
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.entities import Document, Finding
from auditor_app.models.enums import (
    ActionResult,
    Applies,
    AuditKind,
    DocumentStatus,
    Grade,
    Judgement,
    Role,
    Verdict,
)
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.followup import findings_by_deduction, is_open
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.standard import Standard
from auditor_app.models.validity import Holds, validity

NO_ROW = RowId("")
VALIDITY_CODES = {
    Holds.EXPIRES_BEFORE_ISSUE: "expires_before_issue",
    Holds.EXPIRED: "document_expired",
    Holds.EXPIRES_EARLY: "document_expires_early",
}


@dataclass(frozen=True)
class Remark:
    """One thing to look at, at a field; `row_id` or `field` is empty when the whole list or row is meant."""

    kind: Kind
    row_id: RowId
    field: str
    code: str
    params: dict[str, object] = dataclasses.field(default_factory=dict)

    section = "remark"


def required_managers(service_management_staff: int, percent: Fraction = Fraction(10)) -> int:
    """Return how many certified service managers a company needs: 10 %, rounded up, at least one (5.1.2.2)."""
    return max(1, ceil(percent * service_management_staff / 100))


def remarks(standard: Standard, audit: Audit, today: date) -> tuple[Remark, ...]:
    """Return everything to look at, in the order of the tabs."""
    return (
        *_audit_info(audit),
        *_team(audit),
        *_company(standard, audit),
        *_certificate(audit, today),
        *_sites(audit),
        *_eligibility(audit),
        *_documents(standard, audit, today),
        *_assessments(standard, audit),
        *_deductions(audit),
        *_findings(audit, today),
    )


def _missing(kind: Kind, row: Any, *paths: str) -> Iterator[Remark]:
    for path in paths:
        if not value_at(row, path):
            yield Remark(kind, only_row(kind), path, "missing")


def _audit_info(audit: Audit) -> Iterator[Remark]:
    info = audit.info
    yield from _missing(Kind.AUDIT, info, "number", "starts", "ends", "man_days", "applied_level")
    if info.starts and info.ends and info.ends < info.starts:
        yield Remark(Kind.AUDIT, only_row(Kind.AUDIT), "ends", "ends_before_start")
    for path in ("opening_meeting.at", "closing_meeting.at"):
        at = value_at(info, path)
        if at and info.starts and info.ends and not info.starts.isoformat() <= at[:10] <= info.ends.isoformat():
            yield Remark(Kind.AUDIT, only_row(Kind.AUDIT), path, "meeting_outside_audit")


def _team(audit: Audit) -> Iterator[Remark]:
    leaders = sum(member.role is Role.LEADER for member in audit.team)
    if leaders != 1:
        yield Remark(Kind.TEAM, NO_ROW, "", "several_leaders" if leaders else "no_leader")
    for row_id, member in audit.of(Kind.TEAM).items():
        if not member.name:
            yield Remark(Kind.TEAM, row_id, "name", "missing")
        if not member.registration and member.role in (Role.LEADER, Role.AUDITOR):
            yield Remark(Kind.TEAM, row_id, "registration", "auditor_without_registration")


def _company(standard: Standard, audit: Audit) -> Iterator[Remark]:
    company, row_id = audit.company, only_row(Kind.COMPANY)
    yield from _missing(Kind.COMPANY, company, "name", "credit_code")
    if company.credit_code and (code := credit_code_remark(company.credit_code)):
        yield Remark(Kind.COMPANY, row_id, "credit_code", code)
    yield from _missing(
        Kind.COMPANY,
        company,
        *("legal_representative", "registered_address", "operating_address", "kinds", "industry", "products"),
        *("scope", "employees", "after_sales_staff", "service_management_staff", "hotline"),
        *("contact.name", "contact.phone"),
    )
    if company.after_sales_staff > company.employees > 0:
        yield Remark(Kind.COMPANY, row_id, "after_sales_staff", "more_than_employees")
    if company.service_management_staff > company.employees > 0:
        yield Remark(Kind.COMPANY, row_id, "service_management_staff", "more_than_employees")
    needed = required_managers(company.service_management_staff, standard.scoring.certified_manager_percent)
    if company.service_management_staff and company.certified_service_managers < needed:
        params: dict[str, object] = {"needed": needed, "present": company.certified_service_managers}
        yield Remark(Kind.COMPANY, row_id, "certified_service_managers", "too_few_managers", params)


def credit_code_remark(code: str) -> str | None:
    """Return what is odd about a unified social credit code (GB 32100-2015); genuine codes may fail, so it warns."""
    try:
        uscc.validate(code)
    except InvalidChecksum:
        return "credit_code_check_character"
    except CodeError:
        return "credit_code_form"
    return None


def _certificate(audit: Audit, today: date) -> Iterator[Remark]:
    certificate, row_id = audit.previous_certificate, only_row(Kind.PREVIOUS_CERTIFICATE)
    if certificate is None:
        if audit.info.kind in (AuditKind.SURVEILLANCE, AuditKind.RECERTIFICATION):
            yield Remark(Kind.PREVIOUS_CERTIFICATE, NO_ROW, "", "certificate_expected")
        return
    yield from _missing(Kind.PREVIOUS_CERTIFICATE, certificate, "number", "level", "issued", "expires")
    match validity(certificate, audit, today).holds:
        case Holds.EXPIRES_BEFORE_ISSUE:
            yield Remark(Kind.PREVIOUS_CERTIFICATE, row_id, "expires", "expires_before_issue")
        case Holds.EXPIRED:
            yield Remark(Kind.PREVIOUS_CERTIFICATE, row_id, "expires", "certificate_expired")


def _sites(audit: Audit) -> Iterator[Remark]:
    for row_id, site in audit.of(Kind.SITE).items():
        for path in ("name", "address"):
            if not value_at(site, path):
                yield Remark(Kind.SITE, row_id, path, "missing")
    if audit.sites and not any(site.sampled for site in audit.sites):
        yield Remark(Kind.SITE, NO_ROW, "", "no_site_sampled")
    for row_id, row in audit.of(Kind.SUBCONTRACT).items():
        for path in ("activity", "contractor"):
            if not value_at(row, path):
                yield Remark(Kind.SUBCONTRACT, row_id, path, "missing")


def _eligibility(audit: Audit) -> Iterator[Remark]:
    codes = {Judgement.UNJUDGED: "condition_unjudged", Judgement.NOT_MET: "condition_not_met"}
    for condition in fields_of(type(audit.eligibility)):
        code = codes.get(value_at(audit.eligibility, condition.path))
        if code:
            yield Remark(Kind.ELIGIBILITY, only_row(Kind.ELIGIBILITY), condition.path, code)


def _documents(standard: Standard, audit: Audit, today: date) -> Iterator[Remark]:
    for pack_document in standard.documents:
        document, row_id = audit.document(pack_document.id), RowId(pack_document.id)
        if document.applies is not Applies.AUTO and not document.override_reason.strip():
            yield Remark(Kind.DOCUMENT, row_id, "override_reason", "override_without_reason")
        if not applicability(pack_document, audit).applies:
            continue
        if pack_document.group == "application" and document.status is DocumentStatus.AWAITED:
            yield Remark(Kind.DOCUMENT, row_id, "status", "document_awaited")
        elif document.status is DocumentStatus.PROBLEM:
            yield Remark(Kind.DOCUMENT, row_id, "status", "document_problem")
        yield from _validity(document, audit, today)


def _validity(document: Document, audit: Audit, today: date) -> Iterator[Remark]:
    found, params = validity(document, audit, today), dict[str, object]()
    if found.holds is Holds.CURRENT:
        return
    if found.holds is not Holds.EXPIRES_BEFORE_ISSUE:
        params["date"] = document.expires
    if found.holds is Holds.EXPIRES_EARLY:
        params["certificate"] = found.certificate_ends
    yield Remark(Kind.DOCUMENT, RowId(document.id), "expires", VALIDITY_CODES[found.holds], params)


def _assessments(standard: Standard, audit: Audit) -> Iterator[Remark]:
    for chapter in standard.chapters:
        clauses = [indicator.clause for indicator in chapter.indicators]
        if all(audit.assessment(clause).verdict is Verdict.DELETED for clause in clauses):
            yield Remark(Kind.ASSESSMENT, RowId(clauses[0]), "verdict", "chapter_deleted", {"clause": chapter.clause})
    told = {finding.clause for finding in audit.findings if finding.facts.strip()}
    for clause in standard.indicators:
        assessment, row_id = audit.assessment(Clause(clause)), RowId(clause)
        is_told = clause in told or assessment.reason.strip() or assessment.note.strip()
        if assessment.verdict is Verdict.UNJUDGED:
            yield Remark(Kind.ASSESSMENT, row_id, "verdict", "indicator_unjudged", {"clause": clause})
        elif assessment.verdict is Verdict.NOT_MET and not is_told:
            yield Remark(Kind.ASSESSMENT, row_id, "reason", "not_met_without_reason", {"clause": clause})


def _deductions(audit: Audit) -> Iterator[Remark]:
    for row_id, deduction in audit.of(Kind.SPECIAL_DEDUCTION).items():
        if not deduction.facts.strip():
            yield Remark(Kind.SPECIAL_DEDUCTION, row_id, "facts", "deduction_without_facts")


def _findings(audit: Audit, today: date) -> Iterator[Remark]:
    for row_id, finding in audit.of(Kind.FINDING).items():
        if not finding.facts.strip():
            yield Remark(Kind.FINDING, row_id, "facts", "finding_without_facts")
        yield from _empty(row_id, finding, "clause", "found_by", "found_on")
        yield from _corrective_action(row_id, finding, today)
    for row_id, answer in findings_by_deduction(audit).items():
        if answer is None:
            yield Remark(Kind.SPECIAL_DEDUCTION, row_id, "", "deduction_without_finding")


def _corrective_action(row_id: RowId, finding: Finding, today: date) -> Iterator[Remark]:
    action, found_on = finding.action, finding.found_on
    if is_open(finding):
        yield from _empty(row_id, finding, "action.owner", "action.due")
        if action.due and action.due < today:
            yield Remark(Kind.FINDING, row_id, "action.due", "action_overdue", {"date": action.due})
    elif finding.grade is not Grade.OBSERVATION and not (action.correction.strip() or action.measure.strip()):
        yield Remark(Kind.FINDING, row_id, "action.result", "accepted_without_action")
    if found_on and action.due and action.due < found_on:
        yield Remark(Kind.FINDING, row_id, "action.due", "due_before_found")
    if action.result is not ActionResult.OPEN:
        yield from _empty(row_id, finding, "action.verified_by", "action.verified_on")
    if found_on and action.verified_on and action.verified_on < found_on:
        yield Remark(Kind.FINDING, row_id, "action.verified_on", "verified_before_found")


def _empty(row_id: RowId, finding: Finding, *paths: str) -> Iterator[Remark]:
    for path in paths:
        if not value_at(finding, path):
            yield Remark(Kind.FINDING, row_id, path, "missing")
