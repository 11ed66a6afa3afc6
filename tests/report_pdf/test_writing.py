"""A PDF is in its place whole, or the place is as it was and a sentence says why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor_app import cli, files
from auditor_app.deliveries.pdf import write_pdf
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.progress import Cancelled, Progress
from auditor_app.session.jobs import Job
from auditor_app.storage.library import Library
from tests.report.photographed import photographed
from tests.report_pdf.reader import texts

pytestmark = pytest.mark.long

OLD = b"the report of last year"
MAIN = Path(__file__).resolve().parents[2] / "main.py"


def refused(path: Path) -> str:
    standard, audit = files.read_audit(files.SAMPLE)
    with pytest.raises(EnvironmentProblem) as raised:
        write_pdf(standard, audit, "zh", path)
    for language in ("zh", "en"):
        assert Catalogue.load(language).error(raised.value)
    return raised.value.code


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (lambda folder: folder / "gone" / "report.pdf", "file_folder_missing"),
        (lambda folder: folder / f"{'r' * 300}.pdf", "file_name_too_long"),
        (lambda folder: folder, "file_is_folder"),
    ],
    ids=["missing folder", "name too long", "folder of that name"],
)
def test_what_stands_in_the_way_is_told_before_any_work(
    tmp_path: Path, place: Callable[[Path], Path], code: str
) -> None:
    assert refused(place(tmp_path)) == code
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_old_pdf(qapp: QApplication, tmp_path: Path) -> None:
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(tmp_path)], capture_output=True)
    if made.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        (tmp_path / "report.pdf").write_bytes(OLD)
        assert refused(tmp_path / "report.pdf") == "file_disk_full"
        assert (tmp_path / "report.pdf").read_bytes() == OLD
        assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_cancelled_pdf_leaves_the_old_one_and_no_fragment(qapp: QApplication, tmp_path: Path) -> None:
    library, target = tmp_path / "library", tmp_path / "report.pdf"
    standard, audit = photographed(library)
    target.write_bytes(OLD)
    steps: list[int] = []

    def cancel(done: int, total: int) -> None:
        assert total == 1000
        steps.append(done)
        if done >= 900:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pdf(standard, audit, "zh", target, library, cancel)
    assert steps == sorted(steps)
    assert target.read_bytes() == OLD
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "report.pdf"]


def test_the_command_writes_a_pdf_without_any_screen(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    command = [sys.executable, str(MAIN), "export", str(files.SAMPLE), "--out", str(tmp_path / "report.pdf")]
    done = subprocess.run(command, env=bare, capture_output=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "售后服务评价审核报告" in texts(tmp_path / "report.pdf")[0]
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_two_reports_are_painted_at_once_beside_the_window_s_thread(qtbot: QtBot, tmp_path: Path) -> None:
    owner, threads = QWidget(), []
    qtbot.addWidget(owner)
    standard, audit = files.read_audit(files.SAMPLE)

    def job_for(language: str) -> Job:
        def work(progress: Progress) -> None:
            threads.append(get_ident())
            write_pdf(standard, audit, language, tmp_path / f"{language}.pdf", None, progress)

        return Job(work, owner)

    jobs = [job_for("zh"), job_for("en")]
    with qtbot.waitSignals([job.done for job in jobs], timeout=60_000):
        for job in jobs:
            job.start()
    assert get_ident() not in threads
    assert "售后服务评价审核报告" in texts(tmp_path / "zh.pdf")[0]
    assert "After-sales service audit report" in texts(tmp_path / "en.pdf")[0]


def test_the_command_writes_a_pdf_of_an_audit_in_the_library(qapp: QApplication, tmp_path: Path) -> None:
    library, target = tmp_path / "library", tmp_path / "report.pdf"
    standard, audit = files.read_audit(files.SAMPLE)
    with closing(Library(library, "李工")) as stored:
        stored.add(audit, standard)
    assert cli.main(["--data", str(library), "export", audit.info.number, "--out", str(target), "--lang", "en"]) == 0
    assert "After-sales service audit report" in texts(target)[0]
