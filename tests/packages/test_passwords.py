"""A workbook with a password opens with that only, in the programs people have."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError

from auditor_app import files
from auditor_app.models.errors import ValidationError
from auditor_app.packages.passwords import check_password
from tests.workbooks.opening import load_workbook

PASSWORD = "Kiefern-Zapfen-9"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of the sample with a password."""
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    files.write_report(*files.read_audit(files.SAMPLE), "zh", path, password=PASSWORD)
    return path


@pytest.mark.long
def test_a_report_with_a_password_opens_with_that_only(locked: Path) -> None:
    with locked.open("rb") as file:
        workbook = msoffcrypto.OfficeFile(file)
        assert workbook.is_encrypted()
        workbook.load_key(password=PASSWORD, verify_password=True)
        opened = BytesIO()
        workbook.decrypt(opened)
        assert "评分表" in load_workbook(opened).sheetnames
        with pytest.raises(InvalidKeyError):
            workbook.load_key(password=PASSWORD.lower(), verify_password=True)


def test_it_is_locked_by_aes_with_256_bits(locked: Path) -> None:
    content = locked.read_bytes()
    assert b'cipherAlgorithm="AES"' in content
    assert b'keyBits="256"' in content
    assert b"xl/workbook.xml" not in content


@pytest.mark.parametrize("password", ["1234567", "密码密码密码密码", "eight\tchars", "x" * 129])
def test_a_password_that_cannot_be_typed_everywhere_leaves_the_old_report(tmp_path: Path, password: str) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"last year")
    with pytest.raises(ValidationError):
        files.write_report(*files.read_audit(files.SAMPLE), "zh", path, password=password)
    assert path.read_bytes() == b"last year"


def test_a_password_of_letters_digits_and_signs_is_fit() -> None:
    check_password("aB3$~!%8")
