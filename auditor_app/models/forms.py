"""What the window is told of the form of a certification body: its placeholders, what they stand for, what to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PlaceholderState(StrEnum):
    """How a placeholder of a form stands."""

    KNOWN = "known"
    MAPPED = "mapped"
    FIXED = "fixed"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Choice:
    """What a person decided a placeholder stands for: a field, else a text, which may be empty."""

    field: str = ""
    text: str = ""


Choices = Mapping[str, Choice]
"""By key of the placeholder."""


@dataclass(frozen=True)
class Placeholder:
    """One placeholder with all its places; `field` is what it stands for, `preview` what will be written.

    `rows` is how many rows a list has, None for a single value. `is_new` says that the form had none of this name when
    it was filled last.
    """

    key: str
    written: str
    places: tuple[str, ...]
    state: PlaceholderState
    field: str = ""
    preview: str = ""
    rows: int | None = None
    is_new: bool = False


@dataclass(frozen=True)
class FormRemark:
    """What to know before a form is filled: a message code with its parameters; `is_loss` for what does not survive.

    A parameter that is a tuple is shown as a list in words.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    is_loss: bool = False


@dataclass(frozen=True)
class FormPreview:
    """What goes where in a form; `lost` are the placeholders it had when it was filled last and has no more."""

    placeholders: tuple[Placeholder, ...]
    remarks: tuple[FormRemark, ...]
    lost: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[Placeholder, ...]:
        """Return the placeholders nobody decided about; they are left empty."""
        return tuple(p for p in self.placeholders if p.state is PlaceholderState.UNKNOWN)


@dataclass(frozen=True)
class FieldName:
    """A field for people to choose: its name as it stands in a form, what it is, what it holds in the open audit."""

    name: str
    title: str
    example: str


@dataclass(frozen=True)
class Filled:
    """What was done: how many places were written, how many rows added, and where a text was too long for a cell."""

    places: int
    rows_added: int
    cut: tuple[str, ...] = ()
