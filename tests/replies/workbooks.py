"""What the auditee does to a workbook: fill in cells by their keys, as a spreadsheet program saves it."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import ChangeSet, apply
from auditor_app.models.entities import CorrectiveAction, Finding
from auditor_app.models.enums import ActionResult, Grade
from auditor_app.models.ids import RowId
from auditor_app.replies.application_reading import read_application
from auditor_app.replies.application_sheet import write_application
from auditor_app.replies.identity import ID, MARK
from auditor_app.replies.proposal import Proposal, check
from auditor_app.replies.reply_reading import read_replies
from auditor_app.replies.reply_sheet import write_replies
from auditor_app.replies.words import both
from tests.builders import STANDARD, with_rows
from tests.report.audits import sample
from tests.report.office import soffice
from tests.workbooks.opening import load_workbook

TODAY = date(2026, 3, 10)
WORDS, BOTH = Catalogue.load("en", "replies", "exchange"), both()
FIRST, SECOND, THIRD = RowId("finding-1"), RowId("finding-2"), RowId("finding-3")


@cache
def _sample() -> Audit:
    return sample("pump-maker").audit


def audited(*findings: Finding) -> Audit:
    """Return the sample audit with findings of one's own, three unless some are given."""
    audit = _sample()
    audit = replace(audit, rows={**audit.rows, Kind.FINDING: {}})
    rows = findings or (
        Finding(Grade.MAJOR, "5.2.4.1", "报修电话两次无人接听", "S2", "李工", date(2026, 3, 2)),
        Finding(
            Grade.MINOR, "5.2.6.2", "废旧电机未签协议", action=CorrectiveAction(correction="停止交付", owner="赵海")
        ),
        Finding(
            Grade.OBSERVATION,
            facts="公示信息未更新",
            action=CorrectiveAction(verified_by="李工", result=ActionResult.ACCEPTED),
        ),
    )
    return with_rows(audit, *((Kind.FINDING, f"finding-{n}", row) for n, row in enumerate(rows, 1)))


def reply_out(audit: Audit) -> bytes:
    """Return the reply workbook as it goes out."""
    return write_replies(STANDARD, audit, BOTH, TODAY)[0]


def reply_in(audit: Audit, data: bytes) -> Proposal:
    """Return what a reply workbook would change."""
    return read_replies(STANDARD, audit, BOTH, WORDS, data, TODAY)


def application_out(audit: Audit, *, filled: bool = False) -> bytes:
    """Return the application workbook as it goes out."""
    return write_application(STANDARD, audit, BOTH, TODAY, filled=filled)[0]


def application_in(audit: Audit, data: bytes) -> Proposal:
    """Return what an application workbook would change."""
    return read_application(STANDARD, audit, BOTH, WORDS, data, TODAY)


class Opened:
    """A workbook open at the auditee's, who finds cells by the words on the screen; tests find them by key."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(BytesIO(data))

    def sheet(self, part: str = "replies") -> Worksheet:
        """Return the sheet of a part."""
        return next(sheet for sheet in self.book.worksheets if f'"part":"{part}"' in self._mark(sheet))

    def place(self, row_id: str, key: str, part: str = "replies") -> str:
        """Return where the cell of a row is."""
        sheet = self.sheet(part)
        top, id_column = self._mark_place(sheet)
        keys = {sheet.cell(top, column).value: column for column in range(1, sheet.max_column + 1)}
        row = next(row for row in range(top, sheet.max_row + 1) if sheet.cell(row, id_column).value == row_id)
        column = id_column if key == ID else keys[key]
        return str(sheet.cell(row, column).coordinate)

    def fill(self, row_id: str, key: str, value: Any, part: str = "replies") -> str:
        """Type into a cell and return where it is, as the program tells it."""
        place = self.place(row_id, key, part)
        self.sheet(part)[place] = value
        return f"{self.sheet(part).title}!{place}"

    def value(self, row_id: str, key: str, part: str = "replies") -> Any:
        """Return what a cell holds."""
        return self.sheet(part)[self.place(row_id, key, part)].value

    def saved(self) -> bytes:
        """Return the workbook as it is sent back."""
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()

    def _mark(self, sheet: Worksheet) -> str:
        top, column = self._mark_place(sheet)
        return str(sheet.cell(top, column).value) if top else ""

    def _mark_place(self, sheet: Worksheet) -> tuple[int, int]:
        for row in sheet.iter_rows(max_row=40):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(MARK):
                    return cell.row, cell.column or 0
        return 0, 0


def answered(audit: Audit, *answers: tuple[str, str, Any]) -> bytes:
    """Return the reply workbook with cells filled in: row id, key, value."""
    opened = Opened(reply_out(audit))
    for row_id, key, value in answers:
        opened.fill(row_id, key, value)
    return opened.saved()


def applied(audit: Audit, *answers: tuple[str, str, str, Any], filled: bool = False) -> bytes:
    """Return the application with cells filled in: part, row id, key, value."""
    opened = Opened(application_out(audit, filled=filled))
    for part, row_id, key, value in answers:
        opened.fill(row_id, key, value, part)
    return opened.saved()


def take(audit: Audit, proposal: Proposal, *, everything: bool = False) -> Audit:
    """Return the audit after taking what is wanted, or every line."""
    chosen = [place for place, line in enumerate(proposal.lines) if everything or line.is_wanted]
    check(STANDARD, audit, [proposal.lines[place] for place in chosen])
    return apply(audit, ChangeSet(audit.id, proposal.changes(audit, chosen)))


def told(proposal: Proposal) -> str:
    """Return everything that is told, a line each."""
    return "\n".join(f"{note.cell}: {note.text}" if note.cell else note.text for note in proposal.notes)


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a workbook with its parts changed; None leaves a part out."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def with_formula(data: bytes, place: str, formula: str, value: str | None) -> bytes:
    """Return a workbook whose cell is a formula with the value a spreadsheet stored for it, as text."""

    def change(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/"):
            return content
        stored = f"<v>{value}</v>" if value is not None else ""
        cell = f'<c r="{place}" t="str"><f>{formula}</f>{stored}</c>'
        return re.sub(rf'<c r="{place}"[^>]*?(/>|>.*?</c>)'.encode(), cell.encode(), content)

    return rewritten(data, change)


def saved_by_office(data: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it."""
    program = soffice()
    folder.mkdir(exist_ok=True)
    source, target = folder / "book.xlsx", folder / "saved"
    source.write_bytes(data)
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (target / "book.xlsx").read_bytes()
