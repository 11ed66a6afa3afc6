"""What every test shares: the shipped standard pack, and a failure for every warning nobody expected."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from auditor_app.models.standard import Standard
from tests.builders import shipped_standard

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The libraries that tests make are none of those of whoever runs them.
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(prefix="auditor-workbench-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)

IN_CI = bool(os.environ.get("CI"))
"""Whether there is time for more examples of the same kind; each kind is tested everywhere."""

# A thorough search for counterexamples: HYPOTHESIS_EXAMPLES=2000 python3 dev.py test --all
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", 60 if IN_CI else 12))
settings.register_profile("project", deadline=None, max_examples=EXAMPLES)
settings.load_profile("project")

if not IN_CI:
    # Looking for garbage takes a tenth of the time at the usual pace, which CI keeps.
    gc.set_threshold(10_000, 10, 10)


LONG = ("long", "office")
"""Marks of tests that take their time; LibreOffice takes three seconds to start."""

_LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever is in a hurry leave out the tests that take their time."""
    parser.addoption("--without-long", action="store_true", help="leave out tests marked as long, and say how many")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests where that is asked for."""
    if config.getoption("--without-long"):
        left_out = {item for item in items if any(item.get_closest_marker(mark) for mark in LONG)}
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))
        config.stash[_LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that shares out the tests how many were left out; each that runs them has seen them all."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a process that ran tests."""
    config: pytest.Config = node.config
    config.stash[_LEFT_OUT] = max(config.stash.get(_LEFT_OUT, 0), getattr(node, "workeroutput", {}).get("left_out", 0))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say that not everything was tested, and what does it."""
    if left_out := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.section(f"{left_out} long tests left out", yellow=True)
        terminalreporter.line("They were not run. `python3 dev.py test --all` runs them too, as CI does.", yellow=True)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def log_is_quiet(request: pytest.FixtureRequest) -> Iterator[list[logging.LogRecord]]:
    """Fail a test that logs a warning or worse, unless it asks for `expected_log`."""
    handler = _Records()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.seen
    finally:
        logging.getLogger().removeHandler(handler)
    if "expected_log" not in request.fixturenames:
        assert [record.getMessage() for record in handler.seen] == []


@pytest.fixture
def expected_log(log_is_quiet: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """Give the warnings logged so far to a test that expects some; looking at them is its own business."""
    return log_is_quiet


@pytest.fixture(scope="session")
def standard() -> Standard:
    """Give the standard pack that ships with the workbench."""
    return shipped_standard()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of one megabyte, where this computer lets us make one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a disk")
    yield tmp_path
    subprocess.run(["umount", str(tmp_path)], check=True)
