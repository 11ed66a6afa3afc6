"""Packages of a small audit, whole and tampered with."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from auditor_app import files
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.evidence import OPENING
from auditor_app.models.packed import Packed
from auditor_app.models.standard import Standard
from auditor_app.packages.sealed import Parts, write_sealed
from auditor_app.storage.evidence_store import EvidenceStore
from tests.builders import with_rows
from tests.report.photographed import photo

PASSWORD = "Kiefern-Zapfen-9"
MADE = datetime.fromisoformat("2026-03-05T17:20:00+08:00")
REPORT = b"PK\x03\x04 stands for a report" * 40
NAMES = ("IMG_1.JPG", "IMG_2.JPG", "门头.JPG")
Entries = dict[str, bytes]


def small_audit(
    library: Path, names: tuple[str, ...] = ("IMG_1.JPG", "IMG_2.JPG", "门头.JPG")
) -> tuple[Standard, Audit]:
    """Return the pump maker's audit with three photos, their content in the folder of a library."""
    standard, audit = files.read_audit(files.SAMPLE)
    store = EvidenceStore(library)
    subjects = (
        (EvidenceSubject.INDICATOR, "5.1.1.1"),
        (EvidenceSubject.DOCUMENT, "D3"),
        (EvidenceSubject.MEETING, OPENING),
    )
    for number, (name, subject) in enumerate(zip(NAMES, subjects, strict=True), 1):
        stored = store.add_bytes(photo(number))
        row = Evidence(*subject, stored.sha256, name, "image/jpeg", stored.size, "2026-03-02T09:14:05")
        audit = with_rows(audit, (Kind.EVIDENCE, f"evidence-{number}", row))
    return standard, audit


def seal(standard: Standard, audit: Audit, library: Path, password: str = "") -> tuple[bytes, Packed]:
    """Return a sealed package with bytes for a report, and what was packed."""
    file = BytesIO()
    parts = Parts(REPORT, files.audit_bytes(standard, audit, library), EvidenceStore(library).path)
    packed = write_sealed(file, audit, parts, MADE, "李工", password)
    return file.getvalue(), packed


def entries_of(package: bytes) -> Entries:
    """Return the content of every entry of a package without a password."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip as any other program would make it."""
    file = BytesIO()
    pairs = entries.items() if isinstance(entries, Mapping) else entries
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def with_manifest(entries: Entries, change: Callable[[dict[str, Any]], None]) -> Entries:
    """Return the entries with another manifest."""
    raw = json.loads(entries["manifest.json"])
    change(raw)
    return entries | {"manifest.json": json.dumps(raw).encode()}


def resealed(entries: Entries, audit_file: bytes) -> Entries:
    """Return the entries with another audit file, of which the manifest tells the truth."""

    def change(raw: dict[str, Any]) -> None:
        for part in raw["parts"]:
            if part["name"] == "audit.json":
                part |= {"sha256": sha256(audit_file).hexdigest(), "size": len(audit_file)}

    return with_manifest(entries | {"audit.json": audit_file}, change)
