"""States of the machine that keep a report from being written, each with what is safe and what to do."""

from __future__ import annotations

import errno
from pathlib import Path

from auditor_app.models.errors import EnvironmentProblem

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
_WINDOWS_NAME = {123: "name_not_possible", 206: "name_too_long"}


class ReportProblem(EnvironmentProblem):
    """The report could not be written; a report that was there before is untouched."""

    section = "report_problem"


def problem_of(error: OSError, path: Path, *, replacing: bool = False) -> ReportProblem:
    """Return the problem an error of the system means; `replacing` when the new file is complete."""
    names: dict[str, object] = {"name": path.name, "folder": str(path.parent)}
    windows = getattr(error, "winerror", None)
    if windows in _WINDOWS_NAME:
        return ReportProblem(_WINDOWS_NAME[windows], **names)
    if error.errno in _FULL:
        return ReportProblem("disk_full", **names)
    if error.errno == errno.ENAMETOOLONG:
        return ReportProblem("name_too_long", **names)
    if replacing and error.errno in _DENIED | _BUSY:
        return ReportProblem("target_in_use", **names)
    if error.errno in _DENIED:
        return ReportProblem("folder_read_only", **names)
    if error.errno == errno.EISDIR:
        return ReportProblem("path_is_folder", **names)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ReportProblem("folder_missing", **names)
    return ReportProblem("cannot_write", reason=error.strerror or str(error), **names)
