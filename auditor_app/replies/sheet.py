"""A table that others fill in: what is open is pale yellow, the rest is protected, and rows know who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from auditor_app.models.text import clean
from auditor_app.replies.entries import Entry, Shape
from auditor_app.replies.fitting import fitted, height, literal
from auditor_app.replies.full_texts import FullText, GrowingRow, is_too_tall
from auditor_app.replies.identity import ID, SENT, Mark, Sent, digest, marked, row_digest, sent_text
from auditor_app.replies.words import Both
from auditor_app.replies.xlsx import coordinate
from auditor_app.workbooks.container import packed
from auditor_app.workbooks.saving import saved

FONT, SIZE = "Microsoft YaHei", 10
ACCENT, INK, SECOND, WHITE, LINE = "0F4C81", "1D2733", "5B6878", "FFFFFF", "C9D3DE"
LOCKED, OPEN, OPEN_HEADER, SECTION = "F3F5F8", "FFFBE6", "8A5A00", "E3ECF5"
LEAST_HEIGHT = 22.0
_FULL_WIDTHS = (14, 20, 104)
# Excel counts days from 1900 with a leap day too many in that year: what is earlier stays text.
FIRST_DATE = date(1900, 3, 1)
_LOOKS_LIKE_INPUT = ("=", "+", "-", "@")
_FORMATS = {Shape.LINE: "@", Shape.LINES: "@", Shape.DAY: "yyyy-mm-dd", Shape.COUNT: "0"}
_SIDE = Side("thin", LINE)
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


@dataclass(frozen=True)
class Column:
    """A column of a table: its key, its words, its width in digits; what fills it in, nothing when it is locked."""

    key: str
    header: str
    width: float
    entry: Entry | None = None
    align: str = "left"
    upright: str = "center"


class FormBook:
    """A workbook of such tables, with the lists of its choices on a hidden sheet."""

    def __init__(self, words: Both, mark: Mark) -> None:
        self.words = words
        self.mark = mark
        self.cut: list[str] = []
        """Cells whose text did not fit, as people write them."""
        self.full_texts: list[FullText] = []
        """Texts that their rows cannot show whole."""
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.worksheets[0])
        self._lists = self._workbook.create_sheet(words.line("lists"))
        self._lists.sheet_state = "hidden"
        self._lists.protection.sheet = True
        self._ranges: dict[tuple[Any, ...], str] = {}
        self._looks: dict[tuple[str, str, Shape | None], Any] = {}

    def add(self, title: str, columns: Sequence[Column], *, landscape: bool = True) -> FormSheet:
        """Add a sheet; the lists stay last."""
        worksheet = self._workbook.create_sheet(title, len(self._workbook.worksheets) - 1)
        return FormSheet(self, worksheet, columns, landscape)

    def list_of(self, options: tuple[Any, ...]) -> str:
        """Return the range that holds the words of these options."""
        if options not in self._ranges:
            column = len(self._ranges) + 1
            for row, option in enumerate(options, 1):
                self._lists.cell(row, column, self.words.word(option))
            letter = get_column_letter(column)
            self._ranges[options] = f"'{self._lists.title}'!${letter}$1:${letter}${len(options)}"
        return self._ranges[options]

    def dress(self, cell: Cell, column: Column, entry: Entry | None) -> None:
        """Give a cell the look of its column: made once, for making it takes longer than all else."""
        key = (column.align, column.upright, entry.shape if entry is not None else None)
        if key not in self._looks:
            _dress(cell, column, entry)
            self._looks[key] = copy(cell._style)  # type: ignore[attr-defined]
        cell._style = copy(self._looks[key])  # type: ignore[attr-defined]

    def content(self, title: str) -> bytes:
        """Return the workbook as the content of an xlsx file."""
        if self.full_texts:
            self._write_full_texts()
        self._workbook.properties.title = title
        self._workbook.properties.creator = self.words.line("program")
        self._workbook.active = 0
        return packed(saved(self._workbook, {}))

    def _write_full_texts(self) -> None:
        """Add the sheet of the texts that rows cannot show whole; nothing is read from it."""
        words, widths = self.words, _FULL_WIDTHS
        headers = (words.lines("number"), words.lines("item"), words.lines("full_texts"))
        columns = [Column("", text, width, upright="top") for text, width in zip(headers, widths, strict=True)]
        sheet = self.add(words.line("full_texts"), columns, landscape=False)
        sheet.heading(words.line("full_texts"), "", words.each("full_texts_how"))
        sheet.write_header()
        for each in self.full_texts:
            for piece, tall in each.pieces(widths[-1] - 3, SIZE):
                sheet.write_locked((each.row, each.column, piece), tall)
        sheet.finish(filtered=False)


class FormSheet:
    """One sheet written from top to bottom: heading, header, rows."""

    def __init__(self, book: FormBook, worksheet: Worksheet, columns: Sequence[Column], landscape: bool) -> None:
        self._book = book
        self._sheet = worksheet
        self._columns = columns
        self._row = 1
        self._header = 0
        self._has_full_texts = False
        self._checks: dict[tuple[Shape, tuple[Any, ...]], DataValidation] = {}
        for place, column in enumerate(columns, 1):
            worksheet.column_dimensions[get_column_letter(place)].width = column.width + 0.71
        for place in (self._id_column, self._id_column + 1):
            worksheet.column_dimensions[get_column_letter(place)].hidden = True
        _set_up(worksheet, landscape)

    @property
    def _id_column(self) -> int:
        return len(self._columns) + 1

    def heading(self, title: str, facts: str, notes: Sequence[str]) -> None:
        """Write what the sheet is, whose it is, and how to fill it in."""
        self._wide(title, Font(FONT, size=16, bold=True, color=ACCENT), 30)
        if facts:
            self._wide(facts, Font(FONT, size=10, color=INK))
        for note in notes:
            self._wide(note, Font(FONT, size=9, color=SECOND))

    def begin(self, part: str) -> None:
        """Write the hidden row that says what the table is, and the header."""
        mark = Mark(
            *(part, self._book.mark.audit, self._book.mark.number, self._book.mark.company, self._book.mark.made),
            filled=self._book.mark.filled,
        )
        for place, column in enumerate(self._columns, 1):
            self._text(self._row, place, column.key)
        self._text(self._row, self._id_column, marked(mark))
        self._text(self._row, self._id_column + 1, SENT)
        self._sheet.row_dimensions[self._row].hidden = True
        self._row += 1
        self._text(self._row, self._id_column, ID)
        self.write_header()

    def write_header(self) -> None:
        """Write the names of the columns, which stay in sight and stand on every page."""
        self._header = self._row
        tallest = LEAST_HEIGHT
        for place, column in enumerate(self._columns, 1):
            cell = self._text(self._row, place, column.header)
            cell.font = Font(FONT, size=SIZE, bold=True, color=WHITE)
            cell.fill = PatternFill("solid", fgColor=OPEN_HEADER if column.entry else ACCENT)
            cell.alignment = Alignment("center", "center", wrap_text=True)
            cell.border = _BOX
            tallest = max(tallest, height(column.header, column.width - 1, SIZE))
        self._sheet.row_dimensions[self._row].height = tallest
        self._row += 1
        self._sheet.freeze_panes = f"A{self._row}"

    def section(self, title: str) -> None:
        """Write a heading between rows."""
        self._wide(title, Font(FONT, size=11, bold=True, color=ACCENT), 24, SECTION)

    def add(self, row_id: str, values: Mapping[str, Any], entries: Mapping[str, Entry | None] | None = None) -> None:
        """Write a row; `entries` says what fills in a column where that is not the same in every row."""
        sent = {ID: Sent(row_digest(self._book.mark.audit, row_id), False)}
        tallest = LEAST_HEIGHT
        for place, column in enumerate(self._columns, 1):
            entry = (entries or {}).get(column.key, column.entry)
            cell = cast(Cell, self._sheet.cell(self._row, place))
            self._book.dress(cell, column, entry)
            value = values.get(column.key)
            sent[column.key] = self._put(cell, value, entry)
            if isinstance(cell.value, str):
                tallest = max(tallest, height(cell.value, column.width - 3, SIZE))
                if isinstance(value, str) and is_too_tall(value, column.width - 3, SIZE):
                    self._keep_whole(str(values.get(self._columns[0].key, "")), column, value)
            if entry is not None:
                self._guard(cell, entry)
        self._text(self._row, self._id_column, row_id)
        self._text(self._row, self._id_column + 1, sent_text(sent))
        self._sheet.row_dimensions[self._row] = GrowingRow(self._sheet, self._row, ht=tallest)
        self._row += 1

    def write_locked(self, texts: Sequence[str], tall: float) -> None:
        """Write a row of texts that is no part of a table."""
        for place, (column, text) in enumerate(zip(self._columns, texts, strict=True), 1):
            self._book.dress(self._text(self._row, place, text), column, None)
        self._sheet.row_dimensions[self._row].height = max(LEAST_HEIGHT, tall)
        self._row += 1

    def finish(self, *, filtered: bool = True, on_one_page: bool = False) -> None:
        """Protect the sheet: filtering, formats and sizes stay free; print it on as many pages as it takes, or one."""
        self._sheet.page_setup.fitToHeight = int(on_one_page)
        end = self._row - 1
        if self._has_full_texts:
            for note in self._book.words.each("full_texts_note", sheet=self._book.words.line("full_texts")):
                self._wide(note, Font(FONT, size=9, color=SECOND))
        last = f"{get_column_letter(len(self._columns))}{self._row - 1}"
        if filtered and end > self._header:
            self._sheet.auto_filter.ref = f"A{self._header}:{get_column_letter(len(self._columns))}{end}"
        self._sheet.print_area = f"A1:{last}"
        self._sheet.print_title_rows = f"{self._header}:{self._header}"
        for check in self._checks.values():
            self._sheet.add_data_validation(check)
        protection = self._sheet.protection
        protection.sheet = True
        # In this format False allows.
        protection.autoFilter = False
        protection.formatColumns = protection.formatRows = protection.formatCells = False

    def _keep_whole(self, row: str, column: Column, text: str) -> None:
        """Have a text that its row cannot show stand whole on a sheet of its own."""
        self._book.full_texts.append(FullText(row, column.header, text))
        self._has_full_texts = True

    def _put(self, cell: Cell, value: Any, entry: Entry | None) -> Sent:
        """Write a value and return what tells later whether somebody changed it."""
        if entry is not None and entry.options and value is not None:
            self._write_text(cell, self._book.words.word(value))
            return Sent(digest(value), False)
        if isinstance(value, date) and value < FIRST_DATE:
            self._write_text(cell, value.isoformat())
        elif isinstance(value, str):
            made = fitted(value)
            self._write_text(cell, made.text)
            if made.was_cut:
                self._book.cut.append(f"{self._sheet.title}!{coordinate((cell.row, cell.column))}")
            return Sent(digest(made.text), made.was_cut)
        elif value is not None:
            cell.value = value
        return Sent(digest(value), False)

    def _write_text(self, cell: Cell, text: str) -> None:
        """Write text that stays text, whatever it looks like, also when somebody edits the cell later."""
        if not text:
            return
        cell.value = literal(text)
        cell.data_type = "s"
        if text.startswith(_LOOKS_LIKE_INPUT):
            cell.quotePrefix = True

    def _text(self, row: int, column: int, text: str) -> Cell:
        cell = cast(Cell, self._sheet.cell(row, column))
        self._write_text(cell, clean(text))
        return cell

    def _wide(self, text: str, font: Font, least: float = 16, ground: str = "") -> None:
        """Write text across the whole table."""
        across = sum(column.width for column in self._columns) - 2
        last = len(self._columns)
        for place in range(1, last + 1):
            cell = self._sheet.cell(self._row, place)
            if ground:
                cell.fill = PatternFill("solid", fgColor=ground)
                cell.border = Border(top=_SIDE, bottom=_SIDE)
        cell = self._text(self._row, 1, text)
        cell.font = font
        cell.alignment = Alignment("left", "center", wrap_text=True, indent=1 if ground else 0)
        self._sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=last)
        self._sheet.row_dimensions[self._row].height = max(least, height(text, across, font.size or SIZE))
        self._row += 1

    def _guard(self, cell: Cell, entry: Entry) -> None:
        key = (entry.shape, entry.options)
        if key not in self._checks and (entry.options or entry.shape in (Shape.DAY, Shape.COUNT)):
            self._checks[key] = self._check(entry)
        if key in self._checks:
            self._checks[key].add(cell.coordinate)

    def _check(self, entry: Entry) -> DataValidation:
        words = self._book.words
        if entry.options:
            check = DataValidation("list", formula1=self._book.list_of(entry.options), allow_blank=True)
            name = "choice"
        elif entry.shape is Shape.DAY:
            check = DataValidation("date", operator="between", formula1="1", formula2="2958465", allow_blank=True)
            name = "day"
        else:
            check = DataValidation("whole", operator="between", formula1="0", formula2="999999999", allow_blank=True)
            name = "count"
        check.errorTitle, check.error = words.line("check_title"), words.lines(f"check_{name}")
        check.showErrorMessage = True
        if name == "day":
            check.promptTitle, check.prompt, check.showInputMessage = (
                words.line("prompt_title"),
                words.lines("day"),
                True,
            )
        return check


def _dress(cell: Cell, column: Column, entry: Entry | None) -> None:
    cell.font = Font(FONT, size=SIZE, color=INK)
    cell.border = _BOX
    cell.fill = PatternFill("solid", fgColor=OPEN if entry else LOCKED)
    cell.alignment = Alignment(column.align, column.upright, wrap_text=True, indent=int(column.align == "left"))
    if entry is not None:
        cell.protection = Protection(locked=False)
        cell.number_format = _FORMATS.get(entry.shape, "General")


def _set_up(sheet: Worksheet, landscape: bool) -> None:
    sheet.page_setup.paperSize = "9"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    edges = sheet.page_margins
    edges.left = edges.right = 0.4
    edges.top, edges.bottom, edges.header, edges.footer = 0.5, 0.6, 0.3, 0.3
    footer = HeaderFooterItem()
    footer.right.text, footer.right.size = "&P / &N", 8
    sheet.HeaderFooter.oddFooter = footer
    sheet.sheet_view.showGridLines = False
