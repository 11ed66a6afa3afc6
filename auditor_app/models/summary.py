"""What a list shows of an audit."""

from __future__ import annotations

from dataclasses import dataclass

from auditor_app.models.enums import AuditKind
from auditor_app.models.ids import AuditId


@dataclass(frozen=True)
class AuditSummary:
    """One audit in a list; its score is asked for apart, since a list shows few of its lines.

    `came_in` is the time it came into the library, ISO 8601, by which lists are ordered; a finalised one is read-only.
    """

    id: AuditId
    number: str
    kind: AuditKind
    company: str
    came_in: str
    is_finalised: bool = False
