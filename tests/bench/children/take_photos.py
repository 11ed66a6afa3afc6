"""Photos in the real window: dropped on an indicator, scrolled through, looked at large; prints what it cost."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEventLoop, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from auditor_app.files import THUMBNAILS
from auditor_app.storage.library import Library
from auditor_app.ui.evidence_strip import EvidenceStrip
from auditor_app.ui.evidence_viewer import EvidenceViewer
from auditor_app.ui.workspace import Workspace
from auditor_app.workbench import Workbench
from tests.bench.window import workbench

CLAUSE = "5.1.1.1"
BEAT_MS = 1
FRAME_SECONDS = 1 / 60
# Half a row of tiles: the whole strip runs past in a few seconds, faster than its pictures can be made.
STEP_PIXELS = 46
LOOKED_AT = 10
PATIENCE_SECONDS = 120.0


class Heart(QObject):
    """Beat every millisecond and remember how long the loop let it wait."""

    def __init__(self) -> None:
        super().__init__()
        self._gaps: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._clock.start()
        self._timer.start(BEAT_MS)

    def take(self) -> list[float]:
        """Return the gaps since the last time."""
        gaps, self._gaps = self._gaps, []
        return gaps

    def _beat(self) -> None:
        self._gaps.append(self._clock.nsecsElapsed() / 1e9)
        self._clock.restart()


class Auditor:
    """One person with many photos at the strip of one indicator."""

    def __init__(self, bench: Workbench, space: Workspace) -> None:
        self._bench = bench
        space.tabs.setCurrentWidget(space.tabs.scoring)
        space.tabs.scoring.go_to(CLAUSE)
        self._strip = next(strip for strip in space.tabs.scoring.findChildren(EvidenceStrip) if strip.isVisible())
        self._bar = self._strip.view.verticalScrollBar()

    def drop(self, paths: list[Path]) -> float:
        """Drop files on the strip; return the seconds until all are evidence and those in sight are pictures."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at, copy = QPoint(20, 20), Qt.DropAction.CopyAction
        how = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        viewport = self._strip.view.viewport()
        begun = time.perf_counter()
        QApplication.sendEvent(viewport, QDragEnterEvent(at, copy, *how))
        QApplication.sendEvent(viewport, QDropEvent(QPointF(at), copy, *how))
        wait(lambda: len(self._bench.session.audit.evidence) == len(paths) and self._shows_pictures())
        return time.perf_counter() - begun

    def scroll_down(self) -> None:
        """Scroll to the bottom at every frame, whether pictures are there or not."""
        while self._bar.value() < self._bar.maximum():
            self._bar.setValue(self._bar.value() + STEP_PIXELS)
            pause(FRAME_SECONDS)
        wait(self._shows_pictures)

    def scroll_up(self) -> None:
        """Scroll back to the top and look at every row of pictures."""
        while self._bar.value() > 0:
            self._bar.setValue(self._bar.value() - self._strip.view.height())
            pause(FRAME_SECONDS)
            wait(self._shows_pictures)

    def look(self) -> None:
        """Open one picture after another large."""
        view, pictures = self._strip.view, self._bench.evidence.pictures
        view.setCurrentIndex(view.model().index(0, 0))
        view.open_requested.emit()
        viewer = self._strip.findChild(EvidenceViewer)
        assert viewer is not None
        for _ in range(LOOKED_AT):
            wait(lambda: pictures.picture(viewer.row.sha256) is viewer.canvas.picture is not None)
            viewer.go(1)
        viewer.close()

    def _shows_pictures(self) -> bool:
        view, rows = self._strip.view, list(self._bench.session.audit.evidence)
        corners = (view.rect().topLeft(), view.rect().bottomLeft())
        first, last = (view.indexAt(corner + QPoint(20, 0)).row() for corner in corners)
        in_sight = rows[max(first, 0) : last + 1 if last >= 0 else len(rows)]
        return all(self._bench.evidence.thumbnails.image(row.sha256) is not None for row in in_sight)


def wait(is_reached: Callable[[], bool]) -> None:
    """Let the loop run until something is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_reached():
        if time.monotonic() > deadline:
            raise TimeoutError("the photos did not arrive")
        pause(FRAME_SECONDS)


def pause(seconds: float) -> None:
    """Let the loop run for a while."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def megabytes(field: str) -> float | None:
    """Return a figure of this process where the system tells it: `VmHWM` is the most it ever had, `VmRSS` is now."""
    if sys.platform != "linux":
        return None
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    (line,) = [line for line in status if line.startswith(f"{field}:")]
    return int(line.split()[1]) / 1024


def main(source: Path, folder: Path) -> None:
    """Handle every photo of a folder in the window of a library, and print seconds, gaps of the loop, and megabytes."""
    failures: list[Any] = []

    def note(*error: Any) -> None:
        failures.append(error)
        sys.__excepthook__(*error)

    # Qt goes on after an exception in a slot, as if nothing had happened.
    sys.excepthook = note
    app, heart = QApplication(sys.argv[:1]), Heart()
    with workbench(Library(folder, "bench")) as (bench, space):
        auditor = Auditor(bench, space)
        heart.start()
        pause(0.3)
        heart.take()
        measured: dict[str, Any] = {"seconds": auditor.drop(sorted(source.iterdir())), "added": heart.take()}
        begun = time.perf_counter()
        auditor.scroll_down()
        measured["scrolled"] = heart.take()
        auditor.scroll_up()
        measured["scrolled slowly"], measured["seen"] = heart.take(), time.perf_counter() - begun
        measured["peak"] = megabytes("VmHWM")
        auditor.look()
        measured["looked at"] = heart.take()
        measured["peak with viewer"], measured["in the end"] = megabytes("VmHWM"), megabytes("VmRSS")
    app.quit()
    made, photos = list((folder / THUMBNAILS).iterdir()), list(source.iterdir())
    if failures or len(made) != len(photos):
        sys.exit(f"{len(made)} thumbnails of {len(photos)} photos, {len(failures)} failures")
    print(json.dumps(measured))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
