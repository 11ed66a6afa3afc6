"""What of an audit others may fill in: the cells of the workbooks as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.entities import PreviousCertificate
from auditor_app.models.enums import AppliedLevel, CompanyKind, Operated, SiteKind
from auditor_app.models.fields import value_at
from auditor_app.models.text import clean_line
from auditor_app.replies import values
from auditor_app.replies.words import Both
from auditor_app.replies.xlsx import Cell


class Shape(Enum):
    """How a cell is filled in."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True)
class Entry:
    """A cell somebody fills in: its key, the field it goes to, its shape, the `member` of a set it is about."""

    key: str
    path: str
    shape: Shape
    choices: type[StrEnum] | None = None
    member: CompanyKind | None = None

    @property
    def options(self) -> tuple[StrEnum | bool, ...]:
        """Return what can be chosen, nothing for a cell that is typed into."""
        if self.shape is Shape.FLAG:
            return True, False
        return tuple(self.choices or ())

    def cell_value(self, row: Any) -> Any:
        """Return what the cell of a row shows: None for what is empty or not stated."""
        value = value_at(row, self.path)
        if self.member is not None:
            return (self.member in value) if value else None
        if self.shape is Shape.LINE:
            value = clean_line(value)
        return None if value in ("", 0) and not isinstance(value, bool) else value

    def read(self, cell: Cell, words: Both) -> Any:
        """Return what a cell says, None for an empty one; raises `ValidationError`."""
        match self.shape:
            case Shape.LINE | Shape.LINES:
                return values.text_of(cell, lines=self.shape is Shape.LINES) or None
            case Shape.DAY:
                return values.day(cell)
            case Shape.COUNT:
                return values.count(cell) or None
        if isinstance(cell.value, bool) and self.shape is Shape.FLAG and not cell.is_error:
            return cell.value
        return values.choice(cell, words.choices(self.options))

    def stored(self, value: Any) -> Any:
        """Return what is stored for what a cell says."""
        empty = {Shape.LINE: "", Shape.LINES: "", Shape.COUNT: 0}
        return empty.get(self.shape) if value is None else value

    @property
    def may_be_empty(self) -> bool:
        """Say whether an emptied cell says something: a flag or the kind of a site has no empty value."""
        return self.shape is not Shape.FLAG and self.choices in (None, AppliedLevel)


def _typed(shape: Shape, *paths: str) -> tuple[Entry, ...]:
    return tuple(Entry(path, path, shape) for path in paths)


REPLY = (
    *_typed(Shape.LINES, "action.correction", "action.cause", "action.measure"),
    *_typed(Shape.LINE, "action.owner"),
    *_typed(Shape.DAY, "action.due"),
)
"""What the auditee says about a finding; what verifies it is the auditor's alone."""

COMPANY = (
    *_typed(Shape.LINE, "name", "credit_code", "legal_representative", "registered_address", "operating_address"),
    *(Entry(f"kinds.{kind}", "kinds", Shape.FLAG, member=kind) for kind in CompanyKind),
    *_typed(Shape.LINE, "industry"),
    *_typed(Shape.LINES, "products", "scope"),
    *_typed(Shape.FLAG, "three_in_one", "needs_licence"),
    *_typed(Shape.COUNT, "employees", "after_sales_staff", "service_management_staff", "certified_service_managers"),
    *_typed(Shape.LINE, "hotline", "website", "contact.name", "contact.phone", "contact.email"),
)
APPLICATION = (Entry("applied_level", "applied_level", Shape.CHOICE, AppliedLevel),)
CERTIFICATE = (
    *_typed(Shape.LINE, "number"),
    Entry("level", "level", Shape.CHOICE, AppliedLevel),
    *_typed(Shape.DAY, "issued", "expires"),
)
PROFILE: tuple[tuple[Kind, tuple[Entry, ...]], ...] = (
    (Kind.COMPANY, COMPANY),
    (Kind.AUDIT, APPLICATION),
    (Kind.PREVIOUS_CERTIFICATE, CERTIFICATE),
)
"""The sections of the profile, one cell a row; the id of such a row is that of `profile_id`."""

SITE = (
    *_typed(Shape.LINE, "name", "address"),
    Entry("kind", "kind", Shape.CHOICE, SiteKind),
    Entry("operated", "operated", Shape.CHOICE, Operated),
    *_typed(Shape.COUNT, "staff"),
)
SUBCONTRACT = _typed(Shape.LINE, "activity", "contractor")
ENCLOSED = "enclosed"
DOCUMENT = (
    *_typed(Shape.LINE, "number"),
    *_typed(Shape.DAY, "issued", "expires"),
    *_typed(Shape.COUNT, "copies"),
)
"""Of a document, beside the tick that it is enclosed."""


def profile_id(kind: Kind, entry: Entry) -> str:
    """Return the id of the row of the profile that holds a cell."""
    return f"{kind}.{entry.key}"


def profile_row(audit: Audit, kind: Kind) -> Any:
    """Return the row a section of the profile is about; a certificate that is not there is an empty one."""
    return audit.of(kind).get(only_row(kind)) or PreviousCertificate()
