"""What the audit team recommends, and why; the table of conclusions is in docs/REPORT.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Eligibility
from auditor_app.models.enums import Grade, Judgement, Level
from auditor_app.models.followup import losses_without_finding, open_deductions, open_findings
from auditor_app.models.scoring import ScoreResult, shown
from auditor_app.models.standard import Standard

# Reasons that are questions to the audit team, not to the auditee or the body.
REMINDERS = frozenset({"losses_without_finding"})


class Conclusion(StrEnum):
    """Conclusion of an audit; the first of these that has a reason is the one reported."""

    NOT_CONCLUDED = "not_concluded"
    DO_NOT = "do_not"
    NOT_ELIGIBLE = "not_eligible"
    NOT_YET = "not_yet"
    AFTER_ACTION = "after_action"
    RECOMMEND = "recommend"


@dataclass(frozen=True)
class Reason:
    """Why: a message code with its parameters, and the conditions of application it is about."""

    code: str
    params: dict[str, object] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The conclusion, the level it is about, its reasons (the deciding one first), whether it is a draft."""

    conclusion: Conclusion
    level: Level | None
    reasons: tuple[Reason, ...]
    draft: bool

    @property
    def for_others(self) -> Outcome:
        """Return the outcome without what only reminds the audit team of its own work."""
        return replace(self, reasons=tuple(reason for reason in self.reasons if reason.code not in REMINDERS))


def conclude(standard: Standard, audit: Audit, result: ScoreResult) -> Outcome:
    """Return the conclusion that follows from score, eligibility, findings and special deductions.

    Nothing unanswered counts as met: an unjudged indicator or condition leaves the audit not concluded.
    """
    obstacles = [
        *((Conclusion.NOT_CONCLUDED, reason) for reason in _unanswered(audit, result)),
        *((Conclusion.DO_NOT, reason) for reason in _failed(standard, result)),
        *((Conclusion.NOT_ELIGIBLE, reason) for reason in _not_eligible(audit)),
        *((Conclusion.NOT_YET, reason) for reason in _open_majors(audit)),
        *((Conclusion.AFTER_ACTION, reason) for reason in _to_rectify(audit)),
    ]
    conclusion = obstacles[0][0] if obstacles else Conclusion.RECOMMEND
    reasons = [reason for _, reason in obstacles] or [Reason("nothing_open")]
    reasons += _without_finding(standard, audit)
    reasons += _against_application(audit, result)
    return Outcome(conclusion, result.level, tuple(reasons), draft=conclusion is Conclusion.NOT_CONCLUDED)


def headline(words: Catalogue, outcome: Outcome, levels: str) -> str:
    """Return the conclusion in words; `levels` is the level, or the levels still possible, in words."""
    key = outcome.conclusion.value if levels else "no_level"
    return words.text("conclusion", key, level=levels)


def sentences(words: Catalogue, outcome: Outcome, audit: Audit) -> tuple[str, ...]:
    """Return the reasons in words, the deciding one first."""
    applied, reached = audit.info.applied_level, outcome.level
    levels = {"applied": applied and words.word(applied), "reached": reached and words.word(reached)}
    separator = words.text("punctuation", "list")
    return tuple(
        words.text(
            "conclusion_reason",
            reason.code,
            **reason.params,
            **levels,
            conditions=separator.join(words.text("eligibility", name) for name in reason.conditions),
        )
        for reason in outcome.reasons
    )


def conditions(audit: Audit, judgement: Judgement) -> tuple[str, ...]:
    """Return the conditions of application with this judgement, by field name."""
    names = (item.name for item in fields(Eligibility))
    return tuple(name for name in names if getattr(audit.eligibility, name) is judgement)


def _unanswered(audit: Audit, result: ScoreResult) -> Iterator[Reason]:
    unjudged = result.whole.total - result.whole.judged
    if unjudged:
        yield Reason("unjudged", {"count": unjudged, "total": result.whole.total})
    elif result.nothing_applicable:
        yield Reason("nothing_applicable")
    missing = conditions(audit, Judgement.UNJUDGED)
    if missing:
        yield Reason("eligibility_unjudged", {"count": len(missing)}, missing)


def _failed(standard: Standard, result: ScoreResult) -> Iterator[Reason]:
    if result.level is not Level.FAIL:
        return
    rules = standard.scoring
    if result.too_many_deductions:
        yield Reason("too_many", {"count": result.special_deductions, "limit": rules.fails_at_deductions})
    lowest = min((threshold for _, threshold in rules.levels), default=None)
    if lowest is not None and result.upper is not None and result.upper < lowest:
        yield Reason("below_lowest", {"threshold": shown(lowest)})


def _not_eligible(audit: Audit) -> Iterator[Reason]:
    unmet = conditions(audit, Judgement.NOT_MET)
    if unmet:
        yield Reason("eligibility_not_met", {"count": len(unmet)}, unmet)


def _open_majors(audit: Audit) -> Iterator[Reason]:
    count = len(open_findings(audit, Grade.MAJOR))
    if count:
        yield Reason("open_majors", {"count": count})


def _to_rectify(audit: Audit) -> Iterator[Reason]:
    minors = len(open_findings(audit, Grade.MINOR))
    if minors:
        yield Reason("open_minors", {"count": minors})
    deductions = len(open_deductions(audit))
    if deductions:
        yield Reason("open_deductions", {"count": deductions})


def _without_finding(standard: Standard, audit: Audit) -> list[Reason]:
    """Say how many indicators lost points that no finding names: whether they need one is the auditor's call."""
    count = len(losses_without_finding(standard, audit))
    return [Reason("losses_without_finding", {"count": count})] if count else []


def _against_application(audit: Audit, result: ScoreResult) -> list[Reason]:
    applied = audit.info.applied_level
    if applied is None or result.level in (None, Level.FAIL):
        return []
    reached, wanted = Level(result.level), Level(applied)
    if reached.rank == wanted.rank:
        return []
    return [Reason("below_applied" if reached.rank < wanted.rank else "above_applied")]
