"""What the dialogs of replies and applications ask for; the composition root knows how it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import Change
from auditor_app.models.standard import Standard


class Note(Protocol):
    """Something to be told: the cell (empty for the workbook as a whole), and a sentence."""

    @property
    def cell(self) -> str:
        """Return the cell as people write it."""

    @property
    def text(self) -> str:
        """Return what is to be told."""


class Line(Protocol):
    """One value of a workbook that is not the one here, in words; wanted, or left out unless somebody asks for it."""

    @property
    def cell(self) -> str:
        """Return the cell it comes from."""

    @property
    def about(self) -> str:
        """Return what it is about: `Finding 3 · 5.2.4.1`."""

    @property
    def label(self) -> str:
        """Return the field."""

    @property
    def before(self) -> str:
        """Return what the audit says."""

    @property
    def after(self) -> str:
        """Return what the workbook says."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return why to look twice."""

    @property
    def is_wanted(self) -> bool:
        """Say whether it is taken unless somebody leaves it out."""


class Proposal(Protocol):
    """All that a workbook would change, and what is told beside it."""

    @property
    def about(self) -> str:
        """Return whose workbook it is, and of when."""

    @property
    def lines(self) -> Sequence[Line]:
        """Return what it would change, in the order of its cells."""

    @property
    def notes(self) -> Sequence[Note]:
        """Return what is told and not taken."""

    def changes(self, audit: Audit, chosen: Iterable[int]) -> tuple[Change, ...]:
        """Return the changes of the lines chosen by place; raises `ValidationError`."""


class ReplyDesk(Protocol):
    """Workbooks for the auditee, written and read; all may run aside and raise `AuditorError`."""

    def write_replies(self, standard: Standard, audit: Audit, path: Path) -> tuple[str, ...]:
        """Write the reply workbook; returns the cells whose text had to be cut."""

    def read_replies(self, standard: Standard, audit: Audit, words: Catalogue, path: Path) -> Proposal:
        """Return what a reply workbook would change, told with these words."""

    def write_application(self, standard: Standard, audit: Audit, path: Path, *, filled: bool) -> tuple[str, ...]:
        """Write the application workbook, with what is known if `filled`; returns as `write_replies` does."""

    def read_application(self, standard: Standard, audit: Audit, words: Catalogue, path: Path) -> Proposal:
        """Return what an application workbook would change, told with these words."""
