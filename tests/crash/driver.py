"""An auditor who works without rest in the real program and says what is on the screen, until somebody kills it.

What is said goes to a pipe, a line of JSON at a time, so that it is known outside at the moment of death.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QMessageLogContext, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPlainTextEdit
from shiboken6 import isValid

from auditor_app import app, files, workbench
from auditor_app.models.audit import Kind
from auditor_app.models.changes import ChangeSet
from auditor_app.models.enums import AuditMode
from auditor_app.models.ids import new_id
from auditor_app.models.text import clean
from auditor_app.storage.backup_second import second_folder
from auditor_app.storage.columns import history_json
from auditor_app.ui.backup_dialog import BackupDialog
from auditor_app.ui.sealing_dialog import FinaliseDialog, ReopenDialog
from auditor_app.ui.tables.indicator_tree import VERDICT
from auditor_app.ui.tables.sheet_model import SheetModel
from tests.ui import desk
from tests.ui.desk import CHECKLIST, CONTROL, FINDINGS, PROFILE, SHEET, SHIFT, Desk, Key, let_pass, settle
from tests.ui.evidence import paste_files

PHRASES = ("查阅了记录。", "on site: ", "抽查工单 12 份，", "no record; ", "负责人已确认。", "见附件 3 ")
SAMPLED = "5.2.4.1"
DIES_WITH_PARENT = 1
STICK = "stick"
REOPENED = 0.3
"""How often a finalised audit is reopened before the next thing is done, which is refused otherwise."""
D = TypeVar("D", bound=QDialog)


class Teller(QObject):
    """Say what the session announces and when the window was painted since."""

    def __init__(self, pipe: int) -> None:
        super().__init__()
        self._pipe = pipe
        self._paints = 0
        self._is_unpainted = False
        self._sealed = ""

    def say(self, event: str, **what: Any) -> None:
        """Write one line; it is out of this process when this returns."""
        line = json.dumps({"event": event, **what}, ensure_ascii=False).encode() + b"\n"
        while line:
            line = line[os.write(self._pipe, line) :]

    def watch(self, bench: workbench.Workbench) -> None:
        """Say everything from now on."""
        self._session = bench.session
        bench.session.opened.connect(self._on_opened)
        bench.session.changed.connect(self._on_changed)
        self._keeper = bench.backing_up
        self._keeper.finished.connect(self._on_backed_up)
        bench.window.installEventFilter(self)
        # The one edited last was opened before there was a window.
        if bench.session.is_open:
            self._on_opened()

    def painted(self) -> None:
        """Say that everything announced is on the screen, if it is."""
        if self._is_unpainted and self._paints:
            self._is_unpainted = False
            self.say("painted")

    def _on_opened(self) -> None:
        self.say("opened", audit=self._session.audit.id)
        sealing = self._session.sealing
        if sealing is not None and sealing.head != self._sealed:
            self._sealed = sealing.head
            self.say("sealed", audit=self._session.audit.id, head=sealing.head, rows=sealing.rows)

    def _on_changed(self, change_set: ChangeSet) -> None:
        changes = [
            [c.kind, c.id, c.field, *(history_json(c.kind, c.field, value) for value in (c.before, c.after))]
            for c in change_set.changes
        ]
        self._is_unpainted, self._paints = True, 0
        self.say("changed", audit=change_set.audit_id, changes=changes)

    def _on_backed_up(self) -> None:
        made = self._keeper.standing.last
        if made is not None:
            self.say("backed up", made=made.isoformat())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self._paints += event.type() == QEvent.Type.UpdateRequest
        return super().eventFilter(watched, event)


class _Failures(logging.Handler):
    """Say what the program logs about its own failures; what Qt says of a screen that is none does not count."""

    def __init__(self, teller: Teller) -> None:
        super().__init__(logging.WARNING)
        self._teller = teller

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith("qt warning"):
            self._teller.say("failed", text=record.getMessage())


class Hands:
    """Keys pressed at random, as an auditor would."""

    def __init__(self, bench: workbench.Workbench, folder: Path, given: Path, teller: Teller, seed: int) -> None:
        self._desk = Desk(bench, folder)
        self._given = given
        self._teller = teller
        self._chance = random.Random(seed)
        self._ways: dict[Callable[[], None], int] = {
            self._judge: 30,
            self._note: 12,
            self._undo: 8,
            self._redo: 4,
            self._profile: 8,
            self._document: 8,
            self._sample: 6,
            self._delete_indicator: 3,
            self._finding: 6,
            self._attach: 8,
            self._new_audit: 3,
            self._switch: 3,
            self._import: 3,
            self._export: 3,
            self._dump: 2,
            self._finalise: 5,
            self._back_up: 5,
        }

    def work(self) -> None:
        """Work until the process is killed."""
        assert QTest.qWaitForWindowActive(self._desk.window)
        if not self._desk.bench.session.is_open:
            self._desk.press(Key.Key_N, CONTROL)
        if second_folder(self._desk.folder) is None:
            self._desk.space._context.backups.name_second(self._given.parent / STICK)
        self._teller.say("ready")
        while True:
            (way,) = self._chance.choices(list(self._ways), list(self._ways.values()))
            self._desk.take_keyboard()
            try:
                if self._desk.bench.session.is_finalised and self._chance.random() < REOPENED:
                    self._reopen()
                way()
            except AssertionError as stumbled:
                if not _is_of_hands(stumbled):
                    raise
                self._desk.press(Key.Key_Escape)
            settle()
            self._teller.painted()
            if told := self._desk.told:
                self._teller.say("box", texts=told)

    # What can be done with the sheet.

    def _go(self, tab: int) -> None:
        if self._desk.space.tabs.currentIndex() != tab:
            self._desk.show(tab)
        if not self._desk.sheet.hasFocus():
            self._desk.sheet.setFocus()

    def _to_indicator(self) -> str:
        self._go(SHEET)
        clause = self._chance.choice(list(self._desk.bench.session.standard.indicators))
        model = self._desk.sheet.model()
        assert isinstance(model, SheetModel)
        self._desk.sheet.setCurrentIndex(model.index_of(clause, 1))
        settle()
        return clause

    def _judge(self) -> None:
        clause = self._to_indicator()
        for _ in range(self._chance.randint(1, 4)):
            self._desk.press(self._chance.choice((Key.Key_1, Key.Key_2, Key.Key_Delete)))
            self._teller.painted()
            if self._desk.sheet.current_key() == clause:
                self._teller.say("shown", audit=self._audit, clause=clause, word=self._desk.cell(clause, VERDICT))

    def _delete_indicator(self) -> None:
        self._to_indicator()
        for key in (Key.Key_0, self._chance.choice((Key.Key_1, Key.Key_2)), Key.Key_Return, Key.Key_Escape):
            self._desk.press(key)

    def _note(self) -> None:
        clause = self._to_indicator()
        self._desk.press(Key.Key_N)
        self._write(Kind.ASSESSMENT, clause, "note")
        self._desk.press(Key.Key_Escape)

    def _sample(self) -> None:
        self._go(SHEET)
        model = self._desk.sheet.model()
        assert isinstance(model, SheetModel)
        self._desk.sheet.setCurrentIndex(model.index_of(SAMPLED, 1))
        settle()
        self._desk.press(Key.Key_S)
        self._desk.type(f"WO {self._chance.randint(1, 999)}")
        self._desk.press(Key.Key_Return)
        self._desk.press(self._chance.choice((Key.Key_1, Key.Key_2)))

    # Elsewhere.

    def _document(self) -> None:
        self._go(CHECKLIST)
        document = self._chance.choice([d.id for d in self._desk.bench.session.standard.documents])
        model = self._desk.sheet.model()
        assert isinstance(model, SheetModel)
        self._desk.sheet.setCurrentIndex(model.index_of(document, 1))
        settle()
        if self._chance.random() < 0.5:
            self._desk.press(self._chance.choice((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_0)))
        else:
            self._desk.press(Key.Key_N)
            self._write(Kind.DOCUMENT, document, "remark")
            self._desk.press(Key.Key_Escape)

    def _profile(self) -> None:
        if self._desk.space.tabs.currentIndex() != PROFILE:
            self._desk.show(PROFILE)
        path = self._chance.choice(("name", "industry", "scope", "products"))
        self._desk.enter(Kind.COMPANY, path)
        self._write(Kind.COMPANY, Kind.COMPANY.value, path)
        if self._chance.random() < 0.5:
            self._desk.press(Key.Key_Tab)
        if self._chance.random() < 0.2:
            self._desk.choose(Kind.AUDIT, "mode", self._chance.choice(list(AuditMode)))

    def _finding(self) -> None:
        self._go(FINDINGS)
        if self._chance.random() < 0.4:
            self._desk.press(self._chance.choice((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Delete)))
            return
        self._desk.press(Key.Key_Insert)
        self._desk.press(Key.Key_Escape)
        self._desk.press(Key.Key_N)
        if isinstance(QApplication.focusWidget(), QPlainTextEdit):
            self._write(Kind.FINDING, self._desk.sheet.current_key() or "", "facts")
            self._desk.press(Key.Key_Escape)

    def _write(self, kind: Kind, row_id: str, path: str) -> None:
        """Type into what has the keyboard; after a rest, say what can be read there."""
        editor = QApplication.focusWidget()
        # Keys go past one of a finalised audit to the sheet, which may show another row then.
        if not isinstance(editor, QLineEdit | QPlainTextEdit) or editor.isReadOnly():
            return
        for _ in range(self._chance.randint(1, 3)):
            self._desk.type(self._chance.choice(PHRASES))
            self._teller.painted()
        if self._chance.random() < 0.6:
            self._desk.pause()
            text = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
            self._teller.painted()
            self._teller.say("rested", audit=self._audit, kind=kind, row=row_id, field=path, text=clean(text))

    def _attach(self) -> None:
        self._to_indicator()
        every = sorted(self._given.glob("*.*"))
        paste_files(self._desk, self._chance.sample(every, self._chance.randint(1, 3)))
        self._wait(lambda: not self._desk.bench.evidence.attaching.is_running)

    def _undo(self) -> None:
        for _ in range(self._chance.randint(1, 3)):
            self._desk.press(Key.Key_Z, CONTROL)

    def _redo(self) -> None:
        for _ in range(self._chance.randint(1, 3)):
            self._desk.press(Key.Key_Z, CONTROL | SHIFT)

    # Audits and files.

    def _new_audit(self) -> None:
        self._desk.press(Key.Key_N, CONTROL)
        self._write(Kind.COMPANY, Kind.COMPANY.value, "name")

    def _switch(self) -> None:
        others = [s.id for s in self._desk.bench.session.summaries(9) if s.id != self._audit]
        if others:
            self._desk.switch_to(self._chance.choice(others))

    def _import(self) -> None:
        raw = json.loads(files.SAMPLE.read_text("utf-8"))
        path = self._given.parent / "audit.json"
        path.write_text(json.dumps(raw | {"id": new_id()}), "utf-8")
        self._desk.answer_file_dialog(path)
        self._desk.press(Key.Key_O, CONTROL)

    def _export(self) -> None:
        self._desk.answer_file_dialog(self._given.parent / "report.xlsx")
        self._desk.press(Key.Key_E, CONTROL)
        self._desk.take_keyboard()
        self._wait(lambda: not self._desk.space.tabs.report.card.is_busy)

    def _dump(self) -> None:
        self._desk.answer_file_dialog(self._given.parent / "dump.json")
        self._desk.press(Key.Key_E, CONTROL | SHIFT)

    # What is kept, and what is closed.

    def _finalise(self) -> None:
        if self._chance.random() < 0.5:
            # One with a verdict on every indicator.
            self._import()
            self._desk.take_keyboard()
        with self._answering(FinaliseDialog, lambda dialog: dialog.finalise_button.click()):
            self._take_from(Key.Key_D, "finalise")

    def _reopen(self) -> None:
        def answer(dialog: ReopenDialog) -> None:
            self._desk.type(self._chance.choice(PHRASES))
            dialog.reopen_button.click()

        with self._answering(ReopenDialog, answer):
            self._take_from(Key.Key_D, "reopen")

    def _back_up(self) -> None:
        keeper = self._desk.bench.backing_up
        if self._chance.random() < 0.5:
            # Goes on while the next keys are pressed.
            keeper.back_up()
            return

        def answer(dialog: BackupDialog) -> None:
            dialog.places.now_button.click()
            self._wait(lambda: not keeper.is_running)

        with self._answering(BackupDialog, answer):
            self._take_from(Key.Key_F, "backups")

    def _take_from(self, key: Qt.Key, name: str) -> None:
        """Open a menu by its key, go up to an entry from its end and take it."""
        self._desk.press(key, Qt.KeyboardModifier.AltModifier)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        wanted = self._desk.space._menus._actions[name]
        for _ in menu.actions():
            if menu.activeAction() is wanted:
                self._desk.press(Key.Key_Return)
                return
            self._desk.press(Key.Key_Up)
        raise AssertionError(f"{name} is not in the menu")

    @contextmanager
    def _answering(self, kind: type[D], answer: Callable[[D], None]) -> Iterator[None]:
        """Answer the dialog of a kind that what is done inside opens, and leave it."""
        timer = QTimer(interval=2)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and dialog.isVisible() and QApplication.activeWindow() is dialog:
                timer.stop()
                answer(dialog)
                if isValid(dialog) and dialog.isVisible():
                    dialog.reject()

        timer.timeout.connect(look)
        timer.start()
        yield
        timer.stop()
        # No window has it after a dialog on a platform without a screen.
        self._desk.take_keyboard()

    def _wait(self, is_over: Callable[[], bool]) -> None:
        for _ in range(2_000):
            if is_over():
                break
            let_pass(5)
        settle()

    @property
    def _audit(self) -> str:
        return self._desk.audit.id


def _is_of_hands(error: AssertionError) -> bool:
    """Say whether the hands could not do what they wanted, as where a box lies over a field."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return last.filename == desk.__file__


def pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Print what Qt says, save what it always says without a screen."""
    # The offscreen platform says this wherever a window wants more than it has.
    if not message.startswith("This plugin does not support "):
        print(message, file=sys.stderr)


def work(folder: Path, given: Path, seed: int, pipe: int) -> None:
    """Run the program on a library and work in it; returns only when the program gives up by itself."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Nobody would kill it any more once whoever started it is gone.
    ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
    qInstallMessageHandler(pass_on)
    teller = Teller(pipe)
    logging.getLogger().addHandler(_Failures(teller))
    show = workbench.Workbench.show

    def shown(bench: workbench.Workbench) -> None:
        show(bench)
        teller.watch(bench)
        hands = Hands(bench, folder, given, teller, seed)
        QTimer.singleShot(0, hands.work)

    workbench.Workbench.show = shown  # type: ignore[method-assign, assignment]
    app.run(["--data", str(folder)])
