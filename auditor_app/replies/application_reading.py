"""The application taken in: into the profile, the lists of sites and subcontracts, and the checklist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import Site, Subcontract
from auditor_app.models.enums import CompanyKind, DocumentStatus, SiteKind
from auditor_app.models.fields import build
from auditor_app.models.ids import RowId, new_id
from auditor_app.models.standard import Standard
from auditor_app.models.text import folded
from auditor_app.replies.application_sheet import NEW, TICK
from auditor_app.replies.entries import DOCUMENT, ENCLOSED, PROFILE, SITE, SUBCONTRACT, Entry, profile_id, profile_row
from auditor_app.replies.forms import Row, Table, read_form
from auditor_app.replies.identity import ID, Part, canonical, digest
from auditor_app.replies.proposal import Line, Proposal, proposal, text_of
from auditor_app.replies.reading import NOTES, Reader, Said
from auditor_app.replies.words import Both

PARTS = (Part.PROFILE, Part.SITES, Part.SUBCONTRACTS, Part.DOCUMENTS)
VALUE = "value"


def read_application(
    standard: Standard, audit: Audit, both: Both, words: Catalogue, data: bytes, today: date
) -> Proposal:
    """Return what an application would change; raises `ReplyProblem` for one that is not this audit's application.

    `words` tell it in the language of the window.
    """
    reader = Reader(standard, audit, both, words)
    tables = reader.tables(read_form(data), PARTS, "not_application")
    for part in PARTS:
        if part not in tables:
            reader.note("", "missing_sheet", sheet=both.line(part))
    if Part.PROFILE in tables:
        _read_profile(reader, tables[Part.PROFILE])
    if Part.SITES in tables:
        _Listed(reader, tables[Part.SITES], Kind.SITE, SITE, ("name",)).read()
    if Part.SUBCONTRACTS in tables:
        _Listed(reader, tables[Part.SUBCONTRACTS], Kind.SUBCONTRACT, SUBCONTRACT, ("activity",)).read()
    if Part.DOCUMENTS in tables:
        _read_documents(reader, tables[Part.DOCUMENTS])
    mark = next(iter(tables.values())).mark
    return proposal(standard, audit, words, today, reader.about(mark), reader.lines, reader.notes)


def _once(reader: Reader, table: Table, rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows by id; one that stands twice counts when both say the same, and is told in any case."""
    found: dict[str, Row] = {}
    unlike = set()
    for row in rows:
        first = found.setdefault(row.id, row)
        if first is row:
            continue
        other = table.address(first, ID)
        if _content(first) == _content(row):
            reader.note(table.address(row, ID), "id_twice_same", other=other)
        else:
            # Which of them is meant, nobody can say.
            reader.note(table.address(row, ID), "id_twice", other=other, field=reader.label("fill_in"))
            unlike.add(row.id)
    return {key: row for key, row in found.items() if key not in unlike}


def _content(row: Row) -> dict[str, str]:
    return {key: canonical(cell.value) for key, cell in row.cells.items()}


def _read_profile(reader: Reader, table: Table) -> None:
    if VALUE not in table.columns:
        reader.note(table.sheet, "missing_column", field=reader.label("fill_in"))
        return
    known = {profile_id(kind, entry): (kind, entry) for kind, entries in PROFILE for entry in entries}
    kinds: dict[CompanyKind, Said] = {}
    for key, row in _once(reader, table, (row for row in table.rows if row.id)).items():
        if not reader.belongs(table, row, key in known, "unknown_id"):
            continue
        kind, entry = known[key]
        reader.miss_locked(table, row, {"item": "item"})
        current = profile_row(reader.audit, kind)
        said = reader.said(table, row, entry, current, reader.label(key), key=VALUE)
        if said is None:
            continue
        if entry.member is not None:
            kinds[entry.member] = said
        else:
            about = reader.words.text(NOTES, f"part.{kind}")
            reader.put(about, reader.label(key), kind, only_row(kind), entry, current, said)
    if kinds:
        _put_kinds(reader, kinds)


def _put_kinds(reader: Reader, said: Mapping[CompanyKind, Said]) -> None:
    """Offer the kinds of company as the one field they are."""
    before = reader.audit.company.kinds
    after = tuple(kind for kind in CompanyKind if (said[kind].value if kind in said else kind in before))
    if set(after) == set(before):
        return
    each = tuple(said.values())
    doubts = tuple(dict.fromkeys(doubt for one in each for doubt in one.doubts))
    whole = Said(each[0].cell, after, doubts, all(one.is_wanted for one in each))
    about, label = reader.words.text(NOTES, f"part.{Kind.COMPANY}"), reader.label("company.kinds")
    reader.offer(whole, about, label, Kind.COMPANY, only_row(Kind.COMPANY), {"kinds": (before, after)})


class _Listed:
    """Rows of a list: those that are here are compared, others are matched by their name or are new."""

    def __init__(
        self, reader: Reader, table: Table, kind: Kind, entries: tuple[Entry, ...], named_by: tuple[str, ...]
    ) -> None:
        self._reader, self._table, self._kind, self._entries = reader, table, kind, entries
        self._named_by = named_by
        self._rows: Mapping[RowId, Any] = reader.audit.of(kind)
        self._seen: set[tuple[str, ...]] = set()
        self._read: dict[RowId, Row] = {}
        self._site_ids = {site.id for site in reader.audit.sites}

    def read(self) -> None:
        """Read every row of the table."""
        self._reader.miss_columns(self._table, self._entries, f"{self._kind}.")
        sent = [row for row in self._table.rows if row.id and not row.id.startswith(NEW)]
        fresh = [row for row in self._table.rows if not row.id or row.id.startswith(NEW)]
        for key, row in _once(self._reader, self._table, sent).items():
            if not self._reader.belongs(self._table, row, RowId(key) in self._rows, "deleted_row"):
                continue
            if any(entry.key in row.cells for entry in self._entries):
                self._compare(RowId(key), row, is_new=False)
            elif any(row.sent[entry.key].digest != digest(None) for entry in self._entries if entry.key in row.sent):
                self._reader.note(self._table.address(row, ID), "emptied_row")
        for row in fresh:
            self._read_fresh(row)

    def _compare(self, row_id: RowId, row: Row, *, is_new: bool) -> None:
        first = self._read.setdefault(row_id, row)
        if first is not row:
            other = self._table.address(first, ID)
            self._reader.note(self._table.address(row, ID), "named_twice", name=self._about(row_id), other=other)
            return
        current = self._rows[row_id]
        for entry in self._entries:
            label = self._label(entry)
            said = self._reader.said(self._table, row, entry, current, label, is_new=is_new)
            if said is not None:
                self._reader.put(self._about(row_id), label, self._kind, row_id, entry, current, said)

    def _read_fresh(self, row: Row) -> None:
        """Read a row that went out empty, or that somebody added."""
        if not any(entry.key in row.cells for entry in self._entries):
            return
        name = self._name(row)
        known = self._matching(name)
        if known is not None:
            self._compare(known, row, is_new=True)
            return
        values: dict[str, Any] = {}
        for entry in self._entries:
            is_read, value = self._reader.cell(self._table, row, entry, self._label(entry))
            if is_read and value is not None:
                values[entry.path] = value
        key = tuple(folded(str(value)) for value in values.values())
        if not values or key in self._seen:
            return
        self._seen.add(key)
        self._reader.lines.append(self._new_line(row, values))

    def _new_line(self, row: Row, values: dict[str, Any]) -> Line:
        words = self._reader.words
        said = {self._label(entry): values[entry.path] for entry in self._entries if entry.path in values}
        after = "\n".join(
            words.text(NOTES, "said", label=label, value=text_of(words, value)) for label, value in said.items()
        )
        made = self._site(values) if self._kind is Kind.SITE else build(Subcontract, values)
        about = words.text(NOTES, f"new_{self._kind}")
        cell = self._table.address(row, next(entry.key for entry in self._entries if entry.key in row.cells))
        return Line(
            *(cell, about, words.text(NOTES, "whole_row"), "", after, self._kind, RowId(new_id()), values),
            row=made,
        )

    def _site(self, values: dict[str, Any]) -> Site:
        number = next(n for n in range(1, len(self._site_ids) + 2) if f"S{n}" not in self._site_ids)
        kind = SiteKind.OUTLET if self._site_ids else SiteKind.HEAD_OFFICE
        self._site_ids.add(f"S{number}")
        return build(Site, {"id": f"S{number}", "kind": kind, **values})

    def _name(self, row: Row) -> tuple[str, ...]:
        """Return what a row is recognised by; what cannot be read there is told when the row is."""
        cells = (row.cells.get(key) for key in self._named_by)
        return tuple(" ".join(folded(str(cell.value)).split()) if cell is not None else "" for cell in cells)

    def _matching(self, name: tuple[str, ...]) -> RowId | None:
        if not all(name):
            return None
        for row_id, row in self._rows.items():
            if tuple(" ".join(folded(str(getattr(row, key))).split()) for key in self._named_by) == name:
                return row_id
        return None

    def _about(self, row_id: RowId) -> str:
        if self._kind is Kind.SITE:
            site = self._rows[row_id]
            return self._reader.words.text(NOTES, "site", id=site.id, name=site.name).strip()
        return self._reader.words.text(NOTES, "subcontract", number=list(self._rows).index(row_id) + 1)

    def _label(self, entry: Entry) -> str:
        return self._reader.label(f"{self._kind}.{entry.key}")


def _read_documents(reader: Reader, table: Table) -> None:
    reader.miss_columns(table, DOCUMENT, "document.")
    documents = reader.standard.documents_by_id
    for row in table.rows:
        if not row.id and any(entry.key in row.cells for entry in (TICK, *DOCUMENT)):
            reader.note(table.address(row, ID), "extra_row_here")
    for key, row in _once(reader, table, (row for row in table.rows if row.id)).items():
        if not reader.belongs(table, row, key in documents, "unknown_document"):
            continue
        reader.miss_locked(table, row, {"title": "document"})
        title = documents[key].title.in_(reader.words.language)
        about = reader.words.text(NOTES, "document", id=key, title=title)
        _read_tick(reader, table, row, about)
        current = reader.audit.document(key)
        for entry in DOCUMENT:
            label = reader.label(f"document.{entry.key}")
            said = reader.said(table, row, entry, current, label)
            if said is not None:
                reader.put(about, label, Kind.DOCUMENT, RowId(key), entry, current, said)


def _read_tick(reader: Reader, table: Table, row: Row, about: str) -> None:
    """Offer a document as received when it is said to be enclosed; how far it is beyond that is the auditor's."""
    is_read, is_enclosed = reader.cell(table, row, TICK, reader.label(ENCLOSED))
    if not is_read or is_enclosed is None:
        return
    status = reader.audit.document(row.id).status
    if is_enclosed and status is DocumentStatus.AWAITED:
        said, label = Said(table.address(row, ENCLOSED), True), reader.label("document.status")
        reader.offer(said, about, label, Kind.DOCUMENT, RowId(row.id), {"status": (status, DocumentStatus.RECEIVED)})
    elif not is_enclosed and status in (DocumentStatus.RECEIVED, DocumentStatus.VERIFIED):
        reader.note(table.address(row, ENCLOSED), "not_enclosed", status=reader.words.word(status))
