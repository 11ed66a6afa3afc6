"""What every workbook that comes back is read with: whose it is, which rows are whose, what each cell says anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.models.fields import value_at
from auditor_app.models.ids import RowId
from auditor_app.models.standard import Standard
from auditor_app.replies.comparing import Answer, answer
from auditor_app.replies.entries import Entry
from auditor_app.replies.forms import NOTHING, Form, Row, Table
from auditor_app.replies.identity import ID, Mark, Part, canonical, digest, row_digest
from auditor_app.replies.problems import ReplyProblem, shown
from auditor_app.replies.proposal import Line, Note, reason, text_of
from auditor_app.replies.words import SHEET, Both

NOTES = "reply_note"


@dataclass(frozen=True)
class Said:
    """What a cell says anew, with sentences about it; not wanted unless somebody asks for it, or wanted."""

    cell: str
    value: Any
    doubts: tuple[str, ...] = ()
    is_wanted: bool = True


@dataclass
class Reader:
    """One reading of one workbook: lines and notes are gathered in the order of its rows."""

    standard: Standard
    audit: Audit
    both: Both
    words: Catalogue
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, cell: str, code: str, **params: object) -> None:
        """Tell something about a cell, or with an empty one about the workbook."""
        self.notes.append(Note(cell, self.words.text(NOTES, code, **params)))

    def about(self, mark: Mark) -> str:
        """Return whose workbook it is, and of when."""
        return self.words.text(NOTES, "from", audit=self.name(mark), made=shown(mark.made))

    def name(self, mark: Mark) -> str:
        """Return how people call the audit of a workbook."""
        named = " ".join(filter(None, (shown(mark.number), shown(mark.company))))
        return named or self.words.text(NOTES, "unnamed")

    def tables(self, form: Form, parts: Iterable[Part], otherwise: str) -> dict[str, Table]:
        """Return the first table of each part; tells what else is there.

        Raises `ReplyProblem` when none of the parts is there (its code is `otherwise`), or for another audit's.
        """
        wanted, found = set(parts), dict[str, Table]()
        for table in form.tables:
            if table.mark.part not in wanted:
                continue
            if table.mark.audit != self.audit.id:
                raise ReplyProblem("", "other_audit", audit=self.name(table.mark))
            if found.setdefault(table.mark.part, table) is not table:
                self.note("", "second_sheet", sheet=shown(table.sheet))
        if not found:
            raise ReplyProblem("", otherwise)
        known = {self.both.line("lists"), self.both.line("full_texts")}
        others = [table.sheet for table in form.tables if table.mark.part not in wanted]
        others += [name for name in form.others if name not in known]
        if others:
            separator = self.words.text("punctuation", "list")
            self.note("", "other_sheets", sheets=separator.join(map(shown, others[:5])) + ("…" if others[5:] else ""))
        return found

    def label(self, key: str) -> str:
        """Return the words of a column in the language of the window."""
        return self.words.text(SHEET, key)

    def belongs(self, table: Table, row: Row, is_here: bool, gone: str) -> bool:
        """Say whether a row is one of this audit's; tells when it is not, `gone` when it was."""
        proof = row.sent.get(ID)
        was_sent = proof is not None and proof.digest == row_digest(self.audit.id, row.id)
        if is_here and (was_sent or proof is None):
            return True
        self.note(table.address(row, ID), gone if was_sent else "unknown_id")
        return False

    def miss_columns(self, table: Table, entries: Sequence[Entry], prefix: str = "") -> None:
        """Tell which columns are gone."""
        for entry in entries:
            if entry.key not in table.columns:
                self.note(table.sheet, "missing_column", field=self.label(prefix + entry.key))

    def miss_locked(self, table: Table, row: Row, labels: Mapping[str, str]) -> None:
        """Tell which locked cells no longer hold what was sent."""
        changed = [
            key
            for key in labels
            if key in table.columns and key in row.sent
            if digest(row.cells.get(key, NOTHING).value) != row.sent[key].digest
        ]
        if changed:
            separator = self.words.text("punctuation", "list")
            names = separator.join(self.label(labels[key]) for key in changed)
            self.note(table.address(row, changed[0]), "locked_changed", field=names)

    def cell(self, table: Table, row: Row, entry: Entry, label: str, key: str = "") -> tuple[bool, Any]:
        """Return whether a cell can be read, and what it says; tells when it cannot."""
        key = key or entry.key
        if key not in table.columns:
            return False, None
        over = table.over(row, key)
        if over is not None:
            self.note(table.address(row, key), "under_merged", range=over)
            return False, None
        try:
            return True, entry.read(row.cells.get(key, NOTHING), self.both)
        except ValidationError as error:
            self.note(table.address(row, key), "refused", field=label, why=reason(self.words, error))
            return False, None

    def said(
        self, table: Table, row: Row, entry: Entry, current: Any, label: str, *, key: str = "", is_new: bool = False
    ) -> Said | None:
        """Return what a cell says anew about a row that is `current`; tells what cannot be taken.

        A row that `is_new` to the workbook went out empty, whatever is known of it here.
        """
        is_read, value = self.cell(table, row, entry, label, key)
        if not is_read:
            return None
        key = key or entry.key
        filled = table.mark.filled and not is_new
        found = answer(value, entry.cell_value(current), row.sent.get(key), filled=filled)
        if found is None:
            return None
        if found.value is None and not entry.may_be_empty:
            self.note(table.address(row, key), "emptied_kept", field=label)
            return None
        doubts = tuple(self._doubts(table, row, key, found))
        return Said(table.address(row, key), found.value, doubts, is_wanted=not found.doubts)

    def put(self, about: str, label: str, kind: Kind, row_id: RowId, entry: Entry, current: Any, said: Said) -> None:
        """Offer what a cell says for its field of a row."""
        values = {entry.path: (value_at(current, entry.path), entry.stored(said.value))}
        self.offer(said, about, label, kind, row_id, values)

    def offer(
        self, said: Said, about: str, label: str, kind: Kind, row_id: RowId, values: Mapping[str, tuple[Any, Any]]
    ) -> None:
        """Offer new values by path, each with the one it takes the place of."""
        before = "\n".join(text_of(self.words, old) for old, _ in values.values())
        after = "\n".join(text_of(self.words, new) for _, new in values.values())
        self.lines.append(
            Line(
                *(said.cell, about, label, before, after, kind, row_id),
                values={path: new for path, (_, new) in values.items()},
                doubts=said.doubts,
                is_wanted=said.is_wanted,
            )
        )

    def together(self, found: Sequence[Said]) -> Said | None:
        """Return the one thing that cells of one row standing twice say, None when they say different things."""
        if len({canonical(said.value) for said in found}) != 1:
            return None
        doubts = tuple(dict.fromkeys(doubt for said in found for doubt in said.doubts))
        return replace(found[0], doubts=doubts, is_wanted=all(said.is_wanted for said in found))

    def _doubts(self, table: Table, row: Row, key: str, found: Answer) -> Iterator[str]:
        for code in found.doubts:
            yield self.words.text(NOTES, f"doubt.{code}")
        if row.cells.get(key, NOTHING).is_formula:
            yield self.words.text(NOTES, "doubt.formula")
        merged = table.starting_at(row, key)
        if merged is not None:
            yield self.words.text(NOTES, "doubt.merged", range=merged)
