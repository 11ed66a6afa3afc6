"""Closed sets of values; the ASCII words are what the database and the audit file hold."""

from __future__ import annotations

from enum import StrEnum


class AuditKind(StrEnum):
    """Why the audit takes place (审核类型)."""

    INITIAL = "initial"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"
    SPECIAL = "special"


class AuditMode(StrEnum):
    """Mode code reported to the authority: on-site, remote, both."""

    ON_SITE = "FS01"
    REMOTE = "FS02"
    BOTH = "FS03"


class Level(StrEnum):
    """Result of an audit, from lowest to highest (星级)."""

    FAIL = "fail"
    PASS = "pass"
    THREE_STAR = "three_star"
    FOUR_STAR = "four_star"
    FIVE_STAR = "five_star"

    @property
    def rank(self) -> int:
        """Return the place in the order of levels, 0 for fail."""
        return LEVELS.index(self)


LEVELS = tuple(Level)


class AppliedLevel(StrEnum):
    """Level the auditee applied for; nobody applies for a fail."""

    PASS = "pass"
    THREE_STAR = "three_star"
    FOUR_STAR = "four_star"
    FIVE_STAR = "five_star"


class Role(StrEnum):
    """Part a team member plays."""

    LEADER = "leader"
    AUDITOR = "auditor"
    EXPERT = "expert"
    OBSERVER = "observer"


class CompanyKind(StrEnum):
    """Kind of auditee; several may hold."""

    MANUFACTURER = "manufacturer"
    SELLER = "seller"
    SERVICE_PROVIDER = "service_provider"


class Judgement(StrEnum):
    """State of one condition of application."""

    UNJUDGED = "unjudged"
    MET = "met"
    NOT_MET = "not_met"


class SiteKind(StrEnum):
    """What a site is for."""

    HEAD_OFFICE = "head_office"
    OUTLET = "outlet"
    WAREHOUSE = "warehouse"
    SERVICE_STATION = "service_station"


class Operated(StrEnum):
    """Who runs a site."""

    OWN = "own"
    COMMISSIONED = "commissioned"


class DocumentStatus(StrEnum):
    """How far a document of the checklist is."""

    AWAITED = "awaited"
    RECEIVED = "received"
    VERIFIED = "verified"
    PROBLEM = "problem"


class Applies(StrEnum):
    """Whether a document applies: derived from the profile, or set by the auditor."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


class Verdict(StrEnum):
    """Verdict on one indicator."""

    UNJUDGED = "unjudged"
    MET = "met"
    NOT_MET = "not_met"
    SAMPLED = "sampled"
    DELETED = "deleted"


class SampleResult(StrEnum):
    """What one listed sample showed."""

    CONFORMS = "conforms"
    DEVIATES = "deviates"


class EvidenceSubject(StrEnum):
    """What a piece of evidence is about."""

    INDICATOR = "indicator"
    SAMPLE = "sample"
    DOCUMENT = "document"
    FINDING = "finding"
    MEETING = "meeting"


class Ground(StrEnum):
    """Ground of a special deduction (特别扣分项)."""

    LAW = "law"
    COMPANY_RULES = "company_rules"
    TRADE = "trade"
    SYSTEM = "system"


class Grade(StrEnum):
    """Weight of a finding."""

    MAJOR = "major"
    MINOR = "minor"
    OBSERVATION = "observation"


class ActionResult(StrEnum):
    """Outcome of verifying a corrective action."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
