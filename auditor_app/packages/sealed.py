"""Sealing: report, audit file, originals and the manifest that names every byte of them, in one zip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from auditor_app.models.audit import Audit
from auditor_app.models.entities import Evidence
from auditor_app.models.packed import Lack, LeftOut, Packed
from auditor_app.models.progress import Progress, unwatched
from auditor_app.packages.manifest import (
    AUDIT,
    LONGEST_TEXT,
    MANIFEST,
    PROGRAM,
    REPORT,
    Manifest,
    Part,
    encode,
    evidence_name,
)
from auditor_app.packages.writing import Meter, ZipWriter, opened_whole, pieces_of, zip_into


@dataclass(frozen=True)
class Parts:
    """What is sealed: the finished report and audit file, and where the originals lie, None for those not here."""

    report: bytes
    audit_file: bytes
    original: Callable[[str], Path | None]


def write_sealed(
    file: BinaryIO,
    audit: Audit,
    parts: Parts,
    made: datetime,
    by: str,
    password: str = "",
    progress: Progress = unwatched,
) -> Packed:
    """Write the package into an open file; `made` has an offset, so that the moment is the same everywhere.

    Evidence whose content is missing or damaged is left out, and the manifest says so. Raises what the file raises,
    `PackageProblem` for an unfit password or content that changes meanwhile, and what ends the `progress`, whose steps
    are kilobytes.
    """
    rows = {row.sha256: row for row in reversed(audit.evidence)}
    numbers = _numbers(audit)
    meter = Meter(sum(row.size for row in rows.values()), progress)
    left_out = []
    with zip_into(file, made.replace(tzinfo=None), password) as writer:
        written = [
            _put(writer, REPORT, parts.report, packed=False),
            _put(writer, AUDIT, parts.audit_file, packed=True),
        ]
        for sha256 in dict.fromkeys(row.sha256 for row in audit.evidence):
            part = _put_evidence(writer, rows[sha256], parts.original(sha256), meter)
            if isinstance(part, Lack):
                left_out.append((sha256, LeftOut(numbers[sha256], rows[sha256].name, part)))
            else:
                written.append(part)
        manifest = _manifest(audit, made, by, tuple(written), tuple(sha256 for sha256, _ in left_out))
        writer.put(MANIFEST, [encode(manifest)], packed=True)
    return Packed(len(rows) - len(left_out), tuple(row for _, row in left_out))


def _put(writer: ZipWriter, name: str, data: bytes, *, packed: bool) -> Part:
    written = writer.put(name, [data], packed=packed)
    return Part(name, written.sha256, written.size)


def _put_evidence(writer: ZipWriter, row: Evidence, path: Path | None, meter: Meter) -> Part | Lack:
    opened = opened_whole(path, row.sha256, meter)
    if isinstance(opened, Lack):
        meter.count(row.size)
        return opened
    name = evidence_name(row.sha256)
    with opened as file:
        written = writer.put(name, pieces_of(file, row.sha256, row.name, meter))
    return Part(name, written.sha256, written.size)


def _manifest(audit: Audit, made: datetime, by: str, parts: tuple[Part, ...], missing: tuple[str, ...]) -> Manifest:
    return Manifest(
        program=PROGRAM,
        made_at=made.isoformat(timespec="seconds"),
        made_by=by[:LONGEST_TEXT],
        audit_id=audit.id,
        number=audit.info.number[:LONGEST_TEXT],
        company=audit.company.name[:LONGEST_TEXT],
        parts=parts,
        missing=missing,
    )


def _numbers(audit: Audit) -> dict[str, str]:
    """Return the first number of every content, the same as in the report."""
    found: dict[str, str] = {}
    for number, row in enumerate(audit.evidence, 1):
        found.setdefault(row.sha256, f"E{number:02d}")
    return found
