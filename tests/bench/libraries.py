"""Libraries of any size, filled with copies of the sample audit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from auditor_app import files
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.library import FILE_NAME, Library


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


def make_many(folder: Path, audits: int) -> None:
    """Make a library of the sample and, made by SQLite alone, ever so many audits with a company and a judged sheet.

    Each has one row of history, as if nobody had edited it since.
    """
    standard, sample = files.read_audit(files.SAMPLE)
    kinds = (Kind.AUDIT, Kind.COMPANY, Kind.ELIGIBILITY, Kind.ASSESSMENT)
    model = replace(_copy(sample, 0), rows={kind: sample.rows[kind] if kind in kinds else {} for kind in Kind})
    with closing(Library(folder, "bench")) as library:
        library.add(model, standard)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.execute("CREATE TEMP TABLE made (number INTEGER PRIMARY KEY, id TEXT, created_at TEXT)")
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO made SELECT i, printf('00000000-0000-7000-8000-%012d', i),"
            " printf('2020-01-01T%08d+00:00', i) FROM n",
            (audits - 1,),
        )
        connection.execute(
            "INSERT INTO audit SELECT made.id, standard_hash, made.created_at FROM made JOIN audit ON audit.id = ?",
            (model.id,),
        )
        for kind in kinds:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({kind})")]
            values = [_COLUMNS.get((kind, column), column) for column in columns]
            connection.execute(
                f"INSERT INTO {kind} ({', '.join(columns)}) SELECT {', '.join(values)}"
                f" FROM made JOIN {kind} ON audit_id = ?",
                (model.id,),
            )
        connection.execute("INSERT INTO chain (audit_id, rows, head) SELECT id, 1, zeroblob(32) FROM made")
        connection.execute(
            "INSERT INTO history (change_set, audit_id, at, who, entity, row_id, field, before, after, link)"
            " SELECT id, id, created_at, 'bench', 'company', 'company', '', NULL, '{}', zeroblob(32) FROM made"
        )
        connection.execute("COMMIT")
    with closing(Library(folder, "bench")) as library:
        library.add(sample, standard)


# Spread over names and numbers as in life: most words are in many audits, some in one, some in none.
_COLUMNS = {
    (Kind.AUDIT, "audit_id"): "made.id",
    (Kind.COMPANY, "audit_id"): "made.id",
    (Kind.ELIGIBILITY, "audit_id"): "made.id",
    (Kind.ASSESSMENT, "audit_id"): "made.id",
    (Kind.AUDIT, "number"): "printf('B-2020-%06d', made.number)",
    (
        Kind.COMPANY,
        "name",
    ): "printf('%s%s售后服务有限公司 %d', substr('华东华南华北西南', 1 + 2 * (made.number % 4), 2),"
    " substr('电梯水泵空调家具', 1 + 2 * (made.number % 3), 2), made.number)",
}
