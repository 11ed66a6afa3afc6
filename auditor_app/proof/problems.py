"""What can be wrong with a proof, a key or a passphrase that somebody hands over."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError


class ProofProblem(ValidationError):
    """A report or key the person can exchange; an empty `path` means the file as a whole."""

    section = "proof_problem"
