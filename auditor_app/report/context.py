"""What every sheet of one report is made with."""

from __future__ import annotations

from dataclasses import dataclass

from auditor_app.models.audit import Audit
from auditor_app.models.conclusion import Outcome
from auditor_app.models.scoring import ScoreResult
from auditor_app.models.standard import Standard
from auditor_app.report.bilingual import stacked
from auditor_app.report.numbers import Numbers
from auditor_app.report.page import Cell, Page
from auditor_app.report.printing import Margins
from auditor_app.report.snapshot import ReportSnapshot
from auditor_app.report.words import Words


@dataclass(frozen=True)
class Context:
    """The snapshot, its conclusion, the words, the numbers rows go by, and the page margins."""

    snapshot: ReportSnapshot
    outcome: Outcome
    words: Words
    numbers: Numbers
    margins: Margins

    @property
    def standard(self) -> Standard:
        """Return the standard pack of the audit."""
        return self.snapshot.standard

    @property
    def audit(self) -> Audit:
        """Return the audit that is reported."""
        return self.snapshot.audit

    @property
    def result(self) -> ScoreResult:
        """Return the score of the audit."""
        return self.snapshot.result


def heading(page: Page, title: str, about: str) -> None:
    """Write the title of a sheet and the line below it."""
    page.add(Cell(title, "title", page.columns), least=32)
    page.add(Cell(about, "subtitle", page.columns), least=16)
    page.gap(6)


def section(page: Page, title: str) -> None:
    """Write the heading of a section, with room above it."""
    page.gap(8)
    page.blocks.append(page.row)
    page.add(Cell(title, "section", page.columns), least=20)


def header(page: Page, *titles: str | tuple[str, int]) -> int:
    """Write the header row of a table and return it; a title wider than one column comes with its span."""
    pairs = ((title, 1) if isinstance(title, str) else title for title in titles)
    return page.add(*(Cell(stacked(title), "header", span) for title, span in pairs), least=24)
