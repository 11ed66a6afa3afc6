"""What a list shows of an audit."""

from __future__ import annotations

from dataclasses import dataclass

from auditor_app.models.entities import AuditInfo, Company
from auditor_app.models.ids import AuditId
from auditor_app.models.scoring import ScoreResult


@dataclass(frozen=True)
class AuditSummary:
    """One audit in a list: head, auditee and score."""

    id: AuditId
    info: AuditInfo
    company: Company
    result: ScoreResult
