"""Child processes that start as the program does at a person's: with bytecode from the time before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def output_of(bytecode: Path, *arguments: str) -> str:
    """Run Python in the checkout and return what it prints; raises `RuntimeError` with its errors when it fails.

    `bytecode` is the folder for the bytecode of every module, filled by the first run.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout
