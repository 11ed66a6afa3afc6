"""Measure how fast the workbench is, against floors measured in the same run; see docs/PERFORMANCE.md.

A missed bar is said in the table and is no failure: machines differ, and busy ones more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from tests.bench import (
    backup,
    bulk,
    evidence,
    large_library,
    library_edit,
    memory,
    office,
    opening,
    photo_report,
    report,
    sizes,
    start,
    verdict_key,
)
from tests.bench.measure import Outcome, percentile, split_table, table
from tests.bench.processes import ROOT

MEASURES = {
    "start": start.run,
    "key": verdict_key.run,
    "bulk": bulk.run,
    "open": opening.run,
    "report": report.run,
    "edit": library_edit.run,
    "library": large_library.run,
    "sizes": sizes.run,
    "backup": backup.run,
    "memory": memory.run,
    "photos": evidence.run,
    "photo_report": photo_report.run,
    "office": office.run,
}


def main(argv: list[str]) -> int:
    """Run the measures, print the table and where the time goes, and write the JSON file if asked."""
    arguments = _arguments(argv)
    qInstallMessageHandler(_pass_on)
    app = QApplication(sys.argv[:1])
    print(_machine_line())
    outcomes = {}
    # In the checkout, because the system's folder for temporary files may be memory instead of a disk.
    scratch = ROOT / "build"
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=scratch) as folder:
        for name in arguments.measures or MEASURES:
            print(f"measuring {name} …", flush=True)
            outcomes[name] = MEASURES[name](Path(folder), arguments.rounds)
    app.quit()
    print("", table([row for outcome in outcomes.values() for row in outcome.rows]), sep="\n")
    for outcome in outcomes.values():
        for split in outcome.splits:
            print("", split_table(split), sep="\n")
    if arguments.json:
        text = json.dumps(_as_json(outcomes), ensure_ascii=False, indent=2)
        arguments.json.write_text(text + "\n", "utf-8")
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("measures", nargs="*", help=f"any of {', '.join(MEASURES)}; all when none is named")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of the slower measures (default: 9)")
    arguments = parser.parse_args(argv)
    if unknown := set(arguments.measures) - MEASURES.keys():
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    return arguments


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    # The offscreen platform says this wherever a window wants more than it has.
    if not message.startswith("This plugin does not support "):
        print(message, file=sys.stderr)


def _machine() -> dict[str, Any]:
    return {
        "system": platform.system(),
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "pyside": PySide6.__version__,
        "screen": QApplication.platformName(),
    }


def _machine_line() -> str:
    return ", ".join(f"{name} {value}" for name, value in _machine().items())


def _as_json(outcomes: dict[str, Outcome]) -> dict[str, Any]:
    """Return every figure, times in seconds where no other unit is named."""
    rows = [
        {
            "measure": row.measure,
            "ours": row.ours,
            "floor": row.floor,
            "unit": row.unit,
            "floor_is": row.floor_is,
            "ratio": row.ratio,
            "bar": row.bar,
            "within": row.is_within,
        }
        for outcome in outcomes.values()
        for row in outcome.rows
    ]
    splits = {
        split.title: {
            name: {"p50": percentile(samples, 50), "p99": percentile(samples, 99), "max": max(samples)}
            for name, samples in split.parts.items()
        }
        for outcome in outcomes.values()
        for split in outcome.splits
    }
    return {"machine": _machine(), "rows": rows, "splits": splits}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
