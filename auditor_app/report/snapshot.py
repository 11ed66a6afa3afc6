"""What a report is made from: one audit, its standard pack and its score, as they stood at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor_app.models.audit import Audit
from auditor_app.models.scoring import ScoreResult, score_audit
from auditor_app.models.standard import Standard


@dataclass(frozen=True)
class ReportSnapshot:
    """One audit ready to be reported; `language` is `zh` or `en`."""

    standard: Standard
    audit: Audit
    result: ScoreResult
    made_on: date
    language: str


def snapshot(standard: Standard, audit: Audit, language: str, made_on: date) -> ReportSnapshot:
    """Return the audit as it stands, with its score."""
    return ReportSnapshot(standard, audit, score_audit(standard, audit), made_on, language)
