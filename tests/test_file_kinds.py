"""A file that was taken for another is told by what it is, and where it belongs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from auditor_app import files
from auditor_app.deliveries import proof
from auditor_app.deliveries.packages import Packages
from auditor_app.deliveries.replies import Replies
from auditor_app.file_kinds import FileKind, OtherFile, kind_of
from auditor_app.models.audit import Audit
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.models.packed import Packing
from auditor_app.models.progress import unwatched
from auditor_app.models.standard import Standard
from auditor_app.storage.backup import make_backup
from auditor_app.storage.library import FILE_NAME, Library
from tests.replies.workbooks import saved_by_office

WORDS = {language: Catalogue.load(language, "exchange", "replies", "packages", "proof") for language in ("zh", "en")}
WHERE = {
    FileKind.REPORT: "核对报告",
    FileKind.REPLY: "读入整改回复",
    FileKind.APPLICATION: "读入认证申请表",
    FileKind.PACKAGE: "打开封存包",
    FileKind.BUNDLE: "index.html",
    FileKind.LIBRARY: "备份与恢复",
    FileKind.AUDIT: "导入审核文件",
}


class Office:
    """One file of each kind, and the library they came from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.standard, self.audit = files.read_audit(files.SAMPLE)
        library = folder / "library"
        with closing(Library(library, "周明")) as opened:
            opened.add(self.audit, self.standard)
        self.paths = {kind: folder / f"{kind.value}.bin" for kind in FileKind}
        replies, packages, pair = Replies(), Packages(library), (self.standard, self.audit)
        files.write_report(*pair, "zh", self.paths[FileKind.REPORT], library)
        replies.write_replies(*pair, self.paths[FileKind.REPLY])
        replies.write_application(*pair, self.paths[FileKind.APPLICATION], filled=True)
        packages.write_sealed(*pair, self.paths[FileKind.PACKAGE], Packing("zh", password="a-password-1"), unwatched)
        packages.write_bundle(*pair, self.paths[FileKind.BUNDLE], Packing("zh"), unwatched)
        files.write_audit(*pair, self.paths[FileKind.AUDIT], library)
        backup = make_backup(library)
        assert backup is not None
        shutil.copyfile(backup.path, self.paths[FileKind.LIBRARY])
        assert (library / FILE_NAME).is_file()

    def take(self, place: FileKind, path: Path) -> None:
        """Give a file to the place where files of a kind are taken in."""
        words = WORDS["zh"]
        pair: tuple[Standard, Audit] = (self.standard, self.audit)
        takes: dict[FileKind, Callable[[], object]] = {
            FileKind.AUDIT: lambda: files.read_audit_file(path),
            FileKind.REPLY: lambda: Replies().read_replies(*pair, words, path),
            FileKind.APPLICATION: lambda: Replies().read_application(*pair, words, path),
            FileKind.PACKAGE: lambda: Packages(self.folder).open_sealed(path, "", unwatched),
            FileKind.REPORT: lambda: proof.verified(path),
        }
        takes[place]()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give the files."""
    return Office(tmp_path_factory.mktemp("office"))


PLACES = (FileKind.AUDIT, FileKind.REPLY, FileKind.APPLICATION, FileKind.PACKAGE, FileKind.REPORT)
WORKBOOKS = (FileKind.REPLY, FileKind.APPLICATION)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", FileKind)
def test_a_file_in_the_wrong_place_is_told_where_it_belongs(office: Office, place: FileKind, kind: FileKind) -> None:
    path = office.paths[kind]
    if kind is FileKind.PACKAGE and place is kind:
        with pytest.raises(ValidationError, match="needs_password"):
            office.take(place, path)
    elif kind is place:
        office.take(place, path)
    elif place is FileKind.REPORT and kind in WORKBOOKS:
        # A question about a workbook gets an answer.
        answer = proof.verified(path)
        assert not answer.is_yes
        assert WHERE[kind] in proof.told(answer, WORDS["zh"], None)
    else:
        with pytest.raises(OtherFile) as refused:
            office.take(place, path)
        assert refused.value.path == str(path)
        assert WHERE[kind] in WORDS["zh"].error(refused.value)
        assert WORDS["en"].error(refused.value).isascii()


@pytest.mark.office
@pytest.mark.parametrize("kind", [FileKind.REPORT, FileKind.REPLY, FileKind.APPLICATION])
def test_a_workbook_is_known_after_another_program_saved_it(office: Office, kind: FileKind, tmp_path: Path) -> None:
    (tmp_path / "saved.xlsx").write_bytes(saved_by_office(office.paths[kind].read_bytes(), tmp_path))
    assert kind_of(tmp_path / "saved.xlsx") is kind


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"{}", b"SQLite format 3\0" + bytes(100), b"%PDF-1.7", "审核".encode()]
)
def test_what_is_none_of_ours_is_told_as_before(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert kind_of(path) is None
    for place in PLACES:
        with pytest.raises(ValidationError) as refused:
            office.take(place, path)
        assert not isinstance(refused.value, OtherFile)


def test_a_workbook_of_others_is_none_of_ours(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "theirs.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert kind_of(tmp_path / "theirs.xlsx") is None
    assert kind_of(tmp_path) is None
    assert kind_of(tmp_path / "nothing") is None
