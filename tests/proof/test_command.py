"""The body checks a report with one command, and the exit code is the answer."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import msoffcrypto
import pytest

from auditor_app import cli
from auditor_app.models.catalogue import RESOURCES
from tests.proof.reports import AUDITOR, bare, edited, key, report, signed

pytestmark = pytest.mark.long

CELL = ("评分表", "E7")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


class Body:
    """What somebody at the certification body types, and reads."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder = folder
        self._capsys = capsys

    def check(self, content: bytes, *arguments: str) -> tuple[int, str, str]:
        """Return exit code, answer and problem for a report."""
        path = self._folder / "report.xlsx"
        path.write_bytes(content)
        code = cli.main(["verify", str(path), *arguments])
        return code, *self._capsys.readouterr()


@pytest.fixture
def body(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Body:
    return Body(tmp_path, capsys)


def test_a_whole_report_is_answered_by_0_and_a_changed_one_by_1_with_the_cell(body: Body) -> None:
    code, said, problem = body.check(report())
    assert (code, problem) == (0, "")
    assert "Whole and unchanged" in said
    assert "98.06, Five stars" in said
    code, said, problem = body.check(edited(report(), lambda book: book[CELL[0]].__setitem__(CELL[1], "不符合")))
    assert (code, problem) == (1, "")
    assert " ".join(CELL) + "\tchanged, now: 不符合" in said


def test_the_three_answers_about_a_key_are_different(body: Body, tmp_path: Path) -> None:
    ours = key(AUDITOR).public.text
    file = tmp_path / "key.txt"
    file.write_text(f"{ours}\n", "utf-8")
    assert body.check(signed(), "--key", ours)[0] == 0
    assert body.check(signed(), "--key", str(file))[0] == 0
    changed = edited(signed(), lambda book: book[CELL[0]].__setitem__(CELL[1], "x"))
    answers = [
        body.check(signed(), "--key", key("王工").public.text),
        body.check(report(), "--key", ours),
        body.check(changed, "--key", ours),
    ]
    assert [code for code, _, _ in answers] == [1, 1, 1]
    assert len({said.splitlines()[1] for _, said, _ in answers}) == 3


def test_a_workbook_without_a_proof_is_answered_by_1(body: Body) -> None:
    code, said, _ = body.check(bare())
    assert code == 1
    assert "Nothing in this workbook proves" in said


def test_bad_input_and_wrong_use_are_answered_by_2_in_one_sentence(body: Body, tmp_path: Path) -> None:
    locked = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(report())).encrypt("secret", locked)
    for content, arguments, words in (
        (b"hello", (), "no Excel workbook"),
        (report()[:20_000], (), "too early"),
        (locked.getvalue(), (), "password"),
        (report(), ("--key", "nonsense"), "no public key"),
        (report(), ("--key", str(tmp_path / "missing.txt")), "no public key"),
    ):
        code, said, problem = body.check(content, *arguments)
        assert (code, said) == (2, "")
        assert words in problem
        assert problem.count("\n") == 1
    assert cli.main(["verify", str(tmp_path / "missing.xlsx")]) == 2
    assert cli.main(["verify", str(tmp_path)]) == 2
    assert cli.main(["verify"]) == 2


def test_the_report_of_the_demo_proves_itself(tmp_path: Path) -> None:
    main = str(RESOURCES.parent / "main.py")
    subprocess.run([sys.executable, main, "demo", "--out", str(tmp_path)], check=True, capture_output=True)
    answer = subprocess.run(
        [sys.executable, main, "verify", str(tmp_path / "report.xlsx")], check=False, capture_output=True, text=True
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(answer.stdout.splitlines()) == 4
