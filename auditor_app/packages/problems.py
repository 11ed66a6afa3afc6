"""What can be wrong with a package or a password, and content that changes while it is packed."""

from __future__ import annotations

from auditor_app.models.errors import ValidationError


class PackageProblem(ValidationError):
    """A package, a part of it or a password that the person can exchange; `path` is the file or the part."""

    section = "package_problem"
