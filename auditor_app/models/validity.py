"""Whether a document holds: one rule for the window and for the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Document, PreviousCertificate

# A certificate holds three years from issue.
CERTIFICATE_YEARS = 3


class Holds(StrEnum):
    """How a document stands on the day that counts."""

    CURRENT = "current"
    EXPIRES_BEFORE_ISSUE = "expires_before_issue"
    EXPIRED = "expired"
    EXPIRES_EARLY = "expires_early"


@dataclass(frozen=True)
class Validity:
    """How a document stands on `reference`; a certificate issued on that day would end on `certificate_ends`."""

    holds: Holds
    reference: date
    certificate_ends: date


def validity(document: Document | PreviousCertificate, audit: Audit, today: date) -> Validity:
    """Say how a document stands on the last day of the audit, or today while the audit has none.

    What has no last day is current.
    """
    reference = audit.info.ends or today
    certificate_ends = add_years(reference, CERTIFICATE_YEARS)
    return Validity(_holds(document, reference, certificate_ends), reference, certificate_ends)


def add_years(day: date, years: int) -> date:
    """Return the same day years later, 28 February for a 29th that is not there; no year is after 9999."""
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _holds(document: Document | PreviousCertificate, reference: date, certificate_ends: date) -> Holds:
    if document.expires is None:
        return Holds.CURRENT
    if document.issued and document.expires < document.issued:
        return Holds.EXPIRES_BEFORE_ISSUE
    if document.expires < reference:
        return Holds.EXPIRED
    return Holds.EXPIRES_EARLY if document.expires < certificate_ends else Holds.CURRENT
