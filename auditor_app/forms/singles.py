"""The values an audit has once, for forms, by the name a placeholder gives them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from auditor_app import __version__
from auditor_app.forms.lists import Source
from auditor_app.forms.values import Value, amount, count, day, figure, points, text
from auditor_app.models.applicability import applicability
from auditor_app.models.conclusion import conclude, headline, sentences
from auditor_app.models.entities import Meeting, PreviousCertificate
from auditor_app.models.enums import DocumentStatus, Grade, Role
from auditor_app.models.followup import open_findings
from auditor_app.models.remarks import required_managers
from auditor_app.models.scoring import score_parts, shown_up

Singles = Mapping[str, Value]


def singles(source: Source) -> Singles:
    """Return every single value by name."""
    return {
        **_audit(source),
        **_company(source),
        **_certificate(source),
        **_score(source),
        **_conclusion(source),
        **_team(source),
        **_counts(source),
    }


def _audit(source: Source) -> Singles:
    info, words = source.audit.info, source.words
    return {
        "audit.number": text(info.number),
        "audit.kind": words.word(info.kind),
        "audit.mode": words.word(info.mode),
        "audit.mode_code": text(info.mode.value),
        "audit.starts": day(info.starts),
        "audit.ends": day(info.ends),
        "audit.period": text(words.period(info.starts, info.ends)),
        "audit.man_days": amount(info.man_days),
        "audit.applied_level": words.word(info.applied_level),
        **_meeting(source, "opening", info.opening_meeting),
        **_meeting(source, "closing", info.closing_meeting),
        "standard.reference": text(source.standard.reference),
        "standard.title": text(words.of(source.standard.title)),
        "standard.version": text(source.standard.version),
        "form.date": day(source.today),
        "form.program": text(f"{words.report('common', 'program')} {__version__}"),
    }


def _meeting(source: Source, name: str, meeting: Meeting) -> Singles:
    return {
        f"{name}.at": text((meeting.at or "").replace("T", " ")),
        f"{name}.place": text(meeting.place),
        f"{name}.attendees": text(source.words.joined(meeting.attendees)),
    }


def _company(source: Source) -> Singles:
    company, words = source.audit.company, source.words
    required = required_managers(company.service_management_staff, source.standard.scoring.certified_manager_percent)
    return {
        "company.name": text(company.name),
        "company.credit_code": text(company.credit_code),
        "company.legal_representative": text(company.legal_representative),
        "company.registered_address": text(company.registered_address),
        "company.operating_address": text(company.operating_address),
        "company.kinds": _kinds(source),
        "company.industry": text(company.industry),
        "company.products": text(company.products),
        "company.scope": text(company.scope),
        "company.employees": count(company.employees),
        "company.after_sales_staff": count(company.after_sales_staff),
        "company.service_management_staff": count(company.service_management_staff),
        "company.certified_service_managers": count(company.certified_service_managers),
        "company.required_managers": count(required),
        "company.three_in_one": words.yes_no(company.three_in_one),
        "company.needs_licence": words.yes_no(company.needs_licence),
        "company.hotline": text(company.hotline),
        "company.website": text(company.website),
        "contact.name": text(company.contact.name),
        "contact.phone": text(company.contact.phone),
        "contact.email": text(company.contact.email),
    }


def _kinds(source: Source) -> Value:
    kinds = source.audit.company.kinds
    joined = source.words.joined(source.words.word(kind).text for kind in kinds)
    return Value(joined, joined or None, " ".join(kind.value for kind in kinds))


def _certificate(source: Source) -> Singles:
    previous = source.audit.previous_certificate or PreviousCertificate()
    return {
        "previous.number": text(previous.number),
        "previous.level": source.words.word(previous.level),
        "previous.issued": day(previous.issued),
        "previous.expires": day(previous.expires),
    }


def _score(source: Source) -> Singles:
    result, words, rules = source.result, source.words, source.standard.scoring
    bonus = rules.bonus_points * min(result.bonus, rules.bonus_at_most)
    next_level = result.to_next
    given = source.audit.bonus
    return {
        "score": _range(source),
        "level": _level(source),
        "level.next": words.word(next_level.level if next_level else None),
        "level.missing": figure(shown_up(next_level.points)) if next_level else text(""),
        "points.whole": points(sum((chapter.points for chapter in source.standard.chapters), Fraction(0))),
        "points.applicable": points(result.whole.applicable),
        "points.earned": points(result.whole.earned),
        "points.lost": points(result.whole.lost),
        "points.open": points(result.whole.open),
        "indicators.judged": count(result.whole.judged),
        "indicators.total": count(result.whole.total),
        "deductions.count": count(result.special_deductions),
        "deductions.points_off": points(rules.deduction_points * result.special_deductions),
        "bonus.given": words.yes_no(given is not None),
        "bonus.points": points(bonus),
        "bonus.reason": text(given.reason if given else ""),
    }


def _range(source: Source) -> Value:
    parts = score_parts(source.result)
    if len(parts) == 1:
        return figure(parts[0])
    return text(source.words.report("score", "to").join(parts) if parts else source.words.report("score", "none"))


def _level(source: Source) -> Value:
    words, reachable = source.words, source.result.reachable
    if len(reachable) == 1:
        return words.word(reachable[0])
    if not reachable:
        return text(words.report("score", "no_level"))
    lowest, highest = (words.word(level).text for level in (reachable[0], reachable[-1]))
    return text(f"{lowest}{words.report('score', 'level_to')}{highest}")


def _conclusion(source: Source) -> Singles:
    catalogue = source.words.catalogue
    outcome = conclude(source.standard, source.audit, source.result)
    words = headline(catalogue, outcome, _level(source).text)
    reasons = sentences(catalogue, outcome.for_others, source.audit)
    return {
        "conclusion": Value(words, words, outcome.conclusion.value),
        "conclusion.reasons": text("\n".join(reasons)),
        "conclusion.draft": text(source.words.report("common", "draft") if outcome.draft else ""),
    }


def _team(source: Source) -> Singles:
    leader = next((member for member in source.audit.team if member.role is Role.LEADER), None)
    others = (member.name for member in source.audit.team if member.role is not Role.LEADER)
    return {
        "leader.name": text(leader.name if leader else ""),
        "leader.registration": text(leader.registration if leader else ""),
        "team.names": text(source.words.joined(member.name for member in source.audit.team)),
        "team.others": text(source.words.joined(others)),
    }


def _counts(source: Source) -> Singles:
    audit = source.audit
    documents = source.standard.documents
    needed = [each for each in documents if applicability(each, audit).applies]
    here = [each for each in needed if audit.document(each.id).status is not DocumentStatus.AWAITED]
    grades = [finding.grade for finding in audit.findings]
    return {
        "documents.needed": count(len(needed)),
        "documents.received": count(len(here)),
        "findings.count": count(len(grades)),
        "findings.major": count(grades.count(Grade.MAJOR)),
        "findings.minor": count(grades.count(Grade.MINOR)),
        "findings.observations": count(grades.count(Grade.OBSERVATION)),
        "findings.open": count(len(open_findings(audit))),
        "sites.count": count(len(audit.sites)),
        "samples.count": count(len(audit.samples)),
    }
