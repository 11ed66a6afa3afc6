"""Photos in the evidence: how long the window stands still, how long adding takes, how much memory it needs.

By itself, with fewer photos: `python -m tests.bench.evidence --count 50`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.libraries import make_library
from tests.bench.measure import Outcome, Row, Split, split_table, table
from tests.bench.photos import make_photos
from tests.bench.processes import ROOT, output_of

COUNT = 300
LONGEST_GAP_SECONDS = 0.05
MOST_MEGABYTES = 400
STEPS = {
    "added": "added",
    "scrolled": "scrolled to the bottom, too fast for pictures",
    "scrolled slowly": "scrolled to the top, all pictures made",
    "looked at": "ten looked at large",
}


def run(folder: Path, _rounds: int, count: int = COUNT) -> Outcome:
    """Add photos once with Pillow alone and once in the window, each in a process of its own."""
    source = folder / "photos"
    make_photos(source, count)
    floor = _measured(folder, "plain_photos", source)
    # What the others wrote is not what a commit of ours should wait for.
    os.sync()
    make_library(folder / "take_photos", 1)
    ours = _measured(folder, "take_photos", source)
    shutil.rmtree(source)
    rows = [
        Row(f"longest gap, {count} photos added", max(ours["added"]), LONGEST_GAP_SECONDS, "50 ms", 1.0),
        Row(f"longest gap, {count} photos scrolled", max(ours["scrolled"]), LONGEST_GAP_SECONDS, "50 ms", 1.0),
        Row(f"{count} photos added", ours["seconds"], floor["stored"], "copied and hashed, one thread"),
        Row(
            f"{count} photos added and seen",
            ours["seconds"] + ours["seen"],
            floor["stored"] + floor["thumbnails"],
            "copied, hashed and made small with Pillow, one thread",
        ),
    ]
    for name, key in (("most memory", "peak"), ("most memory, viewer too", "peak with viewer")):
        if ours[key] is not None:
            rows.append(Row(f"{name}, {count} photos", ours[key], MOST_MEGABYTES, "400 MB", 1.0, unit="MB"))
    return Outcome(tuple(rows), (Split("gap of the loop", {name: ours[step] for step, name in STEPS.items()}),))


def _measured(folder: Path, child: str, source: Path) -> dict[str, Any]:
    """Handle the photos in a child process and return what it measured."""
    target = folder / child
    printed = output_of(folder / "bytecode", "-m", f"tests.bench.children.{child}", str(source), str(target))
    shutil.rmtree(target)
    measured: dict[str, Any] = json.loads(printed)
    return measured


def main() -> None:
    """Measure with a number of photos."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    count = parser.parse_args().count
    scratch = ROOT / "build"
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=scratch) as folder:
        outcome = run(Path(folder), 1, count)
    print(table(outcome.rows), split_table(outcome.splits[0]), sep="\n\n")


if __name__ == "__main__":
    main()
