"""The lists of an audit for forms: each row a mapping of columns to values, each with a key of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from auditor_app.forms.values import Value, Wording, count, day, points, text
from auditor_app.models.applicability import applicability
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Assessment, Eligibility
from auditor_app.models.enums import ActionResult, DocumentStatus, Grade, Verdict
from auditor_app.models.findings import numbers
from auditor_app.models.followup import findings_by_deduction, losses
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import ScoreResult, earned, plain
from auditor_app.models.standard import Chapter, Group, Indicator, PackDocument, Standard
from auditor_app.models.validity import validity

Row = Mapping[str, Value]
DASH = "—"


@dataclass(frozen=True)
class Source:
    """What values are taken from: the audit, its standard and score, the words, and the day the form is filled."""

    standard: Standard
    audit: Audit
    result: ScoreResult
    words: Wording
    today: date


@dataclass(frozen=True)
class Item:
    """One row of a list; `key` is what a placeholder may name it by: a clause, the id of a document or site."""

    key: str
    row: Row


def _documents(source: Source) -> list[Item]:
    return [_document(source, document) for document in source.standard.documents]


def _document(source: Source, document: PackDocument) -> Item:
    words, state = source.words, source.audit.document(document.id)
    found = applicability(document, source.audit)
    waits = found.applies or state.status is not DocumentStatus.AWAITED
    holds = validity(state, source.audit, source.today).holds.value if state.expires else ""
    applies = words.report("documents", "yes" if found.applies else "no")
    why = words.catalogue.text("applicability", found.reason)
    if found.overridden and state.override_reason:
        why = words.report("documents", "overridden", why=why, reason=state.override_reason)
    row = {
        "id": text(document.id),
        "title": text(words.of(document.title)),
        "group": text(words.report("documents", document.group.value)),
        "applies": Value(applies, applies, "yes" if found.applies else "no"),
        "why": text(why),
        "status": words.word(state.status) if waits else text(DASH),
        "number": text(state.number),
        "issued": day(state.issued),
        "expires": day(state.expires),
        "validity": text(words.report("documents", holds) if holds else ""),
        "copies": count(state.copies) if state.status is not DocumentStatus.AWAITED else text(""),
        "remark": text(state.remark),
    }
    return Item(document.id, row)


def _indicators(source: Source) -> list[Item]:
    return [Item(each.clause, _indicator(source, each)) for each in source.standard.indicators.values()]


def _indicator(source: Source, indicator: Indicator) -> Row:
    words, assessment = source.words, source.audit.assessment(indicator.clause)
    got = earned(indicator, assessment)
    is_sampled = assessment.verdict is Verdict.SAMPLED
    return {
        "clause": text(indicator.clause),
        "title": text(words.of(indicator.title)),
        "points": points(indicator.points),
        "rule": text(words.report("scoring", "sampled" if indicator.sampled else "whole")),
        "verdict": words.word(assessment.verdict),
        "checked": count(assessment.checked) if is_sampled else text(""),
        "failed": count(assessment.failed) if is_sampled else text(""),
        "earned": points(got),
        "lost": points(None if got is None else indicator.points - got),
        "reason": text(_reason(source, indicator, assessment)),
        "note": text(assessment.note),
    }


def _reason(source: Source, indicator: Indicator, assessment: Assessment) -> str:
    """Return the reason as it was typed, or what the samples cost."""
    got = earned(indicator, assessment)
    if assessment.reason or assessment.verdict is not Verdict.SAMPLED or got is None:
        return assessment.reason
    lost = plain(indicator.points - got)
    return source.words.report("samples", "counted", checked=assessment.checked, failed=assessment.failed, points=lost)


def _chapters(source: Source) -> list[Item]:
    return [_node(source, chapter) for chapter in source.standard.chapters]


def _groups(source: Source) -> list[Item]:
    return [_node(source, group) for chapter in source.standard.chapters for group in chapter.groups]


def _node(source: Source, node: Chapter | Group) -> Item:
    tally = source.result.nodes[node.clause]
    row = {
        "clause": text(node.clause),
        "title": text(source.words.of(node.title)),
        "points": points(node.points),
        "applicable": points(tally.applicable),
        "earned": points(tally.earned),
        "lost": points(tally.lost),
        "open": points(tally.open),
        "judged": count(tally.judged),
        "total": count(tally.total),
    }
    return Item(node.clause, row)


def _findings(source: Source) -> list[Item]:
    words, items = source.words, []
    for number, finding in enumerate(source.audit.findings, 1):
        action = finding.action
        asks_nothing = finding.grade is Grade.OBSERVATION and action.result is ActionResult.OPEN
        row = {
            "number": count(number),
            "grade": words.word(finding.grade),
            "clause": text(finding.clause),
            "clause_title": text(words.clause_title(finding.clause)),
            "facts": text(finding.facts),
            "site": text(words.site(finding.site)),
            "found_by": text(finding.found_by),
            "found_on": day(finding.found_on),
            "correction": text(action.correction),
            "cause": text(action.cause),
            "measure": text(action.measure),
            "owner": text(action.owner),
            "due": day(action.due),
            "result": text(DASH) if asks_nothing else words.word(action.result),
            "verified_by": text(action.verified_by),
            "verified_on": day(action.verified_on),
        }
        items.append(Item(str(number), row))
    return items


def _sites(source: Source) -> list[Item]:
    words = source.words

    def row(number: int) -> Row:
        site = source.audit.sites[number - 1]
        return {
            "number": count(number),
            "id": text(site.id),
            "name": text(site.name),
            "address": text(site.address),
            "kind": words.word(site.kind),
            "operated": words.word(site.operated),
            "staff": count(site.staff),
            "sampled": words.yes_no(site.sampled),
        }

    return [Item(site.id, row(number)) for number, site in enumerate(source.audit.sites, 1)]


def _team(source: Source) -> list[Item]:
    words = source.words
    return [
        Item(
            str(number),
            {
                "number": count(number),
                "name": text(member.name),
                "registration": text(member.registration),
                "role": words.word(member.role),
                "clauses": text(words.joined(member.clauses)),
            },
        )
        for number, member in enumerate(source.audit.team, 1)
    ]


def _samples(source: Source) -> list[Item]:
    words, items = source.words, []
    order = {clause: place for place, clause in enumerate(source.standard.indicators)}
    listed = sorted(source.audit.samples, key=lambda sample: order.get(sample.clause, len(order)))  # type: ignore[call-overload]
    for number, sample in enumerate(listed, 1):
        row = {
            "number": count(number),
            "clause": text(sample.clause),
            "title": text(words.clause_title(sample.clause)),
            "what": text(sample.what),
            "checked_on": day(sample.checked_on),
            "site": text(words.site(sample.site)),
            "result": words.word(sample.result),
            "remark": text(sample.remark),
        }
        items.append(Item(str(number), row))
    return items


def _deductions(source: Source) -> list[Item]:
    words, answers = source.words, findings_by_deduction(source.audit)
    by_row = numbers(source.audit)
    items = []
    for number, (row_id, deduction) in enumerate(source.audit.of(Kind.SPECIAL_DEDUCTION).items(), 1):
        answer: RowId | None = answers[row_id]
        row = {
            "number": count(number),
            "ground": words.word(deduction.ground),
            "clause": text(deduction.clause),
            "clause_title": text(words.clause_title(deduction.clause)),
            "facts": text(deduction.facts),
            "site": text(words.site(deduction.site)),
            "points": points(source.standard.scoring.deduction_points),
            "finding": text(words.report("special", "no_finding")) if answer is None else count(by_row[answer]),
        }
        items.append(Item(str(number), row))
    return items


def _subcontracting(source: Source) -> list[Item]:
    return [
        Item(str(number), {"number": count(number), "activity": text(x.activity), "contractor": text(x.contractor)})
        for number, x in enumerate(source.audit.subcontracting, 1)
    ]


def _conditions(source: Source) -> list[Item]:
    words = source.words
    return [
        Item(
            item.name,
            {
                "number": count(number),
                "title": text(words.catalogue.text("eligibility", item.name)),
                "judgement": words.word(getattr(source.audit.eligibility, item.name)),
            },
        )
        for number, item in enumerate(fields(Eligibility), 1)
    ]


def _losses(source: Source) -> list[Item]:
    items = []
    lost = sorted(losses(source.standard, source.audit), key=lambda loss: -loss.points)
    for number, loss in enumerate(lost, 1):
        row = {"number": count(number), **_indicator(source, loss.indicator)}
        items.append(Item(loss.indicator.clause, row))
    return items


LISTS: Mapping[str, Callable[[Source], list[Item]]] = {
    "documents": _documents,
    "indicators": _indicators,
    "chapters": _chapters,
    "groups": _groups,
    "findings": _findings,
    "sites": _sites,
    "team": _team,
    "samples": _samples,
    "deductions": _deductions,
    "subcontracting": _subcontracting,
    "conditions": _conditions,
    "losses": _losses,
}
