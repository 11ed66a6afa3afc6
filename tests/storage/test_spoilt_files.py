"""However backups, the words beside them or logs are spoilt, nothing else is lost, and everything is told in words."""

from __future__ import annotations

from tests import fuzzing
from tests.conftest import IN_CI
from tests.storage import fuzz_backups, fuzz_logs


def test_a_spoilt_backup_hides_no_other_and_costs_nothing_of_the_library() -> None:
    tallies = fuzzing.run(fuzz_backups.cases, 60 if IN_CI else 12, seed=11)
    assert all(len(tally.ways) > 1 for tally in tallies.values())


def test_a_spoilt_log_hides_nothing_that_the_database_has_itself() -> None:
    (tally,) = fuzzing.run(fuzz_logs.cases, 60 if IN_CI else 12, seed=11).values()
    assert len(tally.ways) > 2
