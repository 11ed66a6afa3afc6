"""Failures of every thread are taken, once for each place, and nothing that fails meanwhile makes it worse."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from auditor_app.failures.failures import MOST_PLACES, Failures
from auditor_app.failures.hooks import Hooks

SECRET = "泉州秘密水暖厂"


def failing(line: int = 0) -> BaseException:
    """Return an exception of a place of its own for each line."""
    source = "\n" * line + f"raise ValueError('{SECRET}')"
    try:
        exec(compile(source, "<string>", "exec"))
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def places() -> list[str]:
    """Give the places that were told."""
    return []


@pytest.fixture
def failures(places: list[str], expected_log: list[logging.LogRecord]) -> Failures:
    """Give failures that are expected."""
    return Failures(places.append)


@pytest.fixture
def hooked(failures: Failures) -> Iterator[Failures]:
    """Give failures that the hooks of this process bring."""
    hooks = Hooks(failures.take)
    hooks.install()
    yield failures
    hooks.remove()


@pytest.mark.long
def test_what_fails_for_every_cell_is_one_place_with_a_counter(
    failures: Failures, places: list[str], expected_log: list[logging.LogRecord]
) -> None:
    for _ in range(12_345):
        failures.take(failing())
    failures.close()
    assert failures.total == 12_345
    (head, *_) = failures.lines()
    assert head.endswith("on the window's thread, 12345 times")
    assert len(failures.lines()) == 4
    # Written down when it failed first, 10, 100, 1,000 and 10,000 times, and in the end.
    assert len(expected_log) == 6
    assert len(set(places)) == 1


@pytest.mark.long
def test_thousands_of_places_fill_neither_memory_nor_log(
    failures: Failures, expected_log: list[logging.LogRecord]
) -> None:
    for line in range(2_000):
        failures.take(failing(line))
    assert failures.total == 2_000
    assert failures.lines()[-1] == f"and {2_000 - MOST_PLACES} failures in other places"
    assert len(expected_log) == MOST_PLACES


def test_a_failure_while_failures_are_told_is_no_loop(expected_log: list[logging.LogRecord]) -> None:
    def tell(place: str) -> None:
        ours.take(KeyError(SECRET))
        raise RuntimeError(SECRET)

    ours = Failures(tell)
    for _ in range(3):
        ours.take(failing())
    assert ours.total == 3
    assert [record.getMessage().partition("\n")[0] for record in expected_log][:2] == [
        "failed on the window's thread",
        "the report itself failed: RuntimeError",
    ]


def test_an_exception_that_cannot_be_told_ends_nothing(failures: Failures) -> None:
    class Broken(Exception):
        @property
        def __cause__(self) -> BaseException:  # type: ignore[override]
            raise MemoryError

    failures.take(Broken())
    failures.take(failing())
    assert failures.total == 2


def test_failures_of_all_threads_arrive(hooked: Failures) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    threads = [threading.Thread(target=fail, name=SECRET) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hooked.total == 40
    text = "\n".join(hooked.lines())
    assert "on a worker thread, 40 times" in text
    assert SECRET not in text


def test_what_fails_where_nobody_can_catch_it_arrives(hooked: Failures) -> None:
    class Leaving:
        def __del__(self) -> None:
            raise OSError(28, SECRET)

    Leaving()
    gc.collect()
    assert hooked.total == 1
    assert "    OSError (ENOSPC)" in [f"  {line}" for line in hooked.lines()]


def test_an_exception_of_the_main_thread_arrives_and_the_hooks_are_given_back(failures: Failures) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    hooks = Hooks(failures.take)
    hooks.install()
    error = failing()
    sys.excepthook(type(error), error, error.__traceback__)
    hooks.remove()
    assert failures.total == 1
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_ending_a_thread_or_the_program_is_no_failure(hooked: Failures, capsys: pytest.CaptureFixture[str]) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert hooked.total == 0
    assert "KeyboardInterrupt" in capsys.readouterr().err
