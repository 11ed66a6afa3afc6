"""The bars of the summary: drawn from its cells, all groups on them, none cut by a page."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from auditor_app.models.standard import Standard
from tests.builders import empty_audit, shipped_standard
from tests.report.audits import random_audit, written
from tests.report.large import pack_of
from tests.report.office import charts, formulas, values
from tests.workbooks.opening import load_workbook

pytestmark = pytest.mark.long

MOST_POINTS_OF_A_ROW = 409


def groups_of(standard: Standard) -> list[str]:
    return [group.clause for chapter in standard.chapters for group in chapter.groups]


@pytest.mark.parametrize("indicators", [44, 286])
def test_every_chapter_and_group_has_its_bar_in_the_order_of_the_table(tmp_path: Path, indicators: int) -> None:
    standard = pack_of(indicators)
    chapters, *groups = charts(written(tmp_path, "report", standard, random_audit(standard, 2)))
    shown = [label.split()[0] for chart in groups for label in chart[0].labels]
    assert [label.split()[0] for label in chapters[0].labels] == [chapter.clause for chapter in standard.chapters]
    assert shown == groups_of(standard)
    assert max(len(chart[0].labels) for chart in groups) <= 16


def test_a_preview_draws_what_the_cells_show_and_the_cells_are_formulas(tmp_path: Path) -> None:
    report = written(tmp_path, "report", shipped_standard(), random_audit(shipped_standard(), 3))
    cells, live = values(report), formulas(report)
    for part in (part for chart in charts(report) for part in chart):
        sheet, _, span = part.at.rpartition("!")
        column, first, _, last = range_boundaries(span.replace("$", ""))
        letter = openpyxl.utils.get_column_letter(int(column or 0))
        places = [(sheet.strip("'"), f"{letter}{row}") for row in range(int(first or 0), int(last or 0) + 1)]
        assert [cells.get(place) for place in places] == pytest.approx(list(part.values), abs=1e-12)
        assert all(place in live for place in places)


def test_a_bar_is_as_long_as_the_points_whatever_was_judged(tmp_path: Path) -> None:
    standard = shipped_standard()
    for seed, audit in enumerate((empty_audit(standard), random_audit(standard, 2), random_audit(standard, 9))):
        chapters, groups = charts(written(tmp_path, f"{seed}", standard, audit))
        of_groups = [group for chapter in standard.chapters for group in chapter.groups]
        for chart, nodes in ((chapters, standard.chapters), (groups, of_groups)):
            lengths = [round(sum(parts), 9) for parts in zip(*(part.values for part in chart), strict=True)]
            assert lengths == [float(node.points) for node in nodes]


def test_a_chart_stands_in_one_row_so_that_no_page_cuts_it(tmp_path: Path) -> None:
    standard = pack_of(286)
    sheet = load_workbook(written(tmp_path, "report", standard, empty_audit(standard)))["评分汇总"]
    drawn = sheet._charts  # type: ignore[attr-defined]
    assert len(drawn) > 2
    for chart in drawn:
        top, bottom = chart.anchor._from, chart.anchor.to
        height = sheet.row_dimensions[top.row + 1].height or 0
        assert top.row == bottom.row
        assert bottom.rowOff <= height * 12_700 <= MOST_POINTS_OF_A_ROW * 12_700
