"""One piece of evidence as a tile: the picture upright and rotated, or the kind of file; marks; the name below."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from auditor_app.models.entities import Evidence
from auditor_app.models.evidence import is_picture
from auditor_app.session.thumbnails import Thumbnails
from auditor_app.ui.evidence_list import EvidenceList
from auditor_app.ui.fonts import body_font
from auditor_app.ui.theme import Theme

TILE = QSize(84, 64)
CELL = QSize(92, 92)
INSET = 3
_NAME = 18
_RADIUS = 4
_BADGE = 16
_ICON = 22
# Enough for every tile that is in sight on a large screen.
_KEPT = 200

Index = QModelIndex | QPersistentModelIndex


class EvidenceDelegate(QStyledItemDelegate):
    """Paint tiles; a thumbnail is asked for when its tile is painted, so only what is in sight is made."""

    def __init__(self, thumbnails: Thumbnails, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._theme = theme
        self._font = body_font(11)
        self._pixmaps: OrderedDict[tuple[int, int, float], QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, EvidenceList)
        found = model.row_at(index)
        cell: QRect = option.rect
        # At the left, so that the first column stands in line with what is above and below the strip.
        tile = QRect(cell.topLeft() + QPoint(INSET, INSET), TILE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        state: QStyle.StateFlag = option.state
        if found is None:
            self._paint_plus(painter, tile, state)
        else:
            self._paint_ground(painter, tile, state)
            self._paint_evidence(painter, tile, found[1])
            self._paint_frame(painter, tile, state)
            self._paint_name(painter, tile, str(index.data()))
        painter.restore()

    def _paint_ground(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft"))
            painter.drawRoundedRect(tile.adjusted(-INSET, -INSET, INSET, _NAME + 3), _RADIUS, _RADIUS)

    def _paint_frame(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        is_current = bool(state & QStyle.StateFlag.State_HasFocus)
        is_near = bool(state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        meaning = "accent" if is_current else "accent_line" if is_near else "line_strong"
        painter.setPen(QPen(self._theme.color(meaning), 2 if is_current else 1))
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _paint_plus(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        is_near = bool(state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        meaning = "accent" if is_near else "control_line"
        painter.setPen(QPen(self._theme.color(meaning), 1, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.color("accent_soft") if is_near else self._theme.color("control_ground"))
        painter.drawRoundedRect(QRectF(tile).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        self._paint_icon(painter, tile, "plus", "accent" if is_near else "text_second")

    def _paint_evidence(self, painter: QPainter, tile: QRect, row: Evidence) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("control_ground"))
        painter.drawRoundedRect(tile, _RADIUS, _RADIUS)
        if not is_picture(row):
            self._paint_file(painter, tile, row)
        elif self._thumbnails.problem(row.sha256) is not None:
            self._paint_icon(painter, tile, "image-off", "warning")
        else:
            self._paint_picture(painter, tile, row)
        badges = [icon for icon, there in (("pencil", row.marks), ("file-text", row.caption)) if there]
        for place, icon in enumerate(badges, 1):
            self._paint_badge(painter, tile, place, icon)

    def _paint_picture(self, painter: QPainter, tile: QRect, row: Evidence) -> None:
        image = self._thumbnails.image(row.sha256)
        if image is None:
            self._paint_icon(painter, tile, "image", "line_strong")
            self._thumbnails.request(row.sha256)
            return
        ratio = painter.device().devicePixelRatio()
        pixmap = self._pixmap(image, row.rotation, ratio)
        size = pixmap.deviceIndependentSize()
        painter.drawPixmap(
            QPointF(tile.x() + (tile.width() - size.width()) / 2, tile.y() + (tile.height() - size.height()) / 2),
            pixmap,
        )

    def _paint_file(self, painter: QPainter, tile: QRect, row: Evidence) -> None:
        self._paint_icon(painter, tile.adjusted(0, 0, 0, -16), "file-text", "text_second")
        painter.setPen(self._theme.color("text_second"))
        ending = PurePath(row.name).suffix.lstrip(".").upper()[:6]
        painter.drawText(tile.adjusted(0, 36, 0, -6), Qt.AlignmentFlag.AlignCenter, ending)

    def _paint_icon(self, painter: QPainter, tile: QRect, name: str, meaning: str) -> None:
        pixmap = self._theme.pixmap(name, meaning, _ICON, painter.device().devicePixelRatio())
        center = tile.center()
        painter.drawPixmap(center.x() - _ICON // 2 + 1, center.y() - _ICON // 2 + 1, pixmap)

    def _paint_badge(self, painter: QPainter, tile: QRect, place: int, icon: str) -> None:
        rect = QRectF(tile.right() - place * (_BADGE + 2), tile.bottom() - _BADGE - 1, _BADGE, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.color("panel")))
        painter.drawEllipse(rect)
        pixmap = self._theme.pixmap(icon, "accent", 10, painter.device().devicePixelRatio())
        painter.drawPixmap(rect.topLeft() + QPointF(3, 3), pixmap)

    def _paint_name(self, painter: QPainter, tile: QRect, name: str) -> None:
        rect = QRect(tile.x() - 1, tile.bottom() + 3, tile.width() + 2, _NAME)
        painter.setPen(self._theme.color("text_soft"))
        text = QFontMetrics(self._font).elidedText(name, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)

    def _pixmap(self, image: QImage, rotation: int, ratio: float) -> QPixmap:
        """Return a thumbnail as large as it fits the tile, kept from paint to paint."""
        key = (image.cacheKey(), rotation, ratio)
        if key not in self._pixmaps:
            turned = image.transformed(QTransform().rotate(rotation)) if rotation else image
            room = (TILE - QSize(2, 2)) * ratio
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(turned.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth))
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        self._pixmaps.move_to_end(key)
        return self._pixmaps[key]
