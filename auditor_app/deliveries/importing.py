"""An audit file taken into the library, whole or not at all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from auditor_app import files
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.ids import AuditId
from auditor_app.models.progress import Progress, part_of
from auditor_app.storage.atomic_file import all_or_none
from auditor_app.storage.library import FILE_NAME, Library

_READ, _PICTURES = 0.15, 0.85
"""Shares of the work after which the file is read, and its small pictures are kept."""


def take_in(folder: Path, who: str, path: Path, progress: Progress) -> tuple[AuditId, bool]:
    """Take an audit file into the library in a folder, and say whether its audit is new there; runs on any thread.

    It has a connection of its own. Raises `ValidationError` for a file that is not right, or says something else of an
    audit that is there, `EnvironmentProblem`, and what ends the `progress`; the library is as before then, with its
    small pictures.
    """
    whole = files.read_audit_file(path)
    progress(round(100 * _READ), 100)
    if not (folder / FILE_NAME).is_file():
        # A drive that was pulled out: a new library would be made in its place.
        raise EnvironmentProblem("library_cannot_open", path=folder / FILE_NAME)
    with closing(Library(folder, who)) as library:
        # Refused before anything else is done when the audit that is there says something else.
        is_new = not library.holds(whole.audit.id) or library.add(whole.audit, whole.standard)
        with all_or_none() as made:
            made += files.keep_thumbnails(folder, whole.thumbnails, part_of(progress, _READ, _PICTURES))
            if is_new:
                is_new = library.add(whole.audit, whole.standard, progress=part_of(progress, _PICTURES, 1))
    return whole.audit.id, is_new
