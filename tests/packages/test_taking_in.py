"""A sealed package brings its audit and the originals to another laptop, whole or not at all; so do the commands."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from auditor_app import cli
from auditor_app.deliveries.packages import open_sealed, take_evidence
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import ChangeSet, set_fields
from auditor_app.models.errors import ValidationError
from auditor_app.models.packed import OpenedPackage
from auditor_app.models.progress import Cancelled
from auditor_app.models.standard import Standard
from auditor_app.report.snapshot import snapshot
from auditor_app.report.words import Words
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import Library
from tests.packages.sealing import PASSWORD, entries_of, seal, small_audit, zipped
from tests.workbooks.opening import load_workbook

Audited = tuple[Standard, Audit]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the library a package comes from."""
    return tmp_path_factory.mktemp("maker")


@pytest.fixture(scope="module")
def audited(maker: Path) -> Audited:
    """Give the audit that was sealed."""
    standard, audit = small_audit(maker)
    with closing(Library(maker, "李工")) as library:
        library.add(audit, standard)
    return standard, audit


@pytest.fixture
def opened(tmp_path: Path, maker: Path, audited: Audited) -> OpenedPackage:
    """Give the package as it was opened on another laptop."""
    path = tmp_path / "package.zip"
    path.write_bytes(seal(*audited, maker)[0])
    return open_sealed(path)


@pytest.fixture
def receiver(tmp_path: Path) -> Path:
    """Give the folder of the library on another laptop."""
    Library(tmp_path / "receiver", "王工").close()
    return tmp_path / "receiver"


def stored(folder: Path) -> set[str]:
    return {path.name for path in (folder / "evidence").rglob("*") if path.is_file()}


def add_changed(folder: Path, audited: Audited) -> None:
    """Add the audit to a library, with another industry."""
    standard, audit = audited
    with closing(Library(folder, "王工")) as library:
        library.add(audit, standard)
        change = set_fields(Kind.COMPANY, only_row(Kind.COMPANY), audit.company, {"industry": "别的"})
        library.apply(ChangeSet(audit.id, tuple(change)))


def test_the_originals_come_into_the_store_and_no_others(
    opened: OpenedPackage, receiver: Path, audited: Audited
) -> None:
    assert take_evidence(opened, receiver) == 3
    assert stored(receiver) == {row.sha256 for row in audited[1].evidence}
    assert all(EvidenceStore(receiver).is_whole(sha256) for sha256 in stored(receiver))


def test_what_is_there_already_is_not_taken_again(opened: OpenedPackage, receiver: Path) -> None:
    take_evidence(opened, receiver)
    assert take_evidence(opened, receiver) == 0


def test_an_audit_that_is_there_gets_the_originals_it_misses_and_damaged_ones_anew(
    opened: OpenedPackage, receiver: Path, audited: Audited
) -> None:
    standard, audit = audited
    with closing(Library(receiver, "王工")) as library:
        library.add(audit, standard)
    take_evidence(opened, receiver)
    store, (first, second, _) = EvidenceStore(receiver), audit.evidence
    store.path(first.sha256).unlink()
    store.path(second.sha256).write_bytes(b"rot")
    assert take_evidence(opened, receiver) == 2
    assert all(store.is_whole(row.sha256) for row in audit.evidence)


def test_an_audit_that_says_something_else_here_is_refused_and_nothing_is_taken(
    opened: OpenedPackage, receiver: Path, audited: Audited
) -> None:
    add_changed(receiver, audited)
    with pytest.raises(ValidationError) as caught:
        take_evidence(opened, receiver)
    assert caught.value.code == "audit_exists"
    assert stored(receiver) == set()


def test_a_package_that_is_not_whole_is_not_taken_in(opened: OpenedPackage, receiver: Path) -> None:
    entries = entries_of(opened.path.read_bytes())
    opened.path.write_bytes(zipped(entries | {"report.xlsx": b"another"}))
    with pytest.raises(ValidationError) as caught:
        take_evidence(open_sealed(opened.path), receiver)
    assert caught.value.code == "not_whole"


def test_a_package_that_is_exchanged_after_it_was_opened_brings_nothing_false(
    opened: OpenedPackage, receiver: Path, audited: Audited
) -> None:
    entries = entries_of(opened.path.read_bytes())
    last = f"evidence/{audited[1].evidence[-1].sha256}"
    opened.path.write_bytes(zipped(entries | {last: b"another photo"}))
    with pytest.raises(ValidationError):
        take_evidence(opened, receiver)
    assert audited[1].evidence[-1].sha256 not in stored(receiver)
    assert all(EvidenceStore(receiver).is_whole(sha256) for sha256 in stored(receiver))


def test_taking_in_can_be_cancelled_and_done_again(opened: OpenedPackage, receiver: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        take_evidence(opened, receiver, stop)
    assert len(stored(receiver)) < 3
    take_evidence(opened, receiver)
    assert len(stored(receiver)) == 3


# The commands.


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run a command in English: exit code, output and problem."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, arguments)])
        return code, *capsys.readouterr()

    return command


@pytest.mark.long
def test_an_audit_goes_to_another_library_by_two_commands(
    run: Run, tmp_path: Path, maker: Path, audited: Audited
) -> None:
    package, receiver = tmp_path / "p.zip", tmp_path / "new"
    code, output, _ = run("pack", audited[1].id, "--out", package, "--data", maker)
    assert (code, output) == (0, f"wrote {package}: 3 pieces of original evidence\n")
    code, output, _ = run("unpack", package, "--data", receiver)
    assert (code, output.splitlines()[0][:6]) == (0, "whole:")
    assert not receiver.exists()
    code, output, _ = run("unpack", package, "--import", "--data", receiver)
    assert (code, output.splitlines()[-1][:9]) == (0, "imported ")
    assert len(stored(receiver)) == 3
    with closing(Library(receiver, "x")) as library:
        assert library.load(audited[1].id)[1].evidence == audited[1].evidence
    code, output, _ = run("unpack", package, "--import", "--data", receiver)
    assert (code, "already" in output) == (0, True)


def test_a_changed_package_is_answered_with_no_and_what_is_wrong(
    run: Run, opened: OpenedPackage, tmp_path: Path
) -> None:
    entries = entries_of(opened.path.read_bytes())
    opened.path.write_bytes(zipped(entries | {"report.xlsx": b"another", "note.txt": b""}))
    code, output, problem = run("unpack", opened.path, "--import", "--data", tmp_path / "new")
    assert (code, problem) == (1, "")
    assert output.splitlines()[1:] == [
        "- report.xlsx: report.xlsx is not what the manifest says: it was changed or damaged after sealing.",
        "- note.txt: note.txt is not in the manifest: it was added after sealing.",
    ]
    assert not (tmp_path / "new").exists()


@pytest.mark.long
def test_the_password_comes_from_a_file(run: Run, tmp_path: Path, maker: Path, audited: Audited) -> None:
    package, secret, empty = tmp_path / "p.zip", tmp_path / "secret", tmp_path / "empty"
    secret.write_text(f"{PASSWORD}\r\nsecond line")
    empty.write_text("\n")
    assert run("pack", audited[1].id, "--out", package, "--data", maker, "--password-file", secret)[0] == 0
    assert run("unpack", package, "--password-file", secret)[0] == 0
    assert run("unpack", package)[0] == 2
    assert run("unpack", package, "--password-file", empty)[0] == 2
    assert run("unpack", package, "--password-file", tmp_path / "none")[0] == 2
    assert run("unpack", package, "--password-file", tmp_path)[0] == 2


@pytest.mark.long
def test_a_package_may_hold_its_report_in_both_languages(
    run: Run, tmp_path: Path, maker: Path, audited: Audited
) -> None:
    package = tmp_path / "p.zip"
    assert run("pack", audited[1].id, "--out", package, "--data", maker, "--lang", "both")[0] == 0
    report = load_workbook(BytesIO(entries_of(package.read_bytes())["report.xlsx"]))
    assert report.sheetnames[0] == Words(snapshot(*audited, "both", date(2026, 3, 6))).sheet("cover")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("pack", "nobody", "--out", "p.zip"), 2),
        (("pack", "{id}", "--out", "p.txt"), 2),
        (("pack", "{id}", "--out", "nowhere/p.zip"), 3),
        (("pack", "{id}"), 2),
        (("unpack", "none.zip"), 2),
        (("unpack", "."), 2),
        (("unpack", os.devnull), 2),
    ],
)
def test_a_command_that_cannot_be_carried_out_says_why_in_one_line(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    maker: Path,
    audited: Audited,
    arguments: tuple[str, ...],
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [argument.format(id=audited[1].id) for argument in arguments]
    found, output, problem = run(*given, "--data", maker)
    assert (found, output, problem.count("\n")) == (code, "", 1)
    assert os.listdir(tmp_path) == []


@pytest.mark.long
def test_content_that_is_not_here_is_told_by_both_commands(run: Run, tmp_path: Path) -> None:
    standard, audit = small_audit(tmp_path / "own")
    with closing(Library(tmp_path / "own", "李工")) as library:
        library.add(replace(audit), standard)
    EvidenceStore(tmp_path / "own").path(audit.evidence[0].sha256).unlink()
    code, output, _ = run("pack", audit.id, "--out", tmp_path / "p.zip", "--data", tmp_path / "own")
    assert code == 0
    assert output.splitlines()[1] == "left out: E01 IMG_1.JPG (the content is not on this computer)"
    code, output, _ = run("unpack", tmp_path / "p.zip")
    assert (code, output.splitlines()[-1]) == (0, "evidence that was missing when it was sealed: IMG_1.JPG")
    manifest = json.loads(entries_of((tmp_path / "p.zip").read_bytes())["manifest.json"])
    assert manifest["missing"] == [audit.evidence[0].sha256]
