"""A drive that no longer answers, as one of a network that is gone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor_app.storage.backup_files import backups_of, sidecar_of
from auditor_app.storage.backup_second import catch_up, name_second_folder


@contextmanager
def unanswering(library: Path, drive: Path) -> Iterator[None]:
    """Make a folder the second one of a library that has a backup; within, whoever reads a certain file there waits."""
    second = name_second_folder(library, drive)
    assert second is not None
    catch_up(library)
    (copy,) = backups_of(second.root)
    hole = sidecar_of(copy.path)
    hole.unlink()
    # Nobody writes into it, so that reading it waits for ever.
    os.mkfifo(hole)
    try:
        yield
    finally:
        # Whoever waits is let go, and nobody waits there again.
        opened = os.open(hole, os.O_RDWR | os.O_NONBLOCK)
        hole.unlink()
        os.close(opened)
