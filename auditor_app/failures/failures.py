"""The failures of this run: each place once with a counter, however often it fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from auditor_app.failures.telling import kind_of, place_of, told
from auditor_app.models.events import LOGGER

MOST_PLACES = 50
"""Places told in full; of what fails beyond them only the number is kept."""
UNTOLD = "a place that cannot be told"

_LOG = logging.getLogger(f"{LOGGER}.failures")


@dataclass
class Failure:
    """One place that failed: when first, on which thread, its lines as `telling` tells them, how often."""

    at: str
    thread: str
    lines: list[str]
    times: int = 1


class Failures:
    """Take exceptions from the hooks of every thread; log each place once, then when it failed 10, 100 ... times."""

    def __init__(self, arrived: Callable[[str], None]) -> None:
        """`arrived` is told the place of each failure, on the thread that failed; it must return at once."""
        self._arrived = arrived
        self._places: dict[str, Failure] = {}
        self._beyond = 0
        self._lock = threading.Lock()
        self._taking = threading.local()

    @property
    def total(self) -> int:
        """Return how often something failed."""
        with self._lock:
            return sum(failure.times for failure in self._places.values()) + self._beyond

    def take(self, error: BaseException, trace: TracebackType | None = None) -> None:
        """Take an exception that nobody caught; never raises, and ignores what fails in here meanwhile."""
        if getattr(self._taking, "busy", False):
            return
        self._taking.busy = True
        try:
            self._arrived(self._place_noted(error, trace))
        except BaseException as problem:
            _log_own_problem(problem)
        finally:
            self._taking.busy = False

    def lines(self) -> list[str]:
        """Return every failure for the report, the first one first."""
        with self._lock:
            found = list(self._places.values())
            beyond = self._beyond
        lines = []
        for failure in found:
            often = f", {failure.times} times" if failure.times > 1 else ""
            lines += [f"{failure.at} on {failure.thread}{often}", *(f"  {line}" for line in failure.lines)]
        return [*lines, f"and {beyond} failures in other places"] if beyond else lines

    def close(self) -> None:
        """Log how often each place failed in the end."""
        with self._lock:
            repeated = {place: failure.times for place, failure in self._places.items() if failure.times > 1}
        for place, times in repeated.items():
            _LOG.error("failed %d times in all: %s", times, place)

    def _place_noted(self, error: BaseException, trace: TracebackType | None) -> str:
        try:
            return self._note(error, trace)
        except BaseException as problem:
            # It cannot be told what failed, but that something did.
            _log_own_problem(problem)
            with self._lock:
                self._beyond += 1
            return UNTOLD

    def _note(self, error: BaseException, trace: TracebackType | None) -> str:
        place = place_of(error, trace)
        with self._lock:
            known = self._places.get(place)
            if known is not None:
                known.times += 1
            elif len(self._places) >= MOST_PLACES:
                self._beyond += 1
        if known is not None:
            if _is_round(known.times):
                _LOG.error("failed %d times: %s", known.times, place)
            return place
        failure = Failure(_now(), _thread(), told(error, trace))
        with self._lock:
            if len(self._places) >= MOST_PLACES:
                return place
            self._places[place] = failure
        _LOG.error("failed on %s\n%s", failure.thread, "\n".join(f"  {line}" for line in failure.lines))
        return place


def _log_own_problem(problem: BaseException) -> None:
    try:
        _LOG.error("the report itself failed: %s", kind_of(problem))
    except BaseException:
        # Nothing is left to tell it to.
        return


def _is_round(times: int) -> bool:
    return times >= 10 and str(times).strip("0") == "1"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _thread() -> str:
    # Names of threads are not the program's alone.
    return "the window's thread" if threading.current_thread() is threading.main_thread() else "a worker thread"
