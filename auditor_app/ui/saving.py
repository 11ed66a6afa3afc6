"""Where files come from and go to: names that every system takes, and no file replaced unasked."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor_app.models.errors import AuditorError
from auditor_app.session.session import Session

FOLDER_SETTING = "report_folder"
LONGEST_NAME = 80
# What some system does not take in a name; a slash would even make a folder of it.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


def ask_target(parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
    """Ask where to write a file with the suffix of the suggested one; None when the person thinks better of it."""
    dialog = QFileDialog(parent, title, str(suggested.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.selectFile(suggested.name)
    _label(dialog)
    try:
        while dialog.exec():
            chosen = Path(dialog.selectedFiles()[0])
            if chosen.suffix.lower() == suggested.suffix:
                return chosen
            # A name such as "R0.2026" has a suffix for the dialog, so that it asked about another file.
            target = chosen.with_name(chosen.name + suggested.suffix)
            if not os.path.lexists(target):
                return target
            dialog.selectFile(str(target))
        return None
    finally:
        dialog.deleteLater()


def ask_source(session: Session, parent: QWidget, title: str, kinds: str, folder: str = "") -> Path | None:
    """Ask for a file of others, first in a folder or else where such files were last; None when nothing is chosen."""
    dialog = QFileDialog(parent, title, folder or str(_folder(session)), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _label(dialog)
    try:
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    finally:
        dialog.deleteLater()


def suggested_target(session: Session, parts: tuple[str, ...], suffix: str) -> Path:
    """Return the folder written to last, or that of the documents, with a name made of what is not empty."""
    name = _NOT_IN_NAMES.sub("_", "_".join(part for part in parts if part))[:LONGEST_NAME].strip("._")
    return _folder(session) / f"{name}{suffix}"


def keep_folder(session: Session, folder: Path) -> None:
    """Remember where the person writes files for others."""
    try:
        session.set_setting(FOLDER_SETTING, str(folder))
    except AuditorError:
        # Only the folder suggested next time is lost.
        return


def _label(dialog: QFileDialog) -> None:
    """Label what the translation of Qt leaves in English, where the system has no dialog of its own."""
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, QCoreApplication.translate("Files", "Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, QCoreApplication.translate("Files", "Type of file:"))


def _folder(session: Session) -> Path:
    """Return the folder written to last, or that of the documents, as far as they are there."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folders = (_last_folder(session), documents, str(Path.home()))
    return Path(next((folder for folder in folders if folder and os.path.isdir(folder)), ""))


def _last_folder(session: Session) -> str:
    try:
        return session.setting(FOLDER_SETTING)
    except AuditorError:
        return ""
