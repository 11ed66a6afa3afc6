"""A sealed package is either exactly what its maker sealed, or the receiver is told what is wrong with it."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import pyzipper

from auditor_app import files
from auditor_app.deliveries.packages import open_sealed
from auditor_app.models.audit import Audit, same_content
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.errors import ValidationError
from auditor_app.models.ids import AuditId, new_id
from auditor_app.models.packed import Lack, OpenedPackage
from auditor_app.models.standard import Standard
from auditor_app.packages.problems import PackageProblem
from auditor_app.storage.evidence_store import EvidenceStore
from tests.packages.sealing import PASSWORD, Entries, entries_of, resealed, seal, small_audit, with_manifest, zipped
from tests.report.photographed import photo

Audited = tuple[Standard, Audit]
Write = Callable[[bytes], Path]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a library with three photos."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module")
def audited(library: Path) -> Audited:
    """Give the audit with the photos."""
    return small_audit(library)


@pytest.fixture(scope="module")
def package(library: Path, audited: Audited) -> bytes:
    """Give a package as it was sealed."""
    return seal(*audited, library)[0]


@pytest.fixture
def entries(package: bytes) -> Entries:
    """Give what the package holds."""
    return entries_of(package)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a way to put a package on the disk."""

    def put(content: bytes) -> Path:
        path = tmp_path / "封存包.zip"
        path.write_bytes(content)
        return path

    return put


def codes(opened: OpenedPackage) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in opened.problems]


def refusal(path: Path, password: str = "") -> str:
    """Return why a package is not even opened, having checked that there are words for it."""
    with pytest.raises(ValidationError) as caught:
        open_sealed(path, password)
    for language in ("zh", "en"):
        words = Catalogue.load(language, "packages", "exchange")
        assert len(words.error(caught.value)) > 10
    return caught.value.code


def test_what_was_sealed_is_opened_whole(write: Write, package: bytes, audited: Audited) -> None:
    opened = open_sealed(write(package))
    assert opened.is_whole
    assert opened.audit is not None
    assert same_content(opened.audit, audited[1])
    assert (opened.pieces, opened.missing) == (3, ())
    assert (opened.made_at, opened.made_by) == ("2026-03-05T17:20:00+08:00", "李工")
    assert opened.number == audited[1].info.number


def test_the_same_sealed_twice_is_the_same_byte_for_byte(package: bytes, audited: Audited, library: Path) -> None:
    assert seal(*audited, library)[0] == package


def test_any_other_program_finds_the_parts_and_their_hashes(entries: Entries, package: bytes) -> None:
    raw = json.loads(entries["manifest.json"])
    assert {part["name"] for part in raw["parts"]} == entries.keys() - {"manifest.json"}
    for part in raw["parts"]:
        assert part["size"] == len(entries[part["name"]])
    with zipfile.ZipFile(BytesIO(package)) as archive:
        assert archive.testzip() is None


def test_a_package_zipped_anew_by_another_program_is_still_whole(write: Write, entries: Entries) -> None:
    assert open_sealed(write(zipped(entries, zipfile.ZIP_DEFLATED))).is_whole


def test_evidence_that_is_not_here_or_damaged_is_left_out_and_told(tmp_path: Path, write: Write) -> None:
    standard, audit = small_audit(tmp_path)
    store, (first, second, _) = EvidenceStore(tmp_path), audit.evidence
    store.path(first.sha256).unlink()
    store.path(second.sha256).write_bytes(b"rot")
    package, packed = seal(standard, audit, tmp_path)
    assert packed.pieces == 1
    told = [(row.number, row.name, row.lack) for row in packed.left_out]
    assert told == [("E01", "IMG_1.JPG", Lack.MISSING), ("E02", "IMG_2.JPG", Lack.DAMAGED)]
    opened = open_sealed(write(package))
    assert opened.is_whole
    assert opened.missing == ("IMG_1.JPG", "IMG_2.JPG")


# Tampered with.


def test_a_part_that_was_changed_is_named(write: Write, entries: Entries) -> None:
    opened = open_sealed(write(zipped(entries | {"report.xlsx": b"another report"})))
    assert codes(opened) == [("report.xlsx", "part_changed")]
    assert opened.audit is None


def test_evidence_that_was_exchanged_is_named(write: Write, entries: Entries) -> None:
    name = next(name for name in entries if name.startswith("evidence/"))
    opened = open_sealed(write(zipped(entries | {name: entries[name][:-1] + b"x"})))
    assert codes(opened) == [(name, "part_changed")]


def test_a_part_that_was_taken_out_is_named(write: Write, entries: Entries) -> None:
    del entries["audit.json"]
    opened = open_sealed(write(zipped(entries)))
    assert codes(opened) == [("audit.json", "part_missing")]
    assert (opened.audit, opened.standard) == (None, None)


@pytest.mark.parametrize("name", ["注意.txt", "evidence/" + "0" * 64, "evidence/", "report.xlsx.exe"])
def test_a_part_that_was_added_is_named(write: Write, entries: Entries, name: str) -> None:
    assert codes(open_sealed(write(zipped(entries | {name: b""})))) == [(name, "part_added")]


def test_a_bit_that_fell_over_is_found(write: Write, package: bytes, entries: Entries) -> None:
    place = package.index(next(content for name, content in entries.items() if name.startswith("evidence/"))[:40])
    spoiled = package[:place] + bytes([package[place] ^ 1]) + package[place + 1 :]
    ((_, code),) = codes(open_sealed(write(spoiled)))
    assert code in ("part_unreadable", "part_changed")


def test_an_audit_file_that_says_something_impossible_is_refused_with_its_place(write: Write, entries: Entries) -> None:
    raw = json.loads(entries["audit.json"])
    raw["assessments"][3]["verdict"] = "perhaps"
    opened = open_sealed(write(zipped(resealed(entries, json.dumps(raw).encode()))))
    assert codes(opened) == [("audit.json: assessments[3].verdict", "not_one_of")]
    assert opened.audit is None


def test_an_audit_file_of_another_audit_is_refused(write: Write, entries: Entries, audited: Audited) -> None:
    standard, audit = audited
    other = files.audit_bytes(standard, replace(audit, id=AuditId(new_id())))
    assert codes(open_sealed(write(zipped(resealed(entries, other))))) == [("audit.json", "another_audit")]


def test_evidence_that_only_one_of_audit_and_manifest_knows_is_told(write: Write, entries: Entries) -> None:
    raw = json.loads(entries["audit.json"])
    gone = raw["evidence"].pop()
    raw["evidence"].append(gone | {"sha256": "0" * 64})
    raw["thumbnails"] = []
    opened = open_sealed(write(zipped(resealed(entries, json.dumps(raw).encode()))))
    assert {code for _, code in codes(opened)} == {"evidence_untold", "evidence_unnamed"}


# Hostile.


@pytest.mark.parametrize(
    "name",
    ["../audit.json", "/etc/passwd", "evidence/../../x", "..\\x", "C:x", "a/b\\..\\c", "new\nline", "\u202egnp.exe"],
)
def test_a_name_that_leads_out_of_the_package_stops_the_reading(write: Write, entries: Entries, name: str) -> None:
    assert refusal(write(zipped(entries | {name: b"x"}))) == "name_leads_out"


@pytest.mark.parametrize("name", ["audit.json", "AUDIT.json"])
def test_two_parts_of_one_name_stop_the_reading(write: Write, entries: Entries, name: str) -> None:
    pairs = [*entries.items(), (name, b"{}")]
    assert refusal(write(zipped(pairs))) == "part_twice"


@pytest.mark.parametrize("left", [4, 100, 2_000, -1, -30])
def test_a_package_that_was_cut_off_says_so(write: Write, package: bytes, left: int) -> None:
    assert refusal(write(package[:left])) == "cut_off"


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"%PDF-1.4", zipped({"readme.txt": b"x"}), b"\0" * 4_000]
)
def test_what_is_no_sealed_package_is_not_taken_for_one(write: Write, content: bytes) -> None:
    assert refusal(write(content)) == "foreign"


@pytest.mark.parametrize("around", [(b"MZ", b""), (b"", b"MZ")])
def test_nothing_may_hide_before_or_behind_the_zip(write: Write, package: bytes, around: tuple[bytes, bytes]) -> None:
    before, behind = around
    assert refusal(write(before + package + behind)) in ("foreign", "cut_off")


@pytest.mark.long
def test_a_zip_bomb_is_not_unpacked(write: Write, entries: Entries) -> None:
    bomb = zipped(entries | {"report.xlsx": bytes(96 * 2**20)}, zipfile.ZIP_DEFLATED)
    assert len(bomb) < 400_000
    assert refusal(write(bomb)) == "expands_too_much"


@pytest.mark.long
def test_a_part_is_never_read_beyond_what_the_manifest_says(write: Write, entries: Entries) -> None:
    larger = zipped(entries | {"report.xlsx": bytes(50 * 2**20)}, zipfile.ZIP_DEFLATED)
    assert codes(open_sealed(write(larger))) == [("report.xlsx", "part_changed")]


def test_entries_that_lie_over_one_another_are_not_read(write: Write, package: bytes, entries: Entries) -> None:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        start, places = archive.start_dir, [entry.header_offset for entry in archive.infolist()]
    directory = package[start:].replace(struct.pack("<L", places[2]), struct.pack("<L", places[1]), 1)
    assert refusal(write(package[:start] + directory)) == "part_unreadable"


def test_a_list_of_entries_that_claims_to_be_huge_is_not_read(write: Write, package: bytes) -> None:
    end = bytearray(package[-22:])
    end[8:12] = struct.pack("<HH", 60_000, 60_000)
    assert refusal(write(package[:-22] + bytes(end))) == "too_many_parts"


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"format": "auditor-workbench.sealed-package"}',
        b'{"format": "x", "format": "auditor-workbench.sealed-package", "version": 1}',
        b'{"format": "auditor-workbench.sealed-package", "version": 1e99}',
        b'{"format": "auditor-workbench.sealed-package", "version": ' + b"9" * 9_000 + b"}",
    ],
)
def test_a_manifest_that_is_none_is_refused(write: Write, entries: Entries, manifest: bytes) -> None:
    assert refusal(write(zipped(entries | {"manifest.json": manifest}))) == "not_a_manifest"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("parts", [{"name": "../x", "sha256": "0" * 64, "size": 1}]),
        ("parts", []),
        ("missing", ["short"]),
        ("made_at", 7),
        ("audit", "R0"),
        ("version", True),
        ("version", 0),
    ],
)
def test_a_manifest_with_impossible_values_is_refused(write: Write, entries: Entries, key: str, value: object) -> None:
    changed = with_manifest(entries, lambda raw: raw.update({key: value}))
    assert refusal(write(zipped(changed))) == "not_a_manifest"


def test_a_package_of_a_newer_program_says_so(write: Write, entries: Entries) -> None:
    assert refusal(write(zipped(with_manifest(entries, lambda raw: raw.update(version=2))))) == "newer"


# With a password.


@pytest.fixture(scope="module")
def locked(library: Path, audited: Audited) -> bytes:
    """Give a package with a password."""
    return seal(*audited, library, PASSWORD)[0]


def test_a_package_with_a_password_opens_with_that_only(write: Write, locked: bytes) -> None:
    path = write(locked)
    assert refusal(path) == "needs_password"
    assert refusal(path, PASSWORD.lower()) == "wrong_password"
    assert refusal(path, "密码") == "wrong_password"
    assert open_sealed(path, PASSWORD).is_whole


def test_nothing_of_the_audit_can_be_read_without_the_password(locked: bytes, audited: Audited, package: bytes) -> None:
    middle_of_photo = photo(1)[1_000:1_400]
    assert middle_of_photo in package
    assert middle_of_photo not in locked
    assert audited[1].info.number.encode() not in locked
    with pyzipper.AESZipFile(BytesIO(locked)) as archive:
        assert all(entry.flag_bits & 1 for entry in archive.infolist())
        assert {entry.wz_aes_strength for entry in archive.infolist()} == {3}


def test_a_locked_package_that_was_damaged_is_not_taken_for_whole(write: Write, locked: bytes) -> None:
    with pyzipper.AESZipFile(BytesIO(locked)) as archive:
        entry = archive.infolist()[2]
    place = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    spoiled = locked[:place] + bytes([locked[place] ^ 4]) + locked[place + 1 :]
    ((path, code),) = codes(open_sealed(write(spoiled), PASSWORD))
    assert (path, code) == (entry.filename, "part_unreadable")


def test_a_package_that_is_only_partly_locked_is_refused(write: Write, entries: Entries) -> None:
    file = BytesIO()
    with pyzipper.AESZipFile(file, "w") as archive:
        for name, content in entries.items():
            if name == "report.xlsx":
                archive.setencryption(pyzipper.WZ_AES)
                archive.setpassword(PASSWORD.encode())
            else:
                archive.encryption = None
                archive.pwd = None
            archive.writestr(name, content)
    assert refusal(write(file.getvalue()), PASSWORD) == "partly_encrypted"


def test_the_weak_encryption_of_old_zips_is_refused(write: Write, package: bytes) -> None:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        start = archive.start_dir
    flagged = bytearray(package)
    place = start
    while (place := flagged.find(b"PK\x01\x02", place)) >= 0:
        flagged[place + 8] |= 1
        place += 4
    assert refusal(write(bytes(flagged)), PASSWORD) == "weakly_encrypted"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kurz", "password_length"),
        ("密码密码密码密码", "password_not_plain"),
        ("mit leer zeichen", "password_not_plain"),
    ],
)
def test_a_password_that_cannot_be_typed_everywhere_is_refused_before_anything_is_written(
    audited: Audited, library: Path, password: str, code: str
) -> None:
    with pytest.raises(PackageProblem) as caught:
        seal(*audited, library, password)
    assert caught.value.code == code
