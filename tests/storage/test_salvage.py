"""From a damaged library comes back what reads, with what became of the rest told line by line."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from auditor_app.deliveries.history import checked
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.changes import ChangeSet
from auditor_app.models.entities import Sample
from auditor_app.models.enums import SampleResult
from auditor_app.models.ids import RowId
from auditor_app.models.progress import Cancelled
from auditor_app.models.salvaged import NoteCode, Salvaged
from auditor_app.models.samples import with_new_samples
from auditor_app.models.standard import Standard
from auditor_app.proof.keys import new_key
from auditor_app.proof.signing import Signer
from auditor_app.storage.checking import check_library
from auditor_app.storage.library import FILE_NAME, Library
from auditor_app.storage.pages import LEAF_TABLE, Pages
from auditor_app.storage.salvage import SalvageWords, salvage
from tests import fuzzing
from tests.builders import fields_changed
from tests.conftest import IN_CI
from tests.storage.fuzz import of_libraries
from tests.storage.spoiling import past_the_program

PAGE = 4096
WORDS = SalvageWords("（缺失）", "抢救后重新打开")
WORDS_OF_CHECK = Catalogue.load("en", "history")
DATA = Path(__file__).resolve().parents[1] / "data"
COMPANY = only_row(Kind.COMPANY)


@pytest.fixture
def path(library: Library, audit: Audit) -> Path:
    """Give the closed file of a library with an audit, whose company was renamed."""
    library.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="青泉泵业"))
    library.set_setting("folder", "/somewhere")
    library.keep_phrase("5.1.1.1", "岗位职责明确")
    library.close()
    return library.path


def salvaged_from(path: Path, standard: Standard) -> tuple[Salvaged, Library]:
    """Salvage and check that the damaged library and its folder stayed as they were."""
    target = path.parent.parent / "salvaged"
    target.mkdir()
    before = {found: found.read_bytes() for found in path.parent.iterdir()}
    told = salvage(path, target / FILE_NAME, "王敏", lambda _hash: standard, WORDS)
    assert {found: found.read_bytes() for found in path.parent.iterdir()} == before
    return told, Library(target, who="王敏")


def zero(path: Path, *pages: int) -> None:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def altered(path: Path, was: bytes, now: bytes) -> None:
    """Change bytes that stand in the file once, as flipped bits do."""
    data = path.read_bytes()
    assert (data.count(was), len(was)) == (1, len(now))
    path.write_bytes(data.replace(was, now))


def pages_of(path: Path, kind: Kind) -> list[int]:
    """Return the pages with rows of a kind, recognised by the company's name or a clause in them."""
    with Pages(path) as pages:
        return [
            number
            for number in range(1, pages.count + 1)
            for cell in pages.cells(number)
            if cell is not None and len(cell.values) > 3 and cell.values[1] == kind.value
        ]


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_sound_library_of_every_version_comes_back_whole(tmp_path: Path, standard: Standard, version: int) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    copyfile(DATA / f"library-v{version}.db", folder / FILE_NAME)
    told, library = salvaged_from(folder / FILE_NAME, standard)
    with closing(library), closing(Library(folder, who="李工")) as old:
        audit = old.newest()
        assert audit is not None
        assert library.load(audit) == old.load(audit)
        assert library.history(audit) == old.history(audit)
        assert library.setting("language") == "zh"
        assert library.phrases("5.2.4.1") == old.phrases("5.2.4.1")
    assert (told.audits, told.damaged_pages, told.notes) == (1, 0, ())


def test_a_row_that_is_lost_comes_back_as_its_history_says(path: Path, audit: Audit, standard: Standard) -> None:
    zero(path, *pages_of(path, Kind.COMPANY))
    told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].company.name == "青泉泵业"
    assert [(note.code, note.kind) for note in told.notes] == [(NoteCode.FROM_HISTORY, Kind.COMPANY)]


def test_a_library_without_its_first_page_comes_back(path: Path, audit: Audit, standard: Standard) -> None:
    zero(path, 1)
    told, library = salvaged_from(path, standard)
    with closing(library):
        back = library.load(audit.id)[1]
    assert {kind: len(back.of(kind)) for kind in Kind} == {kind: len(audit.of(kind)) for kind in Kind}
    assert back.company.name == "青泉泵业"
    assert told.audits == 1


def test_what_was_removed_before_does_not_come_back(library: Library, audit: Audit, standard: Standard) -> None:
    from auditor_app.models.changes import ChangeSet, remove

    row_id, finding = next(iter(audit.of(Kind.FINDING).items()))
    library.apply(ChangeSet(audit.id, (remove(Kind.FINDING, row_id, finding),)))
    library.close()
    zero(library.path, 1)
    _told, back = salvaged_from(library.path, standard)
    with closing(back):
        assert back.load(audit.id)[1].findings == ()


def test_a_finding_does_not_go_because_its_site_did(path: Path, audit: Audit, standard: Standard) -> None:
    data = path.read_bytes()
    # The id of the site, in its row and in the history of it, becomes another one.
    spoilt = data.replace(b"row-1S1", b"row-1\xffS").replace(b'"id": "S1"', b'"id": "\xff\xff"')
    assert spoilt != data
    path.write_bytes(spoilt)
    told, library = salvaged_from(path, standard)
    with closing(library):
        back = library.load(audit.id)[1]
    assert [finding.facts for finding in back.findings] == ["one post vacant"]
    assert [(site.id, site.name) for site in back.sites] == [("S1", "（缺失）")]
    assert NoteCode.STAND_IN in {note.code for note in told.notes}


def test_history_goes_on_after_what_was_salvaged_and_says_so(path: Path, audit: Audit, standard: Standard) -> None:
    with closing(Library(path.parent, who="李工")) as before:
        old = before.history(audit.id)
    zero(path, *pages_of(path, Kind.ELIGIBILITY))
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"budget": ', b'"b\xffdget": '))
    told, library = salvaged_from(path, standard)
    with closing(library):
        history = library.history(audit.id)
        assert library.load(audit.id)[1].eligibility == type(audit.eligibility)()
        library.apply(fields_changed(library.load(audit.id)[1], Kind.COMPANY, COMPANY, employees=7))
        assert len(library.history(audit.id)) == len(history) + 1
    last = history[-1]
    assert (last.who, last.kind, last.row_id) == ("王敏", Kind.ELIGIBILITY, RowId(Kind.ELIGIBILITY))
    assert {entry.who for entry in history[:-1]} == {"李工"}
    assert len(old) - 1 <= len(history) <= len(old) + 1
    assert NoteCode.DEFAULT in {note.code for note in told.notes}


@pytest.mark.parametrize("kind", [Kind.FINDING, Kind.SITE, Kind.TEAM, Kind.SPECIAL_DEDUCTION])
def test_a_damaged_id_in_the_history_makes_no_second_row_of_one(
    path: Path, audit: Audit, standard: Standard, kind: Kind
) -> None:
    altered(path, kind.encode() + b"row-1", kind.encode() + b"row-9")
    told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].of(kind) == audit.of(kind)
    assert (NoteCode.LEFT_OUT, kind, "row-9", "repeated") in [
        (note.code, note.kind, note.row_id, note.reason) for note in told.notes
    ]


def test_a_damaged_id_where_the_history_of_a_row_begins_makes_no_second_row_as_it_was_first(
    library: Library, audit: Audit, standard: Standard
) -> None:
    library.apply(fields_changed(audit, Kind.FINDING, "row-1", facts="two posts vacant"))
    library.close()
    altered(library.path, b"findingrow-1{", b"findingrow-9{")
    _told, back = salvaged_from(library.path, standard)
    with closing(back):
        assert [finding.facts for finding in back.load(audit.id)[1].findings] == ["two posts vacant"]


def test_a_damaged_id_in_the_table_makes_no_second_row_of_one(path: Path, audit: Audit, standard: Standard) -> None:
    altered(path, b"row-1minor", b"row-9minor")
    told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].of(Kind.FINDING) == audit.of(Kind.FINDING)
    assert (NoteCode.LEFT_OUT, "row-9", "untold") in [(note.code, note.row_id, note.reason) for note in told.notes]


def test_a_damaged_id_and_a_damaged_word_in_one_row_make_no_second_row_of_it(
    path: Path, audit: Audit, standard: Standard
) -> None:
    altered(path, b"row-1law5.2.5no recall", b"row-9law5.2.5no_recall")
    _told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].special_deductions == audit.special_deductions


def test_rows_that_a_history_without_its_end_knows_nothing_of_are_kept_and_the_end_is_missed(
    path: Path, audit: Audit, standard: Standard
) -> None:
    zero(path, *pages_of(path, Kind.COMPANY))
    with Pages(path) as pages:
        ends = [
            number
            for number in range(1, pages.count + 1)
            if pages.kind(number) == LEAF_TABLE
            for cell in pages.cells(number)
            if cell is not None and len(cell.values) == 11 and cell.values[5] == "finding"
        ]
    zero(path, *ends)
    told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].findings == audit.findings
    assert NoteCode.HISTORY_TORN in {note.code for note in told.notes}


@pytest.mark.parametrize(
    ("was", "now"), [(b"samplesample-2", b"samplesample-9"), (b"sample-25.2.4.1", b"sample-95.2.4.1")]
)
def test_no_sample_is_drawn_more_or_less_because_one_id_is_damaged(
    library: Library, audit: Audit, standard: Standard, was: bytes, now: bytes
) -> None:
    drawn = {
        RowId(f"sample-{number}"): Sample("5.2.4.1", f"工单 {number}", result=SampleResult(result))
        for number, result in enumerate(("deviates", "conforms", "conforms"), 1)
    }
    library.apply(ChangeSet(audit.id, with_new_samples(audit, "5.2.4.1", drawn)))
    before = library.load(audit.id)[1]
    library.close()
    altered(library.path, was, now)
    told, back = salvaged_from(library.path, standard)
    with closing(back):
        assert back.load(audit.id)[1] == before
    assert NoteCode.LEFT_OUT in {note.code for note in told.notes}


def test_a_row_with_an_empty_place_where_there_must_be_a_value_comes_from_its_history(
    path: Path, audit: Audit, standard: Standard
) -> None:
    # What the row of the site says of its columns: texts of 11 and 3 bytes, then the numbers 0 and 1.
    altered(path, bytes((35, 19, 8, 9)), bytes((35, 19, 0, 9)))
    told, library = salvaged_from(path, standard)
    with closing(library):
        assert library.load(audit.id)[1].sites == audit.sites
    assert [(note.code, note.kind) for note in told.notes] == [
        (NoteCode.LEFT_OUT, Kind.SITE),
        (NoteCode.FROM_HISTORY, Kind.SITE),
    ]


def test_a_damaged_id_of_an_audit_in_its_history_makes_no_audit(path: Path, audit: Audit, standard: Standard) -> None:
    name = audit.id.encode()
    data = path.read_bytes()
    place = data.index(b"findingrow-1")
    place = data.rindex(name, 0, place)
    path.write_bytes(data[:place] + b"f" * len(name) + data[place + len(name) :])
    _told, library = salvaged_from(path, standard)
    with closing(library):
        assert [summary.id for summary in library.summaries()] == [audit.id]
        assert library.load(audit.id)[1].of(Kind.FINDING) == audit.of(Kind.FINDING)


def test_a_file_that_is_no_library_gives_nothing(tmp_path: Path, standard: Standard) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"Minutes of the opening meeting\n" * 2000)
    told, library = salvaged_from(folder / FILE_NAME, standard)
    with closing(library):
        assert (library.count(), told.audits) == (0, 0)


def test_salvaging_can_be_stopped_and_leaves_nothing_of_its_own(path: Path, standard: Standard) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    target = path.parent.parent / "salvaged"
    target.mkdir()
    with pytest.raises(Cancelled):
        salvage(path, target / FILE_NAME, "王敏", lambda _hash: standard, WORDS, stop)
    assert list(target.iterdir()) == []


@pytest.mark.long
def test_spoilt_libraries_are_told_and_every_row_of_a_sound_page_comes_back() -> None:
    tallies = fuzzing.run(of_libraries, 40 if IN_CI else 12, seed=5)
    assert len(tallies["database"].ways) > 1
    assert len(tallies["log"].ways) > 1


def test_a_finalised_audit_is_open_once_it_was_salvaged_and_its_history_says_why(
    library: Library, audit: Audit, standard: Standard
) -> None:
    library.finalise(audit)
    library.close()
    told, salvaged = salvaged_from(library.path, standard)
    with closing(salvaged):
        sealing = salvaged.sealing(audit.id)
        assert sealing is not None
        assert not sealing.is_final
        salvaged.apply(fields_changed(audit, Kind.COMPANY, COMPANY, name="later"))
        assert check_library(salvaged.path, lambda *_: True).is_whole
    assert NoteCode.REOPENED in [note.code for note in told.notes]


class TestSignature:
    """What a check says of a signed sealing after its library was salvaged is true."""

    @pytest.fixture
    def signed(self, library: Library, audit: Audit) -> Path:
        """Give the closed file of a library whose audit was finalised and signed."""
        signer = Signer(new_key("李工", "correct horse"), "correct horse")
        library.finalise(audit, lambda head: signer.lines(head, date(2026, 3, 3)), signer.key.text)
        library.close()
        return library.path

    @pytest.mark.long
    def test_a_signature_is_kept_where_its_history_is_what_was_signed(self, signed: Path, standard: Standard) -> None:
        zero(signed, *pages_of(signed, Kind.COMPANY))
        _told, library = salvaged_from(signed, standard)
        with closing(library):
            answer = checked(library.path, WORDS_OF_CHECK)
        assert answer.is_whole
        assert "signatures: 1" in answer.heading

    @pytest.mark.long
    def test_a_signature_of_a_damaged_history_is_told_as_lost_and_is_no_fault(
        self, signed: Path, standard: Standard
    ) -> None:
        altered(signed, b"findingrow-1", b"findingrow-9")
        _told, library = salvaged_from(signed, standard)
        with closing(library):
            answer = checked(library.path, WORDS_OF_CHECK)
        assert (answer.faults, "signatures: 0" in answer.heading) == ((), True)
        assert "its signature was lost with damaged history" in " ".join(answer.notes)

    @pytest.mark.long
    def test_nobody_takes_a_signature_off_a_finalised_audit_by_calling_its_history_salvaged(self, signed: Path) -> None:
        with past_the_program(signed) as connection:
            connection.execute("DELETE FROM signature")
            connection.execute("UPDATE chain SET carried = rows")
        assert ["signature of the sealing is missing" in fault for fault in checked(signed, WORDS_OF_CHECK).faults] == [
            True
        ]
