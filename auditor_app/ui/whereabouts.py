"""Which rows stand on which tab, and the keys of rows of the sheet that are not stored as such."""

from __future__ import annotations

from auditor_app.models.audit import Kind

PROFILE_KINDS = (
    Kind.AUDIT,
    Kind.TEAM,
    Kind.COMPANY,
    Kind.PREVIOUS_CERTIFICATE,
    Kind.SITE,
    Kind.SUBCONTRACT,
    Kind.ELIGIBILITY,
)
DEDUCTIONS = "special_deductions"
BONUS = "bonus"
