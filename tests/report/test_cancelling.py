"""Writing a report can be cancelled at every moment, and what was there before is as it was."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from auditor_app import files
from auditor_app.models.progress import Cancelled
from tests.report.photographed import photographed

pytestmark = pytest.mark.long

BEFORE = b"the report of yesterday"


def test_it_says_how_far_it_is_from_the_first_picture_to_the_last_part(tmp_path: Path) -> None:
    told: list[float] = []
    standard, audit = photographed(tmp_path)

    def tell(done: int, total: int) -> None:
        told.append(done / total)

    files.write_report(standard, audit, "zh", tmp_path / "report.xlsx", tmp_path, progress=tell)
    assert told == sorted(told)
    assert (told[0], told[-1] > 0.98) == (0, True)
    assert max(after - before for before, after in pairwise(told)) < 0.1


@pytest.mark.parametrize("share", [0, 0.5, 0.82, 0.9, 0.94, 0.97, 0.98, 0.99])
def test_what_was_there_stays_whenever_it_is_cancelled(tmp_path: Path, share: float) -> None:
    library, target = tmp_path / "library", tmp_path / "out" / "report.xlsx"
    library.mkdir()
    target.parent.mkdir()
    target.write_bytes(BEFORE)
    audited = photographed(library)

    def stop(done: int, total: int) -> None:
        if done >= share * total:
            raise Cancelled

    with pytest.raises(Cancelled):
        files.write_report(*audited, "zh", target, library, progress=stop)
    assert target.read_bytes() == BEFORE
    assert [found.name for found in target.parent.iterdir()] == ["report.xlsx"]
