"""A report that LibreOffice saved again, from results it trusts or calculated anew, says what it said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from auditor_app import files
from auditor_app.proof.signing import Signer
from auditor_app.proof.verify import Signed
from auditor_app.report.snapshot import BOTH
from tests.proof.reports import AUDITOR, PASSPHRASE, checked, key, stamped
from tests.report.audits import in_language, sample
from tests.report.office import recalculated, soffice
from tests.report.photographed import photographed
from tests.report.read import report_bytes

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder, signer = tmp_path_factory.mktemp("reports"), Signer(key(AUDITOR), PASSPHRASE)
    made = {name: sample(name) for name in ("pump-maker", "elevator-service")}
    made |= {language: in_language(made["pump-maker"], language) for language in ("en", BOTH)}
    library = tmp_path_factory.mktemp("library")
    made["photos"] = files.report_snapshot(*photographed(library), "zh", library)
    for name, snapshot in made.items():
        (folder / f"{name}.xlsx").write_bytes(stamped(report_bytes(snapshot), signer))
    return sorted(folder.iterdir())


def assert_whole(path: Path) -> None:
    answer = checked(path.read_bytes(), key(AUDITOR).public)
    assert answer.changes == ()
    assert answer.rescored is not None
    assert answer.rescored.disagreements == ()
    assert (answer.signed, answer.is_yes) == (Signed.BY_KEY, True)


def test_reports_are_whole_in_either_language_and_in_both(reports: list[Path]) -> None:
    for path in reports:
        assert_whole(path)


def test_reports_that_libreoffice_saved_are_whole_and_signed(reports: list[Path], tmp_path: Path) -> None:
    profile, done = (tmp_path / "profile").as_uri(), tmp_path / "done"
    command = [soffice(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(done), *map(str, reports)], check=True, capture_output=True, timeout=300)
    for path in reports:
        assert_whole(done / path.name)


def test_reports_that_libreoffice_calculated_anew_are_whole_and_signed(reports: list[Path], tmp_path: Path) -> None:
    for path in recalculated(reports, tmp_path):
        assert_whole(path)
