"""Verdicts as an auditor enters them: the keys, the samples, the values a verdict brings."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from auditor_app.models.enums import Verdict
from auditor_app.models.errors import ValidationError

VERDICT_ACTIONS = {
    "met": Verdict.MET,
    "not_met": Verdict.NOT_MET,
    "sampled": Verdict.SAMPLED,
    "deleted": Verdict.DELETED,
}
"""The verdicts by the actions of the keymap, in the order in which they are offered."""


def plain_verdict(verdict: Verdict) -> dict[str, Any]:
    """Return the values of a verdict that needs nothing else; what belonged to another verdict goes."""
    return {"verdict": verdict, "checked": 0, "failed": 0, "reason": ""}


def sampled_verdict(checked: int, failed: int) -> dict[str, Any]:
    """Return the values of a sampled verdict."""
    return {"verdict": Verdict.SAMPLED, "checked": checked, "failed": failed, "reason": ""}


def deleted_verdict(reason: str) -> dict[str, Any]:
    """Return the values of a deletion."""
    return {"verdict": Verdict.DELETED, "checked": 0, "failed": 0, "reason": reason}


def parse_counts(text: str) -> tuple[int, int]:
    """Read `12/1`, `12 1` or `12` in either width as samples checked and failed."""
    folded = unicodedata.normalize("NFKC", text).strip()
    match = re.fullmatch(r"(\d{1,6})(?:\s*[/,、\s]\s*(\d{1,6}))?", folded)
    if not match:
        raise ValidationError("checked", "not_counts", value=text.strip())
    return int(match[1]), int(match[2] or 0)
