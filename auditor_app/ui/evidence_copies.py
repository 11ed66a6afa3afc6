"""Copies of evidence for the person and for other programs; what is stored is never handed out itself."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path, PurePath

from PySide6.QtCore import QDir, QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from auditor_app.models.entities import Evidence
from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.session.jobs import Job
from auditor_app.ui.context import Context
from auditor_app.ui.saving import ask_target, keep_folder, suggested_target

# Files that a system does not open but run, or that have it run others.
PROGRAMS = frozenset(
    {
        *(".app", ".appimage", ".bat", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".hta", ".inf", ".jar"),
        *(".js", ".jse", ".lnk", ".msc", ".msi", ".msp", ".pif", ".pl", ".ps1", ".py", ".pyw", ".rb", ".reg", ".scf"),
        *(".scr", ".sh", ".url", ".vb", ".vbe", ".vbs", ".website", ".wsf", ".wsh"),
    }
)
_SUFFIX = re.compile(r"\.\w{1,12}")


class EvidenceCopies(QObject):
    """Save a copy where the person wants it, or have the system open one that lies among the temporary files."""

    message = Signal(str)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._temporary: QTemporaryDir | None = None

    def save(self, row: Evidence) -> None:
        """Ask for a place and write a copy there."""
        suggested = self._suggested(row)
        target = ask_target(self._window, self.tr("Save a copy"), suggested, self.tr("All files (*)"))
        if target is not None:
            keep_folder(self._context.session, target.parent)
            self._copy(row, target).saved.connect(self._on_saved)

    def open(self, row: Evidence) -> None:
        """Have the system open a copy; a program is not run."""
        if suffix_of(row) in PROGRAMS:
            text = self.tr("“{0}” is a program and is not run from here. Save a copy if you need it.")
            self.message.emit(text.format(row.name))
            return
        try:
            folder = self._new_folder()
        except AuditorError as error:
            self._on_failed(error)
            return
        self._copy(row, folder / self._suggested(row).name).saved.connect(self._on_ready_to_open)

    def _new_folder(self) -> Path:
        """Make a folder for one copy, so that two files of one name do not meet; raises `EnvironmentProblem`."""
        if self._temporary is None or not self._temporary.isValid():
            self._temporary = QTemporaryDir()
        try:
            if not self._temporary.isValid():
                raise OSError(self._temporary.errorString())
            return Path(tempfile.mkdtemp(dir=self._temporary.path()))
        except OSError as error:
            reason = error.strerror or str(error)
            raise EnvironmentProblem("temporary_refused", folder=QDir.tempPath(), reason=reason) from error

    def _suggested(self, row: Evidence) -> Path:
        stem = PurePath(row.name).stem
        has_name = any(character.isalnum() for character in stem)
        return suggested_target(self._context.session, (stem if has_name else row.sha256[:12],), suffix_of(row))

    def _copy(self, row: Evidence, target: Path) -> _Copy:
        copy = _Copy(self._context, row, target, self)
        copy.failed.connect(self._on_failed)
        return copy

    def _on_saved(self, target: Path) -> None:
        self.message.emit(self.tr("The copy is written: {0}").format(target))

    def _on_ready_to_open(self, target: Path) -> None:
        is_opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
        text = self.tr("No program on this computer opens “{0}”.")
        if is_opened:
            text = self.tr("A copy of “{0}” is open; the evidence stays as it is, whatever is done to the copy.")
        self.message.emit(text.format(target.name))

    def _on_failed(self, error: AuditorError) -> None:
        self.message.emit(self._context.words.error(error))


class _Copy(QObject):
    """One copy, made in the background."""

    saved = Signal(object)
    """The path of the copy."""
    failed = Signal(object)
    """The `AuditorError` that kept it from being made."""

    def __init__(self, context: Context, row: Evidence, target: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._target = target
        # The session outlives this window, whose look may be changed meanwhile.
        job = Job(lambda _progress: context.evidence.copy_to(row.sha256, target), context.session)
        job.done.connect(self._on_done)
        job.failed.connect(self._on_failed)
        job.done.connect(job.deleteLater)
        job.failed.connect(job.deleteLater)
        job.start()

    def _on_done(self) -> None:
        self.saved.emit(self._target)
        self.deleteLater()

    def _on_failed(self, error: Exception) -> None:
        self.deleteLater()
        if not isinstance(error, AuditorError):
            raise error
        self.failed.emit(error)


def suffix_of(row: Evidence) -> str:
    """Return the ending of a file's name in small letters, empty when it is none that systems know."""
    suffix = PurePath(row.name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""
