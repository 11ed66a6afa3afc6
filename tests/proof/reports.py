"""Reports to check: the sample as it is written, with keys that cost little, and changed in every way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from auditor_app.exchange.standards import default_standard, shipped_standard
from auditor_app.proof import stamp
from auditor_app.proof.keys import KeyFile, PublicKey, new_key
from auditor_app.proof.signing import Signer
from auditor_app.proof.verify import Answer, verify
from auditor_app.workbooks.reading import read_book
from tests.report.audits import MADE_ON, sample
from tests.report.read import report_bytes
from tests.workbooks.opening import load_workbook

AUDITOR, PASSPHRASE = "李工", "四个词 连在一起 就是 口令"


@cache
def bare(name: str = "pump-maker") -> bytes:
    """Return a report without a manifest."""
    return report_bytes(sample(name))


@cache
def report(name: str = "pump-maker") -> bytes:
    """Return a report with its manifest, unsigned."""
    return stamped(bare(name))


def stamped(content: bytes, signer: Signer | None = None, day: date | None = None) -> bytes:
    """Return a workbook with the manifest of what it says."""
    return packed(stamp.stamped(parts_of(content), read_book(content), signer, day))


@cache
def key(name: str) -> KeyFile:
    """Return the key of somebody."""
    return new_key(name, PASSPHRASE)


@cache
def signed() -> bytes:
    """Return the report signed by its auditor."""
    return stamped(bare(), Signer(key(AUDITOR), PASSPHRASE), MADE_ON)


def checked(content: bytes, public: PublicKey | None = None) -> Answer:
    """Check a report as the program does."""
    return verify(content, shipped_standard, default_standard(), public)


def edited(content: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """Return a workbook as openpyxl saves it after an edit; results of formulas stay away."""
    book = load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a workbook."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return target.getvalue()


def patched(content: bytes, part: str, pattern: bytes, replacement: bytes) -> bytes:
    """Return a workbook with the first match in one part replaced; there must be one."""
    parts = parts_of(content)
    parts[part], count = re.subn(pattern, replacement, parts[part], count=1)
    assert count == 1
    return packed(parts)


def part_of(content: bytes, title: str) -> str:
    """Return the part of a sheet."""
    parts = parts_of(content)
    book = parts["xl/workbook.xml"].decode()
    relation = re.search(f'name="{title}"[^>]* r:id="([^"]+)"', book)
    assert relation
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    entry = next(found for found in re.findall("<Relationship [^>]*>", relations) if f'Id="{relation[1]}"' in found)
    target = re.search('Target="/?([^"]+)"', entry)
    assert target
    return target[1]
