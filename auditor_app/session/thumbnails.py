"""Small pictures of evidence, made in the background and kept: some in memory, all in a folder that is a cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auditor_app.models.errors import AuditorError, EnvironmentProblem
from auditor_app.session.worker import Worker
from auditor_app.storage.atomic_file import write_atomically
from auditor_app.storage.evidence_store import BROUGHT

PIXELS = 320
"""Longest edge of a thumbnail."""
BUDGET = 48 * 1024 * 1024
"""Bytes of pixels kept in memory, some 160 photos."""


class Thumbnails(QObject):
    """Hand out thumbnails by the sha256 of their picture; the one asked for last is made first."""

    ready = Signal(str)
    """The thumbnail of this sha256 can be had from `image`."""
    failed = Signal(str, str)
    """The sha256 of a picture that has no thumbnail, and the code of its `problem`."""

    def __init__(
        self,
        store_path: Callable[[str], Path],
        cache_folder: Path,
        make: Callable[[Path], bytes],
        budget: int = BUDGET,
        parent: QObject | None = None,
    ) -> None:
        """Find a picture's file with `store_path` and encode its thumbnail with `make`, called in the background.

        Where that cannot be done, one that an audit file brought is shown instead.
        """
        super().__init__(parent)
        self._images = _Images(budget)
        # None for what failed by a bug of ours, which is reported and not tried again either.
        self._problems: dict[str, AuditorError | None] = {}
        self._waiting: dict[str, None] = {}
        self._at_hand: str | None = None
        self._worker = Worker(_Maker(store_path, cache_folder, make), self)
        self._worker.done.connect(self._on_made)
        self._worker.failed.connect(self._on_failed)

    def image(self, sha256: str) -> QImage | None:
        """Return a thumbnail that is in memory."""
        return self._images.get(sha256)

    def problem(self, sha256: str) -> AuditorError | None:
        """Return why a picture has no thumbnail, None while it may still get one."""
        return self._problems.get(sha256)

    def request(self, sha256: str) -> None:
        """Get a thumbnail that is not in memory, before all that wait; what failed is not tried again."""
        if sha256 == self._at_hand or sha256 in self._problems or sha256 in self._images:
            return
        self._waiting.pop(sha256, None)
        self._waiting[sha256] = None
        if self._at_hand is None:
            self._next()

    def retry(self, sha256: str) -> None:
        """Request a thumbnail again whose picture was missing or damaged and has been added anew."""
        self._problems.pop(sha256, None)
        self._images.drop(sha256)
        self.request(sha256)

    def close(self) -> None:
        """Forget what is waiting and wait for the one at hand."""
        self._waiting.clear()
        self._worker.close()

    def _next(self) -> None:
        self._at_hand = self._waiting.popitem()[0] if self._waiting else None
        if self._at_hand is not None:
            self._worker.start(self._at_hand)

    def _on_made(self, sha256: str, image: QImage) -> None:
        self._images.put(sha256, image)
        self._next()
        self.ready.emit(sha256)

    def _on_failed(self, sha256: str, error: Exception) -> None:
        problem = error if isinstance(error, AuditorError) else None
        self._problems[sha256] = problem
        self._next()
        if problem is None:
            raise error
        self.failed.emit(sha256, problem.code)


class _Images:
    """Images up to a number of bytes; the one longest unused goes first."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._images: OrderedDict[str, QImage] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._images

    def get(self, key: str) -> QImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def drop(self, key: str) -> None:
        image = self._images.pop(key, None)
        self._size -= image.sizeInBytes() if image is not None else 0

    def put(self, key: str, image: QImage) -> None:
        self.drop(key)
        self._images[key] = image
        self._size += image.sizeInBytes()
        # The newest stays even when it alone is too large: somebody is about to show it.
        while self._size > self._budget and len(self._images) > 1:
            self._size -= self._images.popitem(last=False)[1].sizeInBytes()


class _Maker:
    """Read a thumbnail from the folder, or make it and put it there; works in the background."""

    def __init__(self, store_path: Callable[[str], Path], cache_folder: Path, make: Callable[[Path], bytes]) -> None:
        self._store_path = store_path
        self._cache_folder = cache_folder
        self._make = make

    def __call__(self, sha256: str) -> QImage:
        name = f"{sha256}.jpg"
        image = _read(self._cache_folder / name)
        if not image.isNull():
            return image
        try:
            data = self._make(self._store_path(sha256))
        except AuditorError:
            brought = _read(self._cache_folder / BROUGHT / name)
            if brought.isNull():
                raise
            return brought
        _keep(self._cache_folder / name, data)
        return QImage.fromData(data)


def _read(path: Path) -> QImage:
    """Return a picture of the folder, an empty image when there is none or it is damaged."""
    with suppress(OSError):
        return QImage.fromData(path.read_bytes())
    return QImage()


def _keep(path: Path, data: bytes) -> None:
    # On a full or read-only disk it is made anew the next time.
    with suppress(OSError, EnvironmentProblem):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, data, synced=False, private=True)
