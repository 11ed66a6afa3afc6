"""A body checks a report it was sent, and is told whether it says what it said, and where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from auditor_app.models.catalogue import Catalogue
from auditor_app.models.enums import Level
from auditor_app.proof.manifest import manifest_of
from auditor_app.proof.stamp import TITLE
from auditor_app.proof.telling import MOST_CHANGES, changes, heading, sentences
from auditor_app.proof.verify import Change, ChangeKind, Content, Signed
from auditor_app.report.names import LEVEL, SCORE, SPECIAL_DEDUCTIONS, name_of
from auditor_app.workbooks.book import Book
from auditor_app.workbooks.masks import masks
from auditor_app.workbooks.reading import read_book
from tests.proof.reports import (
    AUDITOR,
    bare,
    checked,
    edited,
    key,
    packed,
    part_of,
    parts_of,
    patched,
    report,
    signed,
    stamped,
)

WORDS = Catalogue.load("zh", "proof")
SHEET = "评分表"


def place(name: str) -> tuple[str, str]:
    found = read_book(report()).place(name)
    assert found
    return found


def seen(content: bytes) -> set[tuple[str, str, str]]:
    return {(change.kind, change.sheet, change.cell) for change in checked(content).changes}


@pytest.mark.long
def test_a_report_as_it_was_sent_is_whole_and_its_score_follows_from_the_verdicts() -> None:
    answer = checked(report())
    assert (answer.content, answer.changes, answer.is_yes) == (Content.WHOLE, (), True)
    assert answer.rescored is not None
    assert answer.rescored.by_pack
    assert answer.rescored.result.level is Level.FIVE_STAR
    assert "98.06" in "".join(sentences(answer, WORDS))


@pytest.mark.long
def test_every_sample_is_whole() -> None:
    assert checked(report("elevator-service")).is_yes


@pytest.mark.long
@pytest.mark.parametrize("name", [name_of("verdict", "5.1.1.1"), SCORE, LEVEL, "company_name"])
def test_a_cell_changed_in_the_file_is_named_with_what_it_says_now(name: str) -> None:
    title, cell = place(name)
    part = part_of(report(), title)
    pattern = rb'<c r="%b"([^>]*?)(?: t="\w+")?>(?:<f>[^<]*</f>)?<v>[^<]*</v></c>' % cell.encode()
    new = rb'<c r="%b"\1 t="str"><v>changed</v></c>' % cell.encode()
    changed = patched(report(), part, pattern, new)
    answer = checked(changed)
    assert answer.content is Content.CHANGED
    assert Change(ChangeKind.CELL_CHANGED, title, cell, "changed") in answer.changes
    assert not answer.is_yes


@pytest.mark.long
def test_cells_changed_filled_and_emptied_in_a_spreadsheet_are_told_apart() -> None:
    title, verdict = place(name_of("verdict", "5.1.1.1"))

    def edit(book: Workbook) -> None:
        book[title][verdict] = "不符合"
        book[title]["Z99"] = 7
        book[title]["A1"] = None

    found = seen(edited(report(), edit))
    assert {
        (ChangeKind.CELL_CHANGED, title, verdict),
        (ChangeKind.CELL_ADDED, title, "Z99"),
        (ChangeKind.CELL_EMPTIED, title, "A1"),
    } <= found


@pytest.mark.long
def test_what_somebody_typed_is_named_before_the_results_that_follow_from_it() -> None:
    title, verdict = place(name_of("verdict", "5.1.1.1"))
    part, row = part_of(report(), title), verdict[1:]
    # A result in a row above, as the spreadsheet calculates it anew.
    changed = patched(report(), part, rb"(<f>[^<]*</f><v>)[^<]*</v>", rb"\g<1>1</v>")
    changed = patched(
        changed, part, rb'<c r="E%b"([^>]*?) t="\w+"><v>[^<]*<' % row.encode(), rb'<c r="E%b"\1><v>9<' % row.encode()
    )
    kinds = [change.kind for change in checked(changed).changes]
    assert kinds == [ChangeKind.CELL_CHANGED, ChangeKind.RESULT_CHANGED]


@pytest.mark.long
def test_two_cells_that_changed_places_are_both_named() -> None:
    def swap(book: Workbook) -> None:
        sheet = book[SHEET]
        sheet["B7"].value, sheet["B8"].value = sheet["B8"].value, sheet["B7"].value

    found = seen(edited(report(), swap))
    assert {(ChangeKind.CELL_CHANGED, SHEET, "B7"), (ChangeKind.CELL_CHANGED, SHEET, "B8")} <= found


def test_a_formula_that_shows_the_old_result_but_calculates_another_is_named() -> None:
    title, cell = place(SCORE)
    part = part_of(report(), title)
    pattern = rb'(<c r="%b"[^>]*>)<f>[^<]*</f>' % cell.encode()
    assert seen(patched(report(), part, pattern, rb"\1<f>99.5</f>")) == {(ChangeKind.RESULT_CHANGED, title, cell)}


@pytest.mark.long
@pytest.mark.parametrize(
    ("edit", "kind", "sheet"),
    [
        (lambda book: book.remove(book["证据清单"]), ChangeKind.SHEET_MISSING, "证据清单"),
        (lambda book: book.create_sheet("说明"), ChangeKind.SHEET_ADDED, "说明"),
        (lambda book: setattr(book["封面"], "title", "首页"), ChangeKind.SHEET_ADDED, "首页"),
        (lambda book: setattr(book["封面"], "sheet_state", "hidden"), ChangeKind.SHEET_HIDDEN, "封面"),
        (lambda book: setattr(book["辅助"], "sheet_state", "visible"), ChangeKind.SHEET_SHOWN, "辅助"),
        (lambda book: book.move_sheet("封面", 2), ChangeKind.SHEETS_MOVED, ""),
    ],
)
def test_a_sheet_removed_added_renamed_hidden_shown_or_moved_is_named(
    edit: Callable[[Workbook], object], kind: ChangeKind, sheet: str
) -> None:
    assert (kind, sheet, "") in seen(edited(report(), edit))


def test_a_name_that_leads_elsewhere_is_named() -> None:
    pattern = rb'(<definedName name="score">[^<]*?)(\d+)<'
    answer = checked(patched(report(), "xl/workbook.xml", pattern, rb"\g<1>1<"))
    assert (ChangeKind.NAME_CHANGED, "score") in {(change.kind, change.value) for change in answer.changes}


def test_a_name_of_one_sheet_cannot_stand_before_that_of_the_workbook() -> None:
    new = rb'<definedNames><definedName name="score" localSheetId="0">1</definedName>'
    answer = checked(patched(report(), "xl/workbook.xml", b"<definedNames>", new))
    assert answer.changes == (Change(ChangeKind.NAME_CHANGED, value="score"),)


def test_rows_hidden_and_columns_widened_say_nothing_else_and_are_no_change() -> None:
    part = part_of(report(), SHEET)
    assert checked(patched(report(), part, rb'<row r="7"', rb'<row r="7" hidden="1"')).is_yes


@pytest.mark.long
def test_what_differs_by_the_noise_of_calculation_is_no_change() -> None:
    part = part_of(report(), SHEET)
    assert checked(patched(report(), part, rb"<v>39\.55</v>", rb"<v>39.55000000000001</v>")).is_yes
    assert not checked(patched(report(), part, rb"<v>39\.55</v>", rb"<v>39.550001</v>")).is_yes


@pytest.mark.long
def test_a_workbook_without_a_manifest_and_one_with_a_damaged_one_prove_nothing() -> None:
    assert checked(bare()).content is Content.NO_MANIFEST
    assert not checked(bare()).is_yes
    proof = part_of(report(), TITLE)
    for pattern, new in ((rb"sha256 \w{9}", b"sha256 x"), (rb"sheet shown", b"sheet sideways"), (rb"name score", b"")):
        answer = checked(patched(report(), proof, pattern, new))
        assert answer.content is Content.MANIFEST_DAMAGED
        assert not answer.is_yes


def test_a_fingerprint_that_was_made_to_fit_does_not_fit_the_whole() -> None:
    proof = part_of(report(), TITLE)
    assert seen(patched(report(), proof, rb"sha256 \w", b"sha256 0")) <= {(ChangeKind.SOMEWHERE, "", "")}


def test_a_manifest_that_is_not_told_from_the_workbook_is_not_made_twice() -> None:
    with pytest.raises(ValueError, match="already"):
        stamped(report())


def test_the_proof_is_on_a_sheet_that_nobody_sees() -> None:
    book = parts_of(report())["xl/workbook.xml"].decode()
    assert re.search(f'<sheet [^>]*name="{TITLE}"[^>]*state="veryHidden"', book)


@pytest.mark.long
def test_a_score_that_does_not_follow_from_the_verdicts_is_not_whole_though_the_manifest_fits() -> None:
    title, cell = place(SCORE)
    pattern = rb'(<c r="%b"[^>]*><f>[^<]*</f><v>)[^<]*' % cell.encode()
    forged = patched(bare(), part_of(bare(), title), pattern, rb"\g<1>99.5")
    answer = checked(stamped(forged))
    assert (answer.content, answer.is_yes) == (Content.WHOLE, False)
    assert "99.5" in "".join(sentences(answer, WORDS))
    assert "98.06" in "".join(sentences(answer, WORDS))
    assert heading(answer, WORDS) != heading(checked(report()), WORDS)


@pytest.mark.long
def test_weights_that_are_not_those_of_the_pack_are_named() -> None:
    title, cell = place(name_of("points", "5.1.1.1"))
    pattern = rb'(<c r="%b"[^>]*><v>)[^<]*' % cell.encode()
    answer = checked(stamped(patched(bare(), part_of(bare(), title), pattern, rb"\g<1>33")))
    assert answer.rescored is not None
    assert (title, cell) in {(found.sheet, found.cell) for found in answer.rescored.disagreements}


@pytest.mark.long
def test_a_level_lost_by_deductions_is_worked_out_again() -> None:
    title, cell = place(SPECIAL_DEDUCTIONS)
    pattern = rb'(<c r="%b"[^>]*><f>[^<]*</f><v>)[^<]*' % cell.encode()
    answer = checked(stamped(patched(bare(), part_of(bare(), title), pattern, rb"\g<1>9")))
    assert answer.rescored is not None
    assert answer.rescored.result.level is Level.FAIL
    assert not answer.score_agrees


@pytest.mark.long
def test_the_weights_of_a_pack_that_is_not_known_come_from_the_cells() -> None:
    title, cell = place("pack_id")
    pattern = rb'<c r="%b"([^>]*?) t="s"><v>[^<]*</v>' % cell.encode()
    new = rb'<c r="%b"\1 t="str"><v>another-pack</v>' % cell.encode()
    answer = checked(stamped(patched(bare(), part_of(bare(), title), pattern, new)))
    assert answer.rescored is not None
    assert not answer.rescored.by_pack
    assert answer.is_yes


@pytest.mark.long
def test_three_answers_to_a_key_and_one_to_none() -> None:
    ours, other = key(AUDITOR).public, key("王工").public
    assert checked(signed(), ours).signed is Signed.BY_KEY
    assert checked(signed(), ours).is_yes
    assert checked(signed()).signed is Signed.UNKNOWN_KEY
    assert checked(signed(), other).signed is Signed.OTHER_KEY
    assert checked(report(), ours).signed is Signed.KEY_UNSIGNED
    for answer in (checked(signed(), other), checked(report(), ours)):
        assert not answer.is_yes
        assert answer.content is Content.WHOLE
    told = {
        sentences(checked(content, public), WORDS, public)[0]
        for content, public in (
            (signed(), ours),
            (signed(), other),
            (report(), ours),
            (signed(), None),
            (report(), None),
        )
    }
    assert len(told) == 5


@pytest.mark.long
def test_a_signed_report_that_was_changed_says_that_the_signature_is_of_what_was_before() -> None:
    changed = edited(signed(), lambda book: book[SHEET].__setitem__("B7", "x"))
    answer = checked(changed, key(AUDITOR).public)
    assert (answer.content, answer.signed, answer.is_yes) == (Content.CHANGED, Signed.BY_KEY, False)
    assert WORDS.text("proof", "signed_before") in sentences(answer, WORDS, key(AUDITOR).public)


@pytest.mark.long
def test_renewing_the_proof_after_a_change_breaks_the_signature() -> None:
    proof = part_of(signed(), TITLE)
    parts = parts_of(signed())
    without = packed({name: part for name, part in parts.items() if name != proof} | {proof: parts[proof]})
    forged = patched(without, part_of(without, SHEET), rb"<v>39\.55</v>", rb"<v>39.99</v>")
    book = read_book(forged)
    plain = Book(book.sheets[:-1], book.names, book.local_names, book.starts_1904)
    forged = patched(forged, proof, rb"sha256 \w{64}", f"sha256 {manifest_of(plain).digest}".encode())
    assert checked(forged, key(AUDITOR).public).signed is Signed.BROKEN


@pytest.mark.parametrize("line", [rb'signer "[^"]*"', rb"signed 2026", rb"key auditor-key-\w", rb"signature \S{8}"])
def test_a_signature_altered_anywhere_does_not_hold(line: bytes) -> None:
    other = {b"signer": b'"x"', b"signed": b"2025", b"key": b"_", b"signature": b"________"}
    new = line.split()[0] + b" " + other[line.split()[0]]
    assert checked(patched(signed(), part_of(signed(), TITLE), line, new), key(AUDITOR).public).signed is Signed.BROKEN


@pytest.mark.long
def test_very_many_changes_are_counted_and_not_all_told() -> None:
    def fill(book: Workbook) -> None:
        for row in range(1, MOST_CHANGES + 200):
            book[SHEET].cell(row + 500, 1, row)

    answer = checked(edited(report(), fill))
    assert len(changes(answer, WORDS)) == MOST_CHANGES + 1
    assert str(len(answer.changes)) in heading(answer, WORDS)


@pytest.mark.long
def test_a_number_format_that_shows_another_score_is_named() -> None:
    title, cell = place(SCORE)
    answer = checked(edited(report(), lambda book: setattr(book[title][cell], "number_format", '"99.99"')))
    assert (ChangeKind.CELL_MASKED, title, cell) in {(c.kind, c.sheet, c.cell) for c in answer.changes}


@pytest.mark.parametrize(
    ("code", "is_mask"),
    [
        ("General", False),
        ("0.00", False),
        ('yyyy"年"m"月"d"日"', False),
        ("yyyy\\-mm\\-dd;@", False),
        ('[Red]0.0_ ;[$¥-804]#,##0.00;"–"', False),
        ("# ?/8", False),
        ("0.00E+00", False),
        ('[<1000]0" B";[<999950]0.0," KB";0.0,," MB"', False),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", False),
        ('"95.00"', True),
        ("\\9\\5", True),
        ("95", True),
        (';;;"五星级"', True),
        ("[$95.00-804]", True),
        ('"95.00', True),
        ('0" KB95"', True),
    ],
)
def test_formats_that_only_shape_a_value_are_no_masks(code: str, is_mask: bool) -> None:
    assert masks(code) is is_mask


def test_a_conditional_format_that_shows_something_else_is_noticed() -> None:
    new = rb'<numFmt numFmtId="900" formatCode="&quot;99.99&quot;"/>'
    changed = patched(report(), "xl/styles.xml", rb'<numFmt numFmtId="\d+" formatCode="0\.0" ?/>(?=\s*</dxf>)', new)
    assert seen(changed) == {(ChangeKind.FORMAT_MASKS, "", "")}
