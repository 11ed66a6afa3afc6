"""Ids made on two laptops never meet, and rows stay in the order the auditor added them."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor_app.models.ids import new_id


def test_rows_added_in_a_burst_keep_their_order_and_never_share_an_id() -> None:
    ids = [new_id() for _ in range(100_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_an_id_is_a_uuid_of_version_7_that_tells_when_it_was_made() -> None:
    earliest = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    # A burst before this test may have run ahead of the clock, by one millisecond for 4,096 ids.
    assert earliest <= made.int >> 80 <= earliest + 60_000


def test_ids_stay_in_order_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert before < new_id() < new_id()


def test_background_jobs_make_different_ids_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as pool:
        batches = list(pool.map(lambda _: [new_id() for _ in range(5_000)], range(4)))
    assert all(batch == sorted(batch) for batch in batches)
    assert len({made for batch in batches for made in batch}) == 20_000
