"""What the receiver finds about the evidence: small pictures as the auditor left them, and nothing a camera added."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditor_app import files
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.standard import Standard
from tests.builders import with_rows
from tests.pictures.photos import is_like, read
from tests.report.office import differences, formulas, recalculated, values
from tests.report.photographed import CUT, ELSEWHERE, PHOTOS, SCAN, photo, photographed, placed_in, sha256_of
from tests.workbooks.opening import load_workbook

SHOWN = [number for number in range(1, PHOTOS + 1) if number not in (CUT, ELSEWHERE)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library with the photos."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def audited(library: Path) -> tuple[Standard, Audit]:
    """Give the audit with the photos."""
    return photographed(library)


@pytest.fixture(scope="module")
def report(library: Path, audited: tuple[Standard, Audit]) -> Path:
    """Give the report of that audit."""
    path = library / "report.xlsx"
    files.write_report(*audited, "zh", path, library)
    return path


@pytest.fixture(scope="module")
def book(report: Path) -> Workbook:
    """Give the report as a spreadsheet opens it."""
    return load_workbook(report, data_only=True)


def row_of(book: Workbook, number: int) -> list[object]:
    """Return the row of a piece of evidence in the list."""
    name = f"E{number:02d}"
    return next([cell.value for cell in row] for row in book["证据清单"].iter_rows() if row[0].value == name)


def test_every_picture_that_can_be_shown_is_in_its_row_and_fits_it(book: Workbook) -> None:
    sheet = book["证据清单"]
    names = {row[0].row: row[0].value for row in sheet.iter_rows()}
    pictures = placed_in(sheet)
    assert [names[picture.row] for picture in pictures] == [f"E{number:02d}" for number in SHOWN]
    for picture in pictures:
        assert 0 < picture.bottom <= (sheet.row_dimensions[picture.row].height or 0)


def test_a_picture_keeps_its_shape_and_stays_in_its_column(book: Workbook) -> None:
    for picture in placed_in(book["证据清单"]):
        width, height = read(picture.content).size
        assert max(width, height) <= files.REPORT_PIXELS
        assert picture.shape == pytest.approx(width / height, rel=0.03)
        assert picture.column == 2
        # Of the 32 digits of the column, at the seven pixels of the font it is made for.
        assert picture.right < 32 * 7


@pytest.mark.long
def test_marks_and_rotation_are_in_the_picture_and_the_original_is_as_it_was(
    library: Path, audited: tuple[Standard, Audit], book: Workbook
) -> None:
    first = read(placed_in(book["证据清单"])[0].content)
    # Photo 1 is stored standing, mirrored by the camera, and rotated by hand.
    assert first.width > first.height
    pixels = [first.getpixel((x, y)) for x in range(first.width) for y in range(first.height)]
    assert sum(is_like(pixel, (216, 30, 44)) for pixel in pixels) > 500
    stored = library / "evidence" / sha256_of(1)[:2] / sha256_of(1)
    assert stored.read_bytes() == photo(1)


def test_nothing_of_the_camera_is_in_the_report(report: Path) -> None:
    with zipfile.ZipFile(report) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("xl/media/")]
        rest = b"".join(archive.read(name) for name in archive.namelist())
    assert len(pictures) == len(SHOWN)
    for content in pictures:
        assert [word for word in (b"Exif", b"Phone", b"http") if word in content] == []
        assert not read(content).getexif()
    assert b"39.9055" not in rest


@pytest.mark.long
def test_where_photos_were_taken_is_told_only_when_asked(
    library: Path, audited: tuple[Standard, Audit], book: Workbook
) -> None:
    path = library / "located.xlsx"
    files.write_report(*audited, "zh", path, library, with_locations=True)
    located = load_workbook(path)
    assert row_of(book, 1)[7] == "2026-03-02 09:14:05"
    assert row_of(located, 1)[7] == "2026-03-02 09:14:05\n39.90556, 116.39139"
    assert row_of(located, SCAN)[7] is None


def test_what_is_missing_cut_short_or_no_picture_is_told(book: Workbook) -> None:
    assert row_of(book, CUT)[1] == "图片无法显示"
    assert row_of(book, ELSEWHERE)[1] == "本机没有该内容"
    assert row_of(book, SCAN)[1] is None
    assert row_of(book, 1)[1] is None


def test_each_piece_says_what_it_is_about_and_what_file_it_was(book: Workbook) -> None:
    about = {number: row_of(book, number)[2] for number in range(1, SCAN + 1)}
    assert about[8] == "5.1.1.1 专门的售后部门、职能划分与岗位"
    assert about[2] == "5.1.1.2 服务网点覆盖销售区域并受控\n样本 3：温岭大溪服务站"
    assert str(about[4]).startswith("D3 ")
    assert about[5] == "审核发现 1\n5.2.6.2 回收处置合规"
    assert (about[6], about[7]) == ("首次会议", "末次会议")
    row = row_of(book, 2)
    assert row[3:6] == ["照片 2：现场拍摄", "IMG_0002.JPG", "JPEG 图片"]
    assert row[8] == sha256_of(2)
    assert row_of(book, SCAN)[3:7] == ["营业执照副本", "执照.pdf", "PDF", 29]


def test_the_numbers_are_the_same_on_every_sheet(book: Workbook) -> None:
    def found(title: str, column: int) -> dict[object, object]:
        rows = ([cell.value for cell in row] for row in book[title].iter_rows())
        return {row[0]: row[column] for row in rows if len(row) > column and row[column]}

    assert found("评分表", 12)["5.1.1.1"] == "E08"
    assert found("评分表", 12)["5.1.1.2"] == "E01 E02 E09 E10"
    assert found("抽样记录", 6)[3] == "E02 E10"
    assert found("资料清单", 11) == {"编号": "证据", "D2": "E13", "D3": "E04 E12"}
    assert [row[5].value for row in book["不符合与整改"].iter_rows(min_row=5, max_row=6)] == ["E05", None]
    meetings = [row[1].value for row in book["审核计划与签到"].iter_rows() if row[0].value == "证据"]
    assert meetings == ["E06", "E07"]


def test_the_list_prints_on_a4_with_its_header_on_every_page(book: Workbook) -> None:
    sheet = book["证据清单"]
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == "$4:$4"
    assert [cell.value for cell in sheet[4]][:2] == ["编号", "图片"]


@pytest.mark.long
def test_a_report_without_the_folder_of_a_library_has_the_list_and_no_complaint(
    tmp_path: Path, audited: tuple[Standard, Audit]
) -> None:
    files.write_report(*audited, "zh", tmp_path / "bare.xlsx")
    bare = load_workbook(tmp_path / "bare.xlsx")
    assert placed_in(bare["证据清单"]) == []
    assert [row_of(bare, number)[1] for number in range(1, SCAN + 1)] == [None] * SCAN


@pytest.mark.long
def test_a_row_as_tall_as_its_text_holds_its_picture_in_the_middle(
    tmp_path: Path, library: Path, audited: tuple[Standard, Audit]
) -> None:
    standard, audit = audited
    (row_id, row), *_ = audit.of(Kind.EVIDENCE).items()
    long = with_rows(audit, (Kind.EVIDENCE, row_id, replace(row, caption="说明很长。" * 200)))
    files.write_report(standard, long, "zh", tmp_path / "tall.xlsx", library)
    sheet = load_workbook(tmp_path / "tall.xlsx")["证据清单"]
    height = sheet.row_dimensions[5].height or 0
    assert height > 300
    assert height / 2 < placed_in(sheet)[0].bottom < height - 50


@pytest.mark.office
def test_a_report_with_pictures_gives_the_same_numbers_recalculated(tmp_path: Path, report: Path) -> None:
    (done,) = recalculated([report], tmp_path)
    assert differences(values(report), values(done), formulas(report)) == []
