"""What stands in single cells of a filled form: numbers, dates and texts as they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.forms.filling import filled
from auditor_app.forms.problems import FormProblem
from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.changes import Change, ChangeSet, apply
from auditor_app.models.forms import Choice
from auditor_app.models.progress import Cancelled
from tests.forms.body_form import body_form, changed
from tests.forms.filling import fields, fill, filled_sheet, form_of, form_with, opened, parts, sample, sheet_of

LONGEST = 32_767


def with_name(name: str) -> Audit:
    """Return the sample audit of a company with another name."""
    audit = sample()[1]
    row = only_row(Kind.COMPANY)
    return apply(audit, ChangeSet(audit.id, (Change(Kind.COMPANY, row, "name", audit.company.name, name),)))


def named(name: str, text: str = "{{company.name}}") -> Worksheet:
    """Return a form that asks for the name, filled in for a company of this name."""
    return filled_sheet({"A1": text}, fields(with_name(name)))


def test_a_number_alone_in_its_cell_is_a_number_and_within_a_text_it_is_text() -> None:
    sheet = filled_sheet({"A1": "{{company.employees}}", "A2": "共 {{company.employees}} 人", "A3": "{{score}}"})
    assert sheet["A1"].value == sample()[1].company.employees
    assert sheet["A2"].value == f"共 {sample()[1].company.employees} 人"
    assert isinstance(sheet["A3"].value, float)


def test_a_cell_of_text_gets_text() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "{{company.employees}}", "{{audit.starts}}"
        sheet["A1"].number_format = sheet["A2"].number_format = "@"

    sheet = sheet_of(fill(form_of(build))[0])
    assert [sheet["A1"].value, sheet["A2"].value] == [str(sample()[1].company.employees), "2026-03-02"]


def test_a_date_keeps_the_format_of_the_form_or_gets_one() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"] = sheet["A2"] = sheet["A3"] = "{{audit.starts}}"
        sheet["A1"].number_format = 'yyyy"年"m"月"d"日"'

    sheet = sheet_of(fill(form_of(build))[0])
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == [datetime(2026, 3, 2)] * 3
    assert sheet["A1"].number_format == 'yyyy"年"m"月"d"日"'
    assert sheet["A2"].number_format == sheet["A3"].number_format == "yyyy\\-mm\\-dd"


def test_several_placeholders_share_a_cell_in_either_width_of_brace() -> None:
    sheet = filled_sheet({"A1": "｛｛ 企业名称 ｝｝ / {{AUDIT.NUMBER}} / {{audit_number}} / {{none}}"})
    _, audit = sample()
    assert sheet["A1"].value == f"{audit.company.name} / {audit.info.number} / {audit.info.number} / "


def test_pieces_of_a_text_keep_their_looks() -> None:
    def build(sheet: Worksheet) -> None:
        red = InlineFont(b=True)
        sheet["A1"] = CellRichText("等级 ", TextBlock(red, "{{lev"), TextBlock(red, "el}}"), "。")

    made = fill(form_of(build))[0]
    cell = opened(made, rich_text=True)["表"]["A1"]
    assert str(cell.value) == "等级 五星级。"
    assert isinstance(cell.value, CellRichText)
    blocks = [piece for piece in cell.value if isinstance(piece, TextBlock)]
    assert [(block.text, block.font.b) for block in blocks if block.text] == [("五星级", True)]


@pytest.mark.parametrize("name", ["=1+1", "+86 576", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A"])
def test_what_looks_like_a_formula_stays_text(name: str) -> None:
    cell = named(name)["A1"]
    assert (cell.value, cell.data_type) == (name, "s")
    # Also when somebody edits the cell.
    assert bool(cell.style and cell.quotePrefix) == (name[0] in "=+-@")


def test_texts_of_other_programs_arrive_clean() -> None:
    assert named("泵业\x00\x0b厂\ud800\ufffe")["A1"].value == "泵业\n厂"
    assert named("_x0041_公司")["A1"].value == "_x0041_公司"
    assert named("_x0041_公司", "致 {{company.name}}")["A1"].value == "致 _x0041_公司"
    assert named("  <b>&amp;</b>  ")["A1"].value == "  <b>&amp;</b>  "


def test_a_text_longer_than_a_cell_is_cut_and_said_to_be() -> None:
    made, done = fill(
        form_with({"A1": "{{company.name}}", "B1": "名称 {{company.name}}"}), fields(with_name("长" * 40_000))
    )
    sheet = sheet_of(made)
    assert [len(str(sheet[cell].value)) for cell in ("A1", "B1")] == [LONGEST, LONGEST]
    assert done.cut == ("表!A1", "表!B1")


def test_characters_that_count_twice_are_cut_where_spreadsheets_cut() -> None:
    text = str(named("𠮷" * 20_000)["A1"].value)
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST


def test_a_value_that_is_a_placeholder_itself_is_not_filled_again() -> None:
    assert named("{{audit.number}}")["A1"].value == "{{audit.number}}"


def test_boxes_are_ticked_by_the_word_or_by_what_is_stored() -> None:
    sheet = filled_sheet({"A1": "{{audit.kind=initial}} {{audit.kind=监督审核}} {{company.kinds=manufacturer}}"})
    assert sheet["A1"].value == "☑ □ ☑"


def test_one_row_of_a_list_is_named_by_its_key_or_number() -> None:
    cells = {
        "A1": "{{documents[D1].title}}",
        "A2": "{{indicators[5.1.1.1].verdict}}",
        "A3": "{{team[1].name}}",
        "A4": "{{team[99].name}}",
        "A5": "{{chapters[9].earned}}",
        "A6": "{{conditions[rules].judgement=met}}",
    }
    sheet = filled_sheet(cells)
    _, audit = sample()
    values = [sheet[f"A{row}"].value for row in range(1, 7)]
    assert values == ["认证申请书（含服务活动描述）", "符合", audit.team[0].name, None, None, "☑"]


def test_what_was_decided_by_hand_goes_before_the_name() -> None:
    choices = {
        "score": Choice(text="见附件"),
        "level": Choice(),
        "法人": Choice(field="company.legal_representative"),
        "old": Choice(field="gone.field"),
    }
    sheet = filled_sheet({"A1": "{{score}}", "A2": "{{level}}", "A3": "{{法人}}", "A4": "{{old}}"}, choices=choices)
    values = [sheet[f"A{row}"].value for row in range(1, 5)]
    assert values == ["见附件", None, sample()[1].company.legal_representative, None]


def test_words_are_english_in_an_english_form() -> None:
    sheet = filled_sheet({"A1": "{{level}}", "A2": "{{Company name}}", "A3": "{{企业名称}}"}, fields(language="en"))
    name = sample()[1].company.name
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == ["Five stars", name, name]


def test_a_row_grows_where_its_text_would_be_cut_off_and_never_shrinks() -> None:
    def build(sheet: Worksheet) -> None:
        for row, height in ((1, 20), (2, 300)):
            sheet[f"A{row}"] = "{{company.name}}"
            sheet[f"A{row}"].alignment = Alignment(wrap_text=True)
            sheet.row_dimensions[row].height = height

    sheet = sheet_of(fill(form_of(build), fields(with_name("很长的名称" * 12)))[0])
    assert (sheet.row_dimensions[1].height or 0) > 100
    assert sheet.row_dimensions[2].height == 300


def test_headers_hold_signs_and_figures_as_they_are_and_no_more_than_fits() -> None:
    def build(sheet: Worksheet) -> None:
        assert sheet.oddHeader is not None
        sheet.oddHeader.left.text = "{{company.name}}"
        sheet.oddHeader.left.size = 12
        sheet["A1"] = "x"

    header = parts(fill(form_of(build), fields(with_name("3M & Co")))[0])["xl/worksheets/sheet1.xml"].decode()
    assert "&amp;12 3M &amp;&amp; Co" in header.replace('&amp;"Calibri,Regular"', "")
    _, done = fill(form_of(build), fields(with_name("&" * 400)))
    assert done.cut == ("表",)


def test_a_template_becomes_a_workbook_and_a_signature_goes() -> None:
    def spoil(content: dict[str, bytes]) -> None:
        types = content["[Content_Types].xml"]
        content["[Content_Types].xml"] = types.replace(b"sheet.main+xml", b"template.main+xml")
        content["_xmlsignatures/sig1.xml"] = b"<Signature/>"

    made = parts(fill(changed(form_with({"A1": "{{level}}"}), spoil))[0])
    assert b"template" not in made["[Content_Types].xml"]
    assert "_xmlsignatures/sig1.xml" not in made


def test_filling_can_be_cancelled() -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        filled(body_form(), fields(), {}, BytesIO(), stop)


def test_a_cell_that_only_has_a_name_is_filled_even_if_nothing_was_stored_of_it() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"] = "x"
        assert sheet.parent is not None
        for name, place in (("company_name", "$C$40"), ("score", "$A$1"), ("ours", "$D$5")):
            sheet.parent.defined_names[name] = DefinedName(name, attr_text=f"'表'!{place}")

    sheet = sheet_of(fill(form_of(build), choices={"ours": Choice(text="好")})[0])
    assert sheet["C40"].value == sample()[1].company.name
    assert isinstance(sheet["A1"].value, float)
    assert sheet["D5"].value == "好"


def test_what_stands_in_a_cell_with_a_name_is_kept_when_the_name_is_left_empty() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "评分", "{{who}}"
        assert sheet.parent is not None
        sheet.parent.defined_names["score"] = DefinedName("score", attr_text="'表'!$A$1")

    made, done = fill(form_of(build), choices={"score": Choice()})
    assert sheet_of(made)["A1"].value == "评分"
    # Nor does a placeholder that nobody knows count as filled.
    assert done.places == 0


def test_an_empty_audit_leaves_empty_cells_and_one_row_of_each_list() -> None:
    _, audit = sample()
    rows = {kind: ({} if kind is Kind.FINDING else found) for kind, found in audit.rows.items()}
    sheet = filled_sheet({"A1": "{{findings[].facts}}", "A2": "{{findings.count}}"}, fields(replace(audit, rows=rows)))
    assert (sheet["A1"].value, sheet["A2"].value) == (None, 0)


def test_more_rows_than_a_sheet_has_are_refused_before_anything_is_written() -> None:
    def build(sheet: Worksheet) -> None:
        sheet["A1"] = "{{indicators[].title}}"
        sheet["A1048576"] = "x"

    with pytest.raises(FormProblem) as problem:
        fill(form_of(build))
    assert problem.value.code == "too_many_rows"


def test_dates_before_spreadsheets_agree_on_them_are_text() -> None:
    audit = sample()[1]
    row = only_row(Kind.AUDIT)
    change = Change(Kind.AUDIT, row, "starts", audit.info.starts, date(1899, 5, 1))
    early = apply(audit, ChangeSet(audit.id, (change,)))
    assert filled_sheet({"A1": "{{audit.starts}}"}, fields(early))["A1"].value == "1899-05-01"
