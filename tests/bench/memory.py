"""Memory of the program at rest, with the sample and with a full audit; beside that of a bare window."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.full_audit import make_full_library
from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row
from tests.bench.processes import output_of


def run(folder: Path, _rounds: int) -> Outcome:
    """Start each in a process of its own and ask the system what it takes once all tabs are made."""
    make_library(folder / "memory", 1)
    make_full_library(folder / "full-memory")
    bare = _megabytes(folder)
    return Outcome(
        (
            Row("memory at rest", _megabytes(folder, folder / "memory"), bare, "a bare window", unit="MB"),
            Row("memory, full audit and board", _megabytes(folder, folder / "full-memory"), bare, "same", unit="MB"),
        )
    )


def _megabytes(folder: Path, *library: Path) -> float:
    printed = output_of(folder / "bytecode", "-m", "tests.bench.children.memory", *map(str, library))
    return float(json.loads(printed)["megabytes"])
