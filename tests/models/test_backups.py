"""Which backups stay: many of today, some of this month, a few of before, and the last one always."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from auditor_app.models.backups import (
    DAYS,
    HOURS,
    KEPT_BEFORE_RESTORE,
    LATEST,
    THINNED,
    WEEKS,
    BackedUpAudit,
    Backup,
    BackupKind,
    Standing,
    compared,
    kept_backups,
    kept_times,
)
from auditor_app.models.enums import AuditKind
from auditor_app.models.ids import AuditId

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOMENTS = st.sets(
    st.integers(0, 200 * 24 * 4).map(lambda quarters: START + timedelta(minutes=15 * quarters)), max_size=300
)
KINDS = st.sampled_from([BackupKind.AUTOMATIC, BackupKind.BEFORE_RESTORE])


def backup(at: datetime, kind: BackupKind = BackupKind.AUTOMATIC, *, is_damaged: bool = False) -> Backup:
    return Backup(Path(f"{at:%Y%m%dT%H%M%S}-{kind}.db"), at, kind, 4096, None, is_damaged)


@given(MOMENTS)
def test_the_last_ones_stay_and_there_are_never_many(times: set[datetime]) -> None:
    kept = kept_times(times)
    assert kept <= times
    assert len(kept) <= LATEST + HOURS + DAYS + WEEKS
    assert set(sorted(times)[-LATEST:]) <= kept


@given(MOMENTS)
def test_the_last_state_of_every_recent_hour_day_and_week_stays(times: set[datetime]) -> None:
    kept = kept_times(times)
    for most, period in (
        (HOURS, lambda at: at.strftime("%Y-%m-%d %H")),
        (DAYS, lambda at: at.strftime("%Y-%m-%d")),
        (WEEKS, lambda at: at.strftime("%G-%V")),
    ):
        for name in sorted({period(at) for at in times})[-most:]:
            assert max(at for at in times if period(at) == name) in kept


@given(MOMENTS)
def test_it_does_not_matter_how_often_one_looks(times: set[datetime]) -> None:
    at_once, one_by_one = kept_times(times), set[datetime]()
    assert kept_times(at_once) == at_once
    for at in sorted(times):
        one_by_one = kept_times(one_by_one | {at})
    assert one_by_one == at_once


def test_a_month_without_work_costs_nothing() -> None:
    worked = {START + timedelta(days=day) for day in range(DAYS)}
    after_leave = START + timedelta(days=90)
    assert kept_times(worked) == worked
    assert kept_times({*worked, after_leave}) >= {*sorted(worked)[1:], after_leave}


@given(st.lists(st.tuples(MOMENTS.flatmap(lambda m: st.sampled_from(sorted(m) or [START])), KINDS, st.booleans())))
def test_a_whole_backup_never_goes_for_a_damaged_one(drawn: list[tuple[datetime, BackupKind, bool]]) -> None:
    backups = {(at, kind): backup(at, kind, is_damaged=is_damaged) for at, kind, is_damaged in drawn}.values()
    whole = [each for each in backups if not each.is_damaged]
    kept = kept_backups(list(backups))
    assert kept & {each.path for each in whole} == kept_backups(whole)
    if whole:
        newest = max(whole, key=lambda each: each.made_at)
        assert newest.path in kept or any(each.made_at == newest.made_at for each in whole if each.path in kept)
    else:
        assert kept == {each.path for each in backups}


@given(MOMENTS, st.integers(0, 60))
def test_a_large_library_keeps_fewer_and_never_fewer_than_a_few(times: set[datetime], fit: int) -> None:
    backups = [backup(at) for at in times]
    kept = kept_backups(backups, 4096 * fit)
    assert len(kept) <= max(fit, LATEST + sum(THINNED[-1]))
    assert {each.path for each in sorted(backups, key=lambda each: each.made_at)[-LATEST:]} <= kept
    assert kept <= kept_backups(backups)


def test_what_was_kept_before_a_restore_stays_long() -> None:
    restored = [backup(START + timedelta(days=day), BackupKind.BEFORE_RESTORE) for day in range(60)]
    later = [backup(START + timedelta(days=60, hours=hour)) for hour in range(24 * 20)]
    assert {each.path for each in restored} <= kept_backups(restored + later)
    much_later = [backup(START + timedelta(days=400))]
    kept = kept_backups(restored + much_later)
    assert [each.path in kept for each in restored] == [False] * 50 + [True] * KEPT_BEFORE_RESTORE


def audit(name: str, state: str, changed_at: str = "2026-03-02T09:00") -> BackedUpAudit:
    return BackedUpAudit(AuditId(name), name, AuditKind.INITIAL, "泵业", changed_at, state)


def test_every_audit_is_compared_with_the_present_library() -> None:
    then = [audit("same", "1"), audit("changed", "1", "2026-03-01"), audit("missing", "1", "2026-02-01")]
    now = [then[0], replace(then[1], state="2"), audit("new", "1", "2026-04-01")]
    assert [(each.audit.id, each.standing) for each in compared(then, now)] == [
        ("new", Standing.NEW),
        ("same", Standing.SAME),
        ("changed", Standing.CHANGED),
        ("missing", Standing.MISSING),
    ]
