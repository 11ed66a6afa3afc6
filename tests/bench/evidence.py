"""Photos added to the evidence: how long the window's loop stands still, how long it takes, how much memory.

By itself, with fewer photos: `python -m tests.bench.evidence --count 50`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.measure import Outcome, Row, Split, split_table, table
from tests.bench.photos import make_photos
from tests.bench.processes import ROOT, output_of

COUNT = 300
LONGEST_GAP_SECONDS = 0.05
MOST_MEGABYTES = 400


def run(folder: Path, _rounds: int, count: int = COUNT) -> Outcome:
    """Add photos once with Pillow alone and once as the window does, each in a process of its own."""
    source = folder / "photos"
    make_photos(source, count)
    floor = _taken(folder, "plain_photos", source)["seconds"]
    ours = _taken(folder, "take_photos", source)
    shutil.rmtree(source)
    rows = (
        Row(f"longest gap, {count} photos", max(ours["gaps"]), LONGEST_GAP_SECONDS, "50 ms", 1.0),
        Row(f"{count} photos added", ours["seconds"], floor, "copy, hash and thumbnail with Pillow, one thread"),
    )
    memory = "" if ours["megabytes"] is None else f", {ours['megabytes']:.0f} of {MOST_MEGABYTES} MB at most"
    return Outcome(rows, (Split(f"photos added{memory}", {"gap of the loop": ours["gaps"]}),))


def _taken(folder: Path, child: str, source: Path) -> dict[str, Any]:
    """Take the photos in a child process and return what it measured."""
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
