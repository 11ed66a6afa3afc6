"""Where things are on this computer."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def library_folder() -> Path:
    """Return the folder of this person's library."""
    return user_data_path("auditor-workbench", appauthor=False)
