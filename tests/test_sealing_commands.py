"""Audits finalised and reopened, and a damaged library salvaged, by command."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from auditor_app import cli
from auditor_app.deliveries.proof import Proofs
from auditor_app.models.ids import AuditId
from auditor_app.storage.library import FILE_NAME, Library
from tests.session.tables import tables
from tests.test_cli import ELEVATORS, ID, NUMBER, Desk

PASSPHRASE = "four quiet pumps"
COMMANDS = ("finalise", "reopen", "salvage")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give the commands a library with one audit, and let them speak English."""
    return Desk.with_an_audit(tmp_path, capsys, monkeypatch)


def said(desk: Desk, *arguments: object) -> list[str]:
    """Return what a command that is carried out prints."""
    code, output, problem = desk.run(*arguments)
    assert (code, problem) == (0, "")
    return output.splitlines()


def finalised(desk: Desk) -> bool:
    """Say whether the audit is finalised, by the library itself."""
    with closing(Library(desk.library, "")) as library:
        sealing = library.sealing(AuditId(ID))
    return sealing is not None and sealing.is_final


@pytest.mark.long
def test_an_audit_is_finalised_reported_as_final_and_reopened_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    assert said(desk, "export", NUMBER, "--out", report)[1] == "the audit is not finalised; the report says so"
    first, left = said(desk, "finalise", NUMBER)
    assert first.startswith(
        f"{NUMBER} is finalised: 98.06 points, Five stars. sha256 of the last entry of its history: "
    )
    assert left == "still to look at: 2, listed in the report tab"
    assert finalised(desk)
    assert said(desk, "export", ID, "--out", report)[1].startswith("the audit was finalised on ")
    assert said(desk, "reopen", NUMBER, "--reason", "a certificate was missing") == [
        f"{NUMBER} is open again and can be edited"
    ]
    assert not finalised(desk)
    with closing(Library(desk.library, "")) as library:
        assert "a certificate was missing" in str(library.history(AuditId(ID))[-1].after)
    assert said(desk, "check")[0].startswith("Whole.")


@pytest.mark.long
def test_the_report_of_an_audit_with_unjudged_rows_is_told_to_be_marked_as_a_draft(desk: Desk, tmp_path: Path) -> None:
    said(desk, "import", ELEVATORS)
    told = said(desk, "export", "S2-2026-0118", "--out", tmp_path / "report.xlsx")
    assert told[1] == "the audit is not finalised; the report is marked as a draft"


@pytest.mark.long
def test_the_auditor_signs_while_finalising(desk: Desk, tmp_path: Path) -> None:
    key = Proofs(desk.library).make_key("周明", PASSPHRASE)
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    assert f"signed with the key {key.text}" in said(desk, "finalise", NUMBER, "--sign", file)
    (whole, *_) = said(desk, "check")
    assert "signatures: 1" in whole


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("finalise", "S2-2026-0118"), "assessment: 6 indicators are unjudged"),
        (("finalise", "nowhere"), "audit: "),
        (("finalise", NUMBER, "--sign", "{pass}"), "signing-key.json: there is no signing key on this computer yet"),
        (("finalise", NUMBER, "--sign", "{nothing}"), "nothing: "),
        (("reopen", NUMBER, "--reason", "why"), f"{NUMBER}: the audit is not finalised and can be edited"),
        (("reopen", NUMBER), "main.py: "),
        (("finalise",), "main.py: "),
    ],
)
def test_what_cannot_be_sealed_is_refused_in_one_sentence_and_nothing_is_written(
    desk: Desk, tmp_path: Path, arguments: tuple[str, ...], problem: str
) -> None:
    said(desk, "import", ELEVATORS)
    (tmp_path / "pass").write_text(PASSPHRASE, "utf-8")
    before = tables(desk.library)
    places = {"{pass}": tmp_path / "pass", "{nothing}": tmp_path / "nothing"}
    code, told = desk.refused(*(places.get(argument, argument) for argument in arguments))
    assert code == 2
    assert problem in told
    assert tables(desk.library) == before


@pytest.mark.long
def test_a_wrong_passphrase_finalises_nothing(desk: Desk, tmp_path: Path) -> None:
    Proofs(desk.library).make_key("周明", PASSPHRASE)
    file = tmp_path / "passphrase"
    file.write_text("something else", "utf-8")
    code, told = desk.refused("finalise", NUMBER, "--sign", file)
    assert (code, told.startswith(f"{file}: ")) == (2, True)
    assert not finalised(desk)


def test_an_audit_is_finalised_once_and_reopened_with_words_only(desk: Desk) -> None:
    said(desk, "finalise", NUMBER)
    before = tables(desk.library)
    code, told = desk.refused("finalise", NUMBER)
    assert (code, "finalised" in told, "nothing was written" in told) == (2, True, True)
    assert desk.refused("reopen", NUMBER, "--reason", "  ")[0] == 2
    assert tables(desk.library) == before


@pytest.mark.long
def test_a_damaged_library_is_salvaged_into_a_new_folder_and_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    said(desk, "import", ELEVATORS)
    file, target = desk.library / FILE_NAME, tmp_path / "新资料库"
    content = bytearray(file.read_bytes())
    content[:100] = bytes(100)
    file.write_bytes(content)
    assert desk.refused("list")[0] == 3
    first, *rest = said(desk, "salvage", desk.library, "--to", target)
    assert first == "Audits salvaged: 2"
    assert str(target) in rest[-1]
    assert file.read_bytes() == bytes(content)
    assert (target / "salvage-report.txt").is_file()
    desk.library = target
    assert len(said(desk, "list")) == 2
    assert said(desk, "check")[0].startswith("Whole.")


def test_what_cannot_be_salvaged_is_told_and_makes_no_folder(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    target = tmp_path / "new"
    assert desk.refused("salvage", tmp_path / "empty", "--to", target)[0] == 2
    assert desk.refused("salvage", desk.library, "--to", tmp_path / "empty")[0] == 2
    assert desk.refused("salvage", desk.library, "--to", tmp_path / "not" / "there")[0] == 3
    there = list(desk.library.rglob("*"))
    (tmp_path / "way").symlink_to(desk.library)
    for within in (desk.library, desk.library / "new", tmp_path / "way" / "new", desk.library / "x" / ".." / "new"):
        code, told = desk.refused("salvage", desk.library, "--to", within)
        assert (code, "name a folder outside" in told) == (2, True)
    assert list(desk.library.rglob("*")) == there
    (tmp_path / "empty" / FILE_NAME).write_bytes(bytes(10_000))
    code, output, problem = desk.run("salvage", tmp_path / "empty", "--to", target)
    assert (code, problem) == (1, "")
    assert output.startswith("Nothing could be salvaged")
    assert not target.exists()
    assert not list(tmp_path.glob(".*"))


def test_a_library_that_a_window_has_open_is_not_salvaged(desk: Desk, tmp_path: Path) -> None:
    window = QLockFile(str(desk.library / "window.lock"))
    assert window.tryLock(0)
    try:
        code, told = desk.refused("salvage", desk.library, "--to", tmp_path / "new")
    finally:
        window.unlock()
    assert (code, "open in a window" in told) == (3, True)


@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_US.UTF-8"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, command: str
) -> None:
    monkeypatch.setenv("LANG", language)
    assert cli.main([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.isascii() == language.startswith("en")
    assert "--" in text
