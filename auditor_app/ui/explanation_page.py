"""The explanation of the level on exactly one A4 page: set once, shown and printed the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from PySide6.QtCore import QMarginsF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QTextDocument

from auditor_app.models.explanation import Entry, Explanation, Lengths, Section
from auditor_app.ui.fonts import FAMILIES

# Set for a fine device, so that screen and printers only scale it: a line breaks at the same place everywhere.
DPI = 300
A4 = QSize(2480, 3508)
"""An A4 sheet in dots of that device."""
MARGIN_MM = 16
LARGEST, SMALLEST, STEP = 10.5, 8.0, 0.5
EVERYTHING = Lengths(losses=1000, others=1000)
FEWEST = 1
INK, SECOND, RULE = "#1D2733", "#4A5868", "#C4CDD8"
_MM_OF_INCH = 25.4
_DOTS_PER_METRE = round(DPI / _MM_OF_INCH * 1000)
# Margins of a document are said in pixels of a screen and scaled to its device.
_MARGIN = MARGIN_MM / _MM_OF_INCH * 96


class ExplanationPage:
    """One page that holds as much as fits: the type shrinks first, then the lists are cut."""

    def __init__(self, explain: Callable[[Lengths], Explanation]) -> None:
        # Kept, since a document does not keep the device it is set for.
        self._device = QImage(1, 1, QImage.Format.Format_RGB32)
        self._device.setDotsPerMeterX(_DOTS_PER_METRE)
        self._device.setDotsPerMeterY(_DOTS_PER_METRE)
        self._explain = explain
        self.document = QTextDocument()
        self.explanation = explain(EVERYTHING)
        self.points = LARGEST
        self._fit()

    def fits(self) -> bool:
        """Say whether it is one page."""
        return self.document.pageCount() == 1

    def draw(self, painter: QPainter, dots: float) -> None:
        """Draw the sheet from the corner at which the painter stands, `dots` to the inch."""
        painter.save()
        painter.scale(dots / DPI, dots / DPI)
        painter.setPen(Qt.GlobalColor.black)
        self.document.drawContents(painter)
        painter.restore()

    def print_on(self, device: QPagedPaintDevice) -> bool:
        """Print the sheet; say whether the printer took it."""
        device.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
        )
        painter = QPainter()
        if not painter.begin(device):
            return False
        self.draw(painter, device.logicalDpiX())
        return painter.end()

    def _fit(self) -> None:
        for self.points in _sizes():
            if self._set(EVERYTHING):
                return
        longest = max(len(section.entries) for section in self.explanation.sections)
        if self._fewer(longest, lambda most: Lengths(most, EVERYTHING.others)):
            return
        self._fewer(longest, lambda most: Lengths(most, most))

    def _fewer(self, longest: int, lengths: Callable[[int], Lengths]) -> bool:
        """Cut the lists to the most lines that fit; say whether any number does."""
        most = longest
        low, high = FEWEST, longest - 1
        while low <= high:
            middle = (low + high) // 2
            if self._set(lengths(middle)):
                most, low = middle, middle + 1
            else:
                high = middle - 1
        return self._set(lengths(most if most < longest else FEWEST))

    def _set(self, lengths: Lengths) -> bool:
        """Set the text with lists of these lengths; say whether it fits."""
        self.explanation = self._explain(lengths)
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._device)
        font = QFont(FAMILIES)
        font.setPointSizeF(self.points)
        document.setDefaultFont(font)
        document.setDocumentMargin(_MARGIN)
        document.setHtml(html_of(self.explanation, self.points))
        document.setPageSize(QSizeF(A4))
        self.document = document
        return self.fits()


def html_of(explanation: Explanation, points: float) -> str:
    """Return the explanation as rich text in this size."""
    small, large = points - 1, points + 5
    parts = [
        f'<p style="font-size: {points + 4}pt; font-weight: 600; margin: 0 0 4px 0">{escape(explanation.title)}</p>',
        _table(explanation.facts, points),
        f'<p style="font-size: {large}pt; font-weight: 600; margin: 8px 0 2px 0">{escape(explanation.result)}</p>',
    ]
    parts += [_section(section, explanation.colon) for section in explanation.sections]
    if explanation.footnotes:
        parts.append(f'<hr style="margin: 8px 0 2px 0; background-color: {RULE}">')
    parts += [
        f'<p style="font-size: {small}pt; color: {SECOND}; margin: 0">{escape(note)}</p>'
        for note in explanation.footnotes
    ]
    return f'<body style="color: {INK}">{"".join(parts)}</body>'


def _table(facts: tuple[tuple[str, str], ...], points: float) -> str:
    rows = "".join(
        f'<tr><td style="color: {SECOND}; padding-right: {round(points * 2)}px">{escape(name)}</td>'
        f"<td>{escape(value)}</td></tr>"
        for name, value in facts
    )
    return f'<table cellspacing="0" cellpadding="0">{rows}</table>'


def _section(section: Section, colon: str) -> str:
    parts = [f'<p style="font-weight: 600; margin: 7px 0 1px 0">{escape(section.heading)}</p>']
    parts += [f'<p style="margin: 0; line-height: 92%">{escape(text)}</p>' for text in section.paragraphs]
    lines = [_entry(entry, colon) for entry in section.entries]
    lines += [escape(section.left_out)] if section.left_out else []
    # A hanging indent, so that the clauses can be run through with the eye.
    parts += [f'<p style="margin: 0 0 0 12px; text-indent: -12px; line-height: 92%">{line}</p>' for line in lines]
    return "".join(parts)


def _entry(entry: Entry, colon: str) -> str:
    name = escape(" ".join(part for part in (entry.clause, entry.title) if part))
    return f"<b>{name}</b>{escape(colon)}{escape(entry.text)}" if name else escape(entry.text)


def _sizes() -> Iterator[float]:
    points = LARGEST
    while points >= SMALLEST:
        yield points
        points -= STEP
