"""An evidence bundle puts every file where its clause is, says what is in it, and hides nothing that is not."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import unicodedata
import zipfile
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import pyzipper
from hypothesis import given
from hypothesis import strategies as st

from auditor_app.deliveries.packages import BARE_PIXELS, write_bundle
from auditor_app.models.audit import Audit, Kind
from auditor_app.models.catalogue import RESOURCES, Catalogue
from auditor_app.models.entities import Evidence
from auditor_app.models.enums import EvidenceSubject
from auditor_app.models.errors import EnvironmentProblem, ValidationError
from auditor_app.models.packed import Lack, Packing
from auditor_app.models.progress import Cancelled, unwatched
from auditor_app.models.standard import Standard
from auditor_app.packages.bundle import Contents
from auditor_app.packages.bundle import write_bundle as write_into
from auditor_app.packages.names import MOST_BYTES, file_name, folder_name
from auditor_app.storage.evidence_store import EvidenceStore
from tests.builders import empty_audit, with_rows
from tests.pictures.photos import read
from tests.report.photographed import CUT, ELSEWHERE, PHOTOS, photo, photographed

PASSWORD = "Kiefern-Zapfen-9"
HOSTILE = '=cmd|"/c calc"!A1<script>alert(1)</script>'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library with photos."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def audited(library: Path) -> tuple[Standard, Audit]:
    """Give the audit with the photos: one is cut short, one is missing."""
    return photographed(library)


@pytest.fixture(scope="module")
def bundle(library: Path, audited: tuple[Standard, Audit]) -> Path:
    """Give the bundle of originals, in Chinese."""
    write_bundle(*audited, library / "证据包.zip", Packing("zh"), library)
    return library / "证据包.zip"


@pytest.fixture(scope="module")
def bare(library: Path, audited: tuple[Standard, Audit]) -> Path:
    """Give the bundle of bare copies, in English."""
    write_bundle(*audited, library / "bare.zip", Packing("en", bare=True), library)
    return library / "bare.zip"


class Page(HTMLParser):
    """What a page shows and what it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.sources += [value or "" for name, value in attrs if name == "src"]

    def handle_data(self, data: str) -> None:
        """Remember words."""
        self.words += data


def page_of(path: Path) -> Page:
    with zipfile.ZipFile(path) as archive:
        return Page(archive.read("index.html").decode())


def rows_of(path: Path) -> list[list[str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))


def one_piece(library: Path, **values: Any) -> tuple[Evidence, bytes]:
    stored = EvidenceStore(library).add_bytes(content := photo(1))
    row = Evidence(EvidenceSubject.INDICATOR, "5.1.1.1", stored.sha256, media_type="image/jpeg", size=stored.size)
    return Evidence(**{**vars(row), **values}), content


def test_every_original_lies_unchanged_in_the_folder_of_its_clause(
    bundle: Path, audited: tuple[Standard, Audit]
) -> None:
    with zipfile.ZipFile(bundle) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    stored = [row.sha256 for row in audited[1].evidence]
    files = {name: content for name, content in contents.items() if not name.startswith("index.")}
    assert len(files) == PHOTOS + 1 - 1
    for name, content in files.items():
        folder, _, file = name.partition("/")
        number = int(file[1:3])
        assert sha256(content).hexdigest() == stored[number - 1]
        row = audited[1].evidence[number - 1]
        if row.subject_kind is EvidenceSubject.INDICATOR:
            assert folder.startswith(f"{row.subject} ")
    assert {"会议", "资料", "不符合与整改"} <= {name.partition("/")[0] for name in files}


def test_a_sample_lies_with_its_clause(bundle: Path, audited: tuple[Standard, Audit]) -> None:
    audit = audited[1]
    places = {row[0]: row[5].partition(" ")[0] for row in rows_of(bundle)}
    for number, row in enumerate(audit.evidence, 1):
        if row.subject_kind is EvidenceSubject.SAMPLE and number != ELSEWHERE:
            assert places[f"E{number:02d}"] == audit.of(Kind.SAMPLE)[row.subject].clause  # type: ignore[index]


def test_the_index_names_every_piece_and_what_is_missing(bundle: Path) -> None:
    header, *rows = rows_of(bundle)
    assert header[0] == "编号"
    assert [row[0] for row in rows] == [f"E{number:02d}" for number in range(1, PHOTOS + 2)]
    gone = rows[ELSEWHERE - 1]
    assert (gone[5], gone[9], gone[10]) == ("", "", "未收入：本机没有该内容")
    assert all(row[8] == row[9] for row in rows if row is not gone)
    assert "E09 IMG_0009.JPG：本机没有该内容" in page_of(bundle).words


def test_the_index_is_read_by_spreadsheets_as_utf_8(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert archive.read("index.csv").startswith(b"\xef\xbb\xbf")


def test_the_page_leads_to_every_file_and_loads_nothing_from_elsewhere(bundle: Path) -> None:
    page = page_of(bundle)
    with zipfile.ZipFile(bundle) as archive:
        names = {name for name in archive.namelist() if not name.startswith("index.")}
    inside = {link for link in page.links if link.startswith("#")}
    assert {unquote(link) for link in page.links if link not in inside} == names
    assert len(page.sources) == PHOTOS - 2
    assert all(source.startswith("data:image/jpeg;base64,") for source in page.sources)
    assert not {"script", "link", "iframe"} & set(page.tags)


def test_the_page_says_that_originals_hold_what_the_camera_wrote(bundle: Path, bare: Path) -> None:
    assert "拍摄地点" in page_of(bundle).words
    assert "without the place" in page_of(bare).words


def test_bare_copies_hold_the_picture_alone_and_other_files_stay_originals(bare: Path) -> None:
    with zipfile.ZipFile(bare) as archive:
        copies = [archive.read(name) for name in archive.namelist() if name.endswith(".jpg")]
        scan = archive.read("Documents/E13_执照.pdf")
    assert len(copies) == PHOTOS - 2
    for copy in copies:
        assert b"Exif" not in copy
        assert max(read(copy).size) <= BARE_PIXELS
    assert scan.startswith(b"%PDF")
    rows = rows_of(bare)
    assert rows[CUT][10] == "left out: no copy can be made of it"
    assert all(row[8] != row[9] for row in rows[1:13])


def test_what_people_typed_is_text_in_both_indexes(tmp_path: Path, standard: Standard) -> None:
    row, _ = one_piece(tmp_path, name=f"{HOSTILE}.jpg", caption=HOSTILE)
    audit = with_rows(empty_audit(standard), (Kind.EVIDENCE, "evidence-1", row))
    write_bundle(standard, audit, tmp_path / "b.zip", Packing("en"), tmp_path)
    (_, line) = rows_of(tmp_path / "b.zip")
    assert line[3] == f"'{HOSTILE}"
    assert line[4] == f"'{HOSTILE}.jpg"
    page = page_of(tmp_path / "b.zip")
    assert HOSTILE in page.words
    assert "script" not in page.tags


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "  =1"])
def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, standard: Standard, text: str) -> None:
    row, _ = one_piece(tmp_path, caption=text)
    audit = with_rows(empty_audit(standard), (Kind.EVIDENCE, "evidence-1", row))
    write_bundle(standard, audit, tmp_path / "b.zip", Packing("zh"), tmp_path)
    assert rows_of(tmp_path / "b.zip")[1][3] == f"'{text}"


def test_an_audit_without_evidence_makes_a_bundle_that_says_so(tmp_path: Path, standard: Standard) -> None:
    packed = write_bundle(standard, empty_audit(standard), tmp_path / "b.zip", Packing("en"), tmp_path)
    assert packed.pieces == 0
    assert "no evidence" in page_of(tmp_path / "b.zip").words


def test_the_same_bundle_made_twice_is_the_same_byte_for_byte(library: Path, audited: tuple[Standard, Audit]) -> None:
    contents = Contents(EvidenceStore(library).path, lambda row: None, lambda row, file: None)
    made, files = datetime(2026, 3, 5, 17, 20), [BytesIO(), BytesIO()]
    for file in files:
        write_into(file, *audited, contents, Packing("zh"), made, "李工", unwatched)
    assert files[0].getvalue() == files[1].getvalue()


# Names.


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=12))
def test_every_system_takes_the_names(name: str, title: str, suffix: str) -> None:
    for made in (file_name("E01", f"{name}.{suffix}"), folder_name("5.1.1.1", title)):
        assert not set(made) & set('\\/:*?"<>|') - {" "}
        assert not {unicodedata.category(character) for character in made} & {"Cc", "Cs"}
        assert not made.endswith((".", " "))
        assert 0 < len(made.encode()) <= MOST_BYTES + 20
        assert len(made) <= 62


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("IMG_2031.JPG", "E01_IMG_2031.jpg"),
        ("CON", "E01_CON"),
        ("../../etc/passwd", "E01_passwd"),
        ("..\\x.exe", "E01_x.exe"),
        ("v1.2 终稿", "E01_v1.2_终稿"),
        ("", "E01"),
        ("...", "E01"),
        ("报告（终稿）.docx", "E01_报告（终稿）.docx"),
        (f"{'长' * 200}.pdf", f"E01_{'长' * 48}.pdf"),
    ],
)
def test_names_keep_what_they_say(name: str, made: str) -> None:
    assert file_name("E01", name) == made


def test_two_files_that_differ_in_case_alone_do_not_meet(tmp_path: Path, standard: Standard) -> None:
    rows = [one_piece(tmp_path, name=name)[0] for name in ("a.JPG", "A.jpg")]
    audit = empty_audit(standard)
    for number, row in enumerate(rows):
        subject = ("5.1.1.1", "5.1.1.2")[number]
        audit = with_rows(audit, (Kind.EVIDENCE, f"evidence-{number}", Evidence(**{**vars(row), "subject": subject})))
    write_bundle(standard, audit, tmp_path / "b.zip", Packing("zh"), tmp_path)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        names = [name.casefold() for name in archive.namelist()]
    assert len(set(names)) == len(names) == 4


@pytest.mark.parametrize(("media_type", "ending"), [("image/png", ".png"), ("image/heif", ".heic"), ("", "")])
def test_a_pasted_picture_that_never_had_a_name_gets_an_ending_that_opens_it(
    tmp_path: Path, standard: Standard, media_type: str, ending: str
) -> None:
    row, _ = one_piece(tmp_path, media_type=media_type)
    audit = with_rows(empty_audit(standard), (Kind.EVIDENCE, "evidence-1", row))
    write_bundle(standard, audit, tmp_path / "b.zip", Packing("zh"), tmp_path)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert archive.namelist()[0].rpartition("/")[2] == f"E01{ending}"


# With a password.


def test_a_bundle_with_a_password_hides_what_the_files_hold_but_not_their_names(
    tmp_path: Path, library: Path, audited: tuple[Standard, Audit]
) -> None:
    path = tmp_path / "b.zip"
    write_bundle(*audited, path, Packing("zh", password=PASSWORD), library)
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("E01_IMG_0001.jpg"))
        with pytest.raises((RuntimeError, NotImplementedError)):
            archive.read(name)
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(PASSWORD.encode())
        assert archive.read(name) == photo(1)
    assert photo(1)[500:900] not in path.read_bytes()


# What keeps a bundle from being written.


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give the place of a bundle where one of last year lies."""
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "b.zip"
    path.write_bytes(b"last year")
    return path


def test_a_bundle_that_is_cancelled_leaves_the_old_one_and_no_fragment(
    target: Path, library: Path, audited: tuple[Standard, Audit]
) -> None:
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_bundle(*audited, target, Packing("zh"), library, stop)
    assert (left(target.parent), target.read_bytes()) == (["b.zip"], b"last year")
    assert steps == sorted(steps)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_leaves_the_old_bundle_and_no_fragment(
    monkeypatch: pytest.MonkeyPatch, target: Path, library: Path, audited: tuple[Standard, Audit], error: int
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EnvironmentProblem):
        write_bundle(*audited, target, Packing("zh"), library)
    assert (left(target.parent), target.read_bytes()) == (["b.zip"], b"last year")


@pytest.mark.skipif(os.name == "nt", reason="no quota for one file")
def test_a_disk_that_fills_up_in_the_middle_of_a_photo_is_told(
    target: Path, library: Path, audited: tuple[Standard, Audit]
) -> None:
    import resource
    import signal

    before, ignored = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(EnvironmentProblem):
            write_bundle(*audited, target, Packing("zh"), library)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (left(target.parent), target.read_bytes()) == (["b.zip"], b"last year")


@pytest.mark.parametrize(
    ("place", "code"),
    [("nowhere/b.zip", "file_folder_missing"), ("out", "file_is_folder"), ("x" * 300 + ".zip", "file_name_too_long")],
)
def test_a_place_that_cannot_be_is_told_before_anything_is_packed(
    tmp_path: Path, target: Path, library: Path, audited: tuple[Standard, Audit], place: str, code: str
) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        write_bundle(*audited, tmp_path / place, Packing("zh"), library)
    assert caught.value.code == code
    assert target.read_bytes() == b"last year"


def test_content_that_rotted_is_left_out_and_told(tmp_path: Path, standard: Standard) -> None:
    row, _ = one_piece(tmp_path, name="a.jpg")
    EvidenceStore(tmp_path).path(row.sha256).write_bytes(b"rot")
    audit = with_rows(empty_audit(standard), (Kind.EVIDENCE, "evidence-1", row))
    packed = write_bundle(standard, audit, tmp_path / "b.zip", Packing("en"), tmp_path)
    assert [lacking.lack for lacking in packed.left_out] == [Lack.DAMAGED]
    assert "damaged" in page_of(tmp_path / "b.zip").words


def test_content_that_changes_while_it_is_packed_stops_it(tmp_path: Path, standard: Standard) -> None:
    row, content = one_piece(tmp_path, name="a.jpg")
    path = EvidenceStore(tmp_path).path(row.sha256)
    audit = with_rows(empty_audit(standard), (Kind.EVIDENCE, "evidence-1", row))

    def spoil(_done: int, _total: int) -> None:
        path.write_bytes(content[:-1] + b"x")

    with pytest.raises(ValidationError) as caught:
        write_bundle(standard, audit, tmp_path / "b.zip", Packing("en"), tmp_path, spoil)
    assert caught.value.code == "content_changed"
    assert not (tmp_path / "b.zip").exists()


def test_the_words_are_the_same_in_both_languages() -> None:
    keys = [
        {section: list(words) for section, words in json.loads(text).items()}
        for text in ((RESOURCES / "i18n" / f"packages.{language}.json").read_text("utf-8") for language in ("zh", "en"))
    ]
    assert keys[0] == keys[1]
    for lack in Lack:
        assert Catalogue.load("zh", "packages").text("lack", lack)
