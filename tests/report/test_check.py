"""A report that is not whole is not delivered, and where it is wrong is said."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from auditor_app import files
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.report import check as checking
from auditor_app.report.check import ReportRefused, check_packed
from auditor_app.report.snapshot import ReportSnapshot, snapshot
from auditor_app.workbooks.reading import read_book
from tests.builders import shipped_standard, with_rows
from tests.report.audits import MADE_ON, in_language, sample, worked_cases
from tests.report.read import report_bytes
from tests.report.test_hostile_text import HOSTILE, audit_that_says

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def made() -> ReportSnapshot:
    return sample("pump-maker")


@pytest.fixture(scope="module")
def report(made: ReportSnapshot) -> bytes:
    return report_bytes(made)


def check(report: bytes, made: ReportSnapshot) -> None:
    checking.check(read_book(report), parts_of(report), made)


def parts_of(report: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(report)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def part_of(parts: Parts, title: str) -> str:
    """Return the part of a sheet; the sheets are numbered in their order."""
    names = re.findall(r'<sheet [^>]*name="([^"]+)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_a_report_that_is_whole_is_delivered(language: str) -> None:
    made = in_language(sample("pump-maker"), language)
    check(report_bytes(made), made)


@pytest.mark.long
def test_whatever_the_score_a_whole_report_is_delivered() -> None:
    for audit, _, _ in worked_cases().values():
        made = snapshot(shipped_standard(), audit, "en", MADE_ON)
        check(report_bytes(made), made)


@pytest.mark.long
@pytest.mark.parametrize("text", HOSTILE[::3])
def test_whatever_people_typed_a_whole_report_is_delivered(text: str) -> None:
    made = snapshot(shipped_standard(), audit_that_says(text), "zh", MADE_ON)
    check(report_bytes(made), made)


def without_a_text(parts: Parts) -> None:
    name = "xl/sharedStrings.xml"
    said = "公示网点".encode()
    assert said in parts[name]
    parts[name] = parts[name].replace(said, b"")


def with_another_verdict(parts: Parts) -> None:
    name = part_of(parts, "评分表")
    cells = re.findall(rb'<c r="E\d+"[^>]*t="s"[^>]*><v>(\d+)</v></c>', parts[name])
    first, other = cells[1], next(cell for cell in cells[2:] if cell != cells[1])
    parts[name] = re.sub(
        rb'(<c r="E\d+"[^>]*t="s"[^>]*><v>)%b(</v>)' % first, rb"\g<1>%b\2" % other, parts[name], count=1
    )


def with_other_points(parts: Parts) -> None:
    name = part_of(parts, "评分表")
    parts[name], times = re.subn(
        rb'(<c r="H\d+"[^>]*><f>[^<]*</f><v>)3(?:\.0)?(</v>)', rb"\g<1>2\2", parts[name], count=1
    )
    assert times


def with_an_error(parts: Parts) -> None:
    name = part_of(parts, "评分汇总")
    parts[name], times = re.subn(
        rb'<c r="(\w+)"([^>]*)><f>([^<]*)</f><v>[\d.]+</v></c>',
        rb'<c r="\1"\2 t="e"><f>\3</f><v>#DIV/0!</v></c>',
        parts[name],
        count=1,
    )
    assert times


def without_a_value(parts: Parts) -> None:
    name = part_of(parts, "评分汇总")
    parts[name], times = re.subn(rb"(<f>[^<]*</f>)<v>[\d.]+</v>", rb"\1", parts[name], count=1)
    assert times


def under_another_title(parts: Parts) -> None:
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="签署页"'.encode(), 'name="其他"'.encode())


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (without_a_text, "text_missing"),
        (with_another_verdict, "not_as_scored"),
        (with_other_points, "not_as_scored"),
        (with_an_error, "error_cell"),
        (without_a_value, "formula_without_value"),
        (under_another_title, "sheet_missing"),
    ],
)
def test_a_report_that_is_not_what_was_audited_is_refused_and_the_place_named(
    made: ReportSnapshot, report: bytes, damage: Callable[[Parts], None], code: str
) -> None:
    parts = parts_of(report)
    damage(parts)
    with pytest.raises(ReportRefused) as refused:
        check(packed(parts), made)
    assert refused.value.code == code
    for language in ("zh", "en"):
        assert Catalogue.load(language).error(refused.value)


def test_a_picture_that_is_not_in_the_report_is_missed(made: ReportSnapshot, report: bytes) -> None:
    row_id = next(iter(made.audit.of(Kind.FINDING)))
    with pytest.raises(ReportRefused) as refused:
        check(report, replace(made, pictures={row_id: b""}))
    assert refused.value.code == "pictures_missing"


@pytest.mark.long
def test_what_is_refused_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"the report of yesterday")
    standard, audit = files.read_audit(files.SAMPLE)
    monkeypatch.setattr(checking, "LONGEST_TITLE", 1)
    with pytest.raises(ReportRefused):
        files.write_report(standard, audit, "zh", target)
    assert target.read_bytes() == b"the report of yesterday"
    assert [found.name for found in tmp_path.iterdir()] == ["report.xlsx"]


@pytest.mark.long
def test_a_name_as_long_as_a_book_holds_up_no_report() -> None:
    made = snapshot(shipped_standard(), replace_name(sample("pump-maker").audit, "长" * 40_000), "zh", MADE_ON)
    check(report_bytes(made), made)


def replace_name(audit: Audit, name: str) -> Audit:
    return with_rows(audit, (Kind.COMPANY, only_row(Kind.COMPANY), replace(audit.company, name=name)))


def with_a_part_that_broke(parts: Parts) -> None:
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"1", b"2", 1)


def with_a_part_too_many(parts: Parts) -> None:
    parts["xl/worksheets/other.xml"] = b"<worksheet/>"


@pytest.mark.parametrize("damage", [with_a_part_that_broke, with_a_part_too_many])
def test_a_file_that_is_not_what_was_checked_is_refused(report: bytes, damage: Callable[[Parts], None]) -> None:
    parts, book = parts_of(report), read_book(report)
    check_packed(report, parts, book)
    spoiled = dict(parts)
    damage(spoiled)
    with pytest.raises(ReportRefused) as refused:
        check_packed(packed(spoiled), parts, book)
    assert refused.value.code == "not_as_written"
    for language in ("zh", "en"):
        assert Catalogue.load(language).error(refused.value)


@pytest.mark.parametrize(
    ("old", "new"), [(b'state="hidden"', b'state="visible"'), (b"$H$", b"$I$"), ("封面".encode(), "底面".encode())]
)
def test_sheets_and_names_that_are_not_those_that_were_checked_are_refused(
    report: bytes, old: bytes, new: bytes
) -> None:
    parts, book = parts_of(report), read_book(report)
    assert old in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, new, 1)
    with pytest.raises(ReportRefused) as refused:
        check_packed(packed(parts), parts, book)
    assert refused.value.code == "not_as_written"
