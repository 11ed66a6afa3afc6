"""What a check of the library finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """Something that is not as the program wrote it, with its place; `audit` is a number or an id, empty for none."""

    code: str
    audit: str = ""
    params: dict[str, object] = field(default_factory=dict)

    section = "fault"


@dataclass(frozen=True)
class Wholeness:
    """How much was checked, what is wrong, and what is only worth knowing (`notes`)."""

    audits: int
    rows: int
    files: int
    signatures: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults
