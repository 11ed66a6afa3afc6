"""The audit file: one audit as open, documented JSON (docs/FORMAT.md), taken whole or not at all."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any

import msgspec

from auditor_app.exchange.problems import FileProblem, shown
from auditor_app.exchange.reading import JsonObject, parse, read
from auditor_app.models.audit import AT_MOST_ONE, NATURAL_KEY, Audit, Kind, StandardRef, only_row
from auditor_app.models.entities import (
    Assessment,
    AuditInfo,
    Bonus,
    Company,
    Document,
    Eligibility,
    Evidence,
    Finding,
    PreviousCertificate,
    Sample,
    Site,
    SpecialDeduction,
    Subcontract,
    TeamMember,
)
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import AuditId, RowId, new_id
from auditor_app.models.rules import LARGEST_COUNT, Refusal, audit_refusals, refusals
from auditor_app.models.standard import Standard

FORMAT = "auditor-workbench.audit"
VERSION = 1

LARGEST_THUMBNAIL = 128 * 2**10  # bytes
MOST_PLACED = 20_000
"""Rows of one audit in a file."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class CompanyInFile(Company):
    """The profile as the file holds it: with the certificate held before."""

    previous_certificate: PreviousCertificate | None = None


@dataclass(frozen=True)
class SampleInFile(Sample):
    """A sample with the id that evidence refers to; empty when nothing does."""

    id: str = ""


@dataclass(frozen=True)
class FindingInFile(Finding):
    """A finding with the id that evidence refers to; empty when nothing does."""

    id: str = ""


@dataclass(frozen=True)
class Thumbnail:
    """A small picture of evidence, as base64, for those who have the file but not the content."""

    sha256: str
    jpeg: str


@dataclass(frozen=True)
class AuditFile:
    """The whole file; names, order and defaults are the format."""

    format: Annotated[str, msgspec.Meta(extra_json_schema={"const": FORMAT})]
    version: Annotated[int, msgspec.Meta(extra_json_schema={"const": VERSION})]
    id: Annotated[str, msgspec.Meta(extra_json_schema={"format": "uuid"})]
    standard: StandardRef
    audit: AuditInfo = field(default_factory=AuditInfo)
    team: tuple[TeamMember, ...] = ()
    company: CompanyInFile = field(default_factory=CompanyInFile)
    eligibility: Eligibility = field(default_factory=Eligibility)
    sites: tuple[Site, ...] = ()
    subcontracting: tuple[Subcontract, ...] = ()
    documents: tuple[Document, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    samples: tuple[SampleInFile, ...] = ()
    special_deductions: tuple[SpecialDeduction, ...] = ()
    bonus: Annotated[tuple[Bonus, ...], msgspec.Meta(max_length=1)] = ()
    findings: tuple[FindingInFile, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    thumbnails: tuple[Thumbnail, ...] = ()


@dataclass(frozen=True)
class Decoded:
    """What a file holds: the audit, the standard pack it names, small pictures of its evidence by sha256."""

    standard: Standard
    audit: Audit
    thumbnails: Mapping[str, bytes]


@dataclass(frozen=True)
class _Placed:
    """A row of the audit and where it stands in the file."""

    kind: Kind
    id: RowId
    row: Any
    path: str


def decode(data: bytes, standards: Callable[[StandardRef], Standard | None]) -> tuple[Standard, Audit]:
    """Return the audit of a file and the standard pack it names; raises `ValidationError` as `decode_whole` does."""
    whole = decode_whole(data, standards)
    return whole.standard, whole.audit


def decode_whole(data: bytes, standards: Callable[[StandardRef], Standard | None]) -> Decoded:
    """Return everything a file holds.

    Raises `ValidationError` with the path in the file and the reason for the first thing that is not right.
    """
    raw = parse(data)
    _check_header(raw)
    file: AuditFile = read(raw, AuditFile, "")
    audit_id = file.id.lower()
    if not _UUID.fullmatch(audit_id):
        raise FileProblem("id", "not_a_uuid", value=shown(file.id))
    standard = standards(file.standard)
    if standard is None:
        named = {"id": shown(file.standard.id), "version": shown(file.standard.version)}
        raise FileProblem("standard", "unknown_standard", **named)
    placed = list(_placed_rows(file))
    if len(placed) > MOST_PLACED:
        raise FileProblem("", "too_many_values")
    audit = Audit(AuditId(audit_id), file.standard, _rows(placed))
    _check_rules(standard, audit, placed)
    return Decoded(standard, audit, _thumbnails(file))


def encode(audit: Audit, standard: Standard, thumbnails: Mapping[str, bytes] | None = None) -> bytes:
    """Return the file of an audit; assessments and documents stand in the order of the standard pack.

    `thumbnails` are small JPEG pictures by the sha256 of the evidence they show.
    """
    shown_content = dict.fromkeys(row.sha256 for row in audit.evidence if row.sha256 in (thumbnails or {}))
    file = AuditFile(
        format=FORMAT,
        version=VERSION,
        id=audit.id,
        standard=audit.standard,
        audit=audit.info,
        team=audit.team,
        company=CompanyInFile(**_values(audit.company, Company), previous_certificate=audit.previous_certificate),
        eligibility=audit.eligibility,
        sites=audit.sites,
        subcontracting=audit.subcontracting,
        documents=_in_order(audit, Kind.DOCUMENT, standard.documents_by_id),
        assessments=_in_order(audit, Kind.ASSESSMENT, standard.indicators),
        samples=tuple(SampleInFile(**_values(row, Sample), id=row_id) for row_id, row in audit.of(Kind.SAMPLE).items()),
        special_deductions=audit.special_deductions,
        bonus=() if audit.bonus is None else (audit.bonus,),
        findings=tuple(
            FindingInFile(**_values(row, Finding), id=row_id) for row_id, row in audit.of(Kind.FINDING).items()
        ),
        evidence=audit.evidence,
        thumbnails=tuple(
            Thumbnail(sha256, base64.b64encode(thumbnails[sha256]).decode()) for sha256 in shown_content if thumbnails
        ),
    )
    raw = msgspec.to_builtins(file)
    raw["samples"] = [{"id": sample["id"], **sample} for sample in raw["samples"]]
    raw["findings"] = [{"id": row["id"], "clause": row["clause"], **row} for row in raw["findings"]]
    return json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the audit file, for those who make such files with other programs."""
    schema = msgspec.json.schema(AuditFile)
    for node in _objects_in(schema):
        if "properties" in node:
            node["additionalProperties"] = False
        if node.get("type") == "integer" and "const" not in node:
            node |= {"minimum": 0, "maximum": LARGEST_COUNT}
        if node.get("format") == "decimal":
            node |= {"type": ["string", "integer"], "pattern": r"^[0-9]{1,9}(\.[0-9]{1,4})?$", "minimum": 0}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **schema}


def _check_header(raw: object) -> None:
    if not isinstance(raw, JsonObject):
        raise FileProblem("", "foreign")
    if raw.get("format") != FORMAT:
        raise FileProblem("format", "foreign")
    version = raw.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise FileProblem("version", "no_version", known=VERSION)
    if version > VERSION:
        raise FileProblem("version", "newer", version=shown(version), known=VERSION)


def _placed_rows(file: AuditFile) -> Iterator[_Placed]:
    certificate = file.company.previous_certificate
    yield _single(Kind.AUDIT, file.audit, "audit")
    yield _single(Kind.COMPANY, Company(**_values(file.company, Company)), "company")
    if certificate:
        yield _single(Kind.PREVIOUS_CERTIFICATE, certificate, "company.previous_certificate")
    yield _single(Kind.ELIGIBILITY, file.eligibility, "eligibility")
    yield from _listed(Kind.TEAM, file.team, "team")
    yield from _listed(Kind.SITE, file.sites, "sites")
    yield from _listed(Kind.SUBCONTRACT, file.subcontracting, "subcontracting")
    yield from _listed(Kind.DOCUMENT, file.documents, "documents")
    yield from _listed(Kind.ASSESSMENT, file.assessments, "assessments")
    samples = _with_row_ids(file.samples, "samples")
    findings = _with_row_ids(file.findings, "findings")
    yield from _identified(Kind.SAMPLE, Sample, samples, "samples")
    yield from _listed(Kind.SPECIAL_DEDUCTION, file.special_deductions, "special_deductions")
    yield from _listed(Kind.BONUS, file.bonus, "bonus")
    yield from _identified(Kind.FINDING, Finding, findings, "findings")
    row_ids = {
        subject_kind: {row.id: row_id for row_id, row in rows.items() if row.id}
        for subject_kind, rows in ((EvidenceSubject.SAMPLE, samples), (EvidenceSubject.FINDING, findings))
    }
    evidence = (
        replace(row, subject=row_ids.get(row.subject_kind, {}).get(row.subject, row.subject)) for row in file.evidence
    )
    yield from _listed(Kind.EVIDENCE, evidence, "evidence")


def _with_row_ids(rows: Iterable[Any], path: str) -> dict[RowId, Any]:
    """Return rows by row id: their own ids where a file comes back as it went, else new ones in the order of the file.

    The rows of an audit stand in the order of their ids, so UUIDs of another order cannot be kept.
    """
    ids = [row.id for row in rows]
    named: set[str] = set()
    for index, name in enumerate(ids):
        if name in named:
            raise ValidationError(f"{path}[{index}].id", "repeated", value=shown(name))
        named |= {name} - {""}
    are_kept = ids == sorted(ids) and all(map(_UUID.fullmatch, ids))
    return {RowId(row.id if are_kept else new_id()): row for row in rows}


def _identified(kind: Kind, entity: type[Any], rows: Mapping[RowId, Any], path: str) -> Iterator[_Placed]:
    for index, (row_id, row) in enumerate(rows.items()):
        yield _Placed(kind, row_id, entity(**_values(row, entity)), f"{path}[{index}]")


def _thumbnails(file: AuditFile) -> dict[str, bytes]:
    """Return the small pictures of a file; raises `FileProblem` for what is no small JPEG of its evidence."""
    evidence, found = {row.sha256 for row in file.evidence}, {}
    for index, row in enumerate(file.thumbnails):
        path = f"thumbnails[{index}]"
        if row.sha256 not in evidence or row.sha256 in found:
            raise FileProblem(f"{path}.sha256", "thumbnail_of_nothing", value=shown(row.sha256))
        try:
            data = base64.b64decode(row.jpeg, validate=True)
        except (binascii.Error, ValueError) as error:
            raise FileProblem(f"{path}.jpeg", "not_a_thumbnail") from error
        if len(data) > LARGEST_THUMBNAIL or not data.startswith(b"\xff\xd8\xff"):
            raise FileProblem(f"{path}.jpeg", "not_a_thumbnail")
        found[row.sha256] = data
    return found


def _single(kind: Kind, row: Any, path: str) -> _Placed:
    return _Placed(kind, only_row(kind), row, path)


def _listed(kind: Kind, rows: Iterable[Any], path: str) -> Iterator[_Placed]:
    for index, row in enumerate(rows):
        yield _Placed(kind, _row_id(kind, row), row, f"{path}[{index}]")


def _row_id(kind: Kind, row: Any) -> RowId:
    if kind in AT_MOST_ONE:
        return only_row(kind)
    return RowId(getattr(row, NATURAL_KEY[kind]) if kind in NATURAL_KEY else new_id())


def _rows(placed: Iterable[_Placed]) -> dict[Kind, dict[RowId, Any]]:
    rows: dict[Kind, dict[RowId, Any]] = {kind: {} for kind in Kind}
    for item in placed:
        table = rows[item.kind]
        if item.id in table and item.kind in AT_MOST_ONE:
            raise ValidationError(item.path, "more_than_one")
        if item.id in table:
            raise ValidationError(f"{item.path}.{NATURAL_KEY[item.kind]}", "repeated", value=shown(item.id))
        table[item.id] = item.row
    return {kind: dict(sorted(table.items())) for kind, table in rows.items()}


def _check_rules(standard: Standard, audit: Audit, placed: Iterable[_Placed]) -> None:
    paths: dict[tuple[Kind, RowId], str] = {}
    for item in placed:
        paths[item.kind, item.id] = item.path
        for refusal in refusals(standard, item.row):
            raise _refused(item.path, refusal)
    for kind, row_id, refusal in audit_refusals(audit):
        raise _refused(paths[kind, row_id], refusal)


def _refused(path: str, refusal: Refusal) -> ValidationError:
    brief = {name: shown(value) if isinstance(value, str | int) else value for name, value in refusal.params.items()}
    return ValidationError(f"{path}.{refusal.field}", refusal.code, **brief)


def _values(row: Any, kind: type[Any]) -> dict[str, Any]:
    return {item.name: getattr(row, item.name) for item in fields(kind)}


def _in_order(audit: Audit, kind: Kind, order: Iterable[str]) -> tuple[Any, ...]:
    rows = audit.of(kind)
    return tuple(rows[RowId(key)] for key in order if RowId(key) in rows)


def _objects_in(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from _objects_in(child)
