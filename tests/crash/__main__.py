"""Kill the program at random moments, and put faults beneath it at every write; see docs/CRASH.md.

The exit code is 1 when anything was lost, damaged, half written or not told in a sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, repeat
from pathlib import Path
from typing import Any

from tests.crash.faults import Faults, compiled, environment, missing
from tests.crash.kills import ROUNDS_A_LIBRARY
from tests.crash.operations import OPERATIONS

ROOT = Path(__file__).resolve().parents[2]
# As it is installed: lxml, which openpyxl prefers, comes with what the tests need.
SURROUNDINGS = {"QT_QPA_PLATFORM": "offscreen", "OPENPYXL_LXML": "False"}
Result = dict[str, Any]


def main(argv: list[str]) -> int:
    """Do what was asked, print what came of it and return the exit code."""
    arguments = _arguments(argv)
    if reason := missing():
        print(f"This {reason}.", file=sys.stderr)
        return 3
    is_fine = True
    with tempfile.TemporaryDirectory(prefix="crash-", dir=_scratch()) as folder:
        crew = Crew(Path(folder), arguments.workers)
        if arguments.rounds:
            is_fine &= _kill(crew, arguments.rounds, arguments.seed)
        if arguments.faults:
            is_fine &= _sweep(crew, arguments)
            is_fine &= _window(crew, arguments)
    return 0 if is_fine else 1


class Crew:
    """Processes side by side, each with faults of its own beneath it."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.workers = workers
        self._folder = folder
        self._library = compiled(folder)
        self._numbers = count()

    def run(self, commands: Sequence[Sequence[str]], see: Callable[[Result], None]) -> bool:
        """Run modules of this folder with their arguments; show each result as it comes, say whether all ended well."""
        with ThreadPoolExecutor(self.workers) as pool:
            return all(list(pool.map(self._run, commands, repeat(see))))

    def _run(self, command: Sequence[str], see: Callable[[Result], None]) -> bool:
        number = next(self._numbers)
        scratch = self._folder / f"scratch-{number}"
        scratch.mkdir()
        control = self._folder / f"control-{number}"
        # It has its size before anybody looks into it.
        Faults(control)
        surroundings = environment(self._library, control) | {"TMPDIR": str(scratch)}
        module, *words = command
        with subprocess.Popen(
            [sys.executable, "-m", f"tests.crash.{module}", *words],
            cwd=ROOT,
            env=surroundings | SURROUNDINGS,
            stdout=subprocess.PIPE,
            text=True,
        ) as started:
            assert started.stdout is not None
            for line in started.stdout:
                see(json.loads(line))
        return started.returncode == 0


def _kill(crew: Crew, rounds: int, seed: int) -> bool:
    begun, results = time.monotonic(), list[Result]()

    def see(result: Result) -> None:
        results.append(result)
        if result["wrong"]:
            _complain(f"seed {result['seed']}, {result['moment']}", result["wrong"])
        if len(results) % 50 == 0:
            print(f"{len(results)} kills, {_per_minute(len(results), begun)} a minute", flush=True)

    parts = [
        ("kills", str(first), str(min(first + ROUNDS_A_LIBRARY, seed + rounds) - 1))
        for first in range(seed, seed + rounds, ROUNDS_A_LIBRARY)
    ]
    ended = crew.run(parts, see)
    bad = [result for result in results if result["wrong"]]
    print(f"kills                {len(results)}, {_per_minute(len(results), begun)} a minute, seeds from {seed}")
    print(f"  at the moment      {_counted(result['moment'] for result in results)}")
    print(f"  edits promised     {_sum(results, 'edits')}, of these painted {_sum(results, 'painted')}")
    print(f"  places read        {_sum(results, 'shown')}")
    print(f"  sealings read      {_sum(results, 'sealed')}, backups told of {_sum(results, 'backups')}")
    print(f"  edits lost         {_sum(results, 'lost')}")
    print(f"  rounds with damage {len(bad)}", flush=True)
    return ended and not bad and len(results) == rounds


def _sweep(crew: Crew, arguments: argparse.Namespace) -> bool:
    results = list[Result]()
    names = arguments.operations or list(OPERATIONS)
    share = [str(arguments.share), str(arguments.seed), "1"]
    parts = [("sweep", *share, *names[first :: crew.workers * 2]) for first in range(crew.workers * 2)]
    ended = crew.run([part for part in parts if len(part) > 4], _seen(results))
    struck = [result for result in results if result["hits"]]
    bad = [result for result in results if result["wrong"]]
    deaths = [result for result in struck if result["kind"].startswith("killed")]
    told = [result for result in struck if result["told"]]
    print(f"faults beneath {len(names)} operations: {len(struck)}, of these kills at a write {len(deaths)}")
    print(f"  told in a sentence {len(told)}, got over without one {len(struck) - len(told) - len(deaths)}")
    print(f"  codes              {_counted(result['told'] for result in told)}")
    print(f"  not as promised    {len(bad)}", flush=True)
    return ended and not bad and bool(struck)


def _window(crew: Crew, arguments: argparse.Namespace) -> bool:
    results = list[Result]()
    ended = crew.run([("window_faults", str(arguments.share), str(arguments.seed))], _seen(results))
    struck = [result for result in results if result["hits"]]
    bad = [result for result in results if result["wrong"]]
    print(f"faults beneath the window: {len(struck)}, told {sum(bool(result['told']) for result in struck)}")
    print(f"  not as promised    {len(bad)}", flush=True)
    return ended and not bad and bool(struck)


def _seen(results: list[Result]) -> Callable[[Result], None]:
    begun = time.monotonic()

    def see(result: Result) -> None:
        results.append(result)
        if result["wrong"]:
            _complain(result["injection"], result["wrong"])
        if len(results) % 500 == 0:
            print(f"{len(results)} faults, {_per_minute(len(results), begun)} a minute", flush=True)

    return see


def _complain(where: str, wrong: Iterable[str]) -> None:
    print(f"WRONG {where}:", *wrong, sep="\n    ", flush=True)


def _sum(results: Iterable[Result], key: str) -> int:
    return sum(result[key] for result in results)


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{word} {count}" for word, count in Counter(words).most_common())


def _per_minute(count: int, begun: float) -> int:
    return round(60 * count / (time.monotonic() - begun))


def _scratch() -> str | None:
    """Return a folder in memory where there is one: a killed process loses nothing of it, and syncing costs nothing."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=0, help="how often to kill the program")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first round (default: 1)")
    parser.add_argument("--faults", action="store_true", help="put faults beneath every operation")
    parser.add_argument("--share", type=float, default=1.0, help="share of the faults, drawn at random (default: all)")
    parser.add_argument("--operations", nargs="+", choices=OPERATIONS, help="only these; all when none is named")
    parser.add_argument("--workers", type=int, default=2, help="processes side by side (default: 2)")
    arguments = parser.parse_args(argv)
    if not arguments.rounds and not arguments.faults:
        parser.error("say --rounds N, --faults, or both")
    return arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
