"""What a report is made from: one audit, its standard pack and its score, as they stood at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from auditor_app.models.audit import Audit
from auditor_app.models.history import Sealing
from auditor_app.models.ids import RowId
from auditor_app.models.scoring import ScoreResult, score_audit
from auditor_app.models.standard import Standard

BOTH = "both"
"""The language of a report that says everything in Chinese and in English."""


@dataclass(frozen=True)
class ReportSnapshot:
    """One audit ready to be reported; `language` is `zh`, `en` or `both`.

    `pictures` are JPEG files ready to embed, by row of evidence: upright, rotated, with their marks, and nothing else
    in them. `missing` are the sha256 of content that is not on this laptop, `unshown` those of pictures that cannot be
    shown. `locations` are latitude and longitude by sha256, printed when there are any. `logo` is a PNG or JPEG file
    for the cover, made safe by whoever read it. `sealing` says how the audit was finalised, None while it is not, or
    where it does not come from a library, which alone knows (`is_stored`).
    """

    standard: Standard
    audit: Audit
    result: ScoreResult
    made_on: date
    language: str
    pictures: Mapping[RowId, bytes] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    unshown: frozenset[str] = frozenset()
    locations: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    logo: bytes | None = None
    sealing: Sealing | None = None
    is_stored: bool = False


def snapshot(standard: Standard, audit: Audit, language: str, made_on: date) -> ReportSnapshot:
    """Return the audit as it stands, with its score and without pictures."""
    return ReportSnapshot(standard, audit, score_audit(standard, audit), made_on, language)
