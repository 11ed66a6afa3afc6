"""The form of a certification body as one might come by mail: made by a script, so that no binary is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture
from PIL import ImageDraw

REPORT, LISTS = "审核报告", "清单"
SONG, HEI = "宋体", "黑体"
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="EDEDED")
_FACTS = (
    ("受审核方", "{{company.name}}", "信用代码", "{{company.credit_code}}"),
    ("注册地址", "{{company.registered_address}}", "法定代表人", "{{企业法人}}"),
    ("认证范围", "{{company.scope}}", "员工总数", "{{company.employees}}"),
    ("审核编号", "{{audit.number}}", "审核组长", "{{leader.name}}"),
)


def body_form() -> bytes:
    """Return the form: a protected report with merged heading and logo, and lists below each other."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = REPORT
    _report(sheet)
    _lists(workbook.create_sheet(LISTS))
    workbook.defined_names["audit_man_days"] = DefinedName("audit_man_days", attr_text=f"'{REPORT}'!$F$9")
    workbook.defined_names["total"] = DefinedName("total", attr_text=f"'{REPORT}'!$E$16")
    result = BytesIO()
    workbook.save(result)
    return with_shape(result.getvalue())


def _report(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEF", (12, 16, 20, 12, 12, 14), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells("B1:F2")
    _put(sheet, "B1", "华信认证中心有限公司\n售后服务评价审核报告", Font(HEI, 18, bold=True), center=True)
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[2].height = 24
    logo = Image(_logo())
    logo.anchor = "A1"
    sheet.add_image(logo)
    sheet.merge_cells("A3:F3")
    _put(
        sheet,
        "A3",
        "{{audit.kind=initial}}初次审核　{{audit.kind=surveillance}}监督审核　{{audit.kind=recertification}}再认证　"
        "审核日期：{{audit.starts.year}}年{{audit.starts.month}}月{{audit.starts.day}}日",
    )
    for row, (one, value, other, second) in enumerate(_FACTS, 5):
        sheet.merge_cells(f"B{row}:C{row}")
        sheet.merge_cells(f"E{row}:F{row}")
        _put(sheet, f"A{row}", one, fill=True)
        _put(sheet, f"B{row}", value)
        _put(sheet, f"D{row}", other, fill=True)
        _put(sheet, f"E{row}", second)
    _put(sheet, "A9", "评分", fill=True)
    _put(sheet, "B9", "{{score}}", Font(HEI, 14, bold=True, color="C00000"))
    _put(sheet, "C9", "等级：{{level}}")
    _put(sheet, "D9", "填表日期", fill=True)
    _put(sheet, "E9", "{{form.date}}")
    sheet["E9"].number_format = 'yyyy"年"m"月"d"日"'
    _put(sheet, "F9", None)
    for letter, title in zip("ABCDEF", ("序号", "级别", "事实", "条款", "扣分", "期限"), strict=True):
        _put(sheet, f"{letter}11", title, Font(HEI, 11, bold=True), center=True, fill=True)
    values = ("number", "grade", "facts", "clause", "", "due")
    for letter, name in zip("ABCDEF", values, strict=True):
        _put(sheet, f"{letter}12", f"{{{{findings[].{name}}}}}" if name else None)
    sheet["E12"] = '=IF(B12="严重",2,1)*A12'
    sheet.row_dimensions[12].height = 30
    _put(sheet, "A13", "合计", fill=True)
    _put(sheet, "E13", "=SUM(E12:E12)")
    _put(sheet, "F13", "=COUNTA(B12:B12)")
    sheet.merge_cells("A14:F14")
    _put(sheet, "A14", "结论：{{conclusion}}\n{{conclusion.reasons}}")
    sheet.row_dimensions[14].height = 60
    _put(sheet, "A16", "组长签字", fill=True)
    sheet.merge_cells("B16:C16")
    _put(sheet, "B16", None)
    sheet["B16"].protection = Protection(locked=False)
    _put(sheet, "E16", "=E13+B9")
    sheet["E16"].comment = Comment("由机构复核", "机构")
    sheet["A18"] = "机构网站"
    sheet["A18"].hyperlink = "https://example.org/"
    sheet.protection.sheet = True
    sheet.protection.password = "secret"
    sheet.print_area = "A1:F18"
    sheet.print_title_rows = "1:2"
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    sheet.oddHeader.center.text = "{{company.name}} 审核报告"
    sheet.oddFooter.right.text = "第 &P 页"
    sheet.row_breaks.append(Break(id=15))
    choice = DataValidation("list", formula1='"同意,不同意"', sqref="E18")
    sheet.add_data_validation(choice)
    rule = FormulaRule(formula=['$B12="严重"'], fill=PatternFill("solid", bgColor="FFC7CE"))
    sheet.conditional_formatting.add("A12:F12", rule)


def _lists(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for letter, width in zip("ABCDE", (10, 40, 12, 12, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    blocks = (
        ("资料清单", ("documents[].id", "documents[].title", "documents[].status", "documents[].expires", "")),
        ("评价指标", ("indicators[].clause", "indicators[].title", "indicators[].verdict", "indicators[].earned", "")),
        ("场所", ("sites[].id", "sites[].name", "sites[].staff", "sites[].sampled", "sites[].address")),
    )
    row = 1
    for title, names in blocks:
        sheet.merge_cells(f"A{row}:E{row}")
        _put(sheet, f"A{row}", title, Font(HEI, 12, bold=True), center=True, fill=True)
        for letter, name in zip("ABCDE", names, strict=True):
            _put(sheet, f"{letter}{row + 1}", f"{{{{{name}}}}}" if name else None)
        sheet.merge_cells(f"D{row + 1}:E{row + 1}") if not names[-1] else None
        row += 3
    _put(sheet, f"A{row}", "第 5.1 章得分")
    _put(sheet, f"B{row}", "{{chapters[5.1].earned}}")
    _put(sheet, f"C{row}", f"=SUM(D5:D5)+'{REPORT}'!E13")


def _put(
    sheet: Worksheet,
    cell: str,
    value: str | None,
    font: Font | None = None,
    *,
    center: bool = False,
    fill: bool = False,
) -> None:
    sheet[cell] = value
    sheet[cell].font = font or Font(SONG, 11)
    sheet[cell].alignment = Alignment("center" if center else "left", "center", wrap_text=True)
    sheet[cell].border = _BOX
    if fill:
        sheet[cell].fill = _GREY


def _logo() -> BytesIO:
    picture = Picture.new("RGB", (80, 80), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((4, 4, 76, 76), outline="#0F4C81", width=6)
    pen.line((24, 42, 36, 56, 58, 26), fill="#C00000", width=7)
    result = BytesIO()
    picture.save(result, "PNG")
    result.seek(0)
    return result


_SHAPE = (
    '<xdr:twoCellAnchor xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:from><xdr:col>3</xdr:col>'
    "<xdr:colOff>0</xdr:colOff><xdr:row>16</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col>"
    '<xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink="">'
    '<xdr:nvSpPr><xdr:cNvPr id="9" name="印章"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="900000" cy="500000"/></a:xfrm><a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:noFill/>'
    '<a:ln w="19050"><a:solidFill><a:srgbClr val="C00000"/></a:solidFill></a:ln></xdr:spPr><xdr:txBody><a:bodyPr/>'
    '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="zh-CN" sz="1000"><a:solidFill><a:srgbClr val="C00000"/></a:solidFill>'
    '</a:rPr><a:t>受审核方：{{company</a:t></a:r><a:r><a:rPr lang="zh-CN" sz="1000" b="1"/>'
    "<a:t>.name}}（盖章）</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>"
)


def with_shape(workbook: bytes) -> bytes:
    """Return a workbook with a stamp drawn on its first sheet: a shape that openpyxl neither reads nor writes."""

    def stamp(parts: dict[str, bytes]) -> None:
        drawing = parts["xl/drawings/drawing1.xml"].decode()
        # openpyxl writes the drawing without a prefix.
        end = "</wsDr>"
        parts["xl/drawings/drawing1.xml"] = drawing.replace(end, _SHAPE.replace("xdr:", "") + end).encode()

    return changed(workbook, stamp)


def changed(workbook: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a workbook after a change of its parts."""
    with zipfile.ZipFile(BytesIO(workbook)) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    change(parts)
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return result.getvalue()
