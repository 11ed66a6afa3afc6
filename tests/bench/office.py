"""What a person would use instead: LibreOffice Calc opening, recalculating and saving the same scoring sheet."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from auditor_app import files
from auditor_app.session.session import Session
from auditor_app.storage.library import Library
from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, alternate
from tests.bench.processes import ROOT
from tests.bench.start import stamps_of_start
from tests.bench.window import Painting, showing_score, workbench

CHILD = ROOT / "tests" / "bench" / "children" / "calc.py"
TEN_TIMES = 0.1
CLAUSE = "5.1.1.1"


def run(folder: Path, rounds: int) -> Outcome:
    """Start both by turns, then open and edit the same audit in both; nothing is measured without LibreOffice."""
    python = _python()
    if python is None:
        print("LibreOffice or its Python is not here; nothing to compare with.")
        return Outcome(())
    make_library(folder / "office", 2)
    report = folder / "office.xlsx"
    standard, audit = files.read_audit(files.SAMPLE)
    files.write_report(standard, audit, "zh", report, folder / "office")
    calc: list[dict[str, float]] = []

    def theirs() -> float:
        command = [python, str(CHILD), str(report), str(folder / "saved.xlsx")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
        calc.append(json.loads(done.stdout))
        return calc[-1]["usable"]

    def ours() -> float:
        return stamps_of_start(folder, "workbench", "--data", str(folder / "office"))["filled"]

    starts = alternate(max(rounds // 3, 1), theirs, ours)
    opened, known, judged, exported = _work(folder, rounds)

    def of_calc(step: str) -> float:
        return median(each[step] for each in calc[1:])

    return Outcome(
        (
            Row("program to usable sheet", median(starts[1]), median(starts[0]), "LibreOffice Calc", TEN_TIMES),
            Row("click to usable sheet", opened, of_calc("opened"), "LibreOffice Calc, running", TEN_TIMES),
            Row("key to new total, stored", known, of_calc("recalculated_all"), "Calc: all formulas", 1.0),
            Row("key to new total, stored, painted", judged, of_calc("recalculated_all"), "Calc: all formulas, unseen"),
            Row("key to new total, stored, painted", judged, of_calc("recalculated"), "Calc: the cells that follow"),
            Row("report written", exported, of_calc("saved"), "LibreOffice Calc, the same file saved"),
        )
    )


def _python() -> str | None:
    """Return the Python that can talk to LibreOffice, None where there is none."""
    found = shutil.which("python3", path="/usr/bin:/opt/libreoffice/program")
    if found is None or shutil.which("soffice") is None:
        return None
    return found if subprocess.run([found, "-c", "import uno"], capture_output=True).returncode == 0 else None


def _work(folder: Path, rounds: int) -> tuple[float, float, float, float]:
    """Return the seconds from click to painted sheet, from key to known and to painted score, and of the report."""
    library = Library(folder / "office", "bench")
    opened, known, judged, exported = [], [], [], []
    totals: list[float] = []

    def watch(session: Session) -> None:
        """Stamp when the new total is there, before the views are told."""
        session.changed.connect(lambda: totals.append(time.perf_counter() if session.result else 0.0))

    with workbench(library, watch) as (bench, space):
        space.tabs.setCurrentWidget(space.tabs.scoring)
        painting = Painting(space.window(), showing_score(space))
        ids = [summary.id for summary in library.summaries(2)]
        for number in range(2 * rounds):
            painting.rest()
            painting.expect()
            begun = time.perf_counter()
            bench.session.open(ids[number % 2])
            opened.append(painting.wait() - begun)
            space.tabs.scoring.go_to(CLAUSE)
            for key in (Qt.Key.Key_2, Qt.Key.Key_1):
                painting.rest()
                painting.expect()
                begun = time.perf_counter()
                QTest.keyClick(space.tabs.scoring.view, key)
                painting.wait()
                known.append(totals[-1] - begun)
                judged.append(painting.seen - begun)
        for _ in range(rounds):
            begun = time.perf_counter()
            files.write_report(bench.session.standard, bench.session.audit, "zh", folder / "ours.xlsx", folder)
            exported.append(time.perf_counter() - begun)
    # The first is the warm-up.
    return median(opened[1:]), median(known[1:]), median(judged[1:]), median(exported[1:] or exported)
