"""The commands do the auditor's job without a window, and say in one sentence what keeps them from it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from auditor_app import cli
from auditor_app.exchange.audit_file import decode
from auditor_app.exchange.standards import shipped_standard
from auditor_app.models.catalogue import RESOURCES
from auditor_app.models.ids import AuditId, new_id
from auditor_app.storage.evidence_store import EvidenceStore
from auditor_app.storage.library import FILE_NAME, Library
from main import opens_window
from tests.pictures.photos import camera_exif
from tests.report.photographed import placed_in
from tests.storage.spoiling import past_the_program

ROOT = RESOURCES.parent
PUMP_MAKER = RESOURCES / "samples" / "pump-maker.json"
ELEVATORS = RESOURCES / "samples" / "elevator-service.json"
FAULT = 4
ID = "0198b2f0-7c1e-7a63-9d41-5d0f3c2b9a10"
NUMBER = "R0-2026-0031"


def speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands speak English, wherever the tests run."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands of these tests speak English."""
    speak_english(monkeypatch)


class Desk:
    """A library of its own, and the commands with what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.library = folder / "library"
        self._capsys = capsys

    @classmethod
    def with_an_audit(cls, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
        """Give the commands a library with one audit, and let them speak English."""
        speak_english(monkeypatch)
        desk = cls(folder, capsys)
        assert desk.run("import", PUMP_MAKER)[0] == 0
        return desk

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Return exit code, output and the problem told."""
        code = cli.main([*map(str, arguments), "--data", str(self.library)])
        return code, *self._capsys.readouterr()

    def refused(self, *arguments: object) -> tuple[int, str]:
        """Return exit code and sentence of a command that must fail, having printed nothing but one line."""
        code, output, problem = self.run(*arguments)
        assert output == ""
        assert problem.endswith("\n")
        assert problem.count("\n") == 1
        return code, problem[:-1]

    def file(self, **changes: object) -> Path:
        """Return a copy of the pump maker's file with other values."""
        path = self.folder / "changed.json"
        path.write_text(json.dumps(json.loads(PUMP_MAKER.read_bytes()) | changes), encoding="utf-8")
        return path

    def answer(self, file: Path) -> dict[str, Any]:
        """Return what `score` prints about a file."""
        code, output, _ = self.run("score", file)
        assert code == 0
        result: dict[str, Any] = json.loads(output)
        return result


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give an auditor's desk with an empty library."""
    return Desk(tmp_path, capsys)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_score_prints_one_json_object(desk: Desk) -> None:
    code, output, problem = desk.run("score", PUMP_MAKER)
    assert (code, problem) == (0, "")
    assert json.loads(output) == {
        "score": "98.06",
        "exact": "4805/49",
        "level": "five_star",
        "lower": "98.06",
        "upper": "98.06",
        "earned": "961/10",
        "applicable": "98",
        "special_deductions": 1,
        "bonus": 1,
        "judged": 44,
        "total": 44,
        "reachable": ["five_star"],
        "chapters": {
            "5.1": {"earned": "791/20", "applicable": "40"},
            "5.2": {"earned": "32", "applicable": "33"},
            "5.3": {"earned": "491/20", "applicable": "25"},
        },
    }


def test_the_keys_of_a_score_stand_in_the_order_of_the_format(desk: Desk) -> None:
    assert list(desk.answer(PUMP_MAKER)) == [
        *("score", "exact", "level", "lower", "upper", "earned", "applicable", "special_deductions"),
        *("bonus", "judged", "total", "reachable", "chapters"),
    ]


def test_score_never_touches_the_library(desk: Desk) -> None:
    desk.answer(PUMP_MAKER)
    assert not desk.library.exists()


def test_an_audit_not_judged_yet_has_a_range_but_no_score(desk: Desk) -> None:
    answer = desk.answer(desk.file(assessments=[], special_deductions=[], bonus=[]))
    assert (answer["score"], answer["exact"], answer["level"]) == (None, None, None)
    assert (answer["lower"], answer["upper"]) == ("0.00", "100.00")
    assert answer["reachable"] == ["fail", "pass", "three_star", "four_star", "five_star"]
    assert (answer["earned"], answer["applicable"], answer["judged"]) == ("0", "0", 0)


def test_five_special_deductions_fail_whatever_is_still_open(desk: Desk) -> None:
    answer = desk.answer(ELEVATORS)
    assert (answer["score"], answer["level"], answer["reachable"]) == (None, "fail", ["fail"])


def test_an_audit_with_everything_deleted_says_that_nothing_is_applicable(desk: Desk) -> None:
    clauses = [row["clause"] for row in json.loads(PUMP_MAKER.read_bytes())["assessments"]]
    deleted = [{"clause": clause, "verdict": "deleted", "reason": "不适用"} for clause in clauses]
    answer = desk.answer(desk.file(assessments=deleted))
    assert answer["problem"] == "nothing_applicable"
    assert [answer[key] for key in ("score", "exact", "level", "lower", "upper")] == [None] * 5
    assert (answer["reachable"], answer["judged"]) == ([], 44)


def test_an_audit_goes_into_the_library_and_out_again_unchanged(desk: Desk) -> None:
    first, second = desk.folder / "first.json", desk.folder / "second.json"
    assert desk.run("import", PUMP_MAKER) == (0, f"imported {NUMBER} ({ID})\n", "")
    assert desk.run("dump", NUMBER, "--out", first) == (0, f"wrote {first}\n", "")
    assert desk.run("import", first)[0] == 0
    assert desk.run("dump", ID, "--out", second)[0] == 0
    assert first.read_bytes() == second.read_bytes()
    assert desk.answer(first) == desk.answer(PUMP_MAKER)


def test_list_has_a_line_for_every_audit(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    desk.run("import", ELEVATORS)
    lines = [line.split("\t") for line in desk.run("list")[1].splitlines()]
    assert [len(line) for line in lines] == [6, 6]
    name = json.loads(PUMP_MAKER.read_bytes())["company"]["name"]
    assert [NUMBER, name, "Initial", "98.06", "Five stars", ID] in lines
    assert ["63.35-76.62", "Fail"] in [line[3:5] for line in lines]


def test_a_library_as_the_program_wrote_it_is_whole(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    desk.run("import", ELEVATORS)
    code, text, _ = desk.run("check")
    assert (code, text.splitlines()[0][:17]) == (cli.DONE, "Whole. Audits: 2,")
    assert desk.run("check", NUMBER)[1].startswith("Whole. Audits: 1, ")
    assert desk.refused("check", "R9")[0] == cli.BAD_INPUT


def test_what_was_changed_past_the_program_is_named(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    desk.run("import", ELEVATORS)
    with past_the_program(desk.library / FILE_NAME) as connection:
        connection.execute("UPDATE assessment SET verdict = 'met' WHERE row_id = '5.1.2.2' AND audit_id <> ?", (ID,))
        connection.execute("UPDATE company SET contact_phone = '1' WHERE audit_id <> ?", (ID,))
    code, text, problem = desk.run("check")
    assert (code, problem) == (cli.NO, "")
    assert 'Changed past the history: Auditee Contact phone; it says "1"' in text
    assert desk.run("check", NUMBER)[0] == cli.DONE


def test_importing_the_same_audit_again_changes_nothing(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    before = content(desk.library)
    code, output, _ = desk.run("import", PUMP_MAKER)
    assert code == 0
    assert "already in the library" in output
    assert content(desk.library) == before


def test_an_audit_the_library_has_with_other_content_is_refused(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    before = content(desk.library)
    code, sentence = desk.refused("import", desk.file(bonus=[]))
    assert code == cli.BAD_INPUT
    assert sentence.startswith("id: ")
    assert NUMBER in sentence
    assert content(desk.library) == before


def test_a_refused_audit_is_told_by_its_number_in_the_library(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    audit = json.loads(PUMP_MAKER.read_bytes())["audit"] | {"number": "another"}
    _, sentence = desk.refused("import", desk.file(audit=audit))
    assert NUMBER in sentence
    assert "another" not in sentence


@pytest.mark.parametrize("command", [["list"], ["dump", NUMBER, "--out"], ["export", NUMBER, "--out"]])
def test_a_command_that_only_reads_makes_no_library(desk: Desk, command: list[str]) -> None:
    out = desk.folder / "out.xlsx"
    code, sentence = desk.refused(*command, *([out] if command[-1] == "--out" else []))
    assert code == cli.ENVIRONMENT
    assert str(desk.library) in sentence
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["report.docx", "report.xls", "report", "report.xlsx.txt"])
def test_a_report_that_no_program_would_open_by_its_name_is_refused(desk: Desk, name: str) -> None:
    out = desk.folder / name
    assert desk.refused("export", PUMP_MAKER, "--out", out) == (
        cli.BAD_INPUT,
        f"{out}: the report is an Excel file or a PDF; give it a name that ends in .xlsx or .pdf",
    )
    assert not out.exists()


@pytest.mark.long
def test_a_library_of_many_audits_is_listed_whole(desk: Desk) -> None:
    standard, audit = decode(PUMP_MAKER.read_bytes(), shipped_standard)[:2]
    with closing(Library(desk.library, "")) as library:
        for _ in range(201):
            library.add(replace(audit, id=AuditId(new_id())), standard)
    assert len(desk.run("list")[1].splitlines()) == 201


def test_a_file_that_is_refused_leaves_the_library_as_it_was(desk: Desk) -> None:
    desk.run("import", ELEVATORS)
    before = content(desk.library)
    code, sentence = desk.refused("import", desk.file(bonus=[{"reason": ""}]))
    assert (code, sentence) == (2, "bonus[0].reason: a bonus needs a reason")
    assert content(desk.library) == before


def test_a_refused_file_does_not_even_make_a_library(desk: Desk) -> None:
    desk.refused("import", desk.file(version=9))
    assert not desk.library.exists()


def test_an_unknown_field_is_named_by_its_path(desk: Desk) -> None:
    rows = [{"clause": "5.1.1.1"}] * 3 + [{"clause": "5.1.4.1", "verdct": "met"}]
    assert desk.refused("score", desk.file(assessments=rows)) == (2, "assessments[3].verdct: unknown field")


@pytest.mark.parametrize("command", ["score", "import"])
def test_a_file_that_cannot_be_read_is_named(desk: Desk, command: str) -> None:
    missing = desk.folder / "missing.json"
    assert desk.refused(command, missing) == (2, f"{missing}: there is no such file")
    assert desk.refused(command, desk.folder) == (2, f"{desk.folder}: this is a folder, not a file")


def test_a_file_that_is_no_audit_file_is_named(desk: Desk) -> None:
    path = desk.folder / "note.txt"
    path.write_text("hello", encoding="utf-8")
    assert desk.refused("score", path) == (2, f"{path}: this is not JSON (line 1, column 1)")


def test_an_audit_that_is_not_there_is_asked_for_in_vain(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    out = desk.folder / "out.xlsx"
    assert desk.refused("dump", "R9", "--out", out) == (2, 'audit: the library holds no audit "R9"')
    code, sentence = desk.refused("export", "R9", "--out", out)
    assert (code, sentence.split(":")[0]) == (2, "R9")
    assert not out.exists()


def test_a_missing_folder_is_a_problem_of_the_environment(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    out = desk.folder / "missing" / "out.xlsx"
    for command in ("dump", "export"):
        code, sentence = desk.refused(command, NUMBER, "--out", out)
        assert code == cli.ENVIRONMENT
        assert str(out.parent) in sentence
    assert not out.parent.exists()


def test_a_damaged_library_is_a_problem_of_the_environment(desk: Desk) -> None:
    desk.library.mkdir()
    (desk.library / "library.db").write_bytes(b"no database" * 1000)
    before = content(desk.library)
    assert desk.refused("list")[0] == cli.ENVIRONMENT
    assert content(desk.library) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["print"],
        ["score"],
        ["score", "a", "b"],
        ["dump", "R0"],
        ["export", "R0"],
        ["export", "R0", "--out", "x.xlsx", "--lang", "fr"],
        ["list", "--da", "x"],
        ["--bogus"],
        ["list", "--data"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_in_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == cli.BAD_INPUT
    output, problem = capsys.readouterr()
    assert output == ""
    assert problem.startswith("main.py: ")
    assert problem.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["score", "--help"], ["--version"]])
def test_help_and_version_are_answers(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 0
    output, problem = capsys.readouterr()
    assert output
    assert problem == ""


def test_help_names_every_command_and_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--help"])
    output = " ".join(capsys.readouterr().out.split())
    assert "Without a command the window opens" in output
    for command in ("demo", "score", "export", "import", "dump", "list"):
        assert f" {command} " in output


def test_the_folder_of_the_library_may_stand_before_the_command(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.run("import", PUMP_MAKER)
    assert cli.main(["--data", str(desk.library), "list"]) == 0
    assert ID in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
    ],
)
def test_problems_are_told_in_the_language_of_the_shell(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    sentence = desk.refused("score", desk.folder / "missing.json")[1]
    assert ("没有这个文件" in sentence) == (language == "zh")


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--sample"], True),
        (["--data", "list"], True),
        (["--data=x", "--lang", "zh", "--sample"], True),
        (["list"], False),
        (["--data", "x", "list"], False),
        (["--help"], False),
        (["--version"], False),
        (["nonsense"], False),
        (["--nonsense"], False),
    ],
)
def test_the_window_opens_only_without_a_command(arguments: list[str], window: bool) -> None:
    assert opens_window(arguments) == window


def started(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as its own process."""
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    environment = {"PYTHONWARNINGS": "error", "LC_ALL": "C"} | environment
    return subprocess.run(command, env=os.environ | environment, capture_output=True, timeout=60)


@pytest.mark.long
def test_the_program_answers_as_its_own_process() -> None:
    ended = started("score", PUMP_MAKER)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["level"] == "five_star"


@pytest.mark.long
def test_output_is_utf8_whatever_the_console_speaks(tmp_path: Path) -> None:
    assert started("import", PUMP_MAKER, "--data", tmp_path, PYTHONIOENCODING="ascii").returncode == 0
    ended = started("list", "--data", tmp_path, PYTHONIOENCODING="gbk")
    assert "台州示例泵业有限公司" in ended.stdout.decode()
    refused = started("score", tmp_path / "没有.json", PYTHONIOENCODING="ascii")
    assert refused.returncode == cli.BAD_INPUT
    assert "没有.json" in refused.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_the_output_is_told() -> None:
    command = [sys.executable, str(ROOT / "main.py"), "score", str(PUMP_MAKER)]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert ended.returncode == cli.ENVIRONMENT
    assert ended.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "arguments", [["score", str(PUMP_MAKER)], ["--help"], ["import", str(PUMP_MAKER), "--data", "{folder}"]]
)
def test_commands_load_neither_qt_nor_excel(tmp_path: Path, arguments: list[str]) -> None:
    arguments = [argument.format(folder=tmp_path) for argument in arguments]
    check = (
        "import sys, main\n"
        f"assert main.main({arguments!r}) == 0\n"
        "assert not {'PySide6', 'shiboken6', 'openpyxl', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True, capture_output=True, timeout=60)


@pytest.mark.long
def test_export_writes_the_report_of_a_file_or_of_the_library(desk: Desk) -> None:
    desk.run("import", PUMP_MAKER)
    told = "the audit is not finalised; the report says so\n"
    for name, audit, more in (("file.xlsx", PUMP_MAKER, ""), ("number.xlsx", NUMBER, told), ("id.xlsx", ID, told)):
        out = desk.folder / name
        assert desk.run("export", audit, "--out", out, "--lang", "en") == (0, f"wrote {out}\n{more}", "")
        assert out.read_bytes().startswith(b"PK")


@pytest.mark.long
def test_export_writes_both_languages_into_one_report(desk: Desk) -> None:
    out = desk.folder / "both.xlsx"
    assert desk.run("export", PUMP_MAKER, "--out", out, "--lang", "both") == (0, f"wrote {out}\n", "")
    assert "评分表 Scoring sheet" in openpyxl.load_workbook(out, read_only=True).sheetnames


@pytest.mark.long
def test_the_demo_does_the_whole_job_and_does_it_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "demo"
    for _ in range(2):
        assert cli.main(["demo", "--out", str(out)]) == 0
        output, problem = capsys.readouterr()
        assert problem == ""
        assert "98.06" in output
        assert "Five stars" in output
        assert str(out / "report.xlsx") in output
    assert (out / "report.xlsx").read_bytes().startswith(b"PK")
    assert (out / "library" / "library.db").exists()


def test_what_dump_writes_is_an_audit_file(desk: Desk) -> None:
    desk.run("import", ELEVATORS)
    out = desk.folder / "电梯.json"
    desk.run("dump", "S2-2026-0118", "--out", out)
    assert decode(out.read_bytes(), shipped_standard)[1].info.number == "S2-2026-0118"


def photo() -> bytes:
    """Return a photo that says where it was taken."""
    file = BytesIO()
    Image.new("RGB", (800, 600), "navy").save(file, "JPEG", exif=camera_exif(6))
    return file.getvalue()


def with_photo(desk: Desk, number: str) -> Path:
    """Import an audit with a photo of which only the small picture is in the file, and return that file."""
    content = photo()
    key = sha256(content).hexdigest()
    evidence = {"subject_kind": "indicator", "subject": "5.1.1.1", "sha256": key, "media_type": "image/jpeg"}
    small = {"sha256": key, "jpeg": base64.b64encode(content).decode()}
    name = {**json.loads(PUMP_MAKER.read_bytes())["audit"], "number": number}
    path = desk.file(audit=name, evidence=[evidence], thumbnails=[small])
    assert desk.run("import", path)[0] == 0
    return path


def evidence_list(report: Path) -> tuple[int, list[object]]:
    """Return the number of pictures in a report, and the row of its first piece of evidence."""
    sheet = openpyxl.load_workbook(report)["证据清单"]
    return len(placed_in(sheet)), [cell.value for cell in sheet[5]]


def test_a_photo_goes_from_laptop_to_laptop_as_a_small_picture(desk: Desk) -> None:
    with_photo(desk, "R9")
    dumped = desk.folder / "dumped.json"
    assert desk.run("dump", "R9", "--out", dumped)[0] == 0
    (small,) = json.loads(dumped.read_bytes())["thumbnails"]
    assert b"Exif" not in base64.b64decode(small["jpeg"])
    before = content(desk.library)
    assert desk.run("import", dumped)[0] == 0
    assert desk.run("dump", "R9", "--out", desk.folder / "again.json")[0] == 0
    assert (desk.folder / "again.json").read_bytes() == dumped.read_bytes()
    assert content(desk.library) == before


@pytest.mark.long
def test_export_of_a_bare_file_shows_its_small_pictures_without_any_library(desk: Desk) -> None:
    path = with_photo(desk, "R9")
    shutil.rmtree(desk.library)
    assert desk.run("export", path, "--out", desk.folder / "report.xlsx")[0] == 0
    assert not desk.library.exists()
    pictures, row = evidence_list(desk.folder / "report.xlsx")
    assert (pictures, row[1]) == (1, None)


@pytest.mark.long
def test_export_from_the_library_says_where_a_photo_was_taken_only_when_asked(desk: Desk) -> None:
    with_photo(desk, "R9")
    report = desk.folder / "report.xlsx"
    desk.run("export", "R9", "--out", report)
    assert evidence_list(report)[1][1] == "缩略图，本机没有原件"
    EvidenceStore(desk.library).add_bytes(photo())
    desk.run("export", "R9", "--out", report)
    assert evidence_list(report)[1][1] is None
    assert "39.9" not in str(evidence_list(report)[1])
    desk.run("export", "R9", "--out", report, "--with-locations")
    assert evidence_list(report)[1][7] == "39.90556, 116.39139"


def test_a_fault_of_the_program_is_no_answer_and_tells_nothing_of_the_audit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("台州示例泵业有限公司")

    monkeypatch.setattr(cli, "score_audit", fail)
    assert cli.main(["score", str(PUMP_MAKER)]) == FAULT
    said = capsys.readouterr()
    assert said.out == ""
    assert "KeyError" in said.err
    assert "auditor_app/cli.py:" in said.err
    assert "泵业" not in said.err
