"""The report of an audit with 100 photos: time against Pillow and openpyxl alone, size, gaps of the window, memory."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor_app import evidence, files
from auditor_app.models.audit import Kind
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.ids import RowId, new_id
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import Library
from tests.bench.measure import Outcome, Row, Split
from tests.bench.photos import make_photos
from tests.bench.processes import output_of

PHOTOS = 100
LONGEST_GAP_SECONDS = 0.05
MOST_MEGABYTES, LARGEST_MEGABYTES = 500, 15


def run(folder: Path, _rounds: int) -> Outcome:
    """Write the report by turns with the least that makes one like it, and once more in the window."""
    source, library = folder / "report_photos", folder / "photo_report"
    make_photos(source, PHOTOS)
    _take(source, library)
    os.sync()
    floor = _measured(folder, "plain_photo_report", source)
    ours = _measured(folder, "photo_report", library)
    shutil.rmtree(source)
    shutil.rmtree(library)
    rows = [
        Row(f"report with {PHOTOS} photos", ours["seconds"], floor["seconds"], "Pillow and openpyxl alone", 1.3),
        Row(f"longest gap, {PHOTOS} photos reported", max(ours["gaps"]), LONGEST_GAP_SECONDS, "50 ms", 1.0),
        Row("size of that report", ours["megabytes"], LARGEST_MEGABYTES, "15 MB", 1.0, unit="MB"),
    ]
    if ours["peak"] is not None:
        rows.append(Row("most memory, that report", ours["peak"], MOST_MEGABYTES, "500 MB", 1.0, unit="MB"))
    return Outcome(tuple(rows), (Split("gap of the loop", {"report written": ours["gaps"]}),))


def _take(source: Path, library: Path) -> None:
    """Make a library whose sample audit has every photo as evidence."""
    standard, audit = files.read_audit(files.SAMPLE)
    with closing(Library(library, "bench")) as opened:
        store, rows = EvidenceStore(library), dict(audit.of(Kind.EVIDENCE))
        for path, clause in zip(sorted(source.iterdir()), list(standard.indicators) * PHOTOS, strict=False):
            facts = evidence.take(store, path.read_bytes())
            row = Evidence(EvidenceSubject.INDICATOR, clause, facts.sha256, path.name, facts.media_type, facts.size)
            rows[RowId(new_id())] = row
        opened.add(replace(audit, rows={**audit.rows, Kind.EVIDENCE: rows}), standard)


def _measured(folder: Path, child: str, source: Path) -> dict[str, Any]:
    """Write the report in a child process and return what it measured."""
    target = folder / f"{child}.xlsx"
    printed = output_of(folder / "bytecode", "-m", f"tests.bench.children.{child}", str(source), str(target))
    target.unlink()
    measured: dict[str, Any] = json.loads(printed)
    return measured
