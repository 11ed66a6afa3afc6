"""Files that are no workbook, or worse: a clear sentence, no crash, nothing taken."""

from __future__ import annotations

import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import msoffcrypto
import pytest

from auditor_app.models.catalogue import Catalogue
from auditor_app.replies.guard import LARGEST_FILE, MOST_PARTS
from auditor_app.replies.problems import ReplyProblem
from tests import fuzzing
from tests.replies import fuzz
from tests.replies.workbooks import FIRST, application_in, application_out, audited, reply_in, reply_out, rewritten

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = b'<!DOCTYPE a SYSTEM "file:///etc/passwd">'


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def encrypted(data: bytes) -> bytes:
    file, target = msoffcrypto.OfficeFile(BytesIO(data)), BytesIO()
    file.encrypt("secret", target)
    return target.getvalue()


def in_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return rewritten(data, lambda name, content: change(content) if name in (SHEET, TEXTS) else content)


def with_rows_of(cell: bytes) -> Callable[[bytes], bytes]:
    """Return how a sheet gets 60,000 cells more."""
    rows = b"".join(b"<row>%b</row>" % (cell * 10_000) for _ in range(6))
    return lambda content: content.replace(b"<sheetData>", b"<sheetData>" + rows)


def bomb(data: bytes) -> bytes:
    """Return a workbook whose sheet unpacks to 40 MB."""
    return in_sheet(data, lambda content: content.replace(b"</sheetData>", b"</sheetData>" + b" " * (40 * 2**20)))


def lying_bomb(data: bytes) -> bytes:
    """Return such a workbook whose list of parts says that it is small."""
    packed = bytearray(bomb(data))
    place = packed.rindex(SHEET.encode()) - 46
    packed[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(packed)


REFUSED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "nothing": ("empty", lambda data: b""),
    "a text": ("not_a_workbook", lambda data: "整改已完成".encode()),
    "a page of the web": ("not_a_workbook", lambda data: b"<html><table><tr><td>1</td></tr></table></html>"),
    "an old workbook": ("old_excel", lambda data: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600),
    "a workbook with a password": ("encrypted", encrypted),
    "half a workbook": ("damaged", lambda data: data[: len(data) // 2]),
    "a zip of something else": ("not_a_workbook", lambda data: zipped({"a.txt": b"a"})),
    "an empty zip": ("not_a_workbook", lambda data: zipped({})),
    "a document of a word processor": (
        "not_a_workbook",
        lambda data: rewritten(data, lambda name, content: None if name.startswith("xl/work") else content),
    ),
    "a binary workbook": (
        "binary_excel",
        lambda data: rewritten(data, lambda name, content: content.replace(b"workbook.xml", b"workbook.bin")),
    ),
    "entities": ("damaged", lambda data: in_sheet(data, lambda content: DOCTYPE + content)),
    "another file drawn in": ("damaged", lambda data: in_sheet(data, lambda content: EXTERNAL + content)),
    "XML that ends early": ("damaged", lambda data: in_sheet(data, lambda content: content[:-40])),
    "elements without end": (
        "damaged",
        lambda data: in_sheet(data, lambda content: content.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 9_000)),
    ),
    "a bomb": ("too_large_inside", bomb),
    "a bomb that looks small": ("damaged", lying_bomb),
    "a file without end": ("too_large", lambda data: b"PK" + b"\0" * LARGEST_FILE),
    "parts without number": (
        "too_large_inside",
        lambda data: zipped({f"{n}": b"" for n in range(MOST_PARTS + 1)}, zipfile.ZIP_STORED),
    ),
    "cells without number": ("too_large_inside", lambda data: in_sheet(data, with_rows_of(b"<c><v>1</v></c>"))),
    "elements without number": ("too_large_inside", lambda data: in_sheet(data, with_rows_of(b"<a/>" * 20))),
    "merged cells without number": (
        "too_large_inside",
        lambda data: in_sheet(
            data,
            lambda content: content.replace(b"</mergeCells>", b'<mergeCell ref="A1:B2"/>' * 3_000 + b"</mergeCells>"),
        ),
    ),
    "a cell outside every sheet": (
        "damaged",
        lambda data: in_sheet(data, lambda content: content.replace(b'<c r="A1"', b'<c r="ZZZ9999999"', 1)),
    ),
    "a method of packing nobody uses": (
        "damaged",
        lambda data: zipped(fuzz._parts(data), zipfile.ZIP_LZMA),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str) -> None:
    code, make = REFUSED[name]
    audit = audited()
    spoilt = make(reply_out(audit))
    started = time.perf_counter()
    with pytest.raises(ReplyProblem) as caught:
        reply_in(audit, spoilt)
    assert (caught.value.code, time.perf_counter() - started < 20) == (code, True)
    for language in ("zh", "en"):
        assert Catalogue.load(language, "replies").error(caught.value)


@pytest.mark.parametrize("name", ["a text", "a workbook with a password", "half a workbook", "entities"])
def test_an_application_is_refused_in_the_same_way(name: str) -> None:
    code, make = REFUSED[name]
    audit = audited()
    with pytest.raises(ReplyProblem) as caught:
        application_in(audit, make(application_out(audit)))
    assert caught.value.code == code


def test_a_workbook_that_stands_in_for_the_other_is_refused() -> None:
    audit = audited()
    with pytest.raises(ReplyProblem) as caught:
        reply_in(audit, application_out(audit))
    assert caught.value.code == "not_replies"
    with pytest.raises(ReplyProblem) as caught:
        application_in(audit, reply_out(audit))
    assert caught.value.code == "not_application"


def test_a_workbook_of_a_newer_program_is_refused_and_a_spoiled_mark_too() -> None:
    audit = audited()
    for old, new, code in (
        (b"version&quot;:1", b"version&quot;:2", "newer"),
        (b'version":1', b'version":2', "newer"),
        (b'"filled":true', b'"filled":7', "damaged"),
        (b'"part":"replies"', b'"part":["replies"]', "damaged"),
    ):
        data = reply_out(audit)
        if not any(old in content for content in fuzz._parts(data).values()):
            continue
        with pytest.raises(ReplyProblem) as caught:
            reply_in(audit, in_sheet(data, lambda content, old=old, new=new: content.replace(old, new)))  # type: ignore[misc]
        assert caught.value.code == code


def test_what_is_merged_over_the_whole_sheet_costs_nothing() -> None:
    audit = audited()
    data = in_sheet(
        reply_out(audit),
        lambda content: content.replace(b"</mergeCells>", b'<mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    assert reply_in(audit, data).lines == ()


@pytest.mark.long
def test_parts_nobody_asks_for_are_never_unpacked() -> None:
    audit = audited()
    data = BytesIO(reply_out(audit))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (100 * 2**20))
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert reply_in(audit, data.getvalue()).lines == ()
    assert FIRST in audit.rows["finding"]  # type: ignore[index]


@pytest.mark.long
def test_spoiled_workbooks_are_read_or_refused() -> None:
    tallies = fuzzing.run(fuzz.cases, 40, seed=7)
    assert [tally.ways.total() for tally in tallies.values()] == [40, 40]
    assert all(len(tally.ways) > 1 for tally in tallies.values())
