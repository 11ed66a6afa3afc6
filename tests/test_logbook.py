"""The running program fails on every thread, and report and log say where, with nothing of the audit in them."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor_app import files
from auditor_app.failures.log_file import LARGEST, NAME, OLDER, LogFile, logs_in
from auditor_app.logbook import CRASH, FOLDER, Logbook

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("泉州秘密水暖厂", "Zhang_Sanfeng", "投诉记录机密", "wangwu-secret", "Lisi_Phone_13800138000")

TEXTS = ("name", "note", "facts", "reason", "remark", "legal_representative", "scope", "website", "cause", "owner")

CHILD = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QAbstractTableModel, QRunnable, QThreadPool, QTimer, Qt, qWarning
from PySide6.QtWidgets import QPlainTextEdit, QTableView
from auditor_app import app, workbench
from auditor_app.models.audit import Kind, only_row
from auditor_app.models.changes import set_fields
from auditor_app.models.errors import ValidationError

folder, names, ending = Path(sys.argv[1]), sys.argv[2:-1], sys.argv[-1]
shown = workbench.Workbench.show


class Broken(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 20

    columnCount = rowCount

    def data(self, index, role=0):
        return {}[names[2]]


class Failing(QRunnable):
    def run(self):
        raise RuntimeError(names, {names[0]: names[1]})


def show(bench):
    shown(bench)
    QTimer.singleShot(600, lambda: work(bench))


def work(bench):
    session, space = bench.session, bench.workspace
    space.tabs.setCurrentIndex(2)
    company = session.audit.company
    session.submit(set_fields(Kind.COMPANY, only_row(Kind.COMPANY), company, {"name": names[0]}), names[1])
    session.undo_group.undo()
    session.redo()
    if ending == "abort":
        import faulthandler
        QTimer.singleShot(300, faulthandler._sigsegv)
        return
    if ending == "quiet":
        QTimer.singleShot(300, lambda: end(bench))
        return
    # What is painted fails for every cell and role.
    space.broken = QTableView()
    space.broken.setModel(Broken(space.broken))
    space.broken.show()
    QThreadPool.globalInstance().start(Failing())
    threading.Thread(target=lambda: open(names[3]), name=names[4]).start()
    qWarning("QFile::open: " + names[2])
    qWarning(names[2])
    QTimer.singleShot(0, slot)
    QTimer.singleShot(900, lambda: end(bench))


def slot():
    local = names[2]
    try:
        raise ValidationError(names[0], "repeated", value=names[1])
    except ValidationError as error:
        error.add_note(names[3])
        raise ExceptionGroup(names[4], [error, ValueError(local)]) from OSError(28, names[0], names[1])


def end(bench):
    dialog = bench._failures._dialog
    if dialog is not None:
        print(dialog.findChild(QPlainTextEdit).toPlainText())
        dialog.accept()
    print("REPORT")
    print(bench._logbook.report())
    if ending == "fail":
        bench.workspace.broken.close()
    bench.window.close()
    bench._app.quit()


workbench.Workbench.show = show
sys.exit(app.run(["--data", str(folder)]))
"""


def planted(folder: Path) -> None:
    """Make a library of an audit that has names in every text."""
    raw = json.loads(files.SAMPLE.read_text("utf-8"))
    source = folder.with_suffix(".json")

    def plant(node: Any, name: str) -> Any:
        if isinstance(node, dict):
            return {key: plant(value, key) for key, value in node.items()}
        if isinstance(node, list):
            return [plant(value, name) for value in node]
        texts = (
            "name",
            "note",
            "facts",
            "reason",
            "remark",
            "legal_representative",
            "scope",
            "website",
            "cause",
            "owner",
        )
        return NAMES[len(name) % len(NAMES)] if name in texts and node else node

    source.write_text(json.dumps(plant(raw, "")), "utf-8")
    command = [sys.executable, str(ROOT / "main.py"), "import", str(source), "--data", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


def run(folder: Path, ending: str) -> tuple[int, str]:
    """Run the program until it ends by itself and return its exit code and what it printed."""
    script = folder.with_name("child.py")
    script.write_text(CHILD, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, str(script), str(folder), *NAMES, ending]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def log_of(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in logs_in(folder / FOLDER))


def told_names(text: str, folder: Path) -> list[str]:
    """Return what of the planted names, and of the folders of this computer, stands in a text."""
    return [name for name in (*NAMES, "机密", "Sanfeng", "13800138000", str(folder.parent)) if name in text]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Give a library full of names."""
    planted(tmp_path / "library")
    return tmp_path / "library"


def test_failures_on_every_thread_are_logged_and_shown_without_a_name(library: Path) -> None:
    code, printed = run(library, "fail")
    log = log_of(library)
    assert code == 0, printed
    for text in (printed, log):
        assert told_names(text, library) == []
        for kind in ("KeyError", "RuntimeError", "FileNotFoundError (ENOENT)", "ExceptionGroup", "OSError (ENOSPC)"):
            assert kind in text
        assert "auditor_app.models.errors.ValidationError (repeated)" in text
        assert "changed kind=company field=name times=1" in text
    assert "qt warning default QFile::open" in log
    assert log.count("KeyError") < 10, "a cell that fails floods the log"
    assert "audit_opened" in log
    assert "closed failures=" in log


def test_a_run_that_died_is_told_at_the_next_start(library: Path) -> None:
    code, _ = run(library, "abort")
    assert code != 0
    assert (library / FOLDER / CRASH).stat().st_size > 0
    code, printed = run(library, "quiet")
    assert code == 0, printed
    assert "Fatal Python error: Segmentation fault" in printed
    assert told_names(printed + log_of(library), library) == []
    assert "the run before died" in log_of(library)
    # It is told once.
    assert not (library / FOLDER / CRASH).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_files_of_the_log_are_their_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        log = LogFile(tmp_path / "deep" / "logs")
        log.doRollover()
        log.close()
    finally:
        os.umask(before)
    found = [tmp_path / "deep" / "logs", *logs_in(tmp_path / "deep" / "logs")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in found] == [0o700, 0o600, 0o600]


def test_the_log_stays_small(tmp_path: Path) -> None:
    log = LogFile(tmp_path)
    for number in range(30_000):
        log.emit(log_record(f"line {number} " + "x" * 60))
    log.close()
    assert [path.name for path in logs_in(tmp_path)] == [NAME, *(f"{NAME}.{n}" for n in range(1, OLDER + 1))]
    assert sum(path.stat().st_size for path in logs_in(tmp_path)) <= LARGEST * (OLDER + 1)
    assert "line 29999" in (tmp_path / NAME).read_text("utf-8")


def test_a_folder_that_cannot_be_written_costs_the_log_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    (tmp_path / "other").write_text("too")
    monkeypatch.setattr("auditor_app.logbook.user_log_path", lambda *_, **__: tmp_path / "other" / "logs")
    book = Logbook(tmp_path)
    book.install(lambda place: None)
    assert not book.watch()
    book.open_file()
    assert "Done last" in book.report()
    book.close()
    assert book.folder is None


def log_record(text: str) -> logging.LogRecord:
    return logging.LogRecord("auditor_app", logging.INFO, "", 0, text, None, None)
