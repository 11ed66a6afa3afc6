"""The history in words: what changed of what, from what to what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin

from auditor_app.models.audit import ENTITY_TYPES, Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import WHOLE_ROW, Change
from auditor_app.models.enums import EvidenceSubject, Level
from auditor_app.models.fields import fields_of, value_at
from auditor_app.models.history import SEALING, HistoryEntry, Seal
from auditor_app.models.ids import Clause, RowId
from auditor_app.models.standard import Standard

SHORT = 40
# What a row is called by, the first that is not empty; those of one row an audit need no name.
_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEAM: ("name", "registration"),
    Kind.SITE: ("id", "name"),
    Kind.SUBCONTRACT: ("activity", "contractor"),
    Kind.SAMPLE: ("what",),
    Kind.SPECIAL_DEDUCTION: ("facts",),
    Kind.FINDING: ("facts",),
    Kind.EVIDENCE: ("name",),
}


@dataclass(frozen=True)
class Worded:
    """One change in words; `clause` is empty where it is about none."""

    what: str
    clause: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told(Worded):
    """One change of the history in words."""

    entry: HistoryEntry


def told_history(entries: Iterable[HistoryEntry], standard: Standard, words: Catalogue) -> list[Told]:
    """Return the changes in words, in the order they are given, oldest first."""
    return _Teller(standard, words).told(list(entries))


def worded_changes(
    changes: Iterable[Change], states: Sequence[Audit], standard: Standard, words: Catalogue
) -> list[Worded]:
    """Return changes between states of an audit in the words of the history, in the order they are given.

    A row is called what the last state that has it calls it.
    """
    teller = _Teller(standard, words)
    for state in states:
        teller.meet(state)
    return [teller.worded(change) for change in changes]


class _Teller:
    """Knows the rows as the history or states of the audit have them, so that one that is gone still has a name."""

    def __init__(self, standard: Standard, words: Catalogue) -> None:
        self._standard = standard
        self._words = words
        self._rows: dict[tuple[str, RowId], dict[str, Any]] = {}

    def told(self, entries: list[HistoryEntry]) -> list[Told]:
        values = [(_value(entry.before), _value(entry.after)) for entry in entries]
        # First through all of it: a row is called by its last name, in its first change too.
        for entry, (before, after) in zip(entries, values, strict=True):
            row = self._rows.setdefault((entry.entity, entry.row_id), {})
            if entry.field:
                row[entry.field.replace(".", "_")] = after
            elif isinstance(whole := after or before, dict):
                row.update(whole)
        return [self._told_or_shown(entry, *pair) for entry, pair in zip(entries, values, strict=True)]

    def meet(self, state: Audit) -> None:
        """Get to know the rows of an audit."""
        for kind in Kind:
            self._rows |= {(kind, row_id): _columns(kind, row) for row_id, row in state.of(kind).items()}

    def worded(self, change: Change) -> Worded:
        """Return a change in words."""
        kind, before, after = change.kind, change.before, change.after
        if change.field == WHOLE_ROW:
            before, after = (None if row is None else _columns(kind, row) for row in (before, after))
        return Worded(*self._said(kind, change.id, change.field, before, after))

    def _told_or_shown(self, entry: HistoryEntry, before: Any, after: Any) -> Told:
        """Return a change in words, as it is stored where no word is known: only another program writes such."""
        try:
            return self._told(entry, before, after)
        except (ValueError, KeyError, TypeError, AttributeError):
            what = f"{entry.entity} {entry.row_id}"
            return Told(what, "", entry.field, entry.before or "", entry.after or "", entry)

    def _told(self, entry: HistoryEntry, before: Any, after: Any) -> Told:
        kind = entry.kind
        if kind is None:
            return Told(self._words.text("history_kind", SEALING), "", "", "", self._sealing(after), entry)
        return Told(*self._said(kind, entry.row_id, entry.field, before, after), entry)

    def _said(self, kind: Kind, row_id: RowId, path: str, before: Any, after: Any) -> tuple[str, str, str, str, str]:
        """Return what changed, its clause, the field, and both values; rows come as their columns."""
        what, clause = self._what(kind, row_id), self._clause(kind, row_id)
        if path:
            return what, clause, self._field(kind, path), self._in(kind, path, before), self._in(kind, path, after)
        field = self._words.text("history", "added" if after is not None else "removed")
        return what, clause, field, self._row(kind, before), self._row(kind, after)

    def _what(self, kind: Kind, row_id: RowId) -> str:
        name = self._words.text("history_kind", kind)
        row, language = self._rows[kind, row_id], self._words.language
        match kind:
            case Kind.ASSESSMENT if Clause(row_id) in self._standard.nodes:
                own = self._standard.nodes[Clause(row_id)].title.in_(language)
            case Kind.DOCUMENT if row_id in self._standard.documents_by_id:
                own = f"{row_id} {self._standard.documents_by_id[row_id].title.in_(language)}"
            case Kind.ASSESSMENT | Kind.DOCUMENT:
                own = row_id
            case _:
                own = " ".join(filter(None, (str(row.get(key) or "") for key in _NAMES.get(kind, ()))))
        own = own if len(own) <= SHORT else own[: SHORT - 1] + "…"
        return f"{name} {own}".rstrip()

    def _clause(self, kind: Kind, row_id: RowId) -> str:
        row = self._rows[kind, row_id]
        if kind is Kind.ASSESSMENT:
            return row_id
        if kind is not Kind.EVIDENCE:
            return str(row.get("clause") or "")
        subject = RowId(str(row.get("subject") or ""))
        match row.get("subject_kind"):
            case EvidenceSubject.INDICATOR:
                return subject
            case EvidenceSubject.SAMPLE:
                return str(self._rows.get((Kind.SAMPLE, subject), {}).get("clause") or "")
            case EvidenceSubject.FINDING:
                return str(self._rows.get((Kind.FINDING, subject), {}).get("clause") or "")
        return ""

    def _field(self, kind: Kind, path: str) -> str:
        if kind is Kind.ELIGIBILITY:
            return self._words.text("eligibility", path)
        return self._words.text("history_field", f"{kind}.{path}")

    def _row(self, kind: Kind, columns: Mapping[str, Any] | None) -> str:
        """Return what a whole row says, fields that say nothing left out."""
        if columns is None:
            return ""
        say = self._words.text
        said = (
            say("history", "pair", name=self._field(kind, field.path), value=text)
            for field in fields_of(ENTITY_TYPES[kind])
            if (text := self._in(kind, field.path, columns.get(field.column))) and columns[field.column] != 0
        )
        return say("history", "joint").join(said)

    def _in(self, kind: Kind, path: str, value: Any) -> str:
        """Return a stored value in words, empty for none."""
        if value is None or value == "":
            return ""
        plain = _types(kind)[path]
        if get_origin(plain) is tuple:
            items = json.loads(value) if isinstance(value, str) else value
            return self._words.text("punctuation", "list").join(self._plain(get_args(plain)[0], item) for item in items)
        return self._plain(plain, value)

    def _plain(self, plain: Any, value: Any) -> str:
        if plain is bool:
            return self._words.text("history", "yes" if value else "no")
        if isinstance(plain, type) and issubclass(plain, StrEnum):
            return self._words.word(plain(value))
        return str(value)

    def _sealing(self, told: Any) -> str:
        say = self._words.text
        if told["state"] == Seal.REOPENED:
            return say("history", "reopened", reason=told["reason"])
        text = say("history", "finalised", score=told["score"], level=self._words.word(Level(told["level"])))
        return text + say("history", "signed") if told["signer"] else text


def _value(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return text


def _columns(kind: Kind, row: object) -> dict[str, Any]:
    return {field.column: value_at(row, field.path) for field in fields_of(ENTITY_TYPES[kind])}


@cache
def _types(kind: Kind) -> dict[str, Any]:
    """Return the types of a kind's fields by path, without the None that some may be."""
    return {field.path: _without_none(field.type) for field in fields_of(ENTITY_TYPES[kind])}


def _without_none(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint
