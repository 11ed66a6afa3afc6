"""What a workbook would change, line by line, for a person to look at before any of it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from auditor_app.models.audit import AT_MOST_ONE, ENTITY_TYPES, NATURAL_KEY, Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import Change, ChangeSet, add, apply, edit
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import with_value
from auditor_app.models.ids import RowId
from auditor_app.models.remarks import remarks
from auditor_app.models.rules import check_change
from auditor_app.models.standard import Standard
from auditor_app.replies.problems import ReplyProblem

# Said of what is empty: a form that is not complete is no doubt about what it says.
_NOT_DOUBTS = {"missing"}


@dataclass(frozen=True)
class Note:
    """Something to be told: where (empty for the workbook as a whole), and what."""

    cell: str
    text: str


@dataclass(frozen=True)
class Line:
    """One value of the workbook that is not the one here, or a whole new `row`.

    `doubts` are sentences for a person; a line that is not `is_wanted` is left out unless somebody asks for it.
    """

    cell: str
    about: str
    label: str
    before: str
    after: str
    kind: Kind
    row_id: RowId
    values: Mapping[str, Any] = field(default_factory=dict)
    row: Any = None
    doubts: tuple[str, ...] = ()
    is_wanted: bool = True


@dataclass(frozen=True)
class Proposal:
    """All that a workbook would change, and what is told beside it; `about` says whose workbook it is, and of when."""

    about: str
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]

    def changes(self, audit: Audit, chosen: Iterable[int]) -> tuple[Change, ...]:
        """Return the changes of the lines chosen by place; raises `ReplyProblem` when a row of theirs is gone."""
        return changes_of(audit, [self.lines[place] for place in sorted(set(chosen))])


def changes_of(audit: Audit, lines: Sequence[Line]) -> tuple[Change, ...]:
    """Return the changes of these lines, those of one row made together."""
    values: dict[tuple[Kind, RowId], dict[str, Any]] = {}
    made: list[Change] = []
    for line in lines:
        if line.row is not None:
            made.append(add(line.kind, line.row_id, line.row))
        else:
            values.setdefault((line.kind, line.row_id), {}).update(line.values)
    for (kind, row_id), wanted in values.items():
        if row_id not in audit.of(kind) and kind in AT_MOST_ONE:
            row = ENTITY_TYPES[kind]()
            for path, value in wanted.items():
                row = with_value(row, path, value)
            made.append(add(kind, row_id, row))
        elif row_id not in audit.of(kind) and kind not in NATURAL_KEY:
            raise ReplyProblem("", "row_gone")
        else:
            made += edit(audit, kind, row_id, wanted)
    return tuple(made)


def proposal(
    standard: Standard,
    audit: Audit,
    words: Catalogue,
    today: date,
    about: str,
    found: Sequence[Line],
    notes: Sequence[Note],
) -> Proposal:
    """Return what can be taken: lines that a rule refuses are told instead, what is doubtful is said at the line."""
    lines, told = [], list(notes)
    for line in found:
        try:
            check(standard, audit, (line,))
        except ValidationError as error:
            why = reason(words, error)
            told.append(Note(line.cell, words.text("reply_note", "refused", field=line.label, why=why)))
        else:
            lines.append(line)
    return Proposal(about, tuple(_doubted(standard, audit, words, today, lines)), tuple(told))


def check(standard: Standard, audit: Audit, lines: Sequence[Line]) -> None:
    """Raise `ValidationError` when the rules refuse these lines together."""
    change_set = ChangeSet(audit.id, changes_of(audit, lines))
    check_change(standard, apply(audit, change_set), change_set)


def text_of(words: Catalogue, value: Any) -> str:
    """Return a value as a person reads it."""
    match value:
        case None:
            return ""
        case bool():
            return words.text("reply_sheet", "yes" if value else "no")
        case 0:
            return ""
        case date():
            return value.isoformat()
        case StrEnum():
            return words.word(value)
        case tuple():
            return words.text("punctuation", "list").join(text_of(words, each) for each in value)
    return str(value)


def reason(words: Catalogue, error: ValidationError) -> str:
    """Return why a value was refused, as part of a sentence."""
    return words.error(error).rstrip("。.")


def _doubted(standard: Standard, audit: Audit, words: Catalogue, today: date, lines: Sequence[Line]) -> Iterable[Line]:
    """Yield the lines with what the program remarks about their fields once all that is wanted is taken."""
    wanted = [line for line in lines if line.is_wanted]
    try:
        change_set = ChangeSet(audit.id, changes_of(audit, wanted))
    except ValidationError:
        yield from lines
        return
    said: dict[tuple[Kind, RowId, str], list[str]] = {}
    for remark in remarks(standard, apply(audit, change_set), today):
        if remark.code not in _NOT_DOUBTS:
            text = words.text(remark.section, remark.code, **remark.params)
            said.setdefault((remark.kind, remark.row_id, remark.field), []).append(text)
    for line in lines:
        more = [text for path in line.values for text in said.get((line.kind, line.row_id, path), [])]
        yield replace(line, doubts=(*line.doubts, *more))
