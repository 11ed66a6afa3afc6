"""The lock files hold what pyproject.toml asks for, so a fresh checkout gets exactly that."""

import re
import tomllib
from pathlib import Path

import pytest

from dev import chooses, side_by_side

ROOT = Path(__file__).resolve().parents[1]


def asked(*, dev: bool) -> set[str]:
    """Return the pins of pyproject.toml as `name==version`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    pins = project["project"]["dependencies"] + (project["dependency-groups"]["dev"] if dev else [])
    return {pin.lower() for pin in pins}


def locked(lock: str) -> dict[str, str]:
    """Return each `name==version` of a lock file with the text of its entry."""
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {entry.split()[0]: entry for entry in entries}


@pytest.mark.parametrize(
    ("lock", "dev"), [("requirements.lock", False), ("requirements-dev.lock", True)], ids=["runtime", "dev"]
)
def test_lock_file_holds_every_pin(lock: str, dev: bool) -> None:
    assert asked(dev=dev) <= locked(lock).keys()


def test_the_tests_run_on_the_same_packages_as_the_program() -> None:
    assert locked("requirements.lock").keys() <= locked("requirements-dev.lock").keys()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_file_pins_by_hash_and_names_no_source(lock: str) -> None:
    for pin, entry in locked(lock).items():
        assert "--hash=sha256:" in entry, pin
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("arguments", [[], ["-k", "scoring"], ["tests/ui"]])
def test_many_tests_are_shared_among_the_cores(arguments: list[str]) -> None:
    assert "--numprocesses" in side_by_side(arguments)


@pytest.mark.parametrize("argument", ["tests/test_dev.py", "tests/test_dev.py::test_lock_file_holds_every_pin"])
def test_a_file_or_test_that_is_named_runs_without_other_processes(argument: str) -> None:
    assert side_by_side(["-x", argument]) == []


@pytest.mark.parametrize("arguments", [["-k", "scoring"], ["tests/ui"], ["-x", "tests/test_dev.py"], ["-mlong"]])
def test_tests_that_are_named_run_however_long_they_take(arguments: list[str]) -> None:
    assert chooses(arguments)


@pytest.mark.parametrize("arguments", [[], ["-x"], ["--durations", "20"]])
def test_how_tests_run_does_not_choose_which(arguments: list[str]) -> None:
    assert not chooses(arguments)
