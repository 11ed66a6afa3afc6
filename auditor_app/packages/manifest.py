"""The manifest of a sealed package: what the package holds, byte for byte (docs/PACKAGES.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from auditor_app import __version__
from auditor_app.models.text import clean_line
from auditor_app.packages.problems import PackageProblem

FORMAT, VERSION = "auditor-workbench.sealed-package", 1
PROGRAM = f"auditor-workbench {__version__}"
MANIFEST, AUDIT, REPORT, EVIDENCE = "manifest.json", "audit.json", "report.xlsx", "evidence/"

MB = 2**20
LARGEST_MANIFEST = 16 * MB
LARGEST = {AUDIT: 64 * MB, REPORT: 1024 * MB}
LARGEST_EVIDENCE = 200 * MB
MOST_PARTS = 20_000
LONGEST_TEXT = 500

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Part:
    """A file of the package; `size` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What the package holds; `missing` is the sha256 of evidence the audit names and the maker did not have."""

    program: str
    made_at: str
    made_by: str
    audit_id: str
    number: str
    company: str
    parts: tuple[Part, ...]
    missing: tuple[str, ...]

    @property
    def evidence(self) -> Mapping[str, Part]:
        """Return the parts that are evidence, by sha256."""
        return {part.sha256: part for part in self.parts if part.name.startswith(EVIDENCE)}


def evidence_name(sha256: str) -> str:
    """Return the name of the part with this content."""
    return f"{EVIDENCE}{sha256}"


def largest(name: str) -> int:
    """Return the most bytes a part may have."""
    return LARGEST.get(name, LARGEST_EVIDENCE)


def is_part_name(name: str) -> bool:
    """Say whether a sealed package may hold a part of this name, beside the manifest."""
    folder, evidence, sha256 = name.partition(EVIDENCE)
    return name in LARGEST or (not folder and bool(evidence) and _SHA256.fullmatch(sha256) is not None)


def encode(manifest: Manifest) -> bytes:
    """Return the manifest as JSON: one form for one content."""
    raw = {
        "format": FORMAT,
        "version": VERSION,
        "program": manifest.program,
        "made_at": manifest.made_at,
        "made_by": manifest.made_by,
        "audit": {"id": manifest.audit_id, "number": manifest.number, "company": manifest.company},
        "parts": [asdict(part) for part in manifest.parts],
        "missing": list(manifest.missing),
    }
    return json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"


def decode(data: bytes) -> Manifest:
    """Read a manifest; raises `PackageProblem`: `not_a_manifest` or `newer`."""
    try:
        raw = json.loads(data.decode(), object_pairs_hook=_without_repeats)
        _check_version(raw)
        return _manifest(raw)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise PackageProblem(MANIFEST, "not_a_manifest") from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _check_version(raw: Any) -> None:
    if raw["format"] != FORMAT:
        raise ValueError("another format")
    version = _whole(raw["version"])
    if version > VERSION:
        raise PackageProblem(MANIFEST, "newer", version=version, known=VERSION)
    if version < 1:
        raise ValueError("no version")


def _manifest(raw: Any) -> Manifest:
    parts = tuple(map(_part, _list(raw["parts"])))
    missing = tuple(map(_hash, _list(raw["missing"])))
    names = {part.name for part in parts}
    if len(names) != len(parts) or not names >= set(LARGEST):
        raise ValueError("parts repeated or left out")
    if len(set(missing)) != len(missing) or {evidence_name(sha256) for sha256 in missing} & names:
        raise ValueError("missing evidence repeated or there")
    audit = raw["audit"]
    return Manifest(
        program=_line(raw["program"]),
        made_at=_line(raw["made_at"]),
        made_by=_line(raw["made_by"]),
        audit_id=_line(audit["id"]),
        number=_line(audit["number"]),
        company=_line(audit["company"]),
        parts=parts,
        missing=missing,
    )


def _part(raw: Any) -> Part:
    part = Part(_line(raw["name"]), _hash(raw["sha256"]), _whole(raw["size"]))
    if not is_part_name(part.name) or not 0 <= part.size <= largest(part.name):
        raise ValueError("no part")
    if part.name.startswith(EVIDENCE) and part.name != evidence_name(part.sha256):
        raise ValueError("evidence under another name")
    return part


def _line(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise TypeError
    return clean_line(value)


def _hash(value: Any) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_PARTS:
        raise TypeError
    return value
