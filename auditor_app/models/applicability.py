"""Which documents apply to an audit, and why: derived from the profile, or set by the auditor with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from auditor_app.models.audit import Audit
from auditor_app.models.enums import Applies, DocumentStatus
from auditor_app.models.standard import DocumentRule, PackDocument, Standard

CREDIT_CODE_LENGTH = 18


@dataclass(frozen=True)
class Applicability:
    """Whether a document applies; `reason` is a message code of the section `applicability`."""

    applies: bool
    reason: str
    overridden: bool


def applicability(document: PackDocument, audit: Audit) -> Applicability:
    """Say whether a document applies by the profile, or as the auditor set it."""
    override = audit.document(document.id).applies
    if override is not Applies.AUTO:
        return Applicability(override is Applies.YES, f"set_{override.value}", overridden=True)
    applies, reason = _derived(document.applies, audit)
    return Applicability(applies, reason, overridden=False)


def progress(standard: Standard, audit: Audit, group: str) -> tuple[int, int]:
    """Return how many of the documents of a group that apply are verified, and how many apply."""
    documents = [d for d in standard.documents if d.group == group and applicability(d, audit).applies]
    verified = sum(audit.document(document.id).status is DocumentStatus.VERIFIED for document in documents)
    return verified, len(documents)


def three_in_one(audit: Audit) -> bool:
    """Say whether the three certificates are one: stated, or shown by an 18-character unified credit code."""
    return audit.company.three_in_one or len(audit.company.credit_code.strip()) == CREDIT_CODE_LENGTH


def _derived(rule: DocumentRule, audit: Audit) -> tuple[bool, str]:
    several = len(audit.sites) > 1
    subcontracts = bool(audit.subcontracting)
    match rule:
        case DocumentRule.SEVERAL_SITES:
            return several, "several_sites" if several else "one_site"
        case DocumentRule.NOT_THREE_IN_ONE:
            united = three_in_one(audit)
            return not united, "three_in_one" if united else "separate_certificates"
        case DocumentRule.NEEDS_LICENCE:
            needed = audit.company.needs_licence
            return needed, "licence_needed" if needed else "no_licence_needed"
        case DocumentRule.SEVERAL_SITES_OR_SUBCONTRACTING:
            if several or subcontracts:
                return True, "several_sites" if several else "subcontracting"
            return False, "one_site_no_subcontracting"
        case DocumentRule.COLLECTED:
            return True, "collected"
        case DocumentRule.ALWAYS:
            return True, "always"
