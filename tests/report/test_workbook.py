"""What the receiver finds in the report of an audit."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.audit import Audit, Kind, only_row
from auditor_app.models.catalogue import Catalogue
from auditor_app.models.entities import AuditInfo, Document
from auditor_app.models.enums import Applies
from auditor_app.models.remarks import remarks
from auditor_app.report.snapshot import snapshot
from auditor_app.report.workbook import build
from tests.builders import STANDARD, audits, empty_audit, shipped_standard, with_rows
from tests.report.audits import MADE_ON, in_language, random_audit, sample, worked_cases, written
from tests.report.office import Cells, formulas, values
from tests.report.read import below, beside, opened, report_bytes, texts
from tests.workbooks.opening import load_workbook

KEYS = (
    *("cover", "contents", "company", "eligibility", "plan", "documents", "scoring", "samples", "summary"),
    *("recalculation", "special", "findings", "evidence", "tender", "conclusion", "signing"),
)
SHEETS = {
    language: [Catalogue.load(language, "report").text("report_sheets", key) for key in KEYS]
    for language in ("zh", "en")
}
SHEETS["both"] = [f"{zh} {en}" for zh, en in zip(SHEETS["zh"], SHEETS["en"], strict=True)]


@pytest.fixture(scope="module")
def pump() -> Workbook:
    """Give the report of the pump maker as a preview shows it."""
    return opened(sample("pump-maker"))


def edges(sheet: Worksheet) -> tuple[str, str]:
    """Return header and footer of a sheet as the file holds them."""
    return str(sheet.HeaderFooter.oddHeader), str(sheet.HeaderFooter.oddFooter)


def scoring_row(sheet: Worksheet, clause: str) -> list[object]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == clause)


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_sheets_come_in_the_order_of_the_work(language: str) -> None:
    workbook = opened(in_language(sample("pump-maker"), language))
    assert [sheet.title for sheet in workbook if sheet.sheet_state == "visible"] == SHEETS[language]
    assert workbook.active is workbook.worksheets[0]


def test_the_cover_says_who_what_when_and_with_which_result(pump: Workbook) -> None:
    cover = pump["封面"]
    assert beside(cover, "受审核方") == "台州示例泵业有限公司（虚构）"
    assert beside(cover, "审核编号") == "R0-2026-0031"
    assert beside(cover, "审核日期") == "2026-03-02 至 2026-03-03"
    assert beside(cover, "审核人日") == "2.5"
    assert below(cover, "评分") == "98.06"
    assert below(cover, "等级") == "五星级"
    assert below(cover, "审核结论") == "纠正措施验证通过后，推荐五星级"
    assert "2021-N1SC-1123456" in texts(cover)


def test_the_cover_says_which_weights_are_only_defaults(pump: Workbook) -> None:
    (line,) = [text for text in texts(pump["封面"]) if "分值的来源" in text]
    assert "43 项" in line
    assert "1 项" in line


def test_the_scoring_sheet_shows_each_indicator_as_it_was_judged(pump: Workbook) -> None:
    sheet = pump["评分表"]
    assert scoring_row(sheet, "5.1.1.2")[2:10] == [3, "按比例", "抽样", 12, 1, 2.75, 3, 0.25]
    assert scoring_row(sheet, "5.2.2.2")[4:10] == ["删减", None, None, None, None, None]
    assert scoring_row(sheet, "5.2.6.2")[4:10] == ["不符合", None, None, 0, 1, 1]
    assert scoring_row(sheet, "5.1.2.2")[13] == "公开"
    assert scoring_row(sheet, "5.1.1.1")[13:15] == ["默认", "制度"]
    assert scoring_row(sheet, "5.1")[2:3] + scoring_row(sheet, "5.1")[7:10] == [40, 39.55, 40, 0.45]
    assert beside(sheet, "评分") == 98.06
    assert beside(sheet, "等级") == "五星级"


def test_the_summary_lists_lost_points_largest_first(pump: Workbook) -> None:
    sheet = pump["评分汇总"]
    start = texts(sheet).index("失分清单（由多到少）")
    clauses = [text for text in texts(sheet)[start:] if re.fullmatch(r"5(\.\d+){3}", text)]
    assert clauses == ["5.2.6.2", "5.3.2.3", "5.1.1.2", "5.1.2.1"]
    assert scoring_row(sheet, "5.2.6")[2:9] == [3, 3, 2, 1, 0, 0, 0.666]


@pytest.mark.long
def test_the_summary_says_how_far_the_next_level_is() -> None:
    case = worked_cases()["group deleted"][0]
    sheet = opened(snapshot(shipped_standard(), case, "zh", MADE_ON))["评分汇总"]
    assert beside(sheet, "下一等级") == "五星级"
    assert beside(sheet, "距下一等级") == 0.16
    assert beside(sheet, "三星级") == "80 分及以上"


@pytest.mark.long
@pytest.mark.parametrize("case", worked_cases())
def test_the_worked_cases_show_their_score_and_level(case: str) -> None:
    audit, score, level = worked_cases()[case]
    cover = opened(snapshot(shipped_standard(), audit, "zh", MADE_ON))["封面"]
    assert (below(cover, "评分"), below(cover, "等级")) == (score, level)


def test_findings_come_first_and_then_what_has_none(pump: Workbook) -> None:
    words = texts(pump["不符合与整改"])
    assert words.index("废旧电机交个体回收户处置，未签订协议") < words.index("未登记审核发现的失分项与特别扣分")
    after = words[words.index("未登记审核发现的失分项与特别扣分") :]
    assert "抽样 20，不符合 3" in after
    assert "特别扣分：违反企业自身服务制度" in after
    assert not any("回收处置合规" in text for text in after)


def test_special_deductions_are_counted_against_their_limit(pump: Workbook) -> None:
    sheet = pump["特别加扣分"]
    assert beside(sheet, "特别扣分项数") == 1
    assert beside(sheet, "不合格项数") == 5
    assert beside(sheet, "给予加分") == "是"
    assert "整机保修 5 年，高于行业通行的 1 年，且已连续执行三年" in texts(sheet)


def test_the_profile_computes_the_managers_required(pump: Workbook) -> None:
    sheet = pump["企业概况"]
    assert beside(sheet, "应配管理师") == 2
    assert beside(sheet, "配置要求") == "满足"
    assert beside(sheet, "员工总数") == 412


@pytest.mark.long
def test_documents_say_why_they_apply_and_which_have_expired() -> None:
    audit = with_rows(
        sample("pump-maker").audit,
        (Kind.DOCUMENT, "D4", Document("D4", applies=Applies.YES, override_reason="旧证在用")),
        (Kind.DOCUMENT, "D1", Document("D1", expires=date(2026, 3, 2))),
        (Kind.DOCUMENT, "D2", Document("D2", expires=date(2028, 1, 1))),
        (Kind.DOCUMENT, "D3", Document("D3", expires=date(2029, 3, 5))),
    )
    sheet = opened(snapshot(shipped_standard(), audit, "zh", MADE_ON))["资料清单"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["D4"][2:4] == ["适用", "审核员判定适用：旧证在用"]
    assert rows["D5"][2:5] == ["不适用", "所从事活动不需要许可", "—"]
    assert [rows[key][8] for key in ("D1", "D2", "D3")] == ["已过期", "证书期内到期", "有效"]


@pytest.mark.parametrize("end", [None, date(2026, 1, 10), date(2026, 8, 1)], ids=["no end", "over", "to come"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_window_and_the_report_say_the_same_of_every_document_that_ends(language: str, end: date | None) -> None:
    """Documents end on the days around every day that could count, one of them before it was issued."""
    days = [date(2026 + years, month, day) for years in (0, 3) for month, day in ((1, 9), (1, 10), (3, 4), (4, 1))]
    ids = list(shipped_standard().documents_by_id)
    documents = [Document(key, expires=day) for key, day in zip(ids, days, strict=False)]
    documents.append(Document(ids[len(days)], issued=date(2031, 1, 2), expires=date(2031, 1, 1)))
    audit = with_rows(
        empty_audit(shipped_standard()),
        (Kind.AUDIT, only_row(Kind.AUDIT), AuditInfo(ends=end)),
        *((Kind.DOCUMENT, item.id, replace(item, applies=Applies.YES)) for item in documents),
    )
    sheet = build(snapshot(shipped_standard(), audit, language, MADE_ON))[1]["documents"].worksheet
    shown = {row[0].value: row[8].value for row in sheet.iter_rows()}
    told = {
        str(remark.row_id): remark.code.removeprefix("document_")
        for remark in remarks(shipped_standard(), audit, MADE_ON)
        if remark.kind is Kind.DOCUMENT and remark.field == "expires"
    }
    words = Catalogue.load(language, "report")
    assert set(told.values()) == {"expired", "expires_early", "expires_before_issue"}
    assert {item.id: shown[item.id] for item in documents} == {
        item.id: words.text("report_documents", told.get(item.id, "current")) for item in documents
    }


@pytest.mark.long
def test_an_unfinished_audit_is_a_draft_with_a_range() -> None:
    workbook = opened(snapshot(shipped_standard(), empty_audit(shipped_standard()), "zh", MADE_ON))
    cover = workbook["封面"]
    assert below(cover, "评分") == "0.00 – 100.00"
    assert below(cover, "等级") == "不合格至五星级"
    assert any(text.startswith("草稿") for text in texts(cover))
    assert all("草稿" in edges(workbook[title])[0] for title in SHEETS["zh"])
    assert beside(workbook["评分表"], "评分上限") == 100


def test_a_finished_audit_is_no_draft(pump: Workbook) -> None:
    assert not any("草稿" in text for text in texts(pump["封面"]))


@pytest.mark.long
def test_a_formula_cell_is_never_without_its_value(tmp_path: Path) -> None:
    standard = shipped_standard()
    for seed in range(6):
        path = written(tmp_path, f"{seed}", standard, random_audit(standard, seed))
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    cells = re.findall(rb"<c [^>]*><f>.*?</c>", archive.read(name))
                    assert all(re.search(rb"</f><v>[^<]*</v></c>$", cell) for cell in cells)
        assert len(formulas(path)) > 250


@pytest.mark.long
def test_formulas_use_only_functions_every_spreadsheet_knows(tmp_path: Path) -> None:
    known = {
        *("IF", "AND", "OR", "N", "SUM", "SUMPRODUCT", "ROUND", "ROUNDDOWN", "ROUNDUP", "MAX", "MIN"),
        *("MATCH", "INDEX", "FIXED", "COUNTA", "ISNUMBER"),
    }
    used = set()
    for formula in formulas(written(tmp_path, "report", shipped_standard(), sample("pump-maker").audit)).values():
        used |= set(re.findall(r"([A-Z]+)\(", re.sub(r'"[^"]*"', "", formula)))
    assert used <= known


@pytest.mark.long
def test_verdicts_are_chosen_from_the_list_on_the_hidden_sheet() -> None:
    workbook = load_workbook(BytesIO(report_bytes(sample("pump-maker"))))
    sheet = workbook["评分表"]
    lists = {choice.formula1 for choice in sheet.data_validations.dataValidation if choice.type == "list"}
    assert lists == {"'辅助'!$A$2:$A$6", "'辅助'!$B$2:$B$5"}
    assert workbook["辅助"].sheet_state == "hidden"
    assert [workbook["辅助"].cell(row, 1).value for row in range(2, 7)] == ["未评", "符合", "不符合", "抽样", "删减"]


def test_every_sheet_is_ready_for_a4_paper(pump: Workbook) -> None:
    for title in SHEETS["zh"]:
        sheet = pump[title]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.print_area
        assert "R0-2026-0031" in edges(sheet)[0]
        assert "&P" in edges(sheet)[1]
    assert pump["评分表"].page_setup.orientation == "landscape"
    assert pump["评分表"].print_title_rows == "$4:$4"
    assert pump["评分表"].freeze_panes == "C5"


@pytest.mark.long
def test_a_header_is_never_longer_than_excel_takes_nor_a_command() -> None:
    made = sample("pump-maker")
    company = replace(made.audit.company, name="&D & 公司" * 40)
    info = replace(made.audit.info, number="&P" * 60)
    audit = with_rows(
        made.audit,
        (Kind.COMPANY, only_row(Kind.COMPANY), company),
        (Kind.AUDIT, only_row(Kind.AUDIT), info),
    )
    content = report_bytes(snapshot(made.standard, audit, "zh", MADE_ON))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            for header in re.findall(rb"<oddHeader>(.*?)</oddHeader>", archive.read(name)):
                text = unescape(header.decode())
                assert len(text) <= 255
                assert "&D" not in text.replace("&&", "")


@pytest.mark.long
def test_the_same_audit_gives_the_same_content_twice() -> None:
    first, second = (_parts(report_bytes(sample("pump-maker"))) for _ in range(2))
    first.pop("docProps/core.xml"), second.pop("docProps/core.xml")
    assert first == second


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.long
@settings(max_examples=5)
@given(audits())
def test_any_audit_the_rules_allow_makes_a_readable_report(audit: Audit) -> None:
    workbook = opened(snapshot(STANDARD, audit, "en", MADE_ON))
    assert len(workbook.worksheets) == len(KEYS) + 1


@pytest.mark.long
def test_both_languages_give_the_same_numbers(tmp_path: Path) -> None:
    made = sample("elevator-service")
    zh, en = (
        _numbers(values(written(tmp_path, language, made.standard, made.audit, language)), title)
        for language, title in (("zh", "评分表"), ("en", "Scoring sheet"))
    )
    assert zh == en
    assert len(zh) > 150


def _numbers(cells: Cells, title: str) -> list[tuple[str, float]]:
    return [(place, value) for (sheet, place), value in cells.items() if sheet == title and isinstance(value, float)]
