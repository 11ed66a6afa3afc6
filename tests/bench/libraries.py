"""Libraries of any size, filled with copies of the sample audit."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from auditor_app import files
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.library import Library


def make_library(folder: Path, audits: int) -> None:
    """Make a library of copies of the sample; the sample itself comes last and so is the one edited last."""
    standard, sample = files.read_audit(files.SAMPLE)
    with closing(Library(folder, "bench")) as library:
        for number in range(1, audits):
            library.add(_copy(sample, number), standard)
        library.add(sample, standard)


def _copy(sample: Audit, number: int) -> Audit:
    head, company = only_row(Kind.AUDIT), only_row(Kind.COMPANY)
    rows = {
        **sample.rows,
        Kind.AUDIT: {head: replace(sample.info, number=f"BENCH-{number:05d}")},
        Kind.COMPANY: {company: replace(sample.company, name=f"{sample.company.name} {number}")},
    }
    return replace(sample, id=AuditId(new_id()), rows=rows)
