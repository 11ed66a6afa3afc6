"""What is packed for others, what could not be, and what a package that came back holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from auditor_app.models.audit import Audit
from auditor_app.models.errors import ValidationError
from auditor_app.models.standard import Standard


class Lack(StrEnum):
    """Why a piece of evidence is not in what was packed."""

    MISSING = "missing"
    DAMAGED = "damaged"
    NO_COPY = "no_copy"


@dataclass(frozen=True)
class Packing:
    """How to pack: language of what is written, bare copies instead of originals, a password or none."""

    language: str = "zh"
    bare: bool = False
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class LeftOut:
    """A piece of evidence that could not be packed; `number` is that of the report."""

    number: str
    name: str
    lack: Lack


@dataclass(frozen=True)
class Packed:
    """How many pieces of evidence were packed, and which could not be."""

    pieces: int
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class OpenedPackage:
    """A sealed package that was read whole; `problems` says what is wrong with it, nothing when it is as it was made.

    `made_at` is local time with its offset as the maker's clock said, `size` the bytes of all parts. The audit is None
    when it is not as it was made. `missing` are names of evidence that the package says it was made without.
    """

    path: Path
    program: str
    made_at: str
    made_by: str
    number: str
    company: str
    pieces: int
    size: int
    missing: tuple[str, ...]
    problems: tuple[ValidationError, ...]
    standard: Standard | None
    audit: Audit | None
    password: str = field(default="", repr=False)

    @property
    def sealed_at(self) -> str:
        """Return when it was sealed, as `2026-03-05 17:20 (UTC+08:00)`, or as the package says when that is no time."""
        try:
            made = datetime.fromisoformat(self.made_at)
        except ValueError:
            return self.made_at
        return f"{made:%Y-%m-%d %H:%M}" + (f" ({made.tzname()})" if made.tzinfo else "")

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found wrong."""
        return not self.problems
