"""A day's work with the real program on a screen: from an empty library to the report, and back the next morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from auditor_app.models.audit import Audit, Kind
from auditor_app.models.entities import Assessment, Document
from auditor_app.models.enums import DocumentStatus, Verdict
from auditor_app.models.errors import AuditorError
from auditor_app.models.ids import Clause
from auditor_app.models.scoring import ScoreResult, score_audit, shown
from auditor_app.storage.library import FILE_NAME, Library
from tests.ui.conftest import clear, open_window
from tests.ui.desk import Desk, Key, one
from tests.window.screen import Program, Screen, running, wait_for
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

NAME = "泰山泵业"


@dataclass
class Map:
    """Where things lie in the window, learnt from one of the same size that nobody sees."""

    new_audit: tuple[int, int]
    to_number: int
    """How often Tab is pressed from the company's name to the number of the audit."""
    to_starts: int
    to_ends: int


def tabs_to(desk: Desk, kind: Kind, path: str) -> int:
    """Press Tab until the keyboard is in a field; return how often."""
    for count in range(1, 200):
        desk.press(Key.Key_Tab)
        if QApplication.focusWidget() is desk.editor(kind, path):
            return count
    raise AssertionError(f"Tab never reaches {kind}.{path}")


@pytest.fixture(scope="module")
def learnt(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Map:
    """Give the map."""
    desk = open_window(qapp, tmp_path_factory.mktemp("twin"), sample=False)
    button = one(desk.window, QPushButton, lambda b: b.isVisible() and b.text() == "新建审核")
    place = button.mapTo(desk.window, button.rect().center())
    desk.click(button)
    found = Map(
        (place.x(), place.y()),
        *(tabs_to(desk, Kind.AUDIT, path) for path in ("number", "starts", "ends")),
    )
    clear(qapp, desk)
    return found


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the folder of a library that is not there yet."""
    return tmp_path / "资料"


def opened(data: Path) -> Iterator[tuple[Audit, ScoreResult]]:
    """Give the audit edited last as a library opened for the first time finds it, if there is one."""
    if not (data / FILE_NAME).exists():
        return
    library = Library(data, "somebody else")
    try:
        newest = library.newest()
        if newest is not None:
            standard, audit = library.load(newest)
            yield audit, score_audit(standard, audit)
    finally:
        library.close()


def stored(data: Path) -> tuple[Audit, ScoreResult]:
    return next(opened(data))


def wait_stored(data: Path, program: Program, telling: str, **fields: object) -> None:
    """Wait until the company or the audit has these values in the database."""

    def look() -> bool:
        program.check_alive()
        try:
            for audit, _ in opened(data):
                facts = vars(audit.company) | vars(audit.info)
                return all(facts[name] == value for name, value in fields.items())
        except AuditorError:
            # The program is writing.
            return False
        return False

    wait_for(look, telling)


def fill_profile(program: Program, learnt: Map) -> None:
    """Type the company's name, the number of the audit and its dates."""
    program.type(NAME)
    for tabs, text in (
        (learnt.to_number, "R0-2026-0042"),
        (learnt.to_starts, "2026-03-02"),
        (learnt.to_ends, "20260304"),
    ):
        program.key(*["Tab"] * tabs)
        program.type(text)


def tick_documents(program: Program) -> None:
    program.key("ctrl+2", "2", "Down", "1")


def judge(program: Program) -> None:
    """Judge five indicators, the last one as not applicable, and take a sixth verdict back."""
    program.key("ctrl+3", "1", "Return")
    program.key("3")
    program.type("12/1")
    program.key("Return", "Return")
    program.key("2", "Return", "1", "Return", "0")
    program.type("no such service")
    program.key("Return", "Return", "2", "ctrl+z")


def export(program: Program, path: Path) -> None:
    """Export by key, and type the path into the dialog."""
    main = program.screen.windows(NAME)[-1]
    program.key("ctrl+e")
    program.wait_until_shown("导出")
    program.key("ctrl+a")
    program.type(str(path))
    program.key("Return")
    wait_for(path.exists, "the report")
    program.focus(main)


def test_an_audit_is_made_on_the_screen_and_is_there_the_next_morning(
    screen: Screen, learnt: Map, data: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.xlsx"
    screen.add_keys(NAME)
    with running(screen, data) as program:
        program.click(*learnt.new_audit)
        wait_stored(data, program, "the new audit", name="")
        fill_profile(program, learnt)
        wait_stored(data, program, "the profile", name=NAME, number="R0-2026-0042", ends=date(2026, 3, 4))
        tick_documents(program)
        judge(program)
        export(program, report)
        program.key("ctrl+q")
        assert program.wait_for_end() == 0
    audit, result = stored(data)
    assert (audit.company.name, audit.info.starts) == (NAME, date(2026, 3, 2))
    assert audit.of(Kind.DOCUMENT) == {
        "D1": Document("D1", DocumentStatus.VERIFIED),
        "D2": Document("D2", DocumentStatus.RECEIVED),
    }
    assert list(audit.assessments.values()) == [
        Assessment("5.1.1.1", Verdict.MET),
        Assessment("5.1.1.2", Verdict.SAMPLED, 12, 1),
        Assessment("5.1.2.1", Verdict.NOT_MET),
        Assessment("5.1.2.2", Verdict.MET),
        Assessment("5.1.3.1", Verdict.DELETED, reason="no such service"),
    ]
    check_report(report, result)
    assert [file.name for file in data.iterdir() if file.name.startswith(FILE_NAME)] == [FILE_NAME]
    with running(screen, data) as program:
        assert screen.windows(NAME)
        program.key("ctrl+3", "ctrl+q")
        assert program.wait_for_end() == 0
    assert stored(data) == (audit, result)


def check_report(path: Path, result: ScoreResult) -> None:
    """Check that the workbook shows name and score of the screen."""
    book = load_workbook(path, data_only=True)
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    book.close()
    assert NAME in values
    assert result.lower is not None
    assert result.upper is not None
    for bound in (result.lower, result.upper):
        assert any(value == float(shown(bound)) or shown(bound) in str(value) for value in values), shown(bound)
    assert Clause("5.1.1.1") in values
