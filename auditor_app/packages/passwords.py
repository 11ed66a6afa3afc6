"""Passwords: which can be typed everywhere, and the workbook that asks for one."""

from __future__ import annotations

from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile

from auditor_app.packages.problems import PackageProblem

SHORTEST, LONGEST = 8, 128


def check_password(password: str) -> None:
    """Raise `PackageProblem` for a password that is short, or that not every program and keyboard takes the same way.

    Programs differ in how they read letters other than those of ASCII from a zip, and so would not open it.
    """
    if not all(" " < character <= "~" for character in password):
        raise PackageProblem("password", "password_not_plain")
    if not SHORTEST <= len(password) <= LONGEST:
        raise PackageProblem("password", "password_length", least=SHORTEST, most=LONGEST)


def locked_workbook(workbook: bytes, password: str) -> bytes:
    """Return a finished workbook so that it opens with the password only: agile encryption, AES with 256 bits.

    Raises `PackageProblem` as `check_password` does.
    """
    check_password(password)
    locked = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()
