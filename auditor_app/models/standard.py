"""The standard pack: indicators, weights, levels and documents as data, each value with its source."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from auditor_app.models.enums import LEVELS, Level
from auditor_app.models.errors import ValidationError
from auditor_app.models.guidance import Guidance, guidance_from, source_from
from auditor_app.models.ids import Clause
from auditor_app.models.wording import Text as Text
from auditor_app.models.wording import plain, text_from

PACK_FORMAT = "auditor-workbench.standard"
_POINTS = re.compile(r"-?\d{1,6}(?:\.\d{1,6}|/\d{1,6})?")

# What a chapter, group or indicator says, and so must name the source of.
_SOURCED = ("clause", "title", "points")
_SOURCED_OF_INDICATORS = (*_SOURCED, "sampled", "tender")

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Indicator:
    """Third-level indicator; `points` is exact, `sources` names where each value comes from."""

    clause: Clause
    title: Text
    points: Fraction
    sampled: bool
    tender: str | None
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """Second-level clause with its indicators."""

    clause: Clause
    title: Text
    points: Fraction
    sources: Mapping[str, str]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Chapter:
    """First-level clause with its groups."""

    clause: Clause
    title: Text
    points: Fraction
    sources: Mapping[str, str]
    groups: tuple[Group, ...]

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator of the chapter in order."""
        for group in self.groups:
            yield from group.indicators


class DocumentGroup(StrEnum):
    """Part of the checklist."""

    APPLICATION = "application"
    SUPPORTING = "supporting"


class DocumentRule(StrEnum):
    """When a document applies."""

    ALWAYS = "always"
    SEVERAL_SITES = "more_than_one_site"
    NOT_THREE_IN_ONE = "not_three_in_one"
    NEEDS_LICENCE = "needs_licence"
    SEVERAL_SITES_OR_SUBCONTRACTING = "more_than_one_site_or_subcontracting"
    COLLECTED = "collected"


@dataclass(frozen=True)
class PackDocument:
    """A document of the checklist and the rule that says when it applies."""

    id: str
    title: Text
    group: DocumentGroup
    applies: DocumentRule
    source: str


@dataclass(frozen=True)
class TenderConcern:
    """A question that tenders ask."""

    id: str
    title: Text
    source: str


@dataclass(frozen=True)
class ScoringRules:
    """Levels by threshold (lowest first), special deduction, bonus and the share of certified managers."""

    levels: tuple[tuple[Level, Fraction], ...]
    deduction_points: Fraction
    fails_at_deductions: int
    bonus_points: Fraction
    bonus_at_most: int
    certified_manager_percent: Fraction
    source: str


@dataclass(frozen=True)
class Standard:
    """A standard pack; `content_hash` is the sha256 of its canonical JSON, `content` that JSON.

    Guidance and deletion reasons are empty in a pack that gives none.
    """

    id: str
    version: str
    reference: str
    title: Text
    sources: Mapping[str, Text]
    scoring: ScoringRules
    documents: tuple[PackDocument, ...]
    tender_concerns: tuple[TenderConcern, ...]
    chapters: tuple[Chapter, ...]
    guidance: Mapping[Clause, Guidance]
    guidance_source: str | None
    deletion_reasons: tuple[Text, ...]
    deletion_reasons_source: str | None
    content: str
    content_hash: str

    @cached_property
    def indicators(self) -> Mapping[Clause, Indicator]:
        """Return every indicator by clause, in the order of the standard."""
        return {i.clause: i for chapter in self.chapters for i in chapter.indicators}

    @cached_property
    def nodes(self) -> Mapping[Clause, Chapter | Group | Indicator]:
        """Return chapters, groups and indicators by clause, in the order of the standard."""
        found: dict[Clause, Chapter | Group | Indicator] = {}
        for chapter in self.chapters:
            found[chapter.clause] = chapter
            for group in chapter.groups:
                found[group.clause] = group
                found.update((indicator.clause, indicator) for indicator in group.indicators)
        return found

    @cached_property
    def documents_by_id(self) -> Mapping[str, PackDocument]:
        """Return the documents of the checklist by id."""
        return {document.id: document for document in self.documents}


def parse_standard(text: str) -> Standard:
    """Read a standard pack from its JSON text; docs/STANDARD_PACK.md describes it.

    Raises `ValidationError` for text that is no pack, points that do not add up, ids that repeat, guidance for no
    indicator, empty reasons, or sources, tender concerns, groups and rules that neither the pack nor the program knows.
    """
    try:
        raw = json.loads(text)
        if raw["format"] != PACK_FORMAT:
            raise ValidationError("format", "not_a_pack")
        reasons = raw.get("deletion_reasons", {"reasons": []})
        content = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        standard = Standard(
            id=plain(str, raw["id"]),
            version=plain(str, raw["version"]),
            reference=plain(str, raw["reference"]),
            title=text_from(raw["title"]),
            sources={key: text_from(value) for key, value in raw["sources"].items()},
            scoring=_scoring(raw["scoring"]),
            documents=tuple(_document(item, index) for index, item in enumerate(raw["documents"])),
            tender_concerns=tuple(_concern(item) for item in raw["tender_concerns"]),
            chapters=tuple(_chapter(item) for item in raw["chapters"]),
            guidance=guidance_from(raw.get("guidance", {})),
            guidance_source=source_from(raw, "guidance_source"),
            deletion_reasons=tuple(text_from(item) for item in reasons["reasons"]),
            deletion_reasons_source=source_from(reasons, "source"),
            content=content,
            content_hash=hashlib.sha256(content.encode()).hexdigest(),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, RecursionError) as error:
        raise ValidationError("standard", "not_a_pack") from error
    _check(standard)
    return standard


def _points(raw: object) -> Fraction:
    # A number with a fraction arrives as a float; its shortest text is what the pack says, its value is not.
    text = str(raw)
    if not _POINTS.fullmatch(text):
        raise ValueError
    return Fraction(text)


def _scoring(raw: Mapping[str, Any]) -> ScoringRules:
    return ScoringRules(
        levels=tuple((Level(item["level"]), _points(item["from"])) for item in raw["levels"]),
        deduction_points=_points(raw["special_deduction"]["points"]),
        fails_at_deductions=plain(int, raw["special_deduction"]["fails_at"]),
        bonus_points=_points(raw["bonus"]["points"]),
        bonus_at_most=plain(int, raw["bonus"]["at_most"]),
        certified_manager_percent=_points(raw["certified_manager_percent"]),
        source=plain(str, raw["source"]),
    )


def _document(raw: Mapping[str, Any], index: int) -> PackDocument:
    path = f"documents[{index}]"
    return PackDocument(
        id=plain(str, raw["id"]),
        title=text_from(raw["title"]),
        group=_one_of(DocumentGroup, raw["group"], f"{path}.group", "unknown_document_group"),
        applies=_one_of(DocumentRule, raw["applies"], f"{path}.applies", "unknown_document_rule"),
        source=plain(str, raw["source"]),
    )


def _one_of(kind: type[Word], value: object, path: str, code: str) -> Word:
    try:
        return kind(plain(str, value))
    except ValueError as error:
        raise ValidationError(path, code, value=value) from error


def _concern(raw: Mapping[str, Any]) -> TenderConcern:
    return TenderConcern(plain(str, raw["id"]), text_from(raw["title"]), plain(str, raw["source"]))


def _sources(raw: Mapping[str, Any]) -> Mapping[str, str]:
    return {key: plain(str, source) for key, source in raw["sources"].items()}


def _chapter(raw: Mapping[str, Any]) -> Chapter:
    groups = tuple(_group(item) for item in raw["groups"])
    return Chapter(_clause(raw), text_from(raw["title"]), _points(raw["points"]), _sources(raw), groups)


def _group(raw: Mapping[str, Any]) -> Group:
    indicators = tuple(_indicator(item) for item in raw["indicators"])
    return Group(_clause(raw), text_from(raw["title"]), _points(raw["points"]), _sources(raw), indicators)


def _clause(raw: Mapping[str, Any]) -> Clause:
    return Clause(plain(str, raw["clause"]))


def _indicator(raw: Mapping[str, Any]) -> Indicator:
    return Indicator(
        clause=_clause(raw),
        title=text_from(raw["title"]),
        points=_points(raw["points"]),
        sampled=plain(bool, raw["sampled"]),
        tender=None if raw["tender"] is None else plain(str, raw["tender"]),
        sources=_sources(raw),
    )


def _check(standard: Standard) -> None:
    levels = tuple(level for level, _ in standard.scoring.levels)
    starts = tuple(start for _, start in standard.scoring.levels)
    if levels != LEVELS[1:] or any(lower >= higher for lower, higher in pairwise(starts)):
        raise ValidationError("scoring.levels", "not_a_pack")
    groups = [group for chapter in standard.chapters for group in chapter.groups]
    indicators = [indicator for group in groups for indicator in group.indicators]
    if len(standard.nodes) != len(standard.chapters) + len(groups) + len(indicators):
        raise ValidationError("chapters", "clause_repeated")
    if not indicators or any(indicator.points <= 0 for indicator in indicators):
        raise ValidationError("chapters", "points_not_positive")
    nodes: tuple[Chapter | Group, ...] = (*standard.chapters, *groups)
    for node in nodes:
        children = node.groups if isinstance(node, Chapter) else node.indicators
        if sum(child.points for child in children) != node.points:
            raise ValidationError(node.clause, "points_do_not_add_up")
    _check_documents(standard)
    _check_help(standard)
    _check_references(standard)


def _check_documents(standard: Standard) -> None:
    if not standard.documents:
        raise ValidationError("documents", "no_documents")
    seen: set[str] = set()
    for index, document in enumerate(standard.documents):
        if document.id in seen:
            raise ValidationError(f"documents[{index}].id", "repeated", value=document.id)
        seen.add(document.id)


def _check_help(standard: Standard) -> None:
    for clause in standard.guidance:
        if clause not in standard.indicators:
            raise ValidationError(f"guidance.{clause}", "unknown_indicator", value=clause)
    for index, reason in enumerate(standard.deletion_reasons):
        if not (reason.zh.strip() and reason.en.strip()):
            raise ValidationError(f"deletion_reasons.reasons[{index}]", "deleted_without_reason")


def _check_references(standard: Standard) -> None:
    """Refuse sources and tender concerns that the pack does not explain, and values that name no source."""
    for path, source in _sources_named(standard):
        if source is None:
            raise ValidationError(path, "no_source")
        if source not in standard.sources:
            raise ValidationError(path, "unknown_source", value=source)
    asked = {concern.id for concern in standard.tender_concerns}
    for clause, indicator in standard.indicators.items():
        if indicator.tender is not None and indicator.tender not in asked:
            raise ValidationError(f"{clause}.tender", "unknown_tender_concern", value=indicator.tender)


def _sources_named(standard: Standard) -> Iterator[tuple[str, str | None]]:
    """Yield where a source is named, or should be, and the source."""
    yield "scoring.source", standard.scoring.source
    for index, document in enumerate(standard.documents):
        yield f"documents[{index}].source", document.source
    for index, concern in enumerate(standard.tender_concerns):
        yield f"tender_concerns[{index}].source", concern.source
    if standard.guidance or standard.guidance_source is not None:
        yield "guidance_source", standard.guidance_source
    if standard.deletion_reasons or standard.deletion_reasons_source is not None:
        yield "deletion_reasons.source", standard.deletion_reasons_source
    for clause, node in standard.nodes.items():
        wanted = _SOURCED_OF_INDICATORS if isinstance(node, Indicator) else _SOURCED
        for key in dict.fromkeys((*wanted, *node.sources)):
            yield f"{clause}.sources.{key}", node.sources.get(key)
