"""What the command `salvage` does and says."""

from __future__ import annotations

import os
from pathlib import Path

from auditor_app.deliveries.window_lock import is_held_by_another, window_lock
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.salvaging import SalvagedLibrary, salvage_library
from auditor_app.storage.library import FILE_NAME

SECTION = "salvage"


class SalvageInputProblem(ValidationError):
    """A folder that cannot be salvaged, or not to there."""

    section = "salvage_input"


class InUse(EnvironmentProblem):
    """A library that is written while it would be read."""

    section = "salvage_input"


def salvage(folder: Path, target: Path, words: Catalogue) -> SalvagedLibrary:
    """Salvage the library of a folder into a new one, which must not be there yet; the damaged one is only read.

    Raises `ValidationError` for a folder without a library and for a target that is there or within that folder,
    `EnvironmentProblem` for what the system refuses and for a library that a window has open.
    """
    if not (folder / FILE_NAME).is_file():
        raise SalvageInputProblem(str(folder), "no_library")
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(folder)):
        raise SalvageInputProblem(str(target), "within")
    if os.path.lexists(target):
        raise SalvageInputProblem(str(target), "is_there")
    lock = window_lock(folder)
    if is_held_by_another(lock, 100):
        raise InUse("in_use", folder=folder)
    try:
        return salvage_library(folder, words, target=target)
    finally:
        lock.unlock()


def told(made: SalvagedLibrary, words: Catalogue) -> str:
    """Return what came of it, as lines of text."""
    found = made.salvaged
    if not found.audits:
        return "\n".join((words.text(SECTION, "none"), words.text(SECTION, "none_text")))
    lines = [words.text(SECTION, "done", audits=found.audits)]
    lines.append(
        words.text(
            SECTION, "damage", pages=found.pages, damaged_pages=found.damaged_pages, damaged_rows=found.damaged_rows
        )
    )
    if found.notes:
        lines.append(words.text("salvage_input", "notes", count=len(found.notes)))
    return "\n".join((*lines, words.text(SECTION, "text", folder=made.folder, report=made.report.name)))
