"""What a file of this program is that was taken for another: known by its content, within bounds, and never trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from auditor_app.models.errors import AuditorError, ValidationError

# Workbooks and packages are imported where they are needed, so that nothing else waits for them.

_HEAD = 4096
"""Bytes in which a file says what it is, where it is no zip."""
_SQLITE, _ZIP = b"SQLite format 3\0", b"PK\x03\x04"
_APPLICATION_ID = slice(68, 72)
_AUDIT = re.compile(rb'\A(\xef\xbb\xbf)?\s*\{[^{}]*?"format"\s*:\s*"auditor-workbench\.audit"')
_WORKBOOK = "xl/workbook.xml"
_TEXTS = ("xl/sharedstrings", "xl/worksheets/")
# Whatever foreign bytes make the reader of zips raise.
_BROKEN = (BadZipFile, OSError, RuntimeError, ValueError, LookupError, NotImplementedError, OverflowError)


class FileKind(StrEnum):
    """The kinds of files that this program writes."""

    REPORT = "report"
    REPLY = "reply"
    APPLICATION = "application"
    PACKAGE = "package"
    BUNDLE = "bundle"
    LIBRARY = "library"
    AUDIT = "audit"


class OtherFile(ValidationError):
    """A file of this program that belongs elsewhere; its code is a `FileKind`, and the words say where."""

    section = "other_file"


def other_file(path: Path, wanted: FileKind) -> OtherFile | None:
    """Return what to say of a file that was refused as one of the wanted kind; None for what is none of ours."""
    kind = kind_of(path)
    return None if kind is None or kind is wanted else OtherFile(str(path), kind.value)


def kind_of(path: Path) -> FileKind | None:
    """Return which of our kinds a file is, None for anything else and for what cannot be read."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(_ZIP):
                return _kind_of_zip(file)
    except (AuditorError, *_BROKEN):
        return None
    if head.startswith(_SQLITE):
        return FileKind.LIBRARY if _is_ours(head) else None
    return FileKind.AUDIT if _AUDIT.match(head) else None


def _is_ours(head: bytes) -> bool:
    from auditor_app.storage.connection import APPLICATION_ID

    return int.from_bytes(head[_APPLICATION_ID], "big") == APPLICATION_ID


def _kind_of_zip(file: BinaryIO) -> FileKind | None:
    from auditor_app.packages.manifest import AUDIT, MANIFEST
    from auditor_app.packages.opening import checked_length
    from auditor_app.workbooks.container import OF_REPORTS

    length = checked_length(file)
    with ZipFile(file) as archive:
        names = set(archive.namelist())
    if _WORKBOOK in names:
        file.seek(0)
        return _kind_of_workbook(file.read(OF_REPORTS.file)) if length <= OF_REPORTS.file else None
    if {MANIFEST, AUDIT} <= names:
        return FileKind.PACKAGE
    return FileKind.BUNDLE if {"index.html", "index.csv"} <= names else None


def _kind_of_workbook(content: bytes) -> FileKind | None:
    """Return what a workbook of ours is: a report has names for its cells, a form the mark of its tables."""
    from auditor_app.replies.identity import MARK, Part
    from auditor_app.report.names import MADE_ON, RECALCULATION, REPORT_LANGUAGE
    from auditor_app.workbooks.container import Container

    parts = Container(content)
    book, of_reports = parts.read(_WORKBOOK), (MADE_ON, REPORT_LANGUAGE, RECALCULATION)
    if all(re.search(rb"""name=["']%b["']""" % name.encode(), book) for name in of_reports):
        return FileKind.REPORT
    mark = re.compile(rb'%b\{(?:"|&quot;)part(?:"|&quot;):(?:"|&quot;)([a-z]+)' % re.escape(MARK.encode()))
    kinds: Mapping[str, FileKind] = {
        part.value: FileKind.REPLY if part is Part.REPLIES else FileKind.APPLICATION for part in Part
    }
    for name in parts:
        found = mark.search(parts.read(name)) if name.lower().startswith(_TEXTS) else None
        if found is not None:
            return kinds.get(found[1].decode())
    return None
