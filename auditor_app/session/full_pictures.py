"""Pictures of evidence at full size, decoded in the background; never more than two are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader

from auditor_app.models.errors import AuditorError
from auditor_app.session.worker import Worker

PIXELS = 4096
"""Longest edge of what is decoded: photos of 12 million pixels are just within and need no scaling."""
KEPT = 2
# 64 million pixels of four bytes, the largest picture that is not scaled down while it is decoded.
LARGEST_MB = 260
_COARSEST = 1024
_FORMATS = (b"bmp", b"gif", b"jpeg", b"png", b"webp")
"""What Qt may decode; it would draw an SVG too, which can name other files and never end."""


@dataclass(frozen=True)
class FullPicture:
    """An upright picture: its true size, and its pixels at halving scales, so that painting it small is quick."""

    size: QSize
    levels: tuple[QImage, ...]


Encode = Callable[[Path, int], tuple[bytes, int, int]]
"""Return a picture that Qt cannot read as one it can, at most so many pixels an edge, and its true upright size."""


class FullPictures(QObject):
    """Hand out full pictures by sha256; those wanted are decoded in order, all others are dropped."""

    ready = Signal(str)
    """The picture of this sha256 can be had from `picture`."""
    failed = Signal(str, object)
    """The sha256 of a picture that cannot be shown, and the `AuditorError` that says why."""

    def __init__(self, store_path: Callable[[str], Path], encode: Encode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        QImageReader.setAllocationLimit(LARGEST_MB)
        self._pictures: dict[str, FullPicture] = {}
        self._wanted: tuple[str, ...] = ()
        self._failed: set[str] = set()
        self._at_hand: str | None = None
        self._worker = Worker(_Decoder(store_path, encode), self)
        self._worker.done.connect(self._on_decoded)
        self._worker.failed.connect(self._on_failed)

    def picture(self, sha256: str) -> FullPicture | None:
        """Return a picture that is decoded."""
        return self._pictures.get(sha256)

    def want(self, *wanted: str) -> None:
        """Decode these, the first one first, and keep no others; at most two."""
        self._wanted = wanted[:KEPT]
        self._failed.clear()
        self._pictures = {sha256: found for sha256, found in self._pictures.items() if sha256 in self._wanted}
        if self._at_hand is None:
            self._next()

    def close(self) -> None:
        """Want nothing and wait for the picture at hand."""
        self._wanted = ()
        self._worker.close()

    def _next(self) -> None:
        missing = (each for each in self._wanted if each not in self._pictures and each not in self._failed)
        self._at_hand = next(missing, None)
        if self._at_hand is not None:
            self._worker.start(self._at_hand)

    def _on_decoded(self, sha256: str, picture: FullPicture) -> None:
        if sha256 in self._wanted:
            self._pictures[sha256] = picture
            # First, so that whoever still holds the one before lets go of it.
            self.ready.emit(sha256)
        self._next()

    def _on_failed(self, sha256: str, error: Exception) -> None:
        self._failed.add(sha256)
        is_told = isinstance(error, AuditorError)
        if is_told and sha256 in self._wanted:
            self.failed.emit(sha256, error)
        self._next()
        if not is_told:
            raise error


class _Decoder:
    """Read a picture upright and not much larger than a screen can show; works in the background."""

    def __init__(self, store_path: Callable[[str], Path], encode: Encode) -> None:
        self._store_path = store_path
        self._encode = encode

    def __call__(self, sha256: str) -> FullPicture:
        path = self._store_path(sha256)
        reader = QImageReader(str(path))
        if reader.format().data() not in _FORMATS:
            return self._encoded(path)
        reader.setAutoTransform(True)
        size = reader.size()
        if max(size.width(), size.height()) > PIXELS:
            reader.setScaledSize(size.scaled(PIXELS, PIXELS, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if image.isNull():
            return self._encoded(path)
        is_lying = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
        size = size.transposed() if is_lying else size
        return FullPicture(size if size.isValid() else image.size(), _levels(_plain(image)))

    def _encoded(self, path: Path) -> FullPicture:
        data, width, height = self._encode(path, PIXELS)
        image, size = QImage.fromData(data), QSize(width, height)
        return FullPicture(size if size.isValid() else image.size(), _levels(_plain(image)))


def _plain(image: QImage) -> QImage:
    """Return the image in the colours and the form that a screen shows."""
    common = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != common:
        image.convertToColorSpace(common)
    has_alpha = image.hasAlphaChannel()
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32)


def _levels(image: QImage) -> tuple[QImage, ...]:
    levels = [image]
    while max(levels[-1].width(), levels[-1].height()) > _COARSEST:
        half = levels[-1].size() / 2
        levels.append(
            levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return tuple(levels)
