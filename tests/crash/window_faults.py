"""Faults beneath the real window: what the person is told, what stays on the screen, and whether it works again.

Runs in a process of its own that was started with the library of faults.c beneath it; one window meets all faults.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from auditor_app import files
from auditor_app.app import prepare
from auditor_app.look import Look
from auditor_app.models.audit import Kind
from auditor_app.models.enums import Verdict
from auditor_app.models.ids import Clause, new_id
from auditor_app.opening import Opening
from auditor_app.storage import connection
from auditor_app.ui.main_window import MainWindow
from auditor_app.ui.opening_dialog import OpeningDialog
from auditor_app.ui.single_instance import SingleInstance
from tests.crash.driver import pass_on
from tests.crash.faults import CONTROL, FAULTS, Faults
from tests.crash.place import LAST_YEARS, is_whole
from tests.crash.soundness import damage
from tests.crash.sweep import Injection, Outcome, chosen, ways_in
from tests.report.photographed import photo
from tests.ui.conftest import open_window
from tests.ui.desk import CONTROL as CTRL
from tests.ui.desk import PROFILE, SHEET, SHIFT, Desk, Key, let_pass, settle, visible_text
from tests.ui.evidence import paste_files

CLAUSE, NOTED = "5.1.1.1", "5.1.5.1"
BUG = ("程序出了问题", "Something in the program failed")


@dataclass(frozen=True)
class Task:
    """Something done by keys: `value` is what it changes, `again` how a person does it once more."""

    do: Callable[[], None]
    value: Callable[[], object]
    again: Callable[[], None]
    ready: Callable[[], None] = lambda: None


class Scene:
    """A window on a library, and what is done in it."""

    def __init__(self, desk: Desk, root: Path, given: Path) -> None:
        self.desk = desk
        self._photo, self._source = given / "photo.jpg", given / "audit.json"
        self._numbers = count()
        self._report, self._dump = root / "report.xlsx", root / "dump.json"
        self.tasks: Mapping[str, Task] = {
            "verdict": Task(self._judge, self._verdict, self._judge, self._to_sheet),
            "undo": Task(desk.undo, self._verdict, desk.undo, self._judged_before),
            "note": Task(self._note, self._noted, lambda: desk.press(Key.Key_Escape), self._to_sheet),
            "line": Task(self._line, lambda: desk.audit.company.industry, self._flush),
            "attach": Task(self._paste, self._evidence, self._paste, self._take_photo),
            "new audit": Task(self._new, self._audits, self._new),
            "import": Task(self._import, self._audits, self._import, self._write_source),
            "audit file": Task(self._write_dump, lambda: _sha256(self._dump), self._write_dump, self._last_years),
            "report": Task(self._write_report, lambda: _sha256(self._report), self._write_report, self._last_years),
            "board": Task(self._board, lambda: desk.space.left.shows_board, self._board),
            "look": Task(self._look, lambda: desk.space._context.theme.name, self._look),
        }

    # Edits.

    def _to_sheet(self) -> None:
        self.desk.show(SHEET)
        self.desk.press(Key.Key_Escape)

    def _judge(self) -> None:
        key = Key.Key_2 if self._verdict() is Verdict.MET else Key.Key_1
        self.desk.select(CLAUSE)
        self.desk.press(key)

    def _judged_before(self) -> None:
        self._to_sheet()
        self._judge()

    def _verdict(self) -> Verdict:
        return self.desk.audit.assessment(Clause(CLAUSE)).verdict

    def _note(self) -> None:
        self.desk.select(NOTED)
        self.desk.press(Key.Key_N)
        self.desk.type("x")
        self.desk.pause()

    def _noted(self) -> str:
        return self.desk.audit.assessment(Clause(NOTED)).note

    def _line(self) -> None:
        self.desk.show(PROFILE)
        self.desk.enter(Kind.COMPANY, "industry")
        self.desk.type("x")
        self.desk.press(Key.Key_Tab)

    def _flush(self) -> None:
        self.desk.bench.session.flush()

    def _take_photo(self) -> None:
        # What is attached already would not be attached once more.
        self._photo.write_bytes(photo(0) + str(next(self._numbers)).encode())
        self._to_sheet()

    def _paste(self) -> None:
        self.desk.select(CLAUSE)
        paste_files(self.desk, [self._photo])
        _wait(lambda: not self.desk.bench.evidence.attaching.is_running)

    def _evidence(self) -> int:
        return len(self.desk.audit.evidence)

    # Audits and files.

    def _new(self) -> None:
        self.desk.press(Key.Key_N, CTRL)

    def _audits(self) -> int:
        return self.desk.bench.session.count_audits()

    def _write_source(self) -> None:
        raw = json.loads(files.SAMPLE.read_text("utf-8"))
        self._source.write_text(json.dumps(raw | {"id": new_id()}), "utf-8")

    def _import(self) -> None:
        self.desk.answer_file_dialog(self._source)
        self.desk.press(Key.Key_O, CTRL)

    def _last_years(self) -> None:
        self._report.write_bytes(LAST_YEARS)
        self._dump.write_bytes(LAST_YEARS)

    def _write_report(self) -> None:
        self.desk.answer_file_dialog(self._report)
        self.desk.press(Key.Key_E, CTRL)
        self.desk.take_keyboard()
        _wait(lambda: not self.desk.space.tabs.report.card.is_busy)

    def _write_dump(self) -> None:
        self.desk.answer_file_dialog(self._dump)
        self.desk.press(Key.Key_E, CTRL | SHIFT)

    # The window.

    def _board(self) -> None:
        self.desk.press(Key.Key_B, CTRL)

    def _look(self) -> None:
        is_dark = self.desk.space._context.theme.name == "dark"
        self.desk.space.look_requested.emit("light" if is_dark else "dark", "zh")
        settle()


class Bench:
    """Where one thing after another is done in one window, with faults beneath it."""

    def __init__(self, scene: Scene, faults: Faults, root: Path) -> None:
        self._scene, self._desk = scene, scene.desk
        self._faults = faults
        self._root = root
        self._failures: list[str] = []
        sys.excepthook = self._on_failure

    def injections(self, name: str) -> list[Injection]:
        """Return the faults that may befall a task, by the calls it makes undisturbed."""
        task = self._scene.tasks[name]
        self._begin(task)
        with self._faults.counting(self._root):
            task.do()
            settle()
        self._desk.take_keyboard()
        task.again()
        log = self._faults.log
        return [Injection(name, kind, at, way) for kind in FAULTS for at, way in ways_in(log, kind)]

    def inject(self, injection: Injection) -> Outcome:
        """Do something under a fault, and again without."""
        task = self._scene.tasks[injection.operation]
        self._begin(task)
        before, seen = task.value(), self._seen()
        self._faults.strike(self._root, injection.kind, injection.at, is_lasting=injection.is_lasting)
        try:
            task.do()
            settle()
        finally:
            self._faults.lift()
        self._desk.take_keyboard()
        boxes = self._desk.told
        told = "\n".join([*boxes, *(line for line in self._seen() if line not in seen)])
        outcome = Outcome(str(injection), injection.operation, injection.kind.name, self._faults.hits, told, told)
        outcome.wrong += [f"a bug report: {text}" for text in boxes if any(word in text for word in BUG)]
        if task.value() == before:
            outcome.wrong += [] if told else ["refused without a word"]
            task.again()
            settle()
            self._desk.take_keyboard()
            outcome.wrong += ["not possible again"] if task.value() == before else []
            outcome.wrong += [f"told again: {text}" for text in self._desk.told]
        outcome.wrong += [f"a traceback: {text}" for text in self._failures]
        outcome.wrong += self._not_as_stored()
        self._failures.clear()
        return outcome

    def _begin(self, task: Task) -> None:
        self._desk.take_keyboard()
        task.ready()
        self._desk.window.statusBar().clearMessage()

    def _seen(self) -> list[str]:
        """Return the lines that can be read now, below the menus."""
        return [*visible_text(self._desk.space.tabs.currentWidget()).split("\n"), self._desk.status]

    def _not_as_stored(self) -> list[str]:
        try:
            assert self._desk.stored
        except AssertionError as error:
            return [f"the window shows something else than is stored: {str(error)[:300]}"]
        half = [path.name for path in (self._scene._report, self._scene._dump) if not _is_old_or_whole(path)]
        return [f"half written: {name}" for name in half]

    def _on_failure(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._failures.append(" | ".join(line.strip() for line in traceback.format_exception(error)[-3:]))


class Start:
    """Windows opened on a library with faults beneath it: one that cannot be opened is told and changes nothing."""

    def __init__(self, app: QApplication, faults: Faults, root: Path) -> None:
        self._app = app
        self._faults = faults
        self._root = root
        self._numbers = count()
        self._told: list[str] = []
        self._timer = QTimer(interval=2)
        self._timer.timeout.connect(self._answer)
        self._timer.start()

    def injections(self) -> list[Injection]:
        """Return the faults that may befall the start on a folder that is not there yet."""
        folder = self._folder()
        with self._faults.counting(folder):
            self._open(folder)
        log = self._faults.log
        return [Injection("start", kind, at, way) for kind in FAULTS for at, way in ways_in(log, kind)]

    def inject(self, injection: Injection) -> Outcome:
        """Start under a fault, and again without."""
        folder = self._folder()
        self._faults.strike(folder, injection.kind, injection.at, is_lasting=injection.is_lasting)
        failures = []
        try:
            is_open = self._open(folder)
        except Exception as error:
            is_open, failures = False, [f"a traceback: {' | '.join(traceback.format_exception(error)[-3:])}"]
        finally:
            self._faults.lift()
        told = "\n".join(self._told)
        outcome = Outcome(str(injection), "start", injection.kind.name, self._faults.hits, told, told, failures)
        outcome.wrong += [] if is_open or told else ["not opened without a word"]
        self._told.clear()
        # A lock that could not be taken away is stale once the process is gone; this one lives on.
        (folder / "window.lock").unlink(missing_ok=True)
        if not self._open(folder):
            outcome.wrong.append(f"not opened again: {self._told}")
        self._told.clear()
        outcome.wrong += damage(folder)
        return outcome

    def _folder(self) -> Path:
        return self._root / f"started-{next(self._numbers)}"

    def _open(self, folder: Path) -> bool:
        look = Look(folder)
        window = MainWindow(look.ground, look.geometry)
        opened = Opening(self._app, window, look, SingleInstance(folder))
        opened.open(folder, None, with_sample=False, is_named=True)
        is_open = opened.bench is not None
        opened.close()
        if not is_open:
            # The program would end here; without this, no box would wait for an answer any more.
            QTimer.singleShot(0, self._app.quit)
            self._app.exec()
        window.deleteLater()
        return is_open

    def _answer(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            self._told.append(box.text())
            box.accept()
        elif isinstance(box, OpeningDialog) and box.isVisible():
            self._told.append(" ".join(label.text() for label in box.findChildren(QLabel)))
            box.reject()


def main(argv: list[str]) -> int:
    """Meet a share of the faults and print a line of JSON for each. Arguments: share, seed, names."""
    share, chance, names = float(argv[0]), random.Random(argv[1]), argv[2:]
    connection.BUSY_SECONDS = 0.05
    qInstallMessageHandler(pass_on)
    faults = Faults(Path(os.environ[CONTROL]))
    app = QApplication([])
    prepare(app)
    try:
        with tempfile.TemporaryDirectory(prefix="crash-", ignore_cleanup_errors=True) as folder:
            root, given = Path(folder, "disk"), Path(folder, "given")
            root.mkdir()
            given.mkdir()
            tempfile.tempdir = str(root)
            start = Start(app, faults, root)
            if not names or "start" in names:
                for injection in chosen(start.injections(), share, chance):
                    _print(start.inject(injection))
            start._timer.stop()
            desk = open_window(app, root / "library", sample=True)
            bench = Bench(scene := Scene(desk, root, given), faults, root)
            for name in [name for name in scene.tasks if not names or name in names]:
                for injection in chosen(bench.injections(name), share, chance):
                    _print(bench.inject(injection))
            desk.window.close()
            desk.bench.close()
            wrong = damage(root / "library")
            _print(Outcome("at last", "window", "", wrong=wrong))
    finally:
        sys.excepthook = sys.__excepthook__
    return 0


def _print(outcome: Outcome) -> None:
    print(json.dumps(asdict(outcome), ensure_ascii=False), flush=True)


def _wait(is_over: Callable[[], bool]) -> None:
    for _ in range(4_000):
        if is_over():
            break
        let_pass(5)
    settle()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_old_or_whole(path: Path) -> bool:
    return not path.exists() or path.read_bytes() == LAST_YEARS or is_whole(path)


if __name__ == "__main__":
    ended = main(sys.argv[1:])
    # Qt's own end after Python's takes the process with it when windows were made and thrown away before.
    os._exit(ended)
