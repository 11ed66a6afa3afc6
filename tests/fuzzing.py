"""One loop for everything that is given spoilt input: `python3 dev.py fuzz [--rounds 1000] [--seed 0] [NAME ...]`.

Whatever comes in is read or refused in words. A case may take seconds and memory within the limits here and no more;
what it must leave alone (a library, a file) it compares itself.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

LONGEST_SECONDS = 5.0
"""Of work, not of waiting for a busy computer."""
HANGS_SECONDS = 120
LARGEST_MB = 500

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"

Case = Callable[[Random], str]
"""Make one spoilt thing, give it to the program and return how that ended; an exception is our bug."""
Cases = Callable[[], AbstractContextManager[Mapping[str, Case]]]
"""Prepare what the cases of one fuzzer need, and give them by name."""


@dataclass
class Tally:
    """What became of the rounds: how often which way, and the longest one in seconds of work."""

    ways: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0


def repeat(case: Case, rounds: int, seed: int, name: str) -> Tally:
    """Run a case so many times, each with luck of its own; a failure names what repeats it."""
    tally = Tally()
    for number in range(rounds):
        begun = time.process_time()
        try:
            tally.ways[case(Random(f"{seed}-{name}-{number}"))] += 1
            seconds = time.process_time() - begun
            assert seconds < LONGEST_SECONDS, f"took {seconds:.1f} s"
        except BaseException as error:
            error.add_note(f"{name}, seed {seed}, round {number}")
            raise
        tally.slowest = max(tally.slowest, seconds)
    return tally


def run(cases: Cases, rounds: int, seed: int = 0) -> dict[str, Tally]:
    """Run every case of a fuzzer so many times."""
    with cases() as prepared:
        return {name: repeat(case, rounds, seed, name) for name, case in prepared.items()}


def command(cases: Cases) -> None:
    """Be the command of one fuzzer: run it within the limits and print what became of the rounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with cases() as prepared:
        for name, case in prepared.items():
            begun = time.monotonic()
            tally = repeat(_watched(case), asked.rounds, asked.seed, name)
            faulthandler.cancel_dump_traceback_later()
            print(f"{name}: {asked.rounds} rounds in {time.monotonic() - begun:.0f} s, slowest {tally.slowest:.2f} s")
            print(f"  {dict(tally.ways.most_common())}", flush=True)
    peak = peak_mb()
    print(f"  at most {peak} MB", flush=True)
    if peak > LARGEST_MB:
        sys.exit(f"More than {LARGEST_MB} MB.")


def peak_mb() -> int:
    """Return the most memory this process ever had, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 2**20


def _watched(case: Case) -> Case:
    """End the process, and tell where it was, when a case never ends."""

    def watched(luck: Random) -> str:
        faulthandler.dump_traceback_later(HANGS_SECONDS, exit=True)
        return case(luck)

    return watched


def modules() -> list[str]:
    """Return the names of the packages of tests that have a fuzzer."""
    return sorted(path.parent.name for path in TESTS.glob("*/fuzz.py"))


def main() -> int:
    """Run all fuzzers or those named, each in a process of its own, so that each has its own peak of memory."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"one of {', '.join(modules())}; all without a name")
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    failed = []
    for name in asked.names or modules():
        print(f"==> {name}", flush=True)
        options = ["--rounds", str(asked.rounds), "--seed", str(asked.seed)]
        fuzzer = [sys.executable, "-m", f"tests.{name}.fuzz", *options]
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
        if subprocess.run(fuzzer, cwd=ROOT, env=environment).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "nothing failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
