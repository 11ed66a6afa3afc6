"""The report as a PDF says what the workbook says, on A4, with text that can be found and copied."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from auditor_app import files
from auditor_app.models.audit import Kind, only_row
from auditor_app.models.progress import Cancelled
from auditor_app.report.snapshot import ReportSnapshot, snapshot
from auditor_app.report.workbook import build
from auditor_app.report_pdf import layout, text
from auditor_app.report_pdf.document import pdf_bytes
from auditor_app.report_pdf.grid import Grid, Reader
from tests.builders import empty_audit, shipped_standard, with_rows
from tests.report.audits import MADE_ON, sample
from tests.report.photographed import photographed
from tests.report_pdf.reader import bare, fonts, sizes, texts, title

LATE = 600
RARE = "𠮷野𬭸业人行（一二）"
UPRIGHT, SIDEWAYS = (595, 842), (842, 595)
LONG = "条款五点一的审核记录很长。" * 500


def grids_of(made: ReportSnapshot) -> list[Grid]:
    workbook, pages = build(made)
    reader = Reader(workbook, {page.worksheet.title: page.values for page in pages.values()})
    return [reader.grid(sheet) for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def written(made: ReportSnapshot, folder: Path) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(pdf_bytes(made))
    return path


@pytest.fixture(scope="module")
def made() -> ReportSnapshot:
    return sample("pump-maker")


@pytest.fixture(scope="module")
def grids(qapp: QApplication, made: ReportSnapshot) -> list[Grid]:
    return grids_of(made)


@pytest.fixture(scope="module")
def pump_maker(qapp: QApplication, made: ReportSnapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(made, tmp_path_factory.mktemp("pdf"))


def not_in(pdf: Path, grids: list[Grid]) -> list[str]:
    """Return the texts of cells that are not in a PDF."""
    whole = bare("".join(texts(pdf)))
    cells = [box.text for grid in grids for box in grid.boxes if box.text]
    assert len(cells) > 1000
    return [cell for cell in cells if bare(cell) not in whole]


@pytest.mark.long
def test_every_cell_that_is_seen_stands_in_the_pdf_word_for_word(pump_maker: Path, grids: list[Grid]) -> None:
    assert not_in(pump_maker, grids) == []


@pytest.mark.long
def test_so_it_does_in_both_languages(qapp: QApplication, made: ReportSnapshot, tmp_path: Path) -> None:
    both = replace(made, language="both")
    assert not_in(written(both, tmp_path), grids_of(both)) == []


def test_a_hidden_sheet_is_left_out_and_no_page_is_empty(pump_maker: Path, grids: list[Grid]) -> None:
    assert any(sheet.sheet_state == "hidden" for sheet in grids[0].sheet.parent.worksheets)  # type: ignore[union-attr]
    assert len(texts(pump_maker)) == sum(len(layout.pages_of(grid)) for grid in grids)
    assert [page for page in texts(pump_maker) if len(page) < 100] == []


def test_every_page_is_a4_and_says_which_it_is_of_how_many(pump_maker: Path) -> None:
    pages = texts(pump_maker)
    assert set(sizes(pump_maker)) == {UPRIGHT, SIDEWAYS}
    assert len(sizes(pump_maker)) == len(pages)
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page


def test_the_fonts_are_in_the_file_and_its_text_can_be_found(pump_maker: Path) -> None:
    embedded = fonts(pump_maker)
    assert embedded
    assert [font for font in embedded if not (font.is_embedded and font.is_searchable)] == []
    assert title(pump_maker) == "售后服务评价审核报告"


def test_no_character_turns_into_one_that_only_looks_the_same(pump_maker: Path, grids: list[Grid]) -> None:
    cells = {character for grid in grids for box in grid.boxes for character in box.text}
    found = {character for page in texts(pump_maker) for character in page if ord(character) > 0x7F}
    edges = set("第页，共")
    assert found - cells - edges - set("台州示例泵业有限公司（虚构）") == set()
    # 人 has the shape of the radical ⼈, which a reader would not find.
    assert "人" in found
    assert re.search("[\u2e80-\u2fdf]", "".join(texts(pump_maker))) is None


@pytest.mark.long
def test_a_name_with_rare_characters_can_be_found(qapp: QApplication, made: ReportSnapshot, tmp_path: Path) -> None:
    company = replace(made.audit.company, name=RARE)
    rare = replace(made, audit=with_rows(made.audit, (Kind.COMPANY, only_row(Kind.COMPANY), company)))
    pages = texts(written(rare, tmp_path))
    if 0 in QRawFont.fromFont(text.faces()[0]).glyphIndexesForString(RARE):
        pytest.skip("the Chinese font of this computer has no rare characters")
    assert all(RARE in page for page in pages)
    assert "台州示例泵业有限公司" not in "".join(pages)


@pytest.mark.long
def test_the_same_audit_takes_the_same_pages_every_time(
    qapp: QApplication, pump_maker: Path, made: ReportSnapshot, tmp_path: Path
) -> None:
    assert texts(written(made, tmp_path)) == texts(pump_maker)


@pytest.mark.long
def test_a_draft_says_so_on_every_page(qapp: QApplication, tmp_path: Path) -> None:
    standard = shipped_standard()
    draft = snapshot(standard, empty_audit(standard), "zh", MADE_ON)
    pages = texts(written(draft, tmp_path))
    assert len(pages) > 10
    assert [page for page in pages if "草稿" not in page] == []


@pytest.mark.long
def test_photos_are_shown_and_a_hundred_of_them_make_no_huge_file(qapp: QApplication, tmp_path: Path) -> None:
    standard, audit = photographed(tmp_path)
    made = files.report_snapshot(standard, audit, "zh", tmp_path)
    pdf = pdf_bytes(made)
    assert pdf.count(b"/Subtype /Image") >= len(made.pictures)
    assert len(pdf) / len(made.pictures) * 100 < 10_000_000


@pytest.mark.long
def test_a_long_note_goes_on_over_pages_and_loses_no_line(
    qapp: QApplication, made: ReportSnapshot, tmp_path: Path
) -> None:
    company = replace(made.audit.company, scope=LONG)
    long = replace(made, audit=with_rows(made.audit, (Kind.COMPANY, only_row(Kind.COMPANY), company)))
    # Header and footer are written first.
    without_edges = [page.split("\n", 2)[2] for page in texts(written(long, tmp_path))]
    assert LONG in bare("".join(without_edges))


@pytest.mark.long
def test_it_tells_how_far_it_is_and_can_be_cancelled_while_it_paints(qapp: QApplication, made: ReportSnapshot) -> None:
    steps: list[tuple[int, int]] = []

    def cancel_late(done: int, total: int) -> None:
        steps.append((done, total))
        if done > LATE:
            raise Cancelled

    with pytest.raises(Cancelled):
        pdf_bytes(made, cancel_late)
    assert steps == sorted(steps)
    assert len(steps) > 20
    assert {total for _, total in steps} == {1000}


def test_the_date_of_the_report_is_the_one_of_its_snapshot(pump_maker: Path) -> None:
    assert MADE_ON.isoformat() in "".join(texts(pump_maker))
