"""Where things are on this computer, and which libraries it has seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path

_NAME = "auditor-workbench"
_MOST_KNOWN = 50


def library_folder() -> Path:
    """Return the folder of this person's library: the one chosen last, else the usual one."""
    chosen = _stored().get("chosen")
    return Path(chosen) if isinstance(chosen, str) and chosen else user_data_path(_NAME, appauthor=False)


def choose_library(folder: Path) -> None:
    """Have the program open this folder from now on when no other is named."""
    _store({**_stored(), "chosen": str(folder.absolute())})


def was_here(folder: Path) -> bool:
    """Say whether a library was opened in this folder before."""
    known = _stored().get("known")
    return isinstance(known, list) and str(folder.absolute()) in known


def remember_library(folder: Path) -> None:
    """Remember that there is a library in this folder, so that it is missed when it is gone."""
    stored, name = dict(_stored()), str(folder.absolute())
    known = stored.get("known")
    known = [place for place in known if isinstance(place, str)] if isinstance(known, list) else []
    if name not in known:
        _store({**stored, "known": [*known, name][-_MOST_KNOWN:]})


def _file() -> Path:
    return user_config_path(_NAME, appauthor=False) / "libraries.json"


def _stored() -> Mapping[str, Any]:
    try:
        stored = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _store(values: Mapping[str, Any]) -> None:
    # Here, for this is read before the window is painted and hardly ever written.
    from auditor_app.models.errors import EnvironmentProblem
    from auditor_app.storage.atomic_file import write_atomically

    # What cannot be remembered is only not known the next time.
    with suppress(OSError, EnvironmentProblem):
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(_file(), json.dumps(values, ensure_ascii=False, indent=1).encode())
