"""What a command looks at before it opens a library: opening writes what reads of a damaged log into it."""

from __future__ import annotations

from pathlib import Path

from auditor_app import places
from auditor_app.deliveries.window_lock import is_held_by_another, window_lock
from auditor_app.models.errors import EnvironmentProblem
from auditor_app.models.opening import State
from auditor_app.storage.condition import examine
from auditor_app.storage.library import FILE_NAME
from auditor_app.storage.write_log import journal_path, log_path

_REFUSED = {State.TORN: "library_torn", State.GONE: "library_gone"}


def look_first(folder: Path) -> None:
    """Raise `EnvironmentProblem` for a library whose log is torn, or that is gone while what belongs to it is there.

    Everything else is told when it is opened. The window that has it open has looked already.
    """
    path = folder / FILE_NAME
    if any(beside.exists() for beside in (log_path(path), journal_path(path))) and _is_in_a_window(folder):
        return
    condition = examine(path, was_there=places.was_here(folder))
    if condition.state in _REFUSED:
        raise EnvironmentProblem(_REFUSED[condition.state], path=path)


def _is_in_a_window(folder: Path) -> bool:
    lock = window_lock(folder)
    try:
        return is_held_by_another(lock, 0)
    finally:
        lock.unlock()
