"""What can be wrong with a workbook, a key or a passphrase that somebody hands over."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError


class ProofProblem(ValidationError):
    """A workbook or key the person can exchange; an empty `path` means the file as a whole."""

    section = "proof_problem"


def damaged(what: str) -> ProofProblem:
    """Return the problem of a workbook that cannot be read to its end; `what` is the part or cell."""
    return ProofProblem("", "damaged", what=what[:80])
