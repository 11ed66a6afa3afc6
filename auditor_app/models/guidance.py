"""What a standard pack tells the auditor about an indicator besides what it scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor_app.models.ids import Clause
from auditor_app.models.wording import Text, plain, text_from


@dataclass(frozen=True)
class Guidance:
    """How to audit an indicator: what to look at, whom to ask, which evidence to take, what is commonly wrong."""

    look_at: Text
    ask: Text
    evidence: Text
    deviations: Text


def guidance_from(raw: Mapping[str, Any]) -> Mapping[Clause, Guidance]:
    """Read the guidance of a pack from its JSON object; raises `KeyError` or `TypeError` for anything else."""
    return {Clause(clause): _guidance(item) for clause, item in raw.items()}


def source_from(raw: Mapping[str, Any], key: str) -> str | None:
    """Read the source of an optional part, None where none is named; raises `TypeError` for what is no text."""
    return None if raw.get(key) is None else plain(str, raw[key])


def _guidance(raw: Mapping[str, Any]) -> Guidance:
    return Guidance(
        look_at=text_from(raw["look_at"]),
        ask=text_from(raw["ask"]),
        evidence=text_from(raw["evidence"]),
        deviations=text_from(raw["deviations"]),
    )
