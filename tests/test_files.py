"""Files for others carry the evidence as far as it is here: small pictures in an audit file, larger in a report."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from auditor_app import files
from auditor_app.deliveries import proof
from auditor_app.models.audit import Audit, Kind, same_content
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.history import local_time
from auditor_app.models.progress import unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import Library
from auditor_app.workbench import DiskFiles
from tests.pictures.photos import camera_exif, read
from tests.report.photographed import CUT, ELSEWHERE, PHOTOS, photo, photographed, placed_in, sha256_of
from tests.workbooks.opening import load_workbook

WHOLE = PHOTOS - 2


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library with photos."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def audited(library: Path) -> tuple[Standard, Audit]:
    """Give the audit with the photos."""
    return photographed(library)


@pytest.fixture(scope="module")
def sent(library: Path, audited: tuple[Standard, Audit]) -> Path:
    """Give the audit file as it goes to another laptop."""
    path = library / "audit.json"
    files.write_audit(*audited, path, library)
    return path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_audit_file_brings_a_small_picture_of_every_photo_that_can_be_shown(sent: Path) -> None:
    raw = json.loads(sent.read_bytes())
    found = {row["sha256"]: b64decode(row["jpeg"]) for row in raw["thumbnails"]}
    assert len(found) == WHOLE
    assert sha256_of(ELSEWHERE) not in found
    assert sha256_of(CUT) not in found
    for jpeg in found.values():
        assert len(jpeg) < 20_000
        assert max(read(jpeg).size) <= 160
        assert b"Exif" not in jpeg


def test_a_small_picture_is_upright_and_has_neither_marks_nor_rotation_by_hand(sent: Path) -> None:
    # Photo 7, 900 x 1200 as stored, was taken lying; the auditor turned it by hand.
    jpeg = files.read_audit_file(sent).thumbnails[sha256_of(7)]
    assert read(jpeg).size == (160, 120)


def test_the_kept_small_pictures_are_enough_for_an_audit_file(tmp_path: Path, sent: Path) -> None:
    whole = files.read_audit_file(sent)
    files.keep_thumbnails(tmp_path, whole.thumbnails)
    files.write_audit(whole.standard, whole.audit, tmp_path / "again.json", tmp_path)
    assert set(files.read_audit_file(tmp_path / "again.json").thumbnails) == set(whole.thumbnails)


def test_the_file_says_the_same_audit_with_and_without_its_small_pictures(
    sent: Path, audited: tuple[Standard, Audit]
) -> None:
    assert same_content(files.read_audit(sent)[1], audited[1])


@pytest.mark.long
def test_another_laptop_shows_the_small_pictures_and_says_that_the_originals_are_elsewhere(
    tmp_path: Path, sent: Path
) -> None:
    whole = files.read_audit_file(sent)
    files.keep_thumbnails(tmp_path, whole.thumbnails)
    files.write_report(whole.standard, whole.audit, "zh", tmp_path / "report.xlsx", tmp_path)
    sheet = load_workbook(tmp_path / "report.xlsx")["证据清单"]
    assert len(placed_in(sheet)) == WHOLE
    said = [row[1].value for row in sheet.iter_rows()]
    assert said.count("缩略图，本机没有原件") == WHOLE
    assert said.count("本机没有该内容") == 3  # The one cut short, the one missing and the scan.


def test_a_small_picture_never_takes_the_place_of_what_is_there(tmp_path: Path, library: Path, sent: Path) -> None:
    thumbnails = files.read_audit_file(sent).thumbnails
    own = library / "thumbnails"
    files.keep_thumbnails(library, thumbnails)
    assert not own.exists()
    files.keep_thumbnails(tmp_path, thumbnails)
    before = content(tmp_path)
    assert len(before) == WHOLE
    files.keep_thumbnails(tmp_path, dict.fromkeys(thumbnails, photo(1)))
    assert content(tmp_path) == before


def test_of_a_small_picture_made_by_others_only_the_picture_is_kept(tmp_path: Path) -> None:
    file = BytesIO()
    Image.new("RGB", (900, 700), "green").save(file, "JPEG", exif=camera_exif(6))
    files.keep_thumbnails(tmp_path, {"a" * 64: file.getvalue(), "b" * 64: b"\xff\xd8\xff no picture"})
    kept = content(tmp_path)
    assert list(kept) == [str(Path("thumbnails", "brought", f"{'a' * 64}.jpg"))]
    folder = tmp_path / "thumbnails"
    assert {path.stat().st_mode & 0o077 for path in (folder, folder / "brought")} == {0} or os.name == "nt"
    (jpeg,) = kept.values()
    assert b"Exif" not in jpeg
    assert read(jpeg).size == (124, 160)


def test_a_small_picture_that_came_first_does_not_pass_for_the_photo_that_is_there_now(
    tmp_path: Path, audited: tuple[Standard, Audit]
) -> None:
    red = BytesIO()
    Image.new("RGB", (160, 120), "red").save(red, "JPEG")
    files.keep_thumbnails(tmp_path, {sha256_of(1): red.getvalue()})
    EvidenceStore(tmp_path).add_bytes(photo(1))
    files.write_audit(*audited, tmp_path / "audit.json", tmp_path)
    sent = files.read_audit_file(tmp_path / "audit.json").thumbnails[sha256_of(1)]
    assert read(sent).getpixel((80, 60)) != read(red.getvalue()).getpixel((80, 60))


def test_an_audit_file_stays_small_enough_to_be_read_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: Path, audited: tuple[Standard, Audit], sent: Path
) -> None:
    all_of_them = sum(map(len, files.read_audit_file(sent).thumbnails.values()))
    monkeypatch.setattr(files, "LARGEST_TOGETHER", all_of_them // 2)
    files.write_audit(*audited, tmp_path / "audit.json", library)
    brought = files.read_audit_file(tmp_path / "audit.json").thumbnails
    assert 0 < sum(map(len, brought.values())) <= all_of_them // 2


def test_a_damaged_small_picture_is_made_anew_from_the_content(
    tmp_path: Path, library: Path, audited: tuple[Standard, Audit]
) -> None:
    folder = library / "thumbnails"
    folder.mkdir()
    (folder / f"{sha256_of(1)}.jpg").write_bytes(b"\xff\xd8\xff cut")
    try:
        files.write_audit(*audited, tmp_path / "audit.json", library)
    finally:
        (folder / f"{sha256_of(1)}.jpg").unlink()
        folder.rmdir()
    assert sha256_of(1) in files.read_audit_file(tmp_path / "audit.json").thumbnails


@pytest.mark.long
def test_the_report_of_a_bare_file_shows_what_it_brings_and_misses_nothing(tmp_path: Path, sent: Path) -> None:
    files.write_report_of_file(sent, "zh", tmp_path / "report.xlsx")
    sheet = load_workbook(tmp_path / "report.xlsx")["证据清单"]
    assert len(placed_in(sheet)) == WHOLE
    assert [row[1].value for row in sheet.iter_rows(min_row=5)] == [None] * (PHOTOS + 1)


@pytest.mark.long
def test_the_window_takes_in_the_small_pictures_of_a_file_and_hands_them_on(tmp_path: Path, sent: Path) -> None:
    window_files = DiskFiles(tmp_path, "")
    with closing(Library(tmp_path, "")) as library:
        audit_id, is_new = window_files.take_audit(sent, unwatched)
        standard, audit = library.load(audit_id)
    assert is_new
    window_files.write_audit(standard, audit, tmp_path / "again.json")
    assert len(files.read_audit_file(tmp_path / "again.json").thumbnails) == WHOLE
    window_files.write_report(standard, audit, "en", tmp_path / "report.xlsx", with_locations=False, progress=unwatched)
    assert len(placed_in(load_workbook(tmp_path / "report.xlsx")["Evidence"])) == WHOLE


@pytest.mark.long
def test_the_report_of_a_finalised_audit_says_so_and_how_its_history_ends(tmp_path: Path) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    with closing(Library(tmp_path, "周明")) as library:
        library.add(audit, standard)
        files.write_report(standard, audit, "zh", tmp_path / "open.xlsx", tmp_path)
        sealing = library.finalise(audit)
        files.write_report(standard, audit, "zh", tmp_path / "final.xlsx", tmp_path)
        library.reopen(audit.id, "漏记一份证书")
        files.write_report(standard, audit, "zh", tmp_path / "again.xlsx", tmp_path)
    said = {name: cover(tmp_path / f"{name}.xlsx") for name in ("open", "final", "again")}
    state, line = [text for text in said["final"] if "定稿" in text]
    assert state == f"已定稿：{local_time(sealing.at)}，周明"
    assert line.endswith(sealing.head)
    for name in ("open", "again"):
        assert [text for text in said[name] if "定稿" in text] == ["未定稿：审核尚未定稿，内容仍可能修改"]
    words = Catalogue.load("zh", "proof")
    answer = proof.verified(tmp_path / "final.xlsx")
    assert answer.is_yes
    assert f"报告注明：审核已定稿，{local_time(sealing.at)}，周明。" in proof.told(answer, words, None)
    again = proof.verified(tmp_path / "again.xlsx")
    assert again.is_yes
    assert again.sealing == ("未定稿", "")
    assert "报告注明：审核未定稿，内容仍可能修改。" in proof.told(again, words, None)


@pytest.mark.long
def test_every_page_of_a_report_that_is_not_final_says_so(tmp_path: Path) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    with closing(Library(tmp_path, "周明")) as library:
        library.add(audit, standard)
        files.write_report(standard, audit, "both", tmp_path / "open.xlsx", tmp_path)
        library.finalise(audit)
        files.write_report(standard, audit, "both", tmp_path / "final.xlsx", tmp_path)
    marks = {name: set(marks_of(tmp_path / f"{name}.xlsx")) for name in ("open", "final")}
    assert marks == {"open": {"未定稿 Not finalised"}, "final": {""}}
    words = Catalogue.load("en", "proof")
    told = "The report says that the audit is not finalised and may still be changed."
    assert told in proof.told(proof.verified(tmp_path / "open.xlsx"), words, None)


@pytest.mark.long
def test_the_report_of_a_bare_file_does_not_guess_whether_the_audit_is_finalised(tmp_path: Path) -> None:
    files.write_report_of_file(files.SAMPLE, "zh", tmp_path / "report.xlsx")
    assert [text for text in cover(tmp_path / "report.xlsx") if "定稿" in text] == [
        "由审核文件生成，文件不说明审核是否已定稿"
    ]
    told = proof.told(proof.verified(tmp_path / "report.xlsx"), Catalogue.load("zh", "proof"), None)
    assert "报告由审核文件生成，没有说明审核是否已定稿。" in told


@pytest.mark.long
def test_a_draft_is_a_draft_and_says_nothing_more_of_being_final(tmp_path: Path) -> None:
    standard, audit = files.read_audit(files.SAMPLE)
    rows = {**audit.rows, Kind.ASSESSMENT: dict(list(audit.rows[Kind.ASSESSMENT].items())[1:])}
    files.write_report(standard, replace(audit, rows=rows), "zh", tmp_path / "report.xlsx", tmp_path)
    said = cover(tmp_path / "report.xlsx")
    assert any(text.startswith("草稿") for text in said)
    assert not any("定稿" in text for text in said)


def marks_of(path: Path) -> Iterator[str]:
    """Yield what stands in the middle above each page of the sheets that are seen."""
    for sheet in load_workbook(path):
        if sheet.sheet_state == "visible":
            assert sheet.oddHeader is not None
            yield sheet.oddHeader.center.text or ""


def cover(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
